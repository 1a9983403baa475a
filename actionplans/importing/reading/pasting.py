"""What people paste: a table copied from a spreadsheet, a Word document or a web page, or typed with strokes."""

import re

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
    number, fields = 1, list[str]()
    for found in FIELD.finditer(lines):
        quoted, bare, end = found.groups()
        fields.append(bare if quoted is None else quoted.replace('""', '"'))
        if end != "\t":
            sheet.add(number, {column: Seen(readable(field)) for column, field in enumerate(fields) if field})
            number += sum(field.count("\n") for field in fields) + 1
            fields = []


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
