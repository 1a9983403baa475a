from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from concordat.kernel.coverage import Coverage
from concordat.kernel.sources import Sourced
from signatories.access import Access
from signatories.models import Partnership, PlanExpectation
from signatories.models.declaration import Published, PublishedQuerySet


class ActionPlanQuerySet(models.QuerySet[Any]):
    def visible_to(self, access: Access) -> "ActionPlanQuerySet":
        """Those whose own side the person sees."""
        return self.all() if access.is_national else self.filter(partnership__in=access.reads)

    def published_by(self, day: date) -> "ActionPlanQuerySet":
        """Those of which a version was published by that day, whatever became of it."""
        return self.filter(models.Exists(PlanVersion.objects.published_by(day).filter(plan=models.OuterRef("pk"))))


class ActionPlan(Sourced):
    """A plan as a series: its versions come and go, its actions keep their id for ever."""

    class Kind(models.TextChoices):
        CONCORDAT = "concordat", "Crisis care concordat action plan"
        RELATED = "related", "Related plan (does not count for the Concordat's map)"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="plans")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.CONCORDAT)
    fulfils = models.OneToOneField(
        PlanExpectation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plan",
        help_text="The plan that a declaration expected and that this is.",
    )

    objects: ClassVar = ActionPlanQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["title", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="actionplan_has_title"),
            models.CheckConstraint(condition=Q(kind__in=["concordat", "related"]), name="actionplan_kind"),
            models.CheckConstraint(
                condition=Q(kind="concordat") | Q(fulfils__isnull=True), name="actionplan_related_fulfils_nothing"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/plans/{self.pk}/"

    @property
    def has_page(self) -> bool:
        """Whether a version was ever published: only then does anybody find it at its address. One query."""
        return self.versions.published().exists()


class PlanCoverage(Coverage):
    """An area, or part of one, that a plan is for."""

    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="coverage")

    class Meta:
        constraints: ClassVar = [
            *Coverage.Meta.constraints,
            models.UniqueConstraint(
                fields=["plan", "area", "label"], condition=Q(until_on__isnull=True), name="plancoverage_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}: {self.area}"


class PlanVersionQuerySet(PublishedQuerySet):
    def visible_to(self, access: Access) -> "PlanVersionQuerySet":
        """Those whose own side the person sees, drafts included."""
        return self.all() if access.is_national else self.filter(plan__partnership__in=access.reads)

    def editable_by(self, access: Access) -> "PlanVersionQuerySet":
        """Those that the person drafts and submits: of the partnerships that they coordinate."""
        return self.all() if access.is_administrator else self.filter(plan__partnership__in=access.coordinates)


class PlanVersion(Published, Sourced):
    """One version of a plan. Publishing the next supersedes it; past its period it stays, marked out of date."""

    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="versions")
    label = models.CharField(max_length=120)
    aims = models.TextField(blank=True, help_text="What the plan sets out to do, in plain words.")
    period_text = models.CharField("period as written", max_length=80, blank=True)
    period_starts_on = models.DateField(null=True, blank=True)
    period_ends_on = models.DateField(null=True, blank=True, help_text="The last day of the plan's period.")
    next_review_on = models.DateField(null=True, blank=True)
    uses_colours = models.BooleanField("uses red, amber and green", default=False)
    rag_key = models.TextField("what its colours mean", blank=True, help_text="In this plan's own words.")

    objects: ClassVar = PlanVersionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["plan_id", "published_on", "id"]
        constraints: ClassVar = [
            *Published.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "label"], name="planversion_label_once"),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state="published", superseded_on__isnull=True, withdrawn_on__isnull=True),
                name="planversion_one_live_per_plan",
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state__in=["draft", "submitted", "returned"]),
                name="planversion_one_in_hand_per_plan",
            ),
            models.CheckConstraint(condition=~Q(label=""), name="planversion_has_label"),
            models.CheckConstraint(
                condition=Q(period_starts_on__isnull=True)
                | Q(period_ends_on__isnull=True)
                | Q(period_starts_on__lte=F("period_ends_on")),
                name="planversion_period_in_order",
            ),
            models.CheckConstraint(
                condition=Q(next_review_on__isnull=True)
                | Q(period_starts_on__isnull=True)
                | Q(next_review_on__gte=F("period_starts_on")),
                name="planversion_reviewed_once_begun",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}, {self.label}"

    def get_absolute_url(self) -> str:
        return f"/plans/{self.plan_id}/versions/{self.pk}/"
