"""What somebody has saved meanwhile beside what was typed, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format

from concordat.look.dates import DatePartsField


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of which somebody else has meanwhile saved other words."""

    label: str
    theirs: str
    yours: str


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
    choices: Mapping[Any, Any] = dict(getattr(field.field, "choices", None) or {})
    if isinstance(value, list | tuple):
        return "\n".join(str(choices.get(each, each)) for each in value if each)
    return str(value or "")


def _typed_day(field: forms.BoundField) -> str:
    """A day as it was typed, in words where it is one."""
    try:
        day = field.field.clean(field.value())
    except forms.ValidationError:
        return " ".join(str(part) for part in field.value() or [] if part)
    return date_format(day, "j F Y") if day else ""
