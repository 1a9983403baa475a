"""What goes next, to whom and when, and what is held or not said: the planner's own questions, and nothing is written.

It is what a run on that day would find, as things stand now. Days in London.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format

from actionplans.chasing.facts import Asked, Candidate
from actionplans.chasing.gathering import gathered
from actionplans.chasing.planning import Circumstances, Key, candidates, notice_of
from actionplans.chasing.policy import Rule, digest_days
from actionplans.chasing.windows import limits_of, steps, take
from actionplans.models import ActionLead, ActionOwner
from concordat.kernel.dates import LONDON
from signatories.models import (
    ChasingHold,
    ChasingPause,
    Membership,
    Message,
    Notice,
    Partnership,
    Person,
    Programme,
    Role,
)
from signatories.models.notice import STILL_TO_GO

BY = "outlook"  # who opens the windows that are closed again at once
UNREACHABLE = "They cannot be written to."


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark that goes, and the day. The notice is addressed to whom it goes; not planned yet, it has no key."""

    notice: Notice
    goes_on: date


@dataclass(frozen=True, slots=True)
class Stopped:
    """A remark that does not go now, and why; `hold` is what holds it, if something does."""

    notice: Notice
    why: str
    hold: ChasingHold | None = None


@dataclass
class Outlook:
    """What a day looks like. The remarks stand by recipient, and in the order in which a digest takes them."""

    on: date
    remarks: list[Remark] = field(default_factory=list)
    held: list[Stopped] = field(default_factory=list)
    suppressed: list[Stopped] = field(default_factory=list)

    @property
    def notices(self) -> list[Notice]:
        """All that it tells of, whether it goes or not."""
        stopped = (each.notice for each in (*self.held, *self.suppressed))
        return [*(each.notice for each in self.remarks), *stopped]


@contextmanager
def as_if_opened(on: date, only: Collection[int] | None = None) -> Iterator[None]:
    """Within it the rounds of updates are as a run on that day would leave them; then they are as before.

    `only`: of these partnerships.
    """
    todo = [steps(programme, on, only) for programme in Programme.objects.order_by("pk")]
    if not any(each.opening or each.moving for each in todo):
        yield
        return
    with transaction.atomic():
        for each in todo:
            take(each, on=on, by=BY)
        yield
        transaction.set_rollback(True)


def concerning(people: Collection[int], on: date) -> list[int]:
    """The partnerships (ids) of whose rounds of updates these people are told, in their own place or another's.

    One query.
    """
    away = ChasingPause.objects.on(on).filter(subject_type="", deputy__in=people)
    whose = Q(person__in=people) | Q(person__in=away.values("person"))
    owned = ActionOwner.objects.on(on).filter(whose).values("action__plan__partnership")
    held = Membership.objects.on(on).filter(whose)
    leading = held.filter(role=Role.ORGANISATION_LEAD).values("organisation")
    led = ActionLead.objects.on(on).filter(organisation__in=leading).values("action__plan__partnership")
    rows = Partnership.objects.filter(Q(pk__in=owned) | Q(pk__in=held.values("partnership")) | Q(pk__in=led))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def outlook(on: date, *, partnership: int | None = None, people: Collection[int] | None = None) -> Outlook:
    """What a run on that day would find: of one partnership, to these people, or everywhere. A fixed number of queries.

    Of a part it is checked whether what waits is still so; of everything that is asked when each digest goes.
    """
    survey = Survey(on, partnership, people)
    with as_if_opened(on, survey.partnerships):
        return survey.outlook()


