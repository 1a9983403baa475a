"""The cells of one action, by what they hold."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from actionplans.importing.tables import Cell
from actionplans.importing.understanding.answers import Asking
from actionplans.importing.understanding.colours import colour_of
from actionplans.importing.understanding.fields import Field
from actionplans.importing.understanding.shapes import Column, Progress
from actionplans.importing.understanding.told_elsewhere import Told, by_labels, by_marks
from actionplans.importing.understanding.walking import Draft
from actionplans.importing.understanding.words import fold, shortened, unstruck, written

# Columns in which a ditto mark stands for what the row above says.
AS_ABOVE = frozenset({Field.LEAD, Field.WORKING_WITH, Field.OWNER, Field.TIMESCALE, Field.FOOTPRINT, Field.SECTION})
DITTO = re.compile(
    r"""["”“″〃'′]{1,2}|,,|-+\s*(?:["”“″〃]|['′]{2})\s*-+|(?:ditto|do\.|as above|same as above|same|see above)\.?"""
)
TIMES = (Field.TIMESCALE, Field.REVISED, Field.START, Field.FINISH, Field.COMPLETED)
MARKED = {Field.MARKED_TIME: Field.TIMESCALE, Field.MARKED_BODY: Field.LEAD}
TELLING_FILL = frozenset({"red", "amber", "green"})


class Cells:
    """The cells of one action by field, in the order of its rows."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self._found: dict[Field, list[Cell]] = {}
        self._above: dict[int, list[Cell]] = {}  # by column, what its ditto mark stands for

    def column(self, field: Field) -> Column | None:
        return next(iter(self.draft.table.of(field)), None)

    def of(self, field: Field) -> list[Cell]:
        if field not in self._found:
            own = [cell for column in self.draft.table.of(field) for cell in self.within(column)]
            self._found[field] = own or [one.cell for one in self.elsewhere(field)]
        return self._found[field]

    def elsewhere(self, field: Field) -> list[Told]:
        """What is said of a field by headings above the action, by marks, by its own lines, or in another table."""
        return [one for one in self._said_elsewhere if one.field == field]

    @cached_property
    def _said_elsewhere(self) -> list[Told]:
        return [*self.draft.told, *by_marks(self.draft.table, self.within), *self._in_its_lines()]

    def _in_its_lines(self) -> list[Told]:
        """What the later lines of the action itself say, worded as a form: "Lead: WCC"."""
        own = [cell for column in self.draft.table.of(Field.ACTION) for cell in self.within(column)]
        cells = [cell for cell in own if ":" in cell.text and "\n" in cell.text]
        later = [replace(cell, text=line) for cell in cells for line in cell.text.split("\n")[1:]]
        return [told for line in later for told in by_labels(line, self.draft.table)]

    @property
    def fields(self) -> frozenset[str]:
        """The fields of which the file says something, be it that they are empty."""
        columns = (field for column in self.draft.table.columns for field in column.fields)
        return frozenset(
            MARKED.get(field, field).value for field in (*columns, *(one.field for one in self._said_elsewhere))
        )

    def take_from(self, above: "Cells | None", asking: Asking) -> None:
        """Let ditto marks stand for what the row above says in the same column of its table.

        An empty cell in a column of sections stands for the one above too, unless a heading stands between, or the
        table is as we wrote it.
        """
        table = self.draft.table
        if above and above.draft.table is table and above.draft.place == self.draft.place and not table.is_our_own:
            for column in self.draft.table.of(Field.SECTION):
                if not self.within(column):
                    self._above[column.index] = above.within(column)
        for field in AS_ABOVE:
            for column in self.draft.table.of(field):
                marks = [cell for cell in self.within(column) if DITTO.fullmatch(fold(written(cell)))]
                if not marks or len(marks) < len(self.within(column)):
                    continue
                meant = above.within(column) if above and above.draft.table is self.draft.table else []
                self._above[column.index] = [replace(cell, at=marks[0].at) for cell in meant]
                said = shortened(" ".join(map(unstruck, meant))) or "nothing, since nothing stands above it"
                asking.warn(marks[0].at, f"“{written(marks[0])}” is read as what stands above it: {said}.")

    def within(self, column: Column) -> list[Cell]:
        """The cells of a column; the one above that a merged cell of the first row repeats."""
        if column.index in self._above:
            return self._above[column.index]
        found = [piece.cells[column.index] for piece in self.draft.pieces if column.index in piece.cells]
        told = [cell for cell in found if written(cell)]
        repeated = self.draft.pieces[0].repeated.get(column.index)
        return told or ([repeated] if repeated and not column.holds(Field.ACTION) else [])

    def filled(self, field: Field) -> list[Cell]:
        """The cells of a field with a text or a background."""
        columns = self.draft.table.of(field)
        return [
            piece.cells[one.index] for one in columns for piece in self.draft.pieces if one.index in piece.cells
        ] or self.of(field)

    def coloured(self) -> list[Cell]:
        """Cells of the first row with a background that may be a rating, where no column is for ratings."""
        fields = (Field.STATUS, Field.REFERENCE, Field.TIMESCALE, Field.PROGRESS, Field.ACTION)
        first = self.draft.pieces[0]
        found = [
            first.cells[one.index] for field in fields for one in self.draft.table.of(field) if one.index in first.cells
        ]
        return [cell for cell in found if colour_of(cell.fill) in TELLING_FILL][:1]

    def at(self, field: Field) -> str:
        """Where a field stands: its first cell, or else that of the action."""
        return next((cell.at for cell in self.of(field)), self.draft.at)

    def texts(self, field: Field) -> list[str]:
        return [unstruck(cell) for cell in self.of(field)]

    def text(self, field: Field) -> str:
        """All that a field says, one cell a line; of several columns each with its heading."""
        columns = [column for column in self.draft.table.of(field) if self.within(column)]
        if len(columns) < 2:
            return "\n".join(self.texts(field))
        return "\n".join(
            f"{one.heading}: " * bool(one.heading) + "\n".join(map(unstruck, self.within(one))) for one in columns
        )

    def headed(self, field: Field) -> tuple[Progress, ...]:
        found = [(one.heading, "\n".join(map(unstruck, self.within(one)))) for one in self.draft.table.of(field)]
        found += [(one.heading, unstruck(one.cell)) for one in self.elsewhere(field)]
        return tuple(Progress(heading, text) for heading, text in found if text)

    def raw(self) -> tuple[tuple[str, str], ...]:
        """Every cell of its rows with something in it, under the heading of its column."""
        headings = {column.index: column.heading for column in self.draft.table.columns}
        own = (
            (headings.get(at, ""), written(cell))
            for piece in self.draft.pieces
            for at, cell in sorted({**piece.repeated, **piece.cells}.items())
            if written(cell)
        )
        return (*own, *((one.heading, written(one.cell)) for one in self.draft.told if written(one.cell)))


def cells_of(drafts: Sequence[Draft], asking: Asking) -> list[Cells]:
    """The cells of each action, ditto marks settled."""
    found: list[Cells] = []
    for draft in drafts:
        cells = Cells(draft)
        cells.take_from(found[-1] if found else None, asking)
        found.append(cells)
    return found


def times_of(actions: Iterable[Cells]) -> dict[tuple[str, str], list[Cell]]:
    """The cells of each column of times, by its sheet and its heading."""
    found: dict[tuple[str, str], list[Cell]] = {}
    for cells in actions:
        columns = {column.index: column for field in TIMES for column in cells.draft.table.of(field)}
        for column in columns.values():
            told = (cells.draft.table.sheet.name, column.heading or column.at)
            found.setdefault(told, []).extend(cells.within(column))
    return found
