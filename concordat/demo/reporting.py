"""What was reported about an action over the years: accepted reports, one after the other, and one that is not (yet).

Days are days in London. An accepted report holds until the day of the next accepted one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from actionplans.states import CLOSED, ActionState, Confidence
from concordat.demo.moods import Fate
from concordat.kernel.dates import add_months

LONGEST = 5  # accepted reports of one action
SILENT_DAYS = 420  # more than two update periods of six months


@dataclass(frozen=True, slots=True)
class Report:
    """One report. `state`: accepted, submitted, returned or draft."""

    reported_on: date
    status: ActionState
    state: str = "accepted"
    until_on: date | None = None
    confidence: Confidence | None = None
    is_reopening: bool = False


def report_days(
    published_on: date, on: date, every_months: int, chances: Random, *, is_silent: bool = False
) -> list[date]:
    """The days on which a partnership reported on a plan, oldest first: in its rhythm, the last one a few weeks ago.

    A silent one stopped more than a year ago. None lies before the plan's publication.
    """
    day = on - timedelta(days=chances.randint(5, 25) + (SILENT_DAYS if is_silent else 0))
    days: list[date] = []
    while day > published_on + timedelta(days=20) and len(days) < 2 * LONGEST:
        days.insert(0, day)
        day = add_months(day, -every_months)
    return days


def reports(fate: Fate, days: Sequence[date], place: int, on: date) -> list[Report]:
    """The reports of the action at that place of the plan, oldest first; `days` are those of its plan."""
    chosen = _days_of(fate, days, place)
    accepted: list[Report] = []
    before: ActionState | None = None
    for day, following, status in zip(chosen, [*chosen, None][1:], _statuses(fate, len(chosen)), strict=True):
        confidence = fate.confidence if following is None else _usual(status)
        is_reopening = before is ActionState.COMPLETED
        accepted.append(Report(day, status, "accepted", following, confidence, is_reopening))
        before = status
    if fate.pending is None:
        return accepted
    pending = Report(on - timedelta(days=place % 4), _next(fate.state), fate.pending.value, None, Confidence.ON_TRACK)
    return [*accepted, pending]


def _usual(status: ActionState) -> Confidence | None:
    """What owners say of their own actions as long as they go on."""
    return None if status in CLOSED else Confidence.ON_TRACK


def _days_of(fate: Fate, days: Sequence[date], place: int) -> Sequence[date]:
    """Some actions are reported on often, some seldom; closed ones no more after they were closed."""
    if fate.state is ActionState.NOT_STARTED:
        return days[-1:] if place % 2 else []
    count = max(1 + place % LONGEST, 2 if fate.was_reopened else 1)
    spare = len(days) - count
    silent = min(place % 3, spare) if fate.state in CLOSED and spare > 0 else 0
    return days[len(days) - silent - count : len(days) - silent] if spare >= 0 else days


def _statuses(fate: Fate, count: int) -> list[ActionState]:
    """How it came to its state: from not started, through in progress, perhaps completed too early."""
    way = [ActionState.NOT_STARTED, *[ActionState.IN_PROGRESS] * LONGEST]
    start = 0 if count == LONGEST else 1
    before = way[start : start + count - 1]
    if fate.was_reopened and before:
        before[-1] = ActionState.COMPLETED
    return [*before, fate.state][:count]


def _next(state: ActionState) -> ActionState:
    """What somebody would report next about an open action."""
    return ActionState.IN_PROGRESS if state is ActionState.NOT_STARTED else state
