"""Columns of times: which says when an action is due, which when it was due at first, which to when that was moved."""

import re
from collections.abc import Sequence
from dataclasses import replace

from actionplans.importing.understanding import evidence, headings
from actionplans.importing.understanding.fields import DATING, OWN, Field
from actionplans.importing.understanding.shapes import Column, Headed
from actionplans.importing.understanding.words import fold, spoken, vocabulary, words, written

TIMES = frozenset({Field.TIMESCALE, Field.FINISH})
# Headings that mean a state, or a day where days stand below them.
DONE = re.compile(r"^(?:for )?complet(?:e|ed|ion)(?: by)?$")
ENDED = frozenset({"completion date", "date of completion"})  # may be the day on which it was completed
DATES = frozenset({"date", "dates"})
# Words that say of a time that it was the first or a later one: alone, beside “date”, or beside a plain time only,
# since “Current” tells too little and “Updated date” may be another thing.
FIRST = vocabulary("original originally")
FIRST_DATE = FIRST | vocabulary("initial initially baseline")
FIRST_TIME = FIRST_DATE | vocabulary("first")
LATER = vocabulary("revised amended extended rescheduled slipped moved")
LATER_DATE = LATER | vocabulary("new")
LATER_TIME = LATER_DATE | vocabulary("updated current latest now")
ALL = FIRST_TIME | LATER_TIME
WHEN_DONE = re.compile(rf"dates? (?:{'|'.join(sorted(ALL))})|.*\b(?:on|at|by)")  # “Date revised”, “Revised on”
SURE = 0.9


def days_of_completion(found: list[Column], columns: Sequence[Headed]) -> list[Column]:
    """ "Completion" above days is the finish beside a start, the time if nothing else says one, else when it was done.

    “Completed” alone may be either, so it is asked.
    """
    told = {field for one in found for field in one.fields}
    meant = Field.COMPLETED if told & TIMES else Field.FINISH if Field.START in told else Field.TIMESCALE
    found = _ends(found, columns)
    return [
        replace(one, fields=(meant,), score=headings.PLAIN if _is_due(headed, meant) else 0.5)
        if DONE.match(spoken(_lowest(headed))) and not TIMES.intersection(one.fields) and _holds_days(headed)
        else one
        for one, headed in zip(found, columns, strict=True)
    ]


def _ends(found: list[Column], columns: Sequence[Headed]) -> list[Column]:
    """Days below “Completion date” beside a timescale are when it was done, or when it is to be: it is asked."""
    told = {field for one in found if one.score >= headings.PLAIN for field in one.fields}
    if Field.START in told or Field.TIMESCALE not in told or Field.COMPLETED in told:
        return found
    return [
        replace(one, fields=(Field.COMPLETED,), score=0.5)
        if one.fields == (Field.FINISH,) and spoken(one.heading) in ENDED and _holds_days(headed)
        else one
        for one, headed in zip(found, columns, strict=True)
    ]


def _lowest(headed: Headed) -> str:
    return headed.lines[-1] if headed.lines else ""


def _is_due(headed: Headed, meant: Field) -> bool:
    return meant != Field.TIMESCALE or not spoken(_lowest(headed)).endswith(("complete", "completed"))


def _holds_days(headed: Headed) -> bool:
    """Whether its cells are times alone, without a word on how the action stands."""
    texts = [written(cell) for cell in headed.cells if written(cell)][: evidence.SAMPLE]
    days = [text for text in texts if evidence.is_time(text) and not evidence.STATE.match(fold(text))]
    return bool(texts) and len(days) >= evidence.ENOUGH * len(texts) and evidence.guess(headed.cells) == Field.TIMESCALE


def two_times(found: list[Column]) -> list[Column]:
    """A heading "Timescale" that spans two columns stands above a start and a finish."""
    spanned = [one for one in found if one.fields == (Field.TIMESCALE,)]
    if len(spanned) != 2 or spoken(spanned[0].heading) != spoken(spanned[1].heading):
        return found
    fields = {spanned[0].index: (Field.START,), spanned[1].index: (Field.FINISH,)}
    return [replace(one, fields=fields.get(one.index, one.fields)) for one in found]


def first_and_later(found: list[Column], columns: Sequence[Headed]) -> list[Column]:
    """Of two columns of times, the one headed as original holds the time, the one headed as revised what it became.

    “Original date” beside “Due” makes that the later one. Where more than two may be meant, the person is asked.
    """
    meant = {one.index: _meant(one, headed) for one, headed in zip(found, columns, strict=True)}
    first = [index for index, field in meant.items() if field == Field.TIMESCALE]
    later = [index for index, field in meant.items() if field == Field.REVISED]
    plain = _plain([one for one in found if not meant[one.index]], columns, beside=[*first, *later])
    if len(first) > 1 or len(later) > 1 or (first and later and plain):
        return found
    if first and not later:
        later = [one.index for one in plain if spoken(one.heading) not in ENDED] if len(plain) == 1 else []
    if not later or not (first or plain):
        return found
    due = Field.FINISH if any(one.holds(Field.START) for one in found) else Field.TIMESCALE
    fields = {**dict.fromkeys(first, due), **dict.fromkeys(later, Field.REVISED)}
    return [
        replace(one, fields=(fields[one.index],), score=max(one.score, SURE)) if one.index in fields else one
        for one in found
    ]


def _plain(others: Sequence[Column], columns: Sequence[Headed], beside: Sequence[int]) -> list[Column]:
    """The columns that are plainly headed as times; where there is none, that headed "Date" next to one `beside`."""
    plain = [one for one in others if one.fields and TIMES.issuperset(one.fields) and one.score >= headings.PLAIN]
    holding = {headed.index for headed in columns if _holds_days(headed)}
    return plain or [
        one
        for one in others
        if one.index in holding and spoken(one.heading) in DATES and any(abs(one.index - at) == 1 for at in beside)
    ]


def _meant(column: Column, headed: Headed) -> Field | None:
    """TIMESCALE for the time at first, REVISED for a later one, as its heading says; None where it says neither."""
    if column.fields == (Field.REVISED,) and column.score >= headings.PLAIN:
        return Field.REVISED
    is_open = column.score < headings.PLAIN or TIMES.issuperset(column.fields)
    if not is_open or column.heading in OWN or not _holds_days(headed):
        return None
    return first_or_later(column.heading) or first_or_later(_lowest(headed))


def first_or_later(heading: str) -> Field | None:
    """TIMESCALE where a heading says "original" of a time, REVISED where it says "revised", and nothing else.

    “Date revised” and “Revised on” may be the day on which somebody revised it.
    """
    said = [word for word in words(heading) if word not in DATING and not word[:1].isdigit()]
    rest = " ".join(word for word in said if word not in ALL)
    if WHEN_DONE.fullmatch(fold(heading)) and (not rest or rest in DATES):
        return None
    is_first, is_later = (any(word in known for word in said) for known in _telling(rest))
    if is_first == is_later:
        return None
    return Field.TIMESCALE if is_first else Field.REVISED


def _telling(rest: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words that tell of a first and of a later time beside the rest of a heading; none beside other things."""
    if not rest:
        return FIRST, LATER
    if rest in DATES:
        return FIRST_DATE, LATER_DATE
    return (FIRST_TIME, LATER_TIME) if is_time_heading(rest) or DONE.match(rest) else (frozenset(), frozenset())


def is_time_heading(text: str) -> bool:
    """Whether a heading says beyond doubt when an action is due, or is "Date"."""
    field, score = headings.best(text)
    return (field in TIMES and score >= headings.PLAIN) or spoken(text) in DATES
