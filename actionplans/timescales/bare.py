"""A time without its year (“March”, “Christmas”): the one that lies in the plan, if there is only one."""

from collections.abc import Callable, Iterable
from datetime import date

from actionplans.timescale import Kind, Timescale
from actionplans.timescales.answers import ask, likely
from actionplans.timescales.context import Context
from concordat.kernel.dates import add_months

WHY = "The year is not written; it follows from the plan's period."
WHICH = "Which year is meant?"
MANY = 6  # alternatives; more are no help to choose from


def in_plan(made: Callable[[int], Timescale | None], kind: Kind, context: Context, *, ends: bool = False) -> Timescale:
    """Likely where the plan's period holds one such time, else a question with those it holds.

    `made` gives the time of a year. With `ends` it is its last day that must lie in the plan's period.
    """
    return among(found(made, context, ends=ends), kind, context)


def among(times: Iterable[Timescale], kind: Kind, context: Context) -> Timescale:
    """Likely if they are one and the plan's period is known, else a question."""
    times = list(times)
    if len(times) == 1 and context.window:
        return likely(times[0], WHY)
    return ask(kind, WHICH, *times[:MANY])


def found(made: Callable[[int], Timescale | None], context: Context, *, ends: bool = False) -> list[Timescale]:
    """Those in the plan's period; without a period the last one before its publication and the next two; else none."""
    if context.window:
        first, last = context.window
        return [each for each in _of_years(made, first, last) if _lies(each, first, last, ends=ends)]
    if context.about:
        since = add_months(context.about, -12)
        years = _of_years(made, since, add_months(context.about, 24))
        return [each for each in years if each.end and each.end >= since][:3]
    return []


def _of_years(made: Callable[[int], Timescale | None], first: date, last: date) -> list[Timescale]:
    years = range(max(first.year - 1, 1900), min(last.year, first.year + 20) + 1)
    return [each for each in map(made, years) if each]


def _lies(time: Timescale, first: date, last: date, *, ends: bool) -> bool:
    start, end = time.start or first, time.end or last
    return first <= end <= last if ends else end >= first and start <= last
