"""What the plan and the partnership's own answers make of the same words."""

from datetime import date

import pytest

from actionplans.timescale import Timescale
from actionplans.timescales import Context, print_timescale, read_timescale
from actionplans.timescales.periods import day_of_month

NHS_YEAR = Context(date(2015, 4, 1), date(2016, 3, 31))
CALENDAR_YEAR = Context(date(2015, 1, 1), date(2015, 12, 31))
TWO_YEARS = Context(date(2014, 10, 1), date(2016, 9, 30))


def days(read: Timescale) -> tuple[str, str, str]:
    return str(read.start), str(read.end), str(read.confidence)


def choices(read: Timescale) -> list[str]:
    assert read.confidence == "ask"
    return [print_timescale(each) for each in read.alternatives]


@pytest.mark.parametrize(
    ("text", "context", "start", "end"),
    [
        ("Q1 2015", Context(quarters="calendar"), "2015-01-01", "2015-03-31"),
        ("Q1 2015", Context(quarters="nhs"), "2015-04-01", "2015-06-30"),
        ("Q4 2015", Context(quarters="calendar"), "2015-10-01", "2015-12-31"),
        ("Q4 2015", Context(date(2015, 4, 1), date(2016, 3, 31), quarters="nhs"), "2016-01-01", "2016-03-31"),
        ("Q4 2015", Context(date(2014, 4, 1), date(2015, 3, 31), quarters="nhs"), "2015-01-01", "2015-03-31"),
        ("H1 2016", Context(quarters="nhs"), "2016-04-01", "2016-09-30"),
        ("Q1", NHS_YEAR, "2015-04-01", "2015-06-30"),
        ("Q1", CALENDAR_YEAR, "2015-01-01", "2015-03-31"),
        ("Q1", Context(default_year=2015), "2015-04-01", "2015-06-30"),
        ("March", Context(default_year=2015), "2016-03-01", "2016-03-31"),
        ("Christmas", TWO_YEARS, "None", "None"),
        ("29 February", TWO_YEARS, "2016-02-29", "2016-02-29"),
        ("Spring", NHS_YEAR, "None", "None"),
        ("June 2017", NHS_YEAR, "2017-06-01", "2017-06-30"),
        ("December 25", Context(date(2024, 4, 1), date(2027, 3, 31)), "2025-12-01", "2025-12-31"),
        ("within 12 months", Context(published_on=date(2015, 3, 31)), "2015-03-31", "2016-03-31"),
        ("within 1 month", Context(published_on=date(2015, 1, 31)), "2015-01-31", "2015-02-28"),
    ],
)
def test_a_known_plan_answers(text: str, context: Context, start: str, end: str) -> None:
    expected = "ask" if end == "None" else "likely"
    assert days(read_timescale(text, context)) == (start, end, expected)


def test_a_remembered_answer_leaves_the_january_of_the_fourth_quarter_open() -> None:
    read = read_timescale("Q4 2015", Context(quarters="nhs"))
    assert read.question == "Which January is meant?"
    assert choices(read) == ["1 January to 31 March 2016 (Q4 2015/16)", "1 January to 31 March 2015 (Q4 2014/15)"]


def test_a_bare_quarter_in_a_plan_that_is_no_year_is_asked_with_all_that_it_may_be() -> None:
    read = read_timescale("Q1", Context(date(2015, 1, 1), date(2015, 9, 30)))
    assert choices(read) == ["1 January to 31 March 2015 (Q4 2014/15)", "1 April to 30 June 2015 (Q1 2015/16)"]


def test_without_a_period_the_last_one_and_the_next_two_are_offered() -> None:
    read = read_timescale("March", Context(published_on=date(2015, 5, 1)))
    assert choices(read) == ["by the end of March 2015", "by the end of March 2016", "by the end of March 2017"]
    quarters = [str(each.end) for each in read_timescale("Q1", Context(published_on=date(2026, 8, 1))).alternatives]
    assert quarters == ["2026-03-31", "2026-06-30", "2027-03-31", "2027-06-30", "2028-03-31", "2028-06-30"]


@pytest.mark.parametrize("text", ["1/12", "1.12", "01-12"])
def test_a_day_of_figures_alone_is_asked_with_its_years(text: str) -> None:
    read = read_timescale(text, Context(published_on=date(2026, 8, 1)))
    assert choices(read) == ["1 December 2025", "1 December 2026", "1 December 2027"]
    assert choices(read_timescale(text, NHS_YEAR)) == ["1 December 2015"]
    assert choices(read_timescale("24/7", Context(published_on=date(2026, 8, 1)))) == []


@pytest.mark.parametrize(("day", "month"), [(32, 1), (0, 1), (1, 13), (1, 0)])
def test_figures_that_are_no_day_of_any_year_offer_none(day: int, month: int) -> None:
    read = day_of_month(day, month, NHS_YEAR)
    assert (read.confidence, read.end, read.alternatives) == ("ask", None, ())


def test_the_end_of_the_year_is_asked_with_both_of_each_year() -> None:
    ends = [
        str(each.end) for each in read_timescale("End of year", Context(published_on=date(2026, 8, 1))).alternatives
    ]
    assert ends == ["2025-12-31", "2026-03-31", "2026-12-31", "2027-03-31", "2027-12-31", "2028-03-31"]


