from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from concordat.kernel.periods import Dated, DatedQuerySet
from signatories.models.organisation import Organisation
from signatories.models.partnership import Partnership


class Role(models.TextChoices):
    """What somebody may do, and where. A national administrator is not among these: that is `Person.is_superuser`."""

    OWNER = "owner", "Owner of actions"
    ORGANISATION_LEAD = "organisation_lead", "Organisation lead"
    COORDINATOR = "coordinator", "Coordinator"
    CHAIR = "chair", "Chair"
    BOARD_MEMBER = "board_member", "Board member"
    NATIONAL_REVIEWER = "national_reviewer", "National reviewer"


OF_AN_ORGANISATION = frozenset({Role.OWNER, Role.ORGANISATION_LEAD})
OF_A_PARTNERSHIP = frozenset({Role.COORDINATOR, Role.CHAIR, Role.BOARD_MEMBER})
# Who has these signs in with a second factor.
WITH_SECOND_FACTOR = frozenset({Role.COORDINATOR, Role.NATIONAL_REVIEWER})


def role_has_its_place() -> Q:
    """A role of an organisation names one, one of a partnership names that, a national one names neither."""
    return (
        Q(role__in=["owner", "organisation_lead"], organisation__isnull=False, partnership__isnull=True)
        | Q(role__in=["coordinator", "chair", "board_member"], organisation__isnull=True, partnership__isnull=False)
        | Q(role="national_reviewer", organisation__isnull=True, partnership__isnull=True)
    )


class MembershipQuerySet(DatedQuerySet):
    def of_active_people(self) -> "MembershipQuerySet":
        """Those of people who may still sign in."""
        return self.filter(person__is_active=True)


class Membership(Dated):
    """A role that a person has from a day on: in an organisation, in a partnership, or nationally."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="memberships")
    partnership = models.ForeignKey(Partnership, models.PROTECT, null=True, blank=True, related_name="memberships")

    objects: ClassVar = MembershipQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["person_id", "id"]
        constraints: ClassVar = [
            # Not that of Dated: a role that was a mistake is taken back on its first day, and then held on none.
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(from_on__lte=F("until_on")),
                name="membership_from_before_until",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role"),
            models.CheckConstraint(condition=role_has_its_place(), name="membership_role_has_its_place"),
            models.UniqueConstraint(
                fields=["person", "role", "organisation"],
                condition=Q(until_on__isnull=True, organisation__isnull=False),
                name="membership_one_open_in_organisation",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "partnership"],
                condition=Q(until_on__isnull=True, partnership__isnull=False),
                name="membership_one_open_in_partnership",
            ),
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=Q(until_on__isnull=True, organisation__isnull=True, partnership__isnull=True),
                name="membership_one_open_nationally",
            ),
        ]

    def __str__(self) -> str:
        where = self.organisation or self.partnership
        return f"{self.get_role_display()}, {where}" if where else self.get_role_display()
