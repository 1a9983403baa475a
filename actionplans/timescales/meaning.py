"""What a text means as a whole: the rules in their order, the first that fits."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from actionplans.states import ActionState
from actionplans.timescale import Confidence, Kind, Timescale
from actionplans.timescales.answers import ask, choices_of, combined, day, doubted, from_to, likely
from actionplans.timescales.milestones import milestones
from actionplans.timescales.parsed import Parsed, words
from actionplans.timescales.periods import day_of_month
from actionplans.timescales.phrases import Word
from actionplans.timescales.recurring import LEFT_OVER, UNSURE, again
from actionplans.timescales.revisions import revision

_MARKS = frozenset({Word.DASH, Word.SEPARATOR, Word.BRACKET, Word.AND, Word.SLASH, Word.COLON, Word.HARMLESS})
NO_DAY = "No day could be read in this. When is it due?"
SERIALS_FROM = date(1899, 12, 30)
_BEGUN = frozenset({"started", "commenced", "begun"})
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def meaning(parsed: Parsed) -> Timescale:
    """What is meant, or the question."""
    read = _rule(parsed)(parsed)
    if read.milestones or len(parsed.times) > 1 or read.confidence == Confidence.ASK:
        return read
    return replace(read, status_hint=parsed.state)


def _rule(parsed: Parsed) -> Callable[[Parsed], Timescale]:
    """The rules in their order, the first that fits."""
    if parsed.rhythms:
        return again
    if not parsed.times:
        return untimed
    if parsed.words & {Word.OTHERWISE, Word.ELSEWHERE}:
        return turned_round
    if Word.EITHER in parsed.words:
        return either
    if parsed.words & {Word.REVISED, Word.WAS}:
        return revision
    first = words(parsed.gaps[0])
    if len(parsed.times) == 2 and Word.START in first and Word.MARKER not in first:
        return begins_and_ends
    if len(parsed.times) == 2 and _is_year_apart(parsed):
        return year_apart
    return several


def untimed(parsed: Parsed) -> Timescale:
    """No day is written."""
    said = parsed.words - _MARKS
    if Word.ELSEWHERE in said:
        return ask(Kind.NONE, "The date stands elsewhere. Which is it?")
    if Word.SOON in said:
        published = parsed.context.about
        return ask(Kind.NONE, "By which day at the latest?", *([day(published)] if published else []))
    if not said and Word.HARMLESS in parsed.words:
        return ask(Kind.NONE, NO_DAY)
    if said <= {Word.STATUS} or said <= {Word.NOTHING}:
        return Timescale()
    if Word.STATUS in said and not said & {Word.OTHERWISE, Word.LABEL, Word.NUMBER}:
        return likely(Timescale(), LEFT_OVER)
    return ask(Kind.NONE, NO_DAY, *_serial(parsed), *_day_and_month(parsed))


def _day_and_month(parsed: Parsed) -> Sequence[Timescale]:
    """“1/12” alone may be the first of December."""
    figures = re.fullmatch(r"(?!24 / 7)(\d\d?) [/.-] (\d\d?)", parsed.line.text)
    return choices_of(day_of_month(int(figures[1]), int(figures[2]), parsed.context)) if figures else ()


def _serial(parsed: Parsed) -> list[Timescale]:
    """A date that lost its format on the way out of a spreadsheet is the number of its day."""
    number = parsed.line.text
    return [day(SERIALS_FROM + timedelta(days=int(number)))] if re.fullmatch(r"[34]\d{4}", number) else []


def turned_round(parsed: Parsed) -> Timescale:
    """“Before”, “after”, “not”, “subject to”: the date beside it is not simply the due day."""
    first = parsed.readings[0]
    before = any(token.word in ("before", "prior") for token in parsed.line.tokens)
    eve = [day(first.start - timedelta(days=1))] if before and first.start and len(parsed.times) == 1 else []
    choices = [each for reading in parsed.readings for each in choices_of(reading)]
    return ask(first.kind, "What is the last day for this?", *choices, *eve)


def either(parsed: Parsed) -> Timescale:
    """“March or June 2015”."""
    return ask(
        parsed.readings[0].kind, "Which of the dates holds?", *(c for each in parsed.readings for c in choices_of(each))
    )


def _is_year_apart(parsed: Parsed) -> bool:
    """Whether the second time is but the year of the first, with unknown words between."""
    first, second = (parsed.span(time.first, time.last) for time in parsed.times)
    is_year = bool(re.fullmatch(r"20\d\d(?: ?[/-] ?\d\d(?:\d\d)?)?", second))
    return is_year and not re.search(r"\d{4}|\d\d$", first) and Word.UNKNOWN in words(parsed.gaps[1][-1:])


def year_apart(parsed: Parsed) -> Timescale:
    """“Board October meeting 2015”: that October, or two milestones."""
    choices = [each for reading in parsed.readings for each in choices_of(reading)]
    return ask(parsed.readings[0].kind, "Does the year belong to what stands before it?", *choices)


def begins_and_ends(parsed: Parsed) -> Timescale:
    """“Start April 2015, complete March 2016”."""
    read = combined(parsed.readings, from_to)
    return likely(read, LEFT_OVER) if Word.UNKNOWN in parsed.words else read


def several(parsed: Parsed) -> Timescale:
    """Milestones, or one date."""
    return milestones(parsed) or single(parsed)


def single(parsed: Parsed) -> Timescale:
    """One date and the words around it."""
    time, before, after = parsed.times[0], words(parsed.gaps[0]), words(parsed.gaps[1])
    said = before | after
    read = time.reading
    if Word.MARKER in said or _number_beside(parsed):
        return doubted(read, "A number stands beside the date. Does it belong to it?")
    if Word.WEEKDAY in said and _other_weekday(parsed):
        return doubted(read, "The day of the week and the date do not fit. Which is meant?")
    if read.kind == Kind.MONTH and any(token.word == "week" for token in parsed.line.tokens):
        return doubted(read, "It says a week of the month. Which is its last day?")
    if read.kind == Kind.DATE and _follows_week(parsed):
        return doubted(read, "Is this a day, or the number of a week of the month?")
    if any(token.word in _BEGUN for token in parsed.line.tokens):
        return doubted(read, "Did it start then, or is it due by then?")
    if parsed.state and parsed.state not in (ActionState.COMPLETED, ActionState.IN_PROGRESS, ActionState.NOT_STARTED):
        return doubted(read, "Is it due by then, or does the date say since when it is so?")
    if parsed.state == ActionState.COMPLETED:
        done = Timescale(status_hint=ActionState.COMPLETED)
        asked = doubted(read, "Was this completed then, or is it to be completed by then?")
        return replace(asked, alternatives=(*asked.alternatives, done))
    if Word.UNKNOWN in said and re.fullmatch(r"20\d\d", parsed.span(time.first, time.last)):
        return doubted(read, "The words beside the year are not understood. Which day is it?")
    if time.is_lapse and Word.UNKNOWN in after:
        return doubted(read, "From which day is this counted?")
    if Word.ONWARDS in after or (Word.START in words(parsed.gaps[0][-2:]) and not time.is_range):
        return likely(
            combined([read], _open), "It says when this begins, and not by when it is due.", *choices_of(read)
        )
    if Word.UNTIL in words(parsed.gaps[0][-1:]):
        read = combined([read], _until)
    return likely(read, LEFT_OVER) if said & UNSURE else read


def _other_weekday(parsed: Parsed) -> bool:
    names = [token.word[:3] for token in parsed.line.tokens if token.word[:3] in _WEEKDAYS]
    on = parsed.times[0].reading
    return on.kind == Kind.DATE and on.end is not None and _WEEKDAYS[on.end.weekday()] not in names


def _follows_week(parsed: Parsed) -> bool:
    """“Week 2 June 2015”, whose number may be that of a week."""
    first = parsed.times[0].first
    return first > 0 and parsed.line.tokens[first - 1].word == "week"


def _number_beside(parsed: Parsed) -> bool:
    before, after = parsed.gaps
    return Word.NUMBER in words((*before[-2:], *after[:2]))


def _open(parts: Sequence[Timescale]) -> Timescale:
    return replace(parts[0], kind=Kind.RANGE, end=None, alternatives=())


def _until(parts: Sequence[Timescale]) -> Timescale:
    return replace(parts[0], kind=Kind.RANGE, start=None, alternatives=())
