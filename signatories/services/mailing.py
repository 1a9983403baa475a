"""One mail about one row: claim, send, record (docs/adr/0024). All moments are in UTC.

Nobody sends without the claim, which only one can get. What a mail server may have taken is never sent again. What it
surely has not is: a claim that came to nothing before the mail was handed over is as good as none.
"""

import logging
import re
import smtplib
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.db.models import F

from concordat.kernel.changes import Actor, Fields, record
from signatories.models.mailed import Mailed, MailedQuerySet, MailState
from signatories.outbox.return_address import marked

log = logging.getLogger(__name__)

# Longer than any mail takes (concordat/tasks.py ends what takes longer).
STUCK_AFTER = timedelta(minutes=15)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(days=1)
# Seconds between tries to record what a mail came to, where the database is away: two minutes in all.
RECORDED_WITHIN = (0.5, 1, 2, 4, 8, 15, 30, 60)


class NotSentError(Exception):
    """The mail was surely not sent, and may be tried again; the message says why."""


class RefusedForGoodError(NotSentError):
    """The mail server will never take this mail; `status` is its code of RFC 3463 where it refused the address."""

    def __init__(self, why: str, status: str = "") -> None:
        super().__init__(why)
        self.status = status


class UnreachableError(NotSentError):
    """There is no mail server to send it to, so that nothing else can be sent just now either."""


class UncertainError(Exception):
    """The mail server may have taken the mail before it fell silent; the message says why."""


