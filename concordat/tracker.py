"""The tracker of a plan as a file: a workbook, or lines of text. No text in it is ever a formula or a link."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

import xlsxwriter

from actionplans.tracker import COLUMNS, GUIDANCE_NAME, NAME, Value, guidance

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet takes a text that begins with one of these for a formula
LONGEST = 32_767  # letters: the most that a cell takes


def workbook(rows: Iterable[Sequence[Value]], *, with_guidance: bool = False) -> bytes:
    """A workbook (.xlsx) with the table, and beside it how to fill it in."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, OPTIONS) as book:
        top = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        day = book.add_format({"valign": "top", "num_format": "d mmmm yyyy", "align": "left"})
        sheet = book.add_worksheet(NAME)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
        for at, column in enumerate(COLUMNS):
            sheet.set_column(at, at, column.width, text)
            sheet.write_string(0, at, column.heading, top)
        for number, row in enumerate(rows, start=1):
            for at, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, at, value, day)
                elif value:
                    sheet.write_string(number, at, value[:LONGEST], text)
        if with_guidance:
            beside = book.add_worksheet(GUIDANCE_NAME)
            beside.set_column(0, 0, 26)
            beside.set_column(1, 1, 90)
            for number, (first, second) in enumerate(guidance()):
                beside.write_string(number, 0, first, top)
                beside.write_string(number, 1, second, text)
    return held.getvalue()


def lines(rows: Iterable[Sequence[Value]]) -> bytes:
    """The table as .csv, in UTF-8 with the mark by which spreadsheets know it."""
    held = io.StringIO()
    writer = csv.writer(held)
    writer.writerow([column.heading for column in COLUMNS])
    writer.writerows([[_safe(value) for value in row] for row in rows])
    return held.getvalue().encode("utf-8-sig")


def _safe(value: Value) -> str:
    """A day as in the workbook; a text that no spreadsheet takes for a formula."""
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    return f"'{value}" if value and value.startswith(FORMULA) else value or ""
