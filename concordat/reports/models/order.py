from datetime import date, datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from concordat.kernel.dates import LONDON
from concordat.reports.models.schedule import ReportSchedule
from signatories.access import Access
from signatories.models import Reply

# Whoever makes it and does not say that it is alive by then (concordat.at_work) was stopped.
QUIET_AFTER = timedelta(seconds=15)
# The same where nobody can tell whether it is alive.
STUCK_AFTER = timedelta(minutes=10)
KEPT_FOR = timedelta(days=30)


class State(models.TextChoices):
    """How far an order is. The last three are final."""

    WAITING = "waiting", "Waiting for its turn"
    WORKING = "working", "Being made"
    READY = "ready", "Ready"
    FAILED = "failed", "Could not be made"
    CANCELLED = "cancelled", "Cancelled"


OPEN = (State.WAITING, State.WORKING)


class ReportOrderQuerySet(models.QuerySet["ReportOrder"]):
    def visible_to(self, access: Access) -> "ReportOrderQuerySet":
        """Those that the person ordered, and those that a schedule has told them of. Nobody else sees them."""
        told = ReportDelivery.objects.filter(order=OuterRef("pk"), person=access.person, withheld="")
        return self.filter(Q(ordered_by=access.person) | Exists(told))

    def editable_by(self, access: Access) -> "ReportOrderQuerySet":
        """Those that the person ordered."""
        return self.filter(ordered_by=access.person)

    def open(self) -> "ReportOrderQuerySet":
        """Those without a final state."""
        return self.filter(state__in=OPEN)

    def waiting(self) -> "ReportOrderQuerySet":
        """Those that a worker has something to do for."""
        return self.filter(state=State.WAITING)

    def perhaps_stuck(self, now: datetime) -> "ReportOrderQuerySet":
        """Those of which no worker has said anything for so long that it may have been stopped."""
        return self.filter(state=State.WORKING, seen_at__lt=now - QUIET_AFTER)

    def with_a_file_to_go(self, now: datetime, removed_at: datetime | None) -> "ReportOrderQuerySet":
        """Those whose file is kept no longer: after its time, or older than the last removal of personal data; and
        those that came to nothing and left one.
        """
        is_old = Q(kept_until__lte=now) | (Q(made_at__lte=removed_at) if removed_at else Q(pk__in=[]))
        nothing = Q(state__in=[State.FAILED, State.CANCELLED])
        return self.filter((Q(state=State.READY) & is_old) | nothing).exclude(stored_as="")


class ReportOrder(models.Model):
    """A report that a worker makes, for its orderer or by a schedule. Moments are in UTC, `period` is a day in London.

    `question` holds what is asked, as texts (`questions.question_of` reads them); `digest` is of all that is ordered.
    A worker claims it by a conditional UPDATE, and `stored_as`, a name that nobody guesses and that each claim has
    anew, says whose claim it is: whoever finds another there writes nothing. `progress` is of 100.
    """

    report = models.CharField(max_length=40)
    question = models.JSONField(default=dict, blank=True)
    format = models.CharField(max_length=8)
    table = models.CharField(max_length=40, blank=True)
    digest = models.CharField(max_length=64)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="report_orders")
    ordered_at = models.DateTimeField()
    wants_mail = models.BooleanField(default=False)
    schedule = models.ForeignKey(ReportSchedule, models.PROTECT, null=True, blank=True, related_name="orders")
    period = models.DateField(null=True, blank=True, help_text="The first day of the schedule's period.")
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    version = models.PositiveIntegerField(default=1, editable=False)
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True, help_text="When its worker last said something.")
    progress = models.PositiveSmallIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    size = models.BigIntegerField(null=True, blank=True, help_text="In bytes.")
    stored_as = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    kept_until = models.DateTimeField(null=True, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=400, blank=True)

    objects = ReportOrderQuerySet.as_manager()

    class Meta:
        verbose_name = "order of a report"
        verbose_name_plural = "orders of reports"
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(
                fields=["state", "seen_at"], condition=Q(state__in=["waiting", "working"]), name="reportorder_to_do"
            ),
            models.Index(fields=["ordered_by", "-id"], name="reportorder_of_somebody"),
            models.Index(fields=["kept_until"], condition=~Q(stored_as=""), name="reportorder_with_file"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "working", "ready", "failed", "cancelled"]), name="reportorder_state"
            ),
            models.CheckConstraint(condition=~Q(report="") & ~Q(format=""), name="reportorder_of_a_report"),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}\Z"), name="reportorder_digest"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="reportorder_progress"),
            models.CheckConstraint(
                condition=(Q(state="working", claimed_at__isnull=False, seen_at__isnull=False) & ~Q(stored_as=""))
                | (~Q(state="working") & Q(claimed_at__isnull=True, seen_at__isnull=True)),
                name="reportorder_claimed_while_working",
            ),
            models.CheckConstraint(
                condition=Q(state="ready", made_at__isnull=False, kept_until__isnull=False, size__isnull=False)
                | (~Q(state="ready") & Q(made_at__isnull=True, kept_until__isnull=True, size__isnull=True)),
                name="reportorder_ready_is_made",
            ),
            models.CheckConstraint(
                condition=(Q(emptied_at__isnull=True) & (~Q(state="ready") | ~Q(stored_as="")))
                | Q(emptied_at__isnull=False, state="ready", stored_as=""),
                name="reportorder_file_until_emptied",
            ),
            models.CheckConstraint(
                condition=(Q(state="failed") & ~Q(failure="")) | (~Q(state="failed") & Q(failure="")),
                name="reportorder_failed_with_sentence",
            ),
            models.CheckConstraint(
                condition=Q(schedule__isnull=True, period__isnull=True)
                | Q(schedule__isnull=False, period__isnull=False),
                name="reportorder_period_of_a_schedule",
            ),
            models.UniqueConstraint(fields=["stored_as"], condition=~Q(stored_as=""), name="reportorder_stored_once"),
            models.UniqueConstraint(
                fields=["schedule", "period"], condition=Q(schedule__isnull=False), name="reportorder_once_a_period"
            ),
            models.UniqueConstraint(
                fields=["ordered_by", "digest"],
                condition=Q(state__in=["waiting", "working"], schedule__isnull=True),
                name="reportorder_one_open_alike",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}, {self.question.get('on', '')}"

    @property
    def last_day(self) -> date:
        """The last day in London on which the file of one that is ready is kept."""
        return (self.kept_until or self.ordered_at).astimezone(LONDON).date()

    def is_kept(self, now: datetime) -> bool:
        """Whether its file is still handed out: not after its time, also where nobody has deleted it yet."""
        return bool(self.stored_as) and self.kept_until is not None and now < self.kept_until

    @property
    def is_open(self) -> bool:
        """Whether it has no final state yet."""
        return self.state in OPEN


class ReportDelivery(models.Model):
    """Somebody whom a report that was made is told to: by a mail (`reply`), or why by none (`withheld`)."""

    order = models.ForeignKey(ReportOrder, models.PROTECT, related_name="deliveries")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="report_deliveries")
    reply = models.ForeignKey(Reply, models.PROTECT, null=True, blank=True, related_name="report_deliveries")
    withheld = models.CharField("why no mail", max_length=200, blank=True)

    class Meta:
        verbose_name = "delivery of a report"
        verbose_name_plural = "deliveries of reports"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "person"], name="reportdelivery_once"),
            models.CheckConstraint(
                condition=Q(reply__isnull=False, withheld="") | (Q(reply__isnull=True) & ~Q(withheld="")),
                name="reportdelivery_mail_or_why_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}, to {self.person}"
