from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import MD5

from actionplans.models.action import Action
from actionplans.models.subject import Theme
from actionplans.models.timed import Timed
from concordat.kernel.sources import Precision, Sourced
from signatories.access import Access
from signatories.models import Partnership


class CommitmentQuerySet(models.QuerySet[Any]):
    def shown_on(self, day: date) -> "CommitmentQuerySet":
        """Those made by that day, or on a day that is not recorded, and not ended by then."""
        made = Q(made_on__isnull=True) | Q(made_on__lte=day)
        return self.filter(made & (Q(ended_on__isnull=True) | Q(ended_on__gt=day)))

    def visible_to(self, access: Access) -> "CommitmentQuerySet":
        """Those of partnerships whose own side the person sees."""
        return self.all() if access.is_national else self.filter(partnership__in=access.reads)


class Commitment(Sourced):
    """“You said”: what people asked for. Its answers, “We will”, are its promises.

    One that is no longer made keeps its row: it is shown until the day before `ended_on`. `version` grows with every
    save of it and of its promises: whoever saves an older one is told.
    """

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="commitments")
    you_said = models.TextField()
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, related_name="commitments")
    made_on = models.DateField(null=True, blank=True, help_text="Empty if the source gives no day.")
    made_precision = models.CharField(max_length=3, choices=Precision, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    ended_on = models.DateField(
        "no longer made from", null=True, blank=True, help_text="The first day on which it is no longer shown."
    )
    ended_reason = models.TextField("why it is no longer made", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = CommitmentQuerySet.as_manager()

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
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_reason="") | (Q(ended_on__isnull=False) & ~Q(ended_reason="")),
                name="commitment_ended_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(made_on__isnull=True) | Q(ended_on__isnull=True) | Q(ended_on__gte=F("made_on")),
                name="commitment_ended_after_made",
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
