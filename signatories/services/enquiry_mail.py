"""Telling the administrators of an enquiry by email: claim, send, record. All moments are in UTC.

Nobody sends without the claim, which only one can get. Each administrator gets a mail of their own, so that an
address which the server refuses keeps nobody else from being told; who has theirs is kept in `mailed_to`, and gets no
second one when the others are tried again. What a mail server may have taken is never sent again.
"""

import logging
import smtplib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.urls import reverse

from concordat.kernel.changes import Actor, record
from signatories.models import Enquiry, Person

log = logging.getLogger(__name__)
State = Enquiry.MailState

# Longer than the mails take (each step of SMTP gives up after settings.EMAIL_TIMEOUT). A slower sender goes on all
# the same, and says at its end how it ended.
STUCK_AFTER = timedelta(minutes=15)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(days=1)


class NotSentError(Exception):
    """The mail was surely not sent, and may be tried again; the message says why."""


class UnreachableError(NotSentError):
    """There is no mail server to send it to, so that nothing else can be sent just now either."""


class UncertainError(Exception):
    """The mail server may have taken the mail before it fell silent; the message says why."""


def mail(enquiry_id: int, *, by: Actor, now: datetime) -> None:
    """Tell the administrators of one enquiry, unless somebody else does, has done, or will do so later."""
    claimed = Enquiry.objects.to_mail(now).filter(pk=enquiry_id)
    if not claimed.update(
        mail_state=State.MAILING, mail_moved_at=now, mail_tries=F("mail_tries") + 1, mail_next_at=None, mail_failure=""
    ):
        return
    enquiry = Enquiry.objects.get(pk=enquiry_id)
    had_it = _told(enquiry)
    missed = tell(enquiry)
    why = "; ".join(dict.fromkeys(miss.why for miss in missed))
    failure = _failure(why, missed, others=_told(enquiry))
    if not missed:
        _end(enquiry, State.MAILED, by=by, had_it=had_it)
        return
    log.warning("Enquiry %s did not surely reach %s of its readers: %s", enquiry.reference, len(missed), why)
    if any(miss.perhaps for miss in missed):
        _end(enquiry, State.UNCERTAIN, by=by, why=why, failure=failure, had_it=had_it)
    else:
        next_at = now + wait_after(enquiry.mail_tries)
        _end(enquiry, State.FAILED, by=by, why=why, failure=failure, had_it=had_it, next_at=next_at)


@dataclass(frozen=True, slots=True)
class Miss:
    """An administrator whom the mail did not surely reach; `perhaps` it did, and then it is never sent again."""

    email: str
    why: str
    perhaps: bool = False


def tell(enquiry: Enquiry) -> list[Miss]:
    """Send it to each administrator who does not have it yet; gives those whom it did not surely reach."""
    everybody, told, missed = administrators(), _told(enquiry), list[Miss]()
    if not everybody:
        return [Miss("", "No administrator has an email address.")]
    waiting = [person for person in everybody if person.pk not in told]
    for number, person in enumerate(waiting):
        email = str(person.email)
        try:
            send(message_about(enquiry, person))
        except UncertainError as error:
            missed.append(Miss(email, str(error), perhaps=True))
        except UnreachableError as error:
            return missed + [Miss(str(other.email), str(error)) for other in waiting[number:]]
        except NotSentError as error:
            missed.append(Miss(email, str(error)))
        except Exception as error:
            log.exception("Enquiry %s could not be mailed to one of its readers.", enquiry.reference)
            missed.append(Miss(email, _said(error)))
        else:
            enquiry.mailed_to.add(person)
    return missed


def _told(enquiry: Enquiry) -> list[int]:
    """The keys of those who have it."""
    return sorted(enquiry.mailed_to.values_list("pk", flat=True))


def _failure(why: str, missed: list[Miss], others: list[int]) -> str:
    """Why it did not reach them, and whom, unless that is everybody."""
    lists = {
        "Not mailed to": [miss.email for miss in missed if not miss.perhaps],
        "Perhaps mailed to": [miss.email for miss in missed if miss.perhaps],
    }
    parts = [f"{words}: {', '.join(emails)}." for words, emails in lists.items() if emails]
    return " ".join([*parts, why]) if others or len(parts) > 1 else why


