"""What is said of an action elsewhere than in a column for it: by a heading above it, by a mark, in another table."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from actionplans.importing.tables import Cell
from actionplans.importing.understanding.date_columns import TIMES
from actionplans.importing.understanding.evidence import is_time, labelled
from actionplans.importing.understanding.fields import Field
from actionplans.importing.understanding.headers import Table
from actionplans.importing.understanding.shapes import Column, Known
from actionplans.importing.understanding.words import fold, spoken, words, written

LONGEST = 10  # words of a heading that names a body or says when
LEADING = re.compile(r"l|lead|leads|led|led by|owner|l/s")
AROUND_BODY = re.compile(
    r"^(?:actions? (?:for|by|of|led by) )?(?:the )?|(?:[ -]led)? (?:actions?|action plan|tasks|plan)$"
)
KINDS = frozenset(
    """
    police|council|county council|local authority|ccg|ambulance service|ambulance trust|mental health trust|acute trust|
    healthwatch|all partners|all agencies|british transport police
    """.replace("\n    ", "").split("|")
)
AROUND_TIME = re.compile(
    r"\b(?:short|medium|long|longer|term|by|before|until|within|the|end|of|in|for|to|from|due|actions?|priorities|phase"
    r"|immediate(?:ly)?|ongoing|year|quarter|months?|weeks?|years?|delivery|deliver|completion|completed?|be|q[1-4]|and"
    r"|spring|summer|autumn|winter|jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|july?|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*"
    r"|\d{1,4}(?:st|nd|rd|th)?|one|two|three|six|twelve)\b"
)
WHEN = frozenset({*TIMES, Field.START, Field.MARKED_TIME})
WHO = frozenset({Field.LEAD, Field.MARKED_BODY})


@dataclass(frozen=True, slots=True)
class Told:
    """One field of an action, with the heading under which it stands."""

    field: Field
    heading: str
    cell: Cell


def heads_with(known: Known) -> Callable[[str], str]:
    """Tells the body that a heading names and nothing else ("Westmarch Police actions"); empty for other headings."""
    bodies = {spoken(name) for one in known.organisations for name in (one.name, *one.other_names)}

    def named(text: str) -> str:
        bare = AROUND_BODY.sub("", fold(text)).strip(" :-")
        return bare if spoken(bare) in bodies or spoken(bare) in KINDS else ""

    return named


def by_heading(text: str, at: str, table: Table, body_in: Callable[[str], str]) -> tuple[Told, ...]:
    """What a heading says of the actions below it, where their table has no column for that: who leads, or when."""
    if not table.of(Field.ACTION) or len(words(text)) > LONGEST:
        return ()
    if not any(map(table.of, WHO)) and (body := body_in(text)):
        return (Told(Field.LEAD, "", Cell(at, body)),)
    if not any(map(table.of, WHEN)) and is_time(text) and not AROUND_TIME.sub("", fold(text)).strip(" ():;,.-/"):
        return (Told(Field.TIMESCALE, "", Cell(at, text)),)
    return ()


BY_LABEL = frozenset(
    {Field.LEAD, Field.WORKING_WITH, Field.TIMESCALE, Field.FINISH, Field.OUTCOME, Field.MEASURE, Field.PROGRESS}
)


def by_labels(cell: Cell, table: Table) -> tuple[Told, ...]:
    """What a cell says that is worded as a form, of what its table has no columns for; nothing where it has one."""
    told = labelled(written(cell))
    fields = {field for field, _ in told}
    if not fields or not fields <= BY_LABEL or any(map(table.of, fields)):
        return ()
    return tuple(Told(field, "", Cell(cell.at, said)) for field, said in told)


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
