"""When something is due, as written and as understood. Due = the last day of the period (docs/rules.md)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
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


class About(StrEnum):
    """Questions that a plan asks of many of its times at once."""

    PERIOD = "period"  # whether times far outside the plan's period are meant
    QUARTERS = "quarters"  # how the plan counts its quarters: the calendar's first, then the NHS year's
    FIGURES = "figures"  # whether “Apr-15” names the year or the day: the year first


@dataclass(frozen=True, slots=True)
class Timescale:
    """A timescale: the text verbatim beside what was understood from it. Days are in Europe/London.

    Where a date was revised, `start` and `end` are those first written and `revised` holds the later ones in the order
    of the text. What must be asked has a `question` in plain words, and its `alternatives` where they can be named.
    """

    text: str = ""
    kind: Kind = Kind.NONE
    start: date | None = None
    end: date | None = None
    precision: TimePrecision | None = None
    confidence: Confidence = Confidence.SURE
    review_every_months: int | None = None
    alternatives: tuple["Timescale", ...] = field(default=())
    revised: tuple["Timescale", ...] = field(default=())
    milestones: tuple["Timescale", ...] = field(default=())
    label: str = ""  # of a milestone: what is to be done by then
    status_hint: str = ""  # how the text says that the action stands: a value of actionplans.states.ActionState
    question: str = ""  # what a human is asked, or why the reading is not sure
    about: str = ""  # what kind of question that is, where one answer may settle many of a file: one of `About`

    def __post_init__(self) -> None:
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"A timescale cannot end before it starts: {self.start} to {self.end}.")
        if self.end and (self.kind in (Kind.NONE, Kind.RECURRING) or self.precision is None):
            raise ValueError("Only a timescale with a precision, neither open nor recurring, has an end.")

    @property
    def current(self) -> "Timescale":
        """What holds now: the last revision, or the timescale itself where there is none."""
        return self.revised[-1] if self.revised else self

    @property
    def original_due(self) -> date | None:
        """The due day as first written, whatever was revised since."""
        return self.end

    def as_fields(self) -> dict[str, Any]:
        """The values of a row's `timescale_…` fields and its `due_on`: those that hold now."""
        now = self.current
        return {
            "timescale_text": self.text,
            "timescale_kind": now.kind,
            "starts_on": now.start,
            "due_on": now.end,
            "timescale_precision": now.precision or "",
            "timescale_confidence": self.confidence,
            "review_every_months": now.review_every_months,
            "alternatives": [plain(other) for other in self.alternatives],
            "milestones": [plain(step) for step in now.milestones],
        }


def plain(timescale: Timescale) -> dict[str, Any]:
    """What it says as JSON, without what it does not say."""
    values = ((each.name, getattr(timescale, each.name)) for each in fields(timescale))
    return {name: _value(value) for name, value in values if value}


def of_plain(told: Mapping[str, Any]) -> Timescale:
    """The timescale of which `plain` tells."""
    return Timescale(**{name: _READ.get(name, str)(value) for name, value in told.items()})


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _several(told: Iterable[Mapping[str, Any]]) -> tuple[Timescale, ...]:
    return tuple(map(of_plain, told))


_READ: Mapping[str, Callable[[Any], Any]] = {
    **{"kind": Kind, "precision": TimePrecision, "confidence": Confidence, "review_every_months": int},
    **dict.fromkeys(("start", "end"), date.fromisoformat),
    **dict.fromkeys(("alternatives", "revised", "milestones"), _several),
}
