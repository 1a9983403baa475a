"""Where the tables of a sheet begin: rows of headings anywhere, repeated, in two lines, or carried on without any."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from actionplans.importing.tables import Book, Cell, Row, Sheet
from actionplans.importing.understanding import evidence, headings, references
from actionplans.importing.understanding.answers import Asking
from actionplans.importing.understanding.columns import Familiar, understood
from actionplans.importing.understanding.date_columns import first_or_later, is_time_heading
from actionplans.importing.understanding.fields import ABOUT, GUIDANCE, WORKED_OUT, Field
from actionplans.importing.understanding.shapes import Choice, Column, Headed
from actionplans.importing.understanding.words import fold, spoken, words, written

DOWN_THE_SIDE = 3  # so many headings down the first column make a table that is turned by 90 degrees
SIDE = (Choice("notes", "Keep it as a note"), Choice("actions", "Read every row as an action all the same"))
SENTENCE = 4  # words
MAIN = frozenset({Field.ACTION, Field.REFERENCE, Field.TIMESCALE, Field.LEAD, Field.FINISH})


@dataclass(frozen=True)
class Table:
    """A stretch of a sheet under one header: the rows above it, the header, its columns, and the rows below."""

    sheet: Sheet
    before: tuple[Row, ...]
    header: tuple[Row, ...]
    columns: tuple[Column, ...]
    body: tuple[Row, ...]

    @cached_property
    def _by_field(self) -> dict[Field, list[Column]]:
        return {field: [column for column in self.columns if column.holds(field)] for field in Field}

    def of(self, field: Field) -> list[Column]:
        return self._by_field[field]

    @cached_property
    def is_our_own(self) -> bool:
        """Whether we wrote it: each of its rows then says all there is to say, and an empty cell is empty."""
        worked_out = [column.index for column in self.columns if column.heading in WORKED_OUT]
        return any(at < len(row.cells) and written(row.cells[at]) for at in worked_out for row in self.body)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a header stands in a sheet: the rows from `first` up to, and without, `after`."""

    first: int
    after: int


def find_tables(book: Book, asking: Asking, familiar: Familiar) -> list[Table]:
    """Every table of the book, in its order. A sheet without actions is a table without columns."""
    found: list[Table] = []
    of_sheets = [find_headers(sheet.rows) for sheet in book.sheets]
    any_header = any(of_sheets)
    for sheet, headers in zip(book.sheets, of_sheets, strict=True):
        if _is_guidance(sheet):
            found.append(Table(sheet, sheet.rows, (), (), ()))
            continue
        if headers:
            found.extend(_cut(sheet, headers, asking, familiar))
            continue
        found.append(_without_header(sheet, found, any_header, asking, familiar))
    return found


def _is_guidance(sheet: Sheet) -> bool:
    """Whether it is the sheet of our own files that explains the others."""
    first = next((written(cell) for row in sheet.rows for cell in row.cells if written(cell)), "")
    return first in (GUIDANCE, ABOUT)


def find_headers(rows: Sequence[Row]) -> list[Stretch]:
    """The headers among the rows. Headings with typing errors count where no row is a header otherwise."""
    found = [at for at, row in enumerate(rows) if is_header(row)]
    if not found:
        found = [at for at, row in enumerate(rows[:30]) if _is_mistyped_header(row)][:1]
    stretches: list[Stretch] = []
    for at in found:
        if stretches and at < stretches[-1].after:
            continue
        stretches.append(_with_second_line(rows, at, found))
    return stretches


def is_header(row: Row) -> bool:
    """Whether a row is a header: headings beyond doubt, of which one is the actions' or there are three."""
    texts = _distinct(row)
    if len(texts) < 2 or any(len(text) > headings.LONGEST for text in texts):
        return False
    plain = [text for text in texts if headings.is_plain(text)]
    if len(plain) < 2 and not (plain and len(texts) <= 3):
        return False
    fields = fields_of(row)
    telling = [text for text in texts if text in plain or not headings.is_dating(text)]
    few = len(plain) < 0.4 * len(telling) and len(fields & MAIN) < 3  # beside names of bodies, as in a matrix
    if not fields & MAIN or few or any(map(_is_content, texts)):
        return False
    return len(fields) >= 3 or (len(fields | {Field.ACTION}) >= 2 and any(map(_may_be_action, texts)))


def fields_of(row: Row) -> frozenset[Field]:
    """What the headings of a row mean that are such beyond doubt."""
    plain = [text for text in _distinct(row) if headings.is_plain(text)]
    found = {field for text in plain for field in (headings.combined(text) or (headings.best(text)[0],))}
    return frozenset(field for field in found if field)


def _may_be_action(text: str) -> bool:
    return headings.scores(text).get(Field.ACTION, 0) >= headings.DOUBTFUL


