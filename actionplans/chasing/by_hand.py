"""Sending somebody's digest now, because a person says so. Days in London, moments in UTC.

It overrides the seven days between two digests and nothing else: no forbidden day or hour, no hold, no pause, no
escalation before its coordinator has seen it for two days, no second digest on one day. The claim is that of every
digest, so that nothing is said twice (docs/adr/0021-the-console.md).
"""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from actionplans.chasing.planning import Circumstances, keep_due
from actionplans.chasing.sending import may_send
from concordat.kernel.changes import Actor, create, record
from concordat.kernel.dates import LONDON
from signatories.models import Message, Notice, Person
from signatories.models.mailed import MailState
from signatories.outbox.notices import readdress
from signatories.services.errors import NotAllowedError

NO_TIME = "Reminders go on working days from 9am to 6pm, and never from 20 December to 3 January."
NOTHING = "Nothing waits for them that may go today."
BEING_SENT = "Their email is being sent at this moment."
TODAY = "They have had an email today. The next one can go tomorrow."
UNSETTLED = "What was sent to them today may have gone or not. Settle that first."
WHY = "Sent now, by hand"


def send_now(person: Person, *, by: Actor, now: datetime) -> Message:
    """The digest that is to go to somebody at once: hand it to a worker, which fills and sends it.

    What became due since the last run is planned first. Two at once get the same digest. Raises NotAllowedError with
    the reason if none may go.
    """
    if not may_send(now):
        raise NotAllowedError(NO_TIME)
    on = now.astimezone(LONDON).date()
    keep_due(on, by="send_now", people=_whose_mail_goes_to(person, on))
    readdress(on)
    with transaction.atomic():
        underway = Message.objects.filter(recipient=person, mail_state__in=UNDERWAY).order_by("day").first()
        if underway is not None:
            return _hastened(underway, by=by, now=now)
        of_today = Message.objects.filter(recipient=person, day=on).first()
        if of_today and (sentence := REFUSALS.get(MailState(of_today.mail_state))):
            raise NotAllowedError(sentence)
        if not Notice.objects.going(on).filter(recipient=person).exists():
            raise NotAllowedError(NOTHING)
        return _begun(person, on, by=by)


UNDERWAY = (MailState.RECEIVED, MailState.FAILED, MailState.CLAIMED, MailState.MAILING)
REFUSALS = {
    MailState.CLAIMED: BEING_SENT,
    MailState.MAILING: BEING_SENT,
    MailState.MAILED: TODAY,
    MailState.UNCERTAIN: UNSETTLED,
    MailState.GIVEN_UP: UNSETTLED,
}


def _whose_mail_goes_to(person: Person, on: date) -> set[int]:
    """The person, and those for whom they stand in."""
    circumstances = Circumstances(on)
    return {person.pk} | {each for each in circumstances.away if circumstances.recipient_of(each) == person.pk}


def _hastened(message: Message, *, by: Actor, now: datetime) -> Message:
    """A digest that goes by itself: one that was refused is tried again now and not later."""
    if message.mail_state == MailState.FAILED:
        failed = Message.objects.filter(pk=message.pk, mail_state=MailState.FAILED, mail_next_at__gt=now)
        if failed.update(mail_next_at=now):
            record(message, "sent now", by=by, why=WHY, fields={"mail_next_at": (message.mail_next_at, now)})
        return message
    if message.mail_state in (MailState.CLAIMED, MailState.MAILING):
        raise NotAllowedError(BEING_SENT)
    return message


def _begun(person: Person, on: date, *, by: Actor) -> Message:
    """A digest of that day: a new one, or that of the day which had nothing to say when it was to go."""
    try:
        with transaction.atomic():
            return create(Message(recipient=person, day=on), by=by, why=WHY)
    except IntegrityError:
        message: Message = Message.objects.get(recipient=person, day=on)
    dropped = Message.objects.filter(pk=message.pk, mail_state=MailState.DROPPED)
    if dropped.update(mail_state=MailState.RECEIVED, mail_failure=""):
        fields = {"mail_state": (MailState.DROPPED, MailState.RECEIVED)}
        record(message, "sent now", by=by, why=WHY, fields=fields)
        return message
    message.refresh_from_db()
    if sentence := REFUSALS.get(MailState(message.mail_state)):
        raise NotAllowedError(sentence)
    return message
