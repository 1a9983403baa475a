from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from signatories.models.mailed import Mailed, MailedQuerySet

# What a visitor wrote: redaction empties it.
PERSONAL = ("about", "message", "name", "email")


class EnquiryQuerySet(MailedQuerySet["Enquiry"]):
    def to_mail(self, now: datetime) -> Self:
        """Those of which the administrators have no mail yet, where it is time to try: an answered one needs none."""
        return super().to_mail(now).filter(answered_at__isnull=True, redacted_at__isnull=True)

    def answered_before(self, moment: datetime) -> Self:
        """Those that were dealt with before that moment and still hold what the visitor wrote."""
        return self.filter(answered_at__lt=moment, redacted_at__isnull=True)


class Enquiry(Mailed):
    """What a visitor asked or reported on the contact page. Seen by administrators alone.

    `mail_state` says whether they were told of it by email. The texts are deleted some time after it is
    answered; the row stays, with that day as its mark.
    """

    class Kind(models.TextChoices):
        QUESTION = "question", "A question"
        MISTAKE = "mistake", "Something is wrong on a page"

    reference = models.CharField(max_length=12, unique=True, help_text="The number that the visitor was given.")
    kind = models.CharField(max_length=10, choices=Kind)
    about = models.CharField("page", max_length=300, blank=True, help_text="The address on this site, from “/” on.")
    message = models.TextField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    received_at = models.DateTimeField("received")
    mailed_to: Any = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", help_text="The administrators who have the mail."
    )
    answered_at = models.DateTimeField("answered", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="answered_enquiries"
    )
    redacted_at = models.DateTimeField("texts deleted", null=True, blank=True)

    objects: ClassVar = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "enquiries"
        # Open ones first, those that have waited longest on top; then what was answered, the latest first.
        ordering: ClassVar = [F("answered_at").desc(nulls_first=True), "received_at", "id"]
        constraints: ClassVar = [
            *Mailed.Meta.constraints,
            models.CheckConstraint(condition=~Q(reference=""), name="enquiry_has_reference"),
            models.CheckConstraint(condition=Q(kind__in=["question", "mistake"]), name="enquiry_kind"),
            models.CheckConstraint(
                condition=Q(about="") | (Q(about__startswith="/") & ~Q(about__startswith="//")),
                name="enquiry_about_a_page_of_ours",
            ),
            models.CheckConstraint(
                condition=(Q(redacted_at__isnull=True) & ~Q(message=""))
                | Q(redacted_at__isnull=False, about="", message="", name="", email=""),
                name="enquiry_texts_until_redacted",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="enquiry_answered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.reference}"
