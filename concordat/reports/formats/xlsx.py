"""Sheets as a workbook (.xlsx): days and numbers as what they are, and no text in it a formula or a link."""

import math
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from tempfile import TemporaryFile
from typing import Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from concordat.reports.formats.sheets import (
    Sheet,
    Sheets,
    Words,
    lines_of,
    pages_wide,
    part_name,
    parts,
    width_of,
    worded,
)
from concordat.reports.formats.texts import NO, YES, for_cells
from concordat.reports.shapes import Heading, Kind, Value
from concordat.sentences import in_words

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
AT_ONCE = 1 << 16  # bytes to a piece
FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheets count days in two ways
MOST_ROWS = 1_048_576
DAY, NUMBER, FRACTION, PERCENT = "d mmmm yyyy", "#,##0", "#,##0.0##", '0"%"'
CHANGE = '+#,##0;"\N{MINUS SIGN}"#,##0;0'
PAPER = 9  # A4
# Excel makes rows as high as their texts by itself, LibreOffice does not: they are told. In points, the first so many.
LINE, HIGHEST, MOST_HEIGHTS = 15, 300, 20_000
ARROW = 4  # letters of a heading, where the filter stands


class _Look(NamedTuple):
    """How cells look."""

    heading: Format
    numeric_heading: Format
    text: Format
    words: Format
    running: Format
    day: Format
    number: Format
    fraction: Format
    change: Format
    percent: Format


def pieces(sheets: Sheets, *, title: str) -> Iterator[bytes]:
    """The workbook piece by piece, once it is written. Its rows are never held: they go to a temporary file."""
    with TemporaryFile() as file:
        with Workbook(file, OPTIONS) as book:
            book.set_properties({"title": for_cells(title)})
            look = _look(book)
            for sheet in sheets:
                if isinstance(sheet, Words):
                    _write_words(book.add_worksheet(sheet.name), sheet, look)
                    continue
                for number, rows in enumerate(parts(sheet.rows), start=1):
                    _write_table(book.add_worksheet(part_name(sheet.name, number)), sheet, rows, look)
        file.seek(0)
        yield from iter(partial(file.read, AT_ONCE), b"")


def _look(book: Workbook) -> _Look:
    top = {"valign": "top"}
    heading = {**top, "bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#f3f2f1"}
    return _Look(
        heading=book.add_format(heading),
        numeric_heading=book.add_format({**heading, "align": "right"}),
        text=book.add_format({**top, "text_wrap": True, "num_format": "@"}),
        words=book.add_format({**top, "bold": True}),
        running=book.add_format({**top, "num_format": "@"}),
        day=book.add_format({**top, "num_format": DAY, "align": "left"}),
        number=book.add_format({**top, "num_format": NUMBER}),
        fraction=book.add_format({**top, "num_format": FRACTION}),
        change=book.add_format({**top, "num_format": CHANGE}),
        percent=book.add_format({**top, "num_format": PERCENT}),
    )


def _write_table(sheet: Worksheet, table: Sheet, rows: Any, look: _Look) -> None:
    """The headings stay in sight and can be filtered by, as does what names a row; each printed page repeats them."""
    headings = table.headings
    sheet.freeze_panes(1, table.stay)
    sheet.set_landscape()
    sheet.set_paper(PAPER)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(pages_wide(headings), 0)
    for at, heading in enumerate(headings):
        sheet.set_column(at, at, width_of(heading))
        sheet.write_string(0, at, for_cells(heading.name), look.numeric_heading if heading.is_numeric else look.heading)
    number, widths = 0, [width_of(each) for each in headings]
    _heighten(sheet, 0, [each.name for each in headings], [width - ARROW for width in widths])
    for number, row in enumerate(rows, start=1):
        if number <= MOST_HEIGHTS:
            _heighten(sheet, number, worded(row, headings), widths)
        for at, value in enumerate(row):
            if value.__class__ is str:
                words = headings[at].choices
                _write_text(sheet, number, at, words.get(value, value) if words else value, look.text)
            elif value is not None:
                _write_value(sheet, number, at, value, headings[at], look)
    if not number:
        _write_text(sheet, 1, 0, table.nothing, look.running)
    if headings:
        sheet.autofilter(0, 0, number, len(headings) - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})


def _heighten(sheet: Worksheet, number: int, row: Sequence[Value], widths: Sequence[int]) -> None:
    if (lines := lines_of(row, widths)) > 1:
        sheet.set_row(number, min(lines * LINE, HIGHEST))


def _write_text(sheet: Worksheet, row: int, at: int, text: str, look: Format) -> None:
    text = for_cells(text)
    if text.startswith("<r>") and text.endswith("</r>"):
        # The writer takes such a text for its own mark-up; in two pieces it does not.
        sheet.write_rich_string(row, at, "<", look, text[1:], look)
    elif text:
        sheet.write_string(row, at, text, look)


def _write_value(sheet: Worksheet, row: int, at: int, value: Value, heading: Heading, look: _Look) -> None:
    if isinstance(value, str):
        _write_text(sheet, row, at, heading.choices.get(value, value), look.text)
    elif isinstance(value, bool):
        sheet.write_string(row, at, YES if value else NO, look.text)
    elif isinstance(value, date):
        if value < FIRST_DAY:
            sheet.write_string(row, at, in_words(value), look.text)
        else:
            sheet.write_datetime(row, at, value, look.day)
    elif isinstance(value, int | float) and math.isfinite(value):
        plain = look.fraction if isinstance(value, float) else look.number
        looks = {Kind.PERCENT: look.percent, Kind.CHANGE: look.change}
        sheet.write_number(row, at, value, looks.get(heading.kind, plain))


def _write_words(sheet: Worksheet, words: Words, look: _Look) -> None:
    sheet.set_landscape()
    sheet.set_paper(PAPER)
    sheet.fit_to_pages(1, 0)
    for at, width in enumerate(words.widths):
        sheet.set_column(at, at, width)
    for row, line in enumerate(words.lines):
        plain = look.running if line.runs_on else look.text
        if not line.runs_on:
            _heighten(sheet, row, line.cells, words.widths[: len(line.cells)])
        for at, value in enumerate(line.cells):
            if isinstance(value, str):
                others = plain if at else look.words
                _write_text(sheet, row, at, value, look.heading if line.heads else others)
            elif value is not None:
                _write_value(sheet, row, at, value, Heading("", ""), look)