def wait_after(tries: int) -> timedelta:
    """How long to wait after so many failures: 5 minutes, then twice as long each time, a day at most."""
    return min(FIRST_WAIT * (1 << min(tries - 1, 20)), LONGEST_WAIT)


def give_up_stuck(*, by: Actor, now: datetime) -> None:
    """Mark those whose sender was stopped half-way: nobody knows whether the mail went, so nobody sends it again."""
    for enquiry in Enquiry.objects.stuck(now, STUCK_AFTER):
        log.warning("Enquiry %s: its mail was begun and never ended.", enquiry.reference)
        stopped = "The program that sent it was stopped half-way."
        _end(enquiry, State.UNCERTAIN, by=by, why=stopped, failure=stopped)


@transaction.atomic
def _end(
    enquiry: Enquiry,
    state: Enquiry.MailState,
    *,
    by: Actor,
    why: str = "",
    failure: str = "",
    had_it: list[int] | None = None,
    next_at: datetime | None = None,
) -> None:
    """Record how it ended. A sender that was slow, and taken for stopped, may still say so.

    The row says whom it did not reach (`failure`); the change, which stays for ever, gives no address (`why`).
    """
    fields: dict[str, tuple[Any, Any]] = {"mail_state": (enquiry.mail_state, state)}
    have_it = _told(enquiry)
    if had_it is not None and had_it != have_it:
        fields["mailed_to"] = (had_it, have_it)
    begun = Enquiry.objects.filter(Q(mail_state=State.MAILING) | Q(mail_state=State.UNCERTAIN), pk=enquiry.pk)
    if begun.exclude(mail_state=state).update(mail_state=state, mail_failure=failure[:200], mail_next_at=next_at):
        record(enquiry, state, by=by, why=why[:200], fields=fields)


def administrators() -> list[Person]:
    """All who may sign in and see enquiries, and have an address."""
    people = Person.objects.filter(Q(is_staff=True) | Q(is_superuser=True), is_active=True, email__isnull=False)
    return [person for person in people.order_by("email") if person.email]


def message_about(enquiry: Enquiry, to: Person) -> EmailMessage:
    """The mail about one enquiry. Its subject holds nothing that the visitor wrote; a reply goes to the visitor."""
    address = reverse("admin:signatories_enquiry_change", args=[enquiry.pk])
    context = {"enquiry": enquiry, "site": settings.SITE_URL.rstrip("/"), "address": address}
    return EmailMessage(
        subject=f"{enquiry.get_kind_display()} ({enquiry.reference})",
        body=render_to_string("mail/enquiry.txt", context),
        to=[str(to.email)],
        reply_to=[enquiry.email] if _is_address(enquiry.email) else [],
        headers={
            "Message-ID": f"<enquiry-{enquiry.reference.lower()}-{to.pk}@{urlsplit(settings.SITE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",  # no holiday replies to the visitor
        },
    )


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def send(message: EmailMessage) -> None:
    """Hand one mail to the mail server.

    Raises NotSentError if the server refused it, UnreachableError if there is no talking to it, and UncertainError
    if the connection broke after the mail was on its way.
    """
    try:
        connection = get_connection()
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        raise UnreachableError(f"The mail server could not be reached: {_said(error)}") from error
    try:
        connection.send_messages([message])
    except smtplib.SMTPServerDisconnected as error:
        raise UncertainError(f"The mail server went away: {_said(error)}") from error
    except smtplib.SMTPException as error:
        raise NotSentError(f"The mail server refused it: {_said(error)}") from error
    except OSError as error:
        raise UncertainError(f"The mail server fell silent: {_said(error)}") from error
    finally:
        with suppress(OSError, smtplib.SMTPException):
            connection.close()


def _said(error: Exception) -> str:
    """The kind of error and the code of the server's answer; never its words, which may quote the mail."""
    code = getattr(error, "smtp_code", "")
    return f"{type(error).__name__} {code}".strip()
