"""OpenDocument spreadsheets and texts (.ods, .odt): their tables, row by row.

What a person reads stands in the file as text, so a date reads as it was shown; beside it stands the value.
A table in a cell of another is a table of its own.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import BinaryIO

from actionplans.importing.reading import limits
from actionplans.importing.reading.gathering import (
    BLANK,
    COLOURED_BY_RULE,
    Above,
    Area,
    Gathering,
    Seen,
    SheetGathering,
    in_sheet,
    in_table,
)
from actionplans.importing.reading.opendocument_styles import Styles
from actionplans.importing.reading.opendocument_text import Printed, paragraph, printed
from actionplans.importing.reading.parts import Element, Parts, attribute, forget, forget_within, local
from actionplans.importing.reading.wording import readable, said
from actionplans.importing.tables import Book, Value

WITHOUT_TEXT = "There is no text in any sheet of this spreadsheet. Check that it is the right file."
WITHOUT_TABLE = "There is no table with text in this document. Put the actions into a table, one in each row."
CELLS = {"table-cell", "covered-table-cell"}
NUMBERS = {"float", "percentage", "currency"}
TAKEN = ("style", "table", "table-row", "table-column", "p", "h", "tracked-changes", "conditional-formats")
MOST_SPAN = 1_048_576


@dataclass(slots=True)
class Open:
    """A table of which the end was not reached yet."""

    sheet: SheetGathering
    number: int = 0  # of the row before
    columns: int = 0  # told of so far
    areas: list[Area] = field(default_factory=list)


def read_ods(file: BinaryIO) -> Book:
    """The sheets of a spreadsheet. Raises UnreadableError, or what damaged files raise (`books`)."""
    return _read(file, are_sheets=True).gathering.book(WITHOUT_TEXT)


def read_odt(file: BinaryIO) -> Book:
    """The tables of a text. Raises like `read_ods`."""
    return _read(file, are_sheets=False).gathering.book(WITHOUT_TABLE)


def _read(file: BinaryIO, are_sheets: bool) -> "Content":
    parts = Parts(file)
    content = Content(are_sheets)
    for _, element in parts.events("styles.xml", "style"):
        content.styles.add(element)
        forget(element)
    for event, element in parts.events("content.xml", *TAKEN, starts=True):
        content.take(event, local(element.tag), element)
    return content


class Content:
    """Takes the parts of a file's content in their order."""

    def __init__(self, are_sheets: bool) -> None:
        self.gathering = Gathering()
        self.styles = Styles()
        self._are_sheets = are_sheets
        self._open: list[Open] = []
        self._tables = 0
        self._deleted = 0  # how deep in the record of deletions
        self._above = Above()

    def take(self, event: str, kind: str, element: Element) -> None:
        """The start or the end of one of `TAKEN`."""
        if kind == "tracked-changes":
            self._deleted += 1 if event == "start" else -1
        elif self._deleted:
            return
        elif kind == "table":
            self._table(event, element)
        elif event == "end":
            self._end(kind, element)

    def _end(self, kind: str, element: Element) -> None:
        if kind == "style":
            self.styles.add(element)
        elif kind == "table-row" and self._open:
            self._row(self._open[-1], element)
        elif kind == "table-column" and self._open:
            self._column(self._open[-1], element)
        elif kind == "conditional-formats" and self._open:
            self.gathering.warn(self._open[-1].sheet.name, COLOURED_BY_RULE)
        elif kind in {"p", "h"} and not self._open:
            self._paragraph(element, _level(element) if kind == "h" else None)
        else:
            return
        (forget_within if len(self._open) > 1 else forget)(element)

    def _table(self, event: str, element: Element) -> None:
        if event == "end":
            ended = self._open.pop()
            for area in ended.areas:
                ended.sheet.merge(area)
            if not self._open:
                forget(element)
            return
        self._tables += 1
        own = readable(attribute(element, "name"))
        name = (own or f"Sheet{self._tables}") if self._are_sheets else f"Table {self._tables}"
        heading = "" if self._open else self._above.take()
        hidden = not self.styles.displayed(attribute(element, "style-name"))
        place = in_sheet(name) if self._are_sheets else in_table(name)
        self._open.append(Open(self.gathering.sheet(name, place, heading, hidden)))

    def _paragraph(self, element: Element, level: int | None) -> None:
        told = paragraph(element, self.styles)
        text = said(told.pieces).text
        place = f"after Table {self._tables}" if self._tables else "above Table 1"
        for note in (text, *told.notes):
            self.gathering.note(place, note)
        self._above.add(text, level)

    def _column(self, table: Open, element: Element) -> None:
        first = table.columns
        table.columns = min(first + _count(element, "number-columns-repeated"), MOST_SPAN)
        if attribute(element, "visibility") in {"collapse", "filter"}:
            table.sheet.hidden_columns.update(range(first, min(table.columns, limits.MOST_COLUMNS)))

    def _row(self, table: Open, row: Element) -> None:
        repeated = _count(row, "number-rows-repeated")
        first = table.number + 1
        table.number += repeated
        if table.number > MOST_SPAN * 2:
            raise ValueError("no such row")
        seen: dict[int, Seen] = {}
        column = 0
        for cell in row:
            if local(cell.tag) in CELLS:
                column = self._cell(table, cell, first, column, seen)
        if not any(each.text for each in seen.values()):
            return
        hidden = attribute(row, "visibility") in {"collapse", "filter"}
        for number in range(first, first + repeated):
            table.sheet.add(number, seen, hidden)

    def _cell(self, table: Open, cell: Element, number: int, column: int, seen: dict[int, Seen]) -> int:
        """Takes a cell; the column after it."""
        repeated = _count(cell, "number-columns-repeated")
        if column + repeated > MOST_SPAN:
            raise ValueError("no such column")
        if local(cell.tag) == "table-cell":
            found = self._seen(table.sheet.place(number, column), cell)
            last = min(column + repeated, limits.MOST_COLUMNS + 1)
            if found != BLANK:
                seen.update(dict.fromkeys(range(column, last), found))
            if area := _area(cell, number, column):
                table.areas.append(area)
        return column + repeated

    def _seen(self, place: str, cell: Element) -> Seen:
        style = attribute(cell, "style-name")
        fill = self.styles.fill("table-cell", style)
        if not len(cell):
            return Seen(fill=fill)
        told: Printed = printed(cell, self.styles)
        text, struck = said(told.pieces)
        for note in told.notes:
            self.gathering.note(place, note)
        return Seen(text, _value(cell), fill, text if self.styles.struck("table-cell", style) else struck)


def _value(cell: Element) -> Value:
    kind = attribute(cell, "value-type")
    if kind in NUMBERS:
        number = float(attribute(cell, "value"))
        return int(number) if number.is_integer() else number
    if kind == "boolean":
        return attribute(cell, "boolean-value") == "true"
    return _day(attribute(cell, "date-value")) if kind == "date" else None


def _day(written: str) -> date | datetime:
    if "T" not in written:
        return date.fromisoformat(written)
    moment = datetime.fromisoformat(written).replace(tzinfo=None)
    return moment if moment.time() != datetime.min.time() else moment.date()


def _area(cell: Element, number: int, column: int) -> Area | None:
    rows, columns = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
    return Area(number, column, number + rows - 1, column + columns - 1) if rows > 1 or columns > 1 else None


def _level(heading: Element) -> int:
    told = attribute(heading, "outline-level")
    return int(told) if told.isdigit() and len(told) == 1 else 1


def _count(element: Element, name: str) -> int:
    return min(max(int(attribute(element, name) or "1"), 1), MOST_SPAN)
