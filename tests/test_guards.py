"""What the database keeps by itself: rows that are never deleted or altered, and links within one plan."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from concordat.kernel.passages import MARK
from tests import factories as make
from tests import guards
from tests.constraint_rows.declared import models
from tests.constraint_rows.links import BUILDERS, delete_by_hand

MIGRATIONS = {
    app: import_module(name)
    for app, name in {
        "kernel": "concordat.kernel.migrations.0006_guarded_rows",
        "areas": "areas.migrations.0002_guarded_rows",
        "signatories": "signatories.migrations.0013_guarded_rows",
        "actionplans": "actionplans.migrations.0010_guarded_rows",
        "the words of versions": "actionplans.migrations.0012_words_of_versions",
        "signed links": "signatories.migrations.0014_signed_link",
        "calendars": "signatories.migrations.0019_calendars",
        "words and bounces": "signatories.migrations.0016_words_and_bounces",
        "the console": "signatories.migrations.0017_console",
        "frozen reports": "concordat.reports.migrations.0001_frozen_reports",
        "orders of reports": "concordat.reports.migrations.0002_orders",
    }.items()
}
GUARDS = {guard.name: guard for module in MIGRATIONS.values() for guard in module.GUARDS}
# Rows that may go: what is forgotten after a time, loaded anew, or set up once and protected by what refers to it.
NOT_KEPT = {
    *("kernel.revision", "areas.boundary", "areas.boundaryepoch"),
    *("signatories.signin", "signatories.enquiry", "signatories.programme"),
    *("actionplans.section", "actionplans.theme"),
}
BUILD = BUILDERS | {"kernel.claim": make.make_claim}
KEPT = [model for model in models() if model._meta.label_lower not in NOT_KEPT]
Statement = Callable[[], Any]


def refuses(statement: Statement, sentence: str) -> None:
    with pytest.raises(IntegrityError, match=sentence), transaction.atomic():
        statement()


def updated(row: Model, **values: Any) -> Statement:
    return partial(type(row)._base_manager.filter(pk=row.pk).update, **values)


@pytest.mark.django_db
def test_every_guard_of_the_migrations_is_up() -> None:
    """A migration that alters a table on SQLite makes it anew, without its triggers (concordat/kernel/guards.py)."""
    there = set(guards.triggers())
    for guard in GUARDS.values():
        wanted = guard.undo_sqlite if connection.vendor == "sqlite" else (f"DROP TRIGGER {guard.name}",)
        assert {statement.split()[-1] for statement in wanted} <= there


@pytest.mark.django_db
@pytest.mark.parametrize("model", KEPT, ids=lambda model: model._meta.label)
def test_no_row_is_deleted(model: type[Model]) -> None:
    row = BUILD[model._meta.label_lower]()
    refuses(partial(delete_by_hand, row), "is never deleted")
    assert model._base_manager.filter(pk=row.pk).exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
@pytest.mark.django_db
@pytest.mark.parametrize("model", KEPT, ids=lambda model: model._meta.label)
def test_no_table_is_emptied(model: type[Model]) -> None:
    with connection.cursor() as cursor:
        refuses(partial(cursor.execute, f"TRUNCATE {model._meta.db_table} CASCADE"), "is never deleted")


def published_line() -> Model:
    version = make.make_version(published_on=make.DAY)
    return make.make_in_version(version=version, text="Ask Jo Smith", reference="1")


FROZEN: dict[str, tuple[Callable[..., Model], dict[str, Any], tuple[str, Any]]] = {
    # Its maker, what it refuses each, and a text with what may become of it.
    "kernel_redaction": (make.make_redaction, {"reason": "", "places": 9, "field": "file"}, ("", "")),
    "signatories_contactentry": (
        partial(make.make_contact, said="Ask Jo Smith"),
        {"said": "Ask Ann", "how": "letter", "spoken_on": make.DAY.replace(year=2000), "next_step": "Ring"},
        ("said", f"Ask {MARK}"),
    ),
    "signatories_mailreport": (
        partial(make.make_mail_report, diagnostic="550 no Jo Smith here"),
        {"diagnostic": "550 no", "kind": "soft", "status": "4.0.0", "subject_id": 0, "digest": "x"},
        ("diagnostic", f"550 no {MARK} here"),
    ),
    "signatories_wording": (
        partial(make.make_wording, opening="Ask Jo Smith"),
        {"opening": "Ask Ann", "subject": "Other", "number": 9, "from_on": make.DAY.replace(year=2000)},
        ("opening", f"Ask {MARK}"),
    ),
    "actionplans_meetingdecision": (
        partial(make.make_decision, kind="other", note="Ask Jo Smith"),
        {"note": "Ask Ann", "kind": "asked", "position": 9},
        ("note", f"Ask {MARK}"),
    ),
    "actionplans_actioninversion": (
        published_line,
        {
            **{"text": "Ask Ann", "reference": "2", "position": 9, "is_left_out": True, "section_text": "B"},
            **{"outcome": "Calm", "outcome_measure": "9 in 10", "footprint": "Hull"},
        },
        ("text", f"Ask {MARK}"),
    ),
    "reports_frozenreport": (
        make.make_frozen,
        {
            **{
                "report": "x",
                "number": 9,
                "as_at": make.DAY.replace(year=2000),
                "shape": 9,
                "length": 9,
                "digest": "x",
            },
            "frozen_at": make.noon(make.DAY.replace(year=2000)),
        },
        ("", ""),
    ),
    "reports_frozenline": (
        lambda: make.make_frozen(told=[{"row": ["Ask Jo Smith", 5]}]).lines.get(),
        {"told": {"row": ["Ask Jo Smith", 6]}, "number": 0},
        ("told", {"row": [f"Ask {MARK}", 5]}),
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("table", "name"), [(table, name) for table, (_, values, _) in FROZEN.items() for name in values]
)
def test_what_is_written_once_is_not_altered(table: str, name: str) -> None:
    build, values, _ = FROZEN[table]
    row = build()
    refuses(updated(row, **{name: values[name]}), "is never altered")


@pytest.mark.django_db
@pytest.mark.parametrize("table", [table for table, (_, _, (text, _)) in FROZEN.items() if text])
def test_words_are_removed_from_it_and_none_come_back(table: str) -> None:
    build, _, (text, marked) = FROZEN[table]
    row = build()
    before = getattr(row, text)
    assert updated(row, **{text: marked})() == 1
    refuses(updated(row, **{text: before}), "is never altered")
    assert updated(row, **{text: MARK if isinstance(marked, str) else {"row": [MARK, 5]}})() == 1


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has INSERT OR REPLACE")
@pytest.mark.parametrize("table", FROZEN)
def test_it_is_not_replaced(table: str) -> None:
    FROZEN[table][0]()
    with connection.cursor() as cursor:
        statement = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"  # noqa: S608 - a name of ours
        refuses(partial(cursor.execute, statement), "is never altered")


@pytest.mark.django_db
def test_what_is_frozen_takes_no_further_line() -> None:
    frozen = make.make_frozen()
    refuses(lambda: frozen.lines.create(number=2, told={}), "takes no further line")
    refuses(lambda: frozen.lines.create(number=0, told={}), "frozenline_number")
    assert frozen.lines.count() == 1


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has INSERT OR REPLACE")
def test_no_line_takes_the_place_of_another_under_a_new_id() -> None:
    line = make.make_frozen().lines.get()
    with connection.cursor() as cursor:
        statement = "INSERT OR REPLACE INTO reports_frozenline (frozen_id, number, told) VALUES (%s, 1, '{}')"
        refuses(partial(cursor.execute, statement, [line.frozen_id]), "UNIQUE constraint failed")
    assert line.frozen.lines.get() == line


@pytest.mark.django_db
def test_a_line_of_a_draft_is_worded_anew() -> None:
    line = make.make_in_version(version=make.make_version())
    assert updated(line, text="Others", position=9, reference="9")() == 1


def test_every_column_of_what_is_written_once_is_decided_on() -> None:
    tables = {model._meta.db_table: {field.column for field in model._meta.concrete_fields} for model in models()}
    found = {guard.table: set(guard.columns) for guard in GUARDS.values() if guard.columns}
    assert found == {table: tables[table] for table in FROZEN}


@pytest.mark.django_db
class TestWithinOnePlan:
    def test_a_line(self) -> None:
        line, other = make.make_in_version(), make.make_action(plan=make.make_plan())
        refuses(updated(line, action=other), "of an action of that plan")
        refuses(updated(line, version=make.make_version(plan=other.plan)), "of an action of that plan")
        refuses(lambda: make.make_in_version(action=other, version=line.version), "of an action of that plan")
        assert updated(line, action=make.make_action(plan=line.version.plan))() == 1

    def test_what_it_is_merged_into(self) -> None:
        report, other = make.make_update(status="merged"), make.make_action(plan=make.make_plan())
        refuses(updated(report, merged_into=other), "merged into one of its own plan")
        refuses(lambda: make.make_update(status="merged", merged_into=other), "merged into one of its own plan")
        assert updated(report, merged_into=make.make_action(plan=report.action.plan))() == 1

    def test_neither_version_nor_action_leaves_the_plan_of_its_lines(self) -> None:
        line, report, plan = make.make_in_version(), make.make_update(status="merged"), make.make_plan()
        for row in (line.version, line.action, report.action, report.merged_into):
            refuses(updated(row, plan=plan), "of an action of that plan")
        assert updated(make.make_action(), plan=plan)() == 1
        assert updated(make.make_version(), plan=plan)() == 1
