"""Whose roles somebody sees and gives: the partnerships and organisations that they answer for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from actionplans.participants import coordinators_of, takes_part
from actionplans.services.owners import organisations_that_lead
from concordat.kernel.periods import holds_on
from signatories.access import Access
from signatories.models import Invitation, Membership, Organisation, Partnership, PartnershipMember, Person, Role
from signatories.models.membership import OF_A_PARTNERSHIP, OF_AN_ORGANISATION
from signatories.posts import organisations_around

PLACES = ("organisation", "partnership")


def known_to(access: Access, on: date) -> "QuerySet[Person]":
    """Whom somebody may name by an address (docs/roles.md).

    Oneself, who takes part in a partnership that they read, and everybody in an organisation that they lead; a national
    administrator names everybody. At most two queries.
    """
    if access.is_administrator:
        return Person.objects.all()
    reads = frozenset(Partnership.objects.values_list("pk", flat=True)) if access.is_national else access.reads
    led = Membership.objects.on(on).filter(organisation__in=access.leads, person=OuterRef("pk"))
    oneself = Q(pk=access.person.pk) if access.person else Q(pk__in=[])
    return Person.objects.filter(oneself | takes_part(reads, on) | Exists(led))


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

    def _own(self) -> Q:
        """What is in the places for whose people the person speaks."""
        return Q(partnership__in=self.access.coordinates) | Q(organisation__in=self.access.leads)

    def memberships(self) -> "QuerySet[Any]":
        """The roles that hold, by place and then by name, each with `shows_address`.

        An organisation around a partnership works in others too: its coordinator sees of its people those who take
        part, and by name alone the leads of its members (docs/roles.md).
        """
        rows = Membership.objects.on(self.on).select_related("person", *PLACES)
        known: Any = Value(True)
        if not self.access.is_administrator:
            known = self._own() | takes_part(self.access.coordinates, self.on, "person")
            members = PartnershipMember.objects.on(self.on).filter(partnership__in=self.access.coordinates)
            leads = Q(role=Role.ORGANISATION_LEAD, organisation__in=members.values("organisation"))
            rows = rows.filter(self._own() | Q(organisation__in=self.organisations) & (known | leads))
            known = Case(When(known, then=Value(True)), default=Value(False))
        rows = rows.annotate(shows_address=known)
        ordered: QuerySet[Any] = rows.order_by("partnership__name", "organisation__name", "role", "person__name", "pk")
        return ordered

    def stopped(self) -> "QuerySet[Person]":
        """Those whose addresses the person sees and to whom no mails go, since the earliest day first. One query."""
        rows = Person.objects.filter(mail_stopped_on__isnull=False, is_active=True)
        if not self.access.is_administrator:
            rows = rows.filter(pk__in=self.memberships().filter(shows_address=True).order_by().values("person"))
        return rows.order_by("mail_stopped_on", "name", "pk")

    def without_a_role(self, asked: str) -> "QuerySet[Person]":
        """For national administrators, the people of that name with no role on the day: closed accounts above all."""
        if not self.access.is_administrator:
            return Person.objects.none()
        held = Membership.objects.on(self.on).filter(person=OuterRef("pk"))
        return Person.objects.filter(~Exists(held), name__icontains=asked).order_by("name", "pk")

    def invitations(self) -> "QuerySet[Any]":
        """Those that nobody accepted, the latest first; to an organisation around, what its coordinators sent."""
        rows = Invitation.objects.filter(accepted_at__isnull=True)
        if not self.access.is_administrator:
            around = Q(organisation__in=self.organisations) & coordinators_of(self.access.coordinates)
            rows = rows.filter(self._own() | around)
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