def _is_mistyped_header(row: Row) -> bool:
    texts = _distinct(row)
    if len(texts) < 3 or any(len(text) > headings.LONGEST for text in texts) or any(map(_is_content, texts)):
        return False
    fields = {field for field, score in map(headings.best, texts) if field and score >= headings.DOUBTFUL}
    enough = Field.ACTION in fields or len(fields) >= 3
    return enough and len(fields) >= 2 and bool(fields & MAIN) and len(fields) >= 0.5 * len(texts)


def _is_content(text: str) -> bool:
    """What stands in rows of actions and in no header."""
    named = references.looks_like(text) and any(sign.isdigit() for sign in text)
    return named and not headings.is_dating(text)


def _distinct(row: Row) -> list[str]:
    """The texts of a row, that of a merged cell once."""
    return list(dict.fromkeys(text for text in map(written, row.cells) if text))


def _with_second_line(rows: Sequence[Row], at: int, headers: Sequence[int]) -> Stretch:
    first, after = at, at + 1
    if at and at - 1 not in headers and _is_upper_line(rows[at - 1], rows[at]):
        first = at - 1
    while after < len(rows) and (
        (after in headers and _continues(rows[at], rows[after]))
        or (after == at + 1 and _is_lower_line(rows[at], rows[after]))
    ):
        after += 1
    return Stretch(first, after)


def _continues(upper: Row, lower: Row) -> bool:
    """Of two headers below one another, whether the lower is the second line of the upper and not its repetition."""
    return any(cell.merged for cell in (*upper.cells, *lower.cells)) or _distinct(upper) != _distinct(lower)


def _is_upper_line(upper: Row, lower: Row) -> bool:
    """A line of group headings ("Timescale" above "Start" and "Finish") that stands above a header."""
    texts = _distinct(upper)
    grouped = len(texts) < sum(bool(written(cell)) for cell in upper.cells)
    return bool(grouped and any(map(headings.is_plain, texts)) and 1 < len(texts) < len(_distinct(lower)))


def _is_lower_line(upper: Row, lower: Row) -> bool:
    """A second line of headings: single words that go on with those above, or name the parts of a group."""
    own = [
        (at, written(above), written(cell))
        for at, (above, cell) in enumerate(_pairs(upper, lower))
        if written(cell) and written(cell) != written(above)
    ]
    if not own or any(len(text) > 40 or _is_content(text) or evidence.is_time(text) for _, _, text in own):
        return False
    if len(_distinct(lower)) == 1 and (len(own) > 1 or _stands_first(lower)):
        return False
    return all(
        headings.is_plain(text) or _completes(above, text) or _parts_time(upper, at, text) for at, above, text in own
    )


def _stands_first(row: Row) -> bool:
    """Whether its one text begins the row, as headings of sections do, "Live actions" under "No."."""
    return bool(row.cells and written(row.cells[0])) and len(words(written(row.cells[0]))) > 1


def _completes(above: str, below: str) -> bool:
    joined = headings.best(f"{above} {below}")[1]
    return bool(above) and joined >= 0.95 and headings.best(above)[1] < 0.95


def _parts_time(upper: Row, at: int, below: str) -> bool:
    """Whether "Original" or "Revised" stands below the heading of a time, or right of what stands below it."""
    over = next((written(cell) for cell in reversed(upper.cells[: at + 1]) if written(cell)), "")
    return bool(first_or_later(below)) and is_time_heading(over)


def _pairs(upper: Row, lower: Row) -> list[tuple[Cell, Cell]]:
    nothing = Cell("")
    return [(upper.cells[at] if at < len(upper.cells) else nothing, cell) for at, cell in enumerate(lower.cells)]


def _cut(sheet: Sheet, headers: Sequence[Stretch], asking: Asking, familiar: Familiar) -> list[Table]:
    """The tables of a sheet: each from its header to the next one."""
    ends = [header.first for header in headers[1:]] + [len(sheet.rows)]
    found = []
    for at, (header, end) in enumerate(zip(headers, ends, strict=True)):
        before = sheet.rows[: header.first] if at == 0 else ()
        head, body = sheet.rows[header.first : header.after], sheet.rows[header.after : end]
        sample = sheet.rows[header.after :] if len(headers) > 1 and _same_as_first(sheet, headers, at) else body
        columns = understood(_headed(head, sample), asking, familiar)
        found.append(Table(sheet, before, head, columns, body))
    return found


def _same_as_first(sheet: Sheet, headers: Sequence[Stretch], at: int) -> bool:
    """Whether every header of the sheet says the same, so that all its rows tell of its columns."""
    return len({tuple(map(spoken, _distinct(sheet.rows[header.first]))) for header in headers}) == 1


