"""Quarters and halves of a year, of the calendar or of the NHS, and when to ask which.

“Q4 2014/15” is a quarter of the NHS year. “Q1 2015” is used both ways (DOMAIN: timescales), so it is asked unless the
partnership has answered before.
"""

from collections.abc import Callable
from datetime import date

from actionplans.timescale import About, Kind, Timescale
from actionplans.timescales.answers import ask, likely
from actionplans.timescales.bare import MANY, WHY, found
from actionplans.timescales.context import YEAR_STARTS, Context
from actionplans.timescales.points import Point
from actionplans.timescales.spans import calendar_quarter, half_year, nhs_quarter

QUESTION = "Is this counted by the calendar year (from January) or by the NHS year (from April)?"
ANSWERED = "Read as this partnership counts its quarters."


def quarter(point: Point, context: Context) -> Timescale:
    """The quarter that is meant, or the question."""
    return _of_year(
        point,
        context,
        Kind.QUARTER,
        lambda year: calendar_quarter(point.number, year),
        lambda year: nhs_quarter(point.number, year),
    )


def half(point: Point, context: Context) -> Timescale:
    """The half year that is meant, or the question."""
    return _of_year(
        point,
        context,
        Kind.RANGE,
        lambda year: half_year(point.number, date(year, 1, 1)),
        lambda year: half_year(point.number, date(year, YEAR_STARTS, 1)),
    )


Made = Callable[[int], Timescale]


def _of_year(point: Point, context: Context, kind: Kind, calendar: Made, nhs: Made) -> Timescale:
    if point.fy:
        return nhs(point.fy)
    if not point.year:
        return _bare(context, kind, calendar, nhs)
    # The last part of the NHS year lies in the next year of the calendar, so “Q4 2015” may be either January.
    by_nhs = [nhs(point.year)]
    if by_nhs[0].end and by_nhs[0].end.year > point.year:
        by_nhs.append(nhs(point.year - 1))
    if context.quarters == "calendar":
        return likely(calendar(point.year), ANSWERED)
    if context.quarters == "nhs":
        return _of_the_plan(by_nhs, kind, context)
    return ask(kind, QUESTION, calendar(point.year), *by_nhs, about=About.QUARTERS)


def _of_the_plan(readings: list[Timescale], kind: Kind, context: Context) -> Timescale:
    if context.window and len(readings) > 1:
        first, last = context.window
        readings = [each for each in readings if each.start and first <= each.start <= last] or readings
    return likely(readings[0], ANSWERED) if len(readings) == 1 else ask(kind, "Which January is meant?", *readings)


def _bare(context: Context, kind: Kind, calendar: Made, nhs: Made) -> Timescale:
    """Without a year: the one in the plan's period, counted as the partnership or else the period itself counts."""
    counted = context.quarters or _as_period(context)
    by_calendar = found(calendar, context) if counted != "nhs" else []
    by_nhs = found(nhs, context) if counted != "calendar" else []
    readings = sorted({*by_calendar, *by_nhs}, key=lambda each: each.start or date.min)
    if len(readings) == 1 and context.window:
        return likely(readings[0], WHY)
    return ask(kind, "Which year is meant, and is it counted from January or from April?", *readings[:MANY])


def _as_period(context: Context) -> str:
    """A plan from April to March counts as the NHS does, one from January to December by the calendar."""
    if not context.window:
        return ""
    first, last = context.window
    ends = (first.month, first.day, last.month, last.day)
    return {(4, 1, 3, 31): "nhs", (1, 1, 12, 31): "calendar"}.get(ends, "")
