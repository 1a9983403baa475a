"""Tables that are turned by 90 degrees, and forms of one action: headings down a column, an action in each column."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from actionplans.importing.tables import Cell, Row, Sheet
from actionplans.importing.understanding import headings
from actionplans.importing.understanding.fields import Field
from actionplans.importing.understanding.headers import find_headers
from actionplans.importing.understanding.words import spoken, written

FEWEST = 3  # different headings down a column make a turned table, if one is that of the actions
DEEPEST = 3  # the headings stand in one of so many columns
NOTHING = Cell("")


class Labelled(NamedTuple):
    """One heading and what stands beside it, by column."""

    label: Cell
    values: dict[int, Cell]


@dataclass(slots=True)
class Block:
    """Rows that say one after another what each action is, who leads it, by when."""

    rows: list[Row] = field(default_factory=list)
    labelled: list[Labelled] = field(default_factory=list)

    @property
    def fields(self) -> set[Field | None]:
        return {headings.best(written(one.label))[0] for one in self.labelled if headings.is_plain(written(one.label))}

    @property
    def is_whole(self) -> bool:
        fields = self.fields - {None}
        return Field.ACTION in fields and len(fields) >= FEWEST and any(one.values for one in self.labelled)

    @property
    def columns(self) -> list[int]:
        """The columns in which actions stand: not those that only repeat the one before, over which they are merged."""
        found = sorted({at for one in self.labelled for at in one.values})
        return [at for at in found if not all(self._repeats(one.values, at) for one in self.labelled)]

    @staticmethod
    def _repeats(values: dict[int, Cell], at: int) -> bool:
        cell, before = values.get(at), values.get(at - 1)
        return cell is None or bool(cell.merged and before and written(before) == written(cell))


def turned(sheet: Sheet) -> Sheet | None:
    """The sheet with its turned tables as rows, numbered anew; None where it has none. Cells keep their places."""
    at = _label_column(sheet.rows)
    if at is None or any(_is_all_headings(sheet.rows[one.first]) for one in find_headers(sheet.rows)):
        return None
    pieces = list(_pieces(sheet.rows, at))
    if not any(isinstance(piece, Block) for piece in pieces):
        return None
    rows: list[Row] = []
    header: tuple[str, ...] = ()
    for piece in pieces:
        if isinstance(piece, Row):
            rows.append(piece)
            continue
        labels = tuple(spoken(written(one.label)) for one in piece.labelled)
        rows += _as_rows(piece, sheet, with_header=labels != header)
        header = labels
    numbered = tuple(replace(row, number=number) for number, row in enumerate(rows, start=1))
    return replace(sheet, rows=numbered, hidden_columns=frozenset())


def _is_all_headings(row: Row) -> bool:
    """Whether a header is one of a table in rows, and not a row of a form: "Action | Open a cafe | By when | May"."""
    texts = [written(cell) for cell in row.cells if written(cell)]
    return sum(map(headings.is_plain, texts)) > 0.5 * len(texts)


def actions_in(sheet: Sheet) -> int:
    """How many actions stand in the turned tables of a sheet."""
    at = _label_column(sheet.rows)
    found = _pieces(sheet.rows, at) if at is not None else ()
    return sum(len(piece.columns) for piece in found if isinstance(piece, Block))


def _label_column(rows: Sequence[Row]) -> int | None:
    """The column down which the headings of a turned table stand."""
    for at in range(DEEPEST):
        texts = [written(row.cells[at]) for row in rows if at < len(row.cells)]
        fields = {headings.best(text)[0] for text in texts if headings.is_plain(text)}
        if Field.ACTION in fields and len(fields) >= FEWEST:
            return at
    return None


def _pieces(rows: Sequence[Row], at: int) -> Iterator[Row | Block]:
    """The turned tables and the rows between them, in their order."""
    block = Block()
    for row in rows:
        text = _cell(row, at)
        if not any(written(cell) for cell in row.cells):
            continue
        if _begins_block(row, at, block):
            yield from _ended(block, at)
            block = Block()
        if headings.is_plain(written(text)) or (block.rows and _goes_on(row, at)):
            block.rows.append(row)
            continue
        yield from _ended(block, at)
        block = Block()
        yield row
    yield from _ended(block, at)


def _begins_block(row: Row, at: int, block: Block) -> bool:
    """Whether its heading has been there in this form already."""
    said = spoken(written(_cell(row, at)))
    return bool(said) and any(spoken(written(_cell(one, at))) == said for one in block.rows)


def _goes_on(row: Row, at: int) -> bool:
    """Whether a row in the middle of a form belongs to it: another short heading with something beside it, or more."""
    text = written(_cell(row, at))
    beside = {written(cell) for cell in row.cells[at + 1 :] if written(cell)} - {text}
    return bool(beside) and len(text) <= headings.LONGEST


def _ended(block: Block, at: int) -> Iterator[Row | Block]:
    """The block, or its rows where they are none."""
    block.labelled = list(_labelled(block.rows, at))
    if block.is_whole:
        yield block
    else:
        yield from block.rows


def _labelled(rows: Sequence[Row], at: int) -> Iterator[Labelled]:
    pairs = [pair for row in rows for pair in _pairs(row, at)]
    if any(len({written(cell) for cell in one.values.values()}) > 1 for one in pairs):
        pairs = [Labelled(_cell(row, at), _values(row, at + 1, len(row.cells))) for row in rows]
    else:
        pairs = [Labelled(one.label, dict(enumerate(list(one.values.values())[:1], at + 1))) for one in pairs]
    last: Labelled | None = None
    for one in pairs:
        if last and not written(one.label):
            _more(last, one.values)
            continue
        if last:
            yield last
        last = one
    if last:
        yield last


def _more(last: Labelled, values: dict[int, Cell]) -> None:
    """A row without a heading goes on with what stands above it."""
    for at, cell in values.items():
        above = last.values.get(at)
        if above and written(above) != written(cell):
            last.values[at] = replace(above, text=f"{above.text}\n{cell.text}", value=None)
        else:
            last.values[at] = cell


def _pairs(row: Row, at: int) -> list[Labelled]:
    """A row of a form in which further headings stand beside the first: "Ref | A1 | Lead | CCG"."""
    firsts = [at]
    named = {headings.best(written(_cell(row, at)))[0]}
    for index in range(at + 2, len(row.cells)):
        cell = row.cells[index]
        text = written(cell)
        if not text or text == written(row.cells[index - 1]) or not headings.is_plain(text):
            continue
        means = headings.best(text)[0]
        if means not in named and index - firsts[-1] > 1:
            named.add(means)
            firsts.append(index)
    ends = [*firsts[1:], len(row.cells)]
    return [Labelled(_cell(row, first), _values(row, first + 1, end)) for first, end in zip(firsts, ends, strict=True)]


def _values(row: Row, first: int, end: int) -> dict[int, Cell]:
    label = written(_cell(row, first - 1))
    return {
        at: row.cells[at]
        for at in range(first, min(end, len(row.cells)))
        if written(row.cells[at]) and not (row.cells[at].merged and written(row.cells[at]) == label)
    }


def _as_rows(block: Block, sheet: Sheet, *, with_header: bool) -> Iterator[Row]:
    if with_header:
        yield Row(0, tuple(replace(one.label, merged=False) for one in block.labelled))
    for at in block.columns:
        yield Row(0, tuple(one.values.get(at, NOTHING) for one in block.labelled), at in sheet.hidden_columns)


def _cell(row: Row, at: int) -> Cell:
    return row.cells[at] if at < len(row.cells) else NOTHING
