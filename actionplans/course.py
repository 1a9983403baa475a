"""The course of a plan's delivery: its status on every day on which that changed. Pure: lives in, steps out.

It asks `actionplans.progress.delivery` itself on each day that can matter, so that the course and a single day never
differ. Days are calendar days in Europe/London; an end is the first day on which something no longer holds.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any

from actionplans.progress import ActionGroup, Lateness, PlanOnDay, Tally, Thresholds, delivery, late_from, tally
from actionplans.states import ActionState, Confidence, Delivery
from concordat.kernel.dates import add_months

ONE_DAY = timedelta(days=1)
# The numbers of a tally, without the day of the last update.
NUMBERS = tuple(each.name for each in fields(Tally) if each.name != "last_update")


@dataclass(frozen=True, slots=True)
class Span:
    """Something that holds from a day on until the next of its kind."""

    from_on: date
    until_on: date | None

    def holds(self, on: date) -> bool:
        """Whether it holds on that day."""
        return self.from_on <= on and (self.until_on is None or on < self.until_on)


@dataclass(frozen=True, slots=True)
class Report(Span):
    """An accepted report: the action's state from its day until the next one."""

    state: ActionState
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class Move(Span):
    """A moved date: the due day from the day of the decision until the next one."""

    due_on: date | None


@dataclass(frozen=True, slots=True)
class Duty(Span):
    """Whether the action was a national must-do then."""

    must_do: bool


