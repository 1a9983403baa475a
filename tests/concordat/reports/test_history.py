"""How many areas stood how, day by day: on every day the same as the picture of that day."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from concordat.picture import picture
from concordat.reports import history
from concordat.reports.courses import at, counts
from concordat.reports.formats import pdf
from concordat.reports.questions import Question
from concordat.timelines import timelines
from tests import factories as make
from tests.concordat.reports.world import make_world
from tests.factories import the_programme

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 2)


def question(on: date = ON, **fields: str) -> Question:
    return Question(on, on - timedelta(days=90), **fields)  # type: ignore[arg-type]


def rows(on: date = ON, key: str = "", **fields: str) -> list[dict[str, object]]:
    return list(history.answer(question(on, **fields)).table(key).dicts)


class TestCounts:
    def test_each_day_is_as_its_picture(self) -> None:
        make_world(4, ON)
        make.make_area(until_on=ON - timedelta(days=50))
        make.make_area(from_on=ON - timedelta(days=50))
        found = counts(timelines(the_programme(), ON), ON)
        for back in (0, 1, 24, 25, 26, 49, 50, 51, 89, 90, 91, 200, 397, 398, 399, 400, 401, 3000):
            day = ON - timedelta(days=back)
            shown = picture(day)
            counted = at(found, day)
            assert {status: counted.sign_up[status] for status in shown.sign_up_counts} == shown.sign_up_counts
            assert {status: counted.delivery[status] for status in shown.delivery_counts} == shown.delivery_counts
            assert counted.areas == len(shown.areas)

    @pytest.mark.slow
    def test_the_real_history_is_as_its_pictures(self) -> None:
        call_command("load_areas", verbosity=0)
        call_command("load_history", verbosity=0)
        found = counts(timelines(the_programme(), ON), ON)
        for day in (date(2014, 1, 1), date(2014, 10, 30), date(2014, 12, 31), date(2015, 4, 10), date(2019, 4, 1), ON):
            shown, counted = picture(day), at(found, day)
            assert {status: counted.sign_up[status] for status in shown.sign_up_counts} == shown.sign_up_counts
        last = at(found, date(2014, 12, 31))
        assert (last.areas, last.sign_up["red"]) == (152, 0)

    def test_a_day_before_all_is_refused(self) -> None:
        make.make_programme()
        make.make_area()
        found = counts(timelines(the_programme(), ON), ON)
        with pytest.raises(IndexError):
            at(found, date(2013, 12, 31))

    def test_a_country_without_areas_has_two_days_of_nothing(self) -> None:
        assert [row.areas for row in counts([], ON)] == [0, 0]


class TestAnswer:
    def test_a_row_for_each_day_on_which_a_number_changed_and_for_the_last(self) -> None:
        make.the_programme()
        first, second = make.make_area(), make.make_area()
        make.make_declaration(areas=[first], published_on=date(2026, 3, 1))
        make.make_declaration(areas=[second], published_on=date(2026, 5, 1))
        found = [(row["on"], row["red"], row["amber"], row["green"]) for row in rows()]
        assert found == [
            (date(2014, 1, 1), 2, 0, 0),
            (date(2026, 3, 1), 1, 1, 0),
            (date(2026, 5, 1), 0, 2, 0),
            (ON, 0, 2, 0),
        ]

    def test_what_happened_later_changes_nothing(self) -> None:
        make_world(2, ON)
        before = rows(date(2026, 6, 1))
        make.make_declaration(areas=[make.make_area(from_on=date(2026, 7, 1))], published_on=date(2026, 8, 1))
        assert rows(date(2026, 6, 1)) == before

    def test_of_one_region_alone(self) -> None:
        make.the_programme()
        make.make_area(region="London")
        make.make_area(region="North East")
        assert [row["areas"] for row in rows(region="London")] == [1, 1]
        assert {row["region"] for row in rows(key="regions", region="London")} == {"London"}

    def test_by_region_only_what_changed_there(self) -> None:
        make.the_programme()
        london, _ = make.make_area(region="London"), make.make_area(region="North East")
        make.make_declaration(areas=[london], published_on=date(2026, 3, 1))
        found = [(row["region"], row["on"], row["amber"]) for row in rows(key="regions")]
        assert found == [
            ("London", date(2014, 1, 1), 0),
            ("London", date(2026, 3, 1), 1),
            ("London", ON, 1),
            ("North East", date(2014, 1, 1), 0),
            ("North East", ON, 0),
        ]

    def test_its_pictures_say_the_last_numbers_and_name_their_tables(self) -> None:
        make_world(2, ON)
        answer = history.answer(question())
        keys = {table.key for table in answer.tables}
        assert [picture.key for picture in answer.pictures] == [
            "history-signup",
            "history-delivery",
            "history-regions",
        ]
        assert {picture.table for picture in answer.pictures} <= keys
        assert "2 green, 0 amber, 2 red." in answer.pictures[0].told
        assert answer.summary == ("2 of 4 areas at least amber on 2 November 2026, 2 of them green.",)

    def test_its_title_says_until_which_day(self) -> None:
        make_world(2, ON)
        assert pdf.told(history.answer(question()))["title"] == "History of the map until 2 November 2026"

    def test_nothing_is_there_yet(self) -> None:
        make.make_programme()
        answer = history.answer(question())
        assert [row["areas"] for row in answer.tables[0].dicts] == [0, 0]
        assert len(answer.pictures) == 2
