"""A table as lines of text (CSV, RFC 4180): UTF-8, the column keys first, then its rows, as they come."""

import csv
from collections.abc import Iterator

from concordat.reports.formats.texts import for_programs
from concordat.reports.shapes import Table

BOM = "\ufeff"  # by which spreadsheets know UTF-8
AT_ONCE = 500  # rows to a piece


class _Held:
    """What csv writes to: it gives back what it was given."""

    def write(self, text: str) -> str:
        return text


def pieces(table: Table, *, bom: bool = False) -> Iterator[bytes]:
    """The table piece by piece; never more than some hundred rows are held."""
    writer = csv.writer(_Held())
    lines = [BOM if bom else "", writer.writerow([heading.key for heading in table.headings])]
    for row in table.rows:
        lines.append(writer.writerow([for_programs(value) for value in row]))
        if len(lines) >= AT_ONCE:
            yield "".join(lines).encode()
            lines = []
    yield "".join(lines).encode()
