"""Days in London, months on, working days of England."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from concordat.kernel.dates import (
    LONDON,
    add_months,
    add_months_by_ends,
    add_working_days,
    bank_holidays,
    is_working_day,
    last_working_day_of_quarter,
    today,
)

day = date.fromisoformat


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-06-30T22:59:59+00:00", "2026-06-30"),
        ("2026-06-30T23:00:00+00:00", "2026-07-01"),  # summer time: midnight in London is 23:00 UTC
        ("2026-11-30T23:59:59+00:00", "2026-11-30"),
        ("2026-12-01T00:00:00+00:00", "2026-12-01"),
        ("2026-11-30T23:30:00-05:00", "2026-12-01"),
    ],
)
def test_today_is_the_date_in_london_wherever_the_machine_stands(moment: str, expected: str) -> None:
    with time_machine.travel(datetime.fromisoformat(moment), tick=False):
        assert today() == day(expected)


def test_london_is_the_time_zone_of_every_day() -> None:
    assert LONDON.key == "Europe/London"


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2023-04-01", 12, "2024-04-01"),
        ("2023-04-01", 0, "2023-04-01"),
        ("2015-01-31", 1, "2015-02-28"),
        ("2016-01-31", 1, "2016-02-29"),
        ("2016-02-29", 12, "2017-02-28"),
        ("2015-11-30", 3, "2016-02-29"),
        ("2015-12-15", 6, "2016-06-15"),
        ("2015-03-31", -1, "2015-02-28"),
    ],
)
def test_months_on_is_the_same_day_of_the_month_or_the_last(start: str, months: int, expected: str) -> None:
    assert add_months(day(start), months) == day(expected)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2025-06-30", -3, "2025-03-31"),
        ("2025-02-28", -3, "2024-11-30"),
        ("2025-02-28", -12, "2024-02-29"),
        ("2024-02-28", -3, "2023-11-28"),
        ("2025-06-29", -3, "2025-03-29"),
        ("2025-12-31", 2, "2026-02-28"),
    ],
)
def test_months_on_from_a_month_s_end_is_a_month_s_end(start: str, months: int, expected: str) -> None:
    assert add_months_by_ends(day(start), months) == day(expected)


def test_bank_holidays_are_those_of_england() -> None:
    assert {each.isoformat() for each in bank_holidays(2022) if each.weekday() < 5} == {
        "2022-01-03",  # for New Year's Day, a Saturday
        "2022-04-15",
        "2022-04-18",
        "2022-05-02",
        "2022-06-02",
        "2022-06-03",  # the jubilee
        "2022-08-29",
        "2022-09-19",  # the Queen's funeral
        "2022-12-26",
        "2022-12-27",  # for Christmas Day, a Sunday
    }


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2015-04-10", True),  # a Friday
        ("2015-04-11", False),  # Saturday
        ("2015-04-12", False),  # Sunday
        ("2015-04-06", False),  # Easter Monday
        ("2023-05-08", False),  # the coronation
        ("2020-05-04", True),  # in 2020 the early May holiday was moved …
        ("2020-05-08", False),  # … to VE Day
        ("2023-01-02", False),  # for New Year's Day, a Sunday
        ("2024-01-02", True),  # a holiday in Scotland only
        ("2023-11-30", True),  # St Andrew's Day, in Scotland only
        ("2021-12-28", False),  # for Boxing Day, a Sunday
        ("2015-12-24", True),
    ],
)
def test_a_working_day_is_monday_to_friday_without_the_bank_holidays_of_england(on: str, expected: bool) -> None:
    assert is_working_day(day(on)) is expected


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("2015-04-10", 1, "2015-04-13"),  # over a weekend
        ("2015-04-11", 1, "2015-04-13"),  # from a Saturday
        ("2015-04-02", 1, "2015-04-07"),  # over Easter
        ("2015-03-31", 10, "2015-04-16"),  # so many days until something is overdue in public
        ("2014-12-24", 3, "2014-12-31"),  # over Christmas
        ("2015-04-07", -1, "2015-04-02"),
        ("2015-04-13", -1, "2015-04-10"),
        ("2015-04-12", -1, "2015-04-10"),  # from a Sunday
        ("2015-01-02", -5, "2014-12-23"),  # over New Year and Christmas, into another year
        ("2015-04-11", 0, "2015-04-11"),
    ],
)
def test_working_days_are_counted_from_the_day_after(start: str, count: int, expected: str) -> None:
    assert add_working_days(day(start), count) == day(expected)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.dates(date(2014, 1, 1), date(2030, 12, 31)), st.integers(1, 25))
def test_between_a_day_and_its_nth_working_day_lie_exactly_so_many(start: date, count: int) -> None:
    end = add_working_days(start, count)
    between = [date.fromordinal(number) for number in range(start.toordinal() + 1, end.toordinal() + 1)]
    assert sum(map(is_working_day, between)) == count
    assert is_working_day(end)


@pytest.mark.parametrize(
    ("on", "last"),
    [
        (date(2026, 5, 5), date(2026, 6, 30)),
        (date(2026, 6, 30), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 9, 30)),
        (date(2027, 1, 1), date(2027, 3, 31)),
        (date(2024, 2, 29), date(2024, 3, 28)),  # 29 March 2024 is Good Friday, then a weekend
        (date(2024, 3, 29), date(2024, 6, 28)),  # it has passed: the next quarter's
        (date(2023, 12, 30), date(2024, 3, 28)),
    ],
)
def test_the_last_working_day_of_the_quarter(on: date, last: date) -> None:
    assert last_working_day_of_quarter(on) == last


@given(st.dates(date(2014, 1, 1), date(2040, 12, 31)))
def test_it_is_a_working_day_not_before_and_none_follows_in_its_quarter(on: date) -> None:
    last = last_working_day_of_quarter(on)
    assert last >= on
    assert is_working_day(last)
    assert last.month % 3 == 0
    following = [last + timedelta(days=more) for more in range(1, 15)]
    assert not any(is_working_day(each) for each in following if each.month == last.month)
