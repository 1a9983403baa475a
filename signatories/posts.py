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


@dataclass(frozen=True, slots=True)
class Leading:
    """The organisations that lead an action in the partnerships that somebody coordinates (`here`), and in others.

    This app does not know them: `actionplans.services.owners.leading_of` does.
    """

    here: Collection[int] = frozenset()
    elsewhere: Collection[int] = frozenset()


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
    if post.organisation.pk in access.leads:
        return True
    return bool(access.coordinates) and post.organisation.pk in around


def may_choose_lead(access: Access, organisation: Organisation, on: date, *, leading: Leading) -> bool:
    """Whether the person, who may give roles there, may say who leads the organisation. At most three queries.

    A lead sees and does what the organisation has to do in every partnership: who coordinates one of them chooses the
    first lead alone, and only where no other partnership has a part in the organisation.
    """
    if access.is_administrator or organisation.pk in access.leads:
        return True
    if organisation.pk in leading.elsewhere:
        return False
    here = {"organisation": organisation}
    leads = Membership.objects.on(on).filter(role=Role.ORGANISATION_LEAD, person__is_active=True, **here)
    members = PartnershipMember.objects.filter(holds_on(on), **here).exclude(partnership__in=access.coordinates)
    signed = Signature.objects.filter(withdrawn_on__isnull=True, **here)
    signed = signed.exclude(declaration__partnership__in=access.coordinates)
    return not (leads.exists() or members.exists() or signed.exists())


def may_end(access: Access, post: Post) -> bool:
    """Whether the person may end that role of somebody else.

    An organisation may take part in several partnerships: who coordinates one of them does not speak for it.
    """
    if access.is_administrator:
        return True
    if post.partnership is not None:
        return post.partnership.pk in access.coordinates
    return post.role == Role.OWNER and post.organisation is not None and post.organisation.pk in access.leads
