"""What every picture of a report is made of. Pure: numbers and words in, SVG out.

A picture is 480 units wide, so that its letters can still be read on the narrowest phone. It stands alone: its colours
are attributes, for paper; on a page `static/reports.css` gives them by their classes, also in the dark. No style is
written inline: the page's own policy forbids it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from concordat.kernel.xml import for_xml
from concordat.palette import TILE, Paint

WIDTH = 480
TEXT, KEY, SMALL = 16, 15, 16  # sizes of letters, in units: on the narrowest phone two thirds of that in pixels
LETTER = 0.56  # how wide a letter is on average, of its size
INK, QUIET, RULE, GROUND, PALE = "#0b0c0c", "#484949", "#b1b4b6", "#ffffff", "#f3f2f1"
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


def said(text: str) -> str:
    """What people wrote, as the text of an element or of an attribute: without what XML forbids."""
    return escape(for_xml(text))


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
        f"{said(text)}</text>"
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


def painted(named: Named, lens: str, paint: Paint, shape: str, edge: str = "") -> str:
    """A shape (`<path d="…"`) on the ground of a status, and again with its pattern; `edge`: attributes of the former.

    Ground and pattern are apart, since tiles with a ground of their own are parted by thin lines in some programs.
    """
    marks = f'{shape} fill="url(#{named.pattern(lens, paint)})"/>' if paint.marks else ""
    ground = f'{shape} class="chart__ground" fill="{paint.ground}" {edge}/>'
    return f'<g class="paint--{lens}-{paint.status}">{ground}{marks}</g>'


def patterns(named: Named, lens: str, paints: Iterable[Paint], drawn_at: float = 1) -> str:
    """The patterns of these statuses, half as large as on the map; `drawn_at`: the scale of the shapes they fill."""
    return "".join(_pattern(named, lens, paint, 0.5 / drawn_at) for paint in paints if paint.marks)


def _pattern(named: Named, lens: str, paint: Paint, scale: float) -> str:
    return (
        f'<pattern class="paint paint--{lens}-{paint.status}" id="{named.pattern(lens, paint)}" width="{TILE}" '
        f'height="{TILE}" patternUnits="userSpaceOnUse" patternTransform="scale({number(scale)})">'
        f'<path d="{paint.marks}" fill="none" stroke="{paint.ink}" stroke-width="{paint.weight}" '
        'stroke-linecap="round"/></pattern>'
    )


def legend(named: Named, lens: str, entries: Sequence[tuple[Paint, str]], y: float) -> tuple[str, float]:
    """The key: each status with its words, in as many columns as they leave room for. Also where it ends."""
    longest = max((len(text) for _, text in entries), default=0)
    columns = next(each for each in (3, 2, 1) if WIDTH / each >= SWATCH + 14 + longest * KEY * LETTER or each == 1)
    rows = -(-len(entries) // columns)
    drawn = []
    for place, (paint, text) in enumerate(entries):
        left, top = place // rows * WIDTH / columns, y + place % rows * LEGEND_STEP
        box = f'<rect x="{number(left + 0.5)}" y="{number(top + 0.5)}" width="{SWATCH}" height="16"'
        drawn.append(painted(named, lens, paint, box))
        drawn.append(f'{box} class="chart__outline" fill="none" stroke="{QUIET}" stroke-width="1"/>')
        drawn.append(words(text, left + SWATCH + 8, top + 14, size=KEY))
    return "".join(drawn), y + rows * LEGEND_STEP


def picture(
    named: Named, height: float, drawn: str, definitions: str = "", body: tuple[float, float] | None = None
) -> str:
    """The whole picture with its name and its words. `body`: from where to where it lasts without key and foot."""
    defined = f"<defs>{definitions}</defs>" if definitions else ""
    cut = f' data-body="{number(body[0])} {number(body[1])}"' if body else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {WIDTH} {number(height)}" role="img" '
        f'aria-labelledby="{named.key}-name" aria-describedby="{named.key}-words" '
        f'font-family="system-ui, sans-serif"{cut}>'
        f'<title id="{named.key}-name">{said(named.title)}</title>'
        f'<desc id="{named.key}-words">{said(named.told)}</desc>{defined}{drawn}</svg>'
    )
