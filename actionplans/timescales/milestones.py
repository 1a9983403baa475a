"""Several milestones in one text: “Feasibility June 2015; live April 2016”, “Phase 1 done; phase 2 Oct 2016”."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import itemgetter

from actionplans.timescale import Confidence, Kind, Timescale
from actionplans.timescales.answers import ask, combined, doubted, likely, worst
from actionplans.timescales.parsed import Gap, Parsed, words
from actionplans.timescales.phrases import Word
from actionplans.timescales.scanning import Piece

UNCLEAR = "Several dates are written. Is each a milestone, or does the last replace the others?"
_TELLS = frozenset({Word.LABEL, Word.UNKNOWN, Word.MARKER})


def milestones(parsed: Parsed) -> Timescale | None:
    """The milestones with their labels, in the order of the text; None where it holds but one."""
    leading = bool(parsed.label(parsed.gaps[0]))
    dated = _dated(parsed, leading=leading)
    undated = [each for chunk in _free_chunks(parsed, leading=leading) for each in _undated(parsed, chunk)]
    if len(dated) + len(undated) < 2:
        return None

    def together(parts: Sequence[Timescale]) -> Timescale:
        placed = [*zip((time.first for time in parsed.times), parts, strict=True), *undated]
        return _together(parts, tuple(each for _, each in sorted(placed, key=itemgetter(0))))

    whole = replace(combined(dated, together), milestones=together(dated).milestones)
    if parsed.number_beside:
        return doubted(whole, "A number stands beside a date. Does it belong to it?")
    if not all(each.label for each in dated):
        return _unlabelled(parsed, whole)
    if why := _doubt(parsed, leading=leading, undated=[each for _, each in undated]):
        return likely(whole, why)
    return whole


def _doubt(parsed: Parsed, *, leading: bool, undated: list[Timescale]) -> str:
    if Word.REVIEW in parsed.words:
        return "Is the review the last step, or was the action due before?"
    if Word.START in parsed.words:
        return "Is each date the last day for its step, or the first?"
    if any(not each.status_hint for each in undated):
        return "One of the milestones has no date."
    left_over = words(parsed.gaps[-1]) if leading else words(parsed.gaps[0])
    return "Some words were not understood." if Word.UNKNOWN in left_over else ""


def _unlabelled(parsed: Parsed, whole: Timescale) -> Timescale:
    between = [words(gap) for gap in parsed.gaps[1:-1]]
    if between and all(Word.AND in each for each in between) and not parsed.words & _TELLS:
        return likely(whole, "Read as several milestones.")
    if whole.confidence == Confidence.ASK:
        return whole
    plain = replace(whole, confidence=Confidence.SURE, question="", alternatives=())
    return replace(ask(Kind.MILESTONES, UNCLEAR, plain, *parsed.readings), milestones=whole.milestones)


def _together(parts: Sequence[Timescale], in_order: tuple[Timescale, ...]) -> Timescale:
    """From the first day of any to the last day of the last; as exact as that one."""
    last = max((part for part in parts if part.end), key=lambda part: str(part.end), default=None)
    starts = [part.start for part in parts if part.start]
    end = last.end if last else None
    start = min(starts, default=None)
    precision = last.precision if last else None
    return Timescale("", Kind.MILESTONES, start, end, precision, worst(parts), milestones=in_order)


def _dated(parsed: Parsed, *, leading: bool) -> list[Timescale]:
    found = []
    for at, time in enumerate(parsed.times):
        chunks = list(_chunks(parsed.gaps[at] if leading else parsed.gaps[at + 1]))
        label = parsed.label(chunks[-1] if leading else chunks[0])
        text = parsed.span(time.first, time.last)
        found.append(replace(time.reading, text=text, label=label))
    return found


def _free_chunks(parsed: Parsed, *, leading: bool) -> Iterator[list[Piece]]:
    """The words between separators that are not the label of a date."""
    for at, gap in enumerate(parsed.gaps):
        chunks = list(_chunks(gap))
        if leading:
            yield from chunks[:-1] if at < len(parsed.times) else chunks
        else:
            yield from chunks[1:] if at else chunks


def _undated(parsed: Parsed, chunk: list[Piece]) -> Iterator[tuple[int, Timescale]]:
    """What is said to be done already, or to have no date yet: it is a milestone if it is named."""
    here = words(chunk)
    if here & {Word.STATUS, Word.NOTHING} and here & _TELLS:
        named = [piece for piece in chunk if piece.word not in (Word.STATUS, Word.NOTHING)]
        state = next((piece.state for piece in chunk if piece.state), "")
        text = parsed.span(chunk[0].first, chunk[-1].last)
        yield chunk[0].first, Timescale(text, label=parsed.label(named), status_hint=state)


def _chunks(gap: Gap) -> Iterator[list[Piece]]:
    chunk: list[Piece] = []
    for piece in gap:
        if piece.word == Word.SEPARATOR:
            yield chunk
            chunk = []
        else:
            chunk.append(piece)
    yield chunk
