"""The private address of somebody's calendars: made, renewed, ended, and found again from what stands in it.

Moments in UTC. Each step makes a new version by a conditional UPDATE, and the address before it opens no more. What
stands in an address is signed, and stored nowhere: not in the row, nor in the record of changes.
"""

from datetime import datetime
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, transaction
from django.db.models import F

from concordat.kernel.changes import create, record
from signatories.models import CalendarAddress, Person
from signatories.services.errors import FasterError, NotAllowedError

FASTER = "Somebody has made or ended an address in another window. Look at it again."


class EndedAddressError(Exception):
    """The address was one of ours, and opens no more."""


@transaction.atomic
def make(person: Person, *, by: Person, now: datetime) -> CalendarAddress:
    """An address, the first or a new one after it was ended. Raises FasterError if there is one."""
    ended = CalendarAddress.objects.filter(person=person, ended_at__isnull=False).first()
    if ended is not None:
        return _step(ended, "made", {"made_at": now, "ended_at": None}, seen=ended.version, by=by)
    try:
        with transaction.atomic():
            return create(CalendarAddress(person=person, made_at=now), by=by)
    except IntegrityError as error:
        raise FasterError(FASTER) from error


@transaction.atomic
def renew(address: CalendarAddress, *, seen: int, by: Person, now: datetime) -> CalendarAddress:
    """Another address; the one that was opens no more. Raises NotAllowedError if it was ended, FasterError if renewed
    since it was `seen`.
    """
    return _step(address, "renewed", {"made_at": now}, seen=seen, by=by, ended_at__isnull=True)


@transaction.atomic
def end(address: CalendarAddress, *, seen: int, by: Person, now: datetime) -> CalendarAddress:
    """No address any more. Raises as `renew` does."""
    return _step(address, "ended", {"ended_at": now}, seen=seen, by=by, ended_at__isnull=True)


def _step(
    address: CalendarAddress, verb: str, values: dict[str, Any], *, seen: int, by: Person, **still: Any
) -> CalendarAddress:
    before = CalendarAddress.objects.get(pk=address.pk)
    rows = CalendarAddress.objects.filter(pk=address.pk, version=seen, **still)
    changed = rows.update(**values, version=F("version") + 1)
    address.refresh_from_db()
    if not changed:
        raise NotAllowedError("It was ended already.") if address.ended_at else FasterError(FASTER)
    record(address, verb, by=by, fields={name: (getattr(before, name), new) for name, new in values.items()})
    return address


def token_of(address: CalendarAddress) -> str:
    """What stands in the address: whose it is, which version, signed. It is a secret of that person."""
    return _signer().sign(f"{address.person_id}-{address.version}")


def _signer() -> Signer:
    return Signer(sep=".", salt="signatories.calendars")


def find(token: str) -> CalendarAddress | None:
    """The address, with its person, that the token opens; None for what we never signed. One query, or none.

    Raises EndedAddressError for one that was renewed or ended, or whose person's account is closed.
    """
    try:
        person, _, version = _signer().unsign(token).partition("-")
    except BadSignature:
        return None
    found = CalendarAddress.objects.select_related("person").filter(person=int(person)).first()
    if found is None or found.ended_at or str(found.version) != version or not found.person.is_active:
        raise EndedAddressError
    return found
