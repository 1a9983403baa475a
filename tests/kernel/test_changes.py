"""Writing with a trace: every change says who, when, what, from what, to what, and why."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.db import DatabaseError, IntegrityError, transaction

from actionplans.models import Commitment, Theme
from concordat.kernel import changes
from concordat.kernel.models import Change, Claim
from signatories.models import Milestone, Organisation, Partnership, Person
from tests.factories import make_organisation, make_partnership, make_person, make_theme, the_programme

pytestmark = pytest.mark.django_db
BY = "load_history"


def the_change(subject: Any) -> Change:
    """The last change of the row."""
    change = Change.objects.about(subject).last()
    assert change
    return change


def theme(name: str = "Training", **fields: Any) -> Theme:
    return Theme(name=name, slug=name.lower(), **fields)


def test_create_writes_the_row_and_what_it_says() -> None:
    row = changes.create(theme(description="Joint training"), by=BY, why="The first load")
    assert Theme.objects.get() == row
    change = the_change(row)
    assert (change.verb, change.why, change.by, change.by_command) == ("created", "The first load", None, BY)
    assert change.fields == {
        "name": [None, "Training"],
        "slug": [None, "training"],
        "description": [None, "Joint training"],
    }


def test_create_by_a_person_names_the_person() -> None:
    person = make_person(name="Jo Smith")
    change = the_change(changes.create(theme(), by=person))
    assert (change.by, change.by_command, change.actor) == (person, "", "Jo Smith")


def test_by_a_command_names_the_command() -> None:
    assert the_change(changes.create(theme(), by=BY)).actor == "command load_history"


def test_a_change_says_when_it_was_recorded() -> None:
    moment = datetime(2026, 3, 1, 12, tzinfo=UTC)
    with time_machine.travel(moment, tick=False):
        row = changes.create(theme(), by=BY)
    assert the_change(row).recorded_at == moment


def test_a_row_that_the_database_refuses_leaves_no_trace() -> None:
    make_theme(name="Training")
    with pytest.raises(IntegrityError), transaction.atomic():
        changes.create(theme(), by=BY)
    assert not Change.objects.exists()


def test_create_never_writes_over_a_row_that_is_there() -> None:
    known = make_theme(name="Training")
    with pytest.raises(IntegrityError), transaction.atomic():
        changes.create(Theme(pk=known.pk, name="Housing", slug="housing"), by=BY)
    known.refresh_from_db()
    assert known.name == "Training"


def test_what_is_written_is_kept_as_json_can_hold_it() -> None:
    """Days in ISO 8601, other rows as their id."""
    partnership = make_partnership()
    row = changes.create(
        Commitment(partnership=partnership, you_said="Listen", made_on=date(2019, 8, 31), made_precision="by"), by=BY
    )
    assert the_change(row).fields == {
        "partnership_id": [None, partnership.pk],
        "you_said": [None, "Listen"],
        "made_on": [None, "2019-08-31"],
        "made_precision": [None, "by"],
        "position": [None, 0],
        "version": [None, 1],
    }


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (datetime(2015, 4, 10, 12, tzinfo=UTC), "2015-04-10T12:00:00+00:00"),
        (Decimal("1.50"), "1.50"),
        (7, 7),
        (None, None),
        (["police"], ["police"]),
        (Organisation(pk=5), 5),
    ],
)
def test_every_kind_of_value_can_be_kept(value: Any, kept: Any) -> None:
    row = make_theme()
    changes.record(row, "changed", by=BY, fields={"value": (value, None)})
    assert the_change(row).fields == {"value": [kept, None]}


@pytest.mark.parametrize("write", ["create", "revise"])
def test_a_password_is_never_kept_in_the_record(write: str) -> None:
    """Not even as a hash: the record cannot be emptied, and many may read it."""
    secret = make_password("a secret")
    if write == "create":
        row = changes.create(Person(name="Jo Smith", email="jo@example.org", password=secret), by=BY)
    else:
        row = changes.revise(make_person(), by=BY, password=secret)
    row.refresh_from_db()
    assert row.password == secret
    assert secret not in str(the_change(row).fields)


def test_create_many_writes_each_row_with_its_change() -> None:
    rows = changes.create_many([theme("Training"), theme("Housing")], by=BY, why="Both at once")
    assert list(Theme.objects.order_by("id")) == rows
    for row in rows:
        change = the_change(row)
        assert (change.verb, change.by_command, change.why) == ("created", BY, "Both at once")
        assert change.fields == {"name": [None, row.name], "slug": [None, row.slug]}


def test_create_many_takes_the_same_number_of_queries_for_few_and_many(django_assert_num_queries: Any) -> None:
    for count in (2, 50):
        rows = [theme(f"Theme {count} {number}", description="x") for number in range(count)]
        for row in rows:
            row.slug = row.name.replace(" ", "-").lower()
        with django_assert_num_queries(4):  # a savepoint around two inserts
            changes.create_many(rows, by=BY)


def test_create_many_of_nothing_writes_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):  # the savepoint alone
        assert changes.create_many([], by=BY) == []


def test_create_many_writes_all_or_nothing() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        changes.create_many([theme("Training"), theme("Training")], by=BY)
    assert not Theme.objects.exists()
    assert not Change.objects.exists()


def test_revise_writes_what_differs_with_what_it_was_and_why() -> None:
    row = make_theme(name="Training", description="Old")
    person = make_person()
    changes.revise(row, by=person, why="A better word", name="Training", description="New")
    assert Theme.objects.get().description == "New"
    change = the_change(row)
    assert (change.verb, change.by, change.why) == ("changed", person, "A better word")
    assert change.fields == {"description": ["Old", "New"]}


def test_revise_writes_nothing_when_nothing_differs() -> None:
    row = make_theme(name="Training")
    assert changes.revise(row, by=BY, name="Training") is row
    assert not Change.objects.exists()


def test_revise_compares_with_the_database_and_not_with_a_stale_row() -> None:
    row = make_theme(name="Training")
    Theme.objects.update(name="Joint training")
    changes.revise(row, by=BY, name="Training")
    assert Theme.objects.get().name == "Training"
    assert the_change(row).fields == {"name": ["Joint training", "Training"]}


def test_revise_leaves_alone_what_another_changed_meanwhile() -> None:
    stale = make_theme(name="Training", description="Old")
    Theme.objects.update(description="New")
    changes.revise(stale, by=BY, name="Joint training")
    assert Theme.objects.get().description == "New"


def test_revise_can_say_with_a_word_of_its_own_what_happened() -> None:
    row = make_theme()
    changes.revise(row, by=BY, verb="renamed", name="Joint training")
    assert the_change(row).verb == "renamed"


def test_revise_records_another_row_as_its_id() -> None:
    partnership, parent = make_partnership(), make_partnership()
    changes.revise(partnership, by=BY, parent=parent)
    assert Partnership.objects.get(pk=partnership.pk).parent == parent
    assert the_change(partnership).fields == {"parent": [None, parent.pk]}


def test_a_revision_that_the_database_refuses_leaves_no_trace() -> None:
    row = make_theme(name="Training")
    with pytest.raises(IntegrityError), transaction.atomic():
        changes.revise(row, by=BY, name="")
    assert Theme.objects.get().name == "Training"
    assert not Change.objects.exists()


def test_ensure_creates_what_is_not_there_and_says_so() -> None:
    row, is_new = changes.ensure(Theme, by=BY, key={"slug": "training"}, why="First load", name="Training")
    assert is_new
    assert (row.slug, row.name) == ("training", "Training")
    assert (the_change(row).verb, the_change(row).why) == ("created", "First load")


def test_ensure_leaves_what_is_there_alone() -> None:
    """Loading the same facts again undoes nobody's correction."""
    known = make_theme(slug="training", name="Joint training")
    row, is_new = changes.ensure(Theme, by=BY, key={"slug": "training"}, name="Training")
    assert (row, is_new) == (known, False)
    assert Theme.objects.get().name == "Joint training"
    assert not Change.objects.exists()


