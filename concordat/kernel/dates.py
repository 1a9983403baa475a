"""Days as the Concordat counts them: calendar days in Europe/London, working days of England."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from dateutil.relativedelta import relativedelta

LONDON = ZoneInfo("Europe/London")


def today() -> date:
    """The date in London now. Read once at the edge; rules take the date as a parameter."""
    return datetime.now(LONDON).date()


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months on, or that month's last day if it is shorter."""
    return day + relativedelta(months=months)


def add_months_by_ends(day: date, months: int) -> date:
    """The same, where a month's end stands for the month: so many months on from its last day is a last day again."""
    if (day + timedelta(days=1)).month == day.month:
        return add_months(day, months)
    return day + relativedelta(months=months, day=31)


@lru_cache(maxsize=256)
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England in that year."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    """Monday to Friday and not a bank holiday in England."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def add_working_days(day: date, count: int) -> date:
    """The day that lies `count` working days after `day` (before it, if negative); `day` itself is not counted."""
    step = timedelta(days=1 if count >= 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def last_working_day_of_quarter(day: date) -> date:
    """The last working day of the quarter that `day` is in (calendar quarters end as the NHS's do).

    Of the next quarter, if in this one it has passed by then: the answer never lies before `day`.
    """
    first_of_next = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1) + relativedelta(months=3)
    last = add_working_days(first_of_next, -1)
    return last if last >= day else last_working_day_of_quarter(first_of_next)
