"""Files of each kind around lines of cells: as Excel, Word, LibreOffice and old Excel write them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from xml.sax.saxutils import escape

import docx
import xlwt
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from tests.plan_files.examined.kit import Cell

Lines = Iterable[Sequence[Cell]]
COLOURS = {"R": "FF0000", "A": "FFC000", "G": "00B050", "B": "0070C0", "Y": "FFFF00", "grey": "BFBFBF"}


def workbook(lines: Lines, *, name: str = "Action Plan") -> tuple[Workbook, Worksheet]:
    """A workbook with one sheet of these lines."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    fill_in(sheet, lines)
    return book, sheet


def fill_in(sheet: Worksheet, lines: Lines) -> None:
    """Append the lines; days are shown as dd/mm/yyyy, as in an English Excel."""
    for line in lines:
        sheet.append(list(line))
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, date):
                cell.number_format = "dd/mm/yyyy"


def saved(book: Workbook) -> bytes:
    """The workbook's file."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def colour(sheet: Worksheet, cell: str, shade: str) -> None:
    """Fill one cell with a colour of the traffic light."""
    sheet[cell].fill = PatternFill("solid", fgColor=f"FF{COLOURS[shade]}")


def separated(lines: Lines, *, delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    """A text file of cells; days as an English Excel saves them."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerows([[as_text(cell) for cell in line] for line in lines])
    return file.getvalue().encode(encoding)


def as_text(cell: Cell) -> str:
    """A cell as it is shown."""
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell or ""


def old_excel(sheets: dict[str, Lines]) -> bytes:
    """An .xls file."""
    book = xlwt.Workbook()
    shown = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for name, lines in sheets.items():
        sheet = book.add_sheet(name)
        for row, line in enumerate(lines):
            for column, cell in enumerate(line):
                if isinstance(cell, date):
                    sheet.write(row, column, cell, shown)
                elif cell is not None:
                    sheet.write(row, column, cell)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


class Word:
    """A Word document written from top to bottom."""

    def __init__(self) -> None:
        self.document = docx.Document()

    def heading(self, text: str, level: int = 1) -> Word:
        """A heading in Word's own style."""
        self.document.add_heading(text, level=level)
        return self

    def paragraph(self, text: str, *, bold: bool = False) -> Word:
        """Text between tables; in bold as people write headings without styles."""
        self.document.add_paragraph().add_run(text).bold = bold
        return self

    def table(self, lines: Lines, *, merged: Sequence[tuple[int, int, int, int]] = ()) -> Word:
        """A table; `merged` cells from (row, column) to (row, column)."""
        filled = [list(line) for line in lines]
        table = self.document.add_table(len(filled), max(map(len, filled)))
        for row, line in zip(table.rows, filled, strict=True):
            for place, cell in zip(row.cells, line, strict=False):
                place.text = as_text(cell)
        for top, left, bottom, right in merged:
            table.cell(top, left).merge(table.cell(bottom, right))
        return self

    def shade(self, row: int, column: int, shade: str) -> Word:
        """Fill a cell of the last table."""
        cell = self.document.tables[-1].cell(row, column)
        fill = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{COLOURS[shade]}"/>'
        cell._tc.get_or_add_tcPr().append(parse_xml(fill))
        return self

    def saved(self) -> bytes:
        """The document's file."""
        file = io.BytesIO()
        self.document.save(file)
        return file.getvalue()


NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
)


def open_sheet(sheets: dict[str, Lines]) -> bytes:
    """An .ods file."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">{_lines(lines)}</table:table>' for name, lines in sheets.items()
    )
    return _open("spreadsheet", f"<office:spreadsheet>{tables}</office:spreadsheet>")


def open_text(blocks: Iterable[str | Lines]) -> bytes:
    """An .odt file: headings (text) and tables (lines) in turn."""
    parts = [
        f'<text:h text:outline-level="1">{escape(block)}</text:h>'
        if isinstance(block, str)
        else f"<table:table>{_lines(block)}</table:table>"
        for block in blocks
    ]
    return _open("text", f"<office:text>{''.join(parts)}</office:text>")


def _lines(lines: Lines) -> str:
    return "".join(f"<table:table-row>{''.join(map(_cell, line))}</table:table-row>" for line in lines)


def _cell(cell: Cell) -> str:
    if isinstance(cell, date):
        kind = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
    else:
        kind = 'office:value-type="string"'
    text = "".join(f"<text:p>{escape(line)}</text:p>" for line in as_text(cell).split("\n"))
    return f"<table:table-cell {kind}>{text}</table:table-cell>"


def _open(kind: str, body: str) -> bytes:
    media = f"application/vnd.oasis.opendocument.{kind}"
    within = f"<office:body>{body}</office:body>"
    content = f'<office:document-content {NAMES} office:version="1.2">{within}</office:document-content>'
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{media}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", media)
        archive.writestr("content.xml", f'<?xml version="1.0" encoding="UTF-8"?>{content}')
        archive.writestr("META-INF/manifest.xml", f'<?xml version="1.0" encoding="UTF-8"?>{manifest}')
    return file.getvalue()
