"""What boards decided about actions. Read-only: a decision is written once, and never changed."""

from django.contrib import admin

from actionplans.models import MeetingDecision
from concordat.kernel.administration import ReadOnlyAdmin, points_to
from signatories.models import BoardMeeting

points_to(BoardMeeting, "Decisions", MeetingDecision, lambda row: {"meeting__id__exact": row.pk})


@admin.register(MeetingDecision)
class MeetingDecisionAdmin(ReadOnlyAdmin):
    about = "Written when a coordinator records what a board decided; it is never changed."
    list_display = ("meeting", "action", "kind", "note", "recorded_by", "recorded_at")
    list_filter = ("kind", "meeting__held_on")
    list_select_related = ("meeting__board", "action", "recorded_by")
    search_fields = ("meeting__board__name", "action__reference", "action__text", "action__plan__title", "note")
    date_hierarchy = "recorded_at"
    fields = (
        "meeting", "action", "position", "kind", "note", "update", "date_change", "recorded_by", "recorded_at",
    )  # fmt: skip
