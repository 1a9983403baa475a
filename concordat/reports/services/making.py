"""What a worker does for an order: from its claim to a file in the storage, and to the mails that tell of it.

Nothing is held whole: the pieces that a format writes go to a file without a name, and from there to the storage.
"""

import logging
import tempfile
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F
from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from concordat.kernel.changes import Actor, record
from concordat.reports.catalogue import REPORTS
from concordat.reports.formats import FORMATS
from concordat.reports.formats.pdf import PdfError
from concordat.reports.models import ReportDelivery, ReportOrder, State
from concordat.reports.models.order import KEPT_FOR
from concordat.reports.questions import Question, SenselessError, question_of
from concordat.reports.report import Report, answered, unfit
from concordat.reports.services.claims import Claim, StoppedError
from concordat.reports.services.orders import begins_with_bom
from concordat.reports.shapes import Answer, Table
from concordat.reports.sizes import about_rows
from concordat.sentences import in_words
from signatories.access import Access, access_of, accesses_of
from signatories.models import BoardMeeting, Person, Programme
from signatories.outbox.replies import reply
from signatories.services.documents import unguessable_name

log = logging.getLogger(__name__)
ONE_TABLE = frozenset({"csv", "json"})  # the formats that hold one table of a report; the others hold all
BEYOND_US = "It could not be made: something in it is beyond us. The operators of this service are told."
NO_ROOM = "The file could not be kept: there is no room for it just now. Try again later. The operators are told."
NO_LONGER = "You may no longer read this report."
THEY_NO_LONGER = "They may no longer read this report."
NOT_REACHABLE = "We cannot write to them: their account is closed, or mails to them come back."
NOTHING_LOADED = "Nothing is recorded here yet."
GONE = "There is no such report any more."


class RefusedError(Exception):
    """It cannot be made; the message is one sentence for whoever ordered it."""


def make(
    order_id: int,
    *,
    by: Actor,
    on: date,
    now: datetime,
    beside: BaseDatabaseWrapper | None = None,
    alive: Callable[[int], AbstractContextManager[Any]] = nullcontext,
) -> None:
    """Make one report that waits, unless somebody else does. What it tells is what is recorded at that moment.

    `beside`: the connection by which it is seen whether the order is cancelled meanwhile (claims.py); `alive` says all
    the while that somebody is at work.
    Raises DatabaseError where the database is away: the sweep then hands it out again.
    """
    order = _claim(order_id, now)
    if order is None:
        return
    try:
        with alive(order_id), tempfile.TemporaryFile() as file:
            claim = _write(order, on, file, beside or connection)
            size = file.tell()
            file.seek(0)
            default_storage.save(order.stored_as, File(file))
        refusal = ""
    except StoppedError:
        return
    except (RefusedError, PdfError) as error:
        refusal = str(error)
    except DatabaseError:
        raise
    except OSError:
        log.exception("The file of order %s cannot be kept.", order_id)
        refusal = NO_ROOM
    except Exception:
        log.exception("Order %s could not be made.", order_id)
        refusal = BEYOND_US
    if refusal:
        _fail(order, refusal, by=by)
    elif not _end(order, size, claim.rows, by=by, on=on, now=now):
        default_storage.delete(order.stored_as)


def asked_in(order: ReportOrder, on: date) -> tuple[Report, Question]:
    """What an order asks of which report. Raises RefusedError for what can be asked no more."""
    report = REPORTS.get(order.report)
    if report is None:
        raise RefusedError(GONE)
    try:
        question = question_of(order.question, on)
    except SenselessError as error:
        raise RefusedError(str(error)) from error
    if faults := unfit(report, question, order.format, order.table):
        raise RefusedError(" ".join(faults.values()))
    return report, question


def _claim(order_id: int, now: datetime) -> ReportOrder | None:
    """The order, if it is ours to make. What an earlier try has left in the storage goes."""
    waiting = ReportOrder.objects.waiting().select_related("ordered_by", "schedule").filter(pk=order_id)
    order = waiting.first()
    if order is None:
        return None
    if order.stored_as:
        default_storage.delete(order.stored_as)
    name = unguessable_name()
    claimed = {"state": State.WORKING, "claimed_at": now, "seen_at": now, "stored_as": name, "progress": 0, "rows": 0}
    same = ReportOrder.objects.waiting().filter(pk=order_id, stored_as=order.stored_as)
    if not same.update(**claimed, tries=F("tries") + 1, version=F("version") + 1):
        return None
    order.stored_as = name
    return order


