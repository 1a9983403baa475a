"""The chasing policy once more, written down slowly from its words (docs/rules.md, Chasing) over plain objects.

It shares nothing with the product but the list of bank holidays. Each day it looks at every action.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property
from typing import NamedTuple

import holidays
from dateutil.relativedelta import relativedelta

BANK = holidays.country_holidays("GB", subdiv="ENG", years=range(2024, 2033))
ONE = timedelta(days=1)
Span = tuple[date, date | None]


def working(day: date) -> bool:
    return day.weekday() < 5 and day not in BANK


@cache
def back(day: date, count: int) -> date:
    """So many working days before the day."""
    while count:
        day -= ONE
        count -= working(day)
    return day


def sending(day: date) -> bool:
    quiet = (day.month == 12 and day.day >= 20) or (day.month == 1 and day.day <= 3)
    return working(day) and not quiet


def later(day: date, count: int) -> date:
    """So many sending days after the day."""
    while count:
        day += ONE
        count -= sending(day)
    return day


def within(spans: list[Span], day: date) -> bool:
    return any(first <= day and (last is None or day < last) for first, last in spans)


def months(day: date, count: int) -> date:
    return day + relativedelta(months=count)


@dataclass
class Window:
    opens: date
    due: date
    withdrawn: bool = False


@dataclass
class Partnership:
    id: int
    plan: int
    rhythm: int
    published: date
    coordinators: list[int]
    chairs: list[int]
    review: date | None = None
    papers: dict[int, date | None] = field(default_factory=dict)  # by meeting; None once cancelled
    windows: list[Window] = field(default_factory=list)
    holds: list[Span] = field(default_factory=list)

    def deadline(self, on: date) -> date:
        ahead = [day for day in self.papers.values() if day and day >= on]
        return min(ahead) if ahead else quarter_end(on)


@cache
def quarter_end(on: date) -> date:
    """The last working day of the quarter, or of the next one if it has passed."""
    first = date(on.year, (on.month - 1) // 3 * 3 + 1, 1)
    end = back(months(first, 3), 1)
    return end if end >= on else back(months(first, 6), 1)


@dataclass
class Action:
    id: int
    partnership: Partnership
    leads: list[int]
    due: date | None
    every: int | None = None
    must_do: bool = False
    owners: list[tuple[int, date, date | None]] = field(default_factory=list)
    reports: list[date] = field(default_factory=list)  # handed in or accepted
    accepted: list[date] = field(default_factory=list)
    closed: date | None = None
    holds: list[Span] = field(default_factory=list)
    former: list[date] = field(default_factory=list)  # the due days from which it was moved

    def unanswered_since(self, day: date) -> bool:
        return not any(day <= each for each in self.reports)


class Due(NamedTuple):
    """Something to be said: to whom, why, about what, hanging on which day."""

    person: int
    rule: str
    kind: str
    subject: int
    day: date


@dataclass
class Row:
    """A notice: who gets it, what it says, from when it may go; `state` is waiting, sent or dropped."""

    recipient: int
    due: Due
    goes: date
    partnership: int
    state: str = "waiting"


ESCALATIONS = {"missed_2", "missed_3", "must_do_overdue", "silent"}
EARLY = {"due_soon", "plan_review_60", "plan_review_30", "milestone_60", "milestone_30"}


@dataclass
class Away:
    """Somebody is away from a day until the day of return; `deputies` are all who ever stood in, the last one now."""

    first: date
    back: date
    deputies: list[int | None]

    @property
    def deputy(self) -> int | None:
        return self.deputies[-1]


@dataclass
class World:
    partnerships: dict[int, Partnership] = field(default_factory=dict)
    actions: list[Action] = field(default_factory=list)
    away: dict[int, list[Away]] = field(default_factory=dict)
    put_off: dict[tuple[int, int], list[Span]] = field(default_factory=dict)  # by person and action
    fewer: dict[int, list[Span]] = field(default_factory=dict)  # who wants no early reminders
    unreachable: set[int] = field(default_factory=set)  # whose mails come back
    administrators: list[int] = field(default_factory=list)
    milestones: list[tuple[int, date]] = field(default_factory=list)

    @cached_property
    def actions_of(self) -> dict[int, list[Action]]:
        found: dict[int, list[Action]] = {key: [] for key in self.partnerships}
        for action in self.actions:
            found[action.partnership.id].append(action)
        return found

    @cached_property
    def by_id(self) -> dict[int, Action]:
        return {action.id: action for action in self.actions}

    def pause_of(self, person: int, on: date) -> Away | None:
        return next((each for each in self.away.get(person, []) if each.first <= on < each.back), None)

    def addressee(self, person: int, on: date) -> int | None:
        """Who gets on that day what is that person's; nobody while they are away and nobody stands in."""
        pause = self.pause_of(person, on)
        if pause is None:
            return person
        deputy = pause.deputy
        return None if deputy is None or deputy in self.unreachable or self.pause_of(deputy, on) else deputy

    def is_unwanted(self, each: Due, reader: int | None, on: date) -> bool:
        """Whether whose it is, or who reads it, wants no early reminders."""
        wishes = [*self.fewer.get(each.person, []), *self.fewer.get(reader or each.person, [])]
        return each.rule in EARLY and within(wishes, on)

    def has_put_off(self, person: int, action: int, on: date) -> bool:
        return within(self.put_off.get((person, action), []), on)


