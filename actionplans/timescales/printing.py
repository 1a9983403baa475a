"""A timescale in plain words that `read_timescale` reads back as the same, and as JSON."""

import re
from calendar import month_name
from datetime import date, timedelta
from typing import Any

from actionplans.timescale import Confidence, Kind, TimePrecision, Timescale
from actionplans.timescales.context import YEAR_STARTS
from concordat.kernel.dates import add_months

_PLAIN_LABEL = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")  # one that cannot be taken for a part of the date
_NUMBERED = re.compile(r"(?:phase|stage|step|part) \d{1,2}", re.I)
_SEASONS = {3: "spring", 6: "summer", 9: "autumn", 12: "winter"}
_STATES = {
    "not_started": "not started",
    "in_progress": "in progress",
    "paused": "on hold",
    "completed": "completed",
    "business_as_usual": "business as usual",
    "merged": "merged",
    "not_going_ahead": "not going ahead",
}


def print_timescale(timescale: Timescale) -> str:
    """“by the end of April 2015”, “1 January to 31 March 2015 (Q4 2014/15)”, “every 3 months”.

    What must be asked is printed as it was written.
    """
    if timescale.confidence == Confidence.ASK:
        return timescale.text
    printed = _first_written(timescale)
    for later in timescale.revised:
        printed += f" (revised: {print_timescale(later)})"
    return printed


def _first_written(timescale: Timescale) -> str:
    if timescale.kind == Kind.RECURRING:
        return _again(timescale)
    if timescale.kind == Kind.MILESTONES:
        return "; ".join(_milestone(nth, each) for nth, each in enumerate(timescale.milestones, 1))
    if timescale.start and timescale.end:
        return _closed(timescale, timescale.start, timescale.end)
    if timescale.end:
        return f"until {_edge(timescale.end, timescale.precision, last=True)}"
    if timescale.start:
        return f"from {_edge(timescale.start, timescale.precision, last=False)}"
    return _STATES.get(timescale.status_hint, "no time given")


def _again(timescale: Timescale) -> str:
    often = {None: "at every meeting", 1: "every month"}.get(
        timescale.review_every_months, f"every {timescale.review_every_months} months"
    )
    return f"{often} from {_day(timescale.start)}" if timescale.start else often


def _milestone(nth: int, timescale: Timescale) -> str:
    plain = _PLAIN_LABEL.fullmatch(timescale.label) or _NUMBERED.fullmatch(timescale.label)
    label = f"{timescale.label}: " if plain else ""
    return f"{nth}) {label}{print_timescale(timescale)}"


def _closed(timescale: Timescale, start: date, end: date) -> str:
    if timescale.kind == Kind.DATE:
        return _day(end)
    if timescale.kind == Kind.MONTH:
        return f"by the end of {_month(end)}"
    if timescale.kind == Kind.RELATIVE:
        return _lapse(start, end)
    named = {Kind.QUARTER: _quarter, Kind.SEASON: _season, Kind.FINANCIAL_YEAR: _financial_year}.get(timescale.kind)
    if named:
        return f"{_days(start, end)} ({named(start)})"
    return _range(start, end, timescale.precision)


def _days(start: date, end: date) -> str:
    year = "" if start.year == end.year else f" {start.year}"
    return f"{start.day} {month_name[start.month]}{year} to {_day(end)}"


def _range(start: date, end: date, precision: TimePrecision | None) -> str:
    """From the first to the last, as exactly as was written: years, quarters, seasons or months."""
    if precision == TimePrecision.DAY:
        return _days(start, end)
    first, last = _edge(start, precision, last=False), _edge(end, precision, last=True)
    return first if first == last and first.startswith("calendar") else f"{first} to {last}"


def _edge(on: date, precision: TimePrecision | None, *, last: bool) -> str:
    """A day that begins or ends a period, named by that period if it does."""
    starts = {
        TimePrecision.MONTH: (on.replace(day=1), 1),
        TimePrecision.QUARTER: (_back(on, 3, 1), 3),
        TimePrecision.SEASON: (_back(on, 3, 0), 3),
        TimePrecision.YEAR: (_back(on, 12, YEAR_STARTS), 12),
    }
    start, months = starts.get(precision or TimePrecision.DAY, (on, 0))
    edge = add_months(start, months) - timedelta(days=1) if last else start
    names = {
        TimePrecision.MONTH: _month,
        TimePrecision.QUARTER: _quarter,
        TimePrecision.SEASON: _season,
        TimePrecision.YEAR: _financial_year,
    }
    if precision in names and edge == on:
        return names[precision](start)
    if precision == TimePrecision.YEAR and on == (date(on.year, 12, 31) if last else date(on.year, 1, 1)):
        return f"calendar year {on.year}"
    return _day(on)


def _back(on: date, months: int, first: int) -> date:
    """The first day of the period of so many months that holds the day, counted from the month `first`."""
    return add_months(on.replace(day=1), -((on.month - first) % months))


def _lapse(start: date, end: date) -> str:
    months = (end.year - start.year) * 12 + end.month - start.month
    if months and add_months(start, months) == end:
        return f"within {months} months of {_day(start)}"
    return f"within {(end - start).days} days of {_day(start)}"


def _day(on: date | None) -> str:
    return f"{on.day} {month_name[on.month]} {on.year}" if on else ""


def _month(on: date) -> str:
    return f"{month_name[on.month]} {on.year}"


def _quarter(start: date) -> str:
    return f"Q{(start.month - YEAR_STARTS) % 12 // 3 + 1} {_years(start)}"


def _season(start: date) -> str:
    year = f"{start.year}/{(start.year + 1) % 100:02}" if start.month == 12 else str(start.year)
    return f"{_SEASONS[start.month]} {year}"


def _financial_year(start: date) -> str:
    return f"financial year {_years(start)}"


def _years(start: date) -> str:
    first = start.year - (start.month < YEAR_STARTS)
    return f"{first}/{(first + 1) % 100:02}"


def as_json(timescale: Timescale) -> dict[str, Any]:
    """The timescale in the shape that programs rely on: dates are ISO 8601, what is unknown is null."""
    return {
        "text": timescale.text,
        "kind": str(timescale.kind),
        "start": timescale.start.isoformat() if timescale.start else None,
        "end": timescale.end.isoformat() if timescale.end else None,
        "precision": str(timescale.precision) if timescale.precision else None,
        "confidence": str(timescale.confidence),
        "alternatives": [as_json(each) for each in timescale.alternatives],
        "revised": [as_json(each) for each in timescale.revised],
        "milestones": [{**as_json(each), "label": each.label} for each in timescale.milestones],
        "review_every_months": timescale.review_every_months,
    }
