"""A recorded change is never changed nor deleted, only redacted: the database itself refuses all else."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from concordat.kernel.models import Change
from tests.constraint_rows.links import delete_by_hand
from tests.factories import DAY, make_change, make_person, noon


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
