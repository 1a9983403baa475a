"""One mail about one row: claim, send, record. All moments are in UTC.

Nobody sends without the claim, which only one can get. What a mail server may have taken is never sent again.
"""

import logging
import smtplib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, cast

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F, Q

from concordat.kernel.changes import Actor, Fields, record
from signatories.models.mailed import Mailed, MailedQuerySet, MailState
from signatories.outbox.return_address import marked

log = logging.getLogger(__name__)

# Longer than any mail takes (each step of SMTP gives up after settings.EMAIL_TIMEOUT).
STUCK_AFTER = timedelta(minutes=15)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(days=1)


class NotSentError(Exception):
    """The mail was surely not sent, and may be tried again; the message says why."""


class RefusedForGoodError(NotSentError):
    """The mail server will never take this mail (an answer of 5xx to the address or to the mail itself)."""


class UnreachableError(NotSentError):
    """There is no mail server to send it to, so that nothing else can be sent just now either."""


class UncertainError(Exception):
    """The mail server may have taken the mail before it fell silent; the message says why."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a try ended. `why` is recorded for ever and names no address; `failure` is what the row says of it."""

    state: MailState
    why: str = ""
    failure: str = ""
    fields: Fields = field(default_factory=dict)


def mail(
    model: type[Mailed],
    row_id: int,
    *,
    deliver: Callable[[Any], Outcome],
    by: Actor,
    now: datetime,
    most_tries: int | None = None,
) -> None:
    """Send the mail of one row, unless somebody else does, has done, or will do so later.

    After `most_tries` it is given up; without them it is tried for ever.
    """
    claimed = rows_of(model).to_mail(now).filter(pk=row_id)
    if not claimed.update(
        mail_state=MailState.MAILING,
        mail_moved_at=now,
        mail_tries=F("mail_tries") + 1,
        mail_next_at=None,
        mail_failure="",
    ):
        return
    row = rows_of(model).get(pk=row_id)
    outcome = deliver(row)
    if outcome.state == MailState.FAILED and most_tries is not None and row.mail_tries >= most_tries:
        outcome = replace(outcome, state=MailState.GIVEN_UP)
    if outcome.state not in (MailState.MAILED, MailState.DROPPED):
        log.warning("%s, its mail: %s. %s", told(row), outcome.state.label, outcome.why)
    _end(row, outcome, by=by, next_at=now + wait_after(row.mail_tries) if outcome.state == MailState.FAILED else None)


def one(message_about: Callable[[Any], EmailMessage]) -> Callable[[Any], Outcome]:
    """To deliver a row as one mail."""

    def deliver(row: Any) -> Outcome:
        try:
            send(message_about(row))
        except UncertainError as error:
            return Outcome(MailState.UNCERTAIN, str(error), str(error))
        except NotSentError as error:
            return Outcome(MailState.FAILED, str(error), str(error))
        except Exception as error:
            log.exception("%s could not be mailed.", told(row))
            return Outcome(MailState.FAILED, said(error), said(error))
        return Outcome(MailState.MAILED)

    return deliver


def rows_of(model: type[Mailed]) -> MailedQuerySet[Mailed]:
    """All rows of that kind."""
    return cast(MailedQuerySet[Mailed], model._default_manager.all())


def told(row: Mailed) -> str:
    """The row as the log names it, without anything that somebody wrote: “enquiry 12”."""
    return f"{row._meta.verbose_name} {row.pk}"


def wait_after(tries: int) -> timedelta:
    """How long to wait after so many failures: 5 minutes, then twice as long each time, a day at most."""
    return min(FIRST_WAIT * (1 << min(tries - 1, 20)), LONGEST_WAIT)


def give_up_stuck(model: type[Mailed], *, by: Actor, now: datetime) -> None:
    """Mark those whose sender was stopped half-way: nobody knows whether the mail went, so nobody sends it again."""
    stopped = "The program that sent it was stopped half-way."
    for row in rows_of(model).stuck(now, STUCK_AFTER):
        log.warning("%s: its mail was begun and never ended.", told(row))
        _end(row, Outcome(MailState.UNCERTAIN, stopped, stopped), by=by)