LATER_PLAN = Context(date(2024, 4, 1), date(2027, 3, 31))


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("April 2015, Revised date: April 2017", [("2015-04-30", "2017-04-30")]),
        ("April 2015 (revised: Q1 2017)", []),
        ("was March 2015, now June 2016", [("2015-03-31", "2016-06-30")]),
    ],
)
def test_of_a_revised_date_far_outside_the_plan_both_are_offered(text: str, readings: list[tuple[str, str]]) -> None:
    read = read_timescale(text, LATER_PLAN)
    assert read.confidence == "ask"
    assert [(str(each.end), str(each.current.end)) for each in read.alternatives] == readings


def test_a_date_long_ago_is_no_question_where_another_holds_now() -> None:
    read = read_timescale("April 2015, Revised date: April 2025", LATER_PLAN)
    assert (str(read.end), str(read.current.end), read.confidence) == ("2015-04-30", "2025-04-30", "sure")


@pytest.mark.parametrize(
    ("text", "context", "about"),
    [
        ("March 2015", LATER_PLAN, "period"),
        ("April 2015, Revised date: April 2017", LATER_PLAN, "period"),
        ("Feasibility June 2014; live April 2015", LATER_PLAN, "period"),
        ("Apr-15", LATER_PLAN, "figures"),
        ("Q1 2015", Context(), "quarters"),
        ("Design Q1 2015; report Q3 2015", Context(), "quarters"),
        ("March", LATER_PLAN, ""),
        ("TBC", LATER_PLAN, ""),
    ],
)
def test_a_question_says_what_it_is_about(text: str, context: Context, about: str) -> None:
    assert read_timescale(text, context).about == about


def test_a_plan_of_several_years_offers_each_of_its_months() -> None:
    assert choices(read_timescale("June", TWO_YEARS)) == ["by the end of June 2015", "by the end of June 2016"]


def test_a_period_that_ends_before_it_starts_is_no_period() -> None:
    assert choices(read_timescale("June", Context(date(2016, 1, 1), date(2015, 1, 1)))) == []


def test_year_end_offers_december_and_march() -> None:
    assert choices(read_timescale("year end", NHS_YEAR)) == [
        "calendar year 2015",
        "1 April 2015 to 31 March 2016 (financial year 2015/16)",
    ]


def test_a_day_after_the_month_is_offered_beside_the_year() -> None:
    read = read_timescale("December 15", NHS_YEAR)
    assert (read.confidence, [print_timescale(each) for each in read.alternatives]) == ("likely", ["15 December 2015"])
    read = read_timescale("June 30", NHS_YEAR)
    assert choices(read) == ["by the end of June 2030", "30 June 2015"]


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("June 2016", "sure"),
        ("June 2018", "likely"),
        ("June 2013", "likely"),
        ("June 2025", "ask"),
        ("June 2005", "ask"),
    ],
)
def test_the_further_outside_the_plan_the_less_sure(text: str, confidence: str) -> None:
    read = read_timescale(text, NHS_YEAR)
    assert read.confidence == confidence
    assert ("period" in read.question) == (confidence != "sure")


def test_something_due_at_once_offers_the_day_of_publication() -> None:
    assert choices(read_timescale("Immediately", Context(published_on=date(2015, 4, 10)))) == ["10 April 2015"]


@pytest.mark.parametrize("text", ["within six months of sign off", "for 6 months", "12 month pilot"])
def test_counted_from_something_else_it_offers_publication_and_asks(text: str) -> None:
    read = read_timescale(text, Context(published_on=date(2015, 4, 10)))
    assert len(choices(read)) == 1


@pytest.mark.parametrize("text", ["within 12 months", "12 months"])
def test_the_day_that_a_file_tells_of_is_offered_and_is_not_the_day_of_publication(text: str) -> None:
    read = read_timescale(text, Context(as_at=date(2015, 10, 31)))
    assert days(read) == ("None", "None", "ask")
    assert [str(each.end) for each in read.alternatives] == ["2016-10-31"]
    assert read_timescale("March", Context(as_at=date(2015, 5, 1))) == read_timescale(
        "March", Context(published_on=date(2015, 5, 1))
    )


def test_a_time_too_long_to_count_is_asked() -> None:
    assert choices(read_timescale("999 years", Context(published_on=date(9990, 1, 1)))) == []
    assert choices(read_timescale("within 90 years", Context(published_on=date(2015, 1, 1)))) == []
    assert choices(read_timescale("within 999 years after go live", Context(published_on=date(9990, 1, 1)))) == []


def test_bare_milestones_are_read_by_the_plan() -> None:
    read = read_timescale("Design Q1, first report Q3", NHS_YEAR)
    assert [(each.label, str(each.end)) for each in read.milestones] == [
        ("Design", "2015-06-30"),
        ("first report", "2015-12-31"),
    ]
    assert str(read.end) == "2015-12-31"


def test_two_quarters_that_need_the_same_answer_are_asked_once() -> None:
    read = read_timescale("Design Q1 2015; report Q3 2015")
    assert choices(read) == [
        "1) Design: 1 January to 31 March 2015 (Q4 2014/15); 2) report: 1 July to 30 September 2015 (Q2 2015/16)",
        "1) Design: 1 April to 30 June 2015 (Q1 2015/16); 2) report: 1 October to 31 December 2015 (Q3 2015/16)",
    ]
    assert choices(read_timescale("Q1-Q3 2015")) == ["Q4 2014/15 to Q2 2015/16", "Q1 2015/16 to Q3 2015/16"]