Row = TypeVar("Row", bound=Mailed)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a try ended. `why` is recorded for ever and names no address; `failure` is what the row says of it.

    A try that says nothing of the mail (no server was there) gives nothing up, however many went before.
    """

    state: MailState
    why: str = ""
    failure: str = ""
    fields: Fields = field(default_factory=dict)
    is_of_mail: bool = True


MAILED = Outcome(MailState.MAILED)


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

    After `most_tries`, or once it is refused for good, it is given up; without them it is tried for ever. Tries that
    reach no mail server count no further than half of them: an outage, however long, gives nothing up.
    """
    claimed = rows_of(model).to_mail(now).filter(pk=row_id)
    if not claimed.update(
        mail_state=MailState.CLAIMED,
        mail_moved_at=now,
        mail_tries=F("mail_tries") + 1,
        mail_next_at=None,
        mail_failure="",
    ):
        return
    row = rows_of(model).filter(mail_state=MailState.CLAIMED, mail_moved_at=now, pk=row_id).first()
    if row is None:  # somebody asked for a new mail at this very moment
        return
    outcome = _within(_delivered(row, deliver, most_tries), row, most_tries)
    if outcome.state not in (MailState.MAILED, MailState.DROPPED):
        log.warning("%s, its mail: %s. %s", told(row), outcome.state.label, outcome.why)
    # The database may have taken the hand-over and not said so; and what was slow may have been taken for stopped.
    begun = (MailState.CLAIMED, MailState.MAILING, MailState.UNCERTAIN)
    if not outcome.is_of_mail and most_tries is not None:
        row.mail_tries = min(row.mail_tries, most_tries // 2)
    surely(lambda: _end(row, outcome, begun, by=by, now=now), told(row))


def _delivered(row: Mailed, deliver: Callable[[Any], Outcome], most_tries: int | None) -> Outcome:
    try:
        return deliver(row)
    except UncertainError as error:
        return Outcome(MailState.UNCERTAIN, str(error), str(error))
    except RefusedForGoodError as error:
        state = MailState.FAILED if most_tries is None else MailState.GIVEN_UP
        return Outcome(state, str(error), str(error))
    except UnreachableError as error:
        return Outcome(MailState.FAILED, str(error), str(error), is_of_mail=False)
    except NotSentError as error:
        return Outcome(MailState.FAILED, str(error), str(error))
    except Exception as error:
        log.exception("%s could not be mailed.", told(row))
        return Outcome(MailState.FAILED, said(error), said(error))


def _within(outcome: Outcome, row: Mailed, most_tries: int | None) -> Outcome:
    """The outcome; of a last try, that it is given up."""
    last = outcome.is_of_mail and most_tries is not None and row.mail_tries >= most_tries
    return replace(outcome, state=MailState.GIVEN_UP) if last and outcome.state == MailState.FAILED else outcome


def one(message_about: Callable[[Any], EmailMessage]) -> Callable[[Any], Outcome]:
    """To deliver a row as one mail."""

    def deliver(row: Any) -> Outcome:
        send(message_about(row), row)
        return MAILED

    return deliver


def rows_of(model: type[Row]) -> MailedQuerySet[Row]:
    """All rows of that kind."""
    return cast(MailedQuerySet[Row], model._default_manager.all())


def told(row: Mailed) -> str:
    """The row as the log names it, without anything that somebody wrote: “enquiry 12”."""
    return f"{row._meta.verbose_name} {row.pk}"


def wait_after(tries: int) -> timedelta:
    """How long to wait after so many failures: 5 minutes, then twice as long each time, a day at most."""
    return min(FIRST_WAIT * (1 << min(tries - 1, 20)), LONGEST_WAIT)


def give_up_stuck(model: type[Mailed], *, by: Actor, now: datetime, most_tries: int | None = None) -> None:
    """Mark those whose sender was stopped half-way.

    If the mail was being handed over, nobody knows whether it went, and nobody sends it again. Before that it surely
    did not go: it is tried again later, up to `most_tries`, since it may be what stops its senders.
    """
    for row in rows_of(model).stuck(now, STUCK_AFTER):
        log.warning("%s: its mail was begun and never ended.", told(row))
        try:
            _end(row, _stopped(row, most_tries), (MailState(row.mail_state),), by=by, now=now)
        except DatabaseError:  # of one row: the others are looked after all the same
            log.exception("%s: how its mail ended could not be recorded.", told(row))


def _stopped(row: Mailed, most_tries: int | None) -> Outcome:
    """What a sender that was stopped leaves behind."""
    if row.mail_state == MailState.MAILING:
        why = "The program that sent it was stopped half-way."
        return Outcome(MailState.UNCERTAIN, why, why)
    why = "The program was stopped before it sent it."
    return _within(Outcome(MailState.FAILED, why, why), row, most_tries)


def claim_of(row: Row, *states: MailState) -> MailedQuerySet[Row]:
    """The row, if the try that was claimed is still going on: nobody took its sender for stopped, or asked anew."""
    return rows_of(type(row)).filter(pk=row.pk, mail_state__in=states, mail_moved_at=row.mail_moved_at)


def keep_claim(row: Mailed) -> None:
    """Make sure, until the end of the transaction, that the mail is still ours to prepare.

    Raises NotSentError if it is not.
    """
    if not claim_of(row, MailState.CLAIMED).update(mail_state=MailState.CLAIMED):
        raise NotSentError("Somebody else sends it.")


def _hand_over(row: Mailed) -> None:
    """Write down that from now on the mail server may have the mail. Raises NotSentError if it is not ours to send."""
    if row.mail_state == MailState.MAILING:  # an earlier one of several mails of the row
        return
    if not claim_of(row, MailState.CLAIMED).update(mail_state=MailState.MAILING):
        raise NotSentError("Somebody else sends it.")
    row.mail_state = MailState.MAILING


@transaction.atomic
def _end(row: Mailed, outcome: Outcome, begun: tuple[MailState, ...], *, by: Actor, now: datetime) -> None:
    """Record how it ended, if it stands in one of the states `begun`.

    Only the try that was claimed is ended: whoever asked for a new mail meanwhile (`mail_moved_at`) gets one.
    """
    state, failure = outcome.state, outcome.failure[:200]
    next_at = now + wait_after(row.mail_tries) if state == MailState.FAILED else None
    ended = claim_of(row, *begun).exclude(mail_state=state)
    if ended.update(mail_state=state, mail_failure=failure, mail_next_at=next_at, mail_tries=row.mail_tries):
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


def surely(write: Callable[[], None], about: str) -> None:
    """Write down what happened, although the database may be away for a moment: what is not known is uncertain.

    Raises OperationalError or InterfaceError if it stays away, or within a transaction, which then is lost.
    """
    for seconds in (*RECORDED_WITHIN, None):
        try:
            write()
        except (OperationalError, InterfaceError) as error:
            if seconds is None or connection.in_atomic_block:
                raise
            log.warning("%s: the database does not take what its mail came to. %s", about, said(error))
            connection.close()
            time.sleep(seconds)
        else:
            return


def send(message: EmailMessage, row: Mailed | None = None) -> None:
    """Hand one mail to the mail server: the mail of a row that is claimed, if it is one.

    Raises NotSentError if the server refused it or never got it, UnreachableError if there is no talking to it, and
    UncertainError if it fell silent once it had the mail. None of them carries the server's own words, which may quote
    addresses: a log that shows the error shows none.
    """
    server = get_connection()
    try:
        _reach(server)
        if row is not None:
            _hand_over(row)
        _transmit(message, server)
    finally:
        with suppress(OSError):
            server.close()


def _reach(server: BaseEmailBackend) -> None:
    try:
        server.open()
    except OSError as error:  # all that smtplib raises is one
        raise UnreachableError(f"The mail server could not be reached: {said(error)}") from None


def _transmit(message: EmailMessage, server: BaseEmailBackend) -> None:
    try:
        sent = server.send_messages([marked(message)])
    except Exception as error:
        if _is_refused(error):
            raise _refusal(error) from None
        # A backend that does not tell whether it has given the mail away may have done so before the line broke.
        if getattr(server, "is_given", isinstance(error, OSError)):
            raise UncertainError(f"The mail server fell silent: {said(error)}") from None
        if isinstance(error, OSError):
            raise NotSentError(f"The mail server fell silent before it had the mail: {said(error)}") from None
        raise
    if sent == 0:
        raise NotSentError("It is addressed to nobody.")


def _is_refused(error: Exception) -> bool:
    """Whether the server itself says that it does not take the mail. What is no answer to the mail says nothing."""
    if isinstance(error, smtplib.SMTPDataError):
        return 400 <= error.smtp_code < 600
    return isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPRecipientsRefused)


