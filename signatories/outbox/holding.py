"""Pausing, snoozing, holding, and asking for fewer mails. Days in London; an end is the first day no longer."""

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, models, transaction

from concordat.kernel.changes import Actor, create, record, revise
from signatories.models import ChasingHold, ChasingOptOut, ChasingPause, Notice, Partnership, Person
from signatories.services.errors import FasterError, NotAllowedError


@transaction.atomic
def pause(
    person: Person, *, from_on: date, until_on: date, by: Actor, deputy: Person | None = None, why: str = ""
) -> ChasingPause:
    """Write to somebody no more until the day of return; a deputy gets what is due meanwhile.

    Raises NotAllowedError if the return is not after the first day, or the deputy is the person, cannot be written to,
    or is paused then too.
    """
    if until_on <= from_on:
        raise NotAllowedError("Choose a day of return after the first day.")
    if deputy is not None:
        _demand_deputy(deputy, person, from_on, until_on)
    row = ChasingPause(person=person, from_on=from_on, until_on=until_on, deputy=deputy)
    return create(row, by=by, why=why)


def _demand_deputy(deputy: Person, person: Person, from_on: date, until_on: date) -> None:
    if deputy.pk == person.pk:
        raise NotAllowedError("Somebody else must stand in.")
    if not deputy.is_active or not deputy.email:
        raise NotAllowedError(f"{deputy} cannot be written to.")
    away = ChasingPause.objects.filter(person=deputy, subject_type="", from_on__lt=until_on, until_on__gt=from_on)
    if away.exists():
        raise NotAllowedError(f"{deputy} is away at that time too.")


@transaction.atomic
def snooze(person: Person, subject: models.Model, *, from_on: date, until_on: date, by: Actor) -> ChasingPause:
    """Do not remind somebody of one thing until that day. Raises NotAllowedError if that is not after the first."""
    if until_on <= from_on:
        raise NotAllowedError("Choose a later day.")
    about = {"subject_type": subject._meta.label_lower, "subject_id": subject.pk}
    return create(ChasingPause(person=person, from_on=from_on, until_on=until_on, **about), by=by)


@transaction.atomic
def hold(subject: models.Model, *, reason: str, from_on: date, by: Person, until_on: date | None = None) -> ChasingHold:
    """Send nothing about a partnership, one notice, or anything else (an action), until a day or until released.

    Raises NotAllowedError without a reason, if the end is not after the first day, or if it is held then already.
    """
    if not reason.strip():
        raise NotAllowedError("Say why it is held.")
    if until_on is not None and until_on <= from_on:
        raise NotAllowedError("Choose a later day.")
    about = _about(subject)
    if known := ChasingHold.objects.on(from_on).filter(**about).select_related("held_by").first():
        raise NotAllowedError(f"{known.held_by} holds it already: {known.reason}")
    row = ChasingHold(reason=reason.strip(), held_by=by, from_on=from_on, until_on=until_on, **about)
    try:
        with transaction.atomic():
            return create(row, by=by, why=reason.strip())
    except IntegrityError as error:
        raise FasterError("Somebody else has just held it.") from error


def _about(subject: models.Model) -> dict[str, Any]:
    """The fields of a hold that say what is held."""
    if isinstance(subject, Partnership):
        return {"partnership": subject}
    if isinstance(subject, Notice):
        return {"notice": subject}
    return {"subject_type": subject._meta.label_lower, "subject_id": subject.pk}


@transaction.atomic
def release(row: ChasingHold, *, by: Actor, on: date) -> None:
    """Hold it no longer, from that day on: what was due goes again. Twice at once: the second is told.

    Raises NotAllowedError if it has ended.
    """
    until_on = max(on, row.from_on or on)
    lasts = models.Q(until_on__isnull=True) | models.Q(until_on__gt=until_on)
    if not ChasingHold.objects.filter(lasts, pk=row.pk).update(until_on=until_on):
        raise NotAllowedError("It is released already.")
    record(row, "released", by=by, fields={"until_on": (row.until_on, until_on)})
    row.until_on = until_on


@transaction.atomic
def end(row: ChasingPause | ChasingOptOut, *, by: Actor, on: date) -> None:
    """End it on that day, at the earliest the day after its first. Raises NotAllowedError if it has ended."""
    if row.until_on is not None and row.until_on <= on:
        raise NotAllowedError("It has ended already.")
    earliest = row.from_on + timedelta(days=1) if row.from_on else on
    revise(row, by=by, verb="ended", until_on=max(on, earliest))


@transaction.atomic
def want_fewer(person: Person, *, by: Actor, on: date) -> None:
    """Send somebody only what is needed from now on. Twice is once."""
    try:
        with transaction.atomic():
            create(ChasingOptOut(person=person, from_on=on), by=by)
    except IntegrityError:
        return
