"""The delivery rule: how a plan stands on a day. Pure: facts in, an answer out (docs/rules.md).

The programme's thresholds and the day are parameters. Days are calendar days in Europe/London.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from itertools import accumulate

from actionplans.states import CLOSED, ActionState, Confidence, Delivery
from concordat.kernel.dates import add_months, add_working_days


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What the programme (and, for the rhythm, the partnership) sets."""

    stale_after_months: int = 6
    overdue_after_working_days: int = 10
    must_do_overdue_days: int = 90
    off_track_percent: int = 25


class Lateness(IntEnum):
    """How far an action is past its due day, in the steps that the rule knows."""

    NOT_DUE = 0  # no due day, or not after it
    PASSED = 1  # after its due day, not yet overdue in public
    OVERDUE = 2  # in public: so many working days after its due day
    LONG_OVERDUE = 3  # more than so many days after it: a must-do puts the plan off track


@dataclass(frozen=True, slots=True)
class Cutoffs:
    """The same steps as due days on a given day, so that the database can sort actions into them.

    An action is PASSED if due before `passed`, OVERDUE if due on or before `overdue`, LONG_OVERDUE if due
    before `long`.
    """

    passed: date
    overdue: date
    long: date


def cutoffs(on: date, thresholds: Thresholds) -> Cutoffs:
    """The due days that are late on that day.

    An action is publicly overdue on the 10th working day after its due day, and from then on.
    """
    overdue = on
    while add_working_days(overdue, thresholds.overdue_after_working_days) > on:
        overdue -= timedelta(days=1)
    long = on - timedelta(days=thresholds.must_do_overdue_days)
    overdue = min(overdue, on - timedelta(days=1))
    return Cutoffs(passed=on, overdue=overdue, long=min(long, overdue + timedelta(days=1)))


def lateness(due_on: date | None, cut: Cutoffs) -> Lateness:
    """How late an open action with that due day is."""
    if due_on is None or due_on >= cut.passed:
        return Lateness.NOT_DUE
    if due_on > cut.overdue:
        return Lateness.PASSED
    return Lateness.LONG_OVERDUE if due_on < cut.long else Lateness.OVERDUE


def late_from(due_on: date, thresholds: Thresholds) -> dict[Lateness, date]:
    """From which day on an action with that due day is how late: the steps of `lateness`, seen from the action."""
    passed = due_on + timedelta(days=1)
    overdue = max(passed, add_working_days(due_on, thresholds.overdue_after_working_days))
    long = max(overdue, passed + timedelta(days=thresholds.must_do_overdue_days))
    return {Lateness.PASSED: passed, Lateness.OVERDUE: overdue, Lateness.LONG_OVERDUE: long}


@dataclass(frozen=True, slots=True)
class ActionGroup:
    """So many actions of one plan that stand alike on the day. One action is a group of one.

    `last_update` is the latest report among them, by the day it was reported; `earliest_due` the earliest due day.
    Where this plan only mirrors them, `mirrored_action` is the one that they really are, and `mirrored_plan` the plan
    that counts it itself on the day, if there is one.
    """

    state: ActionState = ActionState.NOT_STARTED
    confidence: Confidence | None = None
    lateness: Lateness = Lateness.NOT_DUE
    must_do: bool = False
    count: int = 1
    last_update: date | None = None
    earliest_due: date | None = None
    mirrored_action: int | None = None
    mirrored_plan: int | None = None

    @property
    def is_open(self) -> bool:
        return self.state not in CLOSED

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.lateness >= Lateness.OVERDUE


@dataclass(frozen=True, slots=True)
class Tally:
    """The numbers of a plan, or of several. `total` leaves merged actions out; those not going ahead are in it."""

    total: int = 0
    not_started: int = 0
    in_progress: int = 0
    paused: int = 0
    completed: int = 0
    business_as_usual: int = 0
    not_going_ahead: int = 0
    merged: int = 0
    overdue: int = 0
    at_risk: int = 0
    off_track: int = 0
    overdue_or_off_track: int = 0
    past_due: int = 0
    must_do_long_overdue: int = 0
    last_update: date | None = None

    @property
    def done(self) -> int:
        return self.completed + self.business_as_usual

    @property
    def open(self) -> int:
        return self.not_started + self.in_progress + self.paused


