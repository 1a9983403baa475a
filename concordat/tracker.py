"""The tracker of a plan as a file, and a blank table: written as the reports are. Pure but for temporary files."""

from collections.abc import Sequence

from actionplans.tracker import COLUMNS, GUIDANCE_NAME, NAME, Value, guidance
from concordat.reports.formats import csv, xlsx
from concordat.reports.formats.sheets import Line, Sheet, Words
from concordat.reports.shapes import Heading, Kind, Table

HEADINGS = tuple(
    Heading(each.key, each.heading, Kind.DAY if each.key == "due_on" else Kind.TEXT, each.guidance, width=each.width)
    for each in COLUMNS
)
Rows = Sequence[Sequence[Value]]


def workbook(rows: Rows, *, with_guidance: bool = False) -> bytes:
    """A workbook (.xlsx) with the table, and beside it how to fill it in."""
    sheets: list[Sheet | Words] = [Sheet(NAME, HEADINGS, rows)]
    if with_guidance:
        lines = (Line(tuple(each), heads=number == 0) for number, each in enumerate(guidance()))
        sheets.append(Words(GUIDANCE_NAME, (26, 90), tuple(lines)))
    return b"".join(xlsx.pieces(sheets, title=NAME))


def lines(rows: Rows) -> bytes:
    """The table as .csv, in UTF-8 with the mark by which spreadsheets know it, and in words."""
    return b"".join(csv.pieces(Table("plan", NAME, HEADINGS, rows), bom=True, in_words=True))