@transaction.atomic
def _end(row: Mailed, outcome: Outcome, *, by: Actor, next_at: datetime | None = None) -> None:
    """Record how it ended. A sender that was slow, and taken for stopped, may still say so.

    Only the try that was claimed is ended: whoever asked for a new mail meanwhile (`mail_moved_at`) gets one.
    """
    begun = rows_of(type(row)).filter(
        Q(mail_state=MailState.MAILING) | Q(mail_state=MailState.UNCERTAIN), pk=row.pk, mail_moved_at=row.mail_moved_at
    )
    state, failure = outcome.state, outcome.failure[:200]
    if begun.exclude(mail_state=state).update(mail_state=state, mail_failure=failure, mail_next_at=next_at):
        fields = {"mail_state": (row.mail_state, state), **outcome.fields}
        record(row, state, by=by, why=outcome.why[:200], fields=fields)


@transaction.atomic
def came_back(model: type[Mailed], row_id: int, *, by: Actor, why: str) -> bool:
    """What went did not arrive and will not: it is given up, with why; says whether that is new."""
    row = rows_of(model).get(pk=row_id)
    went = rows_of(model).filter(pk=row_id, mail_state__in=[MailState.MAILING, MailState.MAILED, MailState.UNCERTAIN])
    if not went.update(mail_state=MailState.GIVEN_UP, mail_failure=why[:200], mail_next_at=None):
        return False
    record(row, "came back", by=by, why=why[:200], fields={"mail_state": (row.mail_state, MailState.GIVEN_UP)})
    return True


def send(message: EmailMessage) -> None:
    """Hand one mail to the mail server, with the mark by which it is known again if it comes back.

    Raises NotSentError if the server refused it, UnreachableError if there is no talking to it, and UncertainError if
    the connection broke after the mail was on its way. None of them carries the server's own words, which may quote
    addresses: a log that shows the error shows none.
    """
    try:
        connection = get_connection()
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        raise UnreachableError(f"The mail server could not be reached: {said(error)}") from None
    try:
        connection.send_messages([marked(message)])
    except smtplib.SMTPServerDisconnected as error:
        raise UncertainError(f"The mail server went away: {said(error)}") from None
    except smtplib.SMTPException as error:
        kind = RefusedForGoodError if _is_for_good(error) else NotSentError
        raise kind(f"The mail server refused it: {said(error)}") from None
    except OSError as error:
        raise UncertainError(f"The mail server fell silent: {said(error)}") from None
    finally:
        with suppress(OSError, smtplib.SMTPException):
            connection.close()


def _is_for_good(error: smtplib.SMTPException) -> bool:
    """Whether the server says that trying again is of no use: of this address, or of this mail."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500


@transaction.atomic
def send_again(model: type[Mailed], row_id: int, *, by: Actor, now: datetime, why: str) -> bool:
    """A person decides that what perhaps went, or was given up, is to be sent (again); says whether it will be.

    Its Message-ID is the same, so that a mailbox that has it already can fold the two. Moments are in UTC.
    """
    row = rows_of(model).get(pk=row_id)
    ended = rows_of(model).filter(pk=row_id, mail_state__in=[MailState.UNCERTAIN, MailState.GIVEN_UP])
    values = {"mail_state": MailState.RECEIVED, "mail_tries": 0, "mail_failure": "", "mail_moved_at": now}
    if not ended.update(**values):
        return False
    record(row, "sent again", by=by, why=why, fields={"mail_state": (row.mail_state, MailState.RECEIVED)})
    return True


def said(error: Exception) -> str:
    """The kind of error and the code of the server's answer; never its words, which may quote the mail."""
    code = getattr(error, "smtp_code", "")
    return f"{type(error).__name__} {code}".strip()
