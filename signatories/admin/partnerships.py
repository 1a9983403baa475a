"""Partnerships, the boards that oversee them, and what office-holders said."""

from datetime import date
from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import HttpRequest
from django.utils.text import Truncator

from areas.models import Area
from concordat.kernel.administration import (
    HoldsFilter,
    ReadOnlyAdmin,
    ReadOnlyInline,
    RecordedAdmin,
    RecordedForm,
    RecordedInline,
    RecordedStack,
    points_to,
)
from concordat.kernel.models import Claim
from signatories.models import (
    Board,
    BoardChair,
    BoardMeeting,
    BoardOversight,
    Declaration,
    Partnership,
    PartnershipCoverage,
    PartnershipMember,
    Statement,
)

points_to(Area, "Partnerships that work for it", PartnershipCoverage, lambda area: {"area__id__exact": area.pk})
points_to(Partnership, "Declarations", Declaration, lambda row: {"partnership__id__exact": row.pk})
points_to(Board, "Meetings", BoardMeeting, lambda row: {"board__id__exact": row.pk})
points_to(Partnership, "Statements", Statement, lambda row: {"partnership__id__exact": row.pk})
points_to(
    Partnership, "Claims", Claim, lambda row: {"subject_type": row._meta.label_lower, "subject_id__exact": row.pk}
)  # fmt: skip


class PartnershipForm(RecordedForm):
    def clean_parent(self) -> Partnership | None:
        """A partnership is not above itself, however many lie between."""
        parent: Partnership | None = self.cleaned_data["parent"]
        above = parent
        while above and self.instance.pk:
            if above.pk == self.instance.pk:
                raise ValidationError(f"{parent} is this partnership or belongs to it already.")
            above = above.parent
        return parent


class CoverageInline(ReadOnlyInline):
    model = PartnershipCoverage
    verbose_name_plural = "Areas that it works for"
    fields = ("area", "extent", "label", "is_primary", "from_on", "until_on")
    related = ("area", "partnership")


class MemberInline(ReadOnlyInline):
    model = PartnershipMember
    verbose_name_plural = "Who takes part"
    fields = ("name_as_written", "organisation", "from_on", "until_on", "source")
    related = ("organisation",)


class OverseenByInline(ReadOnlyInline):
    model = BoardOversight
    verbose_name_plural = "Boards that oversee it"
    fields = ("board", "from_on", "until_on")
    related = ("board", "partnership")


@admin.register(Partnership)
class PartnershipAdmin(RecordedAdmin):
    about = "Areas and members are written by “manage.py load_history”; boards are kept on the boards' own pages."
    form = PartnershipForm
    list_display = ("name", "also_known_as", "parent", "update_every_months", "from_on", "until_on")
    list_filter = ("coverage__area__region", HoldsFilter, "update_every_months")
    list_select_related = ("parent",)
    search_fields = ("name", "also_known_as", "slug", "coverage__area__name")
    search_help_text = "A name, another name, or an area."
    autocomplete_fields = ("programme", "parent")
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    fixed_once_added = ("programme", "slug")
    shown = ("until_on",)
    fieldsets: ClassVar = [
        (
            None,
            {
                "fields": [
                    *("programme", "name", "slug", "also_known_as", "parent", "update_every_months", "public_note"),
                    "sign_in_to_close",
                    ("from_on", "until_on"),
                ]
            },
        ),
        ("Source", {"fields": ["source", "source_note"]}),
    ]
    inlines = (CoverageInline, MemberInline, OverseenByInline)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "update_every_months":
            kwargs |= {"min_value": 1, "max_value": 24}
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(PartnershipCoverage)
class PartnershipCoverageAdmin(ReadOnlyAdmin):
    about = "Written by “manage.py load_history”; not edited here."
    list_display = ("partnership", "area", "extent", "label", "is_primary", "from_on", "until_on")
    list_filter = ("is_primary", "extent", "area__region", HoldsFilter)
    list_select_related = ("partnership", "area")
    search_fields = ("partnership__name", "area__name", "area__codes__code", "label")
    ordering = ("partnership__name", "area__name", "id")
    fields = ("partnership", "area", "extent", "label", "is_primary", "from_on", "until_on")


