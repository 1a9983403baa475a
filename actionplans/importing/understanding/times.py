"""When an action is due: from one column, from a start and a finish, and from what was revised."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from actionplans.importing.tables import Cell, Value
from actionplans.importing.understanding.answers import Asking, Family, first
from actionplans.importing.understanding.day_order import Order
from actionplans.importing.understanding.shapes import Choice, When
from actionplans.importing.understanding.words import fold, is_struck, shortened, unstruck, written
from actionplans.timescale import About, Confidence, Kind, TimePrecision, Timescale

AS_WRITTEN = Order()
MONTH_OR_DAY = "Does the month or the day stand first?"
STRUCK = "This is struck through. When is it due now?"
NO_DATE = Choice("none", "No date: keep the text only")

# What stands below “Revised” where nothing was revised.
UNCHANGED = re.compile(r"(?:no change|unchanged|not revised|as (?:original(?:ly planned)?|planned))\.?")


def _second(offered: tuple[Choice, ...]) -> str | None:
    """The second of two readings; of more it is yet to be asked which."""
    return offered[1].value if len(offered) == len(("one", "other", NO_DATE)) else None


FAMILIES = {
    About.PERIOD: Family(
        "period",
        "{these}: these dates lie far outside the plan's period. Are they meant as they are written?",
        (Choice("meant", "Yes, all are meant as they are written"), NO_DATE),
        picks={"meant": first},
    ),
    About.QUARTERS: Family(
        "quarters",
        "{these}: how does this plan count its quarters?",
        (
            Choice("calendar", "By the calendar year: Q1 is January to March"),
            Choice("nhs", "By the NHS year: Q1 is April to June"),
        ),
        picks={"calendar": first, "nhs": _second},
    ),
    About.FIGURES: Family(
        "figures",
        "{these}: do the figures after the month name the year or the day?",
        (Choice("year", "The year: “Apr-15” is April 2015"), Choice("day", "The day: “Apr-15” is 15 April")),
        picks={"year": first, "day": _second},
    ),
}


@dataclass(frozen=True, slots=True)
class Times:
    timescale: Timescale = field(default_factory=Timescale)
    revised: tuple[Timescale, ...] = ()
    completed: Timescale | None = None


class Clock:
    """Reads timescales with the parser that it was given, each text once, and asks about the doubtful ones."""

    def __init__(self, when: When, asking: Asking, order: Order = AS_WRITTEN) -> None:
        self._when, self._asking, self._order = when, asking, order
        self._read: dict[tuple[str, Value, str], Timescale] = {}

    def read(self, cells: Sequence[Cell], *, quietly: bool = False) -> Timescale:
        """The timescale of one action's cells: of one cell with its value, of several as lines of one text.

        `quietly`: what it leaves open stays open, unless it is answered already.
        """
        told = [cell for cell in cells if written(cell)]
        if not told:
            return Timescale()
        if any(map(self._order.is_open, told)):
            text = "\n".join(map(unstruck, told))
            return Timescale(text, confidence=Confidence.ASK, question=MONTH_OR_DAY)
        now = [cell for cell in told if not is_struck(cell)]
        shown = "\n".join(map(unstruck, now))
        text = "\n".join(self._order.turned(cell, unstruck(cell)) for cell in now)
        struck = "\n".join(cell.struck.strip() for cell in told if cell.struck.strip())
        if struck and now:
            self._asking.warn(told[0].at, f"“{shortened(struck)}” is struck through here: it is the former date.")
        value = now[0].value if len(told) == len(now) == 1 else None
        read = self._settled(text, value, struck, told[0].at, quietly=quietly)
        return read if shown == text else replace(read, text=shown)

    def _settled(self, text: str, value: Value, struck: str, at: str, *, quietly: bool) -> Timescale:
        key = (text, value, struck)
        if key not in self._read:
            self._read[key] = self._when(text, value, struck) if text else self._gone(struck)
        found = self._read[key]
        if found.confidence != Confidence.ASK:
            return found
        family = FAMILIES.get(About(found.about)) if found.about else None
        if quietly and not self._asking.has_answer("timescale", (text or struck,), family):
            return _open(found)
        return self._asked(found, text or struck, at, family)

    def _gone(self, struck: str) -> Timescale:
        """A time that is struck through with nothing beside it: whether it still holds is asked."""
        found = self._when("", None, struck)
        if found.confidence == Confidence.ASK:
            return replace(found, text=struck)
        return Timescale(struck, confidence=Confidence.ASK, question=STRUCK)

    def _asked(self, found: Timescale, text: str, at: str, family: Family | None) -> Timescale:
        """The reading that the person chose; while it is open, a timescale without any date."""
        readings = _by_value(found.alternatives)
        choices = [Choice(value, _label(one)) for value, one in readings.items()]
        told = f"“{shortened(text)}”: {found.question or 'When is it due?'}"
        answer = self._asking.ask(
            "timescale",
            (text,),
            at=at,
            text=told,
            choices=(*choices, NO_DATE),
            takes=lambda day: _day(day) is not None,
            family=family,
            subject=text,
        )
        if answer is None:
            return _open(found)
        if answer in readings:
            return replace(readings[answer], text=found.text or text, confidence=Confidence.SURE)
        day = _day(answer)
        if day is None:
            return replace(_open(found), kind=Kind.NONE, confidence=Confidence.SURE, alternatives=())
        return Timescale(found.text or text, Kind.DATE, None, day, TimePrecision.DAY)

    def span(self, start: Sequence[Cell], finish: Sequence[Cell]) -> Timescale:
        """From a column with the start to one with the finish: due when the finish is."""
        opens, last = self.read(start, quietly=True), self.read(finish)
        if not opens.text:
            return last
        if not last.text:
            return replace(last, text=f"From {opens.text}", start=opens.start or opens.end)
        begins = opens.start or opens.end
        text = f"{opens.text} to {last.text}"
        if begins and last.end and begins > last.end:
            at = next(cell.at for cell in finish if written(cell))
            self._asking.warn(at, f"The finish, {shortened(last.text)}, is before the start, {shortened(opens.text)}.")
            return replace(last, text=text)
        return replace(last, text=text, start=begins or last.start)


def first_and_revised(first: Timescale, later: Timescale) -> tuple[Timescale, tuple[Timescale, ...]]:
    """When it was due at first, and to what that was revised. What repeats the first is no revision; alone it is it."""
    if not first.text:
        return later, ()
    now = first.current
    repeats = fold(later.text) == fold(first.text) or (later.end is not None and later.end == now.end)
    return first, (later,) if later.text and not repeats else ()


def _open(found: Timescale) -> Timescale:
    """An unanswered timescale has no date: a wrong one must not slip in."""
    if found.end is None:
        return found
    alone = (replace(found, alternatives=()),)
    return replace(found, end=None, start=None, precision=None, alternatives=found.alternatives or alone)


def _by_value(alternatives: Sequence[Timescale]) -> dict[str, Timescale]:
    """The readings by what answers name them with: their due day, and their kind where two fall on one day."""
    found: dict[str, Timescale] = {}
    for one in alternatives:
        day = one.current.end.isoformat() if one.current.end else ""
        value = f"{day} {one.kind.value}" if day in found else day
        if day:
            found.setdefault(value, one)
    return found


def _label(timescale: Timescale) -> str:
    end, first_due = timescale.current.end, timescale.end
    if end is None:
        return fold(timescale.text)
    if timescale.revised and first_due:
        return f"Due {end.day} {end:%B %Y}, at first {first_due.day} {first_due:%B %Y}"
    return f"Due {end.day} {end:%B %Y} ({timescale.kind.label})"


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d").date()  # noqa: DTZ007 (a day has no time zone)
    except ValueError:
        return None
