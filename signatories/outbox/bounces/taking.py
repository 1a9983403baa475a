"""What a report of a mail that came back, or of a complaint, makes of us: each once. Days in London, moments in UTC."""

import hashlib
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction

from concordat.kernel.changes import Actor, record
from concordat.kernel.dates import LONDON
from concordat.kernel.models import Change
from signatories.models import (
    Enquiry,
    Invitation,
    MailReport,
    MailReportCount,
    MailStop,
    Message,
    Person,
    Reply,
)
from signatories.models.mail_report import SOFT_DAYS, SOFT_WITHIN, Kind, Outcome
from signatories.models.mailed import Mailed
from signatories.outbox.bounces.reading import Origin, Report, read
from signatories.outbox.bounces.status_words import came_back
from signatories.outbox.holding import want_fewer
from signatories.outbox.notices import let_wait
from signatories.outbox.return_address import MESSAGE_ID, names_in
from signatories.services import addresses, mailing

log = logging.getLogger(__name__)
COMPLAINED = "It was marked as unwanted."
MAILBOX, HOOK = "mailbox", "hook"


@dataclass(frozen=True, slots=True)
class Sent:
    """A mail of ours that a report is about. `is_alone`: it went to this recipient and to nobody else."""

    row: Mailed
    person: Person | None
    is_alone: bool = True


def take(raw: bytes, *, way: str, by: Actor, now: datetime) -> Outcome:
    """Take what came in by that way (MAILBOX or HOOK), once; and count it.

    Anybody may write to the mailbox, so there only the mark counts that we signed. Who hands something to the hook has
    proved who they are, and there a Message-ID of ours is enough.
    """
    report = read(raw)
    outcome = Outcome.UNREADABLE if report is None else _take(report, way=way, by=by, now=now)
    count(way, outcome, now=now)
    return outcome


def refused(row: Message, status: str, *, by: Actor, now: datetime) -> None:
    """Take that a mail server refused a digest because of the address, as if it had come back with that code."""
    at = frozenset({(row.recipient.email or "").lower()})
    origin = Origin(recipients=at, marks="", message_ids="", sent_at=None, identity=str(row.mail_moved_at))
    report = Report(kind=Kind.HARD, status=status, diagnostic="", is_final=False, origin=origin)
    _apply(report, Kind.HARD, Sent(row, row.recipient), f"digest-{row.pk}", by=by, now=now)


def count(way: str, outcome: Outcome, *, now: datetime) -> None:
    """Count one more of that day."""
    MailReportCount.add(now.astimezone(LONDON).date(), way, outcome)
    if outcome in (Outcome.FORGED, Outcome.UNKNOWN):
        log.warning("A report of a mail changes nothing (%s): %s.", way, outcome.label.lower())


def _take(report: Report, *, way: str, by: Actor, now: datetime) -> Outcome:
    names, is_forged = names_in(report.origin.marks)
    if way == HOOK and not names:
        host = urlsplit(settings.SITE_URL).hostname or ""
        names = {name for name, at in MESSAGE_ID.findall(report.origin.message_ids.lower()) if at == host}
    if len(names) != 1:
        return Outcome.FORGED if is_forged and not names else Outcome.UNKNOWN
    name = names.pop()
    sent = find(name)
    if sent is None:
        return Outcome.UNKNOWN
    if report.kind is None:
        return Outcome.IGNORED
    return _apply(report, report.kind, sent, name, by=by, now=now)


def find(name: str) -> Sent | None:
    """The mail of that name; None if there is none. Two queries at most."""
    for pattern, found in FOUND.items():
        if matched := re.fullmatch(pattern, name):
            return found(*matched.groups())
    return None


def _message(pk: str) -> Sent | None:
    row = Message.objects.select_related("recipient").filter(pk=pk).first()
    return Sent(row, row.recipient) if row else None


def _reply(pk: str) -> Sent | None:
    row = Reply.objects.select_related("recipient").filter(pk=pk).first()
    return Sent(row, row.recipient) if row else None


def _invitation(pk: str, nonce: str) -> Sent | None:
    """Not an older mail of it, with another link."""
    row = Invitation.objects.filter(pk=pk, nonce__startswith=nonce).first()
    return Sent(row, None) if row else None


def _enquiry(reference: str, pk: str) -> Sent | None:
    """One of the mails about an enquiry: each administrator gets one."""
    row, person = Enquiry.objects.filter(reference__iexact=reference).first(), Person.objects.filter(pk=pk).first()
    return Sent(row, person, is_alone=False) if row and person else None


