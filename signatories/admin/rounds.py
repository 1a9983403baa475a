"""Review rounds. Read-only: they are opened, moved, closed and answered in the workspace."""

from django.contrib import admin
from django.contrib.admin import EmptyFieldListFilter

from concordat.kernel.administration import ReadOnlyAdmin, points_to
from signatories.models import Programme, ReviewRound, ReviewRoundArea

points_to(Programme, "Review rounds", ReviewRound, lambda row: {"programme__id__exact": row.pk})
points_to(ReviewRound, "Areas", ReviewRoundArea, lambda row: {"round__id__exact": row.pk})


@admin.register(ReviewRound)
class ReviewRoundAdmin(ReadOnlyAdmin):
    about = "Opened, moved, closed and cancelled by national staff in the workspace."
    list_display = ("title", "opens_on", "due_on", "closed_on", "cancelled_on")
    list_filter = ("opens_on", ("closed_on", EmptyFieldListFilter), ("cancelled_on", EmptyFieldListFilter))
    search_fields = ("title", "asks")
    fields = (
        "programme", "title", "asks", ("opens_on", "due_on"), "closed_on", ("cancelled_on", "cancelled_reason"),
    )  # fmt: skip


@admin.register(ReviewRoundArea)
class ReviewRoundAreaAdmin(ReadOnlyAdmin):
    about = (
        "The areas that a round asks. “No change” is confirmed by coordinators in the workspace; that a plan was "
        "refreshed follows from its published versions and stands on the page of the round."
    )
    list_display = ("area", "round", "confirmed_on", "confirmed_by", "confirmed_for")
    list_filter = (("confirmed_on", EmptyFieldListFilter), "confirmed_on")
    list_select_related = ("area", "round", "confirmed_by", "confirmed_for")
    search_fields = ("area__name", "round__title")
    fields = ("round", "area", ("confirmed_on", "confirmed_by", "confirmed_for"), "note")
