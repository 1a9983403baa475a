"""The private address of somebody's calendars."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class CalendarAddress(models.Model):
    """The address under which a person's calendar programs find their calendars, once the person has asked for one.

    What stands in it is signed from the row and its `version`, and nothing of it is stored (services/calendars.py):
    every step makes a new version, so that the address before it opens no more. Moments in UTC.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="calendar_address")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name_plural = "calendar addresses"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("made_at")), name="calendaraddress_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"Calendars of {self.person}"
