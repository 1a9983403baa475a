"""Plans: the title may be corrected; versions and coverage are written by publishing and importing."""

from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest

from actionplans.models import Action, ActionInVersion, ActionPlan, PlanCoverage, PlanVersion
from areas.models import Area
from concordat.kernel.administration import HoldsFilter, ReadOnlyAdmin, ReadOnlyInline, RecordedAdmin, points_to
from concordat.kernel.models import Claim
from signatories.models import Partnership

WRITTEN = "Drafted on the pages of its partnership, and written by “manage.py load_history”."

points_to(Area, "Plans for it", PlanCoverage, lambda area: {"area__id__exact": area.pk})
points_to(Partnership, "Plans", ActionPlan, lambda row: {"partnership__id__exact": row.pk})
points_to(ActionPlan, "Areas that it is for", PlanCoverage, lambda plan: {"plan__id__exact": plan.pk})
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
    about = (
        "The title and the source may be corrected, and the areas on their own pages. Plans begin, and their versions "
        "are drafted, on the pages of their partnership."
    )
    list_display = ("title", "partnership", "kind", "fulfils")
    list_filter = ("kind", "coverage__area__region", "versions__state")
    list_select_related = ("partnership", "fulfils")
    search_fields = ("title", "partnership__name", "partnership__also_known_as", "coverage__area__name")
    search_help_text = "Words of the title, a partnership, or an area."
    shown = ("partnership", "kind", "fulfils")
    fields = ("title", "partnership", "kind", "fulfils", "source", "source_note")
    inlines = (VersionInline, CoverageInline)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A plan begins on the pages of its partnership."""
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
        "source_note", ("uses_colours", "rag_key"), ("submitted_at", "submitted_by"), "review_comment", "publish_on",
        ("held_since", "held_reason"), "abandoned_reason",
    )  # fmt: skip


@admin.register(PlanCoverage)
class PlanCoverageAdmin(RecordedAdmin):
    about = (
        "An area that a plan is for no longer is not deleted: give it the first day on which it is not. What you save "
        "changes the colour of the area on the public map, for the days that you say. While nothing of a plan was "
        "published, its coordinator does this."
    )
    list_display = ("plan", "area", "extent", "label", "from_on", "until_on")
    list_filter = ("plan__kind", "area__region", "extent", HoldsFilter)
    list_select_related = ("plan", "area")
    search_fields = ("plan__title", "plan__partnership__name", "area__name", "area__codes__code", "label")
    ordering: ClassVar = ["area__name", "id"]
    autocomplete_fields = ("plan", "area")
    fixed_once_added = ("plan", "area", "extent")
    fields = ("plan", "area", "extent", "label", "from_on", "until_on")
    refusals: ClassVar = {
        "plancoverage_one_open": ("area", "The plan is for this area already. End that row first."),
        "plancoverage_part_has_label": ("label", "A part has a name, and the whole area has none."),
    }
