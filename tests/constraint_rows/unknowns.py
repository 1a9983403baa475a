"""A check that answers neither yes nor no lets the row pass: in SQL a comparison with NULL is NULL.

Here a check is asked about every combination of a few values of its columns, NULL included where the column
takes it.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import CharField, CheckConstraint, DateField, Expression, F, Field, Model, Q, TextField

from tests.constraint_rows.declared import models


def checks() -> list[tuple[type[Model], CheckConstraint]]:
    """Every check of the four apps, with its model."""
    return [
        (model, constraint)
        for model in models()
        for constraint in model._meta.constraints
        if isinstance(constraint, CheckConstraint)
    ]


def unanswered(model: type[Model], constraint: CheckConstraint) -> list[tuple[Any, ...]]:
    """A few of the combinations of values about which the check says neither yes nor no."""
    columns = [
        " UNION ALL ".join(f'SELECT {value} AS "{column}"' for value in sorted(values))
        for column, values in _values_by_column(model, constraint.condition).items()
    ]
    combinations = ", ".join(f"({values}) AS column_{number}" for number, values in enumerate(columns))
    condition = str(constraint.constraint_sql(model, connection.schema_editor())).split(" CHECK ", 1)[1]
    with connection.cursor() as cursor:
        cursor.execute(" ".join(["SELECT * FROM", combinations, "WHERE", condition, "IS NULL LIMIT 5"]))
        return cursor.fetchall()


def _values_by_column(model: type[Model], condition: Q) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for lookup, compared in _lookups(condition):
        names = [lookup.split("__")[0], *_columns(compared)]
        for field in map(model._meta.get_field, names):
            found.setdefault(field.column, set()).update(_values(field, compared))
    return found


def _columns(compared: Any) -> list[str]:
    """The columns that something is compared with: one, those of a sum, or none."""
    if isinstance(compared, F):
        return [compared.name]
    parts = compared.get_source_expressions() if isinstance(compared, Expression) else []
    return [name for part in parts for name in _columns(part)]


def _lookups(condition: Q) -> Iterator[tuple[str, Any]]:
    for child in condition.children:
        if isinstance(child, Q):
            yield from _lookups(child)
        else:
            yield child


def _values(field: Field, compared: Any) -> set[str]:
    """A few values of the field's kind with those that the check compares it with, and NULL if the column takes it."""
    texts = {"0", "1"}
    if isinstance(field, DateField):
        texts = {"2015-04-01", "2015-04-02"}
    elif isinstance(field, CharField | TextField):
        texts = {"", "x", *_words(compared)}
    nullable = {_literal(field, "NULL")} if field.null else set()
    return {_literal(field, f"'{text}'") for text in texts} | nullable


def _words(compared: Any) -> list[str]:
    if isinstance(compared, str):
        return [compared]
    return [str(word) for word in compared] if isinstance(compared, list | tuple) else []


def _literal(field: Field, value: str) -> str:
    if connection.vendor == "sqlite" and isinstance(field, DateField):
        return value  # there a day is a text, and a cast would leave its year alone
    return f"CAST({value} AS {field.cast_db_type(connection)})"