def _write(order: ReportOrder, on: date, file: IO[bytes], through: BaseDatabaseWrapper) -> Claim:
    report, question = asked_in(order, on)
    if not report.may_read(access_of(order.ordered_by, on), question):
        raise RefusedError(NO_LONGER)
    claim = Claim(order, through)
    try:
        answer = answered(report, question)
    except (Programme.DoesNotExist, BoardMeeting.DoesNotExist):
        raise RefusedError(NOTHING_LOADED) from None
    watched = claim.watched(answer, _written_of(order, answer), about_rows(report, question))
    pieces: Iterable[bytes] = FORMATS[order.format].write(
        watched, table=order.table, bom=begins_with_bom(order.question), unhurried=True
    )
    for piece in pieces:
        file.write(piece)
    claim.tell()
    return claim


def _written_of(order: ReportOrder, answer: Answer) -> tuple[Table, ...]:
    """The tables that the file will hold. Raises RefusedError for one that there is not."""
    try:
        chosen = answer.table(order.table)
    except KeyError:
        raise RefusedError("There is no such table in it.") from None
    return (chosen,) if order.table or order.format in ONE_TABLE else answer.tables


@transaction.atomic
def _fail(order: ReportOrder, sentence: str, *, by: Actor) -> None:
    ended = {"state": State.FAILED, "failure": sentence[:400], "claimed_at": None, "seen_at": None}
    if _ours(order).update(**ended, version=F("version") + 1):
        record(order, "failed", by=by, why=sentence[:400], fields={"state": (State.WORKING, State.FAILED)})


@transaction.atomic
def _end(order: ReportOrder, size: int, rows: int, *, by: Actor, on: date, now: datetime) -> bool:
    """It is ready, if the claim still holds, and who is to know it is told. Gives whether it does."""
    made = {"state": State.READY, "made_at": now, "kept_until": now + KEPT_FOR, "size": size, "rows": rows}
    if not _ours(order).update(**made, progress=100, claimed_at=None, seen_at=None, version=F("version") + 1):
        return False
    order.refresh_from_db()
    told = {"rows": (None, rows), "size": (None, size)}
    record(order, "made", by=by, fields={"state": (State.WORKING, State.READY), **told})
    _tell(order, by=by, on=on)
    return True


def _ours(order: ReportOrder) -> Any:
    return ReportOrder.objects.filter(pk=order.pk, state=State.WORKING, stored_as=order.stored_as)


def _tell(order: ReportOrder, *, by: Actor, on: date) -> None:
    """One mail with a link to each who is to have one; of the others, why they get none."""
    if order.schedule:
        people = list(order.schedule.recipients.order_by("pk"))
        why = f"You get this because {order.schedule.owner} has it sent to you: {order.schedule.get_rhythm_display()}."
    elif order.wants_mail:
        people, why = [order.ordered_by], "You get this because you ordered it."
    else:
        return
    report, question = asked_in(order, on)
    withheld = {
        person: _withheld(report, question, person, access) for person, access in accesses_of(people, on).items()
    }
    mails = reply(
        [person for person, reason in withheld.items() if not reason],
        order,
        subject=f"Ready: {report.title}, {in_words(question.on)}",
        sentences=_sentences(order, report, question),
        page=reverse("workspace-order", args=[order.pk]),
        by=by,
        why=why,
    )
    mailed = {mail.recipient_id: mail for mail in mails}
    ReportDelivery.objects.bulk_create(
        ReportDelivery(order=order, person=person, reply=mailed.get(person.pk), withheld=reason)
        for person, reason in withheld.items()
    )


def _withheld(report: Report, question: Question, person: Person, access: Access) -> str:
    """Why the person gets no mail; empty if they do."""
    if not person.is_reachable:
        return NOT_REACHABLE
    return "" if report.may_read(access, question) else THEY_NO_LONGER


def _sentences(order: ReportOrder, report: Report, question: Question) -> list[str]:
    about = f" about {question.about}" if question.about else ""
    size = filesizeformat(order.size or 0).replace("\xa0", " ")
    until = in_words(order.last_day)
    return [
        f"“{report.title}” as at {in_words(question.on)}{about} is ready: {FORMATS[order.format].title}, {size}.",
        f"You sign in to fetch it. We keep it until {until}.",
    ]
