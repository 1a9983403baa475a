"""The contact log. Read-only: entries are added and corrected on the national pages of the workspace."""

from django.contrib import admin

from areas.models import Area
from concordat.kernel.administration import ReadOnlyAdmin, points_to
from signatories.models import ContactEntry, Partnership, Person

points_to(Area, "Contact log", ContactEntry, lambda row: {"area__id__exact": row.pk})
points_to(Partnership, "Contact log", ContactEntry, lambda row: {"partnership__id__exact": row.pk})
points_to(Person, "Contacts they recorded", ContactEntry, lambda row: {"recorded_by__id__exact": row.pk})


@admin.register(ContactEntry)
class ContactEntryAdmin(ReadOnlyAdmin):
    about = (
        "Written by national staff on the page of an area in the workspace, and corrected there by a further entry. "
        "Private: pass it on to nobody who need not know."
    )
    list_display = ("spoken_on", "how", "whom", "area", "partnership", "next_step", "next_due_on", "recorded_by")
    list_filter = ("how", "spoken_on", "next_due_on")
    list_select_related = ("area", "partnership", "recorded_by")
    search_fields = ("whom", "said", "next_step", "area__name", "partnership__name")
    fields = (
        ("area", "partnership"), ("spoken_on", "how", "whom"), "said", ("next_step", "next_due_on"),
        ("corrects", "closes"), ("recorded_by", "recorded_at"),
    )  # fmt: skip
