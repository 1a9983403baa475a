"""Pausing, snoozing, holding, and asking for fewer mails. Days in London; an end is the first day no longer.

What changes a row names the version that the person has `seen`, and a conditional UPDATE decides who was first.
"""

from datetime import date, timedelta
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils.formats import date_format

from concordat.kernel.changes import Actor, create, record
from signatories.models import ChasingHold, ChasingOptOut, ChasingPause, Notice, Partnership, Person
from signatories.outbox.deputies import away, colleagues
from signatories.services.errors import FasterError, NotAllowedError

LONGEST = timedelta(days=366)  # that somebody is away
FASTER = "Somebody else has changed this since you opened it. Read it again before you go on."
ENDED, RELEASED = "It has ended already.", "It is released already."
Row = TypeVar("Row", ChasingPause, ChasingHold)


@transaction.atomic
def pause(
    person: Person, *, from_on: date, until_on: date, by: Actor, deputy: Person | None = None, why: str = ""
) -> ChasingPause:
    """Write to somebody no more until the day of return; a deputy gets what is due meanwhile.

    Raises NotAllowedError if the return is not after the first day or over a year after it, if the person is away on
    one of these days already, or if the deputy is none of the colleagues, or is away then too.
    """
    _one_at_a_time(person)
    _demand_days(from_on, until_on)
    _demand_free(person, from_on, until_on)
    if deputy is not None:
        _demand_deputy(deputy, person, from_on, until_on)
    row = ChasingPause(person=person, from_on=from_on, until_on=until_on, deputy=deputy)
    return create(row, by=by, why=why)


@transaction.atomic
def change_pause(
    row: ChasingPause, *, until_on: date, deputy: Person | None, seen: int, by: Actor, on: date
) -> ChasingPause:
    """Another day of return, or another deputy, for a pause that has not ended by `on`.

    Raises FasterError if somebody has changed it since, and NotAllowedError if it has ended, for a return that is not
    to come, and as `pause` does.
    """
    _one_at_a_time(row.person)
    first = max(row.from_on or on, on)
    _demand_days(first, until_on)
    _demand_free(row.person, first, until_on, but=row)
    if deputy is not None and deputy.pk != row.deputy_id:
        _demand_deputy(deputy, row.person, first, until_on)
    return _change(row, {"until_on": until_on, "deputy": deputy}, seen=seen, by=by, on=on)


def part_from_deputies(person: Person, *, by: Actor, on: date, why: str = "") -> int:
    """Let nobody stand in who is no colleague of who is away on that day, where that person, whose role has ended, is
    the one or the other; says in how many pauses.

    What is due waits until who is away is back, unless they name somebody else. One query, and some for each.
    """
    concerned = ChasingPause.objects.filter(not_ended(on), Q(deputy=person) | Q(person=person), subject_type="")
    count = 0
    for row in concerned.filter(deputy__isnull=False).select_related("person"):
        if colleagues(row.person, on).filter(pk=row.deputy_id).exists():
            continue
        same = ChasingPause.objects.filter(pk=row.pk, deputy=row.deputy_id)
        if same.update(deputy=None, version=F("version") + 1):
            record(row, "changed", by=by, why=why, fields={"deputy_id": (row.deputy_id, None)})
            count += 1
    return count


def _one_at_a_time(person: Person) -> None:
    """Two pauses of one person are written one after the other: SQLite has one writer, PostgreSQL waits for the row."""
    Person.objects.select_for_update().get(pk=person.pk)


def _demand_days(from_on: date, until_on: date) -> None:
    if until_on <= from_on:
        raise NotAllowedError("Choose a day of return after the first day.")
    if until_on > from_on + LONGEST:
        raise NotAllowedError("Choose a day of return within a year.")


def _demand_free(person: Person, from_on: date, until_on: date, but: ChasingPause | None = None) -> None:
    others = away(from_on, until_on).filter(person=person)
    other = (others.exclude(pk=but.pk) if but else others).first()
    if other is not None:
        raise NotAllowedError(
            f"Reminders are paused from {_in_words(other.from_on)} until {_in_words(other.until_on)} already. "
            "Change that pause instead."
        )


def _demand_deputy(deputy: Person, person: Person, from_on: date, until_on: date) -> None:
    if deputy.pk == person.pk:
        raise NotAllowedError("Somebody else must stand in.")
    if not deputy.is_reachable:
        raise NotAllowedError(f"{deputy} cannot be written to.")
    if not colleagues(person, from_on).filter(pk=deputy.pk).exists():
        raise NotAllowedError(f"{deputy} has no role in the same organisation.")
    if away(from_on, until_on).filter(person=deputy).exists():
        raise NotAllowedError(f"{deputy} is away at that time too.")


