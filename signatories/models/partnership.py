from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q

from concordat.kernel.coverage import Coverage, Extent
from concordat.kernel.periods import Dated, DatedQuerySet
from concordat.kernel.sources import Sourced
from signatories.models.organisation import Organisation
from signatories.models.programme import Programme

if TYPE_CHECKING:
    from signatories.access import Access


class PartnershipQuerySet(DatedQuerySet):
    def visible_to(self, access: "Access") -> "PartnershipQuerySet":
        """Those whose own side the person sees."""
        return self.all() if access.is_national else self.filter(pk__in=access.reads)


class Partnership(Dated, Sourced):
    """A multi-agency body for one or more areas, or parts of them (locally: steering group, roundtable, board)."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="partnerships")
    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=160)
    also_known_as = models.CharField(max_length=200, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    update_every_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How often it reports; empty for the programme's rhythm."
    )
    public_note = models.TextField(blank=True)
    sign_in_to_close = models.BooleanField(
        "closing an action needs a sign-in",
        default=False,
        help_text="The link in a reminder does not report an action as done or not going ahead: its owner signs in.",
    )

    objects: ClassVar = PartnershipQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=~Q(name=""), name="partnership_has_name"),
            models.CheckConstraint(
                condition=Q(update_every_months__isnull=True) | Q(update_every_months__gte=1),
                name="partnership_rhythm_at_least_monthly",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="partnership_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/partnerships/{self.slug}/"


class PartnershipCoverage(Coverage):
    """An area, or part of one, that a partnership works for. Primary: whom to contact about the area."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="coverage")
    is_primary = models.BooleanField("primary", default=False)

    class Meta:
        constraints: ClassVar = [
            *Coverage.Meta.constraints,
            models.UniqueConstraint(
                fields=["partnership", "area", "label"],
                condition=Q(until_on__isnull=True),
                name="partnershipcoverage_one_open",
            ),
            models.UniqueConstraint(
                fields=["area"],
                condition=Q(is_primary=True, until_on__isnull=True),
                name="partnershipcoverage_one_primary_per_area",
            ),
            models.CheckConstraint(
                condition=Q(is_primary=False) | Q(extent=Extent.WHOLE), name="partnershipcoverage_primary_is_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partnership}: {self.area}"


class PartnershipMember(Dated, Sourced):
    """A body that takes part. `name_as_written` is the source's word; the organisation may not be known."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="members")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="partnership_memberships"
    )
    name_as_written = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["partnership", "name_as_written"],
                condition=Q(until_on__isnull=True),
                name="partnershipmember_one_open",
            ),
            models.CheckConstraint(condition=~Q(name_as_written=""), name="partnershipmember_has_name"),
        ]

    def __str__(self) -> str:
        return self.name_as_written