@dataclass(frozen=True, slots=True)
class Life:
    """What ever happened to an action. `must_do` holds on the days of which `earlier` does not tell."""

    due_on: date | None = None
    must_do: bool = False
    reports: tuple[Report, ...] = ()
    moves: tuple[Move, ...] = ()
    earlier: tuple[Duty, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionLife:
    """A published version of a plan: its days, its period, and the lives of its actions."""

    published_on: date
    until_on: date | None = None
    period_ends_on: date | None = None
    actions: tuple[Life, ...] = ()

    def is_live(self, on: date) -> bool:
        """Whether the version counts on that day."""
        return self.published_on <= on and (self.until_on is None or on < self.until_on)


@dataclass(frozen=True, slots=True)
class Step:
    """From that day on the plan stands so; None where it is not live or has no actions recorded."""

    on: date
    status: Delivery | None


@dataclass(slots=True)
class _Sum:
    """The numbers of the actions that count, kept up to date as days go by."""

    numbers: list[int] = field(default_factory=lambda: [0] * len(NUMBERS))
    reported: dict[int, date] = field(default_factory=dict)

    def put(self, action: int, before: ActionGroup | None, now: ActionGroup | None) -> None:
        """An action stands otherwise than before; None: it does not count."""
        for group, sign in ((before, -1), (now, 1)):
            if group is not None:
                for place, number in enumerate(_numbers(group)):
                    self.numbers[place] += sign * number
        self.reported.pop(action, None)

    @property
    def tally(self) -> Tally:
        last_update = max(self.reported.values(), default=None)
        numbers: dict[str, Any] = dict(zip(NUMBERS, self.numbers, strict=True))
        return Tally(**numbers, last_update=last_update)


@lru_cache(maxsize=1024)
def _numbers(group: ActionGroup) -> tuple[int, ...]:
    """What one action adds to each number of a tally."""
    alone = tally([group])
    return tuple(getattr(alone, name) for name in NUMBERS)


def course(versions: Sequence[VersionLife], thresholds: Thresholds, until: date) -> list[Step]:
    """How the plan stood, from its first publication until that day: a step for each change, oldest first.

    The versions come in the order of their publication.
    """
    return list(_changes(_statuses(versions, thresholds, until)))


def _changes(steps: Iterable[Step]) -> Iterator[Step]:
    status: Delivery | None = None
    for step in steps:
        if step.status is not status:
            status = step.status
            yield step


def _statuses(versions: Sequence[VersionLife], thresholds: Thresholds, until: date) -> Iterator[Step]:
    """The status on every day on which something happens that can change it."""
    days = _happenings(versions, thresholds)
    numbers, groups = _Sum(), dict[int, ActionGroup]()
    agenda = sorted(day for day in days if day <= until)
    for on, following in pairwise([*agenda, until + ONE_DAY]):
        for action, group, reported_on in days[on]:
            numbers.put(action, groups.pop(action, None), group)
            if group is not None:
                groups[action] = group
            if group is not None and reported_on is not None:
                numbers.reported[action] = reported_on
        yield from _until(on, following, versions, numbers.tally, thresholds)


def _until(
    on: date, following: date, versions: Sequence[VersionLife], numbers: Tally, thresholds: Thresholds
) -> Iterator[Step]:
    """The status on that day, and on the day on which nothing has been heard for too long, if that comes first."""
    live = [version for version in versions if version.is_live(on)]
    if not live:
        yield Step(on, None)
        return
    newest = live[-1]
    plan = PlanOnDay(newest.published_on, newest.period_ends_on, numbers)
    yield Step(on, delivery(plan, on, thresholds))
    last_heard = max(newest.published_on, numbers.last_update or newest.published_on)
    stale = add_months(last_heard, thresholds.stale_after_months) + ONE_DAY
    if on < stale < following:
        yield Step(stale, delivery(plan, stale, thresholds))


Happening = tuple[int, ActionGroup | None, date | None]


def _happenings(versions: Sequence[VersionLife], thresholds: Thresholds) -> dict[date, list[Happening]]:
    """By day: which action from then on counts how, with the day of its last report. Days of the plan have none."""
    days: dict[date, list[Happening]] = {}
    number = 0
    for version in versions:
        period_over = version.period_ends_on and version.period_ends_on < date.max and version.period_ends_on + ONE_DAY
        for day in (version.published_on, version.until_on, period_over):
            if day:
                days.setdefault(day, [])
        for life in version.actions:
            number += 1
            for day, group, reported_on in _standings(life, version, thresholds):
                days.setdefault(day, []).append((number, group, reported_on))
    return days


def _standings(
    life: Life, version: VersionLife, thresholds: Thresholds
) -> Iterator[tuple[date, ActionGroup | None, date | None]]:
    """How one action of a version counts, from each day on which that can change; its end is None."""
    if version.until_on is not None and version.until_on <= version.published_on:
        return
    for day in sorted(_turns(life, version, thresholds)):
        report = next((each for each in life.reports if each.holds(day)), None)
        move = next((each for each in life.moves if each.holds(day)), None)
        duty = next((each for each in life.earlier if each.holds(day)), None)
        group = ActionGroup(
            state=report.state if report else ActionState.NOT_STARTED,
            confidence=report.confidence if report else None,
            lateness=_lateness(move.due_on if move else life.due_on, day, thresholds),
            must_do=duty.must_do if duty else life.must_do,
        )
        yield day, group, report.from_on if report else None
    if version.until_on is not None:
        yield version.until_on, None, None


def _turns(life: Life, version: VersionLife, thresholds: Thresholds) -> set[date]:
    days = {version.published_on}
    spans: tuple[Span, ...] = (*life.reports, *life.moves, *life.earlier)
    for each in spans:
        days |= {each.from_on, each.until_on or each.from_on}
    for due_on in {life.due_on, *(move.due_on for move in life.moves)}:
        if due_on is not None:
            days |= set(_late_from(due_on, thresholds).values())
    return {day for day in days if version.is_live(day)}


def _lateness(due_on: date | None, on: date, thresholds: Thresholds) -> Lateness:
    if due_on is None:
        return Lateness.NOT_DUE
    return max((late for late, day in _late_from(due_on, thresholds).items() if day <= on), default=Lateness.NOT_DUE)


_late_from = lru_cache(maxsize=65_536)(late_from)
