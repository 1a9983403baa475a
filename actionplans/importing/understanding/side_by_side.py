"""Two tables beside one another on a sheet: a row of headings that says the same twice. They are never mixed."""

from dataclasses import replace

from actionplans.importing.tables import Row, Sheet
from actionplans.importing.understanding import headings
from actionplans.importing.understanding.answers import Asking
from actionplans.importing.understanding.shapes import Choice
from actionplans.importing.understanding.words import spoken, written

FEWEST = 3  # headings of a table
LEFT_ALONE = (Choice("left", "Read the table on the left alone, and leave the other out"),)


def left_of(sheet: Sheet, asking: Asking) -> Sheet:
    """The sheet with the table on the left alone, where two stand side by side; the person is told to part them."""
    found = next(((row, at) for row in sheet.rows if (at := second_begins(row))), None)
    if found is None:
        return sheet
    row, first = found
    text = (
        f"On “{sheet.name}” two tables stand side by side, with the same headings. Move the one on the right below "
        "the other, save the file and send it again; or say that the one on the left is all that counts."
    )
    asking.ask("layout", (sheet.name, "beside"), at=row.cells[first].at, text=text, choices=LEFT_ALONE)
    return replace(sheet, rows=tuple(replace(one, cells=one.cells[:first]) for one in sheet.rows))


def second_begins(row: Row) -> int:
    """The column with which a row of headings begins again; 0 where it does not."""
    told = [(at, spoken(written(cell))) for at, cell in enumerate(row.cells) if written(cell) and not cell.merged]
    half, odd = divmod(len(told), 2)
    texts = [text for _, text in told]
    if odd or half < FEWEST or texts[:half] != texts[half:] or len(set(texts)) < half:
        return 0
    return told[half][0] if sum(map(headings.is_plain, texts[:half])) >= FEWEST else 0
