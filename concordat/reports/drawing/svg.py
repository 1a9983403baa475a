"""What every picture of a report is made of. Pure: numbers and words in, SVG out.

A picture is 480 units wide, so that its letters can still be read on the narrowest phone. It stands alone: its colours
are attributes, for paper; on a page `static/reports.css` gives them by their classes, also in the dark. No style is
written inline: the page's own policy forbids it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from concordat.palette import TILE, Paint

WIDTH = 480
TEXT, SMALL = 16, 14  # sizes of letters, in units
LETTER = 0.56  # how wide a letter is on average, of its size
INK, QUIET, RULE, GROUND = "#0b0c0c", "#484949", "#b1b4b6", "#ffffff"
SWATCH, LEGEND_STEP = 22, 26


@dataclass(frozen=True, slots=True)
class Named:
    """What a picture is called: the beginning of every id in it, its title, and what it says in words."""

    key: str
    title: str
    told: str

    def pattern(self, lens: str, paint: Paint) -> str:
        """The id of the pattern of one status."""
        return f"{self.key}-{lens}-{paint.status}"


def number(value: float) -> str:
    """A length as short as it can be told: no more than one decimal."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def words(
    text: str,
    x: float,
    y: float,
    *,
    size: int = TEXT,
    kind: str = "ink",
    at: str = "",
    weight: str = "",
) -> str:
    """A line of text. `kind`: `ink` or `quiet`; `at`: which end lies at x, `middle` or `end`, else its beginning."""
    fill = {"ink": INK, "quiet": QUIET}[kind]
    anchor = f' text-anchor="{at}"' if at else ""
    bold = f' font-weight="{weight}"' if weight else ""
    return (
        f'<text class="chart__{kind}" x="{number(x)}" y="{number(y)}" font-size="{size}" fill="{fill}"{anchor}{bold}>'
        f"{escape(text)}</text>"
    )


def line(x1: float, y1: float, x2: float, y2: float, *, kind: str = "rule") -> str:
    """A thin line: a `rule` behind the picture, or a `line` that bounds it."""
    stroke = {"rule": RULE, "line": INK}[kind]
    ends = f'x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
    return f'<line class="chart__{kind}" {ends} stroke="{stroke}" stroke-width="1"/>'


def rectangle(x: float, y: float, width: float, height: float, more: str) -> str:
    """A rectangle with further attributes."""
    box = f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
    return f"<rect {box} {more}/>"


def fill(named: Named, lens: str, paint: Paint) -> str:
    """The attribute that fills a shape with the pattern of a status."""
    return f'fill="url(#{named.pattern(lens, paint)})"'


def patterns(named: Named, lens: str, paints: Iterable[Paint]) -> str:
    """The patterns of these statuses, half as large as on the map."""
    return "".join(_pattern(named, lens, paint) for paint in paints)


def _pattern(named: Named, lens: str, paint: Paint) -> str:
    marks = (
        f'<path d="{paint.marks}" fill="none" stroke="{paint.ink}" stroke-width="{paint.weight}" '
        'stroke-linecap="round"/>'
        if paint.marks
        else ""
    )
    return (
        f'<pattern class="paint paint--{lens}-{paint.status}" id="{named.pattern(lens, paint)}" width="{TILE}" '
        f'height="{TILE}" patternUnits="userSpaceOnUse" patternTransform="scale(.5)">'
        f'<rect width="{TILE}" height="{TILE}" fill="{paint.ground}"/>{marks}</pattern>'
    )


def legend(named: Named, lens: str, entries: Sequence[tuple[Paint, str]], y: float) -> tuple[str, float]:
    """The key: each status with its words, in as many columns as they leave room for. Also where it ends."""
    longest = max((len(text) for _, text in entries), default=0)
    columns = next(each for each in (3, 2, 1) if WIDTH / each >= SWATCH + 14 + longest * TEXT * LETTER or each == 1)
    rows = -(-len(entries) // columns)
    drawn = []
    for place, (paint, text) in enumerate(entries):
        left, top = place // rows * WIDTH / columns, y + place % rows * LEGEND_STEP
        outline = f'class="chart__outline" stroke="{QUIET}" stroke-width="1"'
        drawn.append(rectangle(left + 0.5, top + 0.5, SWATCH, 16, f"{fill(named, lens, paint)} {outline}"))
        drawn.append(words(text, left + SWATCH + 8, top + 14.5))
    return "".join(drawn), y + rows * LEGEND_STEP


def picture(named: Named, height: float, drawn: str, definitions: str = "") -> str:
    """The whole picture with its name and its words."""
    defined = f"<defs>{definitions}</defs>" if definitions else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {WIDTH} {number(height)}" role="img" '
        f'aria-labelledby="{named.key}-name" aria-describedby="{named.key}-words" '
        f'font-family="system-ui, sans-serif">'
        f'<title id="{named.key}-name">{escape(named.title)}</title>'
        f'<desc id="{named.key}-words">{escape(named.told)}</desc>{defined}{drawn}</svg>'
    )
