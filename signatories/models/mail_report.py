"""What mail servers and mailboxes tell us of our mails: that one came back, or was not wanted."""

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from concordat.kernel.models import About

# So many different days with a failure for now, within so long, count like one for good.
SOFT_DAYS, SOFT_WITHIN = 3, timedelta(days=30)


class Kind(models.TextChoices):
    """What a report says of the address."""

    HARD = "hard", "It takes no mail"
    SOFT = "soft", "It took none for now"
    COMPLAINT = "complaint", "Marked as unwanted"


class MailReport(About):
    """One report about one mail of ours, which is named by label and id. Written once.

    `status` is the code of RFC 3463, or the kind of complaint; `diagnostic` the server's own words, which may quote an
    address, and are emptied with the text of the mail. `reported_on` is its day in London, `received_at` in UTC.
    """

    Kind = Kind

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="mail_reports"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    status = models.CharField(max_length=20, blank=True)
    diagnostic = models.CharField(max_length=300, blank=True)
    reported_on = models.DateField()
    received_at = models.DateTimeField()
    digest = models.CharField(max_length=64, unique=True, help_text="By which the same report is known again.")

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["subject_type", "subject_id"], name="mailreport_subject")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=["hard", "soft", "complaint"]), name="mailreport_kind"),
            models.CheckConstraint(condition=~Q(subject_type="") & ~Q(digest=""), name="mailreport_of_a_mail"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.reported_on}"


class Outcome(models.TextChoices):
    """What became of something that came in as a report."""

    TAKEN = "taken", "Taken"
    AGAIN = "again", "Known already"
    IGNORED = "ignored", "Nothing to do: it arrived, or it was no complaint"
    UNKNOWN = "unknown", "About no mail of ours"
    FORGED = "forged", "Not signed as it has to be"
    UNREADABLE = "unreadable", "No report that can be read"


class MailReportCount(models.Model):
    """How many came in on a day in London, by which way (`mailbox` or `hook`), and what became of them."""

    day = models.DateField()
    way = models.CharField(max_length=10)
    outcome = models.CharField(max_length=10, choices=Outcome)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-day", "way", "outcome"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "way", "outcome"], name="mailreportcount_once"),
            models.CheckConstraint(condition=Q(way__in=["mailbox", "hook"]), name="mailreportcount_way"),
            models.CheckConstraint(
                condition=Q(outcome__in=["taken", "again", "ignored", "unknown", "forged", "unreadable"]),
                name="mailreportcount_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}, {self.way}: {self.get_outcome_display()}"

    @classmethod
    def add(cls, day: date, way: str, outcome: Outcome) -> None:
        """Count one more. Two queries at most for the first of a day, one after it."""
        key = {"day": day, "way": way, "outcome": outcome}
        if not cls.objects.filter(**key).update(count=F("count") + 1):
            MailReportCount.objects.bulk_create([MailReportCount(**key)], ignore_conflicts=True)
            cls.objects.filter(**key).update(count=F("count") + 1)