class ChairInline(RecordedStack):
    model = BoardChair
    verbose_name = "chair"
    verbose_name_plural = "Chairs (joint chairs are normal)"
    autocomplete_fields = ("person", "organisation")
    fields = ("role", ("person", "organisation"), ("from_on", "until_on"), "source")
    refusals: ClassVar = {
        "boardchair_one_open_per_person": ("person", "This person chairs the board already. End that row first."),
        "boardchair_one_open_per_body": (
            "role",
            "This office of this body chairs the board already.",
        ),
        "boardchair_one_open_per_role": ("role", "This office chairs the board already. End that row first."),
    }


class OversightInline(RecordedInline):
    model = BoardOversight
    verbose_name = "partnership"
    verbose_name_plural = "Partnerships that it oversees"
    autocomplete_fields = ("partnership",)
    related = ("board", "partnership")
    fields = ("partnership", "from_on", "until_on", "source")
    refusals: ClassVar = {
        "boardoversight_one_open": ("partnership", "The board oversees this partnership already. End that row first."),
    }


@admin.register(Board)
class BoardAdmin(RecordedAdmin):
    about = "A board, a chair or an oversight that is over is not deleted: give it the day on which it ended."
    list_display = ("name", "kind", "from_on", "until_on")
    list_filter = ("kind", HoldsFilter)
    search_fields = ("name", "slug", "oversight__partnership__name")
    search_help_text = "A board's name, or a partnership that it oversees."
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    fixed_once_added = ("slug",)
    fields = ("name", "slug", "kind", ("from_on", "until_on"), "source", "source_note")
    inlines = (ChairInline, OversightInline)


class MeetingForm(RecordedForm):
    def clean_held_on(self) -> date:
        """Decisions count from the day of their meeting."""
        held_on: date = self.cleaned_data["held_on"]
        if self.instance.has_decisions and held_on != self.initial["held_on"]:
            raise ValidationError("Decisions of this meeting are recorded, so its day stays.")
        return held_on


@admin.register(BoardMeeting)
class BoardMeetingAdmin(RecordedAdmin):
    about = "A meeting that does not take place is not deleted: say on which day it was cancelled, and why."
    form = MeetingForm
    list_display = ("board", "held_on", "papers_due_on", "title", "cancelled_on", "has_decisions")
    list_filter = ("held_on", "has_decisions", "board__kind")
    list_select_related = ("board",)
    search_fields = ("board__name", "title", "place", "board__oversight__partnership__name")
    search_help_text = "A board's name, a title, a place, or a partnership that the board oversees."
    date_hierarchy = "held_on"
    autocomplete_fields = ("board",)
    fixed_once_added = ("board",)
    shown = ("has_decisions",)
    fields = ("board", ("held_on", "papers_due_on"), "title", "place", ("cancelled_on", "cancelled_reason"),
              "has_decisions")  # fmt: skip
    refusals: ClassVar = {
        "boardmeeting_papers_before": ("papers_due_on", "The papers cannot be due after the meeting."),
        "boardmeeting_cancelled_with_reason": ("cancelled_reason", "A cancelled meeting needs its day and a reason."),
        "boardmeeting_decided_is_not_cancelled": (
            "cancelled_on", "Decisions of this meeting are recorded, so it cannot be cancelled.",
        ),
        "boardmeeting_one_open_per_day": ("held_on", "A meeting of this board on that day is planned already."),
    }  # fmt: skip

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Whoever has the meeting open in the workspace sees that it was changed."""
        super().save_model(request, obj, form, change)
        if change and set(form.changed_data) - {"why"}:
            BoardMeeting.objects.filter(pk=obj.pk).update(version=F("version") + 1)


@admin.register(Statement)
class StatementAdmin(RecordedAdmin):
    about = "In our own words, or a short quotation with its source."
    list_display = ("person", "role", "organisation", "partnership", "said_on", "wording")
    list_filter = ("said_on", "said_precision")
    list_select_related = ("person", "organisation", "partnership")
    search_fields = ("person__name", "role", "organisation__name", "partnership__name", "text")
    date_hierarchy = "said_on"
    autocomplete_fields = ("partnership", "person", "organisation")
    fixed_once_added = ("partnership", "person")
    fields = ("partnership", "person", "role", "organisation", ("said_on", "said_precision"), "text", "source",
              "source_note")  # fmt: skip
    refusals: ClassVar = {
        "statement_once_per_source": ("source", "A statement of this person from this source is recorded already."),
        "statement_is_complete": ("source", "A statement needs its source."),
    }

    @admin.display(description="text", ordering="text")
    def wording(self, statement: Statement) -> str:
        """The beginning of what was said."""
        return Truncator(statement.text).chars(120)
