"""Excel workbooks (.xlsx), read as a stream: memory grows with the text in the cells, not with what a sheet claims."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from typing import BinaryIO, NamedTuple

from actionplans.importing.reading import limits
from actionplans.importing.reading.gathering import COLOURED_BY_RULE, Area, Gathering, Seen, SheetGathering, in_sheet
from actionplans.importing.reading.parts import Element, Parts, attribute, forget, local
from actionplans.importing.reading.relations import main_part, related, targets
from actionplans.importing.reading.shown import shown
from actionplans.importing.reading.wording import NOTHING, Piece, Said, raised, readable, said
from actionplans.importing.reading.xlsx_styles import OFF, PLAIN, Style, is_struck, read_styles
from actionplans.importing.tables import WITHOUT_RESULT, Book, UnreadableError

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
ROWS = 1_048_576  # in a sheet
COLUMNS = 16_384
WITHOUT_TEXT = "There is no text in any sheet of this workbook. Check that it is the right file."


class Named(NamedTuple):
    """A sheet of the workbook and the part that holds it."""

    name: str
    part: str
    hidden: bool


class Workbook(NamedTuple):
    """What the cells of all sheets refer to."""

    sheets: list[Named]
    strings: list[Said]
    styles: list[Style]
    since_1904: bool


def read_xlsx(file: BinaryIO) -> Book:
    """The workbook's sheets that hold text. Raises UnreadableError, or what damaged files raise (`books`)."""
    parts, gathering = Parts(file), Gathering()
    workbook = _workbook(parts)
    for named in workbook.sheets:
        _sheet(parts, workbook, named, gathering)
    return gathering.book(WITHOUT_TEXT)


def _workbook(parts: Parts) -> Workbook:
    main, part = main_part(parts, "xl/workbook.xml")
    root = parts.whole(main)
    if root is None:
        raise ValueError("no workbook")
    by_key = related(parts, main)
    sheets = [_named(each, by_key) for each in root.iterfind("{*}sheets/{*}sheet")]
    properties = root.find("{*}workbookPr")
    since_1904 = properties is not None and properties.get("date1904", "0").lower() not in OFF
    styles = read_styles(parts, part("styles"), part("theme"))
    strings = list(_strings(parts, part("sharedStrings")))
    return Workbook([each for each in sheets if each.part], strings, styles, since_1904)


def _named(sheet: Element, by_key: dict[str, tuple[str, str]]) -> Named:
    kind, part = by_key.get(attribute(sheet, "id"), ("", ""))
    name = readable(sheet.get("name", "")) or "Sheet"
    return Named(name, part if kind == "worksheet" else "", sheet.get("state", "visible") != "visible")


def _strings(parts: Parts, name: str) -> Iterator[Said]:
    """The texts that cells refer to by number."""
    letters = 0
    for number, (_, element) in enumerate(parts.events(name, "si")):
        if number == limits.MOST_CELLS:
            raise UnreadableError(limits.TOO_MANY_CELLS)
        text = rich_text(element)
        letters += len(text.text) + len(text.struck)
        if letters > limits.MOST_LETTERS:
            raise UnreadableError(limits.TOO_MUCH_TEXT)
        yield text
        forget(element)


def rich_text(element: Element) -> Said:
    """The text of a string of runs, without what only says how to pronounce it."""
    if len(element) == 1 and local(element[0].tag) == "t":
        return said([Piece(unescaped(element[0].text or ""))])
    return said(_runs(element))


def _runs(element: Element) -> Iterator[Piece]:
    for each in element:
        if local(each.tag) == "t":
            yield Piece(unescaped(each.text or ""))
        elif local(each.tag) == "r":
            struck, above = is_struck(each.find("{*}rPr")), _is_raised(each)
            for text in each.iterfind("{*}t"):
                plain = unescaped(text.text or "")
                yield Piece(raised(plain) if above else plain, struck)


def _is_raised(run: Element) -> bool:
    found = run.find("{*}rPr/{*}vertAlign")
    return found is not None and found.get("val") == "superscript"


