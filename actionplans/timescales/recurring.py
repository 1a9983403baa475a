"""What is done again and again, and what a date beside it means: since then, first then, reviewed afterwards."""

import re
from collections.abc import Sequence
from dataclasses import replace

from actionplans.timescale import Kind, Timescale
from actionplans.timescales.answers import ask, choices_of, combined, likely, worst
from actionplans.timescales.parsed import Gap, Parsed, words
from actionplans.timescales.phrases import Word
from actionplans.timescales.rhythms import shared

UNSURE = frozenset(
    {Word.UNKNOWN, Word.DOUBT, Word.NOTHING, Word.STATUS, Word.REVIEW, Word.LABEL, Word.SOON, Word.NUMBER}
)
LEFT_OVER = "Some words beside the date were not understood."
_BESIDE_REVIEW = frozenset(
    {Word.REVIEW, Word.SEPARATOR, Word.BRACKET, Word.DASH, Word.AND, Word.HARMLESS, Word.UNKNOWN}
)
_LINKING = frozenset({"with", "then", "thereafter", "afterwards"})  # words not known otherwise
# “first report”, “next due by”: what stands between a rhythm and the date of one of its turns.
_TURN = re.compile(
    r"(?:[;,:(-] )*(?:1st|next)"
    r"(?: (?:reports?|reviews?|updates?|meetings?|audits?|surveys?|returns?|one|due|date|by|in|on|is|[:-]))*"
)


def again(parsed: Parsed) -> Timescale:
    """Something done again and again, perhaps with a date beside it."""
    rhythm = shared(parsed.rhythms)
    timed = [time for time in parsed.times if not time.bare]
    if not timed and Word.OTHERWISE not in parsed.words:
        return likely(rhythm, LEFT_OVER) if parsed.times or parsed.words & UNSURE else rhythm
    if len(timed) == 1 == len(parsed.times) and timed[0].reading.end and (read := _beside(rhythm, parsed)):
        return read
    choices = [each for time in timed for each in choices_of(time.reading)]
    return ask(Kind.RECURRING, "Is this due by a date, or done again and again?", *choices, *choices_of(rhythm))


def _beside(rhythm: Timescale, parsed: Parsed) -> Timescale | None:
    """What the one date beside the rhythm means, where every reader would agree."""
    time, (before, after) = parsed.times[0], parsed.gaps
    if _names_turn(parsed):
        return _with_turn(rhythm, parsed)
    if Word.OTHERWISE in parsed.words:
        return None
    if Word.REVIEW in words(before):
        return _with_step(rhythm, parsed, "review", "The date is read as that of a review.")
    if Word.ONWARDS in words(after) or (Word.START in words(before) and not time.is_range):
        return combined([rhythm, time.reading], _since)
    if _goes_on(parsed):
        read = combined([rhythm, time.reading], _since)
        return likely(read, "The date is read as the day since when it goes on.", *choices_of(time.reading))
    if _is_reviewed(parsed, after):
        return likely(time.reading, "It is due by then, and reviewed again and again.", *choices_of(rhythm))
    return None


def _names_turn(parsed: Parsed) -> bool:
    """Whether a rhythm and then “first report” or “next due” stand before the date, and nothing else does."""
    before = parsed.gaps[0]
    at = next((at for at, piece in enumerate(before) if piece.rhythm), None)
    if at is None or words(parsed.gaps[1]) - {Word.BRACKET}:
        return False
    between = " ".join(token.word for token in parsed.line.tokens[before[at].last : parsed.times[0].first])
    return _TURN.fullmatch(between) is not None


def _with_turn(rhythm: Timescale, parsed: Parsed) -> Timescale:
    """“Quarterly, first report June 2015”, “annually, next due March 2016”: the date of one turn."""
    is_first = any(token.word == "1st" for token in parsed.line.tokens)
    begun = replace(rhythm, start=parsed.times[0].reading.start) if is_first else rhythm
    label = "first time" if is_first else "next time"
    return _with_step(begun, parsed, label, "The date is read as that of one turn.")


def _with_step(rhythm: Timescale, parsed: Parsed, label: str, why: str) -> Timescale:
    time = parsed.times[0]
    step = replace(time.reading, label=label, text=parsed.span(time.first, time.last))
    return likely(replace(rhythm, milestones=(step,)), why, *choices_of(time.reading))


def _since(parts: Sequence[Timescale]) -> Timescale:
    return replace(parts[0], start=parts[1].start, confidence=worst(parts))


def _goes_on(parsed: Parsed) -> bool:
    """“Jan 2015 – ongoing”, “Jan 2015 to ongoing”: a date that runs into the word, with nothing before it."""
    time, (before, after) = parsed.times[0], parsed.gaps
    if before or time.is_range or time.is_lapse or parsed.span(time.first, time.last).lower().startswith("end"):
        return False
    joints = [piece.word in (Word.DASH, Word.UNTIL) for piece in after[:-1]]
    last = after[-1] if after else None
    return bool(last and last.rhythm and any(joints) and all(joints)) and _is_ongoing(parsed, after)


def _is_ongoing(parsed: Parsed, gap: Gap) -> bool:
    return parsed.line.tokens[gap[-1].last - 1].word in ("ongoing", "going")


def _is_reviewed(parsed: Parsed, after: Gap) -> bool:
    """“March 2015, reviewed annually”, “March 2015 with quarterly review”."""
    unknown = {parsed.span(each.first, each.last).lower() for each in after if each.word == Word.UNKNOWN}
    said = words(after)
    at_review = [at for at, each in enumerate(after) if each.word == Word.REVIEW]
    beside = any(
        (after[at - 1 : at] and after[at - 1].rhythm) or (after[at + 1 : at + 2] and after[at + 1].rhythm)
        for at in at_review
    )
    return bool(beside) and said <= _BESIDE_REVIEW and unknown <= _LINKING
