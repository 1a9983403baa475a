"""The map of England in one lens, with London and the Isles of Scilly enlarged. Pure: a sheet in, SVG out."""

from collections.abc import Iterable, Iterator
from html import escape
from textwrap import wrap

from concordat.palette import Paint
from concordat.reports.drawing.svg import QUIET, SMALL, WIDTH, Named, legend, patterns, picture, words
from concordat.sheet import Shape, Sheet

# The part of the sheet that is shown, in its units: its left, top, width and height.
LEFT, TOP, ACROSS, DOWN = 26, 206, 1240, 1360
SCALE = WIDTH / ACROSS
FOOT_LETTERS = 56  # in the widest of the typefaces that a browser may take
INSETS = ((30, 734, 528, 466, "London, enlarged"), (30, 1238, 260, 218, "Isles of Scilly"))


def england(named: Named, lens: str, sheet: Sheet) -> str:
    """The map with its key, which says how many areas stand how."""
    entries = [(row.paint, f"{row.name}: {row.count:,}") for row in sheet.legend]
    of_key = Named(f"{named.key}-key", "", "")  # its patterns are not drawn smaller with the map
    key, top = legend(of_key, lens, entries, 0)
    move = f'transform="translate({-LEFT * SCALE:.1f} {top + 6 - TOP * SCALE:.1f}) scale({SCALE:.4f})"'
    shapes = "".join(
        [*_painted(named, lens, sheet.england, "england"), *_frames(), *_painted(named, lens, sheet.london, "london")]
    )
    drawn = f'{key}<g {move} stroke-width="2" stroke-linejoin="round" fill-rule="evenodd">{shapes}</g>'
    labels = [words(said, (x - LEFT) * SCALE + 6, top + 6 + (y - TOP) * SCALE + 18) for x, y, _, _, said in INSETS]
    base, lines = top + 6 + DOWN * SCALE, wrap(" ".join(line for _, line in sheet.foot), FOOT_LETTERS)
    foot = [words(line, 0, base + 16 + row * 18, size=SMALL, kind="quiet") for row, line in enumerate(lines)]
    paints = [row.paint for row in sheet.legend]
    defined = patterns(of_key, lens, paints) + patterns(named, lens, paints, SCALE)
    height, body = base + len(lines) * 18 + 4, (top + 2, base + 2)
    return picture(named, height, "".join([drawn, *labels, *foot]), defined, body)


def _painted(named: Named, lens: str, groups: Iterable[tuple[Paint, list[Shape]]], part: str) -> Iterator[str]:
    """The areas of each status, on its ground and again with its pattern."""
    for paint, shapes in groups:
        id_ = f"{named.pattern(lens, paint)}-{part}"
        drawn = "".join(f'<path d="{shape.d}"><title>{escape(shape.said)}</title></path>' for shape in shapes)
        ground = f'<g class="chart__ground" fill="{paint.ground}"><g id="{id_}">{drawn}</g></g>'
        marks = f'<use href="#{id_}" fill="url(#{named.pattern(lens, paint)})"/>' if paint.marks else ""
        edges = f'<use class="chart__border" href="#{id_}" fill="none" stroke="{paint.edge}"/>'
        yield f'<g class="paint--{lens}-{paint.status}">{ground}{marks}{edges}</g>'


def _frames() -> Iterator[str]:
    for x, y, width, height, _ in INSETS:
        box = f'x="{x}" y="{y}" width="{width}" height="{height}"'
        yield f'<rect class="chart__outline" {box} fill="none" stroke="{QUIET}"/>'
