"""What the tests say of a book that was read, in few words."""

from actionplans.importing.reading.books import read_book
from actionplans.importing.tables import Book, Cell, Sheet


def only(content: bytes, name: str = "plan") -> Sheet:
    """The one sheet of a file."""
    (sheet,) = read_book(content, name).sheets
    return sheet


def texts(sheet: Sheet) -> dict[int, list[str]]:
    """What a person reads in each row, by its number."""
    return {row.number: [cell.text for cell in row.cells] for row in sheet.rows}


def cell(sheet: Sheet, number: int, column: int) -> Cell:
    """The cell in the row with that number."""
    return next(row.cells[column] for row in sheet.rows if row.number == number)


def merged(sheet: Sheet) -> dict[int, list[int]]:
    """The columns of each row that a merged cell covers."""
    told = {row.number: [at for at, each in enumerate(row.cells) if each.merged] for row in sheet.rows}
    return {number: columns for number, columns in told.items() if columns}


def warnings(book: Book) -> dict[str, str]:
    """Each warning by its place."""
    return {warned.at: warned.text for warned in book.warnings}


def notes(book: Book) -> list[tuple[str, str]]:
    """Each note with its place."""
    return [(note.at, note.text) for note in book.notes]
