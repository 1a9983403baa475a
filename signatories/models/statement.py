from typing import ClassVar

from django.db import models
from django.db.models import Q

from concordat.kernel.sources import Precision, Sourced
from signatories.models.organisation import Organisation
from signatories.models.partnership import Partnership
from signatories.models.person import Person


class Statement(Sourced):
    """What a named office-holder said about a partnership's work, in our words or a short quotation."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="statements")
    person = models.ForeignKey(Person, models.PROTECT, related_name="statements")
    role = models.CharField(max_length=160)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="statements")
    said_on = models.DateField(null=True, blank=True)
    said_precision = models.CharField(max_length=3, choices=Precision, blank=True)
    text = models.TextField()

    class Meta:
        ordering: ClassVar = ["said_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "person", "source"], name="statement_once_per_source"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(role="") & ~Q(source=""), name="statement_is_complete"),
            models.CheckConstraint(
                condition=Q(said_on__isnull=True, said_precision="")
                | Q(said_on__isnull=False, said_precision__in=Precision.values),
                name="statement_day_has_precision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.role}"

    @property
    def is_quotation(self) -> bool:
        """Whether the text is what the person said word for word: then it stands in quotation marks."""
        return self.text.startswith("“") and self.text.endswith("”")
