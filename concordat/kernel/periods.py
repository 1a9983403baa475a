"""Things that hold from a day until another: `from_on` is the first day, `until_on` the first day no longer.

Both may be unknown (null): then the thing has no beginning, or no end, that limits it.
"""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q


def holds(from_on: date | None, until_on: date | None, on: date) -> bool:
    """Whether something that is so from `from_on` until before `until_on` is so on that day."""
    return (from_on is None or from_on <= on) and (until_on is None or on < until_on)


def holds_on(on: date | F, prefix: str = "") -> Q:
    """The same question for the database; `prefix` leads to the dated row (`codes__`).

    The day may be a column too: `F("held_on")`, or `OuterRef("held_on")` in a subquery.
    """

    def null_or(field: str, lookup: str) -> Q:
        return Q(**{f"{prefix}{field}__isnull": True}) | Q(**{f"{prefix}{field}__{lookup}": on})

    return null_or("from_on", "lte") & null_or("until_on", "gt")


class DatedQuerySet(models.QuerySet[Any]):
    def on(self, day: date) -> "DatedQuerySet":
        """The rows that hold on that day."""
        return self.filter(holds_on(day))


class Dated(models.Model):
    """A row with a first day and a first day no longer, either of them possibly unknown."""

    from_on = models.DateField("from", null=True, blank=True, help_text="The first day; empty if not recorded.")
    until_on = models.DateField(
        "until", null=True, blank=True, help_text="The first day on which this no longer holds; empty if it still does."
    )

    objects: ClassVar = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(from_on__lt=F("until_on")),
                name="%(class)s_from_before_until",
            )
        ]

    def holds_on(self, on: date) -> bool:
        """Whether the row holds on that day."""
        return holds(self.from_on, self.until_on, on)

    @property
    def last_day(self) -> date | None:
        """The last day on which the row holds, if it ends."""
        return None if self.until_on is None else self.until_on - timedelta(days=1)
