"""Recorded values as people read them: a choice or a row by its name, a day in words, “yes” and “no”."""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localtime

if TYPE_CHECKING:
    AnyField = models.Field[Any, Any]
else:
    AnyField = models.Field

EMPTY = "(empty)"
HIDDEN = "(not shown)"
# What is never shown, even where an old record holds it.
SECRET = frozenset({"password"})
LONGEST = 400


def field_named(model: type[models.Model], name: str) -> AnyField | None:
    """The field by its name or its column's name (“parent”, “parent_id”); None if the model has it no longer."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.Field) else None


def label_of(model: type[models.Model], name: str) -> str:
    """What people call that field of the model."""
    field = field_named(model, name)
    words = str(field.verbose_name) if field else name.replace("_", " ")
    return words[:1].upper() + words[1:]


def moment(when: datetime) -> str:
    """A day and time in London, in words."""
    return date_format(localtime(when), "j F Y, H:i")


def day(on: date) -> str:
    """A day in words."""
    return date_format(on, "j F Y")


class Words:
    """Puts recorded values into words. It reads the names of all rows they point to, one query per kind of row."""

    def __init__(self, values: Iterable[tuple[AnyField | None, Any]]) -> None:
        wanted: dict[type[models.Model], set[int]] = defaultdict(set)
        for field, value in values:
            if field is not None and field.related_model:
                wanted[field.related_model].update(_keys(value))
        self._names = {
            model: {row.pk: str(row) for row in model._base_manager.filter(pk__in=keys)}
            for model, keys in wanted.items()
            if keys
        }

    def of(self, field: AnyField | None, value: Any) -> str:
        """One value of that field, as `Change` or a form's initial values hold it."""
        if field is not None and field.name in SECRET:
            return HIDDEN
        if value is None or value in ("", [], {}):
            return EMPTY
        if field is None:
            return _short(value)
        if field.related_model:
            names = self._names.get(field.related_model, {})
            return ", ".join(names.get(key, f"number {key}") for key in _keys(value))
        return _plain_words(field, value)


def _keys(value: Any) -> list[int]:
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list) else [value]


def _plain_words(field: AnyField, value: Any) -> str:
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(field, models.DateTimeField):
        return moment(datetime.fromisoformat(value))
    if isinstance(field, models.DateField):
        return day(date.fromisoformat(value))
    return _short(value)


def _short(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        value = ", ".join(value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return Truncator(text).chars(LONGEST)
