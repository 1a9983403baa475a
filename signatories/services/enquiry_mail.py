"""Telling the administrators of an enquiry by email: claim, send, record. All moments are in UTC.

Nobody sends without the claim, which only one can get. What a mail server may have taken is never sent again.
"""

import logging
import smtplib
from contextlib import suppress
from datetime import datetime, timedelta
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

# Longer than any mail takes (each step of SMTP gives up after settings.EMAIL_TIMEOUT).
STUCK_AFTER = timedelta(minutes=15)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(days=1)


class NotSentError(Exception):
    """The mail was surely not sent, and may be tried again; the message says why."""


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
    try:
        send(message_about(enquiry))
    except UncertainError as error:
        log.warning("Enquiry %s was perhaps mailed, perhaps not: %s", enquiry.reference, error)
        _end(enquiry, State.UNCERTAIN, by=by, failure=str(error))
    except Exception as error:
        sent_back = isinstance(error, NotSentError)
        failure = str(error) if sent_back else _said(error)
        log.warning("Enquiry %s could not be mailed: %s", enquiry.reference, failure, exc_info=not sent_back)
        _end(enquiry, State.FAILED, by=by, failure=failure, next_at=now + wait_after(enquiry.mail_tries))
    else:
        _end(enquiry, State.MAILED, by=by)


def wait_after(tries: int) -> timedelta:
    """How long to wait after so many failures: 5 minutes, then twice as long each time, a day at most."""
    return min(FIRST_WAIT * (1 << min(tries - 1, 20)), LONGEST_WAIT)


def give_up_stuck(*, by: Actor, now: datetime) -> None:
    """Mark those whose sender was stopped half-way: nobody knows whether the mail went, so nobody sends it again."""
    for enquiry in Enquiry.objects.stuck(now, STUCK_AFTER):
        log.warning("Enquiry %s: its mail was begun and never ended.", enquiry.reference)
        _end(enquiry, State.UNCERTAIN, by=by, failure="The program that sent it was stopped half-way.")


@transaction.atomic
def _end(
    enquiry: Enquiry, state: Enquiry.MailState, *, by: Actor, failure: str = "", next_at: datetime | None = None
) -> None:
    """Record how it ended. A sender that was slow, and taken for stopped, may still say so."""
    before = enquiry.mail_state
    begun = Enquiry.objects.filter(Q(mail_state=State.MAILING) | Q(mail_state=State.UNCERTAIN), pk=enquiry.pk)
    if begun.exclude(mail_state=state).update(mail_state=state, mail_failure=failure[:200], mail_next_at=next_at):
        record(enquiry, state, by=by, why=failure[:200], fields={"mail_state": (before, state)})


def administrators() -> list[str]:
    """The addresses of all who may sign in and see enquiries."""
    people = Person.objects.filter(Q(is_staff=True) | Q(is_superuser=True), is_active=True, email__isnull=False)
    return [email for email in people.order_by("email").values_list("email", flat=True) if email]


def message_about(enquiry: Enquiry) -> EmailMessage:
    """The mail about one enquiry. Its subject holds nothing that the visitor wrote; a reply goes to the visitor.

    Raises NotSentError if there is nobody to send it to.
    """
    to = administrators()
    if not to:
        raise NotSentError("No administrator has an email address.")
    address = reverse("admin:signatories_enquiry_change", args=[enquiry.pk])
    context = {"enquiry": enquiry, "site": settings.SITE_URL.rstrip("/"), "address": address}
    return EmailMessage(
        subject=f"{enquiry.get_kind_display()} ({enquiry.reference})",
        body=render_to_string("mail/enquiry.txt", context),
        to=to,
        reply_to=[enquiry.email] if _is_address(enquiry.email) else [],
        headers={
            "Message-ID": f"<enquiry-{enquiry.reference.lower()}@{urlsplit(settings.SITE_URL).hostname}>",
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

    Raises NotSentError if the server refused it or could not be reached, and UncertainError if the
    connection broke after the mail was on its way.
    """
    try:
        connection = get_connection()
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        raise NotSentError(f"The mail server could not be reached: {_said(error)}") from error
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
