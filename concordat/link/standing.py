"""What somebody who follows the link of a reminder may do with each of its actions. Pure: facts in, words out."""

from collections.abc import Iterable
from enum import Enum, StrEnum

from actionplans.states import CLOSED, ActionState


class Standing(Enum):
    """Whether an action of the link can still be answered, and if not, why."""

    ANSWERABLE = ""
    NOT_YOURS = "You do not answer for this action any more. It was handed over, or your role has ended."
    NOT_IN_FORCE = "This action stands in no plan in force, so nothing is asked of you."
    CLOSED = "This action is closed, so nothing is asked of you."

    @property
    def sentence(self) -> str:
        """Why it cannot be answered; empty if it can."""
        return self.value


def standing(*, is_own: bool, is_in_force: bool, is_open: bool) -> Standing:
    """How an action stands for the person of the link: whether it is their own work, in a plan in force, and open."""
    if not is_own:
        return Standing.NOT_YOURS
    if not is_in_force:
        return Standing.NOT_IN_FORCE
    return Standing.ANSWERABLE if is_open else Standing.CLOSED


class Kind(StrEnum):
    """What may be answered. Each is a part of the address of its page."""

    GOING_ON = "on-track"
    NO_CHANGE = "no-change"
    NEW_DATE = "new-date"
    DONE = "done"
    HAND_OVER = "hand-over"
    DROPPED = "not-going-ahead"

    @property
    def words(self) -> str:
        """How it is called in the list of answers, and over its page."""
        return WORDS[self]

    @property
    def button(self) -> str:
        """What is written on the button that sends it."""
        return "Hand it over" if self is Kind.HAND_OVER else "Send to the coordinator"

    @property
    def closes(self) -> bool:
        """Whether the action is closed by it."""
        return STATES.get(self) in CLOSED


WORDS = {
    Kind.GOING_ON: "It is on track, at risk or off track",
    Kind.NO_CHANGE: "Nothing has changed since last time",
    Kind.NEW_DATE: "It needs a new date",
    Kind.DONE: "It is done",
    Kind.HAND_OVER: "Somebody else answers for it",
    Kind.DROPPED: "It is not going ahead",
}
# The state that an answer says by itself.
STATES = {Kind.DONE: ActionState.COMPLETED, Kind.DROPPED: ActionState.NOT_GOING_AHEAD}


def offered(*, was_reported: bool, has_report: bool, is_owner: bool) -> list[Kind]:
    """The answers that fit an action that can be answered.

    “No change” needs something that was accepted before, and no report in hand; only who answers for it hands it over.
    """
    left_out = set()
    if has_report or not was_reported:
        left_out.add(Kind.NO_CHANGE)
    if not is_owner:
        left_out.add(Kind.HAND_OVER)
    return [kind for kind in Kind if kind not in left_out]


def numbers(texts: Iterable[str]) -> dict[int, int]:
    """What was ticked: each action (its id) with the last report (its id; 0: none) that was before the person.

    Whatever makes no sense is left out, and so is what is larger than the database knows.
    """
    pairs = (text.partition("-")[::2] for text in texts)
    return {int(action): int(report) for action, report in pairs if _is_id(action) and _is_id(report)}


def ids(text: str) -> list[int]:
    """The ids in “3,4,12”; whatever is none is left out."""
    return [int(each) for each in text.split(",") if _is_id(each)]


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19
