from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class JobDay(models.Model):
    """How often a job of the beat ran on a day in London, and how its runs ended. Moments in UTC.

    A run that was begun and neither ended nor failed was stopped half-way, or still goes on.
    """

    job = models.CharField(max_length=60)
    day = models.DateField()
    begun = models.PositiveIntegerField("runs begun", default=0)
    ended = models.PositiveIntegerField("runs ended", default=0)
    failed = models.PositiveIntegerField("runs failed", default=0)
    done = models.PositiveIntegerField("things done", default=0, help_text="By all runs of the day together.")
    begun_at = models.DateTimeField("last begun", null=True, blank=True)
    ended_at = models.DateTimeField("last ended", null=True, blank=True)
    failed_at = models.DateTimeField("last failed", null=True, blank=True)
    failure = models.CharField("why the last one failed", max_length=200, blank=True)

    class Meta:
        verbose_name = "day of a job"
        verbose_name_plural = "days of jobs"
        ordering: ClassVar = ["-day", "job"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["job", "day"], name="jobday_once"),
            models.CheckConstraint(condition=~Q(job=""), name="jobday_has_job"),
            models.CheckConstraint(condition=Q(begun__gte=F("ended") + F("failed")), name="jobday_ends_what_began"),
            models.CheckConstraint(
                condition=Q(failed_at__isnull=True, failure="") | (Q(failed_at__isnull=False) & ~Q(failure="")),
                name="jobday_failed_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job}, {self.day}"

    @property
    def unfinished(self) -> int:
        """Runs that were begun and of which nobody knows how they ended: stopped half-way, or still going on."""
        return self.begun - self.ended - self.failed
