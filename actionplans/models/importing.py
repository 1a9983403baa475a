from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from actionplans.models.action import Action
from actionplans.models.plan import PlanVersion
from signatories.access import Access
from signatories.models import Partnership

# Longer than any step takes: whoever claimed it and has not ended it by then was stopped.
STUCK_AFTER = timedelta(minutes=3)
# Whoever has it and does not say that it is alive by then (concordat.at_work) was stopped too.
QUIET_AFTER = timedelta(seconds=15)
LONGEST_REFUSAL = 400


class Quarters(models.TextChoices):
    """How a partnership counts the quarters of a year."""

    CALENDAR = "calendar", "By the calendar: Q1 is January to March"
    NHS = "nhs", "By the financial year: Q1 is April to June"


class PlanImportQuerySet(models.QuerySet["PlanImport"]):
    def visible_to(self, access: Access) -> "PlanImportQuerySet":
        """Those of partnerships whose own side the person sees."""
        return self.all() if access.is_national else self.filter(draft__plan__partnership__in=access.reads)

    def editable_by(self, access: Access) -> "PlanImportQuerySet":
        """Those that the person goes on with: of the partnerships that they coordinate."""
        if access.is_administrator:
            return self.all()
        return self.filter(draft__plan__partnership__in=access.coordinates)

    def open(self) -> "PlanImportQuerySet":
        """Those not yet ended."""
        return self.filter(state__in=OPEN)

    def waiting(self) -> "PlanImportQuerySet":
        """Those that a worker has something to do for."""
        return self.filter(state__in=[PlanImport.State.RECEIVED, PlanImport.State.CONFIRMED])

    def perhaps_stuck(self, now: datetime) -> "PlanImportQuerySet":
        """Those that a worker has had so long that it has said since whether it is alive."""
        at_work = [PlanImport.State.READING, PlanImport.State.APPLYING]
        return self.filter(state__in=at_work, claimed_at__lt=now - QUIET_AFTER)


class PlanImport(models.Model):
    """A plan file, or a pasted table, on its way into a draft version (docs/importing.md).

    The file and each of its rows as read are kept. What stands in `found` is the preview: the questions, the warnings,
    what is missing, how the columns were read, and how many actions are new, changed or unchanged; the actions
    themselves are in the rows. `version` grows with every step, and a conditional UPDATE on it decides who goes on.
    """

    class State(models.TextChoices):
        RECEIVED = "received", "Waiting to be read"
        READING = "reading", "Being read"
        READY = "ready", "Ready to look at"
        CONFIRMED = "confirmed", "Waiting to be applied"
        APPLYING = "applying", "Being applied"
        APPLIED = "applied", "Applied"
        REFUSED = "refused", "Could not be read"
        ABANDONED = "abandoned", "Abandoned"

    draft = models.ForeignKey(PlanVersion, models.PROTECT, related_name="imports")
    state = models.CharField(max_length=9, choices=State, default=State.RECEIVED)
    version = models.PositiveIntegerField(default=1, editable=False)
    original_name = models.CharField("name as sent", max_length=255, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, help_text="Of the file, or of the pasted text in UTF-8.")
    size = models.PositiveIntegerField(help_text="In bytes.")
    stored_as = models.CharField(max_length=100, blank=True, help_text="Its name in the storage, which nobody guesses.")
    pasted = models.TextField("pasted text", blank=True)
    as_at = models.DateField("how things stood on", help_text="The day in London on which the file says how it stands.")
    quarters = models.CharField(max_length=8, choices=Quarters, blank=True)
    default_year = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The financial year that dates without a year are in, by its first year."
    )
    sheets = models.JSONField(default=list, blank=True, help_text="Name, heading, and what is hidden, of each.")
    remarks = models.JSONField(default=dict, blank=True, help_text="The reader's warnings, and notes around tables.")
    answers = models.JSONField(default=dict, blank=True, help_text="By the key of the question.")
    found = models.JSONField(default=dict, blank=True)
    digest = models.CharField(max_length=64, blank=True, help_text="Of all that the preview shows.")
    notice = models.CharField(max_length=LONGEST_REFUSAL, blank=True, help_text="Why it was not applied as confirmed.")
    refusal = models.CharField(max_length=LONGEST_REFUSAL, blank=True, help_text="Why it could not be read.")
    claimed_at = models.DateTimeField(null=True, blank=True, help_text="UTC.")
    tries = models.PositiveSmallIntegerField(default=0)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="plan_imports"
    )
    uploaded_at = models.DateTimeField(help_text="UTC.")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="confirmed_imports"
    )
    applied_at = models.DateTimeField(null=True, blank=True, help_text="UTC.")

    objects = PlanImportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(
                fields=["state", "claimed_at"],
                condition=Q(state__in=["received", "reading", "confirmed", "applying"]),
                name="planimport_to_do",
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        *("received", "reading", "ready", "confirmed"),
                        *("applying", "applied", "refused", "abandoned"),
                    ]
                ),
                name="planimport_state",
            ),
            models.CheckConstraint(
                condition=(~Q(stored_as="") & ~Q(original_name="") & Q(pasted=""))
                | (Q(stored_as="", original_name="") & ~Q(pasted="")),
                name="planimport_is_a_file_or_a_paste",
            ),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}\Z"), name="planimport_sha256"),
            models.CheckConstraint(condition=Q(quarters__in=["", "calendar", "nhs"]), name="planimport_quarters"),
            models.CheckConstraint(
                condition=Q(default_year__isnull=True) | Q(default_year__gte=2000, default_year__lte=2050),
                name="planimport_default_year",
            ),
            models.CheckConstraint(
                condition=(Q(state="refused") & ~Q(refusal="")) | (~Q(state="refused") & Q(refusal="")),
                name="planimport_refused_with_sentence",
            ),
            models.CheckConstraint(
                condition=Q(state="applied", applied_at__isnull=False)
                | (~Q(state="applied") & Q(applied_at__isnull=True)),
                name="planimport_applied_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["reading", "applying"], claimed_at__isnull=False)
                | (~Q(state__in=["reading", "applying"]) & Q(claimed_at__isnull=True)),
                name="planimport_claimed_while_at_work",
            ),
            models.UniqueConstraint(fields=["stored_as"], condition=~Q(stored_as=""), name="planimport_stored_once"),
            models.UniqueConstraint(
                fields=["draft"],
                condition=Q(state__in=["received", "reading", "ready", "confirmed", "applying"]),
                name="planimport_one_open_per_draft",
            ),
        ]

    def __str__(self) -> str:
        return self.original_name or "Pasted table"

    @property
    def is_at_work(self) -> bool:
        """Whether a worker has something to do for it, or is doing it."""
        return self.state in AT_WORK

    @property
    def is_open(self) -> bool:
        """Whether it is not yet ended."""
        return self.state in OPEN

    @property
    def must_be_answered(self) -> list[dict[str, Any]]:
        """The open questions without which it is not applied; others may wait (actionplans.importing.previewing)."""
        return [each for each in self.found.get("questions", ()) if not each.get("may_wait")]


