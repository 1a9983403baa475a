"""One page for a minister: its numbers are those of the reports behind it, and its PDF is one sheet."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from django.core.management import call_command
from django.test import Client

from concordat.lagging import Finding, Rule
from concordat.picture import picture
from concordat.reports import ministerial, national
from concordat.reports.formats import pdf
from concordat.reports.pictured import status_of
from concordat.reports.questions import Question
from concordat.watching import Lagging, lagging_areas
from tests import factories as make
from tests.concordat.reports.formats.documents import checked, facts_of, text_of
from tests.concordat.reports.world import make_world
from tests.factories import the_programme
from tests.plain import plain
from tests.sign_in import enter

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 2)


def question(on: date = ON, since: date | None = None, **fields: Any) -> Question:
    return Question(on, since or on - timedelta(days=365), **fields)


def table(key: str, asked: Question | None = None) -> list[dict[str, Any]]:
    return list(ministerial.answer(asked or question()).table(key).dicts)


class TestNumbers:
    def test_the_statuses_are_those_of_the_picture(self) -> None:
        make_world(3, ON)
        shown = picture(ON)
        assert {row["status"]: row["areas"] for row in table("signup")} == shown.sign_up_counts
        assert {row["status"]: row["areas"] for row in table("delivery")} == shown.delivery_counts

    def test_shares_and_changes(self) -> None:
        make.the_programme()
        first, *_ = [make.make_area() for _ in range(3)]
        make.make_declaration(areas=[first], published_on=date(2026, 3, 1))
        found = {row["status"]: (row["areas"], row["percent"], row["before"], row["change"]) for row in table("signup")}
        assert found == {"green": (0, 0, 0, 0), "amber": (1, 33, 0, 1), "red": (2, 67, 3, -1)}

    @pytest.mark.parametrize("region", ["", "London"])
    def test_areas_that_ended_meanwhile_were_among_those_of_the_earlier_day(self, region: str) -> None:
        """What was is what the picture and the trend say of that day."""
        make.the_programme()
        ended = make.make_area(until_on=date(2026, 4, 1), region="London")
        make.make_declaration(areas=[ended], published_on=date(2025, 3, 1))
        make.make_area(region="North West")
        for number in range(2):
            successor = make.make_area(from_on=date(2026, 4, 1), region="London")
            make.make_succession(
                predecessor=ended, successor=successor, on=date(2026, 4, 1), part=f"the part {number} of it"
            )
        asked = question(since=date(2026, 3, 31), region=region)
        was = [area for area in picture(asked.since).areas if region in ("", area.region)]
        for lens in ("signup", "delivery"):
            found = {row["status"]: row["before"] for row in table(lens, asked)}
            assert found == {**dict.fromkeys(found, 0), **Counter(status_of(area, lens) for area in was)}
        amber = next(row for row in table("signup", asked) if row["status"] == "amber")
        assert (amber["areas"], amber["before"], amber["change"]) == (2, 1, 1)

    def test_the_regions_add_up(self) -> None:
        make_world(2, ON)
        make.make_area(region="London")
        rows = table("regions")
        assert {row["region"]: row["areas"] for row in rows} == {"East of England": 4, "London": 1}
        assert sum(row["red"] for row in rows) == picture(ON).sign_up_counts["red"]

    def test_the_shares_of_the_regions_are_of_their_own_areas(self) -> None:
        make.the_programme()
        for region in ("London", "London", "London", "North West"):
            first = make.make_area(region=region)
        make.make_declaration(areas=[first], published_on=date(2026, 3, 1))
        found = {row["region"]: (row["red"], row["amber"], row["green"], row["none"]) for row in table("region_shares")}
        assert found == {"London": (100, 0, 0, 100), "North West": (0, 100, 0, 100)}
        make.make_declaration(areas=[make.make_area(region="London")], published_on=date(2026, 3, 1))
        [london] = table("region_shares", question(region="London"))
        assert (london["red"], london["amber"]) == (75, 25)

    def test_who_moved_and_how_the_worse_first(self) -> None:
        make.the_programme()
        better, worse = make.make_area(name="Better"), make.make_area(name="Worse")
        make.make_declaration(areas=[better], published_on=date(2026, 3, 1))
        make.make_declaration(areas=[worse], published_on=date(2024, 3, 1), withdrawn_on=date(2026, 4, 1))
        found = [(row["name"], row["lens"], row["was"], row["now"], row["move"]) for row in table("movers")]
        assert found == [
            ("Worse", "signup", "Amber", "Red", national.WORSE),
            ("Better", "signup", "Red", "Amber", national.BETTER),
        ]

    def test_the_ten_that_lag_the_longest_with_why(self) -> None:
        make_world(12, ON)
        rows = table("lagging")
        lagging = lagging_areas(ON, the_programme())[:10]
        assert [row["name"] for row in rows] == [each.area.name for each in lagging]
        assert rows[0]["why"] == lagging[0].findings[0].sentence

    @pytest.mark.parametrize(
        ("days", "sentence"),
        [
            ([7] * 10, ""),
            ([9] * 10 + [8], "The first 10 of 11; “Areas that lag” has all."),
            ([0] * 12, "The first 10 of 12; “Areas that lag” has all."),
            (
                [9] * 8 + [5] * 30,
                "The first 10 of 38; “Areas that lag” has all. "
                "30 are equally long on the list, for 5 days: 2 of them are here, by name.",
            ),
        ],
    )
    def test_it_says_who_is_left_out_though_they_lag_no_less(self, days: list[int], sentence: str) -> None:
        rule, area = Rule.NO_PLAN, cast("Any", None)
        found = [Lagging(area, area, (Finding(rule, "It has none.", None, each or None),)) for each in days]
        assert ministerial._of_the_longest(found) == sentence

    def test_the_page_leads_to_all_that_lag(self, client: Client) -> None:
        make_world(12, ON)
        enter(client, make.make_membership("national_reviewer").person)
        page = client.get("/reports/ministerial.html?on=2026-11-02&since=2026-01-31&region=East+of+England")
        link = "/reports/lagging.html?on=2026-11-02&region=East+of+England"
        assert f'<a class="govuk-link" href="{link.replace("&", "&amp;")}">See all of them</a>' in page.content.decode()
        assert "areas that lag, of 24 areas" in plain(client.get(link))
        assert "See all of them" not in plain(client.get("/reports/ministerial.html?region=London"))

    def test_it_is_said_how_many_more_lag(self, monkeypatch: pytest.MonkeyPatch) -> None:
        make_world(2, ON)
        total = len(lagging_areas(ON, the_programme()))
        assert ministerial.answer(question()).table("lagging").told == ""
        monkeypatch.setattr(ministerial, "LONGEST", 1)
        told = ministerial.answer(question()).table("lagging").told
        assert told.startswith(f"The first 1 of {total}; “Areas that lag” has all.")
        assert len(table("lagging")) == 1 < total

    def test_the_sections_have_every_action_once(self) -> None:
        make_world(5, ON)
        rows = table("sections")
        assert sum(row["total"] for row in rows) == picture(ON).actions.total
        assert {row["percent"] for row in rows} == {0}

    def test_the_trend_is_of_the_same_day_of_each_quarter(self) -> None:
        make_world(2, ON)
        rows = table("trend")
        assert [row["on"] for row in rows][-2:] == [date(2026, 8, 2), ON]
        assert len(rows) == 9
        for row in rows:
            counts = picture(row["on"]).sign_up_counts
            assert {status: row[status] for status in counts} == counts

    def test_the_trend_of_a_month_s_end_is_of_months_ends(self) -> None:
        make_world(1, ON)
        days = [row["on"] for row in table("trend", question(date(2025, 6, 30)))]
        assert days[-3:] == [date(2024, 12, 31), date(2025, 3, 31), date(2025, 6, 30)]
        assert days[0] == date(2023, 6, 30)

    def test_the_trend_begins_no_earlier_than_what_can_be_asked_for(self) -> None:
        make_world(1, ON)
        assert [row["on"] for row in table("trend", question(date(2014, 5, 1)))] == [date(2014, 2, 1), date(2014, 5, 1)]

    def test_of_one_region(self) -> None:
        make_world(2, ON)
        make.make_area(name="Camden", region="London")
        asked = question(region="London")
        assert [row["region"] for row in table("regions", asked)] == ["London"]
        assert {row["name"] for row in table("lagging", asked)} <= {"Camden"}
        assert sum(row["areas"] for row in table("signup", asked)) == 1

    def test_what_happened_later_changes_nothing(self) -> None:
        make_world(2, ON)
        day = question(date(2026, 6, 1))

        def told() -> list[list[dict[str, Any]]]:
            return [list(each.dicts) for each in ministerial.answer(day).tables]

        before = told()
        area = make.make_area(from_on=date(2026, 7, 1))
        make.make_declaration(areas=[area], published_on=date(2026, 8, 1))
        assert told() == before


class TestSentences:
    @pytest.mark.slow
    def test_the_end_of_2014(self) -> None:
        call_command("load_areas", verbosity=0)
        call_command("load_history", verbosity=0)
        answer = ministerial.answer(question(date(2014, 12, 31), date(2014, 9, 30)))
        assert answer.summary[0].startswith("152 of 152 areas at least amber on 31 December 2014")

    def test_how_much_is_done(self) -> None:
        make_world(2, ON)
        assert ministerial.answer(question()).summary[-1] == "0 of 4 actions are done, 4 overdue."
        first = ministerial.answer(question(date(2014, 1, 1)))
        assert first.summary[-1] == "No actions are recorded on 1 January 2014."

    def test_the_end_of_the_records_is_a_note(self) -> None:
        make.make_programme(complete_to=date(2015, 4, 10))
        notes = ministerial.answer(question()).notes
        assert any("Records are complete to 10 April 2015." in note for note in notes)


class TestPictures:
    def test_each_has_its_words_and_its_table(self) -> None:
        make_world(2, ON)
        answer = ministerial.answer(question())
        assert [picture.key for picture in answer.pictures] == [
            *("map-signup", "map-delivery", "trend-signup", "regions-signup", "regions-delivery")
        ]
        assert {picture.table for picture in answer.pictures} <= {each.key for each in answer.tables}
        assert "On 2 November 2026: 2 green, 0 amber, 2 red." in [picture.told for picture in answer.pictures]


class TestPdf:
    def test_it_is_one_sheet_with_all_of_it(self, tmp_path: Path) -> None:
        make_world(12, ON)
        for number in range(20):
            area = make.make_area(name=f"A place with a long name, number {number}", region="Yorkshire and The Humber")
            make.make_declaration(areas=[area], published_on=date(2026, 3, 1))
        answer = ministerial.answer(question())
        made = pdf.made(answer)
        checked(made, tmp_path)
        facts = facts_of(made, tmp_path)
        assert (facts["Pages"], facts["Tagged"]) == ("1", "yes")
        text = text_of(made, tmp_path)
        assert answer.summary[0] in text
        assert "Lagging the longest" in text
        assert "The first 10 of" in text

    @pytest.mark.slow
    def test_the_real_country_on_one_sheet(self, tmp_path: Path) -> None:
        call_command("load_areas", verbosity=0)
        call_command("load_boundaries", verbosity=0)
        call_command("load_history", verbosity=0)
        answer = ministerial.answer(question(date(2014, 12, 31), date(2014, 9, 30)))
        assert any("Open Government Licence" in note for note in answer.notes)
        made = pdf.made(answer)
        assert facts_of(made, tmp_path)["Pages"] == "1"
        assert "152 of 152 areas at least amber on 31 December 2014" in text_of(made, tmp_path)
