"""A book in the making: rows and cells as a reader finds them, counted so that no file grows out of bounds."""

import re
from bisect import bisect_left
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from actionplans.importing.reading import limits
from actionplans.importing.tables import Book, Cell, Row, Sheet, UnreadableError, Value, Warned

Place = Callable[[int, int], str]  # of a row's number and a column from 0
SLACK = 5  # columns beyond all text in which a colour alone may mean something


class Seen(NamedTuple):
    """What stands in one cell, wherever that is."""

    text: str = ""
    value: Value = None
    fill: str = ""
    struck: str = ""
    merged: bool = False


class Area(NamedTuple):
    """The cells that one merged cell covers: rows by their number, columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


BLANK = Seen()
ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)|#{3,}|Err:\d{3}")
AN_ERROR = "This cell shows the error {}. Correct it in your spreadsheet, or type what should stand here."
COLOURED_BY_RULE = "This sheet colours cells by rules (conditional formatting). Colours that a rule gives are not read."


IN_BOLD = 10  # the level of a heading that is but bold
LONGEST_IN_BOLD = 100  # letters of one


class Above:
    """The headings under which a table stands, each in its own line, the outermost first.

    Without a heading of its own since the table before it is the last paragraph, whatever that is. A heading in bold
    stands below those with a style, unless a table stood right under these before: then it takes their place.
    """

    def __init__(self) -> None:
        self._headings: list[tuple[int, str]] = []
        self._last = ""
        self._is_new = False
        self._is_used = False  # whether a table stood right under the headings with a style

    def add(self, text: str, level: int | None) -> None:
        """One more paragraph; `level`: of a heading, the outermost being the least."""
        told = " ".join(text.split())
        self._last = told or self._last
        if not told or level is None:
            return
        kept = [] if level == IN_BOLD and self._is_used else [each for each in self._headings if each[0] < level]
        self._headings = [*kept, (level, told)]
        self._is_new, self._is_used = True, self._is_used and level == IN_BOLD

    def take(self) -> str:
        """The headings of the table that begins here. Those of the next begin after it."""
        taken = "\n".join(text for _, text in self._headings) if self._is_new else self._last
        self._is_used = self._is_used or (self._is_new and self._headings[-1][0] != IN_BOLD)
        self._last, self._is_new = "", False
        return taken


class Gathering:
    """A book in the making."""

    def __init__(self) -> None:
        self._sheets: list[SheetGathering] = []
        self._warnings: list[Warned] = []
        self._notes: list[Warned] = []
        self._cells = 0
        self._letters = 0

    def sheet(self, name: str, place: Place, heading: str = "", hidden: bool = False) -> "SheetGathering":
        """A new sheet after those before. Raises UnreadableError if there are too many."""
        if len(self._sheets) == limits.MOST_TABLES:
            raise UnreadableError(limits.TOO_MANY_TABLES)
        begun = SheetGathering(self, name, place, heading, hidden)
        self._sheets.append(begun)
        return begun

    def warn(self, at: str, text: str) -> None:
        """Something that the person ought to know; once for each place and text."""
        warned = Warned(at, text)
        if len(self._warnings) < limits.MOST_REMARKS and warned not in self._warnings[-50:]:
            self._warnings.append(warned)

    def note(self, at: str, text: str) -> None:
        """A text that stands outside the cells."""
        if text and len(self._notes) < limits.MOST_REMARKS:
            self.count(0, len(text))
            self._notes.append(Warned(at, text[: limits.LONGEST_CELL]))

    def count(self, cells: int, letters: int) -> None:
        """So many more. Raises UnreadableError if they are too many in all."""
        self._cells += cells
        self._letters += letters
        if self._cells > limits.MOST_CELLS:
            raise UnreadableError(limits.TOO_MANY_CELLS)
        if self._letters > limits.MOST_LETTERS:
            raise UnreadableError(limits.TOO_MUCH_TEXT)

    def book(self, without_text: str) -> Book:
        """The book with the sheets that hold text. Raises UnreadableError with that sentence if none does."""
        sheets = tuple(sheet.done() for sheet in self._sheets if sheet)
        if not sheets:
            raise UnreadableError(without_text)
        return Book(sheets, tuple(self._warnings), tuple(self._notes))


class SheetGathering:
    """A sheet in the making. Rows without text are left out: the numbers of those around them show it."""

    def __init__(self, book: Gathering, name: str, place: Place, heading: str, hidden: bool) -> None:
        self.name = name
        self.place = place
        self.heading = heading
        self.hidden_columns: set[int] = set()
        self._book = book
        self._hidden = hidden
        self._numbers: list[int] = []
        self._rows: list[list[Cell]] = []
        self._hidden_rows: set[int] = set()
        self._width = 0

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, number: int, seen: dict[int, Seen], hidden: bool = False) -> None:
        """One row, with what stands at its columns. Rows come in their order.

        Raises UnreadableError if it is too wide or too long, or one row too many.
        """
        last = max((column for column, each in seen.items() if each.text), default=-1)
        if not any(each.text and not each.merged for each in seen.values()):
            return
        self._demand_room(number, last)
        self._width = max(self._width, last + 1)
        widest = self._width + SLACK
        end = 1 + max(column for column, each in seen.items() if column <= last or (each.fill and column < widest))
        cells = [self._cell(number, column, seen.get(column, BLANK)) for column in range(end)]
        self._book.count(len(cells), sum(len(cell.text) for cell in cells))
        self._numbers.append(number)
        self._rows.append(cells)
        if hidden:
            self._hidden_rows.add(number)

    def merge(self, area: Area) -> None:
        """Repeats what stands at the first cell of the area in its others, once all rows are there."""
        rows = range(bisect_left(self._numbers, area.top), bisect_left(self._numbers, area.bottom + 1))
        right = min(area.right, self._width - 1)
        if not rows or right < area.left or self._numbers[rows[0]] != area.top:
            return  # the first cell is empty, so there is nothing to repeat
        first = self._rows[rows[0]]
        origin = Seen(*_held(first[area.left])) if area.left < len(first) else BLANK
        for index in rows:
            self._cover(index, area, right, origin._replace(merged=True))

    def done(self) -> Sheet:
        """The sheet. Hidden columns to the right of all text are not told of."""
        rows = (
            Row(number, tuple(cells), number in self._hidden_rows)
            for number, cells in zip(self._numbers, self._rows, strict=True)
        )
        hidden_columns = frozenset(column for column in self.hidden_columns if column < self._width)
        return Sheet(self.name, tuple(rows), self.heading, self._hidden, hidden_columns)

    def _demand_room(self, number: int, last: int) -> None:
        if self._numbers and number <= self._numbers[-1]:
            raise ValueError("rows out of order")
        if last >= limits.MOST_COLUMNS:
            raise UnreadableError(
                f"There is text as far right as {self.place(number, last)}, and we read {limits.MOST_COLUMNS} columns. "
                "Copy the table of actions to a new, empty file."
            )
        if len(self._rows) == limits.MOST_ROWS:
            raise UnreadableError(
                f"“{self.name}” has more than {limits.MOST_ROWS:,} rows with text, which is the most we read. "
                "Leave in the file only the plan that you want to import."
            )

    def _cell(self, number: int, column: int, seen: Seen) -> Cell:
        place = self.place(number, column)
        if len(seen.text) > limits.LONGEST_CELL:
            raise UnreadableError(
                f"The text in {place} is longer than {limits.LONGEST_CELL:,} letters. Divide it, and try again."
            )
        if seen.text and seen.text[0] in "#E" and ERROR.fullmatch(seen.text):
            self._book.warn(place, AN_ERROR.format(seen.text))
        return Cell(place, *seen)

    def _cover(self, index: int, area: Area, right: int, covered: Seen) -> None:
        number, cells = self._numbers[index], self._rows[index]
        missing = range(len(cells), right + 1)
        cells.extend(self._cell(number, column, BLANK) for column in missing)
        columns = range(area.left + (number == area.top), right + 1)
        self._book.count(len(missing) + len(columns), len(columns) * len(covered.text))
        for column in columns:
            cells[column] = self._cell(number, column, covered)


def _held(cell: Cell) -> tuple[str, Value, str, str, bool]:
    return cell.text, cell.value, cell.fill, cell.struck, cell.merged


def in_sheet(name: str) -> Place:
    """How a place in this sheet of a workbook is written: “Sheet1!C14”."""
    return lambda number, column: f"{name}!{letters(column)}{number}"


def in_table(name: str) -> Place:
    """How a place in this table of a document is written."""
    return lambda number, column: f"{name}, row {number}, column {column + 1}"


def on_line(number: int, column: int) -> str:
    """How a place in a file of lines is written."""
    return f"line {number}, column {column + 1}"


@lru_cache(maxsize=20_000)
def letters(column: int) -> str:
    """A column, counted from 0, as spreadsheets name it: 0 is A, 26 is AA."""
    name = ""
    rest = column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        name = chr(ord("A") + letter) + name
    return name