# Of the mailbox, or of the mail (RFC 3463): there is none, it is closed, full, too small; it cannot be taken as it is.
FOR_GOOD = re.compile(r"5\.(?:1\.(?:[1-6]|10)|2\.[1-4]|3\.4|6\.\d+)$")
STATUS = re.compile(rb"\s*([245]\.\d{1,3}\.\d{1,3})\b")


def _refusal(error: Any) -> NotSentError:
    """What a refusal comes to: for good where the server says so of the mailbox or of the mail.

    What it says of us (that it relays nothing, that our address is not welcome), or does not explain, an administrator
    puts right, and is tried again.
    """
    why = f"The mail server refused it: {said(error)}"
    if isinstance(error, smtplib.SMTPSenderRefused):
        return NotSentError(why)
    of_address = isinstance(error, smtplib.SMTPRecipientsRefused)
    answers = list(error.recipients.values()) if of_address else [(error.smtp_code, error.smtp_error)]
    found = [(code >= 500 and STATUS.match(words)) or None for code, words in answers]
    statuses = [match[1].decode() if match else "" for match in found]
    if not all(map(FOR_GOOD.match, statuses)):
        return NotSentError(why)
    return RefusedForGoodError(why, statuses[0] if of_address and statuses[0].startswith(("5.1", "5.2")) else "")


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


@transaction.atomic
def settle(model: type[Mailed], row_id: int, *, by: Actor, why: str) -> bool:
    """A person has found that what perhaps went has arrived, so nobody sends it again; says whether that was open."""
    row = rows_of(model).get(pk=row_id)
    perhaps = rows_of(model).filter(pk=row_id, mail_state=MailState.UNCERTAIN)
    if not perhaps.update(mail_state=MailState.MAILED, mail_failure=""):
        return False
    record(row, "found to have arrived", by=by, why=why, fields={"mail_state": (row.mail_state, MailState.MAILED)})
    return True


@transaction.atomic
def set_aside(model: type[Mailed], row_id: int, *, by: Actor, why: str) -> bool:
    """A person leaves what was given up as it is, so that nobody looks at it again; says whether that was open."""
    row = rows_of(model).get(pk=row_id)
    given_up = rows_of(model).filter(pk=row_id, mail_state=MailState.GIVEN_UP)
    if not given_up.update(mail_state=MailState.DROPPED):
        return False
    record(row, "left", by=by, why=why, fields={"mail_state": (row.mail_state, MailState.DROPPED)})
    return True


def said(error: Exception) -> str:
    """The kind of error and the code of the server's answer; never its words, which may quote the mail."""
    code = getattr(error, "smtp_code", "")
    return f"{type(error).__name__} {code}".strip()
