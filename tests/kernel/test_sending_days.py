"""The days on which chasers may go."""

from datetime import date

import pytest

from concordat.kernel.sending_days import add_sending_days, is_sending_day, next_sending_day


@pytest.mark.parametrize(
    ("day", "may"),
    [
        (date(2026, 12, 18), True),  # Friday
        (date(2026, 12, 19), False),  # Saturday
        (date(2025, 12, 19), True),  # the last Friday before the quiet days
        (date(2025, 12, 22), False),  # a working day among them
        (date(2026, 1, 2), False),
        (date(2028, 1, 3), False),
        (date(2028, 1, 4), True),
        (date(2026, 4, 3), False),  # Good Friday
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 4, 7), True),
        (date(2026, 5, 25), False),  # bank holiday
    ],
)
def test_no_weekend_no_bank_holiday_and_not_from_20_december_to_3_january(day: date, may: bool) -> None:
    assert is_sending_day(day) is may


def test_what_falls_on_another_day_waits_for_the_next() -> None:
    assert next_sending_day(date(2025, 12, 20)) == date(2026, 1, 5)
    assert next_sending_day(date(2026, 4, 2)) == date(2026, 4, 2)
    assert next_sending_day(date(2026, 4, 3)) == date(2026, 4, 7)


def test_sending_days_are_counted_over_the_others() -> None:
    assert add_sending_days(date(2026, 4, 2), 0) == date(2026, 4, 2)
    assert add_sending_days(date(2026, 4, 2), 2) == date(2026, 4, 8)
    assert add_sending_days(date(2025, 12, 18), 2) == date(2026, 1, 5)
