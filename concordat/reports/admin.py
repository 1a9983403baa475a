"""Orders and schedules of reports. Read-only: the files are for those who ordered them, or to whom they were sent."""

from django.contrib import admin

from concordat.kernel.administration import ReadOnlyAdmin, points_to
from concordat.reports.models import ReportDelivery, ReportOrder, ReportSchedule
from signatories.models import Person

points_to(Person, "Reports they ordered", ReportOrder, lambda person: {"ordered_by__id__exact": person.pk})
points_to(Person, "Reports sent to them", ReportDelivery, lambda person: {"person__id__exact": person.pk})
points_to(Person, "Reports made by themselves for them", ReportSchedule, lambda person: {"owner__id__exact": person.pk})
points_to(ReportOrder, "Whom it was told to", ReportDelivery, lambda order: {"order__id__exact": order.pk})
points_to(ReportSchedule, "What it has made", ReportOrder, lambda row: {"schedule__id__exact": row.pk})


@admin.register(ReportOrder)
class ReportOrderAdmin(ReadOnlyAdmin):
    about = "Reports that were ordered, and what became of them. Nobody but their readers fetches their files."
    list_display = ("ordered_at", "report", "format", "state", "ordered_by", "rows", "size", "tries", "failure")
    list_filter = ("state", "report", "ordered_at")
    list_select_related = ("ordered_by",)
    search_fields = ("report", "ordered_by__name")
    date_hierarchy = "ordered_at"
    fields = (
        ("report", "format", "table"), "question", ("ordered_by", "ordered_at", "wants_mail"), ("schedule", "period"),
        ("state", "progress", "tries", "version"), ("claimed_at", "seen_at"), ("rows", "size"),
        ("made_at", "kept_until", "emptied_at"), "failure",
    )  # fmt: skip


@admin.register(ReportDelivery)
class ReportDeliveryAdmin(ReadOnlyAdmin):
    about = "Whom a report was told to: by which mail, or why by none."
    list_display = ("order", "person", "reply", "withheld")
    list_filter = (("withheld", admin.EmptyFieldListFilter),)
    list_select_related = ("order", "person", "reply")
    search_fields = ("person__name", "withheld", "order__report")
    fields = ("order", "person", "reply", "withheld")


@admin.register(ReportSchedule)
class ReportScheduleAdmin(ReadOnlyAdmin):
    about = "Reports that are made by themselves. They are paused and ended on their page in the workspace."
    list_display = ("report", "rhythm", "format", "owner", "from_on", "until_on", "last_period", "paused_on")
    list_filter = ("rhythm", "report", ("paused_on", admin.EmptyFieldListFilter))
    list_select_related = ("owner",)
    search_fields = ("report", "owner__name")
    fields = (
        ("report", "format", "rhythm"), "question", "owner", "recipients", ("from_on", "until_on"), "last_period",
        ("paused_on", "paused_why"), ("version", "made_at"),
    )  # fmt: skip
