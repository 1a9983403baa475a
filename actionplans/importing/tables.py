"""What was read from a file or a paste: sheets of cells, whatever its format. Pure, and the same for every reader.

A reader loses nothing and decides nothing: what the cells mean is `actionplans.importing.understanding`.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

WITHOUT_RESULT = "This formula has no result in the file. Open the file in your spreadsheet, and save it again."
Value = str | int | float | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `text` is what a person reads there, line breaks kept; text that is struck through is in `struck`."""

    at: str  # where it is, as a person finds it: "Sheet1!C14", "Table 2, row 3, column 4", "line 7, column 2"
    text: str = ""
    value: Value = None  # as typed in the file: a date, a number; None where the file knows text only
    fill: str = ""  # its background as "#rrggbb" in small letters; empty for none and for white
    struck: str = ""  # the part of the text that is struck through
    merged: bool = False  # covered by a merged cell, whose text it repeats


@dataclass(frozen=True, slots=True)
class Row:
    """One row, numbered from 1 as its sheet numbers it. Cells stand at their column, the first being column 0."""

    number: int
    cells: tuple[Cell, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook, a table of a document, or what was pasted. `heading` is the text that stands above it."""

    name: str
    rows: tuple[Row, ...] = ()
    heading: str = ""
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that the reader met and the person ought to know, with the cell where it can be named."""

    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Book:
    """All that one file holds, in its order. `notes` are texts outside the tables: footnotes, headings, comments."""

    sheets: tuple[Sheet, ...] = ()
    warnings: tuple[Warned, ...] = ()
    notes: tuple[Warned, ...] = field(default=())


class UnreadableError(ValueError):
    """The file cannot be read as a table; the message is one plain sentence that says what to do about it."""