def tally(groups: Iterable[ActionGroup]) -> Tally:
    """Count the groups. Their order never matters."""
    groups = list(groups)

    def count(*flags: bool) -> int:
        return sum(group.count for group, flag in zip(groups, flags, strict=True) if flag)

    def state(wanted: ActionState) -> int:
        return count(*(group.state == wanted for group in groups))

    def sure(wanted: Confidence) -> list[bool]:
        return [group.is_open and group.confidence == wanted for group in groups]

    overdue = [group.is_overdue for group in groups]
    off_track = sure(Confidence.OFF_TRACK)
    return Tally(
        total=count(*(group.state != ActionState.MERGED for group in groups)),
        **{wanted.value: state(wanted) for wanted in ActionState},
        overdue=count(*overdue),
        at_risk=count(*sure(Confidence.AT_RISK)),
        off_track=count(*off_track),
        overdue_or_off_track=count(*(late or off for late, off in zip(overdue, off_track, strict=True))),
        past_due=count(*(group.is_open and group.lateness >= Lateness.PASSED for group in groups)),
        must_do_long_overdue=count(
            *(group.must_do and group.is_open and group.lateness == Lateness.LONG_OVERDUE for group in groups)
        ),
        last_update=max((group.last_update for group in groups if group.last_update), default=None),
    )


@dataclass(frozen=True, slots=True)
class Slip:
    """So many actions of one plan whose due day was moved that many days back (or forward, below zero).

    Where the plan only mirrors them: as in `ActionGroup`.
    """

    days: int
    count: int = 1
    mirrored_action: int | None = None
    mirrored_plan: int | None = None


def median_slip(slips: Iterable[Slip]) -> int | None:
    """The middle one of all slips in days; of two in the middle the mean, rounded down. None where none moved."""
    ordered = sorted((slip.days, slip.count) for slip in slips)
    if not ordered:
        return None
    ends = list(accumulate(count for _, count in ordered))
    low, high = (ordered[bisect_right(ends, place)][0] for place in ((ends[-1] - 1) // 2, ends[-1] // 2))
    return (low + high) // 2


def oldest_overdue(groups: Iterable[ActionGroup]) -> date | None:
    """The earliest due day among the actions that are overdue in public; None where none is."""
    return min((group.earliest_due for group in groups if group.is_overdue and group.earliest_due), default=None)


@dataclass(frozen=True, slots=True)
class PlanOnDay:
    """A live plan version on the day: since when it is published, until when its period runs, and its numbers."""

    published_on: date
    period_ends_on: date | None
    tally: Tally


def delivery(plan: PlanOnDay, on: date, thresholds: Thresholds) -> Delivery | None:
    """How the plan is being delivered; None where no actions are recorded. The first rule that fits decides.

    docs/rules.md, "Delivery status", in its order.
    """
    numbers = plan.tally
    if numbers.total + numbers.merged == 0:
        return None
    if numbers.open == 0 and numbers.done > 0:
        return Delivery.DELIVERED
    if plan.period_ends_on is not None and plan.period_ends_on < on:
        return Delivery.DELIVERED_IN_PART
    if on > add_months(_last_sign_of_life(plan), thresholds.stale_after_months):
        return Delivery.NO_RECENT_UPDATE
    if _is_off_track(numbers, thresholds):
        return Delivery.OFF_TRACK
    if numbers.overdue or numbers.at_risk or numbers.off_track or numbers.paused:
        return Delivery.SOME_DELAYS
    if numbers.in_progress == numbers.done == numbers.past_due == 0:
        return Delivery.NOT_STARTED
    return Delivery.ON_TRACK


def _last_sign_of_life(plan: PlanOnDay) -> date:
    """The later of its publication and its last accepted update."""
    return max(plan.published_on, plan.tally.last_update or plan.published_on)


def _is_off_track(numbers: Tally, thresholds: Thresholds) -> bool:
    share_is_high = numbers.overdue_or_off_track * 100 >= numbers.open * thresholds.off_track_percent
    return numbers.must_do_long_overdue > 0 or (numbers.overdue_or_off_track > 0 and share_is_high)


def worst(statuses: Iterable[Delivery | None]) -> Delivery | None:
    """The worst of several plans' statuses; plans without recorded actions say nothing."""
    order = list(Delivery)
    return min((status for status in statuses if status is not None), key=order.index, default=None)
