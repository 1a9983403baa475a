"""The map of England in one lens, with London and the Isles of Scilly enlarged. Pure: a sheet in, SVG out.

Of some areas alone it shows the part of England where they lie, with those around them pale.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import NamedTuple

from concordat.drawing import extent
from concordat.palette import Paint
from concordat.reports.drawing.svg import PALE, QUIET, RULE, SMALL, WIDTH, Named, legend, patterns, picture, said, words
from concordat.sheet import Paths, Shape, Sheet

FOOT_LETTERS = 49  # in the widest of the typefaces that a browser may take
PALE_TOLD = "Other areas are shown without a status; they are not counted."
EDGE = 0.77  # how thick the borders are


class Box(NamedTuple):
    """A part of the sheet, in its units."""

    left: float
    top: float
    across: float
    down: float

    def meets(self, other: "Box") -> bool:
        """Whether the two have something in common."""
        return (
            self.left < other.left + other.across
            and other.left < self.left + self.across
            and self.top < other.top + other.down
            and other.top < self.top + self.down
        )

    def with_margin(self, least: float) -> "Box":
        """A larger one around it, of a shape that a page has room for, and at least so many units across."""
        across, down = max(self.across * (1 + MARGIN), least), max(self.down * (1 + MARGIN), least)
        across, down = max(across, down / HIGHEST), max(down, across * LOWEST)
        return Box(self.left - (across - self.across) / 2, self.top - (down - self.down) / 2, across, down)


MARGIN, LOWEST, HIGHEST = 0.24, 0.6, 1.1  # of what is shown; of a view, its height to its width
ENGLAND = Box(26, 206, 1240, 1360)
SCATTERED = 0.75, 0.6  # of its width and of its height: areas that lie so far apart are shown on the whole map
LEAST = 220  # units: a nearer view would show how roughly the shapes are drawn
LONDON, SCILLY = Box(30, 734, 528, 466), Box(30, 1238, 260, 218)
LABELS = {LONDON: "London, enlarged", SCILLY: "Isles of Scilly"}


@dataclass(frozen=True, slots=True)
class View:
    """What part of the sheet is shown. `is_of_london`: as it is enlarged. `insets`: the frames that are in it."""

    box: Box
    is_of_london: bool = False
    insets: tuple[Box, ...] = ()

    @property
    def scale(self) -> float:
        return WIDTH / self.box.across


WHOLE = View(ENGLAND, insets=(LONDON, SCILLY))


def view_of(sheet: Sheet, elsewhere: Sequence[Paths]) -> View:
    """All of England, unless there are other areas than those that are shown: then where these lie."""
    chosen, of_london = _paths(sheet.england), _paths(sheet.london)
    if not (elsewhere and chosen):
        return WHOLE
    if len(of_london) == len(chosen):
        return View(_around(of_london).with_margin(LEAST), is_of_london=True)
    box = _around(chosen).with_margin(LEAST)
    if box.across > ENGLAND.across * SCATTERED[0] or box.down > ENGLAND.down * SCATTERED[1]:
        return WHOLE
    if not box.meets(SCILLY):
        return View(box)
    return View(_around_boxes([box, SCILLY]), insets=(SCILLY,))


def _paths(groups: Iterable[tuple[Paint, list[Shape]]]) -> list[str]:
    return [shape.d for _, shapes in groups for shape in shapes]


def _around(paths: Iterable[str]) -> Box:
    return _around_boxes([_box(d) for d in paths])


def _box(d: str) -> Box:
    left, top, right, bottom = extent(d)
    return Box(left, top, right - left, bottom - top)


def _around_boxes(boxes: Sequence[Box]) -> Box:
    left, top = min(each.left for each in boxes), min(each.top for each in boxes)
    right, bottom = max(each.left + each.across for each in boxes), max(each.top + each.down for each in boxes)
    return Box(left, top, right - left, bottom - top)


def england(named: Named, lens: str, sheet: Sheet, elsewhere: Sequence[Paths] = ()) -> str:
    """The map with its key, which says how many areas stand how; `elsewhere`: the paths of all other areas."""
    view = view_of(sheet, elsewhere)
    scale, box = view.scale, view.box
    entries = [(row.paint, f"{row.name}: {row.count:,}") for row in sheet.legend]
    of_key = Named(f"{named.key}-key", "", "")  # its patterns are not drawn smaller with the map
    key, top = legend(of_key, lens, entries, 0)
    top += 6
    edge = f'stroke-width="{EDGE / scale:.2g}" stroke-linejoin="round" fill-rule="evenodd"'
    move = f'transform="translate({-box.left * scale:.1f} {top - box.top * scale:.1f}) scale({scale:.4f})"'
    shapes = "".join(_shapes(named, lens, sheet, view, elsewhere))
    clip = f"{named.key}-clip"
    drawn = f'{key}<g {move} {edge}><g clip-path="url(#{clip})">{shapes}</g></g>'
    labels = [
        words(LABELS[each], (each.left - box.left) * scale + 6, top + (each.top - box.top) * scale + 18)
        for each in view.insets
    ]
    foot = [*[PALE_TOLD] * ("chart__elsewhere" in shapes), *[line for _, line in sheet.foot]]
    base, lines = top + box.down * scale, wrap(" ".join(foot), FOOT_LETTERS)
    below = [words(line, 0, base + 20 + row * 18, size=SMALL, kind="quiet") for row, line in enumerate(lines)]
    paints = [row.paint for row in sheet.legend]
    shown = f'<clipPath id="{clip}">{_rectangle(box)}/></clipPath>'
    defined = shown + patterns(of_key, lens, paints) + patterns(named, lens, paints, scale)
    height, body = base + len(lines) * 18 + 8, (top - 4, base + 2)
    labelled = f'<g class="chart__labels">{"".join(labels)}</g>' if labels else ""
    return picture(named, height, "".join([drawn, labelled, *below]), defined, body)


def _shapes(named: Named, lens: str, sheet: Sheet, view: View, elsewhere: Sequence[Paths]) -> Iterator[str]:
    """What is drawn in a view, the pale areas first."""
    if view.is_of_london:
        yield _pale((each.of_london for each in elsewhere), view.box)
        yield from _painted(named, lens, sheet.london, "london")
        return
    yield _pale((each.of_england for each in elsewhere), view.box)
    yield from _painted(named, lens, sheet.england, "england")
    for inset in view.insets:
        yield f'{_rectangle(inset)} class="chart__outline" fill="none" stroke="{QUIET}"/>'
    if LONDON in view.insets:
        yield _pale((each.of_london for each in elsewhere), view.box)
        yield from _painted(named, lens, sheet.london, "london")


def _pale(paths: Iterable[str], box: Box) -> str:
    """The areas around, as one shape; those out of sight are left out."""
    near = "".join(d for d in paths if d and _box(d).meets(box))
    return f'<path class="chart__elsewhere" d="{near}" fill="{PALE}" stroke="{RULE}"/>' if near else ""


def _painted(named: Named, lens: str, groups: Iterable[tuple[Paint, list[Shape]]], part: str) -> Iterator[str]:
    """The areas of each status, on its ground and again with its pattern."""
    for paint, shapes in groups:
        id_ = f"{named.pattern(lens, paint)}-{part}"
        drawn = "".join(f'<path d="{shape.d}"><title>{said(shape.said)}</title></path>' for shape in shapes)
        ground = f'<g class="chart__ground" fill="{paint.ground}"><g id="{id_}">{drawn}</g></g>'
        marks = f'<use href="#{id_}" fill="url(#{named.pattern(lens, paint)})"/>' if paint.marks else ""
        edges = f'<use class="chart__border" href="#{id_}" fill="none" stroke="{paint.edge}"/>'
        yield f'<g class="paint--{lens}-{paint.status}">{ground}{marks}{edges}</g>'


def _rectangle(box: Box) -> str:
    return f'<rect x="{box.left:.1f}" y="{box.top:.1f}" width="{box.across:.1f}" height="{box.down:.1f}"'
