"""The database itself refuses every bad row, whatever Python let through; on SQLite and PostgreSQL alike."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import CASCADE, PROTECT, CheckConstraint, ForeignKey, Model

from tests import guards
from tests.constraint_rows import CASES, Case
from tests.constraint_rows.declared import declared, refused_by
from tests.constraint_rows.links import (
    BUILDERS,
    NOBODY,
    all_links,
    broken_link,
    delete_by_hand,
    own_links,
    point,
    refused_link,
)
from tests.constraint_rows.unknowns import checks, unanswered

REFUSED = [case for case in CASES if case.refused]
ACCEPTED = [case for case in CASES if not case.refused]
# An email that is the same is also the same in any case: which of the two speaks first is the database's choice.
# SQLite names the columns, and these two speak of one: what is accepted or live, and what is in hand.
ALIKE_ON_SQLITE = {
    "update_one_in_hand_per_action": "update_one_current_per_action",
    "planversion_one_in_hand_per_plan": "planversion_one_live_per_plan",
}
IMPLIED_BY = {"signatories.person.email": "person_email_once_in_any_case"}


@pytest.fixture(scope="module")
def _guards_aside(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The triggers step aside once, in a transaction around all tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        aside, _ = guards.aside()
        with connection.cursor() as cursor:
            for statement in aside:
                cursor.execute(statement)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def unguarded(_guards_aside: None, db: None) -> None:
    """So that the constraints alone speak (tests/test_guards.py has the guards)."""


@pytest.mark.usefixtures("unguarded")
@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(case: Case) -> None:
    statement = case.prepare()
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        statement()
    names = {case.constraint, IMPLIED_BY.get(case.constraint, case.constraint)}
    assert refused_by(refusal.value) in {declared()[name].refusal() for name in names}


@pytest.mark.usefixtures("unguarded")
@pytest.mark.parametrize("case", ACCEPTED, ids=str)
def test_the_database_accepts(case: Case) -> None:
    assert case.prepare()()


@pytest.mark.parametrize("cases", [REFUSED, ACCEPTED], ids=["refused", "accepted"])
def test_every_constraint_has_a_row(cases: list[Case]) -> None:
    assert {case.constraint for case in cases} == set(declared())


@pytest.mark.django_db
def test_every_refusal_names_one_constraint() -> None:
    refusals = [each.refusal() for name, each in declared().items() if name not in ALIKE_ON_SQLITE]
    assert sorted(refusals) == sorted(set(refusals))


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "constraint"), checks(), ids=[constraint.name for _, constraint in checks()])
def test_a_check_answers_yes_or_no(model: type[Model], constraint: CheckConstraint) -> None:
    assert unanswered(model, constraint) == []


@pytest.mark.parametrize("link", own_links(), ids=str)
def test_nothing_that_is_referred_to_is_deleted(link: ForeignKey) -> None:
    # A shape is nothing without its epoch, which is loaded and replaced whole.
    expected = CASCADE if str(link) == "areas.Boundary.epoch" else PROTECT
    assert link.remote_field.on_delete is expected


@pytest.mark.usefixtures("unguarded")
@pytest.mark.parametrize("link", all_links(), ids=str)
def test_the_database_refuses_a_link_to_nobody(link: ForeignKey) -> None:
    with broken_link() as refusal:
        point(link, NOBODY)
    assert refused_link(refusal.value) == (link.model._meta.db_table, link.column)


@pytest.mark.usefixtures("unguarded")
@pytest.mark.parametrize("link", all_links(), ids=str)
def test_the_database_refuses_to_delete_what_is_referred_to(link: ForeignKey) -> None:
    parent = BUILDERS[link.related_model._meta.label_lower]()
    point(link, parent.pk)
    connection.check_constraints()
    with broken_link() as refusal:
        delete_by_hand(parent)
    assert refused_link(refusal.value) == (link.model._meta.db_table, link.column)
