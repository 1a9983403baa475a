"""Whose roles somebody sees and gives: the partnerships and organisations that they answer for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from actionplans.services.owners import organisations_that_lead
from concordat.kernel.periods import holds_on
from signatories.access import Access
from signatories.models import Invitation, Membership, Organisation, Partnership, Role
from signatories.models.membership import OF_A_PARTNERSHIP, OF_AN_ORGANISATION
from signatories.posts import organisations_around

PLACES = ("organisation", "partnership")


@dataclass(frozen=True, slots=True)
class Circle:
    """What one person answers for.

    A national administrator answers for everything.
    """

    access: Access
    on: date
    organisations: frozenset[int]

    @classmethod
    def of(cls, access: Access, on: date) -> "Circle":
        """At most three queries."""
        if access.is_administrator or not access.coordinates:
            return cls(access, on, access.leads)
        leading = organisations_that_lead(access.coordinates, on)
        return cls(access, on, access.leads | leading | organisations_around(access.coordinates, on))

    @property
    def is_empty(self) -> bool:
        """Whether the person answers for nobody."""
        return not (self.access.is_administrator or self.access.coordinates or self.organisations)

    def _places(self) -> Q:
        if self.access.is_administrator:
            return Q()
        return Q(partnership__in=self.access.coordinates) | Q(organisation__in=self.organisations)

    def memberships(self) -> "QuerySet[Any]":
        """The roles that hold, by place and then by name."""
        rows = Membership.objects.on(self.on).filter(self._places()).select_related("person", *PLACES)
        return rows.order_by("partnership__name", "organisation__name", "role", "person__name", "pk")

    def invitations(self) -> "QuerySet[Any]":
        """Those that nobody accepted, the latest first."""
        rows = Invitation.objects.filter(self._places(), accepted_at__isnull=True)
        return rows.select_related("invited_by", *PLACES)

    def roles(self) -> list[Role]:
        """The roles that the person may give to somebody."""
        if self.access.is_administrator:
            return list(Role)
        if self.access.coordinates:
            return [role for role in Role if role in OF_A_PARTNERSHIP | OF_AN_ORGANISATION]
        return [role for role in Role if role in OF_AN_ORGANISATION] if self.access.leads else []

    def partnerships_to_choose(self) -> "QuerySet[Partnership]":
        """The partnerships in which the person may give a role."""
        rows = Partnership.objects.filter(holds_on(self.on))
        return rows if self.access.is_administrator else rows.filter(pk__in=self.access.coordinates)

    def organisations_to_choose(self) -> "QuerySet[Organisation]":
        """The organisations in which the person may give a role."""
        rows = Organisation.objects.filter(holds_on(self.on))
        return rows if self.access.is_administrator else rows.filter(pk__in=self.organisations)