# How the Message-ID of each kind of mail begins, and what finds its row.
NUMBER = "([1-9][0-9]{0,17})"
FOUND: Mapping[str, Callable[..., Sent | None]] = {
    f"digest-{NUMBER}": _message,
    f"reply-{NUMBER}": _reply,
    f"invitation-{NUMBER}-([0-9a-f]{{12}})": _invitation,
    f"enquiry-([a-z0-9]+-[a-z0-9]+)-{NUMBER}": _enquiry,
}


@transaction.atomic
def _apply(report: Report, kind: Kind, sent: Sent, name: str, *, by: Actor, now: datetime) -> Outcome:
    on = now.astimezone(LONDON).date()
    row = MailReport(
        subject_type=sent.row._meta.label_lower,
        subject_id=sent.row.pk,
        person=sent.person,
        kind=kind,
        status=report.status,
        diagnostic=_plain(report.diagnostic),
        reported_on=_day(report.origin.sent_at, sent.row, on),
        received_at=now,
        digest=hashlib.sha256(f"{name} {kind} {report.status} {report.origin.identity}".encode()).hexdigest(),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return Outcome.AGAIN
    record(row, "received", by=by, fields={"kind": (None, kind), "status": (None, report.status)})
    why = COMPLAINED if kind == Kind.COMPLAINT else came_back(report.status)
    is_lost = report.is_final and sent.is_alone
    if is_lost:
        is_lost = mailing.came_back(type(sent.row), sent.row.pk, by=by, why=why)
    if sent.person is not None and not _is_of_another_address(report, sent.row, sent.person):
        _judge(sent.person, kind, sent.row, by=by, on=on, why=why)
    if is_lost and isinstance(sent.row, Message):
        # Unless mails to them are stopped: then it waits until they are not (`say_again`).
        let_wait(Message.objects.filter(pk=sent.row.pk, recipient__mail_stopped_on=None), by=by, why=why)
    return Outcome.TAKEN


def _judge(person: Person, kind: Kind, row: Mailed, *, by: Actor, on: date, why: str) -> None:
    """What follows for the person. A mail that went before their address was mended says nothing of it."""
    mended = Change.objects.about(person).filter(verb=addresses.AGAIN).last()
    if kind == Kind.COMPLAINT:
        want_fewer(person, by=by, on=on)
        addresses.stop(person, MailStop.COMPLAINED, by=by, on=on, why=why)
    elif kind == Kind.SOFT:
        if soft_days(person, on, mended) >= SOFT_DAYS:
            addresses.stop(person, MailStop.BOUNCED, by=by, on=on, why=f"{why} The third day.")
    elif mended is None or row.mail_moved_at is None or row.mail_moved_at >= mended.recorded_at:
        addresses.stop(person, MailStop.BOUNCED, by=by, on=on, why=why)


def soft_days(person: Person, on: date, mended: Change | None) -> int:
    """On how many days of the last 30 mails failed for now, since somebody last said that they arrive. One query."""
    rows = MailReport.objects.filter(person=person, kind=Kind.SOFT, reported_on__gt=on - SOFT_WITHIN)
    if mended is not None:
        rows = rows.filter(received_at__gt=mended.recorded_at)
    return rows.order_by().values("reported_on").distinct().count()


def _day(moment: datetime | None, row: Mailed, on: date) -> date:
    """The day of the report as it says itself, if that can be: not before the mail, nor in the future."""
    if moment is None:
        return on
    try:
        day = moment.astimezone(LONDON).date()
    except (OverflowError, ValueError):
        return on
    sent_on = row.mail_moved_at.astimezone(LONDON).date() if row.mail_moved_at else on
    return day if sent_on <= day <= on else on


def _is_of_another_address(report: Report, row: Mailed, person: Person) -> bool:
    """Whether the mail went to an address that the person has no more. One query."""
    now_at, told = (person.email or "").lower(), report.origin.recipients
    if now_at in told:
        return False
    changes = Change.objects.about(person).filter(fields__has_key="email")
    former = {str(each.fields["email"][0] or "").lower() for each in changes}
    if told:
        return bool(told & former)
    return any(row.mail_moved_at is not None and each.recorded_at > row.mail_moved_at for each in changes)


def _plain(text: str) -> str:
    """A server's words without what a database cannot hold."""
    kept = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(letter if letter.isprintable() else " " for letter in kept).strip()
