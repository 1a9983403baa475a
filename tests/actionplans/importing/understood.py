"""A sheet of a few rows, and what is understood of it."""

from collections.abc import Sequence
from datetime import date

from actionplans.importing.tables import Book, Cell, Row, Sheet, Warned
from actionplans.importing.understanding.arranging import arranged
from actionplans.importing.understanding.preview import understand
from actionplans.importing.understanding.shapes import Line, Understood
from actionplans.timescales import Context
from tests.actionplans.importing.corpus.northshire import NORTHSHIRE
from tests.plan_files.examined.examining import reader

PLAN = Context(published_on=date(2015, 3, 31))
HEAD = ("Ref", "Action", "Led by", "Timescale")
CAFE = ("A1", "Open a crisis cafe in the county", "Northshire Police", "March 2016")


def cells(number: int, row: Sequence[str | Cell]) -> tuple[Cell, ...]:
    return tuple(
        each if isinstance(each, Cell) else Cell(f"S!{chr(65 + at)}{number}", each) for at, each in enumerate(row)
    )


def understood(
    *rows: Sequence[str | Cell], answers: dict[str, str] | None = None, warnings: tuple[Warned, ...] = ()
) -> Understood:
    """What is understood of a sheet with these rows."""
    sheet = Sheet("S", tuple(Row(number, cells(number, row)) for number, row in enumerate(rows, 1)))
    return understand(arranged(Book((sheet,), warnings)), NORTHSHIRE, answers or {}, reader(PLAN))


def lines(found: Understood) -> list[Line]:
    return [one.line for one in found.lines]


def asked(found: Understood, kind: str) -> list[str]:
    return [one.text for one in found.questions if one.kind == kind]


def keys(found: Understood, kind: str) -> list[str]:
    return [one.key for one in found.questions if one.kind == kind]
