"""Rows of other plans in a file of our own: the report “tracker” of a partnership with several plans, or another."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from actionplans.importing.tables import Row
from actionplans.importing.understanding.answers import Asking
from actionplans.importing.understanding.fields import PARTNERSHIP, PLAN
from actionplans.importing.understanding.headers import Table
from actionplans.importing.understanding.rows import What
from actionplans.importing.understanding.shapes import Choice, Fate, Known
from actionplans.importing.understanding.words import fold, shortened, written

LEFT_OUT = "These are rows of other plans too ({others}). Only those of “{plan}” were taken over."
ANOTHER = "The rows of this file are of another plan: {others}. Is that “{plan}” under another name?"
CHOICES = (Choice("same", "Yes: take them over"), Choice("none", "No: take over none of them"))


class Named(NamedTuple):
    """A row with the plan and the partnership that it names; None where no column is for that."""

    row: Row
    plan: str
    partnership: str | None

    @property
    def others(self) -> str:
        """Whose plan it is, for a person."""
        plan = f"“{shortened(self.plan)}”" if self.plan else "none"
        return f"{plan} of {shortened(self.partnership)}" if self.partnership else plan

    def is_of(self, known: Known) -> bool:
        """Whether it names that plan, and no other partnership than its own."""
        theirs = bool(self.partnership and known.partnership and fold(self.partnership) != fold(known.partnership))
        return fold(self.plan) == fold(known.plan) and not theirs


def of_this_plan(tables: Sequence[Table], known: Known, asking: Asking) -> tuple[list[Table], list[Fate]]:
    """The tables with the rows of that plan alone, and what becomes of the others: notes.

    Where a table names other plans only, the person is asked: the plan may have had another title.
    """
    found, fates = [], []
    for table in tables:
        rows = _named(table)
        others = [one for one in rows if not one.is_of(known)]
        if not others or not known.plan or _are_taken(rows, others, known, asking):
            found.append(table)
            continue
        fates += [Fate(table.sheet.name, one.row.number, What.NOTE.value) for one in others]
        gone = {one.row.number for one in others}
        found.append(replace(table, body=tuple(row for row in table.body if row.number not in gone)))
    return found, fates


def _are_taken(rows: Sequence[Named], others: Sequence[Named], known: Known, asking: Asking) -> bool:
    """Whether rows of other plans are taken over all the same: where there are no others, if the person says so."""
    at, is_ours = rows[0].row.cells[0].at, len(others) < len(rows)
    if is_ours:
        titles = {(shortened(one.plan) or "none") if one.plan != known.plan else one.others for one in others}
        asking.warn(at, LEFT_OUT.format(others=", ".join(sorted(titles)), plan=known.plan))
        return False
    told = ", ".join(sorted({one.others for one in others}))
    text = ANOTHER.format(others=told, plan=known.plan)
    return asking.ask("plan", (known.plan, told), at=at, text=text, choices=CHOICES) != "none"


def _named(table: Table) -> list[Named]:
    """The rows of a table with a column for the plan."""
    plan = next((column.index for column in table.columns if column.heading in PLAN), None)
    whose = next((column.index for column in table.columns if column.heading in PARTNERSHIP), None)
    if plan is None:
        return []
    return [Named(row, _at(row, plan) or "", _at(row, whose)) for row in table.body]


def _at(row: Row, index: int | None) -> str | None:
    if index is None:
        return None
    return written(row.cells[index]) if index < len(row.cells) else ""
