"""The described plans of `tests/actionplans/importing/corpus/` as real files, and what was read of these as a book.

The book is brought back to the places of the description (“Sheet1!C14”), so that the same is expected of it.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from html import escape

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill

from actionplans.importing.tables import Book, Row, Sheet
from tests.actionplans.importing.corpus.grids import ABOVE, LEFT, Described, Grid, Shape, Written
from tests.plan_files import raw

Spot = tuple[int, int]


def area(grid: Grid, row: int, column: int) -> Spot:
    """How many rows and columns the cell there takes."""
    rows, columns = 1, 1
    while at(grid, row, column + columns) == LEFT:
        columns += 1
    while at(grid, row + rows, column) == ABOVE:
        rows += 1
    return rows, columns


def at(grid: Grid, row: int, column: int) -> Described:
    return grid.rows[row][column] if row < len(grid.rows) and column < len(grid.rows[row]) else None


def cells(grid: Grid) -> Iterator[tuple[int, int, Written]]:
    """Every cell that is not covered by another, with more to it than nothing."""
    for row, described in enumerate(grid.rows):
        for column, one in enumerate(described):
            if one not in (None, LEFT, ABOVE):
                yield row, column, one if isinstance(one, Written) else told(one)


def told(one: Described) -> Written:
    return Written(str(one), value=None if isinstance(one, str) else one)  # type: ignore[arg-type]


def xlsx(described: Shape) -> bytes:
    book = Workbook()
    for number, grid in enumerate(described.grids):
        sheet = book.active if number == 0 else book.create_sheet()
        sheet.title = grid.name[:31]
        sheet.sheet_state = "hidden" if grid.hidden else "visible"
        for row in grid.hidden_rows:
            sheet.row_dimensions[row].hidden = True
        for row, column, one in cells(grid):
            cell = sheet.cell(grid.first + row, column + 1)
            cell.value = _struck(one) if one.struck and one.struck != one.text else one.value or one.text
            if isinstance(one.value, date):
                cell.number_format = _format(one)
            if one.struck and one.struck == one.text:
                cell.font = Font(strike=True)
            if one.fill:
                cell.fill = PatternFill("solid", fgColor=one.fill.lstrip("#"))
            rows, columns = area(grid, row, column)
            if (rows, columns) != (1, 1):
                last = (cell.row + rows - 1, cell.column + columns - 1)
                sheet.merge_cells(None, cell.row, cell.column, *last)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _struck(one: Written) -> CellRichText:
    before, _, after = one.text.partition(one.struck)
    return CellRichText(
        *([before] if before else []), TextBlock(InlineFont(strike=True), one.struck), *([after] if after else [])
    )


def _format(one: Written) -> str:
    """The number format under which the day shows as it is described."""
    value = one.value
    assert isinstance(value, datetime)
    formats = {
        "%d/%m/%Y": "dd/mm/yyyy",
        "%d-%b": "d-mmm",
        "%b-%y": "mmm-yy",
        "%d %B %Y": "d mmmm yyyy",
        "%b %Y": "mmm yyyy",
        "%B %Y": "mmmm yyyy",
        "%d-%b-%y": "dd-mmm-yy",
    }
    shown_as = ((code, value.strftime(shown)) for shown, code in formats.items())
    fitting = (code for code, text in shown_as if one.text in (text, text.lstrip("0")))
    return next(fitting, "dd/mm/yyyy")


def docx(described: Shape) -> bytes:
    body = "".join(raw.paragraph(note) for note in described.notes)
    for grid in described.grids:
        body += raw.paragraph(grid.heading or "") + raw.table(*_word_rows(grid))
    return raw.docx(body)


def _word_rows(grid: Grid) -> Iterator[list[str]]:
    width = max(map(len, grid.rows))
    for row in range(len(grid.rows)):
        found = []
        for column in range(width):
            one = at(grid, row, column)
            if one == LEFT:
                continue
            _, columns = area(grid, row, column)
            covered = one == ABOVE
            rows = 2 if not covered and at(grid, row + 1, column) == ABOVE else 1
            properties = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
            properties += "<w:vMerge/>" if covered else '<w:vMerge w:val="restart"/>' if rows > 1 else ""
            whole = Written() if covered or one is None else one if isinstance(one, Written) else told(one)
            if whole.fill:
                properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{whole.fill.lstrip("#")}"/>'
            found.append(raw.cell(*_word_paragraphs(whole), properties=properties))
        yield found


def _word_paragraphs(one: Written) -> list[str]:
    lines = one.text.split("\n")
    return [
        raw.paragraph(*(raw.run(text, "<w:strike/>" if struck else "") for text, struck in _pieces(line, one.struck)))
        for line in lines
    ]


def _pieces(line: str, struck: str) -> list[tuple[str, bool]]:
    if not struck or struck not in line:
        return [(line, bool(struck) and line in struck)]
    before, _, after = line.partition(struck)
    return [(text, is_struck) for text, is_struck in ((before, False), (struck, True), (after, False)) if text]


def ods(described: Shape) -> bytes:
    fills = sorted({one.fill for grid in described.grids for _, _, one in cells(grid) if one.fill})
    styles = "".join(
        f'<style:style style:name="f{fill[1:]}" style:family="table-cell">'
        f'<style:table-cell-properties fo:background-color="{fill}"/></style:style>'
        for fill in fills
    )
    return raw.ods(*(raw.open_table(grid.name, *_open_rows(grid)) for grid in described.grids), automatic=styles)


def _open_rows(grid: Grid) -> Iterator[list[str]]:
    width = max(map(len, grid.rows))
    for _ in range(1, grid.first):
        yield [""]
    for row in range(len(grid.rows)):
        found = []
        for column in range(width):
            one = at(grid, row, column)
            if one in (LEFT, ABOVE):
                found.append("<table:covered-table-cell/>")
                continue
            rows, columns = area(grid, row, column)
            whole = Written() if one is None else one if isinstance(one, Written) else told(one)
            spans = f'table:number-columns-spanned="{columns}" table:number-rows-spanned="{rows}"'
            attributes = spans if (rows, columns) != (1, 1) else ""
            attributes += f' table:style-name="f{whole.fill[1:]}"' if whole.fill else ""
            if isinstance(whole.value, datetime):
                attributes += f' office:value-type="date" office:date-value="{whole.value.date()}"'
            texts = "".join(f"<text:p>{escape(line)}</text:p>" for line in whole.text.split("\n")) if whole.text else ""
            found.append(raw.open_cell(texts, attributes))
        yield found


def comma_separated(described: Shape) -> bytes:
    (grid,) = described.grids
    held = io.StringIO()
    writer = csv.writer(held)
    width = max(map(len, grid.rows))
    for _ in range(1, grid.first):
        writer.writerow([""] * width)
    for row in range(len(grid.rows)):
        texts = (at(grid, row, column) for column in range(width))
        writer.writerow(["" if one in (None, LEFT, ABOVE) else _text(one) for one in texts])
    return held.getvalue().encode()


def _text(one: Described) -> str:
    return one.text if isinstance(one, Written) else str(one)


def takes(ending: str, described: Shape) -> bool:
    """Whether a file of that kind can hold all that is described."""
    whole = [one for grid in described.grids for _, _, one in cells(grid)]
    is_hidden = any(grid.hidden or grid.hidden_rows for grid in described.grids)
    has_texts_around = bool(described.notes) or any(grid.heading for grid in described.grids)
    if ending == "docx":
        return not is_hidden and not any(one.value for one in whole)
    if ending == "xlsx":
        return not has_texts_around
    plain = not is_hidden and not has_texts_around and not any(one.struck for one in whole)
    if ending == "ods":
        return plain and not any(isinstance(one.value, float) for one in whole)
    spans = [one for grid in described.grids for row in grid.rows for one in row if one in (LEFT, ABOVE)]
    return plain and len(described.grids) == 1 and not spans and not any(one.fill or one.value for one in whole)


def placed(read: Book, described: Shape) -> Book:
    """What was read, with the names and places of the description: its rows with something in them in their order."""
    sheets = [sheet for sheet in read.sheets if any(cell.text for row in sheet.rows for cell in row.cells)]
    assert len(sheets) == len(described.grids), [sheet.name for sheet in read.sheets]
    return replace(
        read, sheets=tuple(_placed(sheet, grid) for sheet, grid in zip(sheets, described.grids, strict=True))
    )


def _placed(sheet: Sheet, grid: Grid) -> Sheet:
    written = [row for row in sheet.rows if any(cell.text or cell.fill for cell in row.cells)]
    described = sorted({row for row, _, one in cells(grid) if one.text or one.fill})
    covered = {row for row, texts in enumerate(grid.rows) if ABOVE in texts}
    numbers = [grid.first + row for row in sorted({*described, *covered})]
    assert len(written) == len(numbers), (sheet.name, len(written), numbers)
    return replace(
        sheet, name=grid.name, rows=tuple(_row(grid, row, number) for row, number in zip(written, numbers, strict=True))
    )


def _row(grid: Grid, row: Row, number: int) -> Row:
    named = enumerate(row.cells)
    cells = tuple(replace(cell, at=f"{grid.name}!{chr(65 + column)}{number}") for column, cell in named)
    return replace(row, number=number, cells=cells)