AT_WORK = frozenset(
    {PlanImport.State.RECEIVED, PlanImport.State.READING, PlanImport.State.CONFIRMED, PlanImport.State.APPLYING}
)
OPEN = AT_WORK | {PlanImport.State.READY}


class ImportedRow(models.Model):
    """One row of a plan file as it was read, for good, and what became of it.

    `understood` is the action that begins in this row, as the preview shows it; empty for every other row.
    """

    class Change(models.TextChoices):
        NEW = "new", "New"
        CHANGED = "changed", "Changed"
        UNCHANGED = "unchanged", "Unchanged"

    plan_import = models.ForeignKey(PlanImport, models.PROTECT, related_name="rows")
    position = models.PositiveIntegerField(help_text="In the whole file, from 1.")
    sheet = models.PositiveSmallIntegerField(help_text="Which of the import's sheets, from 0.")
    number = models.PositiveIntegerField(help_text="As the sheet numbers it.")
    is_hidden = models.BooleanField(default=False)
    cells = models.JSONField(default=list, blank=True, help_text="As read: place, text, value, colour and the like.")
    became = models.CharField(max_length=10, blank=True, help_text="action, part, section, header, key, note, left_out")
    change = models.CharField(max_length=9, choices=Change, blank=True)
    understood = models.JSONField(default=dict, blank=True)
    action = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="imported_from")

    class Meta:
        ordering: ClassVar = ["plan_import_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan_import", "position"], name="importedrow_position_once"),
            models.CheckConstraint(
                condition=Q(change__in=["", "new", "changed", "unchanged"]), name="importedrow_change"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["plan_import", "change", "position"], condition=~Q(change=""), name="importedrow_preview"
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan_import}, row {self.number}"


class ImportMemory(models.Model):
    """What a partnership has told of how it writes its plans, so that it is asked once."""

    partnership = models.OneToOneField(Partnership, models.PROTECT, related_name="import_memory")
    rag_key = models.JSONField(default=dict, blank=True, help_text="What each colour stands for: state and confidence.")
    quarters = models.CharField(max_length=8, choices=Quarters, blank=True)
    default_year = models.PositiveSmallIntegerField(null=True, blank=True)
    answers = models.JSONField(default=dict, blank=True, help_text="Those that hold for its next file too, by key.")

    class Meta:
        verbose_name_plural = "import memories"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(quarters__in=["", "calendar", "nhs"]), name="importmemory_quarters"),
            models.CheckConstraint(
                condition=Q(default_year__isnull=True) | Q(default_year__gte=2000, default_year__lte=2050),
                name="importmemory_default_year",
            ),
        ]

    def __str__(self) -> str:
        return f"How {self.partnership} writes its plans"
