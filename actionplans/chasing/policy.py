"""The chasing policy: which message ought to have gone by a day. Pure: days in, answers out (docs/rules.md, Chasing).

Every rule asks whether its day has passed, never whether it is today: what a missed run did not say is said by the
next. Of several steps towards the same day only the latest is said. Days are calendar days in Europe/London.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from concordat.kernel.dates import add_months, add_working_days
from concordat.kernel.sending_days import add_sending_days, next_sending_day

ONE_DAY = timedelta(days=1)
WEEK = timedelta(days=7)
# A coordinator sees an escalation so many sending days before it goes.
SEEN_BEFORE = 2
# So long after a national milestone it is still worth telling of.
MILESTONE_LASTS = timedelta(days=30)
# So often within so long somebody puts the reminders of one action off.
PUT_OFF_TIMES, PUT_OFF_WITHIN = 2, timedelta(days=90)


class Rule(StrEnum):
    """Why somebody is written to. The words are kept with each notice, and printed by `manage.py chase --json`."""

    OPENS = "update_opens"
    NUDGE = "nudge"
    CLOSING = "closing"
    LAST_NOTICE = "last_notice"
    DUE_SOON = "due_soon"
    DUE_PASSED = "due_passed"
    NOT_REVIEWED = "not_reviewed"
    PLAN_REVIEW_60 = "plan_review_60"
    PLAN_REVIEW_30 = "plan_review_30"
    PLAN_REVIEW_0 = "plan_review_0"
    MISSED_1 = "missed_1"
    MISSED_2 = "missed_2"
    MISSED_3 = "missed_3"
    MUST_DO_OVERDUE = "must_do_overdue"
    SILENT = "silent"
    MILESTONE_60 = "milestone_60"
    MILESTONE_30 = "milestone_30"
    MILESTONE_14 = "milestone_14"
    MILESTONE_0 = "milestone_0"
    ROUND_60 = "round_60"
    ROUND_30 = "round_30"
    ROUND_14 = "round_14"
    ROUND_0 = "round_0"

    @property
    def is_escalation(self) -> bool:
        """Whether it goes over somebody's head, so that the coordinator sees it first."""
        return self in ESCALATIONS

    @property
    def is_optional(self) -> bool:
        """Whether people may switch it off: a friendly word well before the day."""
        return self in OPTIONAL


ESCALATIONS = frozenset({Rule.MISSED_2, Rule.MISSED_3, Rule.MUST_DO_OVERDUE, Rule.SILENT})
OPTIONAL = frozenset(
    {Rule.DUE_SOON, Rule.PLAN_REVIEW_60, Rule.PLAN_REVIEW_30, Rule.MILESTONE_60, Rule.MILESTONE_30, Rule.ROUND_60}
    | {Rule.ROUND_30}
)
# The rule for so many days before a day, the longest first.
PLAN_REVIEW: Mapping[int, Rule] = {60: Rule.PLAN_REVIEW_60, 30: Rule.PLAN_REVIEW_30, 0: Rule.PLAN_REVIEW_0}
MILESTONE: Mapping[int, Rule] = {
    60: Rule.MILESTONE_60,
    30: Rule.MILESTONE_30,
    14: Rule.MILESTONE_14,
    0: Rule.MILESTONE_0,
}
ROUND: Mapping[int, Rule] = {60: Rule.ROUND_60, 30: Rule.ROUND_30, 14: Rule.ROUND_14, 0: Rule.ROUND_0}
# To whom an action goes that was missed in so many windows running.
LADDER: Mapping[int, Rule] = {1: Rule.MISSED_1, 2: Rule.MISSED_2, 3: Rule.MISSED_3}


@dataclass(frozen=True, slots=True)
class Limits:
    """What the programme sets: working days before the papers are due, calendar days, and months."""

    opens: int = 20
    nudge: int = 10
    closing: int = 5
    last_notice: int = 3
    due_soon: int = 30
    must_do_overdue: int = 90
    silent_months: int = 6
    put_off: int = 14


class Window(NamedTuple):
    """The days of one round of updates before a partnership's papers are due."""

    opens_on: date
    nudge_on: date
    closing_on: date
    last_notice_on: date
    due_on: date


def window(due_on: date, limits: Limits) -> Window:
    """The round of updates before papers that are due on that day: 20, 10, 5 and 3 working days before it."""
    before = (limits.opens, limits.nudge, limits.closing, limits.last_notice)
    opens, nudge, closing, last_notice = (add_working_days(due_on, -days) for days in before)
    return Window(opens, nudge, closing, last_notice, due_on)


def opens(due_on: date, last_due_on: date | None, every_months: int, limits: Limits, on: date) -> Window | None:
    """The window that has opened by that day for papers due on `due_on`; None if it has not, or opens none.

    `last_due_on`: for which day the partnership's last window was. Papers for two boards come from one round of
    updates: a day within that window's reach opens none of its own, nor does one a month or more short of the
    partnership's rhythm.
    """
    days = window(due_on, limits)
    if on < days.opens_on:
        return None
    if last_due_on is not None:
        too_soon = days.opens_on <= last_due_on or due_on < add_months(last_due_on, every_months - 1)
        if too_soon:
            return None
    return days


