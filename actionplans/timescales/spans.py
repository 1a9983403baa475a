"""The days of months, quarters, seasons and years. Spring is March to May (DOMAIN: timescales)."""

from datetime import date, timedelta

from actionplans.timescale import Kind, TimePrecision, Timescale
from actionplans.timescales.context import YEAR_STARTS
from concordat.kernel.dates import add_months


def _months(kind: Kind, start: date, months: int, precision: TimePrecision) -> Timescale:
    return Timescale("", kind, start, add_months(start, months) - timedelta(days=1), precision)


def month(number: int, year: int) -> Timescale:
    """A month of the calendar."""
    return _months(Kind.MONTH, date(year, number, 1), 1, TimePrecision.MONTH)


def season(first_month: int, year: int) -> Timescale:
    """The season that begins in that month: winter runs from December into the year after."""
    return _months(Kind.SEASON, date(year, first_month, 1), 3, TimePrecision.SEASON)


def calendar_quarter(number: int, year: int) -> Timescale:
    """Q1 is January to March."""
    return _months(Kind.QUARTER, date(year, number * 3 - 2, 1), 3, TimePrecision.QUARTER)


def nhs_quarter(number: int, year: int) -> Timescale:
    """Q1 is April to June of the year in which the financial year begins; Q4 is January to March of the next."""
    return _months(Kind.QUARTER, add_months(date(year, YEAR_STARTS, 1), number * 3 - 3), 3, TimePrecision.QUARTER)


def half_year(number: int, starts: date) -> Timescale:
    """The first or second half of the year that starts then."""
    return _months(Kind.RANGE, add_months(starts, number * 6 - 6), 6, TimePrecision.MONTH)


def financial_year(year: int) -> Timescale:
    """From 1 April of the year to 31 March of the next."""
    return _months(Kind.FINANCIAL_YEAR, date(year, YEAR_STARTS, 1), 12, TimePrecision.YEAR)


def financial_years(first: int, last: int) -> Timescale:
    """From the start of one financial year to the end of another, each named by the year it begins in."""
    return _months(Kind.RANGE, date(first, YEAR_STARTS, 1), 12 * (last - first + 1), TimePrecision.YEAR)


def calendar_year(year: int, last: int | None = None) -> Timescale:
    """A year of the calendar, or from one to another."""
    return _months(Kind.RANGE, date(year, 1, 1), 12 * ((last or year) - year + 1), TimePrecision.YEAR)
