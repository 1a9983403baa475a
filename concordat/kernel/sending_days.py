"""On which days chasers may go: working days of England, but none from 20 December to 3 January. Days in London."""

from datetime import date, timedelta

from concordat.kernel.dates import is_working_day

ONE_DAY = timedelta(days=1)
# The last day of December and the first of January on which people are left in peace, as (month, day).
QUIET_FROM, QUIET_TO = (12, 20), (1, 3)


def is_sending_day(day: date) -> bool:
    """Whether chasers may go on that day: no weekend, no bank holiday, not 20 December to 3 January."""
    place = (day.month, day.day)
    return is_working_day(day) and QUIET_TO < place < QUIET_FROM


def next_sending_day(day: date) -> date:
    """That day if chasers may go on it, else the first one after it."""
    while not is_sending_day(day):
        day += ONE_DAY
    return day


def add_sending_days(day: date, count: int) -> date:
    """The day that lies so many sending days after that day, which is not counted itself."""
    for _ in range(count):
        day = next_sending_day(day + ONE_DAY)
    return day
