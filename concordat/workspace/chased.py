"""Remarks of one partnership as its console tells them: by digest, with why each goes, and what is held or not said.

Days in London.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from actionplans.chasing.behind import Behind
from actionplans.chasing.outlook import Outlook, Remark, Stopped
from actionplans.chasing.policy import Limits, Rule
from actionplans.chasing.reasons import name_of, reason
from actionplans.models import ActionPlan
from concordat.kernel.sending_days import next_sending_day
from concordat.sentences import in_words
from signatories.access import Access
from signatories.models import ChasingHold, Notice, Person

NAMED = 3  # actions behind one remark that are named; the rest are counted
LISTED = 5  # remarks that one hold stops
MOST = 30  # remarks of one digest; the mail has all
SOMEBODY_NATIONAL = "A national administrator"


@dataclass(frozen=True, slots=True)
class Thing:
    """What a remark is about, and its page in the workspace or for everybody; `reference` is that of an action."""

    title: str
    address: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One remark: what it is called, why it goes, about what, and in whose place somebody gets it."""

    notice: Notice
    name: str
    why: str
    things: tuple[Thing, ...]
    more: int
    is_escalation: bool
    reader: str
    instead_of: str
    hold_address: str


@dataclass(frozen=True, slots=True)
class Digest:
    """What goes to one person in one digest; `waits` says why it goes no sooner."""

    reader_id: int
    reader: str
    day: date
    lines: tuple[Line, ...]
    more: int
    waits: str


Group = tuple[date, int, list[Notice]]  # what goes on that day to that person (id)


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A hold, what it is about, and what it stops now."""

    hold: ChasingHold
    about: str
    lines: tuple[Line, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A remark that is not said now, and why."""

    line: Line
    why: str


class Telling:
    """Tells remarks to somebody who looks after chasing."""

    def __init__(self, behind: Behind, people: Mapping[int, Person], limits: Limits, access: Access) -> None:
        self.behind, self.people, self.limits, self.access = behind, people, limits, access

    def digests(self, remarks: Iterable[Remark]) -> list[Group]:
        """The remarks by day and person, in the order in which they are shown."""
        groups: dict[tuple[date, int], list[Notice]] = defaultdict(list)
        for each in remarks:
            groups[each.goes_on, each.notice.recipient_id].append(each.notice)
        return [
            (day, reader, rows)
            for (day, reader), rows in sorted(groups.items(), key=lambda pair: (pair[0][0], self.reader(pair[0][1])))
        ]

    def digest(self, group: Group, on: date) -> Digest:
        """One digest with its remarks."""
        day, reader, rows = group
        lines = tuple(map(self.line, rows[:MOST]))
        return Digest(reader, self.reader(reader), day, lines, max(0, len(rows) - MOST), _waits(rows, day, on))

    def held(self, holds: Iterable[ChasingHold], stopped: Iterable[Stopped]) -> list[HeldLine]:
        """Each hold with what it stops; the first few of many."""
        by_hold: dict[int, list[Notice]] = defaultdict(list)
        for each in stopped:
            if each.hold:
                by_hold[each.hold.pk].append(each.notice)
        return [
            HeldLine(hold, self.about(hold), tuple(map(self.line, by_hold[hold.pk][:LISTED])), len(by_hold[hold.pk]))
            for hold in holds
        ]

    def unsaid(self, stopped: Iterable[Stopped]) -> list[Unsaid]:
        """What is not said now, each with why."""
        return [Unsaid(self.line(each.notice), each.why) for each in stopped]

    def line(self, row: Notice) -> Line:
        """One remark."""
        rule = Rule(row.rule)
        things = self._things(row)
        return Line(
            notice=row,
            name=name_of(rule),
            why=reason(rule, row.due_on, self.limits),
            things=tuple(things[:NAMED]),
            more=max(0, len(things) - NAMED),
            is_escalation=rule.is_escalation,
            reader=self.reader(row.recipient_id),
            instead_of=self.reader(row.person_id) if row.person_id != row.recipient_id else "",
            hold_address=self._hold_address(row),
        )

    def about(self, hold: ChasingHold) -> str:
        """What is held, in words."""
        if hold.partnership_id:
            return "Everything of this partnership"
        if hold.notice:
            row = hold.notice
            return f"{name_of(Rule(row.rule))}, {in_words(row.due_on)}, to {self.reader(row.recipient_id)}"
        title = self.behind.title_of(hold.subject_type, hold.subject_id)
        return f"Everything about “{title}”" if title else "Something of this partnership"

    def reader(self, person_id: int) -> str:
        """Who gets it, or whose it is."""
        return named(self.people[person_id], self.access)

    def _things(self, row: Notice) -> list[Thing]:
        actions = self.behind.actions_of(row)
        if actions:
            return [Thing(each.text, reverse("workspace-action", args=[each.pk]), each.reference) for each in actions]
        other = self.behind.other_of(row)
        title = self.behind.title_of(row.subject_type, row.subject_id)
        return [Thing(title, other.get_absolute_url() if isinstance(other, ActionPlan) else "")] if title else []

    def _hold_address(self, row: Notice) -> str:
        """Where it is held: by itself once it is planned, before that with all about its action."""
        if row.pk:
            return reverse("workspace-chasing-hold", args=[row.pk])
        actions = self.behind.actions_of(row)
        is_one = row.subject_type == "actionplans.action" and len(actions) == 1
        return reverse("workspace-action-hold", args=[row.subject_id]) if is_one else ""


def sees(access: Access) -> Callable[[Notice], bool]:
    """Which remarks of a digest somebody sees: those of the partnerships that they coordinate; all, nationally."""
    return lambda row: access.is_administrator or row.partnership_id in access.coordinates


def named(person: Person, access: Access) -> str:
    """Who gets a remark, by name; national administrators are named to each other alone."""
    return SOMEBODY_NATIONAL if person.is_superuser and not access.is_administrator else str(person)


def _waits(rows: list[Notice], day: date, on: date) -> str:
    first = next_sending_day(max(min(row.send_on for row in rows), on))
    if any(Rule(row.rule).is_escalation for row in rows) and day == max(row.send_on for row in rows):
        return "An escalation: you see it two working days before it goes."
    return "They get one email in seven days, and this one waits until then." if day > first else ""


def people_of(found: Outlook, holds: Iterable[ChasingHold]) -> dict[int, Person]:
    """Everybody whom the console names. One query."""
    rows = [*found.notices, *(each.notice for each in holds if each.notice)]
    ids = {each for row in rows for each in (row.recipient_id, row.person_id)}
    return {person.pk: person for person in Person.objects.filter(pk__in=ids)}
