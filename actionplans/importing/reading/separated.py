"""Tables as lines of text: fields between commas, semicolons, tabs or upright strokes, in whatever encoding."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from actionplans.importing.reading import limits
from actionplans.importing.reading.gathering import Gathering, Seen, on_line
from actionplans.importing.reading.wording import readable
from actionplans.importing.tables import Book, UnreadableError
from concordat.kernel.inert import as_meant

DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 200  # lines
MOST_LINES = 1_048_576  # as a spreadsheet has
SURELY = 3  # delimiters in lines of one field that look like records
MOST_FIELDS = 20_000  # delimiters in a line: more than a spreadsheet has columns
NAMED_DELIMITER = re.compile(r"\s*\"?sep=([,;\t|])\"?\s*", re.IGNORECASE)
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What Windows' text looks like if it is taken for a Mac's, and the other way round.
CAPITAL_WITHIN_WORD = re.compile(r"[a-z][À-ÖØ-ÞŠŽ]|¥(?=\s)|[a-z] ?[ÒÓÔÕÐÑ](?=[\s.,;a-z]|$)|[Ÿ‡†¶§¬∫∂∆Ω≈√ƒ‚„ˆ˜¨]")
SAVE_AS_UTF8 = "save it as “CSV UTF-8” in your spreadsheet"
NOT_TEXT = "We cannot tell what this file is. Save the plan as .xlsx, .ods, .csv, .docx or .odt, and send that file."
WITHOUT_TEXT = "There is no text in this file. Check that it is the right one."
UNCLOSED = (
    "From line {} on, a quotation mark opens that never closes, or closes much later. "
    "Open the file in your spreadsheet, and save it as .xlsx."
)
TOO_LONG = "This file has more lines than any spreadsheet has rows. Copy the table of actions to a new, empty file."
TOO_WIDE = "Line {} has more fields than any spreadsheet has columns. Save the plan as .xlsx, and send that file."


class Decoded(NamedTuple):
    """A text, the encoding it was in, and whether that was guessed."""

    text: str
    encoding: str
    guessed: bool


def read_separated(content: bytes, name: str) -> Book:
    """The one table of a file. Raises UnreadableError."""
    decoded = decode(content)
    gathering = Gathering()
    if decoded.guessed:
        gathering.warn(
            "",
            f"The file does not say how its letters are encoded; we took it for {decoded.encoding}. "
            f"If £, accents or quotation marks look wrong, {SAVE_AS_UTF8}.",
        )
    read_lines(decoded.text, name, gathering)
    return gathering.book(WITHOUT_TEXT)


def decode(content: bytes) -> Decoded:
    """The text of a file. Raises UnreadableError if it is none."""
    decoded = _decoded(content)
    controls = sum(1 for _ in islice(CONTROLS.finditer(decoded.text), 1000))
    if "\0" in decoded.text or controls > len(decoded.text) / 1000 + 3:
        raise UnreadableError(NOT_TEXT)
    return decoded


def _decoded(content: bytes) -> Decoded:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding)
    if encoding := _utf16_without_mark(content[:4000]):
        return _strictly(content, encoding)._replace(guessed=True)
    try:
        return Decoded(content.decode("utf-8"), "UTF-8", guessed=False)
    except UnicodeDecodeError:
        windows, mac = content.decode("cp1252", errors="replace"), content.decode("mac_roman")
    return (
        Decoded(mac, "Mac Roman", True) if _oddness(mac) < _oddness(windows) else Decoded(windows, "Windows-1252", True)
    )


def _strictly(content: bytes, encoding: str) -> Decoded:
    name = encoding.upper().removesuffix("-SIG")
    try:
        return Decoded(content.decode(encoding), name, guessed=False)
    except UnicodeDecodeError as error:
        raise UnreadableError(f"This file says that it is {name}, but is not. To mend it, {SAVE_AS_UTF8}.") from error


def _utf16_without_mark(head: bytes) -> str:
    """Text of our letters in UTF-16 has a zero in every other place."""
    half = len(head) // 2
    if half and head[1::2].count(0) > half * 0.7 and head[::2].count(0) < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if half and head[::2].count(0) > half * 0.7 and head[1::2].count(0) < half * 0.1 else ""


def _oddness(text: str) -> int:
    return text.count("\ufffd") * 3 + sum(1 for _ in islice(CAPITAL_WITHIN_WORD.finditer(text), 10_000))


def read_lines(text: str, name: str, gathering: Gathering) -> None:
    """Adds the table that the lines make. Raises UnreadableError."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    delimiter = delimiter_of(text)
    sheet = gathering.sheet(name, on_line)
    first = 1 if NAMED_DELIMITER.fullmatch(text.partition("\n")[0]) else 0
    widths: Counter[int] = Counter()
    for number, fields in _records(text, delimiter):
        if number <= first:
            continue
        if whole := _rejoined(fields, delimiter, widths):
            fields = whole
            gathering.warn(
                f"line {number}", f"It has more “{delimiter}” than other lines; those before a space were read as text."
            )
        widths[len(fields)] += 1
        seen = {column: Seen(readable(as_meant(field))) for column, field in enumerate(fields) if field}
        sheet.add(number, seen)


