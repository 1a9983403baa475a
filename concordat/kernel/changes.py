"""Writing with a trace: every service calls one of these in the transaction of its own write."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction

from concordat.kernel.models import Change, Claim

# A person, or the name of the command that acts on nobody's behalf ("load_history").
Actor = AbstractBaseUser | str
Fields = Mapping[str, tuple[Any, Any]]
M = TypeVar("M", bound=models.Model)


def person(by: Actor) -> Any:
    """The person who acts, or None for a command. Any: the user model, which the kernel does not know."""
    return None if isinstance(by, str) else by


def _plain(value: Any) -> Any:
    """A value as JSON can hold it: dates in ISO 8601, rows as their id."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, Decimal):
        return str(value)
    return value


def change(subject: models.Model, verb: str, *, by: Actor, fields: Fields | None = None, why: str = "") -> Change:
    """An unsaved `Change` of one row; for bulk writers, who save many at once. No password is ever told."""
    return Change(
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        verb=verb,
        fields={
            name: [_plain(before), _plain(after)]
            for name, (before, after) in (fields or {}).items()
            if name != "password"
        },
        why=why,
        by=person(by),
        by_command=by if isinstance(by, str) else "",
    )


def record(subject: models.Model, verb: str, *, by: Actor, fields: Fields | None = None, why: str = "") -> Change:
    """Write who did what to one row. Call it inside the transaction that does it."""
    row = change(subject, verb, by=by, fields=fields, why=why)
    row.save(force_insert=True)
    return row


def values_of(row: models.Model) -> dict[str, Any]:
    """The row's own fields that are worth telling of: all but its key and what is empty."""
    return {
        field.attname: value
        for field in row._meta.concrete_fields
        if not field.primary_key and (value := getattr(row, field.attname)) not in (None, "", [], {})
    }


@transaction.atomic
def create(row: M, *, by: Actor, why: str = "") -> M:
    """Insert one row and say so.

    Raises django.db.IntegrityError where a constraint refuses it.
    """
    row.save(force_insert=True)
    record(row, "created", by=by, why=why, fields={name: (None, value) for name, value in values_of(row).items()})
    return row


@transaction.atomic
def create_many(rows: Iterable[M], *, by: Actor, why: str = "") -> list[M]:
    """Insert many rows of one model in batches, each with its `Change`."""
    rows = list(rows)
    if not rows:
        return rows
    type(rows[0])._default_manager.bulk_create(rows, batch_size=2000)
    Change.objects.bulk_create(
        (
            change(row, "created", by=by, why=why, fields={n: (None, v) for n, v in values_of(row).items()})
            for row in rows
        ),
        batch_size=2000,
    )
    return rows


@transaction.atomic
def revise(row: M, *, by: Actor, verb: str = "changed", why: str = "", **values: Any) -> M:
    """Set the given fields of one row and record what they were.

    Fields that already have the value are left alone; if none differs nothing is written.
    Raises django.db.IntegrityError where a constraint refuses it.
    """
    before = type(row)._base_manager.get(pk=row.pk)
    fields = {name: (getattr(before, name), value) for name, value in values.items() if getattr(before, name) != value}
    for name, value in values.items():
        setattr(row, name, value)
    if not fields:
        return row
    row.save(update_fields=list(fields))
    record(row, verb, by=by, why=why, fields=fields)
    return row


def ensure(model: type[M], *, by: Actor, key: Mapping[str, Any], why: str = "", **values: Any) -> tuple[M, bool]:
    """The row with that key, created with those values if there is none yet; and whether it was.

    What is there is left alone, so that loading the same facts again undoes nobody's correction.
    """
    known = model._default_manager.filter(**key).first()
    if known is not None:
        return known, False
    return create(model(**key, **values), by=by, why=why), True


def claim(subject: models.Model, event: str, *, by: Actor, source: str, **values: Any) -> tuple[Claim, bool]:
    """Keep what a source says happened to the subject; the same claim twice is one claim.

    `values` are `on` (a day in London) with its `precision`, `text`, and `chosen`: whether our record follows it.
    """
    key = {"subject_type": subject._meta.label_lower, "subject_id": subject.pk, "event": event, "source": source}
    return ensure(Claim, by=by, key={**key, "on": values.pop("on", None)}, **values)
