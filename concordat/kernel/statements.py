"""SQL that Django does not write: statements around its queries, on SQLite and PostgreSQL alike."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, models
from django.db.models import QuerySet
from django.db.models.expressions import Combinable

LARGE = 8 * 1024 * 1024  # bytes
UNKNOWN = """
SELECT relname, pg_relation_size(oid) FROM pg_class
WHERE relname = ANY(%s) AND pg_table_is_visible(oid) AND NOT EXISTS (
    SELECT FROM pg_stats WHERE tablename = relname AND schemaname = relnamespace::regnamespace::text
)
"""


def execute(statement: str, **queries: QuerySet[Any, Any]) -> int:
    """Run a statement with queries in its places (`{name}`), given in the order of the places; says how many rows."""
    texts: dict[str, str] = {}
    values: list[Any] = []
    for name, query in queries.items():
        texts[name], given = query.query.sql_with_params()
        values += given
    with connection.cursor() as cursor:
        cursor.execute(statement.format(**texts), values)
        return int(cursor.rowcount)


def insert_found(model: type[models.Model], rows: QuerySet[Any, Any], **values: Combinable) -> int:
    """Insert a row for each that the query gives, `values` by field; says how many.

    What a uniqueness refuses is passed over. The table itself fills, or leaves empty, the fields that are not given.
    """
    by_name = {field.name: str(field.column) for field in model._meta.concrete_fields}
    columns = ", ".join(connection.ops.quote_name(by_name[name]) for name in values)
    found = rows.order_by().annotate(**{f"new_{name}": value for name, value in values.items()})
    found = found.values_list(*(f"new_{name}" for name in values)).distinct()
    table = connection.ops.quote_name(model._meta.db_table)
    return execute(f"INSERT INTO {table} ({columns}) {{found}} ON CONFLICT DO NOTHING", found=found)


def refresh(*kinds: type[models.Model]) -> None:
    """Tell the database how full these tables are now: until it knows, it may take minutes for what takes a second.

    On PostgreSQL one that somebody else just looks at is left to them, so that nobody waits.
    """
    _analyze(model._meta.db_table for model in kinds)


def refresh_unknown(*kinds: type[models.Model]) -> None:
    """The same for those at which PostgreSQL has never looked, if one of them is large: just loaded, or restored.

    One query, and mostly no more.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(UNKNOWN, [[model._meta.db_table for model in kinds]])
        unknown = dict(cursor.fetchall())
    if any(size > LARGE for size in unknown.values()):
        _analyze(unknown)


def _analyze(tables: Iterable[str]) -> None:
    option = "(SKIP_LOCKED) " if connection.vendor == "postgresql" else ""
    for table in tables:
        execute(f"ANALYZE {option}{connection.ops.quote_name(table)}")
