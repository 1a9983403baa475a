"""The words for how an action stands (docs/rules.md) and how a plan does."""

from django.db import models


class ActionState(models.TextChoices):
    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    PAUSED = "paused", "Paused"
    COMPLETED = "completed", "Completed"
    BUSINESS_AS_USUAL = "business_as_usual", "Now business as usual"
    MERGED = "merged", "Merged into another action"
    NOT_GOING_AHEAD = "not_going_ahead", "Not going ahead"

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do."""
        return self not in CLOSED


class Confidence(models.TextChoices):
    ON_TRACK = "on_track", "On track"
    AT_RISK = "at_risk", "At risk"
    OFF_TRACK = "off_track", "Off track"


class Delivery(models.TextChoices):
    """How a plan is being delivered. Listed from the worst to the best: an area shows the worst of its plans."""

    OFF_TRACK = "off_track", "Off track"
    NO_RECENT_UPDATE = "no_recent_update", "No recent update"
    SOME_DELAYS = "some_delays", "Some delays"
    DELIVERED_IN_PART = "delivered_in_part", "Delivered in part"
    NOT_STARTED = "not_started", "Not started"
    ON_TRACK = "on_track", "On track"
    DELIVERED = "delivered", "Delivered"


DONE = frozenset({ActionState.COMPLETED, ActionState.BUSINESS_AS_USUAL})
CLOSED = DONE | {ActionState.MERGED, ActionState.NOT_GOING_AHEAD}
