"""Statements around Django's queries."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import F, Value
from django.test.utils import CaptureQueriesContext

from concordat.kernel import statements
from signatories.models import ChasingOptOut, Person
from tests.factories import make_opt_out, make_person

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 2)


def test_a_row_is_inserted_for_each_found_and_what_is_there_is_passed_over() -> None:
    ann, ben = make_person(name="Ann"), make_person(name="Ben")
    make_person(name="Cy", is_active=False)
    make_opt_out(person=ben, from_on=date(2026, 5, 1))
    active = Person.objects.filter(is_active=True)
    assert statements.insert_found(ChasingOptOut, active, person=F("pk"), from_on=Value(DAY)) == 1
    assert statements.insert_found(ChasingOptOut, active, person=F("pk"), from_on=Value(DAY)) == 0
    rows = ChasingOptOut.objects.order_by("person__name").values_list("person", "from_on", "until_on")
    assert list(rows) == [(ann.pk, DAY, None), (ben.pk, date(2026, 5, 1), None)]


def test_queries_stand_in_their_places_with_their_values() -> None:
    make_person(name="100 % {sure}")
    for name in ("Ann", "Ben", "Ben"):
        make_person(name=name)
    count = statements.execute(
        "UPDATE signatories_person SET name = 'Bea' WHERE id IN ({some}) AND id NOT IN ({others})",
        some=Person.objects.filter(name="Ben").values("pk"),
        others=Person.objects.filter(name__in=["Ann", "100 % {sure}"]).values("pk"),
    )
    assert count == 2
    assert sorted(Person.objects.values_list("name", flat=True)) == ["100 % {sure}", "Ann", "Bea", "Bea"]


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite does not look at its tables by itself")
class TestUnknown:
    def looked_at(self) -> list[str]:
        with CaptureQueriesContext(connection) as asked:
            statements.refresh_unknown(Person, ChasingOptOut)
        return sorted(each["sql"].split('"')[1] for each in asked if each["sql"].startswith("ANALYZE"))

    def test_small_tables_are_left_alone(self) -> None:
        make_person()
        assert self.looked_at() == []

    def test_all_are_looked_at_once_one_of_them_is_large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(statements, "LARGE", 1000)
        make_opt_out()
        with connection.cursor() as cursor:  # as after a restore
            cursor.execute("DELETE FROM pg_statistic WHERE starelid IN (%s::regclass, %s::regclass)", TABLES)
        assert self.looked_at() == sorted(TABLES)
        assert self.looked_at() == []


TABLES = [Person._meta.db_table, ChasingOptOut._meta.db_table]
