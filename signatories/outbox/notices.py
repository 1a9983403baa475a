"""Keeping what is due to be said, and planning the digests that say it. Days in London.

Both may be done twice, or by two at once: the uniqueness of the rows decides. Notices are their own log and have no
`Change` rows.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, QuerySet, Value

from concordat.kernel.changes import Actor, change
from concordat.kernel.models import Change
from concordat.kernel.statements import insert_found
from signatories.models import ChasingPause, MailReport, MailState, Message, Notice, Person, reachable
from signatories.services.mailing import keep_claim

BATCH = 2000
KEY = ("recipient_id", "subject_type", "subject_id", "rule", "due_on")
T = TypeVar("T")


def batches(rows: Iterable[T]) -> Iterator[list[T]]:
    """The rows in lists of a handy length."""
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        yield batch


def keep(notices: Iterable[Notice]) -> int:
    """Write these notices, the first of two that are alike, and say how many. Two queries, and one to revive some.

    One that stands is left as it is; one that was dropped stands again.
    """
    once: dict[tuple[object, ...], Notice] = {}
    for notice in notices:
        once.setdefault(_key(notice), notice)
    if not once:
        return 0
    _revive(once)
    Notice.objects.bulk_create(once.values(), ignore_conflicts=True)
    return len(once)


def keep_found(rows: QuerySet[Any, Any], *, subject_type: str, subject_id: F, planned_on: date, send_on: Case) -> int:
    """Write a notice to each whose it is for the rows (`who`, `rule`, `hangs_on`, `whose`) of a query; says how many.

    One statement, in the database alone. What is there is left as it is, dropped or not.
    """
    return insert_found(
        Notice,
        rows,
        recipient=F("who"),
        person=F("who"),
        rule=F("rule"),
        subject_type=Value(subject_type),
        subject_id=subject_id,
        due_on=F("hangs_on"),
        partnership=F("whose"),
        planned_on=Value(planned_on),
        send_on=send_on,
        dropped_why=Value(""),
    )


def _key(notice: Notice) -> tuple[object, ...]:
    return tuple(getattr(notice, name) for name in KEY)


def _revive(once: dict[tuple[object, ...], Notice]) -> None:
    dropped = Notice.objects.filter(
        dropped_on__isnull=False,
        recipient__in={notice.recipient_id for notice in once.values()},
        due_on__in={notice.due_on for notice in once.values()},
    )
    again = [row for row in dropped if _key(row) in once]
    for row in again:
        new = once[_key(row)]
        row.person_id, row.planned_on, row.send_on = new.person_id, new.planned_on, new.send_on
        row.dropped_on, row.dropped_why = None, ""
    fields = ["person", "planned_on", "send_on", "dropped_on", "dropped_why"]
    Notice.objects.bulk_update(again, fields, batch_size=100)


def readdress(on: date) -> int:
    """Give what waits to whom it goes on that day; says how much moved. Two queries, and some for each who is away.

    What somebody waits for goes to their deputy while they are paused, and back to them once nobody stands in. What
    the other has been told, or is to be told anyway, is dropped.
    """
    return _give_back(on) + _give_to_deputies(on)


def _give_back(on: date) -> int:
    """What waits for somebody who does not stand in any more, or not now."""
    away = ChasingPause.objects.on(on).filter(subject_type="")
    stands_in = away.filter(reachable("deputy__"), person=OuterRef("person"), deputy=OuterRef("recipient"))
    stands_in = stands_in.exclude(deputy__in=away.values("person"))
    waiting = Notice.objects.waiting().exclude(recipient=F("person")).filter(~Exists(stands_in))
    is_told = Exists(_same_for(OuterRef("person")))
    found = list(waiting.annotate(is_told=is_told).values_list("pk", "is_told"))
    told = [pk for pk, is_told in found if is_told]
    if told:
        Notice.objects.waiting().filter(pk__in=told).update(dropped_on=on, dropped_why="The person is told already.")
    back = [pk for pk, is_told in found if not is_told]
    return Notice.objects.waiting().filter(pk__in=back).update(recipient=F("person")) if back else 0


def _give_to_deputies(on: date) -> int:
    count = 0
    away = ChasingPause.objects.on(on).filter(subject_type="")
    deputised = away.filter(reachable("deputy__"))
    waits = Notice.objects.waiting().filter(recipient=OuterRef("person"))
    for pause in deputised.exclude(deputy__in=away.values("person")).filter(Exists(waits)).order_by("pk"):
        waiting = Notice.objects.waiting().filter(recipient=pause.person_id)
        told = [row.pk for row in waiting.filter(Exists(_same_for(pause.deputy_id)))]
        Notice.objects.waiting().filter(pk__in=told).update(dropped_on=on, dropped_why="The deputy is told already.")
        count += waiting.update(recipient=pause.deputy_id)
    return count


def _same_for(recipient: Any) -> "QuerySet[Notice]":
    """The notice of the same for somebody else, whatever became of it."""
    names = ("subject_type", "subject_id", "rule", "due_on")
    return Notice.objects.filter(recipient=recipient, **{name: OuterRef(name) for name in names})


def plan_messages(on: date) -> int:
    """Plan a digest for everybody of whom a notice may go on that day, unless one of the last days bars it.

    Says how many. Whether the day is one for sending is the caller's business. Two queries for each 2,000 people.
    """
    barred = Message.objects.barring(on).filter(recipient=OuterRef("recipient"))
    people = Notice.objects.going(on).filter(~Exists(barred)).order_by("recipient_id")
    count = 0
    for batch in batches(people.values_list("recipient_id", flat=True).distinct().iterator(chunk_size=BATCH)):
        rows = [Message(recipient_id=person, day=on) for person in batch]
        Message.objects.bulk_create(rows, ignore_conflicts=True)
        count += len(rows)
    return count


def say_again(person: Person, *, by: Actor, why: str) -> int:
    """Let what stood in digests to somebody that came back wait once more; says how many digests.

    What holds no more is dropped when the next digest is filled.
    """
    label = Message._meta.label_lower
    reports = MailReport.objects.filter(subject_type=label, person=person).exclude(kind=MailReport.Kind.COMPLAINT)
    back = Message.objects.filter(recipient=person, pk__in=reports.values("subject_id"))
    return let_wait(back, by=by, why=why)


def never_taken(tries: int) -> QuerySet[Message]:
    """The digests given up after that many tries that surely no mail server took, of people who may be written to.

    None of them came back, and of none it was ever unknown whether it went.
    """
    about = {"subject_type": Message._meta.label_lower, "subject_id": OuterRef("pk")}
    came_back = MailReport.objects.filter(**about)
    was_in_doubt = Change.objects.filter(**about, verb=MailState.UNCERTAIN)
    given_up: QuerySet[Message] = Message.objects.filter(mail_state=MailState.GIVEN_UP, mail_tries__gte=tries)
    return given_up.filter(reachable("recipient__"), ~Exists(came_back), ~Exists(was_in_doubt))


@transaction.atomic
def let_wait(digests: QuerySet[Message], *, by: Actor, why: str) -> int:
    """Let what stands in digests that were given up wait once more, and drop these; says how many.

    People get what still holds with their next digest, and so at most one in seven days. A query, and three for each
    2,000. Of two at once the second finds none.
    """
    count = 0
    for rows in batches(list(digests.filter(mail_state=MailState.GIVEN_UP).select_for_update(of=("self",)))):
        ids = [row.pk for row in rows]
        Message.objects.filter(pk__in=ids).update(mail_state=MailState.DROPPED)
        Notice.objects.filter(message__in=ids).update(message=None)
        fields = {"mail_state": (MailState.GIVEN_UP, MailState.DROPPED)}
        Change.objects.bulk_create([change(row, "put back", by=by, why=why, fields=fields) for row in rows])
        count += len(rows)
    return count


@transaction.atomic
def take(message: Message, on: date, lapsed: Iterable[int], why: str) -> list[Notice]:
    """Put into a claimed message what may go on that day; those of `lapsed` (ids) are dropped. Days in London.

    What was in it, after a try that surely sent nothing, is asked about again like the rest. One that perhaps went gets
    nothing new when it is sent again: a mailbox that puts the two together would not show it. Seven queries.
    Raises NotSentError, having changed nothing, if somebody else has the claim by now.
    """
    keep_claim(message)
    former = list(Notice.objects.filter(message=message).values_list("pk", flat=True))
    is_second = Change.objects.about(message).filter(verb=MailState.UNCERTAIN).exists()
    Notice.objects.filter(message=message).update(message=None)
    waiting = Notice.objects.waiting().filter(recipient=message.recipient_id)
    waiting.filter(pk__in=list(lapsed)).update(dropped_on=on, dropped_why=why)
    going = Notice.objects.going(on).filter(recipient=message.recipient_id)
    (going.filter(pk__in=former) if is_second else going).update(message=message)
    return list(message.notices.order_by("due_on", "rule", "pk"))
