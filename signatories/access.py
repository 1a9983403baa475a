"""What a person may do on a day, read once from their memberships. Who may what: docs/roles.md."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Exists

from signatories.models.chasing import ChasingPause
from signatories.models.membership import Membership, Role

if TYPE_CHECKING:
    from signatories.models.person import Person

NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Access:
    """The roles of one person on one day. Organisations and partnerships are told by their ids.

    A national administrator may do everything; every other question is answered by the roles.
    """

    person: "Person | None" = None
    is_administrator: bool = False
    is_reviewer: bool = False
    leads: frozenset[int] = NOBODY  # organisations
    owns_in: frozenset[int] = NOBODY  # organisations
    coordinates: frozenset[int] = NOBODY  # partnerships
    chairs: frozenset[int] = NOBODY  # partnerships
    sits_on: frozenset[int] = NOBODY  # partnerships of whose boards the person is a member
    stands_in: bool = False  # for somebody who is away

    @property
    def is_national(self) -> bool:
        """Sees every partnership's own side."""
        return self.is_administrator or self.is_reviewer

    @property
    def reads(self) -> frozenset[int]:
        """The partnerships whose own side the person sees, internal notes included."""
        return self.coordinates | self.chairs | self.sits_on

    @property
    def needs_second_factor(self) -> bool:
        """Coordinators and national roles sign in with two factors (docs/roles.md)."""
        return self.is_national or bool(self.coordinates)

    @property
    def has_a_role(self) -> bool:
        """Whether there is anything for this person to do here."""
        return self.is_national or bool(self.leads | self.owns_in | self.reads)

    @property
    def by_link(self) -> "Access":
        """What the person may do who came by the link of a mail alone: nothing that asks for a second factor."""
        return Access(person=self.person, leads=self.leads, owns_in=self.owns_in, stands_in=self.stands_in)

    def coordinates_partnership(self, partnership_id: int) -> bool:
        """Whether the person does there what coordinators do."""
        return self.is_administrator or partnership_id in self.coordinates

    def reads_partnership(self, partnership_id: int) -> bool:
        """Whether the person sees that partnership's own side."""
        return self.is_national or partnership_id in self.reads

    def leads_organisation(self, organisation_id: int) -> bool:
        """Whether the person does for that organisation what its lead does."""
        return self.is_administrator or organisation_id in self.leads


PLACES = {
    Role.ORGANISATION_LEAD: ("leads", "organisation_id"),
    Role.OWNER: ("owns_in", "organisation_id"),
    Role.COORDINATOR: ("coordinates", "partnership_id"),
    Role.CHAIR: ("chairs", "partnership_id"),
    Role.BOARD_MEMBER: ("sits_on", "partnership_id"),
}


def access_of(person: Any, on: date) -> Access:
    """The roles of that person (a request's user) on that day. One query; none for somebody not signed in."""
    if not person.is_authenticated or not person.is_active:
        return Access()
    stands_in = Exists(ChasingPause.objects.on(on).filter(deputy=person, subject_type=""))
    return _of(person, list(Membership.objects.on(on).filter(person=person).annotate(stands_in=stands_in)))


def accesses_of(people: "Iterable[Person]", on: date) -> "dict[Person, Access]":
    """The same for several people at once; for whom nobody stands in is not asked. One query."""
    active = [person for person in people if person.is_active]
    held: dict[int, list[Any]] = {person.pk: [] for person in active}
    for each in Membership.objects.on(on).filter(person__in=held):
        each.stands_in = False
        held[each.person_id].append(each)
    return {person: _of(person, held.get(person.pk, [])) if person.is_active else Access() for person in people}


def _of(person: "Person", held: list[Any]) -> Access:
    places = {
        name: frozenset(getattr(each, field) for each in held if each.role == role)
        for role, (name, field) in PLACES.items()
    }
    return Access(
        person=person,
        is_administrator=person.is_superuser,
        is_reviewer=any(each.role == Role.NATIONAL_REVIEWER for each in held),
        stands_in=any(each.stands_in for each in held),
        **places,
    )
