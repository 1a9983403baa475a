"""Dates that a spreadsheet holds as dates, and text that is struck through."""

from datetime import date, datetime

import pytest

from actionplans.timescale import Kind
from actionplans.timescales import Context, print_timescale, read_timescale

DAY = date(2015, 3, 15)


@pytest.mark.parametrize("value", [DAY, datetime(2015, 3, 15, 0, 0)])  # noqa: DTZ001 - cells know no time zone
@pytest.mark.parametrize("shown_as", ["", "dd/mm/yyyy", "d mmmm yyyy", "General"])
def test_a_date_cell_is_a_day(value: date, shown_as: str) -> None:
    read = read_timescale(value, number_format=shown_as)
    assert (read.kind, read.start, read.end, read.confidence, read.text) == ("date", DAY, DAY, "sure", "15 March 2015")


@pytest.mark.parametrize("shown_as", ["mmm-yy", "mmmm yyyy", "mm/yyyy", "[$-809]mmm yy"])
def test_a_date_cell_that_shows_a_month_is_a_month(shown_as: str) -> None:
    read = read_timescale(DAY, number_format=shown_as)
    assert (read.kind, str(read.end), read.confidence, read.text) == ("month", "2015-03-31", "sure", "March 2015")


def test_a_date_cell_without_its_year_may_have_been_typed_as_a_month() -> None:
    read = read_timescale(date(2026, 12, 15), number_format="d-mmm", shown="15-Dec")
    assert (read.confidence, read.text, read.end) == ("ask", "15-Dec", None)
    assert [print_timescale(each) for each in read.alternatives] == ["15 December 2026", "by the end of December 2015"]


@pytest.mark.parametrize(
    ("shown_as", "shown", "offered"),
    [
        ("mmmm", "March", ["by the end of March 2015", "15 March 2015"]),
        ("yyyy", "2015", ["31 December 2015", "15 March 2015", "31 March 2016"]),
    ],
)
def test_a_date_cell_that_shows_a_part_alone_is_asked_about(shown_as: str, shown: str, offered: list[str]) -> None:
    read = read_timescale(DAY, number_format=shown_as, shown=shown)
    assert (read.confidence, read.text, read.end) == ("ask", shown, None)
    assert [print_timescale(each) for each in read.alternatives] == offered


def test_nothing_in_a_cell_is_no_time_given() -> None:
    assert read_timescale(None) == read_timescale("")


def test_a_date_struck_through_was_replaced_by_the_one_beside_it() -> None:
    read = read_timescale("June 2016", struck="March 2015")
    assert (read.text, str(read.original_due), str(read.current.end)) == ("June 2016", "2015-03-31", "2016-06-30")
    assert [each.text for each in read.revised] == ["June 2016"]


def test_a_date_struck_through_with_none_beside_it_is_asked() -> None:
    read = read_timescale("", struck="March 2015")
    assert (read.kind, read.confidence, read.question) == (
        Kind.MONTH,
        "ask",
        "The date is struck through. Which holds now?",
    )


def test_words_struck_through_say_nothing_about_the_date() -> None:
    assert read_timescale("June 2016", struck="see below") == read_timescale("June 2016")


def test_a_question_beside_a_struck_date_stays_a_question() -> None:
    read = read_timescale("Q1 2016", Context(), struck="March 2015")
    assert (read.confidence, read.end) == ("ask", None)
    assert [(str(each.end), str(each.current.end)) for each in read.alternatives] == [
        ("2015-03-31", "2016-03-31"),
        ("2015-03-31", "2016-06-30"),
    ]


@pytest.mark.parametrize("day", [date(9999, 12, 31), date(1, 1, 1), date(1900, 1, 1)])
@pytest.mark.parametrize("number_format", ["dd/mm/yyyy", "mmm yyyy", "d mmm"])
def test_a_cell_with_a_day_far_from_any_plan_is_asked(day: date, number_format: str) -> None:
    read = read_timescale(day, Context(), number_format=number_format)
    assert (read.confidence, read.end, read.alternatives) == ("ask", None, ())
