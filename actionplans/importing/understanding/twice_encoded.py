"""Letters of which an earlier program made two or three, “cafÃ©” and “CCGâ€™s”: UTF-8 that was taken for Windows' text.

A cell is put right only where all of it reads back; of one that lost letters on the way the person is told. The rows
as they were read are kept beside it (`actionplans.importing.keeping`).
"""

import re
from dataclasses import dataclass, replace

from actionplans.importing.tables import Book, Cell, Row, Sheet, Warned
from actionplans.importing.understanding.answers import Asking
from actionplans.importing.understanding.words import shortened

# Windows' letters by their byte; the five bytes that it leaves open are controls, as browsers read them.
BYTES = {bytes([byte]).decode("cp1252", "ignore") or chr(byte): byte for byte in range(256)}
LEADS = re.compile("[ÂÃÄÅâïð]")  # with which a letter of these kinds begins
MEANT = re.compile(r"[\x00-\x7f\u00a0-\u017f\u2010-\u2bff\ufb00-\ufb06\ufeff\U0001f300-\U0001faff]*")
# The last byte of ” is one that Windows leaves open, and a space that does not break becomes a plain one: both are lost
# in most programs, and in our readers. A ” closes what an “ opened.
CLOSING = re.compile(r"(?<=[^\s(\[])â€(?=$|[\s.,;:!)\]])")
OPENING = "â€œ"
UNBROKEN = re.compile(r"(?<![A-Z])Â ")
WRONG = re.compile("â€|Ã[\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]|Â[£ \u00a0·°§«»©®½¼¾´]")
TWICE = 2  # or more often, where each program on the way did it
MENDED = (
    "Letters were wrongly encoded before the file was saved: “{before}”. They were put right in {count}, so that it "
    "says “{after}”; the rows as they were read are kept."
)
LEFT = (
    "Some letters were wrongly encoded before the file was saved, such as “â€™” for an apostrophe, and cannot be read "
    "back. Put them right in the file, or here after the import."
)


@dataclass(slots=True)
class Mending:
    """What was put right, first and in all, and where something could not be."""

    at: str = ""
    before: str = ""
    count: int = 0
    left_at: str = ""

    def cell(self, cell: Cell) -> Cell:
        if cell.text.isascii():
            return cell
        text = put_right(cell.text)
        if text == cell.text:
            self.left_at = self.left_at or (cell.at if WRONG.search(text) else "")
            return cell
        self.count += not cell.merged
        self.at, self.before = self.at or cell.at, self.before or cell.text
        return replace(cell, text=text, struck=put_right(cell.struck))


def mended(book: Book, asking: Asking) -> Book:
    """The book with such letters put right; the person is told once, with an example."""
    mending = Mending()
    found = replace(
        book,
        sheets=tuple(_sheet(sheet, mending) for sheet in book.sheets),
        notes=tuple(Warned(note.at, put_right(note.text)) for note in book.notes),
    )
    if mending.count:
        before, after = _example(mending.before)
        count = "one cell" if mending.count == 1 else f"{mending.count:,} cells"
        asking.warn(mending.at, MENDED.format(before=before, after=after, count=count))
    if mending.left_at:
        asking.warn(mending.left_at, LEFT)
    return found


def put_right(text: str) -> str:
    """The text as it was before it was wrongly encoded; unchanged where it was not, or does not read back whole."""
    for _ in range(TWICE):
        text = _read_back(text)
    return text


def _read_back(text: str) -> str:
    if text.isascii() or not LEADS.search(text):
        return text
    whole = UNBROKEN.sub("Â\u00a0", text)
    if OPENING in whole:
        whole = CLOSING.sub("â€\u009d", whole)
    try:
        found = bytes(BYTES[letter] for letter in whole).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return text
    return found.replace("\ufeff", "").replace("\u00a0", " ") if MEANT.fullmatch(found) else text


def _example(before: str) -> tuple[str, str]:
    """The first word that was put right, before and after."""
    pairs = ((word, put_right(word)) for word in before.split())
    return next((pair for pair in pairs if pair[0] != pair[1]), (shortened(before), shortened(put_right(before))))


def _sheet(sheet: Sheet, mending: Mending) -> Sheet:
    return replace(sheet, heading=put_right(sheet.heading), rows=tuple(_row(row, mending) for row in sheet.rows))


def _row(row: Row, mending: Mending) -> Row:
    cells = tuple(map(mending.cell, row.cells))
    return replace(row, cells=cells) if cells != row.cells else row
