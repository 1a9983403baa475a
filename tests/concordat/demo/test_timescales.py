"""Every way of writing a timescale says what it means, and ends where it has to."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

import pytest

from actionplans.timescale import Confidence, Kind, Timescale
from concordat.demo.parameters import Parameters
from concordat.demo.timescales import (
    DATED,
    UNDATED,
    a_financial_year,
    a_month,
    a_quarter,
    a_range,
    a_season,
    a_short_month,
    milestones,
    so_long_after,
    timescale_in,
)

PUBLISHED_ON = date(2015, 1, 20)


def chances(seed: int) -> Random:
    return Parameters(1, 1, seed, PUBLISHED_ON).chances(0)


@pytest.mark.parametrize(
    ("write", "day", "text", "start", "end"),
    [
        (a_month, date(2015, 5, 9), "By end of May 2015", date(2015, 5, 1), date(2015, 5, 31)),
        (a_short_month, date(2015, 12, 15), "December 15", date(2015, 12, 1), date(2015, 12, 31)),
        (a_quarter, date(2015, 2, 1), "Q4 2014/15", date(2015, 1, 1), date(2015, 3, 31)),
        (a_quarter, date(2015, 6, 30), "Q1 2015/16", date(2015, 4, 1), date(2015, 6, 30)),
        (a_season, date(2016, 7, 4), "Summer 2016", date(2016, 6, 1), date(2016, 8, 31)),
        (a_season, date(2019, 1, 4), "Winter 2018/19", date(2018, 12, 1), date(2019, 2, 28)),
        (a_season, date(2018, 12, 4), "Winter 2018/19", date(2018, 12, 1), date(2019, 2, 28)),
        (a_financial_year, date(2016, 3, 31), "2015/16", date(2015, 4, 1), date(2016, 3, 31)),
        (a_financial_year, date(2016, 4, 1), "2016/17", date(2016, 4, 1), date(2017, 3, 31)),
        (a_range, date(2016, 3, 9), "June 2015 to March 2016", date(2015, 6, 1), date(2016, 3, 31)),
        (so_long_after, date(2016, 1, 31), "Within 12 months", PUBLISHED_ON, date(2016, 1, 20)),
        (so_long_after, date(2015, 2, 14), "By 14 February 2015", None, date(2015, 2, 14)),
        (milestones, date(2016, 4, 2), "Design December 2015; live April 2016", date(2015, 12, 1), date(2016, 4, 30)),
    ],
)
def test_a_text_means_its_period(write: Callable[..., Timescale], day: date, text: str, start: date, end: date) -> None:
    timescale = write(day, PUBLISHED_ON)
    assert (timescale.text, timescale.start, timescale.end) == (text, start, end)


def test_a_due_day_lies_in_its_window_in_every_way_of_writing() -> None:
    first = date(2025, 11, 4)
    window = (first, first + timedelta(days=27))
    made = [timescale_in(window, PUBLISHED_ON, chances(seed)) for seed in range(300)]
    assert all(timescale.end and first <= timescale.end <= window[1] for timescale in made)
    wide = (first, first + timedelta(days=500))
    kinds = {timescale_in(wide, PUBLISHED_ON, chances(seed)).kind for seed in range(300)}
    assert kinds == set(Kind) - {Kind.RECURRING, Kind.NONE}


def test_without_a_window_there_is_no_due_day() -> None:
    made = [timescale_in(None, PUBLISHED_ON, chances(seed)) for seed in range(50)]
    assert {timescale.end for timescale in made} == {None}
    assert {timescale.review_every_months for timescale in made} == {None, 3, 6, 12}


def test_a_bare_quarter_must_be_asked_about() -> None:
    [asked] = [write(PUBLISHED_ON) for write in UNDATED if write(PUBLISHED_ON).confidence is Confidence.ASK]
    assert (asked.text, asked.end) == ("Q1 2016", None)
    assert [other.end for other in asked.alternatives] == [date(2016, 3, 31), date(2016, 6, 30)]


@pytest.mark.parametrize("write", DATED)
def test_no_period_ends_before_it_starts_on_any_day_of_a_leap_year(write: Callable[..., Timescale]) -> None:
    for days in range(366):
        timescale = write(date(2024, 1, 1) + timedelta(days=days), PUBLISHED_ON)
        assert timescale.precision
        assert timescale.end
        assert timescale.start is None or timescale.start <= timescale.end
