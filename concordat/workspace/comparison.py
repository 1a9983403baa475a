"""Two reports on an action side by side, field by field."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format

from actionplans.models import ProgressUpdate

# The fields that a report may have, in the order in which they are read; only the first two are always shown.
FIELDS = {
    "status": "How it stands",
    "confidence": "In time?",
    "public_text": "What has changed (public)",
    "internal_note": "Note for the partnership",
    "measure_value": "The measure is now",
    "completed_on": "Completed on",
    "outcome_note": "What came of it (public)",
    "merged_into": "Merged into",
    "reason": "Why (public)",
    "new_timescale_text": "Proposed new date, in words",
    "new_due_on": "Proposed new date",
    "new_date_reason": "Why the date moves (public)",
}
ALWAYS = ("status", "confidence", "public_text")


@dataclass(frozen=True, slots=True)
class Row:
    """One field of both reports, as people read it."""

    label: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Whether the new report says something else."""
        return self.before != self.after


def compared(before: ProgressUpdate | None, after: ProgressUpdate) -> list[Row]:
    """Field by field; those empty in both are left out. The first report of an action has nothing beside it."""
    rows = {name: Row(label, said(before, name), said(after, name)) for name, label in FIELDS.items()}
    return [row for name, row in rows.items() if name in ALWAYS or row.before or row.after]


def said(report: ProgressUpdate | None, name: str) -> str:
    """What a report says in that field, in words; empty where it says nothing."""
    if report is None:
        return ""
    display: Any = getattr(report, f"get_{name}_display", None)
    value: Any = display() if display else getattr(report, name)
    if isinstance(value, date):
        return date_format(value, "j F Y")
    return str(value) if value else ""
