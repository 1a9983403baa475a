"""Who may stand in for somebody who is away. Days in London."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from signatories.access import access_of
from signatories.models import ChasingPause, Membership, Person, Role, reachable
from signatories.models.membership import OF_AN_ORGANISATION


def colleagues(person: Person, on: date) -> QuerySet[Person]:
    """Those who may stand in for somebody from that day on, by name: they can be written to, and have a role in the
    same organisation on that day, or the same role in the same partnership, or nationally. Two queries.
    """
    access = access_of(person, on)
    alike = Q(role__in=OF_AN_ORGANISATION, organisation__in=access.owns_in | access.leads)
    for role, places in (
        (Role.COORDINATOR, access.coordinates),
        (Role.CHAIR, access.chairs),
        (Role.BOARD_MEMBER, access.sits_on),
    ):
        alike |= Q(role=role, partnership__in=places)
    if access.is_reviewer:
        alike |= Q(role=Role.NATIONAL_REVIEWER)
    held = Membership.objects.on(on).filter(alike, person=OuterRef("pk"))
    can_be_told = Person.objects.filter(reachable(), Exists(held)).exclude(pk=person.pk)
    return can_be_told.order_by("name", "pk")


def away(from_on: date, until_on: date) -> QuerySet[ChasingPause]:
    """The pauses that hold on one of these days; `until_on` is the first day no longer."""
    found: QuerySet[ChasingPause] = ChasingPause.objects.filter(
        subject_type="", from_on__lt=until_on, until_on__gt=from_on
    )
    return found.filter(from_on__lt=F("until_on"))
