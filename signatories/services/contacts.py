"""The contact log of the national staff: who was spoken to, what was said, what comes next.

National reviewers and administrators alone write it and read it. Nothing is changed: a further entry corrects one.
A `Change` says that an entry was made and never what it says. Days are days in London, moments are in UTC.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from areas.models import Area
from concordat.kernel.changes import record
from signatories.access import access_of
from signatories.models import ContactEntry, Partnership, Person
from signatories.services.errors import FasterError, NotAllowedError

SAID = ("spoken_on", "whom", "how", "said", "next_step", "next_due_on", "corrects_id", "closes_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """What somebody writes down of one contact. `closes`: the earlier entry whose next step this was."""

    spoken_on: date
    whom: str
    how: str
    said: str
    next_step: str = ""
    next_due_on: date | None = None
    corrects: ContactEntry | None = None
    closes: ContactEntry | None = None


def faults(contact: Contact, on: date) -> dict[str, str]:
    """What is wrong with it on the day of writing, by field, in sentences for the person who wrote it."""
    found = {}
    if contact.spoken_on > on:
        found["spoken_on"] = "The day of the contact cannot be in the future."
    if not contact.whom.strip():
        found["whom"] = "Say who was contacted: their role or office."
    if not contact.said.strip():
        found["said"] = "Say what was said."
    if contact.next_due_on and not contact.next_step.strip():
        found["next_step"] = "Say what the next step is, or leave its day empty."
    if contact.next_due_on and contact.next_due_on < contact.spoken_on:
        found["next_due_on"] = "The next step cannot be due before the contact."
    return found


@transaction.atomic
def log_contact(
    place: Partnership | Area, contact: Contact, *, by: Person, on: date, now: datetime, ticket: UUID
) -> ContactEntry:
    """Write an entry about a partnership or an area. The same form (`ticket`) sent twice is one entry.

    Raises NotAllowedError for who has no national role, for what `faults` finds, and for a correction of an entry
    about another place; FasterError if that entry was corrected, or its step closed, by somebody else, or if the form
    was sent before with other words.
    """
    if not access_of(by, on).is_national:
        raise NotAllowedError("Only national staff keep the contact log.")
    if sentence := next(iter(faults(contact, on).values()), ""):
        raise NotAllowedError(sentence)
    entry = ContactEntry(
        partnership=place if isinstance(place, Partnership) else None,
        area=place if isinstance(place, Area) else None,
        spoken_on=contact.spoken_on,
        whom=contact.whom.strip(),
        how=contact.how,
        said=contact.said.strip(),
        next_step=contact.next_step.strip(),
        next_due_on=contact.next_due_on,
        corrects=contact.corrects,
        closes=contact.closes,
        recorded_by=by,
        recorded_at=now,
        ticket=ticket,
    )
    corrected = contact.corrects
    if corrected and (corrected.partnership_id, corrected.area_id) != (entry.partnership_id, entry.area_id):
        raise NotAllowedError("A correction is about the same partnership or area.")
    return _kept(entry, by)


def _kept(entry: ContactEntry, by: Person) -> ContactEntry:
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError as error:
        there = ContactEntry.objects.filter(ticket=entry.ticket, recorded_by=by).first()
        if there and all(getattr(there, name) == getattr(entry, name) for name in SAID):
            return there
        if there:
            raise FasterError(
                "This form was sent before. Check what you changed, and save it as a new entry."
            ) from error
        raise FasterError("Somebody else has corrected that entry, or closed its next step. Read it again.") from error
    record(entry, "created", by=by, fields=told_of(entry))
    return entry


def told_of(entry: ContactEntry) -> dict[str, tuple[Any, Any]]:
    """What the `Change` of an entry says: its days and what it corrects or closes, never its words."""
    names = ("spoken_on", "how", "next_due_on", "corrects_id", "closes_id")
    values = {name.removesuffix("_id"): getattr(entry, name) for name in names}
    return {name: (None, value) for name, value in values.items() if value}
