"""What an administrator lets the reminders say in place of the shipped words (docs/adr/0022-words-and-bounces.md)."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery

TEXTS = ("subject", "opening", "item", "why", "hand_over")
SAYS_NOTHING = Q(**dict.fromkeys(TEXTS, ""))
SAYS_ALL = ~Q(subject="") & ~Q(opening="") & ~Q(item="") & ~Q(why="") & ~Q(hand_over="")


class WordingQuerySet(models.QuerySet["Wording"]):
    def on(self, day: date) -> "WordingQuerySet":
        """Of each rule the decision that holds on that day: of those that had begun, the one made last."""
        begun = Wording.objects.filter(rule=OuterRef("rule"), from_on__lte=day).order_by("-number")
        return self.filter(pk=Subquery(begun.values("pk")[:1]))


class Wording(models.Model):
    """One decision on how the reminders of a rule are worded, from a day in London on. Written once.

    The decisions of a rule are numbered; a later one takes the place of all earlier ones from its day on. `is_shipped`:
    the words that came with the program are used again.
    """

    rule = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    from_on = models.DateField("from")
    is_shipped = models.BooleanField("back to the shipped words", default=False)
    subject = models.CharField(max_length=120, blank=True)
    opening = models.TextField(blank=True)
    item = models.TextField("below each item", blank=True)
    why = models.TextField("why it came", blank=True)
    hand_over = models.TextField("how to hand over", blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="wordings")
    decided_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = WordingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["rule", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rule", "number"], name="wording_one_after_the_other"),
            models.CheckConstraint(condition=Q(number__gte=1) & ~Q(rule=""), name="wording_of_a_rule"),
            models.CheckConstraint(
                condition=(Q(is_shipped=True) & SAYS_NOTHING) | (Q(is_shipped=False) & SAYS_ALL),
                name="wording_says_all_or_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule}, from {self.from_on}"
