"""Dates that replaced others: “April 2015 (revised: April 2017)”, “was March 2015, now June 2016”."""

from collections.abc import Sequence
from dataclasses import replace

from actionplans.timescale import About, Confidence, Timescale
from actionplans.timescales.answers import ask, combined, doubted, likely, worst
from actionplans.timescales.parsed import Parsed, words
from actionplans.timescales.phrases import Word

_NEW = ("rev", "now", "upd", "amend", "new", "current")  # a word after the date that calls it the new one
UNCLEAR = "Which date was revised to which?"


def revision(parsed: Parsed) -> Timescale:
    """The date as first written with those that replaced it; a question where it is not plain which is which."""
    marks = [words(gap) & {Word.REVISED, Word.WAS} for gap in parsed.gaps]
    if len(parsed.times) == 1:
        return _alone(parsed)
    order = _order(marks)
    if not order or parsed.number_beside or Word.LABEL in parsed.words or Word.MARKER in parsed.words:
        return ask(parsed.readings[-1].kind, UNCLEAR, *parsed.readings)
    first, *later = (_written(parsed, at) for at in order)
    read = revised(first, later)
    return likely(read, "Some words were not understood.") if Word.UNKNOWN in parsed.words else read


def _order(marks: list[frozenset[Word]]) -> list[int]:
    """The times from the first written to the one that holds now; empty where the words do not tell."""
    between = marks[1:-1]
    if len(between) == 1 and between[0] == {Word.WAS} and not marks[0] & {Word.WAS}:
        return [1, 0]
    if all(between) or (len(between) == 1 and Word.REVISED in marks[-1] and not marks[0]):
        return list(range(len(between) + 1))
    if len(between) == 1 and Word.WAS in marks[0]:
        return [0, 1]
    return []


def _written(parsed: Parsed, at: int) -> Timescale:
    time = parsed.times[at]
    return replace(time.reading, text=parsed.span(time.first, time.last))


def _alone(parsed: Parsed) -> Timescale:
    if Word.WAS in parsed.words:
        return doubted(parsed.readings[0], "Is this the date that holds, or the one that was replaced?")
    said = [parsed.span(each.first, each.last).lower() for each in parsed.gaps[1] if each.word == Word.REVISED]
    if any(not each.startswith(_NEW) for each in said):
        return doubted(parsed.readings[0], "This date no longer holds. Which is the new one?")
    return likely(parsed.readings[0], "It replaced an earlier date, which is not written.")


def revised(first: Timescale, later: list[Timescale]) -> Timescale:
    """The date first written, with those that replaced it; of a question each choice with both.

    That the first one lies far outside the plan's period is no question once another one holds.
    """
    written = [first, *later]

    def together(parts: Sequence[Timescale]) -> Timescale:
        worded = [replace(part, text=one.text) for part, one in zip(parts, written, strict=True)]
        return replace(worded[0], confidence=worst(parts), revised=tuple(worded[1:]))

    is_long_ago = first.about == About.PERIOD and later[-1].confidence != Confidence.ASK
    parts = [first.alternatives[0] if is_long_ago else first, *later]
    return replace(combined(parts, together), text=first.text)