class Model:
    """What was sent so far, and what waits."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.rows: dict[tuple[int, str, str, int, date], Row] = {}
        self.last: dict[int, date] = {}
        self.sent: set[tuple[date, int, Due]] = set()

    def run(self, on: date) -> None:
        """The run of a day. A second one on the same day finds nothing to do."""
        if not sending(on):
            return
        for partnership in self.world.partnerships.values():
            open_windows(partnership, on)
        found = {each: whose for each, whose in due(self.world, on) if each.person not in self.world.unreachable}
        # What is somebody's own comes before what they get as a deputy.
        for each in sorted(found, key=lambda each: self.world.pause_of(each.person, on) is not None):
            self.plan(each, found[each], on)
        self.readdress(on)
        waiting: dict[int, list[Row]] = {}
        for row in self.rows.values():
            if row.state == "waiting":
                waiting.setdefault(row.recipient, []).append(row)
        for person, rows in sorted(waiting.items()):
            rested = person not in self.last or (on - self.last[person]).days >= 7
            if rested and any(self.may_go(row, on) for row in rows):
                self.send(person, rows, on, found)

    def plan(self, each: Due, whose: int, on: date) -> None:
        recipient = self.world.addressee(each.person, on)
        if self.is_held(each, whose, on) or self.is_put_off(each, on) or self.world.is_unwanted(each, recipient, on):
            return
        if recipient is None:
            return
        if any(row.due == each and row.state != "dropped" for row in self.known(each)):
            return
        key = (recipient, *each[1:])
        if key in self.rows and self.rows[key].state != "dropped":
            return
        goes = later(on, 2) if each.rule in ESCALATIONS else on
        self.rows[key] = Row(recipient, each, goes, whose)

    def known(self, each: Due) -> Iterator[Row]:
        """Notices that may be this one: to the person, or to a deputy."""
        deputies = {other for pause in self.world.away.get(each.person, []) for other in pause.deputies if other}
        for recipient in {each.person} | deputies:
            if row := self.rows.get((recipient, *each[1:])):
                yield row

    def readdress(self, on: date) -> None:
        """What waits goes to whom it would be addressed today; back to the person first, then on to a deputy."""
        for row in [row for row in self.rows.values() if row.state == "waiting" and row.recipient != row.due.person]:
            if row.recipient != self.world.addressee(row.due.person, on):
                self.give(row, row.due.person)
        for row in [row for row in self.rows.values() if row.state == "waiting" and row.recipient == row.due.person]:
            recipient = self.world.addressee(row.due.person, on)
            if recipient and recipient != row.recipient:
                self.give(row, recipient)

    def give(self, row: Row, recipient: int) -> None:
        """Unless they were told of it, or are to be."""
        key = (recipient, *row.due[1:])
        if key in self.rows:
            row.state = "dropped"
            return
        del self.rows[(row.recipient, *row.due[1:])]
        row.recipient = recipient
        self.rows[key] = row

    def is_put_off(self, each: Due, on: date) -> bool:
        return each.kind == "action" and self.world.has_put_off(each.person, each.subject, on)

    def is_held(self, each: Due, whose: int, on: date) -> bool:
        action = self.world.by_id.get(each.subject) if each.kind == "action" else None
        return within(self.world.partnerships[whose].holds, on) or bool(action and within(action.holds, on))

    def may_go(self, row: Row, on: date) -> bool:
        return (
            row.state == "waiting"
            and row.goes <= on
            and row.recipient not in self.world.unreachable
            and self.world.pause_of(row.recipient, on) is None
            and not self.is_held(row.due, row.partnership, on)
            and not self.is_put_off(row.due, on)
        )

    def send(self, person: int, rows: list[Row], on: date, found: dict[Due, int]) -> None:
        for row in rows:
            if row.due not in found or self.world.is_unwanted(row.due, row.recipient, on):
                row.state = "dropped"
            elif self.may_go(row, on):
                row.state = "sent"
                self.sent.add((on, person, row.due))
                self.last[person] = on


def open_windows(partnership: Partnership, on: date) -> None:
    standing = [window for window in partnership.windows if not window.withdrawn]
    last = standing[-1] if standing else None
    deadline = partnership.deadline(on)
    opens = back(deadline, 20)
    if last and last.due >= on:
        if last.due != deadline and on < opens:
            last.withdrawn = True
        elif last.due != deadline:
            last.opens, last.due = min(last.opens, opens), deadline
        return
    if on < opens or (last and (opens <= last.due or deadline < months(last.due, partnership.rhythm - 1))):
        return
    partnership.windows.append(Window(opens, deadline))


def due(world: World, on: date) -> Iterator[tuple[Due, int]]:
    """Everything that ought to be said by the day, with the partnership that it is about."""
    for action in world.actions:
        if action.closed and action.closed <= on:
            continue
        for each in of_action(world, action, on):
            yield each, action.partnership.id
    for partnership in world.partnerships.values():
        for each in of_partnership(world, partnership, on):
            yield each, partnership.id


def of_action(world: World, action: Action, on: date) -> Iterator[Due]:
    partnership = action.partnership
    owners = [person for person, first, last in action.owners if first <= on and (last is None or on < last)]
    owners = [person for person in owners if person not in world.unreachable]
    answer = owners or partnership.coordinators
    if not within(action.holds, on):
        yield from of_windows(world, action, answer, on)
    if action.due:
        if action.due < on:
            yield from (Due(person, "due_passed", "action", action.id, action.due) for person in answer)
        elif action.due - timedelta(days=30) <= on:
            yield from (Due(person, "due_soon", "action", action.id, action.due) for person in answer)
        if action.must_do and (on - action.due).days > 90:
            yield from (
                Due(person, "must_do_overdue", "action", action.id, action.due) for person in partnership.chairs
            )
    elif action.every:
        since = max([*action.reports, date.min]) if action.reports else partnership.published
        day = months(since, action.every)
        if day <= on:
            yield from (Due(person, "not_reviewed", "action", action.id, day) for person in answer)


def of_windows(world: World, action: Action, answer: list[int], on: date) -> Iterator[Due]:
    partnership = action.partnership

    def due(person: int, rule: str, day: date) -> Iterator[Due]:
        """Who has put the action off hears of it no more than the last notice."""
        if rule == "last_notice" or not world.has_put_off(person, action.id, on):
            yield Due(person, rule, "partnership", partnership.id, day)

    standing = [window for window in partnership.windows if not window.withdrawn]
    for window in standing:
        if window.opens <= on <= window.due and action.unanswered_since(window.opens):
            rule = "update_opens"
            if on >= back(window.due, 10):
                rule = "nudge"
            if on >= back(window.due, 3):
                rule = "last_notice"
            for person in answer:
                yield from due(person, rule, window.due)
            if on >= back(window.due, 5):
                rule = "last_notice" if on >= back(window.due, 3) else "closing"
                for person in partnership.coordinators:
                    yield from due(person, rule, window.due)
    passed = [window for window in standing if window.due < on]
    for times, people in ((1, partnership.coordinators), (2, action.leads), (3, partnership.chairs)):
        if len(passed) < times:
            return
        opened = passed[-times].opens
        if partnership.published <= opened and action.unanswered_since(opened):
            for person in people:
                yield from due(person, f"missed_{times}", passed[-1].due)


def of_partnership(world: World, partnership: Partnership, on: date) -> Iterator[Due]:
    mine = [action for action in world.actions_of[partnership.id] if not (action.closed and action.closed <= on)]
    if mine:
        heard = [day for action in world.actions_of[partnership.id] for day in action.accepted if day <= on]
        silent = months(max([*heard, partnership.published]), 6)
        if silent <= on:
            yield from (Due(person, "silent", "plan", partnership.plan, silent) for person in world.administrators)
    if partnership.review:
        for days in (0, 30, 60):
            if partnership.review - timedelta(days=days) <= on:
                rule = f"plan_review_{days}"
                people = partnership.coordinators
                yield from (Due(person, rule, "plan", partnership.plan, partnership.review) for person in people)
                break
    for milestone, day in world.milestones:
        if on > day + timedelta(days=30):
            continue
        for days in (0, 14, 30, 60):
            if day - timedelta(days=days) <= on:
                people = partnership.coordinators + (partnership.chairs if days == 0 else [])
                yield from (Due(person, f"milestone_{days}", "milestone", milestone, day) for person in people)
                break
