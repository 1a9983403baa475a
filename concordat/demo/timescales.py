"""Timescales as plans write them, of every kind, for a due day in a given window. Days are days in London."""

from calendar import month_name
from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from actionplans.timescale import Confidence, Kind, TimePrecision, Timescale
from concordat.kernel.dates import add_months

Window = tuple[date, date]
SEASONS = {3: "Spring", 6: "Summer", 9: "Autumn", 12: "Winter"}  # by their first month


def timescale_in(window: Window | None, published_on: date, chances: Random) -> Timescale:
    """A timescale whose last day lies in the window, written in one of the ways of plans; without one, with no due day.

    Where the period that was drawn would end outside the window it is written as a day.
    """
    if window is None:
        return chances.choice(UNDATED)(published_on)
    first, last = window
    day = first + timedelta(days=chances.randint(0, (last - first).days))
    timescale = chances.choice(DATED)(day, published_on)
    return timescale if timescale.end and first <= timescale.end <= last else a_day(day, published_on)


def a_day(day: date, published_on: date) -> Timescale:
    return Timescale(f"By {in_words(day)}", Kind.DATE, end=day, precision=TimePrecision.DAY)


def a_month(day: date, published_on: date) -> Timescale:
    text = f"By end of {month_name[day.month]} {day.year}"
    return Timescale(text, Kind.MONTH, day.replace(day=1), month_end(day), TimePrecision.MONTH)


def a_short_month(day: date, published_on: date) -> Timescale:
    """“December 15”: the month, most likely, and not the 15th."""
    text = f"{month_name[day.month]} {day.year % 100:02}"
    return Timescale(text, Kind.MONTH, day.replace(day=1), month_end(day), TimePrecision.MONTH, Confidence.LIKELY)


def a_quarter(day: date, published_on: date) -> Timescale:
    """A quarter of the NHS year, which begins in April."""
    start = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    number = (start.month - 4) % 12 // 3 + 1
    text = f"Q{number} {financial_year(day)}"
    return Timescale(text, Kind.QUARTER, start, month_end(add_months(start, 2)), TimePrecision.QUARTER)


def a_season(day: date, published_on: date) -> Timescale:
    start = add_months(day.replace(day=1), -(day.month % 3))
    end = month_end(add_months(start, 2))
    year = str(start.year) if start.year == end.year else f"{start.year}/{end.year % 100:02}"
    return Timescale(f"{SEASONS[start.month]} {year}", Kind.SEASON, start, end, TimePrecision.SEASON)


def a_financial_year(day: date, published_on: date) -> Timescale:
    start = date(day.year - (day.month < 4), 4, 1)
    end = date(start.year + 1, 3, 31)
    return Timescale(financial_year(day), Kind.FINANCIAL_YEAR, start, end, TimePrecision.YEAR)


def a_range(day: date, published_on: date) -> Timescale:
    start = add_months(day.replace(day=1), -9)
    text = f"{month_name[start.month]} {start.year} to {month_name[day.month]} {day.year}"
    return Timescale(text, Kind.RANGE, start, month_end(day), TimePrecision.MONTH)


def so_long_after(day: date, published_on: date) -> Timescale:
    """So many months from the publication of the plan."""
    months = (day.year - published_on.year) * 12 + day.month - published_on.month
    if months < 2:
        return a_day(day, published_on)
    end = add_months(published_on, months)
    return Timescale(f"Within {months} months", Kind.RELATIVE, published_on, end, TimePrecision.DAY)


def milestones(day: date, published_on: date) -> Timescale:
    design = add_months(day.replace(day=1), -4)
    text = f"Design {month_name[design.month]} {design.year}; live {month_name[day.month]} {day.year}"
    return Timescale(text, Kind.MILESTONES, design, month_end(day), TimePrecision.MONTH)


def again_and_again(text: str, months: int) -> Callable[[date], Timescale]:
    return lambda published_on: Timescale(text, Kind.RECURRING, review_every_months=months)


def nothing_said(text: str) -> Callable[[date], Timescale]:
    return lambda published_on: Timescale(text)


def must_be_asked(published_on: date) -> Timescale:
    """“Q1 2015” is January to March by the calendar, April to June in the NHS year: no due day until somebody says."""
    text = f"Q1 {published_on.year + 1}"
    readings = (date(published_on.year + 1, 1, 1), date(published_on.year + 1, 4, 1))
    alternatives = tuple(
        Timescale(text, Kind.QUARTER, start, month_end(add_months(start, 2)), TimePrecision.QUARTER)
        for start in readings
    )
    return Timescale(text, Kind.QUARTER, confidence=Confidence.ASK, alternatives=alternatives)


DATED: tuple[Callable[[date, date], Timescale], ...] = (
    a_day,
    a_month,
    a_short_month,
    a_quarter,
    a_season,
    a_financial_year,
    a_range,
    so_long_after,
    milestones,
)
UNDATED: tuple[Callable[[date], Timescale], ...] = (
    again_and_again("Ongoing", 12),
    again_and_again("Six-monthly", 6),
    again_and_again("At least quarterly", 3),
    nothing_said("TBC"),
    nothing_said(""),
    must_be_asked,
)


def in_words(day: date) -> str:
    return f"{day.day} {month_name[day.month]} {day.year}"


def financial_year(day: date) -> str:
    """The NHS year of a day, April to March: “2014/15”."""
    first = day.year - (day.month < 4)
    return f"{first}/{(first + 1) % 100:02}"


def month_end(day: date) -> date:
    return add_months(day.replace(day=1), 1) - timedelta(days=1)
