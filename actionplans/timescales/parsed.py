"""A text with its times worked out, and the words in the gaps before, between and after them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from actionplans.timescale import Confidence, Kind, Timescale
from actionplans.timescales.answers import likely
from actionplans.timescales.context import Context
from actionplans.timescales.phrases import Word
from actionplans.timescales.scanning import Piece, pieces_of
from actionplans.timescales.times import Time, parts_of
from actionplans.timescales.tokens import Line

Gap = tuple[Piece, ...]
_NAMES = ("implementation", "delivery", "completion", "plan", "action")  # what a milestone may be called
_MARKS = frozenset(
    {Word.SEPARATOR, Word.DASH, Word.AND, Word.SLASH, Word.COLON, Word.BRACKET, Word.UNTIL, Word.HARMLESS, Word.DOUBT}
)


def words(pieces: Iterable[Piece]) -> frozenset[Word]:
    """What the words of some pieces do."""
    return frozenset(piece.word for piece in pieces if piece.word)


def _said_twice(before: Time, bracketed: Time, between: list[Piece]) -> Time | None:
    """“Q4 2014/15 (January to March 2015)” says one thing twice, “Q1 2015 (Jan-Mar)” which of its readings is meant."""
    if Word.BRACKET not in words(between) or words(between) - {Word.BRACKET, Word.HARMLESS}:
        return None
    first, second = before.reading, bracketed.reading
    if second.end is None:
        known = first.end and bracketed.bare and not second.alternatives
        return (
            Time(before.first, bracketed.last, likely(first, "What stands in brackets has no year.")) if known else None
        )
    if first.confidence == Confidence.ASK:
        fitting = [each for each in first.alternatives if each.end == second.end]
        if first.alternatives and len(fitting) != 1:
            return None
        read = likely((fitting or [second])[0], "What stands in brackets tells which is meant.")
        return Time(before.first, bracketed.last, read)
    if first.end != second.end:
        return None
    return Time(before.first, bracketed.last, second if first.kind in (Kind.RANGE, Kind.DATE) else first)


@dataclass(frozen=True, slots=True)
class Parsed:
    """`gaps` are one more than `times`: before the first, between each two, after the last."""

    line: Line
    context: Context
    times: tuple[Time, ...]
    gaps: tuple[Gap, ...]

    @classmethod
    def of(cls, text: str, context: Context) -> "Parsed":
        line = Line.of(text)
        times: list[Time] = []
        gaps: list[list[Piece]] = [[]]
        for part in parts_of(pieces_of(line), line, context):
            if not isinstance(part, Time):
                gaps[-1].append(part)
            elif times and (same := _said_twice(times[-1], part, gaps[-1])):
                times[-1], gaps[-1] = same, []
            else:
                times.append(part)
                gaps.append([])
        return cls(line, context, tuple(times), tuple(tuple(gap) for gap in gaps))

    @property
    def pieces(self) -> Gap:
        """All words, whatever gap they stand in."""
        return tuple(piece for gap in self.gaps for piece in gap)

    @property
    def words(self) -> frozenset[Word]:
        """What any word does."""
        return words(self.pieces)

    @property
    def readings(self) -> list[Timescale]:
        """The times alone."""
        return [time.reading for time in self.times]

    @property
    def rhythms(self) -> list[Timescale]:
        """Whatever is done again and again."""
        return [piece.rhythm for piece in self.pieces if piece.rhythm]

    @property
    def state(self) -> str:
        """How the text says that the action stands, as its first word for that."""
        return next((piece.state for piece in self.pieces if piece.state), "")

    @property
    def number_beside(self) -> bool:
        """Whether a number that was not understood stands right beside a time, and may belong to it."""
        before = [gap[-1:] for gap in self.gaps[:-1]]
        after = [gap[:1] for gap in self.gaps[1:]]
        return any(Word.NUMBER in words(gap) for gap in (*before, *after))

    def label(self, pieces: Sequence[Piece]) -> str:
        """These words as written, without the marks and little words at either end."""
        kept = list(pieces)
        while kept and (kept[0].word == Word.MARKER or self._says_nothing(kept[0])):
            kept.pop(0)
        while kept and self._says_nothing(kept[-1]):
            kept.pop()
        if kept:
            return self.line.between(kept[0].first, kept[-1].last)
        markers = [piece for piece in pieces if piece.word == Word.MARKER]
        return self.line.between(markers[0].first, markers[0].last) if markers else ""

    def _says_nothing(self, piece: Piece) -> bool:
        return piece.word in _MARKS and not self.span(piece.first, piece.last).lower().startswith(_NAMES)

    def span(self, first: int, last: int) -> str:
        """The text between two tokens."""
        return self.line.between(first, last)
