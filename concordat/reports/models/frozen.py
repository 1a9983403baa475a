from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Max, Q
from django.utils.formats import date_format

from signatories.models import BoardMeeting, Partnership

if TYPE_CHECKING:
    from signatories.access import Access


class FrozenReportQuerySet(models.QuerySet["FrozenReport"]):
    def visible_to(self, access: "Access") -> "FrozenReportQuerySet":
        """Those about a partnership whose own side the person sees."""
        return self.all() if access.is_national else self.filter(partnership__in=access.reads)

    def for_meeting(self, partnership: Partnership, report: str, meeting: int, day: date) -> "FrozenReportQuerySet":
        """Those of that report and partnership for a meeting (its id), the latest first; for 0 those for the meetings
        from that day on, the next one first.
        """
        found = self.filter(partnership=partnership, report=report)
        found = found.filter(meeting=meeting) if meeting else found.filter(meeting__held_on__gte=day)
        return found.order_by("meeting__held_on", "meeting_id", "-number")

    def before(self, partnership: Partnership, report: str, day: date, held_before: date) -> "FrozenReportQuerySet":
        """Those of that report and partnership that were frozen before that day, for meetings that were held, or will
        be, before the other day and were not cancelled by the first one; the latest first.
        """
        standing = Q(meeting__cancelled_on__isnull=True) | Q(meeting__cancelled_on__gt=day)
        found = self.filter(standing, partnership=partnership, report=report, as_at__lt=day)
        return found.filter(meeting__held_on__lt=held_before).order_by("-as_at", "-number", "-pk")

    def last_on(self, day: date) -> dict[int, date]:
        """The day of the last one that a board was given of each partnership (id) by that day, but for meetings that
        were cancelled by then. One query.
        """
        standing = Q(meeting__cancelled_on__isnull=True) | Q(meeting__cancelled_on__gt=day)
        rows = self.filter(standing, as_at__lte=day).order_by().values_list("partnership_id")
        return dict(rows.annotate(Max("as_at")))


class FrozenReport(models.Model):
    """A report as a board was given it for a meeting. Written once with all its lines, and never changed.

    `as_at` is the day that it tells of (London). Where a paper had to be put right, another one is frozen after it: its
    `number` is the next, and both are kept. `shape` says in which form the lines are written, `digest` is that of all
    of them (concordat/reports/kept.py).
    """

    meeting = models.ForeignKey(BoardMeeting, models.PROTECT, related_name="frozen_reports")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="frozen_reports")
    report = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField(help_text="The first of this meeting and partnership is 1.")
    as_at = models.DateField("as at", help_text="The day that it tells of, in London.")
    shape = models.PositiveSmallIntegerField(help_text="In which form its lines are written.")
    length = models.PositiveIntegerField("number of lines")
    digest = models.CharField(max_length=64)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="frozen_reports"
    )
    frozen_at = models.DateTimeField(help_text="UTC.")

    objects: ClassVar = FrozenReportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["meeting_id", "partnership_id", "report", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "partnership", "report", "number"], name="frozenreport_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="frozenreport_number"),
            models.CheckConstraint(condition=Q(length__gte=1), name="frozenreport_has_lines"),
            models.CheckConstraint(condition=~Q(report=""), name="frozenreport_is_of_a_report"),
        ]

    def __str__(self) -> str:
        return f"{self.partnership}, as at {date_format(self.as_at, 'j F Y')}"


class FrozenLine(models.Model):
    """One line of a frozen report: what it says first, the heading of a table, a row of it, or a picture."""

    frozen = models.ForeignKey(FrozenReport, models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    told = models.JSONField("what it says")

    class Meta:
        verbose_name = "line of a frozen report"
        verbose_name_plural = "lines of frozen reports"
        ordering: ClassVar = ["frozen_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["frozen", "number"], name="frozenline_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="frozenline_number"),
        ]

    def __str__(self) -> str:
        return f"{self.frozen}, line {self.number}"
