"""Sheets as an OpenDocument spreadsheet (.ods): what `xlsx` writes, for programs that prefer it."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from tempfile import TemporaryFile
from typing import IO, NamedTuple
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from concordat.reports.formats import ods_parts
from concordat.reports.formats.sheets import Line, Sheet, Sheets, Words, pages_wide, part_name, parts, width_of
from concordat.reports.formats.texts import NO, YES, for_cells, for_people
from concordat.reports.shapes import Heading, Kind, Value
from concordat.sentences import in_words

AT_ONCE = 1 << 16  # bytes to a piece
LINES_AT_ONCE = 200
# What readers would put together, and so is told by a sign of its own. Not so the tab, whose sign LibreOffice loses.
BLANKS = re.compile(r"^ | $| {2,}")
EMPTY = "<table:table-cell/>"


def pieces(sheets: Sheets, *, title: str) -> Iterator[bytes]:
    """The spreadsheet piece by piece, once it is written. Its rows are never held: they go to a temporary file."""
    with TemporaryFile() as file:
        with ZipFile(file, "w", ZIP_DEFLATED) as package:
            package.writestr(ZipInfo("mimetype"), ods_parts.MIMETYPE, ZIP_STORED)
            ranges = _write_content(package, sheets)
            package.writestr("settings.xml", ods_parts.settings([(each.name, each.stay) for each in ranges]))
            package.writestr("styles.xml", ods_parts.STYLES)
            package.writestr("meta.xml", ods_parts.meta(for_cells(title)))
            package.writestr("META-INF/manifest.xml", ods_parts.MANIFEST)
        file.seek(0)
        yield from iter(partial(file.read, AT_ONCE), b"")


class Range(NamedTuple):
    """A sheet with its last row and its last column, counted from 0, and how many columns of it stay in sight."""

    name: str
    row: int
    column: int
    stay: int


def _write_content(package: ZipFile, sheets: Sheets) -> list[Range]:
    ranges: list[Range] = []
    widths = sorted({width for sheet in sheets for width in _widths(sheet)})
    with package.open("content.xml", "w", force_zip64=True) as content:
        content.write(ods_parts.head(widths).encode())
        for sheet in sheets:
            if isinstance(sheet, Words):
                _write_words(content, sheet)
                continue
            for number, rows in enumerate(parts(sheet.rows), start=1):
                name = part_name(sheet.name, number)
                last = _write_table(content, name, sheet, rows)
                ranges.append(Range(name, last, len(sheet.headings) - 1, sheet.stay))
        content.write(ods_parts.tail([each[:3] for each in ranges]).encode())
    return ranges


def _widths(sheet: Sheet | Words) -> Sequence[int]:
    return sheet.widths if isinstance(sheet, Words) else [width_of(each) for each in sheet.headings]


def _write_table(content: IO[bytes], name: str, sheet: Sheet, rows: Iterable[Sequence[Value]]) -> int:
    """Writes it, and gives the number of its rows without that of the headings."""
    headings = sheet.headings
    names = "".join(_text(each.name, "numeric-heading" if each.is_numeric else "heading") for each in headings)
    held = [_beginning(name, sheet)]
    held.append(f"<table:table-header-rows><table:table-row>{names}</table:table-row></table:table-header-rows>")
    number = 0
    for row in rows:
        number += 1
        cells = [_cell(value, each) for value, each in zip(row, headings, strict=True)]
        held.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
        if len(held) >= LINES_AT_ONCE:
            content.write("".join(held).encode())
            held = []
    if not number and sheet.nothing:
        held.append(f"<table:table-row>{_text(sheet.nothing, 'running')}</table:table-row>")
    content.write("".join([*held, "</table:table>"]).encode())
    return number


def _write_words(content: IO[bytes], words: Words) -> None:
    lines = "".join(_line(line) for line in words.lines)
    content.write(f"{_beginning(words.name, words)}{lines}</table:table>".encode())


def _beginning(name: str, sheet: Sheet | Words) -> str:
    columns = "".join(f'<table:table-column table:style-name="w{width}"/>' for width in _widths(sheet))
    wide = 1 if isinstance(sheet, Words) else pages_wide(sheet.headings)
    return f'<table:table table:name={quoteattr(name)} table:style-name="sheet{wide}">{columns}'


def _line(line: Line) -> str:
    plain = Heading("", "")
    others = "running" if line.runs_on else "text"
    looks = ["heading" if line.heads else others if at else "words" for at in range(len(line.cells))]
    cells = [
        _text(value, look) if isinstance(value, str) else _cell(value, plain)
        for value, look in zip(line.cells, looks, strict=True)
    ]
    return f"<table:table-row>{''.join(cells) or EMPTY}</table:table-row>"


def _cell(value: Value, heading: Heading) -> str:
    if value is None:
        return EMPTY
    if isinstance(value, str):
        return _text(heading.choices.get(value, value), "text")
    if isinstance(value, bool):
        return _text(YES if value else NO, "text")
    if isinstance(value, date):
        return _typed("day", f'date" office:date-value="{value.isoformat()}', in_words(value))
    if not math.isfinite(value):
        return EMPTY
    if heading.kind is Kind.PERCENT:
        return _typed("percent", f'float" office:value="{value}', f"{value}%")
    if heading.kind is Kind.CHANGE:
        return _typed("change", f'float" office:value="{value}', for_people(value, heading))
    return _typed("fraction" if isinstance(value, float) else "number", f'float" office:value="{value}', f"{value:,}")


def _typed(look: str, told: str, shown: str) -> str:
    return (
        f'<table:table-cell table:style-name="{look}" office:value-type="{told}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def _text(text: str, look: str) -> str:
    if not text:
        return EMPTY
    lines = "".join(f"<text:p>{_inline(line)}</text:p>" for line in for_cells(text).split("\n"))
    return f'<table:table-cell table:style-name="{look}" office:value-type="string">{lines}</table:table-cell>'


def _inline(line: str) -> str:
    return BLANKS.sub(lambda found: f'<text:s text:c="{len(found[0])}"/>', escape(line))
