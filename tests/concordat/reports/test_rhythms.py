"""When a report is made by itself: periods, working days, seven o'clock in London, and what was missed."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.kernel.dates import is_working_day
from concordat.reports.models import Rhythm
from concordat.reports.rhythms import due, due_on, is_time, moved, next_due, period_of

MONTH, WEEK, QUARTER = Rhythm.MONTH, Rhythm.WEEK, Rhythm.QUARTER
LATER = date(2026, 12, 1)
DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("rhythm", "day", "period", "due"),
    [
        (MONTH, date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 1)),
        (MONTH, date(2026, 8, 15), date(2026, 8, 1), date(2026, 8, 3)),  # it begins on a Saturday
        (MONTH, date(2027, 1, 1), date(2027, 1, 1), date(2027, 1, 4)),  # New Year's Day, a Friday
        (WEEK, date(2026, 11, 29), date(2026, 11, 23), date(2026, 11, 23)),
        (WEEK, date(2026, 4, 6), date(2026, 4, 6), date(2026, 4, 7)),  # Easter Monday
        (WEEK, date(2026, 12, 30), date(2026, 12, 28), date(2026, 12, 29)),  # Boxing Day, a Monday instead
        (QUARTER, date(2026, 11, 2), date(2026, 10, 1), date(2026, 10, 1)),
        (QUARTER, date(2027, 3, 31), date(2027, 1, 1), date(2027, 1, 4)),
    ],
)
def test_a_period_and_the_day_it_is_due(rhythm: Rhythm, day: date, period: date, due: date) -> None:
    assert (period_of(rhythm, day), due_on(period)) == (period, due)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (datetime(2026, 3, 27, 6, 59, tzinfo=UTC), False),  # Friday, winter time
        (datetime(2026, 3, 27, 7, 0, tzinfo=UTC), True),
        (datetime(2026, 3, 28, 12, 0, tzinfo=UTC), False),  # Saturday
        (datetime(2026, 3, 30, 5, 59, tzinfo=UTC), False),  # Monday after the clocks went forward
        (datetime(2026, 3, 30, 6, 0, tzinfo=UTC), True),
        (datetime(2026, 10, 26, 6, 30, tzinfo=UTC), False),  # Monday after they went back
        (datetime(2026, 10, 26, 7, 0, tzinfo=UTC), True),
        (datetime(2026, 4, 6, 12, 0, tzinfo=UTC), False),  # Easter Monday
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), False),  # half past midnight in London
    ],
)
def test_seven_o_clock_is_that_of_london_on_working_days(now: datetime, said: bool) -> None:
    assert is_time(now) is said


def found(rhythm: Rhythm, on: date, *, from_on: date, until_on: date | None = None, last: date | None = None) -> list:
    return [day for _, day in due(rhythm, from_on=from_on, until_on=until_on, last_period=last, on=on)]


@pytest.mark.parametrize(
    ("told", "days"),
    [
        # Begun in the middle of a month: that one is over.
        ({"from_on": date(2026, 10, 14), "on": date(2026, 11, 1)}, []),
        ({"from_on": date(2026, 10, 14), "on": date(2026, 11, 2)}, [date(2026, 11, 2)]),
        # Begun on the due day itself, or between a Sunday and the Monday on which it is due.
        ({"from_on": date(2026, 11, 2), "on": date(2026, 11, 2)}, [date(2026, 11, 2)]),
        ({"from_on": date(2026, 11, 1), "on": date(2026, 11, 2)}, [date(2026, 11, 2)]),
        # Made already; and one that was missed for months.
        ({"from_on": date(2026, 1, 1), "last": date(2026, 11, 1), "on": date(2026, 11, 30)}, []),
        (
            {"from_on": date(2026, 1, 1), "last": date(2026, 8, 1), "on": date(2026, 11, 30)},
            [date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 2)],
        ),
        # Not after its end, and not before it was resumed.
        (
            {"from_on": date(2026, 1, 1), "last": date(2026, 9, 1), "until_on": date(2026, 11, 2), "on": LATER},
            [date(2026, 10, 1)],
        ),
        ({"from_on": date(2026, 11, 10), "last": date(2026, 6, 1), "on": date(2026, 12, 1)}, [date(2026, 12, 1)]),
    ],
)
def test_what_is_due(told: dict, days: list[date]) -> None:
    assert found(MONTH, **told) == days


@given(st.sampled_from(Rhythm), DAYS, st.lists(st.integers(0, 40), max_size=6))
def test_each_period_is_due_once_whenever_somebody_looks(rhythm: Rhythm, from_on: date, gaps: list[int]) -> None:
    last, on, made = None, from_on, []
    for gap in [0, *gaps, 0]:
        on = date.fromordinal(on.toordinal() + gap)
        for period, day in due(rhythm, from_on=from_on, until_on=None, last_period=last, on=on):
            made.append((period, day))
            last = period
    assert made == list(due(rhythm, from_on=from_on, until_on=None, last_period=None, on=on))
    assert len({period for period, _ in made}) == len(made)
    assert all(is_working_day(day) and from_on <= day <= on for _, day in made)
    assert next_due(rhythm, from_on=from_on, last_period=last) > on


@given(st.sampled_from(Rhythm), DAYS, st.integers(-9, 9))
def test_periods_follow_each_other(rhythm: Rhythm, day: date, count: int) -> None:
    period = period_of(rhythm, day)
    assert period_of(rhythm, moved(rhythm, period, count)) == moved(rhythm, period, count)
    assert period <= day < moved(rhythm, period, 1)
