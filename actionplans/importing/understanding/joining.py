"""Tables without actions of their own that tell more of those of another one, by their numbers."""

from collections import Counter
from collections.abc import Sequence

from actionplans.importing.tables import Row
from actionplans.importing.understanding import headings, references
from actionplans.importing.understanding.answers import Asking
from actionplans.importing.understanding.fields import Field
from actionplans.importing.understanding.headers import Table
from actionplans.importing.understanding.rows import What, texts_of
from actionplans.importing.understanding.shapes import Column, Fate
from actionplans.importing.understanding.told_elsewhere import Told
from actionplans.importing.understanding.walking import Walk, reference_in
from actionplans.importing.understanding.words import vocabulary, words, written

ENOUGH = 0.8  # so many of its numbers must be those of actions
# What a table is about that numbers something else than actions.
OF_ITS_OWN = vocabulary(
    "risk risks issue issues decision decisions indicator indicators member members meeting objective"
)
RISKS = vocabulary("risk risks")
NOT_THERE = "“{reference}” is the number of no action in this file, so what stands beside it is kept as a note."


def further(tables: Sequence[Table]) -> list[Table]:
    """The tables that tell more of the actions of others: without actions, with numbers that stand there once."""
    there = Counter(
        references.comparable(written(row.cells[column.index]))
        for table in tables
        if _has_actions(table)
        for column in table.of(Field.REFERENCE)
        for row in table.body
        if column.index < len(row.cells) and written(row.cells[column.index])
    )
    return [table for table in tables if table.header and not _has_actions(table) and _tells_of(table, there)]


def _has_actions(table: Table) -> bool:
    return any(column.score >= headings.PLAIN for column in table.of(Field.ACTION))


def _tells_of(table: Table, there: Counter[str]) -> bool:
    column = next(iter(table.of(Field.REFERENCE)), None)
    if (
        column is None
        or len(table.columns) < 2
        or any(OF_ITS_OWN.intersection(words(one.heading)) for one in table.columns)
    ):
        return False
    named = [reference for row in table.body if (reference := _reference(row, column))]
    known = [reference for reference in named if there[reference] == 1]
    return bool(named) and len(set(known)) == len(known) >= ENOUGH * len(named)


def _reference(row: Row, column: Column) -> str:
    return references.comparable(written(row.cells[column.index])) if column.index < len(row.cells) else ""


def of_risks(tables: Sequence[Table]) -> list[Table]:
    """The tables that list risks, beside others that hold actions."""
    if not any(map(_has_actions, tables)):
        return []
    return [
        table
        for table in tables
        if table.header
        and not _has_actions(table)
        and any(RISKS.intersection(words(one.heading)) for one in table.columns)
    ]


def keep_as_notes(walked: Walk, tables: Sequence[Table], asking: Asking) -> None:
    """Keep the rows of these tables as notes, and say so."""
    for table in tables:
        at = next((cell.at for row in table.header for cell in row.cells if written(cell)), table.sheet.name)
        asking.warn(at, f"“{table.sheet.name}” lists risks and no actions here: its rows are kept as notes.")
        fates = [(row, What.NOTE) for row in (*table.before, *table.body)] + [
            (row, What.HEADER) for row in table.header
        ]
        walked.fates.extend(Fate(table.sheet.name, row.number, what.value) for row, what in fates if texts_of(row))


def join(walked: Walk, tables: Sequence[Table], asking: Asking) -> None:
    """Let the actions know what these tables say of them; every row of theirs gets its fate."""
    if not tables:
        return
    by_reference = {
        references.comparable(reference): draft for draft in walked.drafts if (reference := reference_in(draft))
    }
    for table in tables:
        column = table.of(Field.REFERENCE)[0]
        fates = [(row, What.NOTE) for row in table.before] + [(row, What.HEADER) for row in table.header]
        for row in table.body:
            draft = by_reference.get(_reference(row, column))
            if draft:
                draft.told.extend(_told(row, table, column))
            elif _reference(row, column):
                asking.warn(row.cells[column.index].at, NOT_THERE.format(reference=written(row.cells[column.index])))
            fates.append((row, What.PART if draft else What.NOTE))
        walked.fates.extend(Fate(table.sheet.name, row.number, what.value) for row, what in fates if texts_of(row))


def _told(row: Row, table: Table, reference: Column) -> list[Told]:
    return [
        Told(field, column.heading, row.cells[column.index])
        for column in table.columns
        if column is not reference and column.index < len(row.cells)
        for field in column.fields
        if written(row.cells[column.index]) or row.cells[column.index].fill
    ]