def _in_words(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""


@transaction.atomic
def snooze(person: Person, subject: models.Model, *, from_on: date, until_on: date, by: Actor) -> ChasingPause:
    """Do not remind somebody of one thing until that day; a snooze of it that holds already ends.

    How long and how often is the business of whoever calls. Raises NotAllowedError if the day is not after the first.
    """
    if until_on <= from_on:
        raise NotAllowedError("Choose a later day.")
    _one_at_a_time(person)
    about = {"subject_type": subject._meta.label_lower, "subject_id": subject.pk}
    for row in ChasingPause.objects.on(from_on).filter(person=person, **about):
        end(row, by=by, on=from_on)
    return create(ChasingPause(person=person, from_on=from_on, until_on=until_on, **about), by=by)


@transaction.atomic
def hold(subject: models.Model, *, reason: str, from_on: date, by: Person, until_on: date | None = None) -> ChasingHold:
    """Send nothing about a partnership, one notice, or anything else (an action), until a day or until released.

    Raises NotAllowedError without a reason, if the end is not after the first day, or if it is held already.
    """
    _demand_hold(reason, from_on, until_on)
    if known := holds_of(subject, from_on).select_related("held_by").first():
        raise NotAllowedError(f"{known.held_by} holds it already: {known.reason}")
    row = ChasingHold(reason=reason.strip(), held_by=by, from_on=from_on, until_on=until_on, **_about(subject))
    try:
        with transaction.atomic():
            return create(row, by=by, why=reason.strip())
    except IntegrityError as error:
        raise FasterError("Somebody else has just held it.") from error


@transaction.atomic
def change_hold(row: ChasingHold, *, reason: str, until_on: date | None, seen: int, by: Actor, on: date) -> ChasingHold:
    """Another reason or end for a hold that has not ended by `on`.

    Raises FasterError if somebody has changed it since, and NotAllowedError if it has ended, and as `hold` does.
    """
    _demand_hold(reason, on, until_on)
    return _change(row, {"reason": reason.strip(), "until_on": until_on}, seen=seen, by=by, on=on)


def holds_of(subject: models.Model, on: date) -> "models.QuerySet[ChasingHold]":
    """The holds of that thing alone that have not ended by that day."""
    found: models.QuerySet[ChasingHold] = ChasingHold.objects.filter(not_ended(on), **_about(subject))
    return found


def not_ended(on: date) -> Q:
    """The pauses and holds that hold on that day or a later one."""
    holds_at_all = Q(from_on__isnull=True) | Q(from_on__lt=F("until_on"))
    return Q(until_on__isnull=True) | (Q(until_on__gt=on) & holds_at_all)


def _about(subject: models.Model) -> dict[str, Any]:
    if isinstance(subject, Partnership):
        return {"partnership": subject}
    if isinstance(subject, Notice):
        return {"notice": subject}
    return {"subject_type": subject._meta.label_lower, "subject_id": subject.pk}


def _demand_hold(reason: str, from_on: date, until_on: date | None) -> None:
    if not reason.strip():
        raise NotAllowedError("Say why it is held.")
    if until_on is not None and until_on <= from_on:
        raise NotAllowedError("Choose a later day.")


def _change(row: Row, values: dict[str, Any], *, seen: int, by: Actor, on: date) -> Row:
    """One conditional UPDATE of a row that has not ended and still is what the person saw, with its record."""
    model: Any = type(row)
    before = model.objects.get(pk=row.pk)
    fields = {name: (getattr(before, name), new) for name, new in values.items() if getattr(before, name) != new}
    ahead = model.objects.filter(not_ended(on), pk=row.pk)
    if not ahead.filter(version=seen).update(**values, version=F("version") + 1):
        raise FasterError(FASTER) if ahead.exists() else NotAllowedError(ENDED)
    row.refresh_from_db()
    if fields:
        record(row, "changed", by=by, fields=fields)
    return row


@transaction.atomic
def release(row: ChasingHold, *, by: Actor, on: date) -> None:
    """Hold it no longer, from that day on: what was due goes again. Twice at once: the second is told.

    Raises NotAllowedError if it has ended.
    """
    _end(row, max(on, row.from_on or on), "released", by=by, on=on)


@transaction.atomic
def end(row: ChasingPause | ChasingOptOut, *, by: Actor, on: date) -> None:
    """End it on that day; a pause that has not begun by then never holds. Raises NotAllowedError if it has ended.

    A wish for fewer mails holds on its first day at least.
    """
    earliest = row.from_on or on
    if isinstance(row, ChasingOptOut):
        earliest += timedelta(days=1)
    _end(row, max(on, earliest), "ended", by=by, on=on)


def _end(row: ChasingPause | ChasingOptOut | ChasingHold, ends_on: date, verb: str, *, by: Actor, on: date) -> None:
    model: Any = type(row)
    before = row.until_on
    step = {} if isinstance(row, ChasingOptOut) else {"version": F("version") + 1}
    if not model.objects.filter(not_ended(on), pk=row.pk).update(until_on=ends_on, **step):
        raise NotAllowedError(RELEASED if isinstance(row, ChasingHold) else ENDED)
    row.refresh_from_db()
    record(row, verb, by=by, fields={"until_on": (before, ends_on)})


@transaction.atomic
def want_fewer(person: Person, *, by: Actor, on: date) -> None:
    """Send somebody only what is needed from now on. Twice is once."""
    try:
        with transaction.atomic():
            create(ChasingOptOut(person=person, from_on=on), by=by)
    except IntegrityError:
        return
