import uuid
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from signatories.models.partnership import Partnership

if TYPE_CHECKING:
    from signatories.access import Access


class ContactEntryQuerySet(models.QuerySet["ContactEntry"]):
    def visible_to(self, access: "Access") -> Self:
        """All of them for national roles, none for anybody else."""
        return self.all() if access.is_national else self.none()

    def standing(self) -> Self:
        """Those that no further entry corrects."""
        return self.filter(~Exists(ContactEntry.objects.filter(corrects=OuterRef("pk"))))

    def with_open_step(self) -> Self:
        """Those whose next step still has to be taken: neither corrected nor closed by a later entry."""
        closed = Exists(ContactEntry.objects.filter(closes=OuterRef("pk")))
        return self.standing().filter(~closed).exclude(next_step="")


class ContactEntry(models.Model):
    """Who of a partnership or an area was spoken to, what was said, and what comes next. For national eyes alone.

    Nobody changes an entry: a further one corrects it. A later entry may close the next step of an earlier one. What
    is personal stands here alone; its `Change` never repeats it.
    """

    class How(models.TextChoices):
        PHONE = "phone", "By phone"
        EMAIL = "email", "By email"
        MEETING = "meeting", "In a meeting"
        LETTER = "letter", "By letter"

    partnership = models.ForeignKey(Partnership, models.PROTECT, null=True, blank=True, related_name="contacts")
    area = models.ForeignKey("areas.Area", models.PROTECT, null=True, blank=True, related_name="contacts")
    spoken_on = models.DateField(help_text="The day in London.")
    whom = models.CharField("with whom", max_length=200, help_text="Role or office. Never published.")
    how = models.CharField(max_length=7, choices=How)
    said = models.TextField("what was said")
    next_step = models.CharField(max_length=500, blank=True)
    next_due_on = models.DateField("next step due on", null=True, blank=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected_by")
    closes = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="closed_by",
        help_text="The earlier entry whose next step was taken by this contact.",
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="recorded_contacts")
    recorded_at = models.DateTimeField(help_text="UTC.")
    ticket: Any = models.UUIDField(
        default=uuid.uuid4, unique=True, editable=False, help_text="Of the form: sent twice it is one entry."
    )

    objects: ClassVar = ContactEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "contact"
        ordering: ClassVar = ["-spoken_on", "-id"]
        indexes: ClassVar = [models.Index(fields=["next_due_on"], name="contactentry_due")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(partnership__isnull=False, area__isnull=True)
                | Q(partnership__isnull=True, area__isnull=False),
                name="contactentry_of_one_place",
            ),
            models.CheckConstraint(
                condition=Q(how__in=["phone", "email", "meeting", "letter"]), name="contactentry_how"
            ),
            models.CheckConstraint(condition=~Q(whom="") & ~Q(said=""), name="contactentry_is_complete"),
            models.CheckConstraint(
                condition=Q(next_due_on__isnull=True)
                | (~Q(next_step="") & Q(next_due_on__isnull=False, next_due_on__gte=F("spoken_on"))),
                name="contactentry_due_day_of_a_step",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")), name="contactentry_not_its_own_correction"
            ),
            models.CheckConstraint(
                condition=Q(closes__isnull=True) | ~Q(closes=F("id")), name="contactentry_closes_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_how_display()}, {self.spoken_on:%Y-%m-%d}"

    @property
    def place(self) -> Any:
        """The partnership or the area that it is about."""
        return self.partnership or self.area
