"""Actions: the wording may be corrected; leads, dates and states are written by services."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.text import Truncator

from actionplans.models import Action, ActionInVersion, ActionLead, DateChange, ProgressUpdate
from actionplans.services import lines
from actionplans.states import ActionState
from concordat.kernel.administration import ReadOnlyAdmin, ReadOnlyInline, RecordedAdmin, editor, points_to

points_to(Action, "Updates", ProgressUpdate, lambda action: {"action__id__exact": action.pk})
points_to(Action, "Moved dates", DateChange, lambda action: {"action__id__exact": action.pk})
points_to(Action, "As each version words it", ActionInVersion, lambda action: {"action__id__exact": action.pk})


class StandsFilter(admin.SimpleListFilter):
    """Actions by their last accepted update; one without any is not started."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return ActionState.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(stands=self.value()) if self.value() else queryset


class LeadInline(ReadOnlyInline):
    model = ActionLead
    verbose_name_plural = "Who leads it and who works on it"
    fields = ("role", "organisation", "text", "from_on", "until_on")
    related = ("organisation",)


@admin.register(Action)
class ActionAdmin(RecordedAdmin):
    about = (
        "Correct the wording here; published versions keep the words they had. The timescale, the leads and the state "
        "are written by imports, moved dates and accepted updates."
    )
    list_display = ("reference", "wording", "plan", "stands", "due_on", "must_do")
    list_display_links = ("reference", "wording")
    list_filter = (StandsFilter, "must_do", "timescale_kind", "timescale_confidence", "themes", "due_on")
    list_select_related = ("plan",)
    search_fields = ("reference", "text", "outcome", "plan__title", "plan__partnership__name")
    search_help_text = "A reference, words of the action, or its plan."
    date_hierarchy = "due_on"
    autocomplete_fields = ("themes",)
    shown = (
        "plan", "timescale_text", "timescale_kind", "timescale_precision", "timescale_confidence", "starts_on",
        "due_on", "review_every_months", "mirrors",
    )  # fmt: skip
    fieldsets: ClassVar = [
        (None, {"fields": ["plan", "reference", "text", "outcome", "outcome_measure", "footprint", "must_do",
                           "themes"]}),
        (
            "First timescale",
            {"fields": ["timescale_text", "timescale_kind", "timescale_precision", "timescale_confidence",
                        ("starts_on", "due_on"), "review_every_months", "mirrors"]},
        ),
        ("Source", {"fields": ["source", "source_note"]}),
    ]  # fmt: skip
    inlines = (LeadInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """An action comes with an import."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """As any correction; drafts that say nothing else have the corrected words from then on."""
        super().save_model(request, obj, form, change)
        lines.follow_correction(obj, by=editor(request))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        accepted = ProgressUpdate.objects.filter(
            action=OuterRef("pk"), state=ProgressUpdate.State.ACCEPTED, until_on__isnull=True
        )
        stands = Coalesce(Subquery(accepted.values("status")[:1]), Value(ActionState.NOT_STARTED.value))
        actions: QuerySet[Any] = super().get_queryset(request).annotate(stands=stands)
        return actions

    @admin.display(description="action", ordering="text")
    def wording(self, action: Action) -> str:
        """The beginning of the wording."""
        return Truncator(action.text).chars(120)

    @admin.display(description="state", ordering="stands")
    def stands(self, action: Any) -> str:
        """The state of its last accepted update, in words."""
        return ActionState(action.stands).label


@admin.register(ActionInVersion)
class ActionInVersionAdmin(ReadOnlyAdmin):
    about = "Drafted on the pages of the partnership, and frozen when the version is published."
    list_display = ("reference", "wording", "version", "section", "timescale_text", "position", "is_left_out")
    list_display_links = ("reference", "wording")
    list_filter = ("version__state", "is_left_out", "section")
    list_select_related = ("version__plan", "section")
    search_fields = ("reference", "text", "section_text", "version__label", "version__plan__title")
    fields = ("version", "action", "section", "section_text", "reference", "text", "outcome", "outcome_measure",
              "footprint", "timescale_text", "position", "is_left_out", "left_out_reason", "proposes")  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Those that were left out too."""
        return ActionInVersion.every.order_by("version_id", "position", "pk")

    @admin.display(description="action", ordering="text")
    def wording(self, action: ActionInVersion) -> str:
        """The beginning of the wording."""
        return Truncator(action.text).chars(120)
