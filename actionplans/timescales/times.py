"""The times of a text, worked out: each with the words before it, ranges put together."""

from dataclasses import dataclass, replace
from datetime import timedelta

from actionplans.timescale import Confidence, Kind, TimePrecision, Timescale
from actionplans.timescales.answers import ask, combined, from_to, likely
from actionplans.timescales.borrowing import WHY as BORROWED
from actionplans.timescales.borrowing import with_years
from actionplans.timescales.context import Context
from actionplans.timescales.lapses import Lapse, after_publication
from actionplans.timescales.periods import FUZZY, period
from actionplans.timescales.phrases import Word
from actionplans.timescales.points import Point
from actionplans.timescales.scanning import Piece
from actionplans.timescales.tokens import Line

_NUMBERED = {"quarter", "month", "season", "half"}


@dataclass(frozen=True, slots=True)
class Time:
    """A time of the text and where it stands. `bare` says that no year is written for it anywhere."""

    first: int
    last: int
    reading: Timescale
    bare: bool = False
    is_lapse: bool = False
    is_range: bool = False


Part = Piece | Time


def parts_of(pieces: list[Piece], line: Line, context: Context) -> list[Part]:
    """The pieces with every point in time worked out, and two that make a range put together."""
    pieces = _with_years(pieces)
    parts: list[Part] = []
    at = 0
    while at < len(pieces):
        part, at = _next(pieces, at, line, context)
        parts.append(part)
    return parts


def _with_years(pieces: list[Piece]) -> list[Piece]:
    points = iter(with_years([piece.point for piece in pieces if piece.point]))
    return [replace(piece, point=next(points)) if piece.point else piece for piece in pieces]


def _next(pieces: list[Piece], at: int, line: Line, context: Context) -> tuple[Part, int]:
    this, after = pieces[at], pieces[at + 1 : at + 3]
    if this.point and len(after) == 2 and after[1].point and _makes_range(pieces, at, line):
        reading = _range(this.point, after[1].point, context)
        bare = not (this.point.dated or after[1].point.dated)
        return Time(this.first, after[1].last, reading, bare, is_range=True), at + 3
    if this.lapse and after and after[0].point:
        return Time(this.first, after[0].last, _anchored(this.lapse, after[0].point, context), is_lapse=True), at + 2
    if this.word == Word.LIMIT and after and after[0].point:
        reading = _week(line.between(this.first, this.last), period(after[0].point, context))
        return Time(this.first, after[0].last, reading), at + 2
    if this.point:
        return Time(this.first, this.last, period(this.point, context), not this.point.dated), at + 1
    if this.lapse:
        return Time(this.first, this.last, after_publication(this.lapse, context), is_lapse=True), at + 1
    return this, at + 1


def _makes_range(pieces: list[Piece], at: int, line: Line) -> bool:
    first, joint, last = pieces[at].point, pieces[at + 1], pieces[at + 2].point
    if first and last and last.unit == "year" and first.doubt == BORROWED:
        return False  # “March-end 2015” is one date
    if joint.word in (Word.DASH, Word.UNTIL):
        replaced = at > 0 and pieces[at - 1].word == Word.WAS  # “slipped from March 2015 to June 2015”
        return not replaced and line.between(joint.first, joint.last) != "→"
    if joint.word not in (Word.AND, Word.SLASH) or first is None or last is None:
        return False
    if at and pieces[at - 1].word == Word.BETWEEN:
        return True
    # “Q1 & Q2 15/16”, “Spring/Summer 2016”: one after the other, and the year is written once.
    next_one = (
        {first.number % 12 + 1, (first.number + 3) % 12 or 12} if first.unit == "season" else {first.number % 12 + 1}
    )
    return (
        (first.doubt == BORROWED or not last.dated)
        and first.unit == last.unit
        and first.unit in _NUMBERED
        and last.number in next_one
    )


def _range(first: Point, last: Point, context: Context) -> Timescale:
    from_year, to_year = first.year or 0, last.year or 0
    if first.unit == last.unit == "year" and 0 < from_year < to_year and not first.part + last.part:
        return period(Point("years", to_year, fy=from_year), context)
    # In a range it is plain which year a month without one has, unless the range runs into the next: “Dec/Jan 2015”.
    if first.doubt == BORROWED and not first.part and (first.year, first.fy) == (last.year, last.fy):
        first = replace(first, doubt="")
    start, end = period(first, context), period(replace(last, part=last.part or "end"), context)
    if first.part in FUZZY and start.alternatives:
        start = likely(
            replace(start.alternatives[0], confidence=Confidence.SURE), f"“{first.part}” has no certain day."
        )
    return combined((start, end), from_to)


def _anchored(lapse: Lapse, point: Point, context: Context) -> Timescale:
    """“Within 6 months of 1 April 2015”."""
    since = period(point, context)
    if since.kind == Kind.DATE and since.start and since.confidence != Confidence.ASK:
        return replace(lapse.since(since.start), confidence=since.confidence, question=since.question)
    known = [lapse.since(day) for day in (since.start, since.end) if day]
    return ask(Kind.RELATIVE, "From which day is this counted?", *(each for each in known if each.end))


def _week(words: str, day: Timescale) -> Timescale:
    """The week that begins on that day, or the day if the week ends then."""
    if day.kind != Kind.DATE or day.start is None:
        return likely(day, "Which week is meant?")
    if words.lower().replace(" ", "") in ("w/e", "weekending"):
        return day
    sunday = day.start + timedelta(days=6)
    return replace(
        likely(day, "A week is read as up to its seventh day."),
        kind=Kind.RANGE,
        end=sunday,
        precision=TimePrecision.DAY,
    )
