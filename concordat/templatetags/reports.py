"""What the page of a report shows in each cell."""

from collections.abc import Iterator
from typing import NamedTuple

from django import template

from concordat.reports.formats.texts import for_people
from concordat.reports.shapes import Heading, Table

register = template.Library()


class Cell(NamedTuple):
    """One cell with its column."""

    heading: Heading
    text: str


@register.filter
def cells(table: Table) -> Iterator[list[Cell]]:
    """The rows of a table as people read them."""
    for row in table.rows:
        yield [Cell(heading, for_people(value, heading)) for value, heading in zip(row, table.headings, strict=True)]
