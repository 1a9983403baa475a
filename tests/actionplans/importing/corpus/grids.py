"""How a sheet of a plan is described: rows of cells, with what is merged, coloured or struck through."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from actionplans.importing.tables import Book, Cell, Row, Sheet, Value, Warned

LEFT = "<<"  # merged with the cell on the left
ABOVE = "^^"  # merged with the cell above
RED, AMBER, GREEN, GREY, BLUE = "#ff0000", "#ffc000", "#00b050", "#a6a6a6", "#0070c0"


@dataclass(frozen=True)
class Written:
    """A cell with more to it than its text."""

    text: str = ""
    value: Value = None
    fill: str = ""
    struck: str = ""


Described = str | int | float | date | Written | None


def on(day: str, text: str = "") -> Written:
    """A cell that holds a day."""
    found = datetime.fromisoformat(day)
    return Written(text or f"{found:%d/%m/%Y}", value=found)


def filled(fill: str, text: str = "") -> Written:
    return Written(text, fill=fill)


def struck(text: str, part: str = "") -> Written:
    return Written(text, struck=part or text)


@dataclass(frozen=True)
class Grid:
    """One sheet or table. `first` is the number of its first row."""

    rows: tuple[tuple[Described, ...], ...]
    name: str = "Sheet1"
    heading: str = ""
    first: int = 1
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Expected:
    """What is to come of one row. `due` is a day; `asks` names the fields about which a question is right."""

    row: int
    section: str | None
    reference: str
    action: str
    leads: tuple[str, ...] = ()  # slugs, or texts where no organisation is known
    due: str | None = None
    status: str | None = None
    roles: tuple[str, ...] = ()
    asks: frozenset[str] = frozenset()
    sheet: str = "Sheet1"


@dataclass(frozen=True)
class Shape:
    """One file, what is expected of it, and the answers that a person has given already."""

    name: str
    grids: tuple[Grid, ...]
    expected: tuple[Expected, ...]
    asks: frozenset[str] = frozenset()  # kinds of questions about the whole file
    notes: tuple[str, ...] = ()
    told: tuple[tuple[str, str], ...] = ()  # further facts: (sheet!row.field, text)


def expect(
    row: int,
    section: str | None,
    reference: str,
    action: str,
    leads: str = "",
    due: str | None = None,
    status: str | None = None,
    *,
    asks: str = "",
    sheet: str = "Sheet1",
    roles: str = "",
) -> Expected:
    """In short: leads, roles and asked fields are words parted by spaces; a lead without organisation has no slug."""
    return Expected(
        row,
        section,
        reference,
        action,
        tuple(leads.split()),
        due,
        status,
        tuple(roles.split()),
        frozenset(asks.split()),
        sheet,
    )


def shape(
    name: str,
    rows: "list[tuple[Described, ...]]",
    *expected: Expected,
    asks: str = "",
    notes: tuple[str, ...] = (),
    **of_grid: object,
) -> Shape:
    """A file of one sheet."""
    grid = replace(Grid(tuple(rows)), **of_grid)  # type: ignore[arg-type]
    return Shape(
        name, (grid,), tuple(replace(one, sheet=grid.name) for one in expected), frozenset(asks.split()), notes
    )


def file(name: str, grids: "list[Grid]", *expected: Expected, asks: str = "", notes: tuple[str, ...] = ()) -> Shape:
    """A file of several sheets or tables."""
    return Shape(name, tuple(grids), tuple(expected), frozenset(asks.split()), notes)


def book_of(described: Shape) -> Book:
    notes = tuple(Warned(f"paragraph {at}", text) for at, text in enumerate(described.notes, 1))
    return Book(tuple(map(sheet_of, described.grids)), notes=notes)


def sheet_of(grid: Grid) -> Sheet:
    rows: list[Row] = []
    width = max((len(row) for row in grid.rows), default=0)
    for at, described in enumerate(grid.rows):
        cells: list[Cell] = []
        for column in range(width):
            one = described[column] if column < len(described) else None
            above = rows[-1].cells[column] if rows else Cell("")
            left = cells[-1] if cells else Cell("")
            cells.append(_cell(one, f"{grid.name}!{chr(65 + column)}{grid.first + at}", left, above))
        rows.append(Row(grid.first + at, tuple(cells), hidden=grid.first + at in grid.hidden_rows))
    return Sheet(grid.name, tuple(rows), grid.heading, grid.hidden)


def _cell(described: Described, at: str, left: Cell, above: Cell) -> Cell:
    if described in (LEFT, ABOVE):
        source = left if described == LEFT else above
        return replace(source, at=at, merged=True)
    if isinstance(described, Written):
        return Cell(at, described.text, described.value, described.fill, described.struck)
    if described is None:
        return Cell(at)
    if isinstance(described, str):
        return Cell(at, described)
    return Cell(at, str(described), described)
