"""Triggers by which the database itself keeps recorded facts: for migrations, on SQLite and PostgreSQL alike.

A row is never deleted; of a `frozen` one only texts change, and those only lose words, as where personal data is
removed (docs/adr/0019-what-the-database-keeps.md). A migration that alters a guarded table, or one that a guard reads,
takes the guards down before and puts them up after: Django makes such a table anew there, without its triggers.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.migrations import RunPython

# A text is a pattern of GLOB once its special letters are put in brackets; the mark itself then reads “[[]removed]”.
# SQLite takes no pattern of more than 50,000 bytes: a longer text is not compared.
_PATTERN = "replace(replace(replace(replace(NEW.{0}, '[', '[[]'), '*', '[*]'), '?', '[?]'), '[[]removed]', '*')"
_LOSES = f"(NEW.{{0}} IN ('', OLD.{{0}}) OR length(NEW.{{0}}) > 10000 OR OLD.{{0}} GLOB {_PATTERN})"
_REFUSED = "USING ERRCODE = 'integrity_constraint_violation'"


@dataclass(frozen=True, slots=True)
class Guard:
    """One rule of one table: its trigger on either database, each a whole statement."""

    table: str
    name: str
    sqlite: tuple[str, ...]
    postgresql: tuple[str, ...]
    undo_sqlite: tuple[str, ...] = field(default=())
    undo_postgresql: tuple[str, ...] = field(default=())
    columns: tuple[str, ...] = ()  # that were decided on, of what is written once


def kept(table: str, what: str) -> Guard:
    """No row is ever deleted. `what`: the sentence of the refusal, “a signature is never deleted”."""
    name = f"{table}_kept"
    return Guard(
        table,
        name,
        (f"CREATE TRIGGER {name} BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{what} is never deleted'); END",),
        (
            _function(name, f"RAISE EXCEPTION '{what} is never deleted' {_REFUSED};"),
            f"CREATE TRIGGER {name} BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
            f"CREATE TRIGGER {name}_whole BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
        ),
        (f"DROP TRIGGER {name}",),
        (f"DROP FUNCTION {name}() CASCADE",),
    )


def frozen(
    table: str,
    what: str,
    *,
    columns: Sequence[str],
    texts: Sequence[str] = (),
    json: Sequence[str] = (),
    free: Sequence[str] = (),
    unique: Sequence[str] = (),
    once: str = "true",
) -> Guard:
    """No row is altered for which `once`, a condition on OLD, is true: `texts` only lose words, `columns` stay.

    `json`: columns of JSON, whose words go as those of texts do. `free`: those that may change all the same. Every
    column must be in one of them (tests/test_guards.py). `unique`: columns by which another row would replace it, too.
    """
    name, refusal = f"{table}_frozen", f"{what} is never altered"
    differs = [f"NEW.{column} IS NOT OLD.{column}" for column in columns]
    writes = [f"NOT {_LOSES.format(text)}" for text in (*texts, *json)]
    same = ", ".join(f"NEW.{column}" for column in columns), ", ".join(f"OLD.{column}" for column in columns)
    as_text = [*texts, *(f"{column}::text" for column in json)]
    grows = "".join(f" OR NOT kernel_only_removes(OLD.{text}, NEW.{text})" for text in as_text)
    body = (
        f"IF {once} AND (({same[0]}) IS DISTINCT FROM ({same[1]}){grows}) "
        f"THEN RAISE EXCEPTION '{refusal}' {_REFUSED}; END IF; RETURN NEW;"
    )
    condition = " OR ".join([*differs, *writes])
    return Guard(
        table,
        name,
        (
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN {once} AND ({condition}) "
            f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END",
            # INSERT OR REPLACE deletes what it replaces without asking any trigger.
            f"CREATE TRIGGER {name}_replace BEFORE INSERT ON {table} "  # noqa: S608 - all of it is ours
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, '{refusal}'); END",
            *_refusing_twins(table, name, unique),
        ),
        (
            _function(name, body),
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ),
        (
            f"DROP TRIGGER {name}",
            f"DROP TRIGGER {name}_replace",
            *([f"DROP TRIGGER {name}_twin"] if unique else []),
        ),
        (f"DROP FUNCTION {name}() CASCADE",),
        (*columns, *texts, *json, *free),
    )


def _refusing_twins(table: str, name: str, unique: Sequence[str]) -> Iterator[str]:
    """What refuses on SQLite, in its own words, a row that is the same in these columns, also if it is to replace."""
    if unique:
        same = " AND ".join(f"{column} = NEW.{column}" for column in unique)
        columns = ", ".join(f"{table}.{column}" for column in unique)
        yield (
            f"CREATE TRIGGER {name}_twin BEFORE INSERT ON {table} "  # noqa: S608 - all of it is ours
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id IS NOT NEW.id AND {same}) "
            f"BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: {columns}'); END"
        )


def refused(
    table: str, name: str, sentence: str, *, when: str, columns: Sequence[str], inserting: bool = True
) -> Guard:
    """No row gets values of these columns for which `when`, a condition on NEW, is true."""
    update = f"UPDATE OF {', '.join(columns)}"
    events = ["INSERT", update] if inserting else [update]
    names = [f"{name}_{event.split()[0].lower()}" for event in events]
    return Guard(
        table,
        name,
        tuple(
            f"CREATE TRIGGER {each} BEFORE {event} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
            for each, event in zip(names, events, strict=True)
        ),
        (
            _function(name, f"IF {when} THEN RAISE EXCEPTION '{sentence}' {_REFUSED}; END IF; RETURN NEW;"),
            f"CREATE TRIGGER {name} BEFORE {' OR '.join(events)} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ),
        tuple(f"DROP TRIGGER {each}" for each in names),
        (f"DROP FUNCTION {name}() CASCADE",),
    )


def put_up(guards: Iterable[Guard]) -> RunPython:
    """The operation of a migration that puts these guards up; taken back, it takes them down."""
    guards = tuple(guards)
    return RunPython(_run(guards, "sqlite", "postgresql"), _run(guards, "undo_sqlite", "undo_postgresql"))


def take_down(guards: Iterable[Guard]) -> RunPython:
    """The operation that takes them down, before a table is altered; taken back, it puts them up."""
    guards = tuple(guards)
    return RunPython(_run(guards, "undo_sqlite", "undo_postgresql"), _run(guards, "sqlite", "postgresql"))


def _run(guards: tuple[Guard, ...], sqlite: str, postgresql: str) -> Callable[[Any, Any], None]:
    def run(apps: Any, schema_editor: Any) -> None:
        attribute = sqlite if schema_editor.connection.vendor == "sqlite" else postgresql
        for guard in guards:
            for statement in getattr(guard, attribute):
                schema_editor.execute(statement, params=None)  # a “%” stands for itself

    return run


def _function(name: str, body: str) -> str:
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
