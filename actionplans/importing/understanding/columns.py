"""What each column of a table holds: by its heading, by its cells, and by what the person answered."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from actionplans.importing.tables import Cell
from actionplans.importing.understanding import date_columns, evidence, headings
from actionplans.importing.understanding.answers import Asking, Family, first, key_of
from actionplans.importing.understanding.colours import colours_named
from actionplans.importing.understanding.date_columns import TIMES
from actionplans.importing.understanding.fields import LABELS, SEVERAL, Field
from actionplans.importing.understanding.shapes import Choice, Column, Headed
from actionplans.importing.understanding.words import fold, shortened, spoken, written

CHOICES = tuple(Choice(field.value, label) for field, label in LABELS.items())
# Of a column headed as the first, cells that are the others belie the heading.
CLASHES = {
    Field.LEAD: {Field.TIMESCALE, Field.RAG},
    Field.WORKING_WITH: {Field.TIMESCALE, Field.RAG},
    Field.TIMESCALE: {Field.LEAD, Field.RAG},
    Field.FINISH: {Field.LEAD, Field.RAG},
    Field.RAG: {Field.LEAD, Field.TIMESCALE},
}
WITHOUT_HEADINGS = Family(
    "columns",
    "These columns have no headings. They were taken by what stands in them: {these}. Is that right?",
    (Choice("right", "Yes, all of it"),),
    shown=12,
    picks={"right": first},
)
THEMES, NUMBER = re.compile(r"(?:theme|domain|principle)s?(?: (?:no|number))?"), re.compile(r"[1-5]\.?")
CALENDAR = 3
LONGEST_MARK = 7  # letters: "Support"
SEVERAL_ROWS = 4
# What a column may hold for all that its heading says it is not for the public: nothing of it is shown as written.
UNSHOWN = frozenset({Field.REFERENCE, Field.OWNER, Field.NOTES, Field.SECTION})


class Familiar(NamedTuple):
    """What the partnership knows of the texts in a file: headings of sections, and names of bodies that lead."""

    is_section: Callable[[str], bool]
    names_body: Callable[[str], bool]


def understood(columns: Sequence[Headed], asking: Asking, familiar: Familiar) -> tuple[Column, ...]:
    """The columns of one table. Where a heading says too little, a question is asked and the best guess taken."""
    found = date_columns.days_of_completion([_by_heading(column) for column in columns], columns)
    found = [_doubted(one, headed) for one, headed in zip(found, columns, strict=True)]
    found = date_columns.first_and_later(found, columns)
    found = _perhaps(found, columns, familiar.is_section)
    found = _no_sections(_titles_of_sections(found, columns, familiar.is_section), columns, familiar.is_section)
    found = _owners_lead(found, columns, familiar.names_body)
    found = _once(_latest(_numbered(found, columns)), columns)
    found = _calendar(found, columns)
    found = _bodies_marked(found, columns, familiar.names_body)
    found = _by_cells(found, columns)
    found = [_kept_private(one) for one in _needs_action(found, columns)]
    return tuple(_settled(one, headed, asking) for one, headed in zip(found, columns, strict=True))


def _by_heading(column: Headed) -> Column:
    """The field of the heading; of two lines the lower, both, or the upper, whichever fits best."""
    lower, upper = column.lines[-1] if column.lines else "", column.lines[0] if column.lines else ""
    empty = Column(column.index, column.heading, column.at)
    for heading in (lower, column.heading, upper):
        several = headings.combined(heading)
        if several:
            return replace(empty, fields=several, score=0.9)
        field, score = headings.best(heading)
        if field and score >= headings.PLAIN:
            return replace(empty, fields=(field,), score=score)
    field, score = max((headings.best(one) for one in (column.heading, lower, upper)), key=lambda one: one[1])
    return replace(empty, fields=(field,), score=score) if field and score >= headings.LEAST else empty


def _doubted(column: Column, headed: Headed) -> Column:
    """A column whose cells are quite another thing than its heading says: the person is asked."""
    if len(column.fields) != 1 or evidence.guess(headed.cells) not in CLASHES.get(column.fields[0], ()):
        return column
    return replace(column, score=min(column.score, 0.5))


def _kept_private(column: Column) -> Column:
    """A column headed as not for the public is kept as a note; where it may be public after all, the person says so."""
    if not headings.is_private(column.heading) or UNSHOWN.issuperset(column.fields or (Field.PROGRESS,)):
        return column
    return replace(column, fields=(Field.NOTES,), score=0.5)


def _perhaps(found: list[Column], columns: Sequence[Headed], is_section: Callable[[str], bool]) -> list[Column]:
    """Headings such as "Focus" or "Date" mean their field if no other column does and their cells agree."""
    plain = {field for one in found if one.score >= headings.PLAIN for field in one.fields}
    longest = _longest(columns)
    settled = []
    for one, headed in zip(found, columns, strict=True):
        if one.score != headings.DOUBTFUL or not one.fields:
            settled.append(one)
            continue
        field = one.fields[0]
        agrees = {
            Field.ACTION: headed.index == longest,
            Field.SECTION: _mostly(headed, is_section) or _numbers_themes(headed),
        }.get(field, evidence.guess(headed.cells) == field or field in (Field.OUTCOME, Field.PROGRESS))
        taken = field in plain or (field in TIMES and plain & TIMES)
        if agrees and not taken:
            plain.add(field)
            settled.append(replace(one, score=0.8))
        elif taken or field in (Field.SECTION, Field.OUTCOME):
            settled.append(replace(one, fields=(Field.NOTES,), score=headings.PLAIN))
        else:
            settled.append(one)
    return settled


def _numbers_themes(headed: Headed) -> bool:
    """Whether numbers of sections stand below "Theme" or "Domain", some for several rows; below "Group" may be any."""
    texts = [written(cell) for cell in headed.cells if written(cell)]
    return bool(THEMES.fullmatch(spoken(headed.heading))) and 1 < len(set(texts)) < len(texts) and _count_few(texts)


def _count_few(texts: Sequence[str]) -> bool:
    """Whether they count no further than the national sections do, so that they are no numbers of rows."""
    return all(map(NUMBER.fullmatch, texts))


def _no_sections(found: list[Column], columns: Sequence[Headed], is_section: Callable[[str], bool]) -> list[Column]:
    """A column headed "Concordat standard" that says another thing in every row holds no sections: kept as a note."""
    return [
        replace(one, fields=(Field.NOTES,))
        if one.fields == (Field.SECTION,)
        and _never_repeats(headed)
        and not _mostly(headed, is_section)
        and not _count_few([written(cell) for cell in headed.cells if written(cell)])
        else one
        for one, headed in zip(found, columns, strict=True)
    ]


def _numbered(found: list[Column], columns: Sequence[Headed]) -> list[Column]:
    """Where no column holds the references, one headed "Priority" may, if no number stands there twice: it is asked."""
    if any(one.holds(Field.REFERENCE) for one in found):
        return found
    return [
        replace(one, fields=(Field.REFERENCE,), score=0.5)
        if one.fields == (Field.PRIORITY,) and _never_repeats(headed) and _is_reference(one, columns)
        else one
        for one, headed in zip(found, columns, strict=True)
    ]


def _titles_of_sections(
    found: list[Column], columns: Sequence[Headed], is_section: Callable[[str], bool]
) -> list[Column]:
    """Where no column holds the sections, one of outcomes or notes in which stand titles of national ones does."""
    if any(one.holds(Field.SECTION) for one in found):
        return found
    meant = next(
        (
            one.index
            for one, headed in zip(found, columns, strict=True)
            if one.fields in ((), (Field.OUTCOME,), (Field.NOTES,))
            and evidence.length(headed.cells) >= 2
            and _mostly(headed, is_section)
        ),
        None,
    )
    return [replace(one, fields=(Field.SECTION,), score=0.8) if one.index == meant else one for one in found]


def _never_repeats(headed: Headed) -> bool:
    texts = [fold(written(cell)) for cell in headed.cells if written(cell) and not cell.merged]
    return len(texts) >= SEVERAL_ROWS and len(set(texts)) == len(texts)


def _owners_lead(found: list[Column], columns: Sequence[Headed], names_body: Callable[[str], bool]) -> list[Column]:
    """Where no column says who leads, one headed "Owner" does, if what stands there are bodies and not persons."""
    if any(one.holds(Field.LEAD) for one in found):
        return found
    return [
        replace(one, fields=(Field.LEAD,)) if one.holds(Field.OWNER) and _mostly(headed, names_body) else one
        for one, headed in zip(found, columns, strict=True)
    ]


def _mostly(headed: Headed, fits: Callable[[str], bool]) -> bool:
    texts = [written(cell) for cell in headed.cells if written(cell)][: evidence.SAMPLE]
    return bool(texts) and sum(map(fits, texts)) >= evidence.ENOUGH * len(texts)


def _longest(columns: Sequence[Headed], least: float = 3.01) -> int | None:
    """The column with the longest texts, if these have so many words in the middle."""
    lengths = [(evidence.length(column.cells), column.index) for column in columns]
    most = max(lengths, key=lambda one: (one[0], -one[1]), default=(0.0, None))
    return most[1] if most[0] >= least else None


def _latest(found: list[Column]) -> list[Column]:
    """Of columns such as "RAG Oct 2015" and "RAG Jan 2016", or "Q1 RAG" and "Q2 RAG", the latest holds; notes else."""
    earlier: set[int] = set()
    for field in (Field.RAG, Field.STATUS):
        same = [(headings.moment_of(one.heading), one.index) for one in found if one.fields == (field,)]
        if len(same) > 1 and all(month for month, _ in same) and len({month for month, _ in same}) == len(same):
            earlier |= {index for _, index in sorted(same, key=lambda one: one[0] or (0, 0))[:-1]}
    return [replace(one, fields=(Field.NOTES,)) if one.index in earlier else one for one in found]


def _once(found: list[Column], columns: Sequence[Headed]) -> list[Column]:
    """A field that one column alone may hold stays with the column that fits best; the others fall to their cells."""
    found = date_columns.two_times(found)
    holders: dict[Field, Column] = {}
    for one in sorted(found, key=lambda one: (-one.score, one.index)):
        for field in one.fields:
            if field in SEVERAL:
                continue
            kept = holders.setdefault(field, one)
            if kept is not one and _is_reference(kept, columns) and not _is_reference(one, columns):
                holders[field] = one
    return [_without_what_others_hold(one, holders) for one in found]


def _without_what_others_hold(one: Column, holders: Mapping[Field, Column]) -> Column:
    """A column for several things keeps those that no other column holds; one that keeps none falls to its cells."""
    kept = tuple(field for field in one.fields if field in SEVERAL or holders[field] is one)
    return one if kept == one.fields else replace(one, fields=kept, score=one.score if kept else 0.0)


def _is_reference(column: Column, columns: Sequence[Headed]) -> bool:
    headed = next(one for one in columns if one.index == column.index)
    return evidence.guess(headed.cells) == Field.REFERENCE


def _calendar(found: list[Column], columns: Sequence[Headed]) -> list[Column]:
    """Three columns or more that are headed with times and hold but crosses or bars draw a calendar: kept as notes."""
    drawn = {
        one.index
        for one, headed in zip(found, columns, strict=True)
        if not one.fields and headings.is_dating(one.heading) and all(_is_mark(cell) for cell in headed.cells)
    }
    is_told = any(one.holds(field) for one in found for field in (*TIMES, Field.START, Field.REVISED))
    if len(drawn) < (CALENDAR if is_told else 2):
        return found
    field = Field.NOTES if is_told else Field.MARKED_TIME
    return [replace(one, fields=(field,), score=headings.PLAIN) if one.index in drawn else one for one in found]


def _bodies_marked(found: list[Column], columns: Sequence[Headed], names_body: Callable[[str], bool]) -> list[Column]:
    """Two columns or more that are headed with names of bodies and hold but marks say who leads, or who helps."""
    marked = {
        one.index
        for one, headed in zip(found, columns, strict=True)
        if one.score < headings.PLAIN
        and headed.has_content
        and all(len(written(cell)) <= LONGEST_MARK for cell in headed.cells)
        and not _rates(headed)
        and names_body(one.heading)
    }
    if len(marked) < 2:
        return found
    return [
        replace(one, fields=(Field.MARKED_BODY,), score=headings.PLAIN) if one.index in marked else one for one in found
    ]


def _rates(headed: Headed) -> bool:
    """Whether the marks of a column are colours of a rating: words, or letters of which none can be of another key."""
    marks = {fold(written(cell)) for cell in headed.cells if written(cell)}
    return all(colours_named(mark) for mark in marks)


def _is_mark(cell: Cell) -> bool:
    return len(written(cell)) <= 1 and not colours_named(written(cell))


def _by_cells(found: list[Column], columns: Sequence[Headed]) -> list[Column]:
    """A column whose heading says nothing is what its cells tell, if no other column is that."""
    taken = {field for one in found for field in one.fields}
    settled = []
    for one, headed in zip(found, columns, strict=True):
        guessed = evidence.guess(headed.cells) if not one.fields else None
        if guessed is None or guessed in taken or (guessed == Field.TIMESCALE and taken & TIMES):
            settled.append(one)
            continue
        taken.add(guessed)
        sure = guessed in (Field.REFERENCE, Field.RAG) and not one.heading
        settled.append(replace(one, fields=(guessed,), score=headings.PLAIN if sure else 0.5))
    return settled


def _needs_action(found: list[Column], columns: Sequence[Headed]) -> list[Column]:
    """Where no column is headed as the actions are, the one with the longest texts may be it."""
    if any(one.holds(Field.ACTION) for one in found):
        return found
    open_ones = list(zip(found, columns, strict=True))
    free = [headed for one, headed in open_ones if not one.fields or one.score < headings.PLAIN]
    index = _longest(free)
    if index is None:
        index = _longest([headed for one, headed in open_ones if not one.fields and not one.heading], 2)
    return [replace(one, fields=(Field.ACTION,), score=0.5) if one.index == index else one for one in found]


def _settled(column: Column, headed: Headed, asking: Asking) -> Column:
    """The column as the person corrected it; a question where its heading leaves it open."""
    told_by = _told_by(headed.at, column.heading)
    corrected = asking.corrected("column", told_by, CHOICES)
    if corrected:
        return replace(column, fields=(Field(corrected),), score=1.0)
    if column.score >= headings.PLAIN or not headed.has_content:
        return column
    example = next((written(cell) for cell in headed.cells if written(cell)), "")
    named = f"The column headed “{shortened(column.heading)}”" if column.heading else "A column without a heading"
    text = f"{named} begins with “{shortened(example)}”. What does it hold?"
    family = WITHOUT_HEADINGS if column.fields and not column.heading else None
    meant = ", ".join(LABELS[field] for field in column.fields)
    choices = _likely_first(column)
    asking.ask(
        "column",
        told_by,
        at=headed.at,
        text=text,
        choices=choices,
        family=family,
        subject=f"{shortened(example, 30)}: {meant}",
    )
    return column if column.fields else replace(column, fields=(Field.NOTES,))


def key(column: Column) -> str:
    """The key of the answer by which the person corrects what a column holds."""
    return key_of("column", *_told_by(column.at, column.heading))


def _told_by(at: str, heading: str) -> tuple[str, str]:
    """Its sheet and its heading, in a document its heading alone; a column without a heading is told by its place."""
    return (at.partition("!")[0] if "!" in at or not heading else "", heading or at)


def _likely_first(column: Column) -> tuple[Choice, ...]:
    return tuple(sorted(CHOICES, key=lambda choice: choice.value not in column.fields))