def unescaped(text: str) -> str:
    """The text with its characters that XML cannot hold, which workbooks write as _x000D_."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _sheet(parts: Parts, workbook: Workbook, named: Named, gathering: Gathering) -> None:
    sheet = gathering.sheet(named.name, in_sheet(named.name), hidden=named.hidden)
    reader = RowReader(workbook, sheet, gathering)
    areas: list[Area] = []
    for _, element in parts.events(named.part, "row", "col", "mergeCell", "conditionalFormatting"):
        kind = local(element.tag)
        if kind == "row":
            reader.read(element)
        elif kind == "col":
            sheet.hidden_columns.update(_hidden_columns(element))
        elif kind == "mergeCell" and (area := _area(element.get("ref", ""))):
            areas.append(area)
        elif kind == "conditionalFormatting" and sheet:
            gathering.warn(named.name, COLOURED_BY_RULE)
        forget(element)
    for area in areas:
        sheet.merge(area)
    for comments in targets(parts, named.part).get("comments", []):
        for _, element in parts.events(comments, "comment"):
            gathering.note(f"{named.name}!{element.get('ref', '')}", _comment(element))
            forget(element)


def _comment(element: Element) -> str:
    text = element.find("{*}text")
    return "" if text is None else rich_text(text).text


class RowReader:
    """Reads the rows of one sheet, one after the other."""

    def __init__(self, workbook: Workbook, sheet: SheetGathering, gathering: Gathering) -> None:
        self._workbook = workbook
        self._sheet = sheet
        self._gathering = gathering
        self._number = 0

    def read(self, row: Element) -> None:
        """Adds the row if it holds text."""
        self._number = int(row.get("r") or self._number + 1)
        if not 1 <= self._number <= ROWS:
            raise ValueError("no such row")
        if not any(len(cell) for cell in row):
            return
        seen: dict[int, Seen] = {}
        column = -1
        for cell in row.iterfind("{*}c"):
            column = _column(cell.get("r", ""), column + 1)
            if column >= limits.MOST_COLUMNS and not len(cell):
                continue
            found = self._seen(cell, column)
            if found.text or found.fill:
                seen[column] = found
        hidden = row.get("hidden", "0").lower() not in OFF or _is_zero(row.get("ht", ""))
        self._sheet.add(self._number, seen, hidden)

    def _seen(self, cell: Element, column: int) -> Seen:
        style = self._style(cell.get("s"))
        if not len(cell):
            return Seen(fill=style.fill)
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = cell.find("{*}is")
            return _text(NOTHING if inline is None else rich_text(inline), style)
        value = cell.find("{*}v")
        written = (value.text or "") if value is not None else ""
        if not written:
            if cell.find("{*}f") is not None and kind != "str":
                self._gathering.warn(self._sheet.place(self._number, column), WITHOUT_RESULT)
            return Seen(fill=style.fill)
        return self._value(kind, written, style)

    def _value(self, kind: str, written: str, style: Style) -> Seen:
        if kind == "s":
            return _text(self._workbook.strings[int(written)], style)
        if kind in {"str", "e"}:
            return _text(said([Piece(unescaped(written))]), style)
        if kind == "b":
            return _value("TRUE" if written.strip() == "1" else "FALSE", written.strip() == "1", style)
        if kind == "d":
            return _iso(written.strip(), style)
        text, number = shown(float(written), style.code, self._workbook.since_1904)
        return _value(text, number, style)

    def _style(self, number: str | None) -> Style:
        if not number:
            return PLAIN
        index = int(number)
        return self._workbook.styles[index] if 0 <= index < len(self._workbook.styles) else PLAIN


def _text(text: Said, style: Style) -> Seen:
    return Seen(text.text, None, style.fill, text.text if style.struck else text.struck)


def _value(text: str, value: float | date | str | None, style: Style) -> Seen:
    return Seen(text, value, style.fill, text if style.struck else "")


def _iso(written: str, style: Style) -> Seen:
    moment = datetime.fromisoformat(written)
    text, value = shown((moment.replace(tzinfo=None) - datetime(1899, 12, 30)).total_seconds() / 86_400, style.code)  # noqa: DTZ001
    return _value(text, value, style)


def _column(reference: str, otherwise: int) -> int:
    column = otherwise
    if reference:
        found = REFERENCE.fullmatch(reference)
        if not found:
            raise ValueError("no such cell")
        column = column_number(found[1])
    if column >= COLUMNS:
        raise ValueError("no such column")
    return column


def column_number(name: str) -> int:
    """The number of a column by its name, counted from 0: A is 0, AA is 26."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _area(reference: str) -> Area | None:
    corners = [REFERENCE.fullmatch(corner) for corner in reference.split(":")]
    if len(corners) != 2 or not corners[0] or not corners[1]:
        return None
    (left, top), (right, bottom) = corners[0].groups(), corners[1].groups()
    return Area(int(top), column_number(left), int(bottom), column_number(right))


def _hidden_columns(element: Element) -> range:
    if element.get("hidden", "0").lower() in OFF and not _is_zero(element.get("width", "")):
        return range(0)
    return range(max(int(element.get("min", "1")), 1) - 1, min(int(element.get("max", "1")), limits.MOST_COLUMNS))


def _is_zero(length: str) -> bool:
    with suppress(ValueError):
        return bool(length) and float(length) == 0
    return False