def test_claim_keeps_what_a_source_says() -> None:
    organisation = make_organisation()
    claim, is_new = changes.claim(
        organisation, "signatories", by=BY, source="A newspaper", on=date(2015, 4, 10), precision="by", text="22 signed"
    )
    assert is_new
    assert (claim.subject_type, claim.subject_id) == ("signatories.organisation", organisation.pk)
    assert (claim.event, claim.source, claim.on, claim.precision) == (
        "signatories",
        "A newspaper",
        date(2015, 4, 10),
        "by",
    )
    assert the_change(claim).fields["text"] == [None, "22 signed"]


def test_the_same_claim_twice_is_one_and_conflicting_claims_are_two() -> None:
    organisation = make_organisation()
    days = [date(2014, 12, 31), date(2014, 12, 31), date(2015, 3, 31), None, None]
    for on in days:
        changes.claim(organisation, "declaration", by=BY, source="A", on=on, precision="by" if on else "")
    changes.claim(organisation, "declaration", by=BY, source="B", on=days[0], precision="day")
    found = Claim.objects.order_by("id").values_list("source", "on")
    assert list(found) == [("A", days[0]), ("A", days[2]), ("A", None), ("B", days[0])]


def test_an_unsaved_change_writes_nothing_until_it_is_saved() -> None:
    row = make_theme()
    change = changes.change(row, "sent", by=BY, why="Due", fields={"name": ("a", "b")})
    assert not Change.objects.exists()
    Change.objects.bulk_create([change])
    assert (the_change(row).verb, the_change(row).fields) == ("sent", {"name": ["a", "b"]})


def test_record_writes_one_change_of_one_row() -> None:
    one, other = make_theme(), make_theme()
    changes.record(one, "published", by=BY, why="Checked", fields={"state": ("draft", "published")})
    assert Change.objects.about(other).count() == 0
    change = the_change(one)
    assert (change.verb, change.why, change.fields) == ("published", "Checked", {"state": ["draft", "published"]})


def test_the_changes_of_a_row_are_told_oldest_first_and_apart_from_another_kind_of_row() -> None:
    programme = the_programme()
    milestone = Milestone.objects.create(pk=programme.pk, programme=programme, name="Plan", due_on=date(2015, 3, 31))
    for name in ("a", "b"):
        changes.revise(programme, by=BY, name=name)
    changes.revise(milestone, by=BY, name="c")
    assert [change.fields["name"][1] for change in Change.objects.about(programme)] == ["a", "b"]


@pytest.mark.parametrize("tamper", ["update", "delete"])
def test_the_database_refuses_to_alter_a_recorded_change(tamper: str) -> None:
    changes.record(make_theme(), "created", by=BY)
    rows = Change.objects.all()
    with pytest.raises(DatabaseError, match="never"), transaction.atomic():
        rows.update(verb="nothing") if tamper == "update" else rows._raw_delete(rows.db)
    assert Change.objects.get().verb == "created"
