"""Rows of other plans in a file of our own: the report “tracker” of a partnership that has several plans."""

from collections.abc import Sequence
from dataclasses import replace

from actionplans.importing.tables import Row
from actionplans.importing.understanding.answers import Asking
from actionplans.importing.understanding.fields import PLAN
from actionplans.importing.understanding.headers import Table
from actionplans.importing.understanding.rows import What
from actionplans.importing.understanding.shapes import Fate
from actionplans.importing.understanding.words import fold, shortened, written

LEFT_OUT = "These are rows of other plans too ({others}). Only those of “{plan}” were taken over."


def of_this_plan(tables: Sequence[Table], plan: str, asking: Asking) -> tuple[list[Table], list[Fate]]:
    """The tables with the rows of that plan (its title) alone, and what becomes of the others: notes.

    A table that does not name the plan stays as it is: the plan may have had another title.
    """
    found, fates = [], []
    for table in tables:
        rows = _with_titles(table)
        others = {title for _, title in rows if fold(title) != fold(plan)}
        if not others or len(others) == len({title for _, title in rows}):
            found.append(table)
            continue
        fates += [Fate(table.sheet.name, row.number, What.NOTE.value) for row, title in rows if title in others]
        told = ", ".join(sorted(shortened(title) or "none" for title in others))
        asking.warn(rows[0][0].cells[0].at, LEFT_OUT.format(others=told, plan=plan))
        found.append(replace(table, body=tuple(row for row, title in rows if title not in others)))
    return found, fates


def _with_titles(table: Table) -> list[tuple[Row, str]]:
    """Each row with the plan that it names; nothing where no column is for that."""
    at = next((column.index for column in table.columns if column.heading in PLAN), None)
    if at is None:
        return []
    return [(row, written(row.cells[at]) if at < len(row.cells) else "") for row in table.body]
