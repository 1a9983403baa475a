from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from concordat.kernel.periods import Dated, DatedQuerySet
from signatories.access import Access


class Rhythm(models.TextChoices):
    """How often a report is made by itself (concordat/reports/rhythms.py)."""

    MONTH = "month", "On the first working day of each month"
    WEEK = "week", "Each Monday, or the next working day"
    QUARTER = "quarter", "On the first working day of each quarter"


class ReportScheduleQuerySet(DatedQuerySet):
    def visible_to(self, access: Access) -> "ReportScheduleQuerySet":
        """The person's own, and those by which they get something; an administrator sees all."""
        if access.is_administrator:
            return self.all()
        return self.filter(Q(owner=access.person) | Q(recipients=access.person)).distinct()

    def editable_by(self, access: Access) -> "ReportScheduleQuerySet":
        """The person's own; an administrator may pause and end each."""
        return self.all() if access.is_administrator else self.filter(owner=access.person)


class ReportSchedule(Dated):
    """A report that is made by itself in a rhythm, and told to these people. Days are days in London.

    `question` holds what is asked, as texts, but for the day. It goes on from `from_on` until before `until_on`; of the
    periods before `last_period` (the first day of the last one that was made) none is made any more. `paused_why` is
    filled where it was not its owner who paused it.
    """

    from_on = models.DateField("from", help_text="The first day; one on which it was resumed.")  # never unknown
    report = models.CharField(max_length=40)
    question = models.JSONField(default=dict, blank=True)
    format = models.CharField(max_length=8)
    rhythm = models.CharField(max_length=7, choices=Rhythm)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="report_schedules")
    recipients = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="reports_sent", blank=True)
    last_period = models.DateField(null=True, blank=True)
    paused_on = models.DateField(null=True, blank=True)
    paused_why = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    made_at = models.DateTimeField(help_text="UTC.")

    objects: ClassVar = ReportScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = "schedule of a report"
        verbose_name_plural = "schedules of reports"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            # Not that of Dated: one that was a mistake is ended on its first day.
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(from_on__lte=F("until_on")),
                name="reportschedule_from_before_until",
            ),
            models.CheckConstraint(condition=~Q(report="") & ~Q(format=""), name="reportschedule_of_a_report"),
            models.CheckConstraint(condition=Q(rhythm__in=["month", "week", "quarter"]), name="reportschedule_rhythm"),
            models.CheckConstraint(
                condition=Q(paused_on__isnull=False) | Q(paused_why=""), name="reportschedule_why_it_is_paused"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}, {self.get_rhythm_display().lower()}"

    def is_over(self, on: date) -> bool:
        """Whether it has ended by that day."""
        return self.until_on is not None and self.until_on <= on
