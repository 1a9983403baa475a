"""A table as lines of text (CSV, RFC 4180): UTF-8, the column keys first, then its rows, as they come."""

import csv
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import islice

from concordat.kernel.inert import inert
from concordat.reports.formats.texts import for_people, for_programs
from concordat.reports.shapes import Heading, Table, Value

BOM = "\ufeff"  # by which spreadsheets know UTF-8
AT_ONCE = 500  # rows to a piece
PLAIN = frozenset({int, float, date, type(None)})  # csv writes them as they must be


class _Held:
    """What csv writes to: it keeps what it was given until it is taken."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.write = self.lines.append

    def taken(self) -> bytes:
        text = "".join(self.lines)
        self.lines.clear()
        return text.encode(errors="replace")  # half a sign of UTF-16 is no text


def pieces(table: Table, *, bom: bool = False, in_words: bool = False) -> Iterator[bytes]:
    """The table piece by piece; never more than some hundred rows are held.

    `in_words`: its columns by their names, and days and choices as people read them.
    """
    held = _Held()
    writer = csv.writer(held)
    held.write(BOM if bom else "")
    writer.writerow([heading.name if in_words else heading.key for heading in table.headings])
    rows = iter(table.rows)
    cells = _by_people(table.headings) if in_words else _by_programs
    while some := list(islice(rows, AT_ONCE)):
        writer.writerows(map(cells, some))
        yield held.taken()
    if held.lines:
        yield held.taken()


def _by_programs(row: Sequence[Value]) -> list[object]:
    """As `for_programs` has it, quickly: most cells are plain texts."""
    return [
        value if value.__class__ in PLAIN else inert(value) if isinstance(value, str) else for_programs(value)
        for value in row
    ]


def _by_people(headings: Sequence[Heading]) -> Callable[[Sequence[Value]], list[object]]:
    return lambda row: [inert(for_people(value, each)) for value, each in zip(row, headings, strict=True)]
