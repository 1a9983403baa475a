from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from actionplans.timescale import Confidence, Kind, TimePrecision


class Timed(models.Model):
    """A row with a timescale: as written, and as understood. `due_on` is the last day of the period."""

    timescale_text = models.CharField("timescale as written", max_length=400, blank=True)
    timescale_kind = models.CharField(max_length=15, choices=Kind, default=Kind.NONE)
    starts_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    timescale_precision = models.CharField(max_length=8, choices=TimePrecision, blank=True)
    timescale_confidence = models.CharField(max_length=6, choices=Confidence, default=Confidence.SURE)
    review_every_months = models.PositiveSmallIntegerField(null=True, blank=True)
    alternatives = models.JSONField(default=list, blank=True, help_text="Other readings of an ambiguous text.")
    milestones = models.JSONField(default=list, blank=True, help_text="Each step of a text with several dates.")

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(timescale_kind__in=Kind.values), name="%(class)s_timescale_kind"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(due_on__isnull=True) | Q(starts_on__lte=F("due_on")),
                name="%(class)s_starts_before_due",
            ),
            models.CheckConstraint(
                condition=~Q(timescale_kind__in=["none", "recurring"]) | Q(due_on__isnull=True),
                name="%(class)s_recurring_has_no_due_day",
            ),
            models.CheckConstraint(
                condition=Q(timescale_precision="", due_on__isnull=True)
                | Q(timescale_precision__in=TimePrecision.values),
                name="%(class)s_due_day_has_precision",
            ),
            models.CheckConstraint(
                condition=Q(timescale_confidence__in=Confidence.values), name="%(class)s_timescale_confidence"
            ),
            models.CheckConstraint(
                condition=Q(review_every_months__isnull=True) | Q(review_every_months__gte=1),
                name="%(class)s_reviewed_at_most_monthly",
            ),
        ]
