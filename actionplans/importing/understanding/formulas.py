"""Formulas without a result in the rows of actions: what they say is unknown, and is never taken for nothing."""

import re
from collections.abc import Iterable

from actionplans.importing.tables import WITHOUT_RESULT, Warned
from actionplans.importing.understanding.answers import Asking
from actionplans.importing.understanding.shapes import Choice, Line

PLACE = re.compile(r"(.*)![A-Z]+(\d+)", re.DOTALL)
TEXT = (
    "Formulas in the rows of actions have no result in this file, so what they say is unknown. Open the file in your "
    "spreadsheet, save it and send it again; or say that these cells are empty."
)
EMPTY = (Choice("empty", "Read them as empty cells"),)


def ask_of_formulas(warnings: Iterable[Warned], lines: Iterable[Line], asking: Asking) -> None:
    """One question for all such formulas; nothing can be applied while it is open."""
    rows = {(line.sheet, row) for line in lines for row in line.rows}
    for each in warnings:
        found = PLACE.fullmatch(each.at) if each.text == WITHOUT_RESULT else None
        if found and (found[1], int(found[2])) in rows:
            asking.ask("column", ("formulas",), at=each.at, text=TEXT, choices=EMPTY)
