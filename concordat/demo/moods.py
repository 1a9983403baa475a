"""The fate of each action of a plan: cycles, not draws, so that the shares in the delivery rule are sure.

Each mood's cycle leads to its delivery status from one action on; tests hold that.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from actionplans.states import ActionState, Confidence
from concordat.demo.stories import Mood

DONE, USUAL = ActionState.COMPLETED, ActionState.BUSINESS_AS_USUAL
GOING, WAITING, PAUSED = ActionState.IN_PROGRESS, ActionState.NOT_STARTED, ActionState.PAUSED
MERGED, DROPPED = ActionState.MERGED, ActionState.NOT_GOING_AHEAD
GOOD, RISKY, BAD = Confidence.ON_TRACK, Confidence.AT_RISK, Confidence.OFF_TRACK


class Due(Enum):
    """When an action is due, seen from the reference day."""

    LONG_PAST = auto()  # more than 90 days over
    PAST = auto()  # overdue in public
    JUST_PAST = auto()  # over, but not by ten working days
    SOON = auto()  # within 30 days
    LATER = auto()
    NEVER = auto()  # no due day: recurring, to be confirmed, ambiguous

    def window(self, on: date, published_on: date) -> tuple[date, date] | None:
        """The first and the last due day that it means; the plan was published well before."""
        months = timedelta(days=120)
        windows = {
            Due.LONG_PAST: (max(published_on + months, on - timedelta(days=600)), on - months),
            Due.PAST: (on - timedelta(days=80), on - timedelta(days=25)),
            Due.JUST_PAST: (on - timedelta(days=5), on - timedelta(days=1)),
            Due.SOON: (on + timedelta(days=1), on + timedelta(days=28)),
            Due.LATER: (on + timedelta(days=40), on + timedelta(days=500)),
        }
        return windows.get(self)


class Pending(Enum):
    """A report on top of the accepted ones that does not count (yet)."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Fate:
    """How one action ends up on the reference day."""

    state: ActionState
    due: Due
    confidence: Confidence | None = None
    moves: int = 0
    must_do: bool = False
    pending: Pending | None = None
    was_reopened: bool = False


FATES: dict[Mood, tuple[Fate, ...]] = {
    Mood.DELIVERED: (
        Fate(DONE, Due.PAST),
        Fate(USUAL, Due.NEVER),
        Fate(DONE, Due.LONG_PAST, moves=1),
        Fate(MERGED, Due.LONG_PAST),
        Fate(DROPPED, Due.LATER),
        Fate(DONE, Due.LONG_PAST, must_do=True),
    ),
    Mood.DELIVERED_IN_PART: (
        Fate(GOING, Due.LONG_PAST, RISKY),
        Fate(DONE, Due.LONG_PAST, must_do=True),
        Fate(USUAL, Due.NEVER),
        Fate(WAITING, Due.LONG_PAST, must_do=True),
        Fate(DONE, Due.PAST, moves=2),
        Fate(DROPPED, Due.PAST),
        Fate(PAUSED, Due.LONG_PAST, moves=1),
    ),
    Mood.NO_RECENT_UPDATE: (
        Fate(GOING, Due.PAST, GOOD),
        Fate(WAITING, Due.LONG_PAST, must_do=True),
        Fate(GOING, Due.LATER, GOOD, pending=Pending.SUBMITTED),
        Fate(DONE, Due.LONG_PAST),
        Fate(GOING, Due.NEVER),
        Fate(GOING, Due.LONG_PAST, RISKY, moves=1, pending=Pending.RETURNED),
        Fate(WAITING, Due.SOON),
    ),
    Mood.OFF_TRACK: (
        Fate(GOING, Due.LONG_PAST, BAD, moves=1, must_do=True),
        Fate(DONE, Due.PAST),
        Fate(GOING, Due.PAST, GOOD),  # the owner says on track, the day says otherwise
        Fate(GOING, Due.SOON, RISKY, pending=Pending.SUBMITTED),
        Fate(WAITING, Due.PAST, pending=Pending.RETURNED),
        Fate(PAUSED, Due.LATER, BAD, moves=2),
        Fate(GOING, Due.LATER, GOOD),
        Fate(DROPPED, Due.LONG_PAST),
        Fate(WAITING, Due.LONG_PAST, must_do=True),
    ),
    # At most one in five of the open ones is overdue: with a quarter the plan would be off track.
    Mood.SOME_DELAYS: (
        Fate(GOING, Due.SOON, RISKY),
        Fate(DONE, Due.PAST),
        Fate(GOING, Due.LATER, GOOD, pending=Pending.SUBMITTED),
        Fate(PAUSED, Due.LATER, moves=1),
        Fate(WAITING, Due.LATER, must_do=True),
        Fate(USUAL, Due.NEVER),
        Fate(GOING, Due.PAST, GOOD, moves=1),
        Fate(MERGED, Due.LATER),
        Fate(GOING, Due.JUST_PAST, pending=Pending.DRAFT),
        Fate(DROPPED, Due.SOON),
    ),
    Mood.NOT_STARTED: (
        Fate(WAITING, Due.LATER),
        Fate(WAITING, Due.SOON, must_do=True),
        Fate(WAITING, Due.NEVER),
        Fate(WAITING, Due.LATER, pending=Pending.DRAFT),
    ),
    Mood.ON_TRACK: (
        Fate(GOING, Due.SOON, GOOD, must_do=True),
        Fate(DONE, Due.PAST),
        Fate(WAITING, Due.LATER),
        Fate(GOING, Due.LATER, GOOD, moves=1),
        Fate(USUAL, Due.NEVER),
        Fate(GOING, Due.JUST_PAST, pending=Pending.SUBMITTED),
        Fate(GOING, Due.LATER, GOOD, was_reopened=True),
        Fate(MERGED, Due.LATER),
        Fate(GOING, Due.NEVER),
    ),
    Mood.NO_ACTIONS: (),
}


def fate_of(mood: Mood, place: int) -> Fate:
    """The fate of the action at that place of the plan, counted from 0."""
    return FATES[mood][place % len(FATES[mood])]
