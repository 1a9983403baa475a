"""Statuses and facts as plain sentences, the same on every page. Pure: facts in, words out.

Days are calendar days in Europe/London.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from enum import StrEnum

from actionplans.progress import Tally, Thresholds
from actionplans.states import CLOSED, DONE, ActionState, Delivery
from concordat.kernel.sources import Precision
from concordat.national import SignUp, SignUpStatus

REPORTED = "This is what the partnership reports; nobody has inspected it."
ALL_REPORTED = "This is what the partnerships report; nobody has inspected it."

# The reasons that the rule gives most often, as sentences; every other reason is one already.
PLAINLY = {
    "No declaration recorded": "no declaration is recorded.",
    "Declaration made": "a declaration is made. No action plan is recorded yet.",
    "Action plan published": "an action plan is published.",
}


def in_words(day: date) -> str:
    """A day as people write it: 10 April 2015."""
    return f"{day.day} {day:%B %Y}"


def dated(day: date | None, precision: str = Precision.DAY) -> str:
    """When, as exactly as it is known: “on 10 April 2015”, “by 31 December 2014”."""
    if day is None:
        return "on a day that is not recorded"
    return f"{'by' if precision == Precision.BY else 'on'} {in_words(day)}"


def in_order(name: str) -> list[tuple[int, int, str]]:
    """Sorts names as people do, their numbers by size: “Group 2” before “Group 10”."""
    parts = re.findall(r"[0-9]+|[^0-9]+", name.casefold())
    return [(0, int(each), "") if each[0].isdecimal() and len(each) < 19 else (1, 0, each) for each in parts]


def listed(names: Iterable[str]) -> str:
    """Names in a row: “a, b and c”."""
    *most, last = list(names) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: “1 action”, “5 actions”."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def are(number: int) -> str:
    """A number with its verb: “1 is”, “5 are”, “none is”."""
    return "none is" if number == 0 else f"{number} {'is' if number == 1 else 'are'}"


def sign_up_reason(sign_up: SignUp) -> str:
    """Why the area has its sign-up status, to follow the word for it and a colon: “an action plan is published.”"""
    if sign_up.status is SignUpStatus.GREY:
        return "this area does not exist on this day."
    reason, _, inherited = sign_up.reason.partition(", inherited from ")
    plain = PLAINLY.get(reason, f"{reason[:1].lower()}{reason[1:]}.")
    return f"{plain} It is inherited from {inherited}." if inherited else plain


def published_sentence(day: date, precision: str) -> str:
    """Since when a document is public: “It was published by 31 December 2014; the exact day is not recorded.”"""
    unsure = "; the exact day is not recorded" if precision == Precision.BY else ""
    return f"It was published {dated(day, precision)}{unsure}."


def numbers_in_words(numbers: Tally) -> str:
    """The numbers of a plan, to follow its status and a colon: “31 of 44 actions are done, 5 are overdue.”"""
    if numbers.total + numbers.merged == 0:
        return "nobody can say here whether the plan is carried out."
    if numbers.total == 0:
        return "all its actions were merged into others."
    done = "is" if numbers.total == 1 else "are"
    dropped = f" {are(numbers.not_going_ahead)} not going ahead." if numbers.not_going_ahead else ""
    merged = f" {numbers.merged} more {'was' if numbers.merged == 1 else 'were'} merged into others." * bool(
        numbers.merged
    )
    told = f"{numbers.done} of {counted(numbers.total, 'action')} {done} done, {are(numbers.overdue)} overdue."
    return f"{told}{dropped}{merged}"


def last_update_sentence(numbers: Tally) -> str:
    """When the plan was last heard of: “The last update was on 12 May 2026.”"""
    if numbers.last_update is None:
        return "No update is recorded."
    return f"The last update was on {in_words(numbers.last_update)}."


def delivery_reason(delivery: Delivery, thresholds: Thresholds) -> str:
    """Why a plan has that delivery status, by the programme's own thresholds."""
    return {
        Delivery.OFF_TRACK: f"At least {thresholds.off_track_percent} in 100 of the open actions are overdue or off "
        f"track, or a national must-do is more than {thresholds.must_do_overdue_days} days late.",
        Delivery.NO_RECENT_UPDATE: f"There was no update for more than {thresholds.stale_after_months} months.",
        Delivery.SOME_DELAYS: "At least one action is overdue, at risk, off track or paused.",
        Delivery.DELIVERED_IN_PART: "The time for this plan is over, and not all of it is done.",
        Delivery.NOT_STARTED: "No action has started, and none is due yet.",
        Delivery.ON_TRACK: "No action is overdue, at risk or paused.",
        Delivery.DELIVERED: "Every action is closed, and at least one was done.",
    }[delivery]


def signatories_sentence(claimed: int | None, recorded: int) -> str:
    """How many signed, by the declaration's own word and by what is recorded here."""
    if claimed is None:
        return f"{counted(recorded, 'signature')} {'is' if recorded == 1 else 'are'} recorded here."
    says = f"The declaration says it has {counted(claimed, 'signatory', 'signatories')}"
    return f"{says}; {'none' if recorded == 0 else recorded} {'is' if recorded < 2 else 'are'} recorded here."


def absent_types(core: Iterable[str], signed_as: Collection[str], claimed: int | None, recorded: int) -> list[str]:
    """The core types without a signature; none where not all signatures are recorded, for then nobody can tell.

    `recorded` signatures are known of those that the declaration itself claims, if it says how many.
    """
    if recorded == 0 or (claimed is not None and recorded < claimed):
        return []
    return [type_ for type_ in core if type_ not in signed_as]


class PromiseState(StrEnum):
    """What became of a “We will”, by the actions that are to keep it."""

    PROMISED = "Promised"
    UNDER_WAY = "Under way"
    DONE = "Done"
    NOT_HAPPENING = "Not happening"


def promise_state(states: Iterable[str]) -> PromiseState:
    """What became of a promise, from the states of its actions on the day. Merged actions say nothing of their own.

    It is done when every action that still goes ahead is done, and not happening when none goes ahead.
    """
    telling = [state for state in states if state != ActionState.MERGED]
    if not telling:
        return PromiseState.PROMISED
    if all(state == ActionState.NOT_GOING_AHEAD for state in telling):
        return PromiseState.NOT_HAPPENING
    if all(state in CLOSED for state in telling):
        return PromiseState.DONE
    has_begun = any(state in DONE or state in (ActionState.IN_PROGRESS, ActionState.PAUSED) for state in telling)
    return PromiseState.UNDER_WAY if has_begun else PromiseState.PROMISED


def awaited_sentence(labels: Sequence[str]) -> str:
    """The plans that a declaration expects and that are not there yet. Empty if it expects none."""
    if not labels:
        return ""
    names = listed(f"“{label}”" for label in labels)
    if len(labels) == 1:
        return f"The declaration expects a plan called {names}. It is not recorded yet."
    return f"The declaration expects {len(labels)} plans that are not recorded yet: {names}."


def shared_sentence(others: int) -> str:
    """That a plan is not this area's alone: “Shared with 9 other areas.” Empty if it is."""
    return f"Shared with {counted(others, 'other area')}." if others else ""
