"""When something is due, as written and as understood. Due = the last day of the period (docs/rules.md)."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.db import models


class Kind(models.TextChoices):
    DATE = "date", "a day"
    MONTH = "month", "a month"
    QUARTER = "quarter", "a quarter"
    SEASON = "season", "a season"
    FINANCIAL_YEAR = "financial_year", "a financial year"
    RANGE = "range", "from one time to another"
    RELATIVE = "relative", "so long after something"
    RECURRING = "recurring", "again and again"
    MILESTONES = "milestones", "several milestones"
    NONE = "none", "no time given"


class Confidence(models.TextChoices):
    SURE = "sure", "sure"
    LIKELY = "likely", "likely"
    ASK = "ask", "must be asked"


class TimePrecision(models.TextChoices):
    DAY = "day", "day"
    MONTH = "month", "month"
    QUARTER = "quarter", "quarter"
    SEASON = "season", "season"
    YEAR = "year", "year"


@dataclass(frozen=True, slots=True)
class Timescale:
    """A timescale: the text verbatim beside what was understood from it. Days are in Europe/London."""

    text: str = ""
    kind: Kind = Kind.NONE
    start: date | None = None
    end: date | None = None
    precision: TimePrecision | None = None
    confidence: Confidence = Confidence.SURE
    review_every_months: int | None = None
    alternatives: tuple["Timescale", ...] = field(default=())

    def __post_init__(self) -> None:
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"A timescale cannot end before it starts: {self.start} to {self.end}.")
        if self.end and (self.kind in (Kind.NONE, Kind.RECURRING) or self.precision is None):
            raise ValueError("Only a timescale with a precision, neither open nor recurring, has an end.")

    def as_fields(self) -> dict[str, Any]:
        """The values of a row's `timescale_…` fields and its `due_on`."""
        return {
            "timescale_text": self.text,
            "timescale_kind": self.kind,
            "starts_on": self.start,
            "due_on": self.end,
            "timescale_precision": self.precision or "",
            "timescale_confidence": self.confidence,
            "review_every_months": self.review_every_months,
            "alternatives": [_plain(other) for other in self.alternatives],
        }


def _plain(timescale: Timescale) -> dict[str, Any]:
    values = asdict(timescale)
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items() if value}
