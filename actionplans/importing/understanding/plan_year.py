"""The year that a plan names for times without one: "2015/16 unless otherwise specified"."""

import re
from collections.abc import Iterator

from actionplans.importing.tables import Book
from actionplans.importing.understanding.words import fold

NAMED = re.compile(
    r"\b(20\d\d)\s?[/-]\s?(?:20)?\d\d\b.{0,20}\b(?:unless|except where) (?:otherwise|stated|specified)"
    r"|\b(?:unless|except where) (?:otherwise|stated|specified).{0,40}\b(20\d\d)\s?[/-]\s?(?:20)?\d\d\b"
)

SAID = re.compile("unless|except", re.IGNORECASE)


def default_year(book: Book) -> int | None:
    """The year in which that financial year begins, 2015 for 2015/16; None where none or more than one is named."""
    found = {int(year) for text in _texts(book) for match in NAMED.findall(fold(text)) for year in match if year}
    return found.pop() if len(found) == 1 else None


def _texts(book: Book) -> Iterator[str]:
    """All texts that may name it: notes, headings of tables, and cells."""
    yield from (note.text for note in book.notes)
    for sheet in book.sheets:
        yield sheet.heading
        yield from (
            cell.text for row in sheet.rows for cell in row.cells if "nless" in cell.text or "xcept" in cell.text
        )
