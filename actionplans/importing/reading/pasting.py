"""What people paste: a table copied from a spreadsheet, a Word document or a web page, or typed with strokes."""

import re
from collections.abc import Iterator

from lxml import etree

from actionplans.importing.reading import limits
from actionplans.importing.reading.gathering import Gathering, Seen, on_line
from actionplans.importing.reading.separated import delimiter_of, read_lines
from actionplans.importing.reading.web import read_web
from actionplans.importing.reading.wording import readable
from actionplans.importing.tables import Book, UnreadableError

NAME = "Pasted table"
TABLE = re.compile(r"<table[\s>]", re.IGNORECASE)
# A field of what spreadsheets copy: in quotation marks only where it holds a tab or a line end.
FIELD = re.compile(r'(?:"((?:[^"]|"")*+)"(?=[\t\n]|\Z)|([^\t\n]*+))(\t|\n|\Z)')
RULE = re.compile(r"\s*\|?(?:\s*:?-{3,}:?\s*(?:\||$))+\s*")
Copied = tuple[int, list[str]]  # the number of its first line, and its cells
MOST_LINES = 50  # of one row
JOINED = "This row stood on several lines, as Word copies cells with paragraphs. They were put together."
NUMBER = re.compile(r"\W*[A-Za-z]{0,3}[.\-: ]?\d[\w.:()/\-]*")  # with which an action of its own begins
WITHOUT_TABLE = (
    "We see no table in what you pasted. Copy whole rows in your spreadsheet or document, with the headings, "
    "and paste them again."
)


def read_paste(text: str) -> Book:
    """The table, or tables, in what was pasted. Raises UnreadableError."""
    if len(text) > limits.LONGEST_PASTE:
        raise UnreadableError(limits.LONG_PASTE)
    gathering = Gathering()
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if TABLE.search(text):
        try:
            read_web(lines, gathering)
        except etree.LxmlError as error:
            raise UnreadableError(WITHOUT_TABLE) from error
    elif "\t" in text:
        _read_copied(lines, gathering)
    elif _is_drawn(lines):
        _read_drawn(lines, gathering)
    elif delimiter_of(lines) in (lines.strip().partition("\n")[0]):
        read_lines(lines, NAME, gathering)
    return gathering.book(WITHOUT_TABLE)


def _read_copied(lines: str, gathering: Gathering) -> None:
    sheet = gathering.sheet(NAME, on_line)
    number, rows, fields = 1, list[Copied](), list[str]()
    for found in FIELD.finditer(lines):
        quoted, bare, end = found.groups()
        fields.append(bare if quoted is None else quoted.replace('""', '"'))
        if end != "\t":
            rows.append((number, fields))
            number += sum(field.count("\n") for field in fields) + 1
            fields = []
    for first, whole, is_joined in _joined(rows):
        if is_joined:
            gathering.warn(on_line(first, 0), JOINED)
        sheet.add(first, {column: Seen(readable(field)) for column, field in enumerate(whole) if field})


def _joined(rows: list[Copied]) -> Iterator[tuple[int, list[str], bool]]:
    """The rows, with those made whole that Word parted where a cell has paragraphs: it copies each on a line.

    Lines belong together if the first has several cells, those after it begin with no number of their own, and together
    they fill the table's width: neither more nor less.
    """
    width = max((len(fields) for _, fields in rows), default=0)
    at = 0
    while at < len(rows):
        number, fields = rows[at]
        end, whole = at + 1, list(fields)
        for _, more in rows[end : at + MOST_LINES]:
            if not 1 < len(whole) < width or NUMBER.fullmatch(more[0].strip()):
                break
            whole = [*whole[:-1], f"{whole[-1]}\n{more[0]}", *more[1:]]
            end += 1
        if len(whole) == width and end > at + 1:
            yield number, whole, True
            at = end
        else:
            yield number, fields, False
            at += 1


def _is_drawn(lines: str) -> bool:
    """Whether most lines are divided by upright strokes."""
    written = [line for line in lines.split("\n") if line.strip()]
    return sum(line.count("|") >= 2 or bool(RULE.fullmatch(line)) for line in written) * 2 > len(written)


def _read_drawn(lines: str, gathering: Gathering) -> None:
    sheet = gathering.sheet(NAME, on_line)
    for number, line in enumerate(lines.split("\n"), start=1):
        if line.strip() and not RULE.fullmatch(line):
            fields = line.strip().removeprefix("|").removesuffix("|").replace("\\|", "\0").split("|")
            texts = (readable(field.replace("\0", "|").replace("<br>", "\n")) for field in fields)
            sheet.add(number, {column: Seen(text) for column, text in enumerate(texts) if text})