class Survey:
    """The questions of one outlook. `partnerships` are those whose rounds of updates it is about; None for all."""

    def __init__(self, on: date, partnership: int | None = None, people: Collection[int] | None = None) -> None:
        self.on, self.partnership = on, partnership
        self.circumstances = Circumstances(on)
        self.is_whole = partnership is None and people is None
        self.recipients = None if people is None else frozenset(people)
        self.stored = self._stored()
        self.people = self._people()
        self.partnerships: list[int] | None = None if partnership is None else [partnership]
        if self.people is not None:
            self.partnerships = concerning(self.people, on)

    def _stored(self) -> list[Notice]:
        """The notices that have still to go. One query."""
        rows = Notice.objects.to_go().select_related("recipient").order_by("recipient_id", "due_on", "rule", "pk")
        if self.partnership is not None:
            rows = rows.filter(partnership=self.partnership)
        if self.recipients is not None:
            wanted = self._stood_in_for(self.recipients)
            rows = rows.filter(Q(recipient__in=wanted) | Q(person__in=wanted))
        return list(rows)

    def _stood_in_for(self, people: Iterable[int]) -> set[int]:
        """These people, and those whose mail they get."""
        wanted = set(people)
        return wanted | {each for each in self.circumstances.away if self.circumstances.recipient_of(each) in wanted}

    def _due(self) -> list[Candidate]:
        """What ought to be said by the day; everywhere, only what no notice stands for yet."""
        found: list[Candidate] = []
        for programme in Programme.objects.order_by("pk"):
            limits, of = limits_of(programme), self.partnership
            asked = Asked(self.on, limits, programme.pk, self.people, fresh=self.is_whole, partnership=of)
            with gathered(asked) if self.is_whole else nullcontext(asked) as asked:
                found += candidates(asked)
        return found

    def _people(self) -> set[int] | None:
        """Whose what these people get is; None for everybody's."""
        if self.recipients is None:
            return None
        return self._stood_in_for(self.recipients) | {row.person_id for row in self.stored}

    def outlook(self) -> Outlook:
        """What goes, and what does not. Ask it within `as_if_opened`."""
        self.due = self._due()
        self.new = self._unsaid()
        self.told = self._told()
        found = Outlook(self.on)
        going = [*self._of_stored(found), *self._of_new(found)]
        if self.recipients is not None:
            going = [row for row in going if row.recipient_id in self.recipients]
        found.remarks = self._with_days(going)
        return found

    def _of_stored(self, found: Outlook) -> Iterator[Notice]:
        """Of what waits that which goes, readdressed as the next run does it."""
        due = None if self.is_whole else {key_of(each) for each in self.due}
        for row in self.stored:
            each = candidate_of(row)
            if due is not None and key_of(each) not in due:
                continue  # it is no longer so, and is dropped when the digest goes
            if self._is_stopped(each, row, found):
                continue
            recipient = self.circumstances.recipient_of(row.person_id)
            if recipient is None:
                found.suppressed.append(Stopped(row, self.circumstances.absence_of(row.person_id)))
            elif recipient == row.recipient_id:
                if row.recipient.is_reachable:
                    yield row
                else:
                    found.suppressed.append(Stopped(row, _unreachable(row.recipient)))
            elif self._is_first(recipient, each):
                row.recipient_id = recipient
                yield row

    def _of_new(self, found: Outlook) -> Iterator[Notice]:
        """Of what is due and not planned yet that which goes."""
        for each in self.new:
            row = notice_of(each, self._reader_of(each), self.on)
            if not self._is_stopped(each, row, found) and self._is_first(row.recipient_id, each):
                yield row

    def _reader_of(self, each: Candidate) -> int:
        return self.circumstances.recipient_of(each.person_id) or each.person_id

    def _is_first(self, recipient: int, each: Candidate) -> bool:
        """Whether that person is not told the same in somebody else's place, or in their own."""
        mark = (recipient, key_of(each)[1:])
        if mark in self.told:
            return False
        self.told.add(mark)
        return True

    def _is_stopped(self, each: Candidate, row: Notice, found: Outlook) -> bool:
        if hold := self.circumstances.hold_of(each, row.pk):
            found.held.append(Stopped(row, hold.reason, hold))
        elif why := self.circumstances.silence_about(each):
            found.suppressed.append(Stopped(row, why))
        else:
            return False
        return True

    def _unsaid(self) -> list[Candidate]:
        """What is due and stands in no notice. One query, or none where only that was asked for."""
        if self.is_whole:
            return self.due
        people, days = {each.person_id for each in self.due}, {each.due_on for each in self.due}
        standing = Notice.objects.standing().filter(person__in=people, due_on__in=days)
        said = set(standing.values_list("person_id", "rule", "subject_type", "subject_id", "due_on"))
        return [each for each in self.due if key_of(each) not in said]

    def _told(self) -> set[tuple[int, tuple[object, ...]]]:
        """What those who stand in, or to whom it goes back, have been told, or are to be told anyway. One query."""
        readers = {self.circumstances.recipient_of(each) for each in self.circumstances.away} - {None}
        readers |= {row.person_id for row in self.stored if row.recipient_id != row.person_id}
        if not self.is_whole:
            readers |= {self._reader_of(each) for each in self.new}
        rows = Notice.objects.standing().filter(recipient__in=readers)
        columns = rows.values_list("recipient_id", "rule", "subject_type", "subject_id", "due_on")
        return {(recipient, tuple(key)) for recipient, *key in columns}

    def _with_days(self, going: list[Notice]) -> list[Remark]:
        """Each with the day of the digest that takes it along. One query."""
        barring = Message.objects.barring(self.on)
        if not self.is_whole:
            barring = barring.filter(recipient__in={row.recipient_id for row in going})
        last: dict[int, date] = {}
        on_its_way: set[int] = set()
        for message in barring.order_by("pk"):
            if message.mail_state in STILL_TO_GO:
                on_its_way.add(message.recipient_id)
            elif message.mail_moved_at:
                last[message.recipient_id] = message.mail_moved_at.astimezone(LONDON).date()
        by_recipient: dict[int, list[Notice]] = defaultdict(list)
        for row in going:
            by_recipient[row.recipient_id].append(row)
        beside = self._beside(by_recipient)
        found: list[Remark] = []
        for recipient, rows in sorted(by_recipient.items()):
            sent_on = None if recipient in on_its_way else last.get(recipient)
            first_days = {max(row.send_on, self.on) for row in (*rows, *beside[recipient])}
            days = digest_days(first_days, sent_on)
            found += (Remark(row, days[max(row.send_on, self.on)]) for row in rows)
        return found

    def _beside(self, recipients: Collection[int]) -> Mapping[int, list[Notice]]:
        """What waits for the same people from other partnerships, and goes in the same digests. One query."""
        found: dict[int, list[Notice]] = defaultdict(list)
        if self.partnership is not None:
            rows = Notice.objects.to_go().filter(recipient__in=recipients).exclude(partnership=self.partnership)
            for row in rows:
                each = candidate_of(row)
                if not self.circumstances.hold_of(each, row.pk) and not self.circumstances.silence_about(each):
                    found[row.recipient_id].append(row)
        return found


def _unreachable(person: Person) -> str:
    """Why nothing goes to somebody."""
    if person.mail_stopped_on is None:
        return UNREACHABLE
    return f"No mails reach them since {date_format(person.mail_stopped_on, 'j F Y')}."


def candidate_of(row: Notice) -> Candidate:
    """What the notice says, as the planner asks about it."""
    return Candidate(row.person_id, Rule(row.rule), row.subject_type, row.subject_id, row.due_on, row.partnership_id)


def key_of(each: Candidate) -> Key:
    """What makes it one remark of one person."""
    return (each.person_id, each.rule, each.subject_type, each.subject_id, each.due_on)
