"""When an action is due: from one column, from a start and a finish, and from what was revised."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from actionplans.importing.tables import Cell, Value
from actionplans.importing.understanding.answers import Asking
from actionplans.importing.understanding.shapes import Choice, When
from actionplans.importing.understanding.words import fold, shortened, unstruck, written
from actionplans.timescale import Confidence, Kind, TimePrecision, Timescale

NO_DATE = Choice("none", "No date: keep the text only")


@dataclass(frozen=True, slots=True)
class Times:
    timescale: Timescale = field(default_factory=Timescale)
    revised: tuple[Timescale, ...] = ()
    completed: Timescale | None = None


class Clock:
    """Reads timescales with the parser that it was given, each text once, and asks about the doubtful ones."""

    def __init__(self, when: When, asking: Asking) -> None:
        self._when, self._asking = when, asking
        self._read: dict[tuple[str, Value, str], Timescale] = {}

    def read(self, cells: Sequence[Cell]) -> Timescale:
        """The timescale of one action's cells: of one cell with its value, of several as lines of one text."""
        told = [cell for cell in cells if written(cell)]
        if not told:
            return Timescale()
        text = "\n".join(unstruck(cell) for cell in told)
        struck = "\n".join(cell.struck.strip() for cell in told if unstruck(cell) != written(cell))
        if struck:
            self._asking.warn(told[0].at, f"“{shortened(struck)}” is struck through here: it is the former date.")
        return self._settled(text, told[0].value if len(told) == 1 else None, struck, told[0].at)

    def _settled(self, text: str, value: Value, struck: str, at: str) -> Timescale:
        key = (text, value, struck)
        if key not in self._read:
            self._read[key] = self._when(text, value, struck)
        found = self._read[key]
        return self._asked(found, text, at) if found.confidence == Confidence.ASK else found

    def _asked(self, found: Timescale, text: str, at: str) -> Timescale:
        """The reading that the person chose; while it is open, a timescale without any date."""
        readings = _by_value(found.alternatives)
        choices = [Choice(value, _label(one)) for value, one in readings.items()]
        told = f"“{shortened(text)}”: {found.question or 'When is it due?'}"
        answer = self._asking.ask(
            "timescale", (text,), at=at, text=told, choices=(*choices, NO_DATE), takes=lambda day: _day(day) is not None
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
        first, last = self.read(start), self.read(finish)
        if not first.text:
            return last
        if not last.text:
            return replace(last, text=f"From {first.text}", start=first.start or first.end)
        begins = first.start or first.end
        text = f"{first.text} to {last.text}"
        if begins and last.end and begins > last.end:
            at = next(cell.at for cell in finish if written(cell))
            self._asking.warn(at, f"The finish, {shortened(last.text)}, is before the start, {shortened(first.text)}.")
            return replace(last, text=text)
        return replace(last, text=text, start=begins or last.start)


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
        day = one.end.isoformat() if one.end else ""
        value = f"{day} {one.kind.value}" if day in found else day
        if day:
            found.setdefault(value, one)
    return found


def _label(timescale: Timescale) -> str:
    end = timescale.end
    return f"Due {end.day} {end:%B %Y} ({timescale.kind.label})" if end else fold(timescale.text)


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d").date()  # noqa: DTZ007 (a day has no time zone)
    except ValueError:
        return None
