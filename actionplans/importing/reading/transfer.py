"""A book as lines of JSON, by which one process hands it to another: nothing that is read from them is ever run."""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from actionplans.importing.tables import Book, Cell, Row, Sheet, UnreadableError, Value, Warned

USUAL: list[Any] = ["", "", None, "", "", False]  # a cell of which nothing is known
LAST = {"whole": True}


def lines_of(book: Book) -> Iterator[str]:
    """The lines that hold the book; the last one says that it is whole."""
    for sheet in book.sheets:
        yield _line({"sheet": [sheet.name, sheet.heading, sheet.hidden, sorted(sheet.hidden_columns)]})
        for row in sheet.rows:
            yield _line({"row": [row.number, row.hidden, [written(cell) for cell in row.cells]]})
    for kind, remarks in (("warning", book.warnings), ("note", book.notes)):
        for remark in remarks:
            yield _line({kind: [remark.at, remark.text]})
    yield _line(LAST)


def line_of_refusal(error: UnreadableError) -> str:
    """The one line that holds why there is no book."""
    return _line({"unreadable": str(error)})


def book_of(lines: Iterable[str | bytes]) -> Book:
    """The book that the lines hold. Raises UnreadableError if they hold that, and ValueError if they are not whole."""
    sheets: list[tuple[list[Any], list[Row]]] = []
    remarks: dict[str, list[Warned]] = {"warning": [], "note": []}
    for line in lines:
        [(kind, held)] = json.loads(line).items()
        if kind == "unreadable":
            raise UnreadableError(held)
        if kind == "whole":
            made = tuple(_sheet(told, rows) for told, rows in sheets)
            return Book(made, tuple(remarks["warning"]), tuple(remarks["note"]))
        if kind == "sheet":
            sheets.append((held, []))
        elif kind == "row":
            number, hidden, cells = held
            sheets[-1][1].append(Row(number, tuple(map(cell_of, cells)), hidden))
        else:
            remarks[kind].append(Warned(*held))
    raise ValueError("the lines end before the book does")


def _sheet(told: list[Any], rows: list[Row]) -> Sheet:
    name, heading, hidden, hidden_columns = told
    return Sheet(name, tuple(rows), heading, hidden, frozenset(hidden_columns))


def _line(held: object) -> str:
    return json.dumps(held, ensure_ascii=True, separators=(",", ":")) + "\n"


def written(cell: Cell) -> list[Any]:
    """What is known of the cell, without the usual at the end."""
    known = [cell.at, cell.text, _value_written(cell.value), cell.fill, cell.struck, cell.merged]
    while known and known[-1] == USUAL[len(known) - 1]:
        known.pop()
    return known


def _value_written(value: Value) -> Any:
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    return {"day": value.isoformat()} if isinstance(value, date) else value


def cell_of(told: list[Any]) -> Cell:
    """The cell that `written` told of."""
    at, text, value, fill, struck, merged = [*told, *USUAL[len(told) :]]
    return Cell(at, text, _value(value), fill, struck, merged)


def _value(written: Any) -> Value:
    if not isinstance(written, dict):
        return written  # type: ignore[no-any-return]  # what JSON holds as it is
    [(kind, iso)] = written.items()
    return datetime.fromisoformat(iso) if kind == "moment" else date.fromisoformat(iso)
