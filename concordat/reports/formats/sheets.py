"""An answer as the sheets of a workbook: its tables, and a sheet that explains every column. Pure.

XLSX and ODS write the same sheets (docs/adr/0028-files-of-reports.md).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import NamedTuple

from actionplans.importing.understanding.fields import ABOUT
from concordat.reports.formats.texts import NOTHING, for_cells
from concordat.reports.shapes import Answer, Heading, Kind, Table, Value

MOST_IN_SIGHT = 90  # letters of the columns that stay in sight: what moves beside them needs room as well
MOST_ROWS = 1_048_575  # under the row of headings: what a sheet takes
LONGEST_NAME = 31
PAGE, MOST_PAGES = 250, 5  # letters that can still be read side by side on A4; sheets of paper
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
WIDTHS = {  # letters
    Kind.TEXT: 26,
    Kind.LONG_TEXT: 60,
    Kind.CHOICE: 20,
    Kind.NUMBER: 12,
    Kind.CHANGE: 12,
    Kind.PERCENT: 12,
    Kind.DAY: 19,
    Kind.YES_NO: 12,
}
SORTS = {
    Kind.TEXT: "Text",
    Kind.LONG_TEXT: "Text",
    Kind.CHOICE: "One of these words",
    Kind.NUMBER: "Number",
    Kind.CHANGE: "Number",
    Kind.PERCENT: "Percentage",
    Kind.DAY: "Day",
    Kind.YES_NO: "Yes or no",
}


@dataclass(frozen=True)
class Sheet:
    """A table on its sheet, or on the first of several.

    `named_by`: the column that names a row; up to it the columns stay in sight. `nothing`: what stands under headings
    that have no rows.
    """

    name: str
    headings: tuple[Heading, ...]
    rows: Iterable[Sequence[Value]]
    named_by: int = 0
    nothing: str = ""

    @property
    def stay(self) -> int:
        """How many columns stay in sight as others are looked at; none where these would take too much room."""
        widths = [width_of(each) for each in self.headings[: self.named_by + 1]]
        return len(widths) if sum(widths) <= MOST_IN_SIGHT and len(self.headings) > len(widths) else 0


class Line(NamedTuple):
    """A line of a sheet of words. One that heads others is shown as headings are; the first cell of each stands out.

    One that runs on is shown over the cells to its right, where others are broken at the width of their column.
    """

    cells: tuple[Value, ...]
    heads: bool = False
    runs_on: bool = False


@dataclass(frozen=True)
class Words:
    """A sheet of words beside the tables. `widths` in letters."""

    name: str
    widths: tuple[int, ...]
    lines: tuple[Line, ...]


Sheets = Sequence[Sheet | Words]


def sheets_of(answer: Answer, key: str = "") -> Sheets:
    """The tables of the answer, or the one of that key, and what there is to know of them. Raises KeyError."""
    tables = tuple(table.for_people for table in ((answer.table(key),) if key else answer.tables))
    names = list(_names(table.title for table in tables))
    nothing = NOTHING if len(tables) > 1 else ""  # one alone is for programs too, which may read it in again
    sheets = [
        Sheet(name, table.headings, _told(table), table.named_by, nothing)
        for name, table in zip(names, tables, strict=True)
    ]
    return [*sheets, Words(ABOUT, (24, 30, 22, 20, 70, 60), tuple(_about(answer, tables, names)))]


def _told(table: Table) -> Iterable[Sequence[Value]]:
    """The rows, with words where nothing says something."""
    if not any(heading.none for heading in table.headings):
        return table.rows
    words = [heading.none or None for heading in table.headings]
    return [[word if value is None else value for value, word in zip(row, words, strict=True)] for row in table.rows]


def width_of(heading: Heading) -> int:
    """How many letters wide a column is shown: at least as its own name is, in two lines."""
    if heading.kind is Kind.DAY:  # one without room is shown as ###
        return max(heading.width, WIDTHS[Kind.DAY], len(heading.name) // 2 + 4)
    return heading.width or max(WIDTHS[heading.kind], len(heading.name) // 2 + 4)


def worded(row: Sequence[Value], headings: Sequence[Heading]) -> Sequence[Value]:
    """The row with the words of fixed lists as people read them."""
    return [
        heading.choices.get(value, value) if heading.choices and isinstance(value, str) else value
        for value, heading in zip(row, headings, strict=True)
    ]


def lines_of(row: Sequence[Value], widths: Sequence[int]) -> int:
    """Over how many lines the longest text of a row is broken, at about the widths of its columns (letters)."""
    broken = (
        sum(-(-len(line) // width) or 1 for line in value.split("\n"))
        for value, width in zip(row, widths, strict=True)
        if isinstance(value, str) and (len(value) > width or "\n" in value)
    )
    return max(broken, default=1)


def pages_wide(headings: Sequence[Heading]) -> int:
    """Over how many sheets of paper, lying across, a table is printed side by side."""
    return min(MOST_PAGES, max(1, -(-sum(map(width_of, headings)) // PAGE)))


def parts(rows: Iterable[Sequence[Value]], most: int = MOST_ROWS) -> Iterator[Iterable[Sequence[Value]]]:
    """The rows by sheets, at least one: each is to be read before the next is asked for."""
    left = iter(rows)
    yield islice(left, most)
    for first in left:
        yield chain([first], islice(left, most - 1))


def part_name(name: str, number: int) -> str:
    """What the sheet is called on which a table goes on; the first is number 1."""
    end = f" ({number})" if number > 1 else ""
    return name[: LONGEST_NAME - len(end)].rstrip() + end


def _about(answer: Answer, tables: Sequence[Table], names: Sequence[str]) -> Iterator[Line]:
    told: list[tuple[Value, Value]] = [("Report", answer.title), ("As at", answer.on)]
    if answer.since:
        told.append(("Compared with", answer.since))
    told.append(("Of", answer.about or "All of England"))
    told += [("In short", sentence) for sentence in answer.summary]
    told += [("Note", sentence) for sentence in answer.notes]
    told += [(name, table.told) for name, table in zip(names, tables, strict=True) if table.told]
    yield Line((ABOUT,), heads=True)
    yield from (Line(each, runs_on=True) for each in told)
    yield Line(())
    yield Line(("Sheet", "Column", "Its key in CSV and JSON", "What it holds", "What it says", "Its words"), heads=True)
    for name, table in zip(names, tables, strict=True):
        for each in table.headings:
            words = "; ".join(f"{word}: {name}" for word, name in each.choices.items())
            yield Line((name, each.name, each.key, SORTS[each.kind], each.told, words))


def _names(titles: Iterable[str]) -> Iterator[str]:
    """Names that spreadsheets take: short, without their signs, each once."""
    taken = {ABOUT.casefold(), "history"}
    for title in titles:
        plain = " ".join(NOT_IN_NAMES.sub(" ", for_cells(title)).split())[:LONGEST_NAME].strip(" '") or "Table"
        name, number = plain, 1
        while name.casefold() in taken:
            number += 1
            name = part_name(plain, number)
        taken.add(name.casefold())
        yield name