def _rejoined(fields: list[str], delimiter: str, widths: Counter[int]) -> list[str]:
    """A record with too many fields, joined again at commas of its texts, which a space follows; else nothing."""
    usual = max(widths, key=lambda width: widths[width], default=0)
    if usual < 2 or len(fields) <= usual:
        return []
    whole = fields[:1]
    for field in fields[1:]:
        if field[:1] == " " and field[1:2].strip():
            whole[-1] += delimiter + field
        else:
            whole.append(field)
    return whole if len(whole) == usual else []


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the number of the line on which it begins."""
    begins = 1
    widths: Counter[int] = Counter()
    reader = csv.reader(_lines(text, delimiter), delimiter=delimiter)
    while True:
        try:
            fields = next(reader, None)
        except csv.Error as error:
            raise UnreadableError(UNCLOSED.format(begins)) from error
        if fields is None:
            return
        if any(_swallows(field, delimiter, widths) for field in fields):
            raise UnreadableError(UNCLOSED.format(begins))
        widths[len(fields)] += 1
        yield begins, fields
        begins = reader.line_num + 1


def _swallows(field: str, delimiter: str, widths: Counter[int]) -> bool:
    """Whether a field holds lines that look like records: a quotation mark opened where none was meant.

    Such lines have a delimiter for each column, as records have; a text of several lines in a cell seldom has one.
    """
    if "\n" not in field:
        return False
    delimiters = max((width for width, _ in widths.most_common(2)), default=1) - 1
    lines = [line for line in field.split("\n")[1:] if line.strip()]
    alike = sum(len(re.findall(rf"{re.escape(delimiter)}(?! )", line)) >= delimiters for line in lines)
    return delimiters > 1 and alike * delimiters >= SURELY and alike * 2 >= len(lines)


def _lines(text: str, delimiter: str) -> Iterator[str]:
    start, number = 0, 1
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        if number > MOST_LINES:
            raise UnreadableError(TOO_LONG)
        if text.count(delimiter, start, end) > MOST_FIELDS:
            raise UnreadableError(TOO_WIDE.format(number))
        yield text[start:end]
        start, number = end, number + 1


def delimiter_of(text: str) -> str:
    """What stands between the fields: what is named, else what divides the most lines into equally many.

    A text of several lines between quotation marks counts with all of them: the wrong one breaks it into pieces, which
    may agree among themselves. Of two that agree on as many lines it is the one that makes more columns.
    """
    if named := NAMED_DELIMITER.fullmatch(text[:20].partition("\n")[0]):
        return named[1]
    lines = list(islice((line for line in _lines(text[: limits.LONGEST_CELL * 10], ",") if line.strip()), SAMPLE))
    return max(DELIMITERS, key=lambda delimiter: _agreement(lines, delimiter))


def _agreement(lines: list[str], delimiter: str) -> tuple[int, int]:
    """How many lines stand in records of the commonest width, and that width."""
    agreeing: Counter[int] = Counter()
    reader, before = csv.reader(lines, delimiter=delimiter), 0
    try:
        for fields in reader:
            agreeing[len(fields)] += reader.line_num - before
            before = reader.line_num
    except csv.Error:
        return 0, 0
    return max(((count, width) for width, count in agreeing.items() if width > 1), default=(0, 0))
