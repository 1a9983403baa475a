from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from actionplans.models.action import Action
from actionplans.states import ActionState, Confidence
from signatories.access import Access


def reported_on(day: date, prefix: str = "") -> Q:
    """The accepted update that holds on that day; `prefix` leads to it (`updates__`)."""
    ended = Q(**{f"{prefix}until_on__isnull": True}) | Q(**{f"{prefix}until_on__gt": day})
    return Q(**{f"{prefix}state": "accepted", f"{prefix}reported_on__lte": day}) & ended


class ProgressUpdateQuerySet(models.QuerySet[Any]):
    def public_by(self, day: date) -> "ProgressUpdateQuerySet":
        """Those that anybody may read who looks at that day: accepted, and reported by then."""
        return self.accepted().filter(reported_on__lte=day)

    def seen_by(self, access: Access, on: date) -> "ProgressUpdateQuerySet":
        """Those on actions whose own side the person sees; drafts are for those who report."""
        seen = self.filter(action__in=Action.objects.visible_to(access, on).values("pk"))
        return seen.exclude(state=ProgressUpdate.State.DRAFT)

    def waiting_for(self, access: Access) -> "ProgressUpdateQuerySet":
        """Those that wait for this person to accept or return them."""
        waiting = self.filter(state=ProgressUpdate.State.SUBMITTED)
        if access.is_administrator:
            return waiting
        return waiting.filter(action__plan__partnership__in=access.coordinates)

    def open(self) -> "ProgressUpdateQuerySet":
        """Those in hand, or waiting for acceptance."""
        return self.exclude(state=ProgressUpdate.State.ACCEPTED)

    def accepted(self) -> "ProgressUpdateQuerySet":
        """Those that count."""
        return self.filter(state=ProgressUpdate.State.ACCEPTED)


class ProgressUpdate(models.Model):
    """What was reported about an action on a day. It counts once a coordinator accepted it.

    An action has at most one report in hand (draft or returned); whoever may report on the action works on that one.
    Its `version` grows with every save: who saves an older one is shown both (docs/adr/0009-one-report-in-hand.md).

    An accepted one is the action's state from `reported_on` until `until_on`, the day of the next accepted
    one; null while it is the last.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Waiting for acceptance"
        ACCEPTED = "accepted", "Accepted"
        RETURNED = "returned", "Returned"

    action = models.ForeignKey(Action, models.PROTECT, related_name="updates")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    reported_on = models.DateField()
    until_on = models.DateField(null=True, blank=True, editable=False)
    status = models.CharField(max_length=20, choices=ActionState)
    confidence = models.CharField(max_length=10, choices=Confidence, blank=True)
    public_text = models.TextField(blank=True)
    internal_note = models.TextField(blank=True)
    completed_on = models.DateField(null=True, blank=True)
    outcome_note = models.TextField(blank=True)
    merged_into = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="merged_from")
    reason = models.TextField(blank=True, help_text="Why it is dropped or reopened.")
    measure_value = models.CharField("the measure is now", max_length=200, blank=True)
    is_no_change = models.BooleanField("no change since last time", default=False)
    new_timescale_text = models.CharField("proposed new timescale as written", max_length=400, blank=True)
    new_due_on = models.DateField("proposed new due day", null=True, blank=True)
    new_date_reason = models.TextField("why the date moves", blank=True)
    review_comment = models.TextField(blank=True, help_text="What the coordinator asks for on returning it.")
    version = models.PositiveIntegerField(default=1, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True, help_text="UTC.")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="updates")
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="accepted_updates"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = ProgressUpdateQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["action_id", "reported_on", "id"]
        indexes: ClassVar = [
            models.Index(fields=["action", "reported_on"], condition=Q(state="accepted"), name="update_accepted"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted", "accepted", "returned"]), name="update_state"
            ),
            models.CheckConstraint(condition=Q(status__in=ActionState.values), name="update_status"),
            models.CheckConstraint(
                condition=Q(confidence="") | Q(confidence__in=Confidence.values), name="update_confidence"
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", accepted_at__isnull=False)
                | (~Q(state="accepted") & Q(accepted_at__isnull=True, accepted_by__isnull=True, until_on__isnull=True)),
                name="update_accepted_has_time",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("reported_on")), name="update_in_order"
            ),
            models.CheckConstraint(
                # A draft may be half filled in: it is saved as its owner goes.
                condition=Q(state="draft")
                | (Q(status="completed", completed_on__isnull=False) & ~Q(outcome_note=""))
                | (~Q(status="completed") & Q(completed_on__isnull=True)),
                name="update_completed_has_day_and_outcome",
            ),
            models.CheckConstraint(
                condition=Q(completed_on__isnull=True) | Q(completed_on__lte=F("reported_on")),
                name="update_completed_before_reported",
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(status="merged", merged_into__isnull=False)
                | (~Q(status="merged") & Q(merged_into__isnull=True)),
                name="update_merged_has_target",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("action")),
                name="update_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | ~Q(status="not_going_ahead") | ~Q(reason=""),
                name="update_dropped_has_reason",
            ),
            models.UniqueConstraint(
                fields=["action"],
                condition=Q(state="accepted", until_on__isnull=True),
                name="update_one_current_per_action",
            ),
            models.UniqueConstraint(
                fields=["action"],
                condition=Q(state__in=["draft", "returned"]),
                name="update_one_in_hand_per_action",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(new_due_on__isnull=True) | ~Q(new_date_reason=""),
                name="update_moved_date_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(review_comment=""), name="update_returned_with_comment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()}, {self.reported_on}"
