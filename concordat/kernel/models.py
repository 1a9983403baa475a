"""The record of changes, and claims: dated facts with their source, kept also where they conflict."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, models
from django.db.models import Q
from django.utils.timezone import localtime

from concordat.kernel.dates import LONDON
from concordat.kernel.sources import Precision


class About(models.Model):
    """A row about any other row, named by model label ("signatories.declaration") and id."""

    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()

    class Meta:
        abstract = True


class ChangeQuerySet(models.QuerySet["Change"]):
    def about(self, subject: models.Model) -> "ChangeQuerySet":
        """The changes of one row, oldest first."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk).order_by("id")


class Change(About):
    """Who changed what, when, from what to what, and why. Append-only: the database refuses to alter a row.

    `fields` maps each field's name to [before, after]. The one alteration allowed is redaction of
    personal data: it empties texts, or puts the mark “[removed]” in the place of words, and leaves its moment.
    """

    verb = models.CharField(max_length=40)
    fields = models.JSONField(default=dict, blank=True)
    why = models.TextField("reason", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="changes", verbose_name="person"
    )
    by_command = models.CharField("command", max_length=60, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    redacted_at = models.DateTimeField(null=True, blank=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="change_subject"),
            models.Index(fields=["recorded_at"], name="change_recorded_at"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(by__isnull=False, by_command="") | (Q(by__isnull=True) & ~Q(by_command="")),
                name="change_by_person_or_command",
            ),
            models.CheckConstraint(condition=~Q(verb=""), name="change_has_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id} {self.verb}"

    @property
    def actor(self) -> str:
        """The person or the command that did it, in words."""
        return str(self.by) if self.by_id else f"command {self.by_command}"


class RedactionQuerySet(models.QuerySet["Redaction"]):
    def days(self) -> list[date]:
        """The days in London on which something was removed, the first one first. One query."""
        return sorted({localtime(at, LONDON).date() for at in self.values_list("at", flat=True)})


class Redaction(About):
    """That personal data were taken out of one text of a row, or out of the record of its changes. Never which.

    `field` is the text's name in its model, `record` for the recorded changes, `file` for a document's file.
    """

    RECORD, FILE = "record", "file"

    class Category(models.TextChoices):
        PERSON = "person", "It names a person"
        HEALTH = "health", "It tells of somebody’s health"
        OTHER = "other", "Another reason"

    field = models.CharField(max_length=60)
    category = models.CharField(max_length=10, choices=Category)
    reason = models.TextField("internal reason", help_text="Without the words that were removed.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="redactions", verbose_name="person")
    at = models.DateTimeField("removed", help_text="UTC.")
    places = models.PositiveIntegerField(help_text="In how many places.")

    objects = RedactionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["subject_type", "subject_id", "id"], name="redaction_subject")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(category__in=["person", "health", "other"]), name="redaction_category"),
            models.CheckConstraint(condition=~Q(field="") & ~Q(reason=""), name="redaction_says_where_and_why"),
            models.CheckConstraint(condition=Q(places__gte=1), name="redaction_somewhere"),
        ]

    def __str__(self) -> str:
        return f"{self.get_category_display()}: {self.field} of {self.subject_type} {self.subject_id}"


class Revision(models.Model):
    """One row with a stamp that is new after every transaction that recorded a change.

    The database renews it by itself (migration 0004), so that what was computed from the facts can be kept under
    it: the stamp and the facts always change together (docs/adr/0008-pages-by-revision.md).
    """

    stamp = models.CharField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(id=1), name="revision_is_one_row"),
            models.CheckConstraint(condition=Q(stamp__regex=r"^[0-9a-f]{32}\Z"), name="revision_stamp"),
        ]

    def __str__(self) -> str:
        return self.stamp

    @classmethod
    def current(cls) -> str:
        """The stamp of the facts as they are now; empty while nothing was ever recorded. One query.

        Ask for it before the facts: what is kept under it is then never older than it says.
        """
        # Nearly every page asks this first and nothing else: it is itself the check whether a kept connection still
        # lives, which Django would make with a query of its own. A lost one is made anew, once.
        connection.health_check_done = True  # type: ignore[attr-defined] # the stubs do not know it
        try:
            row = cls._stamp()
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block:
                raise
            connection.close()
            row = cls._stamp()
        return str(row[0]) if row else ""

    @staticmethod
    def _stamp() -> tuple[str] | None:
        """The row, in SQL: building the statement takes longer than the database's answer."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT stamp FROM kernel_revision")
            row: tuple[str] | None = cursor.fetchone()
        return row


class Claim(About):
    """What a source says happened, and when. Claims may conflict: one is chosen, none is dropped."""

    class Event(models.TextChoices):
        LAUNCH = "launch", "launch of the national Concordat"
        INTENDED = "intended", "intention to sign"
        DECLARATION = "declaration", "declaration published"
        PLAN = "plan", "action plan published"
        CHECK = "check", "count stated by a national source"
        SIGNATORIES = "signatories", "number of signatories"
        AGREEMENT = "agreement", "agreement between partners"
        PUBLICATION = "publication", "publication of a document"

    event = models.CharField(max_length=20, choices=Event)
    on = models.DateField(null=True, blank=True, help_text="The day in London; empty if the source gives none.")
    precision = models.CharField(max_length=3, choices=Precision, blank=True)
    text = models.TextField("what is claimed", blank=True, help_text="In our own words.")
    source = models.CharField(max_length=400)
    chosen = models.BooleanField(default=False, help_text="The claim that our own record follows.")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(on__isnull=True, precision="") | Q(on__isnull=False, precision__in=Precision.values),
                name="claim_day_has_precision",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="claim_has_source"),
            models.CheckConstraint(
                condition=Q(
                    event__in=[
                        "launch",
                        "intended",
                        "declaration",
                        "plan",
                        "check",
                        "signatories",
                        "agreement",
                        "publication",
                    ]
                ),
                name="claim_event",
            ),
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "event"],
                condition=Q(chosen=True),
                name="claim_one_chosen_per_event",
            ),
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "event", "source", "on"],
                condition=Q(on__isnull=False),
                name="claim_once_per_source_and_day",
            ),
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "event", "source"],
                condition=Q(on__isnull=True),
                name="claim_once_per_source_undated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_event_display()} ({self.source})"