def _headed(head: Sequence[Row], body: Sequence[Row]) -> list[Headed]:
    width = max((len(row.cells) for row in (*head, *body)), default=0)
    telling = [_unshaded(row) for row in body if not _is_single(row)]
    return [_column(head, telling, index) for index in range(width)]


def _is_spanned(row: Row, index: int) -> bool:
    """Whether a cell only repeats the one to its left, over both of which it is merged."""
    cell = row.cells[index]
    return bool(cell.merged and index and written(cell) and written(row.cells[index - 1]) == written(cell))


def _unshaded(row: Row) -> Row:
    """A row without its background where all its cells have the same one: it says nothing of a column."""
    told = [cell for cell in row.cells if written(cell)]
    if len(told) < 3 or len({cell.fill for cell in told}) > 1 or not told[0].fill:
        return row
    return replace(row, cells=tuple(replace(cell, fill="") for cell in row.cells))


def _column(head: Sequence[Row], body: Sequence[Row], index: int) -> Headed:
    above = [row.cells[index] for row in head if index < len(row.cells)]
    texts = tuple(dict.fromkeys(text for text in map(written, above) if text))
    cells = tuple(row.cells[index] for row in body if index < len(row.cells) and not _is_spanned(row, index))
    named = next((cell.at for cell in above if written(cell)), "")
    at = named or next((cell.at for cell in (*above, *cells) if cell.at), "")
    return Headed(index, texts, at, cells)


def _is_single(row: Row) -> bool:
    """A row with one text only, as sections have: it tells nothing of the columns."""
    return len(_distinct(row)) < 2


def _without_header(
    sheet: Sheet,
    before: Sequence[Table],
    any_header: bool,
    asking: Asking,
    familiar: Familiar,
) -> Table:
    """A sheet without a header: it goes on with the table before it, or is guessed from its cells, or is a note."""
    as_note = Table(sheet, sheet.rows, (), (), ())
    if _is_turned(sheet):
        return as_note if _ask_turned(sheet, asking) != "actions" else _guessed(sheet, asking, familiar)
    last = next((table for table in reversed(before) if table.columns), None)
    if last and _goes_on(sheet, last):
        asking.warn(
            _first_cell(sheet),
            f"“{sheet.name}” has no headings of its own; it is read with those of “{last.sheet.name}”.",
        )
        return Table(sheet, (), (), last.columns, sheet.rows)
    if any_header or not _may_hold_actions(sheet):
        if any(_distinct(row) for row in sheet.rows):
            asking.warn(
                _first_cell(sheet), f"No row of headings was found on “{sheet.name}”; its rows are kept as notes."
            )
        return as_note
    return _guessed(sheet, asking, familiar)


def _guessed(sheet: Sheet, asking: Asking, familiar: Familiar) -> Table:
    columns = understood(_headed((), sheet.rows), asking, familiar)
    return Table(sheet, (), (), columns, sheet.rows)


def _is_turned(sheet: Sheet) -> bool:
    """Whether headings stand down the first column instead of along a row."""
    firsts = [written(row.cells[0]) for row in sheet.rows if row.cells]
    fields = {headings.best(text)[0] for text in firsts if headings.is_plain(text)}
    return len(fields) >= DOWN_THE_SIDE and Field.ACTION in fields


def _ask_turned(sheet: Sheet, asking: Asking) -> str | None:
    text = (
        f"On “{sheet.name}” the headings stand down the first column. Turn the table so that each action "
        f"is a row, or say what to do with it."
    )
    return asking.ask("layout", (sheet.name,), at=_first_cell(sheet), text=text, choices=SIDE)


def _goes_on(sheet: Sheet, last: Table) -> bool:
    """Whether rows without headings fit the columns of the table before: as many of them, and alike in their cells."""
    rows = [row for row in sheet.rows if len(_distinct(row)) > 1]
    if not rows or max(len(row.cells) for row in rows) != len(last.columns):
        return False
    action = next((column.index for column in last.of(Field.ACTION)), None)
    if action is None:
        return False
    held = [written(row.cells[action]) for row in rows if action < len(row.cells)]
    return sum(len(text.split()) > 2 for text in held) >= 0.5 * len(rows)


def _may_hold_actions(sheet: Sheet) -> bool:
    """Whether rows without headings look like actions: sentences, or a few words beside a time, a body or a state.

    “Budget | 2026” has neither.
    """
    rows = [row for row in sheet.rows if len(_distinct(row)) > 1]
    columns = [column.cells for column in _headed((), rows)]
    longest = max(map(evidence.length, columns), default=0.0)
    beside = {evidence.guess(cells) for cells in columns} - {None, Field.REFERENCE}
    return longest >= SENTENCE or (longest >= 2 and bool(beside))


def _first_cell(sheet: Sheet) -> str:
    cells = (cell for row in sheet.rows for cell in row.cells)
    return next((cell.at for cell in cells if cell.at and fold(written(cell))), sheet.name)