def windows_ahead(
    deadlines: Iterable[date], last: Window | None, before: date | None, every_months: int, limits: Limits, on: date
) -> list[Window]:
    """The window that is open on that day and those that will open, as far as the deadlines ahead, in order, say.

    `last`: the last window that was opened; while it is open it follows the first deadline. `before`: for which day
    the one before it was.
    """
    found: list[Window] = []
    for due_on in deadlines:
        is_open = not found and last is not None and last.due_on >= on
        if is_open and last is not None and (followed := followed_to(due_on, last, limits, on)):
            days: Window | None = followed
        else:
            earlier = found[-1].due_on if found else before if is_open else last and last.due_on
            days = opens(due_on, earlier, every_months, limits, due_on)
        if days is not None:
            found.append(days)
    return found


def followed_to(due_on: date, last: Window, limits: Limits, on: date) -> Window | None:
    """An open window whose papers are due on that day by now: it keeps the day on which it opened, unless that is
    earlier now. None if it would not be open by now.
    """
    if due_on == last.due_on:
        return last
    days = window(due_on, limits)
    return None if on < days.opens_on else days._replace(opens_on=min(last.opens_on, days.opens_on))


def owner_step(days: Window, on: date) -> Rule:
    """What somebody who still owes an update in an open window is told on that day."""
    if on >= days.last_notice_on:
        return Rule.LAST_NOTICE
    return Rule.NUDGE if on >= days.nudge_on else Rule.OPENS


def coordinator_step(days: Window, on: date) -> Rule | None:
    """What the coordinator is told while something is missing in an open window."""
    if on >= days.last_notice_on:
        return Rule.LAST_NOTICE
    return Rule.CLOSING if on >= days.closing_on else None


def due_step(due_on: date, on: date, limits: Limits) -> Rule | None:
    """What an owner is told of an open action with that due day: once 30 days before it, once when it has passed."""
    if due_on < on:
        return Rule.DUE_PASSED
    return Rule.DUE_SOON if due_on <= on + timedelta(days=limits.due_soon) else None


def countdown(due_on: date, on: date, steps: Mapping[int, Rule]) -> Rule | None:
    """The latest step whose day has come: so many days before `due_on`."""
    reached = [days for days in steps if due_on - timedelta(days=days) <= on]
    return steps[min(reached)] if reached else None


def milestone_step(due_on: date, on: date) -> Rule | None:
    """What is told of a national milestone; nothing once it is long past."""
    return countdown(due_on, on, MILESTONE) if on <= due_on + MILESTONE_LASTS else None


def review_due_on(last_on: date, every_months: int) -> date:
    """By when an action without a due day is to be looked at again: so many months after its last report."""
    return add_months(last_on, every_months)


def last_reviewed_by(on: date, every_months: int) -> date:
    """The latest day of a last report whose review is due by that day: `review_due_on`, turned around.

    The first day of all, where that lies before every calendar: one such action must not stop the chasing of others.
    """
    if every_months >= 12 * (on.year - 1):
        return date.min
    last_on = add_months(on, -every_months)
    while review_due_on(last_on + ONE_DAY, every_months) <= on:
        last_on += ONE_DAY
    return last_on


def is_must_do_overdue(due_on: date, on: date, limits: Limits) -> bool:
    """Whether a national must-do is overdue for so long that the chair is told."""
    return due_on + timedelta(days=limits.must_do_overdue) < on


def silent_on(last_on: date, limits: Limits) -> date:
    """The day on which national staff are told of a plan of which nothing was heard since that day."""
    return add_months(last_on, limits.silent_months)


def goes_on(rule: Rule, planned_on: date) -> date:
    """The day from which a notice planned on that day may go: an escalation is seen two sending days before."""
    first = next_sending_day(planned_on)
    return add_sending_days(first, SEEN_BEFORE) if rule.is_escalation else first


def free_on(last_sent_on: date | None, on: date) -> date:
    """The first sending day, that day or later, on which a person may get a digest: one in any seven days."""
    return next_sending_day(on if last_sent_on is None else max(on, last_sent_on + WEEK))


def digest_days(first_days: Iterable[date], last_sent_on: date | None) -> dict[date, date]:
    """For each day from which something for one person may go, the day of the digest that takes it along.

    The first digest takes all that may go by its day; what may go later waits for one a week after it, or later.
    """
    found: dict[date, date] = {}
    digest_on: date | None = None
    for day in sorted(set(first_days)):
        if digest_on is None or day > digest_on:
            digest_on = free_on(digest_on or last_sent_on, day)
        found[day] = digest_on
    return found


def put_off_until(on: date, limits: Limits) -> list[date]:
    """The days until which the reminders of an action may be put off on that day: by weeks, up to the longest.

    A digest comes once a week, so that less than a week would change little. None if the programme allows none.
    """
    weeks = [on + WEEK * number for number in range(1, limits.put_off // WEEK.days + 1)]
    return weeks or [on + timedelta(days=limits.put_off)] * (limits.put_off > 0)


def may_put_off(begun_on: Iterable[date], on: date) -> bool:
    """Whether an action that somebody put off on these days may be put off again: twice within 90 days, no more."""
    return sum(on - PUT_OFF_WITHIN < each <= on for each in begun_on) < PUT_OFF_TIMES
