"""Excel workbooks of before 2007 (.xls): many councils' plans of 2014 and 2015 are such."""

from typing import Any, NamedTuple

import xlrd

from actionplans.importing.reading.colours import background
from actionplans.importing.reading.gathering import Area, Gathering, Seen, SheetGathering, in_sheet
from actionplans.importing.reading.shown import BUILT_IN, GENERAL, shown
from actionplans.importing.reading.wording import NOTHING, Piece, Said, readable, said
from actionplans.importing.tables import Book

WITHOUT_TEXT = "There is no text in any sheet of this workbook. Check that it is the right file."
SOLID = 1
NUMBER_KINDS = {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}


class Style(NamedTuple):
    """What a style says of a cell."""

    fill: str
    struck: bool
    code: str


class Silence:
    """Takes what the library would print about a damaged file."""

    def write(self, text: str) -> int:
        """Writes nothing."""
        return len(text)


def read_xls(content: bytes) -> Book:
    """The workbook's sheets that hold text. Raises UnreadableError, or what damaged files raise (`books`)."""
    workbook = xlrd.open_workbook(
        file_contents=content, formatting_info=True, on_demand=True, ragged_rows=True, logfile=Silence()
    )
    styles = [_style(workbook, each) for each in workbook.xf_list]
    gathering = Gathering()
    for index in range(workbook.nsheets):
        sheet = workbook.sheet_by_index(index)
        name = readable(sheet.name) or f"Sheet{index + 1}"
        begun = gathering.sheet(name, in_sheet(name), hidden=sheet.visibility != 0)
        SheetReader(workbook, sheet, styles).read(begun, gathering)
        workbook.unload_sheet(index)
    return gathering.book(WITHOUT_TEXT)


def _style(workbook: Any, xf: Any) -> Style:
    colour = workbook.colour_map.get(xf.background.pattern_colour_index)
    fill = background(f"rgb{colour}") if colour and xf.background.fill_pattern == SOLID else ""
    known = workbook.format_map.get(xf.format_key)
    return Style(fill, _is_struck(workbook, xf.font_index), BUILT_IN.get(xf.format_key) or _code(known))


def _code(known: Any) -> str:
    return str(known.format_str) if known is not None else GENERAL


def _is_struck(workbook: Any, font: int) -> bool:
    return 0 <= font < len(workbook.font_list) and bool(workbook.font_list[font].struck_out)


class SheetReader:
    """Reads one sheet."""

    def __init__(self, workbook: Any, sheet: Any, styles: list[Style]) -> None:
        self._workbook = workbook
        self._sheet = sheet
        self._styles = styles

    def read(self, begun: SheetGathering, gathering: Gathering) -> None:
        """Adds what the sheet holds."""
        columns, rows = self._sheet.colinfo_map.items(), self._sheet.rowinfo_map
        begun.hidden_columns.update(column for column, told in columns if told.hidden)
        for row in range(self._sheet.nrows):
            cells = range(self._sheet.row_len(row))
            seen = {column: found for column in cells if (found := self._seen(row, column))}
            begun.add(row + 1, seen, hidden=row in rows and bool(rows[row].hidden))
        for top, below, left, after in self._sheet.merged_cells:
            begun.merge(Area(top + 1, left, below, after - 1))
        for (row, column), note in self._sheet.cell_note_map.items():
            gathering.note(begun.place(row + 1, column), readable(note.text))

    def _seen(self, row: int, column: int) -> Seen | None:
        index = self._sheet.cell_xf_index(row, column)
        style = self._styles[index]
        kind, value = self._sheet.cell_type(row, column), self._sheet.cell_value(row, column)
        if kind in NUMBER_KINDS:
            told = shown(value, style.code, bool(self._workbook.datemode))
            return Seen(told.text, told.value, style.fill, told.text if style.struck else "")
        if kind == xlrd.XL_CELL_BOOLEAN:
            text = "TRUE" if value else "FALSE"
            return Seen(text, bool(value), style.fill, text if style.struck else "")
        told_text = self._text(kind, value, row, column)
        if not told_text.text and not style.fill:
            return None
        return Seen(told_text.text, None, style.fill, told_text.text if style.struck else told_text.struck)

    def _text(self, kind: int, value: Any, row: int, column: int) -> Said:
        if kind == xlrd.XL_CELL_ERROR:
            return Said(str(xlrd.error_text_from_code.get(value, "#N/A")))
        if kind != xlrd.XL_CELL_TEXT:
            return NOTHING
        runs = self._sheet.rich_text_runlist_map.get((row, column), ())
        starts = [0, *(start for start, _ in runs)]
        ends = [*starts[1:], len(value)]
        struck = [False, *(_is_struck(self._workbook, font) for _, font in runs)]
        return said(Piece(value[start:end], each) for start, end, each in zip(starts, ends, struck, strict=True))
