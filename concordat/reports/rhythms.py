"""When a report is made by itself: on working days of England, at 07:00 in London, once for each period. Pure.

A period is told by its first day: the first of a month or of a quarter, or a Monday. It is due on its first working
day. What was missed is due until it is made, on the next working day from 07:00.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from concordat.kernel.dates import LONDON, add_months, is_working_day
from concordat.reports.models.schedule import Rhythm

AT = time(7)  # in London, whatever the clocks there say
MONTHS = {Rhythm.MONTH: 1, Rhythm.QUARTER: 3}


def is_time(now: datetime) -> bool:
    """Whether reports are made at that moment."""
    there = now.astimezone(LONDON)
    return is_working_day(there.date()) and there.time() >= AT


def period_of(rhythm: Rhythm, day: date) -> date:
    """The first day of the period that the day lies in."""
    if rhythm is Rhythm.WEEK:
        return day - timedelta(days=day.weekday())
    months = MONTHS[rhythm]
    return date(day.year, months * ((day.month - 1) // months) + 1, 1)


def moved(rhythm: Rhythm, period: date, count: int) -> date:
    """The period so many later (or earlier)."""
    return period + timedelta(weeks=count) if rhythm is Rhythm.WEEK else add_months(period, count * MONTHS[rhythm])


def due_on(period: date) -> date:
    """The first working day of England in a period."""
    while not is_working_day(period):
        period += timedelta(days=1)
    return period


def due(
    rhythm: Rhythm, *, from_on: date, until_on: date | None, last_period: date | None, on: date
) -> Iterator[tuple[date, date]]:
    """The periods that are due by that day and not made, the earliest first: the period, and the day it was due.

    Those due before `from_on`, or from `until_on` on, are none of its periods.
    """
    period, day = _first(rhythm, from_on, last_period)
    while day <= on and (until_on is None or day < until_on):
        yield period, day
        period = moved(rhythm, period, 1)
        day = due_on(period)


def next_due(rhythm: Rhythm, *, from_on: date, last_period: date | None) -> date:
    """The day on which the next one is due, if it is neither ended nor paused by then. It may have been missed."""
    return _first(rhythm, from_on, last_period)[1]


def _first(rhythm: Rhythm, from_on: date, last_period: date | None) -> tuple[date, date]:
    period = period_of(rhythm, from_on)
    if last_period:
        period = max(period, moved(rhythm, last_period, 1))
    if due_on(period) < from_on:
        period = moved(rhythm, period, 1)
    return period, due_on(period)
