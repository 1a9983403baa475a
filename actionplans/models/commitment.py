from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5

from actionplans.models.action import Action
from actionplans.models.subject import Theme
from actionplans.models.timed import Timed
from concordat.kernel.sources import Precision, Sourced
from signatories.models import Partnership


class Commitment(Sourced):
    """“You said”: what people asked for. Its answers, “We will”, are its promises."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="commitments")
    you_said = models.TextField()
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, related_name="commitments")
    made_on = models.DateField(null=True, blank=True, help_text="Empty if the source gives no day.")
    made_precision = models.CharField(max_length=3, choices=Precision, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["partnership_id", "position", "id"]
        constraints: ClassVar = [
            # By their digest: PostgreSQL cannot index a text of more than 2704 bytes.
            models.UniqueConstraint("partnership", MD5("you_said"), name="commitment_once"),
            models.CheckConstraint(condition=~Q(you_said=""), name="commitment_says_something"),
            models.CheckConstraint(
                condition=Q(made_on__isnull=True, made_precision="")
                | Q(made_on__isnull=False, made_precision__in=Precision.values),
                name="commitment_day_has_precision",
            ),
        ]

    def __str__(self) -> str:
        return self.you_said[:80]


class Promise(Timed):
    """“We will”: one answer. A hedged one (“aspire to”) is a hope, not a promise, and says so."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="promises")
    we_will = models.TextField()
    is_hope = models.BooleanField("hope, not promise", default=False)
    position = models.PositiveSmallIntegerField(default=0)
    actions: Any = models.ManyToManyField(Action, blank=True, related_name="promises")

    class Meta:
        ordering: ClassVar = ["commitment_id", "position", "id"]
        constraints: ClassVar = [
            *Timed.Meta.constraints,
            models.UniqueConstraint("commitment", MD5("we_will"), name="promise_once"),
            models.CheckConstraint(condition=~Q(we_will=""), name="promise_says_something"),
        ]

    def __str__(self) -> str:
        return self.we_will[:80]
