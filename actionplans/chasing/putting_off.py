"""Putting the reminders of one action off for a short time. Days in London."""

from datetime import date

from django.db import transaction
from django.db.models import F, QuerySet

from actionplans.chasing.facts import ACTION
from actionplans.chasing.policy import PUT_OFF_TIMES, PUT_OFF_WITHIN, may_put_off, put_off_until
from actionplans.chasing.windows import limits_of
from actionplans.models import Action, ActionOwner
from signatories.models import ChasingPause, Person
from signatories.outbox.holding import snooze
from signatories.services.errors import NotAllowedError

NOT_YOURS = "Only who answers for an action puts its reminders off."
OFTEN = f"You have put it off {PUT_OFF_TIMES} times within {PUT_OFF_WITHIN.days} days, and that is the most."
NOT_THEN = "Choose one of the days."


def put_off_by(person: Person, on: date) -> "QuerySet[ChasingPause]":
    """What that person has put off on the day."""
    rows: QuerySet[ChasingPause] = ChasingPause.objects.filter(person=person, subject_type=ACTION)
    return rows.filter(from_on__lte=on, until_on__gt=on).order_by("until_on", "pk")


def why_not(person: Person, action: Action, on: date) -> str:
    """Why that person may not put the reminders of the action off on that day; empty if they may. Two queries.

    Another day while it is put off is another time, but for one that was chosen on the same day.
    """
    if not ActionOwner.objects.may_report(on).filter(action=action, person=person).exists():
        return NOT_YOURS
    earlier = ChasingPause.objects.filter(person=person, subject_type=ACTION, subject_id=action.pk, from_on__lt=on)
    begun_on = earlier.filter(from_on__lt=F("until_on")).values_list("from_on", flat=True)
    return "" if may_put_off((day for day in begun_on if day), on) else OFTEN


def days_offered(action: Action, on: date) -> list[date]:
    """The days until which the reminders of an action may be put off on that day; none if the programme says so."""
    return put_off_until(on, limits_of(action.plan.partnership.programme))


@transaction.atomic
def put_off(action: Action, *, until_on: date, by: Person, on: date) -> ChasingPause:
    """Remind that person of the action no more until that day, but for the last notice of a round.

    Raises NotAllowedError if the person does not answer for it, or too often, and for a day that is not offered.
    """
    if sentence := why_not(by, action, on):
        raise NotAllowedError(sentence)
    if until_on not in days_offered(action, on):
        raise NotAllowedError(NOT_THEN)
    return snooze(by, action, from_on=on, until_on=until_on, by=by)
