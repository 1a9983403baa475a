"""A role with its place, and who may give it to whom. Who may what: docs/roles.md."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from concordat.kernel.periods import holds_on
from signatories.access import Access
from signatories.models import Membership, Organisation, Partnership, PartnershipMember, Role, Signature
from signatories.models.membership import OF_A_PARTNERSHIP, OF_AN_ORGANISATION


@dataclass(frozen=True, slots=True)
class Post:
    """A role in an organisation, in a partnership, or nationally."""

    role: Role
    organisation: Organisation | None = None
    partnership: Partnership | None = None

    @classmethod
    def of(cls, membership: Membership) -> "Post":
        """The post that somebody holds."""
        return cls(Role(membership.role), membership.organisation, membership.partnership)

    @property
    def is_whole(self) -> bool:
        """Whether it has the place that its role needs, and no other."""
        return (self.organisation is not None) == (self.role in OF_AN_ORGANISATION) and (
            self.partnership is not None
        ) == (self.role in OF_A_PARTNERSHIP)

    def __str__(self) -> str:
        where = self.organisation or self.partnership
        return f"{self.role.label}, {where}" if where else str(self.role.label)


def organisations_around(partnerships: Collection[int], on: date) -> frozenset[int]:
    """The organisations that are members of these partnerships on that day, or have signed a declaration of one.

    Those that lead an action are found by `actionplans.services.owners.organisations_that_lead`. Two queries.
    """
    members = PartnershipMember.objects.filter(holds_on(on), partnership__in=partnerships, organisation__isnull=False)
    signed = Signature.objects.filter(declaration__partnership__in=partnerships, withdrawn_on__isnull=True)
    return frozenset(
        {*members.values_list("organisation_id", flat=True), *signed.values_list("organisation_id", flat=True)}
    )


def may_give(access: Access, post: Post, *, around: Collection[int]) -> bool:
    """Whether the person may invite somebody to that post, and take such an invitation back.

    `around` are the organisations in the partnerships that the person coordinates.
    """
    if access.is_administrator:
        return True
    if post.partnership is not None:
        return post.partnership.pk in access.coordinates
    if post.organisation is None:
        return False
    if post.role == Role.OWNER and post.organisation.pk in access.leads:
        return True
    return bool(access.coordinates) and post.organisation.pk in around


def may_end(access: Access, post: Post) -> bool:
    """Whether the person may end that role of somebody else.

    An organisation may take part in several partnerships: who coordinates one of them does not speak for it.
    """
    if access.is_administrator:
        return True
    if post.partnership is not None:
        return post.partnership.pk in access.coordinates
    return post.role == Role.OWNER and post.organisation is not None and post.organisation.pk in access.leads
