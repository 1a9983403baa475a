"""The programme's thresholds and days, its milestones and its stewards."""

from datetime import date
from itertools import pairwise
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from concordat.kernel.administration import HoldsFilter, RecordedAdmin, RecordedForm, points_to
from concordat.kernel.dates import today
from signatories.models import Milestone, Partnership, Programme, Steward
from signatories.models.organisation import OrganisationType

# The least and the most that make sense of each threshold.
RANGES = {
    "inherit_months": (0, 60),
    "update_every_months": (1, 24),
    "stale_after_periods": (1, 12),
    "overdue_after_working_days": (0, 260),
    "must_do_overdue_days": (0, 730),
    "off_track_percent": (1, 100),
}
CHASING = {
    "window_opens_days": (4, 60),
    "nudge_days": (3, 59),
    "closing_days": (2, 58),
    "last_notice_days": (1, 57),
    "due_soon_days": (1, 365),
    "silent_after_months": (1, 36),
    "link_days": (1, 90),
    "put_off_days": (0, 28),
}
KEEPING = {"mail_kept_months": (1, 120)}
IN_ORDER = ("window_opens_days", "nudge_days", "closing_days", "last_notice_days")

points_to(Programme, "Milestones", Milestone, lambda row: {"programme__id__exact": row.pk})
points_to(Programme, "Stewards", Steward, lambda row: {"programme__id__exact": row.pk})
points_to(Programme, "Partnerships", Partnership, lambda row: {"programme__id__exact": row.pk})


class ProgrammeForm(RecordedForm):
    class Meta:
        labels: ClassVar = {
            "inherit_months": "Inheritance, months",
            "update_every_months": "Update period, months",
            "stale_after_periods": "Missed periods",
            "overdue_after_working_days": "Overdue, working days",
            "must_do_overdue_days": "Must-do overdue, days",
            "off_track_percent": "Off track, percent",
            "window_opens_days": "Updates asked for, working days",
            "nudge_days": "Reminder, working days",
            "closing_days": "List for the coordinator, working days",
            "last_notice_days": "Last notice, working days",
            "due_soon_days": "Due soon, days",
            "silent_after_months": "Silent, months",
            "link_days": "Link in a reminder, days",
            "mail_kept_months": "Texts of mails, months",
            "put_off_days": "Putting off, days",
        }
        help_texts: ClassVar = {
            "inherit_months": "So long a successor area shows what it inherited from the areas before it.",
            "update_every_months": "How often a partnership reports, unless it sets its own rhythm.",
            "stale_after_periods": "After so many periods without an accepted update a plan is “no recent update”.",
            "overdue_after_working_days": "So long after its due day an action is not yet publicly overdue.",
            "must_do_overdue_days": "A national must-do that is overdue for longer makes its plan “off track”.",
            "off_track_percent": "When so many of the open actions are overdue or off track, the plan is “off track”.",
            "window_opens_days": "Before a partnership's papers are due. A round that is open keeps its days.",
            "nudge_days": "To those who have not answered.",
            "closing_days": "What is missing so long before the papers are due.",
            "last_notice_days": "To those who have not answered by then, and the coordinator.",
            "due_soon_days": "So long before its day the owner of an action is told.",
            "silent_after_months": "After so long without an update of a plan national staff are told.",
            "link_days": "So long it opens without a password. Those that were sent keep their day.",
            "mail_kept_months": "So long we keep what our mails said. Then their texts are emptied for good.",
            "put_off_days": "For so long at most an owner puts the reminders of an action off; 0: not at all.",
        }

    core_signatory_types = forms.MultipleChoiceField(
        choices=OrganisationType.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Every one of these must have signed before a new declaration counts.",
    )

    def clean_complete_to(self) -> date | None:
        """Records cannot be complete to a day that is still to come, in London."""
        complete_to: date | None = self.cleaned_data["complete_to"]
        if complete_to and complete_to > today():
            raise ValidationError("Records cannot be complete to a day that is still to come.")
        return complete_to

    def clean(self) -> dict[str, Any]:
        launched_on, complete_to = self.cleaned_data.get("launched_on"), self.cleaned_data.get("complete_to")
        if launched_on and complete_to and complete_to < launched_on:
            self.add_error("complete_to", "This day is before the launch.")
        for earlier, later in pairwise(IN_ORDER):
            if self.cleaned_data.get(earlier, 0) <= self.cleaned_data.get(later, -1):
                self.add_error(later, "This comes after the step before it, so it needs fewer days.")
        return super().clean()


@admin.register(Programme)
class ProgrammeAdmin(RecordedAdmin):
    about = "These numbers decide what the map and the reports say of every area, also for days gone by."
    form = ProgrammeForm
    list_display = ("name", "nation", "launched_on", "complete_to")
    list_filter = ("nation",)
    search_fields = ("name", "slug")
    ordering = ("name", "id")
    shown = ("slug",)
    fieldsets: ClassVar = [
        (None, {"fields": ["name", "slug", "nation", "launched_on", "complete_to", "core_signatory_types"]}),
        ("When something is late", {"fields": list(RANGES)}),
        ("When somebody is written to", {"fields": list(CHASING)}),
        ("How long it is kept", {"fields": list(KEEPING)}),
        ("Source", {"fields": ["source", "source_note"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There is one programme; it comes with the records."""
        return False

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if between := (RANGES | CHASING | KEEPING).get(db_field.name):
            kwargs["min_value"], kwargs["max_value"] = between
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class OfProgrammeAdmin(RecordedAdmin):
    """Rows of a programme; they do not move to another."""

    autocomplete_fields = ("programme",)
    list_select_related = ("programme",)
    fixed_once_added = ("programme",)


@admin.register(Milestone)
class MilestoneAdmin(OfProgrammeAdmin):
    about = "What every area was asked to do by a day."
    list_display = ("name", "due_on", "programme", "source")
    list_filter = ("due_on",)
    search_fields = ("name", "source")
    fields = ("programme", "name", "due_on", "source", "source_note")
    refusals: ClassVar = {"milestone_once": ("name", "There is a milestone of this name already.")}


@admin.register(Steward)
class StewardAdmin(OfProgrammeAdmin):
    about = "Who looked after the programme, and when."
    list_display = ("name", "from_on", "until_on", "programme")
    list_filter = (HoldsFilter,)
    search_fields = ("name", "source")
    fields = ("programme", "name", "from_on", "until_on", "source", "source_note")
    refusals: ClassVar = {
        "steward_once": ("from_on", "This steward is recorded from this day already."),
        "steward_once_undated": ("name", "This steward is recorded already, without a first day."),
    }
