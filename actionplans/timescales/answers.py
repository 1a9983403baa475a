"""How a reading is put: sure, likely with what else it may be, or a question with the readings to choose from."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from actionplans.timescale import Confidence, Kind, TimePrecision, Timescale

_WORSE = [Confidence.SURE, Confidence.LIKELY, Confidence.ASK]


def day(on: date) -> Timescale:
    """One day."""
    return Timescale(kind=Kind.DATE, start=on, end=on, precision=TimePrecision.DAY)


def likely(reading: Timescale, why: str, *others: Timescale) -> Timescale:
    """The reading with a doubt; what must be asked anyway stays a question."""
    if reading.confidence == Confidence.ASK:
        return reading
    return replace(
        reading,
        confidence=Confidence.LIKELY,
        question=reading.question or why,
        alternatives=reading.alternatives + others,
    )


def ask(kind: Kind, question: str, *alternatives: Timescale, about: str = "") -> Timescale:
    """A question. It has no days of its own, so that nobody is chased for a guess."""
    asked = Timescale(kind=kind, confidence=Confidence.ASK, question=question, about=about)
    return replace(asked, alternatives=tuple(dict.fromkeys(alternatives)))


def doubted(reading: Timescale, question: str, about: str = "") -> Timescale:
    """The same as a question: the reading becomes the first of its alternatives."""
    if reading.confidence == Confidence.ASK:
        return reading
    plain = replace(reading, alternatives=(), question="", confidence=Confidence.SURE)
    return ask(reading.kind, question, plain, *reading.alternatives, about=about)


def worst(readings: Iterable[Timescale]) -> Confidence:
    """The least sure of them."""
    return max((each.confidence for each in readings), key=_WORSE.index, default=Confidence.SURE)


def first_question(readings: Iterable[Timescale]) -> str:
    """The question of the least sure of them."""
    asked = sorted((each for each in readings if each.question), key=lambda each: -_WORSE.index(each.confidence))
    return asked[0].question if asked else ""


def choices_of(reading: Timescale) -> tuple[Timescale, ...]:
    """What a person may choose of a reading: its alternatives where it must be asked, else itself."""
    if reading.confidence == Confidence.ASK:
        return reading.alternatives
    return (replace(reading, confidence=Confidence.SURE, question="", alternatives=()),)


def combined(parts: Sequence[Timescale], build: Callable[[Sequence[Timescale]], Timescale]) -> Timescale:
    """What several readings make together. Where some must be asked, so must the whole, choice by choice."""
    asked = [part for part in parts if part.confidence == Confidence.ASK]
    if not asked:
        made = build(parts)
        return replace(made, question=made.question or first_question(parts))
    choices = {len(part.alternatives) for part in asked}
    number = choices.pop() if len(choices) == 1 else 0
    alternatives = [build([_chosen(part, nth) for part in parts]) for nth in range(number)]
    kind = build([replace(part, start=None, end=None) for part in parts]).kind
    fitting = [each for each in alternatives if each.confidence != Confidence.ASK]
    if len(fitting) == 1 < number:
        return likely(fitting[0], "The other readings would end before they start.")
    about = {part.about for part in asked}
    choices_left = (replace(each, confidence=Confidence.SURE) for each in fitting)
    return ask(kind, first_question(asked), *choices_left, about=about.pop() if len(about) == 1 else "")


def _chosen(part: Timescale, nth: int) -> Timescale:
    if part.confidence != Confidence.ASK:
        return replace(part, alternatives=(), question="", confidence=Confidence.SURE)
    return replace(part.alternatives[nth], label=part.label)


def from_to(parts: Sequence[Timescale]) -> Timescale:
    """From the first to the last, as exact as the last is."""
    first, last = parts[0], parts[-1]
    if first.start and last.end and first.start > last.end:
        return ask(Kind.RANGE, "It ends before it starts. Which days are meant?")
    return Timescale(
        kind=Kind.RANGE,
        start=first.start,
        end=last.end,
        precision=last.precision or first.precision,
        confidence=worst(parts),
    )
