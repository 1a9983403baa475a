from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from concordat.kernel.periods import Dated
from concordat.kernel.sources import Sourced


class Programme(Sourced):
    """A national programme with its stewards, milestones and thresholds."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    nation = models.CharField(max_length=40, default="England")
    launched_on = models.DateField(null=True, blank=True)
    complete_to = models.DateField(
        "records complete to", null=True, blank=True, help_text="After this day, “none recorded” does not mean “none”."
    )
    core_signatory_types = models.JSONField(
        default=list, blank=True, help_text="Organisation types that must sign before a declaration counts."
    )

    inherit_months = models.PositiveSmallIntegerField(
        default=12, help_text="How long a successor area shows what it inherited."
    )
    update_every_months = models.PositiveSmallIntegerField(default=3, help_text="Unless a partnership sets its own.")
    stale_after_periods = models.PositiveSmallIntegerField(default=2, help_text="Update periods without an update.")
    overdue_after_working_days = models.PositiveSmallIntegerField(
        default=10, help_text="Until then an action is not publicly overdue."
    )
    must_do_overdue_days = models.PositiveSmallIntegerField(default=90)
    off_track_percent = models.PositiveSmallIntegerField(default=25, help_text="Of the open actions.")

    window_opens_days = models.PositiveSmallIntegerField(
        default=20, help_text="Working days before papers are due: updates are asked for."
    )
    nudge_days = models.PositiveSmallIntegerField(default=10, help_text="Who has not answered is reminded.")
    closing_days = models.PositiveSmallIntegerField(default=5, help_text="The coordinator gets the list.")
    last_notice_days = models.PositiveSmallIntegerField(default=3, help_text="The last notice.")
    due_soon_days = models.PositiveSmallIntegerField(default=30, help_text="So long before its day an owner is told.")
    silent_after_months = models.PositiveSmallIntegerField(
        default=6, help_text="Without an update of a plan, national staff are told."
    )
    link_days = models.PositiveSmallIntegerField(
        default=30, help_text="So long the link in a reminder opens without a password."
    )
    mail_kept_months = models.PositiveSmallIntegerField(
        default=12, help_text="So long we keep what a mail said. Then its text is emptied."
    )
    put_off_days = models.PositiveSmallIntegerField(
        default=14, help_text="For so long at most an owner puts the reminders of an action off; 0: not at all."
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    window_opens_days__gt=F("nudge_days"),
                    nudge_days__gt=F("closing_days"),
                    closing_days__gt=F("last_notice_days"),
                    silent_after_months__gte=1,
                ),
                name="programme_window_in_order",
            ),
            models.CheckConstraint(
                condition=Q(update_every_months__gte=1, stale_after_periods__gte=1, off_track_percent__range=(1, 100)),
                name="programme_thresholds_make_sense",
            ),
            models.CheckConstraint(condition=Q(link_days__range=(1, 90)), name="programme_link_days"),
            models.CheckConstraint(condition=Q(mail_kept_months__gte=1), name="programme_mails_are_kept"),
            models.CheckConstraint(condition=~Q(name=""), name="programme_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Steward(Dated, Sourced):
    """Who looked after the programme, and when."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="stewards")
    name = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar = ["from_on", "name"]
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["programme", "name", "from_on"], name="steward_once"),
            # Two nulls are never the same to a uniqueness, so those without a first day have one of their own.
            models.UniqueConstraint(
                fields=["programme", "name"], condition=Q(from_on__isnull=True), name="steward_once_undated"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="steward_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Milestone(Sourced):
    """What the programme asked of every area by a day."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="milestones")
    name = models.CharField(max_length=120)
    due_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["due_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "name"], name="milestone_once"),
            models.CheckConstraint(condition=~Q(name=""), name="milestone_has_name"),
        ]

    def __str__(self) -> str:
        return self.name
