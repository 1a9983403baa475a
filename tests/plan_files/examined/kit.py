"""How the examined plan files are written down: each cell beside what a careful coordinator would make of it.

A plan is a few lines of text, one action a line, cells parted by "|". A cell is what the file says; after "=>" stands
what a careful person reads there. Where nothing is said after it, the phrase is looked up in `phrases.py`.

    # B | B. Urgent and emergency access          a section: what it means nationally, and how the plan words it
    1.1 | @group | March 2015 | CCG/Police | G => completed

`@group` is an action of `phrases.ACTIONS`, "\\n" a line break, "d:2015-03-31" a date cell (";mmm-yy" how it is shown).

Readings of a timescale: an ISO day (the last day), "every 12" (months; no due date), "none", "ask", with "or" between
readings that careful people could differ about. Leads: the organisations ("ccg+police"), "all", "text" (a body that is
none of the known organisations), "none". Status: the product's words, "ask" where only the plan's key would tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from tests.plan_files.examined import phrases

Cell = str | date | None


@dataclass(frozen=True)
class Row:
    """One action as the file says it, and as it should be read."""

    section: str
    heading: str
    written: dict[str, str]
    expected: dict[str, str]

    def cell(self, column: str) -> Cell:
        """What the file's cell holds: a day where the line says "d:"."""
        text = self.written.get(column, "")
        if not text.startswith("d:"):
            return text or None
        return date.fromisoformat(text[2:12])

    def shown_as(self, column: str) -> str | None:
        """The number format of a date cell that has one of its own."""
        text = self.written.get(column, "")
        return text.partition(";")[2] or None if text.startswith("d:") else None


@dataclass(frozen=True)
class Examined:
    """A plan file: what it is called, what it holds, and what should come out."""

    name: str
    content: bytes
    rows: tuple[Row, ...]
    published: date | None = date(2015, 3, 31)
    people: tuple[str, ...] = ()
    """Persons' names that may not appear in public text."""
    clean: bool = True
    """Whether a coordinator would call it a tidy plan: few questions may be asked of those."""
    pasted: bool = False

    def __str__(self) -> str:
        return self.name


@dataclass
class Plans:
    """The examined plans of one family."""

    made: list[Callable[[], Examined]] = field(default_factory=list)

    def plan(
        self,
        name: str,
        *,
        published: date | None = date(2015, 3, 31),
        people: Iterable[str] = (),
        clean: bool = True,
        pasted: bool = False,
    ) -> Callable[[Callable[[], tuple[bytes, list[Row]]]], Callable[[], Examined]]:
        """Register a function that makes a file and says its rows."""

        def register(make: Callable[[], tuple[bytes, list[Row]]]) -> Callable[[], Examined]:
            def examined() -> Examined:
                content, rows = make()
                return Examined(name, content, tuple(rows), published, tuple(people), clean, pasted)

            self.made.append(examined)
            return examined

        return register


def rows(columns: str, lines: str, *, section: str = "-") -> list[Row]:
    """The rows of a plan from its lines. `columns` names the cells in order: ref action time lead status …"""
    names, found, heading = columns.split(), [], ""
    for line in lines.strip().splitlines():
        if line.lstrip().startswith("# "):
            section, heading = (part.strip() for part in line.lstrip()[2:].split("|"))
            continue
        cells = [part.strip() for part in line.split("|")]
        found.append(_row(section, heading, dict(zip(names, cells, strict=False))))
    return found


def _row(section: str, heading: str, cells: dict[str, str]) -> Row:
    written, expected = {}, {}
    action = cells.get("action", "").partition(" => ")[0].removeprefix("@")
    if "outcome" not in cells and action in phrases.ACTIONS:
        cells["outcome"] = phrases.ACTIONS[action][1]
    for name, cell in cells.items():
        text, _, reading = (part.strip() for part in f" {cell} ".partition(" => "))
        text = phrases.ACTIONS[text[1:]][0] if text.startswith("@") else text.replace("\\n", "\n")
        written[name] = text
        expected[name] = reading or phrases.reading(name, text)
    return Row(expected.pop("section", section), heading, written, expected)


def grid(rows: Iterable[Row], columns: str) -> list[list[Cell]]:
    """The rows as lines of a table, in this order of columns."""
    return [[row.cell(column) for column in columns.split()] for row in rows]


def with_headings(rows: Iterable[Row], columns: str, header: list[str] | None = None) -> list[list[Cell]]:
    """The rows below a line for each section; below each of these the header, if it is given."""
    lines: list[list[Cell]] = []
    heading = ""
    for row in rows:
        if row.heading != heading:
            heading = row.heading
            lines.append([heading, *[None] * (len(columns.split()) - 1)])
            if header:
                lines.append([*header])
        lines += grid([row], columns)
    return lines


def by_section(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """The rows of each heading, in the plan's order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.heading, []).append(row)
    return found
