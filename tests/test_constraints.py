"""The database itself refuses every bad row, whatever Python let through; on SQLite and PostgreSQL alike."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import CASCADE, PROTECT, CheckConstraint, ForeignKey, Model

from concordat.kernel.models import Change
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
from tests.factories import DAY, make_area, make_change, make_person, noon

REFUSED = [case for case in CASES if case.refused]
ACCEPTED = [case for case in CASES if not case.refused]
# An email that is the same is also the same in any case: which of the two speaks first is the database's choice.
# SQLite names the columns, and these two speak of one: what is accepted or live, and what is in hand.
ALIKE_ON_SQLITE = {
    "update_one_in_hand_per_action": "update_one_current_per_action",
    "planversion_one_in_hand_per_plan": "planversion_one_live_per_plan",
}
IMPLIED_BY = {"signatories.person.email": "person_email_once_in_any_case"}


@pytest.fixture
def unguarded(db: None) -> None:
    """The triggers step aside for this test, so that the constraints alone speak (tests/test_guards.py has theirs)."""
    aside, _ = guards.aside()
    with connection.cursor() as cursor:
        for statement in aside:
            cursor.execute(statement)


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


@pytest.mark.django_db(transaction=True)
def test_links_are_checked_at_the_end_of_each_transaction() -> None:
    """Above they are checked on demand, since those tests never commit."""
    area = make_area()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(area.codes.get()).objects.update(area=NOBODY)
    assert area.codes.exists()


def redacted(**others: Any) -> dict[str, Any]:
    return {"redacted_at": noon(DAY), "fields": {}, "why": ""} | others


def alter(change: Change, values: dict[str, Any]) -> int:
    return Change.objects.filter(pk=change.pk).update(**values)


@pytest.mark.django_db
class TestChangeIsAppendOnly:
    def refuses(self, statement: Any) -> None:
        with pytest.raises(IntegrityError, match="a recorded change is never"), transaction.atomic():
            statement()

    def as_stored(self) -> list[dict[str, Any]]:
        return list(Change.objects.values())

    @pytest.mark.parametrize(
        "values",
        [
            {"why": "Another reason"},
            {"fields": {"name": ["Herts", "Hertfordshire"]}},
            {"verb": "created"},
            {"recorded_at": noon(DAY)},
            {"redacted_at": None},
        ],
        ids=lambda values: next(iter(values)),
    )
    def test_no_update(self, values: dict[str, Any]) -> None:
        change = make_change(why="A reason", fields={"name": ["Hertford", "Hertfordshire"]})
        before = self.as_stored()
        self.refuses(lambda: alter(change, values))
        assert self.as_stored() == before

    def test_no_save(self) -> None:
        change = make_change(why="A reason")
        change.why = "Another reason"
        self.refuses(change.save)

    def test_no_bulk_update(self) -> None:
        change = make_change(why="A reason")
        change.why = "Another reason"
        self.refuses(lambda: Change.objects.bulk_update([change], ["why"]))

    def test_no_insert_over_it(self) -> None:
        change = make_change(why="A reason")
        change.why = "Another reason"
        self.refuses(
            lambda: Change.objects.bulk_create(
                [change], update_conflicts=True, unique_fields=["id"], update_fields=["why"]
            )
        )

    def test_no_update_by_hand(self) -> None:
        make_change(why="A reason")
        with connection.cursor() as cursor:
            self.refuses(lambda: cursor.execute("UPDATE kernel_change SET why = 'Another reason'"))

    def test_no_delete(self) -> None:
        change = make_change()
        self.refuses(change.delete)
        self.refuses(Change.objects.all().delete)
        self.refuses(lambda: delete_by_hand(change))
        assert Change.objects.filter(pk=change.pk).exists()

    def test_redaction_empties_the_texts_and_leaves_its_mark(self) -> None:
        change = make_change(why="Jo told me", fields={"name": ["Jo", "Jo Smith"]})
        assert alter(change, redacted()) == 1
        change.refresh_from_db()
        assert (change.why, change.fields, change.redacted_at) == ("", {}, noon(DAY))

    def test_redaction_may_leave_the_other_fields(self) -> None:
        change = make_change(fields={"name": ["Jo", "Jo Smith"], "role": ["Clerk", "Chair"]})
        kept = {"name": [None, None], "role": ["Clerk", "Chair"]}
        assert alter(change, redacted(fields=kept)) == 1
        change.refresh_from_db()
        assert change.fields == kept

    @pytest.mark.parametrize(
        "texts",
        [
            {"why": "Another reason"},
            {"why": "Jo told [removed] to me"},
            {"why": "[removed] Jo [removed]"},
            {"why": "[REMOVED] told me"},
            {"why": "* told me"},
            {"why": "% told me"},
            {"fields": {"name": ["Jo", "Ann"]}},
            {"fields": {"name": ["Jo", "jo smith"]}},
            {"fields": {"name": ["Jo Smith", "[removed]"]}},
            {"fields": {"name": ["Jo"]}},
            {"fields": {"name": ["Jo", "Jo Smith", "Jo"]}},
            {"fields": {"name": "Jo"}},
            {"fields": {"role": ["Clerk", "Chair"]}},
            {"fields": {"role": ["[removed]", "[removed]"]}},
            {"fields": []},
        ],
    )
    def test_redaction_writes_nothing_new(self, texts: dict[str, Any]) -> None:
        change = make_change(why="Jo told me", fields={"name": ["Jo", "Jo Smith"], "born": [None, 1970]})
        self.refuses(lambda: alter(change, redacted(**texts)))

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("Jo told me", "[removed] told me"),
            ("Jo told me, Jo", "[removed] told me, [removed]"),
            ("[removed] told me, Jo", "[removed] told me, [removed]"),
            ('Jo? 100 % [a-z]* of it_\\\\ "Zoë"\n’s', '[removed]? 100 % [a-z]* of it_\\\\ "[removed]"\n’s'),
            ("Jo", "[removed]"),
            ("Jo " * 30_000, "[removed]"),
        ],
    )
    def test_redaction_puts_a_mark_in_the_place_of_words(self, before: str, after: str) -> None:
        change = make_change(why=before, fields={"name": [before, None], "list": [[before], 5]})
        left = {"name": [after, None], "list": [[after], 5]} if len(before) < 90_000 else {"name": [after, None]}
        assert alter(change, redacted(why=after, fields=left)) == 1
        change.refresh_from_db()
        assert (change.why, change.fields) == (after, left)

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has INSERT OR REPLACE")
    def test_no_replacement(self) -> None:
        make_change(why="A reason")
        statement = "INSERT OR REPLACE INTO kernel_change SELECT * FROM kernel_change"
        with connection.cursor() as cursor:
            self.refuses(lambda: cursor.execute(statement))

    @pytest.mark.parametrize("values", [redacted(why="Jo told me"), redacted(why="Again"), {"redacted_at": None}])
    def test_what_was_redacted_comes_back_never(self, values: dict[str, Any]) -> None:
        change = make_change(why="Jo told me")
        alter(change, redacted(why="[removed] told me"))
        self.refuses(lambda: alter(change, values))

    @pytest.mark.parametrize(
        "altered",
        [
            {"id": 10_000},
            {"subject_type": "areas.areacode"},
            {"subject_id": 0},
            {"verb": "created"},
            {"by_command": "load_history"},
            {"by": None, "by_command": "load_areas"},
            {"recorded_at": noon(DAY)},
        ],
        ids=lambda altered: next(iter(altered)),
    )
    def test_redaction_alters_neither_who_nor_when_nor_what(self, altered: dict[str, Any]) -> None:
        change = make_change(why="Jo told me", by=make_person() if "by" in altered else None)
        self.refuses(lambda: alter(change, redacted(**altered)))

    def test_redaction_does_not_pass_it_to_another_person(self) -> None:
        change = make_change(by=make_person())
        self.refuses(lambda: alter(change, redacted(by=make_person())))
