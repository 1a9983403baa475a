"""Plans: the title may be corrected; versions and coverage are written by publishing and importing."""

from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest

from actionplans.models import Action, ActionInVersion, ActionPlan, PlanCoverage, PlanVersion
from areas.models import Area
from concordat.kernel.administration import HoldsFilter, ReadOnlyAdmin, ReadOnlyInline, RecordedAdmin, points_to
from concordat.kernel.models import Claim
from signatories.models import Partnership

WRITTEN = "Written by “manage.py load_history” and the publishing of plans."

points_to(Area, "Plans for it", PlanCoverage, lambda area: {"area__id__exact": area.pk})
points_to(Partnership, "Plans", ActionPlan, lambda row: {"partnership__id__exact": row.pk})
points_to(ActionPlan, "Actions", Action, lambda plan: {"plan__id__exact": plan.pk})
points_to(
    ActionPlan, "Claims", Claim, lambda row: {"subject_type": row._meta.label_lower, "subject_id__exact": row.pk}
)  # fmt: skip
points_to(PlanVersion, "Its actions as worded", ActionInVersion, lambda version: {"version__id__exact": version.pk})


class CoverageInline(ReadOnlyInline):
    model = PlanCoverage
    verbose_name_plural = "Areas that it is for"
    fields = ("area", "extent", "label", "from_on", "until_on")
    related = ("plan", "area")


class VersionInline(ReadOnlyInline):
    model = PlanVersion
    verbose_name_plural = "Versions"
    fields = ("label", "state", "published_on", "superseded_on", "withdrawn_on", "period_text")
    related = ("plan",)


@admin.register(ActionPlan)
class ActionPlanAdmin(RecordedAdmin):
    about = f"The title and the source may be corrected. All else: {WRITTEN[0].lower()}{WRITTEN[1:]}"
    list_display = ("title", "partnership", "kind", "fulfils")
    list_filter = ("kind", "coverage__area__region", "versions__state")
    list_select_related = ("partnership", "fulfils")
    search_fields = ("title", "partnership__name", "partnership__also_known_as", "coverage__area__name")
    search_help_text = "Words of the title, a partnership, or an area."
    shown = ("partnership", "kind", "fulfils")
    fields = ("title", "partnership", "kind", "fulfils", "source", "source_note")
    inlines = (VersionInline, CoverageInline)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A plan begins with an import."""
        return False


@admin.register(PlanVersion)
class PlanVersionAdmin(ReadOnlyAdmin):
    about = f"{WRITTEN} Publishing one supersedes the one before and changes the colour of its areas."
    list_display = ("plan", "label", "state", "published_on", "superseded_on", "withdrawn_on", "period_ends_on")
    list_filter = ("state", "plan__kind", "published_precision", "published_on", "period_ends_on")
    list_select_related = ("plan",)
    search_fields = ("plan__title", "label", "plan__partnership__name", "aims")
    date_hierarchy = "published_on"
    ordering = ("plan__title", "published_on", "id")
    fields = (
        "plan", "label", "state", ("published_on", "published_precision"), "superseded_on", "withdrawn_on",
        "withdrawn_reason", "period_text", ("period_starts_on", "period_ends_on"), "next_review_on", "aims", "source",
        "source_note",
    )  # fmt: skip


@admin.register(PlanCoverage)
class PlanCoverageAdmin(ReadOnlyAdmin):
    about = WRITTEN
    list_display = ("plan", "area", "extent", "label", "from_on", "until_on")
    list_filter = ("plan__kind", "area__region", "extent", HoldsFilter)
    list_select_related = ("plan", "area")
    search_fields = ("plan__title", "plan__partnership__name", "area__name", "area__codes__code", "label")
    ordering: ClassVar = ["area__name", "id"]
    fields = ("plan", "area", "extent", "label", "from_on", "until_on")
