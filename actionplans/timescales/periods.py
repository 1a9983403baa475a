"""Which days a point in time means: months, seasons, years. Quarters are in `quarters`, what lacks a year in `bare`."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from dateutil.easter import easter

from actionplans.timescale import About, Confidence, Kind, TimePrecision, Timescale
from actionplans.timescales.answers import ask, choices_of, day, doubted, likely
from actionplans.timescales.bare import WHICH, in_plan
from actionplans.timescales.context import FIRST_YEAR, LAST_YEAR, YEAR_STARTS, Context
from actionplans.timescales.points import IN_FIGURES, ORDER, SHORT, Point
from actionplans.timescales.quarters import half, quarter
from actionplans.timescales.spans import calendar_year, financial_year, financial_years, month, season
from concordat.kernel.dates import add_months

FAR_YEAR = "This year lies far from any plan. Which is meant?"
FUZZY = frozenset({"early", "mid", "start"})  # parts of a period whose last day nobody can tell
NEAR, FAR = 12, 60  # months outside the plan's period: from the first on there is a doubt, from the second a question


def period(point: Point, context: Context) -> Timescale:
    """The days that a point in time means, with a doubt or a question where it may be read otherwise."""
    reading = _PERIODS[point.unit](point, context)
    if point.doubt:
        reading = likely(reading, point.doubt)
    return _within_reason(_part(point, reading), context)


def _day(point: Point, context: Context) -> Timescale:
    if not point.dated:
        return in_plan(lambda year: _day_of(point.day, point.number, year), Kind.DATE, context)
    year = _year_of(point)
    read = _day_of(point.day, point.number, year)
    if read is None:
        return ask(Kind.DATE, "There is no such day. Which day is meant?", *_month_instead(point, year))
    if point.first_day:
        return replace(read, kind=Kind.RANGE, start=date(year, point.number, point.first_day))
    other = _day_of(point.other_day, point.day, year) if point.other_day else None
    return likely(read, ORDER, other) if other else read


def day_of_month(day_of_month: int, month: int, context: Context) -> Timescale:
    """A day without a year, of figures alone: a question where there is such a day, else nothing."""
    if not 1 <= month <= 12 or not 1 <= day_of_month <= 31:
        return ask(Kind.DATE, WHICH)
    return in_plan(lambda year: _day_of(day_of_month, month, year), Kind.DATE, context)


def _day_of(day_of_month: int, number: int, year: int) -> Timescale | None:
    try:
        return day(date(year, number, day_of_month))
    except ValueError:
        return None


def _month_instead(point: Point, year: int) -> list[Timescale]:
    return [month(point.number, year)] if 1 <= point.number <= 12 and 1 <= point.day <= 31 else []


def _year_of(point: Point) -> int:
    """The year of the calendar; of a month in a financial year, the one that the month lies in."""
    if point.year is not None:
        return point.year
    return (point.fy or 0) + (point.number < YEAR_STARTS)


def _month(point: Point, context: Context) -> Timescale:
    if not point.dated:
        return in_plan(lambda year: month(point.number, year), Kind.MONTH, context)
    read = month(point.number, _year_of(point))
    if point.doubt == IN_FIGURES:
        return doubted(read, IN_FIGURES)
    if point.doubt != SHORT:
        return read
    if point.fy:
        return doubted(read, "Are the figures after the month two days or a financial year?")
    return _short_month(read, context)


def _short_month(read: Timescale, context: Context) -> Timescale:
    """“December 15” is December 2015; but “March 31” is a year only where the plan runs so long."""
    assert read.start is not None  # noqa: S101 - a month has its days
    figures = read.start.year - 2000
    other = in_plan(lambda year: _day_of(figures, read.start.month if read.start else 1, year), Kind.DATE, context)
    others = (replace(other, confidence=Confidence.SURE, question="", alternatives=()),) if other.end else ()
    first, last = context.window or (context.about, context.about)
    years = range(first.year - 1, last.year + 6) if first and last else range(2000, 2020)
    if read.start.year in years:
        return likely(read, SHORT, *others)
    return ask(
        Kind.MONTH, "Do the figures after the month name the year or the day?", read, *others, about=About.FIGURES
    )


def _season(point: Point, context: Context) -> Timescale:
    if not point.dated:
        return in_plan(lambda year: season(point.number, year), Kind.SEASON, context)
    if point.number == 12 and point.year:
        question = "Is this the winter that begins or that ends in the year?"
        return ask(Kind.SEASON, question, season(12, point.year), season(12, point.year - 1))
    if point.number == 3 and point.fy:
        question = "Is this the spring at the start or at the end of the financial year?"
        return ask(Kind.SEASON, question, season(3, point.fy), season(3, point.fy + 1))
    return season(point.number, point.year or point.fy or 0)


def _year(point: Point, context: Context) -> Timescale:
    if point.fy:
        both = calendar_year(point.fy, point.fy + 1)
        read = financial_year(point.fy)
        return likely(read, point.doubt, both) if point.doubt and point.doubt != SHORT else read
    year = point.year or 0
    if point.part == "end":
        return calendar_year(year)
    return likely(calendar_year(year), "A year alone may also be a financial year.", financial_year(year))


def _named_financial_year(point: Point, context: Context) -> Timescale:
    year = point.year or 0
    question = "Does the financial year begin or end in the year named?"
    return ask(Kind.FINANCIAL_YEAR, question, financial_year(year), financial_year(year - 1))


def _years(point: Point, context: Context) -> Timescale:
    """“2014-16”, “2015-2016”: to the end of March or of December."""
    first, last = point.fy or 0, point.number
    question = "Are these financial years (to 31 March) or years of the calendar (to 31 December)?"
    financial = financial_year(first) if last == first + 1 else financial_years(first, last - 1)
    return ask(Kind.RANGE, question, financial, calendar_year(first, last))


def _christmas(point: Point, context: Context) -> Timescale:
    if not point.year:
        return in_plan(lambda year: day(date(year, 12, 25)), Kind.DATE, context)
    read = day(date(point.year, 12, 25))
    return likely(read, "Christmas is read as 25 December.", day(date(point.year, 12, 31)))


def _easter(point: Point, context: Context) -> Timescale:
    if not point.year:
        return ask(Kind.DATE, "Which year's Easter is meant?")
    sunday = easter(point.year)
    return ask(Kind.DATE, "Which day of Easter is meant?", day(sunday), day(sunday + timedelta(days=1)))


def _year_end(point: Point, context: Context) -> Timescale:
    financial = in_plan(financial_year, Kind.FINANCIAL_YEAR, context, ends=True)
    if point.number == YEAR_STARTS:
        return financial
    calendar = in_plan(calendar_year, Kind.RANGE, context, ends=True)
    choices = sorted((*choices_of(calendar), *choices_of(financial)), key=lambda each: str(each.end))
    question = "Is this the end of the calendar year (December) or of the financial year (March)?"
    return ask(Kind.RANGE, question, *choices)


_PERIODS: dict[str, Callable[[Point, Context], Timescale]] = {
    "day": _day,
    "month": _month,
    "quarter": quarter,
    "half": half,
    "season": _season,
    "year": _year,
    "calendar_year": lambda point, context: calendar_year(point.year or 0),
    "financial_year": _named_financial_year,
    "chain": lambda point, context: financial_years(point.fy or 0, point.number - 1),
    "years": _years,
    "christmas": _christmas,
    "easter": _easter,
    "year_end": _year_end,
}


def _part(point: Point, reading: Timescale) -> Timescale:
    """“Early 2015” has no last day that all would agree on; “late 2015” ends with the year."""
    if reading.start is None or reading.end is None or reading.kind == Kind.DATE:
        return reading
    if point.part == "late":
        return likely(reading, "“Late” is read as up to the last day.")
    if point.part not in FUZZY:
        return reading
    whole = replace(reading, alternatives=(), question="", confidence=Confidence.SURE)
    return ask(reading.kind, f"By which day is “{point.part}” meant?", _third(point.part, whole), whole)


def _third(part: str, whole: Timescale) -> Timescale:
    """The first or the second third of a period, or its first day."""
    assert whole.start is not None  # noqa: S101 - as asked for above
    assert whole.end is not None  # noqa: S101
    if part == "start":
        return day(whole.start)
    months = (whole.end.year - whole.start.year) * 12 + whole.end.month - whole.start.month + 1
    nth = 1 if part == "mid" else 0
    if months < 3:
        start = whole.start + timedelta(days=10 * nth)
        return Timescale("", Kind.RANGE, start, start + timedelta(days=9), TimePrecision.DAY)
    start = add_months(whole.start, months // 3 * nth)
    return Timescale("", Kind.RANGE, start, add_months(start, months // 3) - timedelta(days=1), TimePrecision.MONTH)


def _within_reason(reading: Timescale, context: Context) -> Timescale:
    """A day far outside the plan's period is a slip of the pen more often than a plan."""
    near = tuple(each for each in reading.alternatives if each.end and FIRST_YEAR <= each.end.year <= LAST_YEAR)
    reading = replace(reading, alternatives=near)
    if reading.start is None or reading.end is None:
        return reading
    if not FIRST_YEAR <= reading.end.year <= LAST_YEAR:
        return ask(reading.kind, FAR_YEAR)
    first, last = context.period_start, context.period_end
    if first is None or last is None:
        return reading
    before = (first.year - reading.end.year) * 12 + first.month - reading.end.month
    after = (reading.start.year - last.year) * 12 + reading.start.month - last.month
    outside = max(before, after)
    if outside > FAR:
        return doubted(reading, "This lies far outside the plan's period. Is it meant?", about=About.PERIOD)
    return likely(reading, "This lies outside the plan's period.") if outside > NEAR else reading
