"""The triggers of the database as it is, whichever migration made them."""

from django.db import connection


def triggers() -> dict[str, str]:
    """The table of each trigger, by the trigger's name."""
    statement = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(statement[connection.vendor])
        return dict(cursor.fetchall())


def aside() -> tuple[list[str], list[str]]:
    """What takes every trigger out of the way, and what puts each back as it was."""
    if connection.vendor == "postgresql":
        tables = sorted(set(triggers().values()))
        off, on = ([f"ALTER TABLE {table} {word} TRIGGER USER" for table in tables] for word in ("DISABLE", "ENABLE"))
        return off, on
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = cursor.fetchall()
    return [f"DROP TRIGGER {name}" for name, _ in found], [statement for _, statement in found]
