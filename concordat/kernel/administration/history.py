"""The recorded changes of a row in words, for its history page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from concordat.kernel.administration.words import Words, field_named, label_of, moment
from concordat.kernel.models import Change

# Models whose rows belong to a row, each with the way from there to it (none for what names it by label and number).
Parts = Iterable[tuple[type[models.Model], str]]


@dataclass(frozen=True)
class Line:
    """One field of a change: its name, and what it said before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """One change in words."""

    change: Change
    subject: str
    verb: str
    mark: str
    lines: list[Line]


def model_of(subject_type: str) -> type[models.Model] | None:
    """The model that a change is about; None if the product has it no longer."""
    try:
        return apps.get_model(subject_type)
    except (LookupError, ValueError):
        return None


def kind_of(subject_type: str) -> str:
    """What people call a row of that model."""
    model = model_of(subject_type)
    return str(model._meta.verbose_name) if model else subject_type


def about(row: models.Model, parts: Parts) -> Q:
    """What is about a row and its parts."""
    found = Q(subject_type=row._meta.label_lower, subject_id=row.pk)
    for model, key in parts:
        found |= Q(subject_type=model._meta.label_lower, subject_id__in=rows_of(row, model, key).values("pk"))
    return found


def rows_of(row: models.Model, model: type[models.Model], key: str) -> models.QuerySet[Any]:
    """The parts of one model that belong to a row."""
    if not key:  # it tells by a label and a number what it belongs to
        return model._base_manager.filter(subject_type=row._meta.label_lower, subject_id=row.pk)
    return model._base_manager.filter(**{key: row.pk})


def changes_of(row: models.Model, parts: Parts) -> models.QuerySet[Change]:
    """The changes of a row and of its parts, newest first."""
    return Change.objects.filter(about(row, parts)).select_related("by").order_by("-id")


def told(changes: Iterable[Change]) -> list[Told]:
    """The changes in words; a fixed number of queries however many they are."""
    changes = list(changes)
    models_ = {change.subject_type: model_of(change.subject_type) for change in changes}
    values = [
        (field_named(model, name), value)
        for change in changes
        if (model := models_[change.subject_type])
        for name, pair in change.fields.items()
        for value in pair
    ]
    words = Words(values)
    return [_told(change, models_[change.subject_type], words) for change in changes]


def _told(change: Change, model: type[models.Model] | None, words: Words) -> Told:
    verb = change.verb.replace("_", " ")
    return Told(
        change=change,
        subject=f"{kind_of(change.subject_type)} {change.subject_id}",
        verb=verb[:1].upper() + verb[1:],
        mark=f"Personal details were taken out on {moment(change.redacted_at)}." if change.redacted_at else "",
        lines=[_line(model, name, pair, words) for name, pair in change.fields.items()],
    )


def _line(model: type[models.Model] | None, name: str, pair: list[Any], words: Words) -> Line:
    field = field_named(model, name) if model else None
    label = label_of(model, name) if model else name
    before, after = (words.of(field, value) for value in pair)
    return Line(label, before, after)
