"""“Within 12 months”: so long after the plan's publication, or after a day that is written beside it."""

import re
from datetime import date, timedelta

from actionplans.timescale import Kind, TimePrecision, Timescale
from actionplans.timescales.answers import ask, likely
from actionplans.timescales.context import LAST_YEAR, Context
from concordat.kernel.dates import add_months

_LAPSE = re.compile(
    r"(?:(?P<for>for) )?(?:(?:within|in|over|during|by|after|up to|no later than) )*(?:(?:next|1st) )?"
    r"(?P<n>\d{1,3}|\d{4}(?= day))(?: (?:-|to|/) (?P<m>\d{1,3}))?(?: -)? (?P<unit>day|week|month|year)(?: time)?"
    r"(?P<of> (?:from|after|following))?(?P<publication> (?:plan )?publication(?: plan)?)?(?= |$)"
)
_IN_MONTHS = {"month": 1, "year": 12}
TOO_LONG = "How long is meant?"
SINCE = "Counted from the day on which the plan was published."


class Lapse:
    """So many days, weeks, months or years; `most` differs from `least` in “3-6 months”."""

    def __init__(self, match: re.Match[str]) -> None:
        self.unit = match["unit"]
        self.least, self.most = int(match["n"]), int(match["m"] or match["n"])
        self.ranged = match["m"] is not None
        self.after_something = match["of"] is not None and match["publication"] is None
        self.duration = match["for"] is not None

    def since(self, start: date) -> Timescale:
        """The days from so long after the start, or from the start itself."""
        try:
            first = self._on(start, self.least) if self.ranged else start
            last = self._on(start, self.most)
        except (OverflowError, ValueError):
            return ask(Kind.RELATIVE, TOO_LONG)
        if last.year > LAST_YEAR or last < first:
            return ask(Kind.RELATIVE, TOO_LONG)
        return Timescale("", Kind.RELATIVE, first, last, TimePrecision.DAY)

    def _on(self, start: date, count: int) -> date:
        if self.unit in _IN_MONTHS:
            return add_months(start, count * _IN_MONTHS[self.unit])
        return start + timedelta(days=count * (7 if self.unit == "week" else 1))


def lapse_at(line: str, at: int) -> tuple[Lapse, int] | None:
    """The span of time that is written at this place of the line, and where it ends."""
    match = _LAPSE.match(line, at)
    return (Lapse(match), match.end()) if match else None


def after_publication(lapse: Lapse, context: Context) -> Timescale:
    """So long after the plan was published; a question if that day is unknown, or if something else is counted from."""
    since = context.about
    counted = lapse.since(since) if since else None
    known = [counted] if counted and counted.end else []
    if lapse.after_something:
        return ask(Kind.RELATIVE, "From which day is this counted?", *known)
    if lapse.duration:
        return ask(Kind.RELATIVE, "It lasts so long; when does it begin?", *known)
    if counted is None:
        return ask(Kind.RELATIVE, "From which day is this counted? The day of publication is not known.")
    if context.published_on is None:
        return ask(Kind.RELATIVE, "From which day is this counted? The day of publication is not known.", *known)
    return likely(counted, SINCE)
