"""A book as rows of the database, and back: each row as it was read is kept for good."""

from collections.abc import Iterable, Sequence
from typing import Any

from actionplans.importing.reading.transfer import cell_of, written
from actionplans.importing.tables import Book, Row, Sheet, Warned
from actionplans.models import ImportedRow, PlanImport


def sheets_of(book: Book) -> list[list[Any]]:
    """What is kept of the sheets besides their rows."""
    return [[each.name, each.heading, each.hidden, sorted(each.hidden_columns)] for each in book.sheets]


def remarks_of(book: Book) -> dict[str, list[list[str]]]:
    """What the reader warned of, and the notes around the tables."""
    remarks = {"warnings": book.warnings, "notes": book.notes}
    return {kind: [[each.at, each.text] for each in told] for kind, told in remarks.items()}


def rows_of(book: Book, plan_import: PlanImport) -> list[ImportedRow]:
    """Its rows, not yet saved."""
    numbered = ((sheet, row) for sheet, each in enumerate(book.sheets) for row in each.rows)
    return [
        ImportedRow(
            plan_import=plan_import,
            position=position,
            sheet=sheet,
            number=row.number,
            is_hidden=row.hidden,
            cells=[written(cell) for cell in row.cells],
        )
        for position, (sheet, row) in enumerate(numbered, start=1)
    ]


def book_of(plan_import: PlanImport, rows: Iterable[ImportedRow]) -> Book:
    """The book that was read, from its rows in order."""
    found: list[list[Row]] = [[] for _ in plan_import.sheets]
    for each in rows:
        found[each.sheet].append(Row(each.number, tuple(map(cell_of, each.cells)), each.is_hidden))
    told = zip(plan_import.sheets, found, strict=True)
    return Book(
        tuple(_sheet(*sheet, rows=of_sheet) for sheet, of_sheet in told),
        _remarks(plan_import, "warnings"),
        _remarks(plan_import, "notes"),
    )


def _sheet(name: str, heading: str, hidden: bool, hidden_columns: Sequence[int], *, rows: Sequence[Row]) -> Sheet:
    return Sheet(name, tuple(rows), heading, hidden, frozenset(hidden_columns))


def _remarks(plan_import: PlanImport, kind: str) -> tuple[Warned, ...]:
    return tuple(Warned(*each) for each in plan_import.remarks.get(kind, ()))
