"""What is said of an action elsewhere than in a column for it: by a heading above it, by a mark, in another table."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from actionplans.importing.tables import Cell
from actionplans.importing.understanding.columns import TIMES, Column
from actionplans.importing.understanding.evidence import is_time
from actionplans.importing.understanding.fields import Field
from actionplans.importing.understanding.headers import Table
from actionplans.importing.understanding.rows import TITLE
from actionplans.importing.understanding.words import fold, words, written

LONGEST = 10  # words of a heading that names a body or says when
LEADING = re.compile(r"l|lead|leads|led|led by|owner|a|r|l/s")
WHEN = frozenset({*TIMES, Field.START, Field.MARKED_TIME})
WHO = frozenset({Field.LEAD, Field.MARKED_BODY})


@dataclass(frozen=True, slots=True)
class Told:
    """One field of an action, with the heading under which it stands."""

    field: Field
    heading: str
    cell: Cell


def by_heading(text: str, at: str, table: Table, names_body: Callable[[str], bool]) -> tuple[Told, ...]:
    """What a heading says of the actions below it, where their table has no column for that: who leads, or when."""
    if not table.of(Field.ACTION) or len(words(text)) > LONGEST:
        return ()
    if not any(map(table.of, WHO)) and names_body(text):
        return (Told(Field.LEAD, "", Cell(at, text)),)
    if not any(map(table.of, WHEN)) and is_time(text) and not TITLE.search(_undated(text)):
        return (Told(Field.TIMESCALE, "", Cell(at, text)),)
    return ()


def _undated(text: str) -> str:
    return re.sub(r"\b20\d\d\b", "", fold(text))


def by_marks(table: Table, cells: Callable[[Column], Sequence[Cell]]) -> Iterable[Told]:
    """What marks in a row say: when, below headings of times; who leads and who helps, below names of bodies."""
    times = [(column, cell) for column in table.of(Field.MARKED_TIME) for cell in cells(column) if written(cell)]
    if times:
        headings = list(dict.fromkeys(column.heading for column, _ in times))
        ends = headings if len(headings) < 2 else [headings[0], headings[-1]]
        yield Told(Field.TIMESCALE, "", Cell(times[0][1].at, " to ".join(ends)))
    bodies = [
        (column.heading, cell) for column in table.of(Field.MARKED_BODY) for cell in cells(column) if written(cell)
    ]
    if not bodies:
        return
    leading = [heading for heading, cell in bodies if LEADING.fullmatch(fold(written(cell)))]
    helping = [heading for heading, _ in bodies if heading not in leading]
    only_crosses = not leading and not table.of(Field.LEAD)
    at = bodies[0][1].at
    if leading or only_crosses:
        yield Told(Field.LEAD, "", Cell(at, ", ".join(leading or helping)))
    if helping and not only_crosses:
        yield Told(Field.WORKING_WITH, "", Cell(at, ", ".join(helping)))
