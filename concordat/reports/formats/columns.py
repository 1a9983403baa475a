"""How the columns of a table stand on paper: how wide each, and what is put on a sheet of its own. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from concordat.reports.shapes import Heading, Kind

# Letters of a table that stand side by side on a sheet of A4, and what the gap after a column takes of them.
UPRIGHT, ACROSS, GAP = 132, 204, 3
HALF = 92  # of a page with everything on it: those of one of its two columns
BOLD = 8  # what names a row is bold: wider by an eighth
WIDEST = {Kind.LONG_TEXT: 64, Kind.TEXT: 30}  # what is longer goes on in the next line
WIDEST_OTHER = 22
SQUEEZED = (1.0, 0.9, 0.8, 0.7)  # of that: before columns are put on a sheet of their own, texts are made narrower
LONG = 25  # lines: a row of fewer is never parted by the end of a page
LOOKED_AT = 1000  # rows by which the widths are measured


@dataclass(frozen=True, slots=True)
class Arranged:
    """Which columns stand on one sheet, by their places, and how wide each is beside the others, gap included."""

    places: tuple[int, ...]
    widths: tuple[int, ...]


def arranged(
    headings: Sequence[Heading], rows: Sequence[Sequence[str]], named_by: int
) -> tuple[tuple[Arranged, ...], bool]:
    """The columns in as few parts as there is room for, each with the column that names the rows; and whether the
    sheets must lie across."""
    everything = tuple(range(len(headings)))
    for share in SQUEEZED:
        widths = _widths(headings, rows, named_by, share)
        if sum(widths) <= ACROSS or len(widths) == 1:
            return (Arranged(everything, tuple(widths)),), sum(widths) > UPRIGHT
    widths = _widths(headings, rows, named_by)
    parts: list[list[int]] = [[]]
    taken = widths[named_by]
    for place in everything:
        if place == named_by:
            continue
        if parts[-1] and taken + widths[place] > ACROSS:
            parts.append([])
            taken = widths[named_by]
        parts[-1].append(place)
        taken += widths[place]
    return tuple(_part([named_by, *places], widths) for places in parts), True


def is_long(texts: Sequence[str], widths: Sequence[int]) -> bool:
    """Whether a row with these texts in columns of these widths is so high that the end of a page may part it."""
    return any(
        sum(-(-len(line) // max(width - GAP, 1)) or 1 for line in text.split("\n")) >= LONG
        for text, width in zip(texts, widths, strict=True)
    )


def _part(places: Sequence[int], widths: Sequence[int]) -> Arranged:
    return Arranged(tuple(places), tuple(widths[place] for place in places))


def _widths(headings: Sequence[Heading], rows: Sequence[Sequence[str]], named_by: int, share: float = 1) -> list[int]:
    """How wide each column is, with its gap. `share`: to how much of the most texts are squeezed."""
    widths = [_width(heading, place, rows, share) + GAP for place, heading in enumerate(headings)]
    widths[named_by] += widths[named_by] // BOLD
    return widths


def _width(heading: Heading, place: int, rows: Sequence[Sequence[str]], share: float) -> int:
    """How many letters wide: as its longest line, but no wider than its kind, and no narrower than a word."""
    texts = [row[place] for row in rows[:LOOKED_AT]]
    line = max((len(line) for text in texts for line in text.split("\n")), default=0)
    word = max((len(word) for text in (heading.name, *texts) for word in text.split()), default=1)
    if heading.width:
        return max(heading.width, min(word, WIDEST_OTHER))  # also an empty one: space to write in
    heading_line = -(-len(heading.name) // 2)  # a heading may take two lines
    if heading.kind is Kind.CHOICE:
        line += 1  # it may stand in a box
    most = int(WIDEST[heading.kind] * share) if heading.kind in WIDEST else WIDEST_OTHER
    return max(3, min(word, WIDEST_OTHER), min(max(line, heading_line), most))
