"""What was reported about actions, and how their dates moved. Read-only: accepting and moving are services."""

from django.contrib import admin

from actionplans.models import DateChange, ProgressUpdate
from concordat.kernel.administration import ReadOnlyAdmin


@admin.register(ProgressUpdate)
class ProgressUpdateAdmin(ReadOnlyAdmin):
    about = "Written when an owner reports and a coordinator accepts; not edited here."
    list_display = ("action", "reported_on", "status", "confidence", "state", "author", "accepted_by")
    list_filter = ("state", "status", "confidence", "reported_on")
    list_select_related = ("action", "author", "accepted_by")
    search_fields = ("action__reference", "action__text", "action__plan__title", "public_text", "author__name")
    date_hierarchy = "reported_on"
    fields = (
        "action", "state", ("reported_on", "until_on"), "status", "confidence", "public_text", "internal_note",
        "completed_on", "outcome_note", "merged_into", "reason", "author", "accepted_by", "accepted_at", "recorded_at",
    )  # fmt: skip


@admin.register(DateChange)
class DateChangeAdmin(ReadOnlyAdmin):
    about = "Written when a new date is agreed; not edited here."
    list_display = ("action", "old_due_on", "due_on", "timescale_text", "decided_on", "reason")
    list_filter = ("decided_on", "timescale_kind", "timescale_confidence")
    list_select_related = ("action",)
    search_fields = ("action__reference", "action__text", "action__plan__title", "reason", "timescale_text")
    date_hierarchy = "decided_on"
    fields = (
        "action", "old_due_on", "timescale_text", "timescale_kind", "timescale_precision", "timescale_confidence",
        ("starts_on", "due_on"), "review_every_months", ("decided_on", "until_on"), "reason", "recorded_at",
    )  # fmt: skip
