"""Sending one digest: filled when it is claimed, sent, recorded. At most once, as `signatories/services/mailing.py` has
it. Days in London, moments in UTC.
"""

from datetime import date, datetime, time
from functools import partial

from actionplans.chasing.answering import offer
from actionplans.chasing.digest import compose
from actionplans.chasing.planning import Key, due_now
from actionplans.chasing.policy import Rule
from concordat.kernel.changes import Actor
from concordat.kernel.dates import LONDON
from concordat.kernel.sending_days import is_sending_day
from concordat.kernel.tokens import without_tokens
from signatories.models import ChasingOptOut, Message, Notice
from signatories.models.mailed import MailState
from signatories.outbox.bounces.taking import refused
from signatories.outbox.notices import take
from signatories.services import mailing
from signatories.services.mailing import Outcome, RefusedForGoodError

# Chasers go between these times in London.
FROM, UNTIL = time(9), time(18)
MOST_TRIES = 12  # with the waits between them: four days and a half
LAPSED = "It was no longer so when it was to go."


def may_send(now: datetime) -> bool:
    """Whether chasers may go at that moment (UTC): on a sending day, from 09:00 to 18:00 in London."""
    here = now.astimezone(LONDON)
    return is_sending_day(here.date()) and FROM <= here.time() < UNTIL


def mail(message_id: int, *, by: Actor, now: datetime) -> None:
    """Send one digest, unless somebody else does, has done, or will do so later, or it is no time for it."""
    if may_send(now):
        deliver_at = partial(deliver, by=by, now=now)
        mailing.mail(Message, message_id, deliver=deliver_at, by=by, now=now, most_tries=MOST_TRIES)


def give_up_stuck(*, by: Actor, now: datetime) -> None:
    """Mark those whose sender was stopped half-way (see mailing.py): of what perhaps went, a person decides."""
    mailing.give_up_stuck(Message, by=by, now=now, most_tries=MOST_TRIES)


def deliver(message: Message, *, by: Actor, now: datetime) -> Outcome:
    """Fill a claimed message with what still holds, and send it; without anything left nothing goes.

    Raises NotSentError and UncertainError as `mailing.send` does. An address that the server refuses is stopped.
    """
    on = now.astimezone(LONDON).date()
    notices = fill(message, on)
    if not notices:
        return Outcome(MailState.DROPPED, "Nothing was left to say.")
    letter = compose(message, notices, on, offer=partial(offer, message, on=on, now=now))
    # What is kept of the mail opens nothing.
    text = without_tokens(str(letter.body))
    mailing.claim_of(message, MailState.CLAIMED).update(subject=letter.subject, text=text, emptied_on=None)
    try:
        mailing.send(letter, message)
    except RefusedForGoodError as error:
        if error.status:
            refused(message, error.status, by=by, now=now)
        raise
    return mailing.MAILED


def fill(message: Message, on: date) -> list[Notice]:
    """Put into the message what waits for its recipient and still holds; the rest is dropped, or waits on."""
    mine = Notice.objects.standing().filter(recipient=message.recipient_id)
    waiting = list(mine.filter(message=None) | mine.filter(message=message))
    people = {row.person_id for row in waiting}
    due = due_now(people, {Rule(row.rule) for row in waiting}, on)
    concerned = people | {message.recipient_id}
    want_fewer = set(ChasingOptOut.objects.on(on).filter(person__in=concerned).values_list("person_id", flat=True))
    lapsed = [notice.pk for notice in waiting if _key(notice) not in due or _unwanted(notice, want_fewer)]
    return take(message, on, lapsed, LAPSED)


def _key(notice: Notice) -> Key:
    return (notice.person_id, notice.rule, notice.subject_type, notice.subject_id, notice.due_on)


def _unwanted(notice: Notice, want_fewer: set[int]) -> bool:
    return Rule(notice.rule).is_optional and not want_fewer.isdisjoint({notice.person_id, notice.recipient_id})


def at_nine(day: date) -> datetime:
    """The moment at which the digests of a day go: 09:00 in London."""
    return datetime.combine(day, FROM, tzinfo=LONDON)
