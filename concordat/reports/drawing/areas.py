"""How many areas stood how, day by day: layers upon each other, for England and small for each region. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from concordat.palette import Paint
from concordat.reports.drawing.scales import Days, thinned
from concordat.reports.drawing.svg import (
    GROUND,
    SMALL,
    WIDTH,
    Named,
    legend,
    line,
    number,
    painted,
    patterns,
    picture,
    rectangle,
    words,
)

APART = 1.0  # units between two steps that are drawn
PLOT, LEFT = 220, 40  # how high the layers are, and where they begin
PANEL, PANEL_GAP = 228, 24  # how wide a small one is, and what lies between two
PANEL_PLOT, PANEL_STEP = 72, 132


@dataclass(frozen=True, slots=True)
class Layer:
    """One status: how many areas have it from each of the days on."""

    paint: Paint
    counts: Sequence[int]


@dataclass(frozen=True, slots=True)
class Course:
    """How the counts of a place went: the days on which one changed, and the layers, the lowest first."""

    name: str
    days: Sequence[date]
    layers: Sequence[Layer]

    @property
    def highest(self) -> int:
        """The most areas that there were on a day."""
        return max((sum(at) for at in zip(*(layer.counts for layer in self.layers), strict=True)), default=0)


def stacked(named: Named, lens: str, course: Course, until: date) -> str:
    """One large picture, with how many stand how on the last day in its key."""
    entries = [(layer.paint, f"{layer.paint.name}: {layer.counts[-1]:,}") for layer in reversed(course.layers)]
    key, top = legend(named, lens, entries, 0)
    top += 14
    scale = Days(course.days[0], until, LEFT, WIDTH - LEFT - 4)
    highest = max(course.highest, 1)
    drawn = [key]
    for count in sorted({0, highest // 2, highest}):
        y = top + PLOT * (1 - count / highest)
        drawn += [line(LEFT - 5, y, WIDTH - 4, y), words(f"{count:,}", LEFT - 8, y + 5, size=SMALL, at="end")]
    drawn += _layers(named, lens, course, scale, top, PLOT, highest)
    drawn += _axis(scale, top + PLOT, most=7)
    height = top + PLOT + 28
    return picture(named, height, "".join(drawn), patterns(named, lens, _paints(course)), (top - 12, height))


def small(named: Named, lens: str, courses: Sequence[Course], until: date) -> str:
    """A small picture for each place, two in a row: what share of its areas stood how."""
    paints = _paints(courses[0])
    key, top = legend(named, lens, [(paint, paint.name) for paint in reversed(paints)], 0)
    top += 12
    drawn = [key]
    for place, course in enumerate(courses):
        left, y = place % 2 * (PANEL + PANEL_GAP), top + place // 2 * PANEL_STEP
        highest = course.highest
        areas = f"{highest:,} area{'' if highest == 1 else 's'}"
        drawn.append(words(course.name, left, y + 13, size=15, weight="bold"))
        drawn.append(words(areas, left, y + 31, size=SMALL, kind="quiet"))
        scale = Days(course.days[0], until, left, PANEL)
        drawn += _layers(named, lens, course, scale, y + 38, PANEL_PLOT, None)
        drawn += [
            words(str(scale.first.year), left, y + 38 + PANEL_PLOT + 15, size=SMALL, kind="quiet"),
            words(str(until.year), left + PANEL, y + 38 + PANEL_PLOT + 15, size=SMALL, kind="quiet", at="end"),
        ]
    rows = -(-len(courses) // 2)
    return picture(named, top + rows * PANEL_STEP, "".join(drawn), patterns(named, lens, paints))


def _paints(course: Course) -> list[Paint]:
    return [layer.paint for layer in course.layers]


def _layers(
    named: Named, lens: str, course: Course, scale: Days, top: float, height: float, highest: int | None
) -> Iterator[str]:
    """The layers upon each other; as shares of each day's sum where there is no `highest`."""
    places = [scale.at(day) for day in course.days]
    kept = thinned(places, APART)
    ends = [*(places[each] for each in kept[1:]), scale.left + scale.width]
    below = [0.0] * len(kept)
    sums = [highest or max(sum(layer.counts[each] for layer in course.layers), 1) for each in kept]
    for layer in course.layers:
        above = [low + layer.counts[each] / total for low, each, total in zip(below, kept, sums, strict=True)]
        if above != below:
            steps = [(places[each], end) for each, end in zip(kept, ends, strict=True)]
            shape = f'<path d="{_outline(steps, above, below, top, height)}"'
            yield painted(named, lens, layer.paint, shape)
            edge = f'stroke="{GROUND}" stroke-width="1" stroke-linejoin="round"'
            yield f'{shape} class="chart__edge" fill="none" {edge}/>'
        below = above
    yield rectangle(
        scale.left, top, scale.width, height, 'class="chart__outline" fill="none" stroke="#484949" stroke-width="1"'
    )


def _outline(
    steps: Sequence[tuple[float, float]], above: Sequence[float], below: Sequence[float], top: float, height: float
) -> str:
    """Along the upper steps to the right, and back along the lower ones."""

    def y(share: float) -> str:
        return number(top + height * (1 - min(share, 1)))

    there = [f"V{y(share)}H{number(end)}" for (_, end), share in zip(steps, above, strict=True)]
    back = [f"V{y(share)}H{number(begin)}" for (begin, _), share in reversed(list(zip(steps, below, strict=True)))]
    return f"M{number(steps[0][0])} {y(below[0])}{''.join(there)}{''.join(back)}z"


def _axis(scale: Days, y: float, most: int) -> Iterator[str]:
    for day, said in scale.ticks(most):
        x = scale.at(day)
        near_end = x > scale.left + scale.width - 24
        yield line(x, y, x, y + 5, kind="line")
        yield words(said, min(x, WIDTH) if near_end else x, y + 20, size=SMALL, at="end" if near_end else "middle")
