"""What somebody has saved meanwhile beside what was typed, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.formats import date_format

from concordat.kernel.administration.words import moment
from concordat.kernel.models import Change
from concordat.look.dates import DatePartsField


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of which somebody else has meanwhile saved other words."""

    label: str
    theirs: str
    yours: str


@dataclass(frozen=True, slots=True)
class Saved:
    """Who saved a row last, and when: “3 November 2026, 12:04”, as the history has it."""

    who: str
    at: str
    is_own: bool

    @property
    def whose(self) -> str:
        """What their version is called beside one's own."""
        return "In the other window" if self.is_own else "Theirs"


def saved_last(row: Model, person: Any) -> Saved:
    """By whom a row was saved that `person` had opened: by themself in another window, perhaps. One query."""
    last = Change.objects.about(row).select_related("by").last()
    if last is None:
        return Saved("Somebody else", "", is_own=False)
    is_own = last.by is not None and last.by == person
    return Saved("You" if is_own else str(last.by or "The program"), moment(last.recorded_at), is_own)


def with_version(sent: Any, version: int) -> Any:
    """What was sent, as if it had been opened at that version."""
    data = sent.copy()
    data["version"] = str(version)
    return data


def number_of(text: str | None) -> int:
    """The version that a button sent; 0, which no row has, where it makes no sense."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


def differing(yours: forms.Form, theirs: forms.Form) -> list[Difference]:
    """The fields in which two forms differ, as a person reads them."""
    pairs = [(field, said(theirs[field.name]), said(field)) for field in yours.visible_fields()]
    return [Difference(str(field.label), before, now) for field, before, now in pairs if before != now]


def said(field: forms.BoundField) -> str:
    """The value of a form's field as a person reads it; empty where it says nothing."""
    value = field.value()
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(field.field, DatePartsField):
        return _typed_day(field)
    choices: Mapping[Any, Any] = {str(key): words for key, words in getattr(field.field, "choices", None) or ()}
    if isinstance(value, list | tuple):
        return "\n".join(str(choices.get(str(each), each)) for each in value if each)
    value = "" if value is None else str(value)
    return str(choices.get(value, value))


def _typed_day(field: forms.BoundField) -> str:
    """A day as it was typed, in words where it is one."""
    try:
        day = field.field.clean(field.value())
    except forms.ValidationError:
        return " ".join(str(part) for part in field.value() or [] if part)
    return date_format(day, "j F Y") if day else ""
