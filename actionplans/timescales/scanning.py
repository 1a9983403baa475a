"""A text cut into pieces: points in time, spans, rhythms, and the words between them."""

import re
from dataclasses import dataclass, replace

from actionplans.timescale import Timescale
from actionplans.timescales.answers import likely
from actionplans.timescales.lapses import Lapse, lapse_at
from actionplans.timescales.phrases import LABELLED, Word, phrase_at
from actionplans.timescales.points import Point, point_at
from actionplans.timescales.rhythms import rhythm_at
from actionplans.timescales.tokens import Line

_PART = re.compile(r"(?P<part>early|mid|late|outset|end)(?: -)? ")
_VERB_MAY = re.compile(r"may (?:be|need|have|change|take|not|also|slip|vary|extend|require)(?= |$)")
SPELLING = "A word was read in spite of its spelling."


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text and what they are; `first` and `last` count its tokens, the last not included."""

    first: int
    last: int
    word: Word | None = None
    state: str = ""  # for a word that tells how the action stands
    point: Point | None = None
    lapse: Lapse | None = None
    rhythm: Timescale | None = None


def pieces_of(line: Line) -> list[Piece]:
    """All of the text, piece by piece; of what could be read at a place the longest counts."""
    pieces: list[Piece] = []
    at = 0
    while at < len(line.tokens):
        pieces.append(_piece_at(line, at))
        at = pieces[-1].last
    return pieces


def _piece_at(line: Line, first: int) -> Piece:
    at = line.starts[first]
    found = []  # the earlier wins where two are equally long
    point = _point_with_part(line.text, at)
    if point and not (point[0].first_day and first and line.tokens[first - 1].word in LABELLED):
        last = line.token_at(point[1])
        doubt = SPELLING if line.doubtful(first, last) and not point[0].doubt else point[0].doubt
        found.append((point[1], Piece(first, last, point=replace(point[0], doubt=doubt))))
    if rhythm := rhythm_at(line.text, at):
        last = line.token_at(rhythm[1])
        read = likely(rhythm[0], SPELLING) if line.doubtful(first, last) else rhythm[0]
        found.append((rhythm[1], Piece(first, last, rhythm=read)))
    if lapse := lapse_at(line.text, at):
        found.append((lapse[1], Piece(first, line.token_at(lapse[1]), lapse=lapse[0])))
    if phrase := phrase_at(line.text, at):
        found.append((phrase[2], Piece(first, line.token_at(phrase[2]), phrase[0], phrase[1])))
    if not found:
        return Piece(first, first + 1, Word.UNKNOWN)
    return max(found, key=lambda each: each[0])[1]


def _point_with_part(line: str, at: int) -> tuple[Point, int] | None:
    if _VERB_MAY.match(line, at):
        return None
    plain = point_at(line, at)
    part = _PART.match(line, at)
    within = point_at(line, part.end()) if part else None
    if part is None or within is None:
        return plain
    name = "start" if part["part"] == "outset" else part["part"]
    return replace(within[0], part=name), within[1]
