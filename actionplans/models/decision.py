from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from actionplans.models.action import Action, DateChange
from actionplans.models.update import ProgressUpdate
from signatories.models import BoardMeeting


class MeetingDecision(models.Model):
    """What a board decided about an action at a meeting. Written once, and never changed.

    A decision that changes the action names what it led to: the report that says so, the moved date, or both; their
    words (the reason) are public as always. The `note` is for the partnership alone. A later decision of the same
    meeting on the same action stands after it (`position`); it takes nothing back by itself.
    """

    class Kind(models.TextChoices):
        AGREED = "agreed", "New date agreed as proposed"
        MOVED = "moved", "Another date agreed"
        NOT_GOING_AHEAD = "not_going_ahead", "Not going ahead"
        MERGED = "merged", "Merged into another action"
        KEPT = "kept", "Kept as it is"
        ASKED = "asked", "Lead organisation asked to attend or answer"
        OTHER = "other", "Something else"

    meeting = models.ForeignKey(BoardMeeting, models.PROTECT, related_name="decisions")
    action = models.ForeignKey(Action, models.PROTECT, related_name="decisions")
    position = models.PositiveSmallIntegerField(default=1, help_text="The first on this action at the meeting is 1.")
    kind = models.CharField(max_length=15, choices=Kind)
    note = models.TextField(blank=True, help_text="For the partnership; never public.")
    update = models.OneToOneField(
        ProgressUpdate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decision",
        verbose_name="report it led to",
    )
    date_change = models.OneToOneField(
        DateChange,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decision",
        verbose_name="moved date it led to",
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="meeting_decisions"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["meeting_id", "action_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "action", "position"], name="meetingdecision_once"),
            models.CheckConstraint(condition=Q(position__gte=1), name="meetingdecision_position"),
            models.CheckConstraint(
                condition=Q(kind="agreed", update__isnull=False, date_change__isnull=False)
                | Q(kind="moved", update__isnull=True, date_change__isnull=False)
                | Q(kind__in=["not_going_ahead", "merged"], update__isnull=False, date_change__isnull=True)
                | Q(kind__in=["kept", "asked", "other"], update__isnull=True, date_change__isnull=True),
                name="meetingdecision_kind_and_effect",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["asked", "other"]) | ~Q(note=""), name="meetingdecision_says_what"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.meeting}"
