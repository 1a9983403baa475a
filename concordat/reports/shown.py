"""A report's answer as a page shows it: each table with its pictures, page by page, each cell in words. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from concordat.palette import LENSES, NONE
from concordat.reports.formats.texts import for_people, lens_of
from concordat.reports.shapes import Answer, Heading, Kind, Picture, Table, Value

PER_PAGE = 200  # rows of a table: all areas of England fit on one page
WIDE = 8  # columns that a screen has room for side by side
TEXTS = 4  # columns of texts beside numbers, of a table that is narrow for all its columns
NARROW, SHORT = 5, 12  # columns and rows of a table that has room beside its picture


class Cell(NamedTuple):
    """One cell with its column. `status`: the value, where it is the status of an area or a plan."""

    heading: Heading
    text: str
    status: str = ""

    @property
    def is_long(self) -> bool:
        return self.heading.kind is Kind.LONG_TEXT

    @property
    def is_mark(self) -> bool:
        """Whether it is the number by which people know an action: shorter than a name."""
        return self.heading.names and not self.is_long


class Row(NamedTuple):
    """One row: its cells in the order of the columns, which of them names it, and the page of what it is about."""

    cells: list[Cell]
    named_by: int
    address: str = ""


@dataclass(frozen=True)
class Part:
    """One table of an answer, a page of it, with the pictures that show the same numbers."""

    table: Table
    pictures: tuple[Picture, ...]
    rows: list[Row]
    number: int = 1  # of the page
    has_more: bool = False
    total: int | None = None  # rows in all, where that is known

    @property
    def name(self) -> str:
        """By what the address names the page."""
        return page_name(self.table)

    @property
    def is_wide(self) -> bool:
        return len(self.table.headings) > WIDE

    @property
    def is_of_numbers(self) -> bool:
        """Whether nearly all of it are numbers: its columns are then as narrow as their headings allow."""
        texts = [heading for heading in self.table.headings if not heading.is_numeric]
        return self.is_wide and len(texts) <= TEXTS and all(each.kind is not Kind.LONG_TEXT for each in texts)

    @property
    def is_across(self) -> bool:
        """Whether it may need more room than a screen has: a column of sentences takes that of two."""
        return sum(1 + (heading.kind is Kind.LONG_TEXT) for heading in self.table.headings) > WIDE

    @property
    def is_small(self) -> bool:
        """Whether it has one picture, and room beside it."""
        return len(self.pictures) == 1 and len(self.table.headings) <= NARROW and len(self.rows) <= SHORT

    @property
    def has_pages(self) -> bool:
        return self.number > 1 or self.has_more

    @property
    def which(self) -> str:
        """Which rows are shown: “Rows 201 to 400 of 1,234.”"""
        first = (self.number - 1) * PER_PAGE + 1
        of = f" of {self.total:,}" if self.total is not None else ""
        return f"Rows {first:,} to {first + len(self.rows) - 1:,}{of}."


def page_name(table: Table) -> str:
    """The name in an address of the page of that table: `areas-page`."""
    return f"{table.key}-page"


def parts(answer: Answer, asked: Mapping[str, Any]) -> list[Part]:
    """Every table with its pictures; of each the page asked for, or the first where that makes no sense."""
    return [_part(answer, table, _number(asked.get(page_name(table)))) for table in answer.tables]


def alone(answer: Answer) -> list[Picture]:
    """The pictures whose numbers are in none of the tables."""
    keys = {table.key for table in answer.tables}
    return [picture for picture in answer.pictures if picture.table not in keys]


def _part(answer: Answer, table: Table, number: int) -> Part:
    pictures = tuple(picture for picture in answer.pictures if picture.table == table.key)
    total = len(table.rows) if isinstance(table.rows, Sequence) else None
    if total is not None:
        number = min(number, max(1, -(-total // PER_PAGE)))
    first = (number - 1) * PER_PAGE
    rows = list(islice(iter(table.rows), first, first + PER_PAGE + 1))
    shown = replace(table, rows=rows[:PER_PAGE])
    return Part(shown.for_people, pictures, list(_rows(shown, answer.on)), number, len(rows) > PER_PAGE, total)


def _number(text: Any) -> int:
    text = str(text or "")
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 7 else 1


def _rows(table: Table, on: date) -> Iterator[Row]:
    """The rows of the table as people see them; their addresses are made of what is for programs."""
    people = table.for_people
    lenses = [lens_of(heading) for heading in people.headings]
    for whole, row in zip(table.rows, people.rows, strict=True):
        told = zip(row, people.headings, lenses, strict=True)
        cells = [_cell(value, heading, lens) for value, heading, lens in told]
        yield Row(cells, people.name_of(row), _address(table, whole, on))


def _address(table: Table, row: Sequence[Value], on: date) -> str:
    """The public page of the area that the row is about, on that day; empty for a row about anything else."""
    keys = [heading.key for heading in table.headings]
    is_of_area = "slug" in keys and "region" in keys and keys[table.named_by] == "name"
    return f"/areas/{row[keys.index('slug')]}/?on={on.isoformat()}" if is_of_area else ""


def _cell(value: Value, heading: Heading, lens: str) -> Cell:
    standing = NONE if value is None and heading.none else value
    status = standing if lens and isinstance(standing, str) and standing in LENSES[lens] else ""
    return Cell(heading, for_people(value, heading), status)
