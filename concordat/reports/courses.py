"""How many areas stood how, day by day: counted from the timelines of all areas. Days are days in London."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from actionplans.states import Delivery
from concordat.asked import FIRST
from concordat.national import SignUpStatus
from concordat.palette import LENSES, NONE
from concordat.reports.drawing.areas import Course, Layer
from concordat.timelines import AreaTimeline

SIGN_UP = ("red", "amber", "green")
DELIVERY = (*Delivery.values, NONE)
# From the bottom of a picture to its top: the best at the top.
UPWARD = {lens: tuple(reversed(list(paints.values()))) for lens, paints in LENSES.items()}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many areas there were on a day, and how many of them stood how; `none` in delivery: nothing recorded."""

    on: date
    sign_up: Counter[str]
    delivery: Counter[str]

    @property
    def areas(self) -> int:
        return self.sign_up.total()

    def of(self, lens: str) -> Counter[str]:
        """The counts of one lens."""
        return self.sign_up if lens == "signup" else self.delivery


def counts(timelines: Iterable[AreaTimeline], until: date) -> list[Counts]:
    """The counts on the first day, on each day until then on which one changed, and on the last day; oldest first."""
    changes: dict[date, Counter[tuple[str, str]]] = defaultdict(Counter)
    for timeline in timelines:
        for on, change in _changes(timeline):
            if on <= until:
                changes[max(on, FIRST)].update(change)
    found: list[Counts] = []
    standing: Counter[tuple[str, str]] = Counter()
    for on in sorted({FIRST, until, *changes}):
        standing.update(changes.get(on, {}))
        counted = Counts(on, _of("signup", standing), _of("delivery", standing))
        is_same = found and (counted.sign_up, counted.delivery) == (found[-1].sign_up, found[-1].delivery)
        if not is_same or on == until:
            found.append(counted)
    return found


def at(rows: Sequence[Counts], on: date) -> Counts:
    """The counts on that day: those of the last change until then. Raises IndexError for a day before the first."""
    place = bisect_right([row.on for row in rows], on) - 1
    if place < 0:
        raise IndexError(on)
    return Counts(on, rows[place].sign_up, rows[place].delivery)


def course(name: str, rows: Sequence[Counts], lens: str) -> Course:
    """The rows as a picture shows them."""
    layers = [Layer(paint, [row.of(lens)[paint.status] for row in rows]) for paint in UPWARD[lens]]
    return Course(name, [row.on for row in rows], layers)


def _changes(timeline: AreaTimeline) -> Iterable[tuple[date, Counter[tuple[str, str]]]]:
    """On each day on which the area came to stand otherwise: what is one more, and what one less."""
    days = sorted({step.on for step in timeline.sign_up} | {step.on for step in timeline.delivery})
    before: set[tuple[str, str]] = set()
    for on in days:
        now = _standing(timeline, on)
        change = Counter(dict.fromkeys(now - before, 1))
        change.subtract(before - now)
        yield on, change
        before = now


def _standing(timeline: AreaTimeline, on: date) -> set[tuple[str, str]]:
    """How the area stands in both lenses; in none while it does not exist."""
    sign_up = next((step.sign_up for step in reversed(timeline.sign_up) if step.on <= on), None)
    if sign_up is None or sign_up.status is SignUpStatus.GREY:
        return set()
    delivery = next((step.status for step in reversed(timeline.delivery) if step.on <= on), None)
    return {("signup", sign_up.status.value), ("delivery", delivery.value if delivery else NONE)}


def _of(lens: str, standing: Counter[tuple[str, str]]) -> Counter[str]:
    return Counter({status: count for (of, status), count in standing.items() if of == lens and count})
