from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from signatories.models.partnership import Partnership
from signatories.models.programme import Programme

if TYPE_CHECKING:
    from signatories.access import Access


class RoundState(models.TextChoices):
    """What a review round is on a day; never stored."""

    TO_COME = "to_come", "Not open yet"
    OPEN = "open", "Open"
    LATE = "late", "Open, past its day"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Cancelled"


class ReviewRoundQuerySet(models.QuerySet["ReviewRound"]):
    def visible_to(self, access: "Access", on: date) -> Self:
        """All for national roles; for others those that have opened by the day and were not cancelled."""
        return self if access.is_national else self.filter(opens_on__lte=on, cancelled_on__isnull=True)

    def taking_answers(self, on: date) -> Self:
        """Those that are open on the day: late answers count until somebody closes the round."""
        return self.filter(opens_on__lte=on, closed_on__isnull=True, cancelled_on__isnull=True)


class ReviewRound(models.Model):
    """A national request for refreshed plans by a day. Days are days in London.

    Whether an area's plan was refreshed is derived from the published versions, and never typed. `version` grows with
    every step: whoever acts on an older one is told.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="rounds")
    title = models.CharField(max_length=120)
    asks = models.TextField("what is asked")
    opens_on = models.DateField()
    due_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    cancelled_on = models.DateField(null=True, blank=True)
    cancelled_reason = models.TextField("why it was cancelled", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = ReviewRoundQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-opens_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "title", "opens_on"],
                condition=Q(cancelled_on__isnull=True),
                name="reviewround_once",
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(asks=""), name="reviewround_is_complete"),
            models.CheckConstraint(condition=Q(opens_on__lt=F("due_on")), name="reviewround_opens_before_it_is_due"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | Q(closed_on__isnull=False, cancelled_on__isnull=True, closed_on__gte=F("opens_on")),
                name="reviewround_closed_once_open",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True, cancelled_reason="")
                | (Q(cancelled_on__isnull=False) & ~Q(cancelled_reason="")),
                name="reviewround_cancelled_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def state_on(self, day: date) -> RoundState:
        """What it is on that day."""
        if self.cancelled_on and self.cancelled_on <= day:
            return RoundState.CANCELLED
        if self.closed_on and self.closed_on <= day:
            return RoundState.CLOSED
        if day < self.opens_on:
            return RoundState.TO_COME
        return RoundState.LATE if day > self.due_on else RoundState.OPEN

    def takes_answers(self, on: date) -> bool:
        """Whether it is open on that day: late answers count until somebody closes it."""
        return self.state_on(on) in (RoundState.OPEN, RoundState.LATE)


class ReviewRoundAreaQuerySet(models.QuerySet["ReviewRoundArea"]):
    def unanswered(self) -> Self:
        """Those of which nobody has said that nothing changed."""
        return self.filter(confirmed_on__isnull=True)


class ReviewRoundArea(models.Model):
    """An area in the scope of a round; and that nothing has changed there, if its coordinator has said so."""

    round: Any = models.ForeignKey(ReviewRound, models.PROTECT, related_name="scope")
    area = models.ForeignKey("areas.Area", models.PROTECT, related_name="+")
    confirmed_on = models.DateField("no change confirmed on", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="confirmed_round_areas"
    )
    confirmed_for = models.ForeignKey(
        Partnership, models.PROTECT, null=True, blank=True, related_name="+", help_text="The partnership that answered."
    )
    note = models.TextField(blank=True, help_text="Why the plan still holds, in the coordinator's words.")

    objects: ClassVar = ReviewRoundAreaQuerySet.as_manager()

    class Meta:
        verbose_name = "area in a review round"
        verbose_name_plural = "areas in review rounds"
        ordering: ClassVar = ["round_id", "area_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "area"], name="reviewroundarea_once"),
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True, confirmed_by__isnull=True, confirmed_for__isnull=True, note="")
                | (
                    Q(confirmed_on__isnull=False, confirmed_by__isnull=False, confirmed_for__isnull=False) & ~Q(note="")
                ),
                name="reviewroundarea_confirmed_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.area}"
