"""Whether a column of dates in figures puts the month first, as America does: one cell may show it for all of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from actionplans.importing.tables import Cell
from actionplans.importing.understanding.answers import Asking
from actionplans.importing.understanding.shapes import Choice
from actionplans.importing.understanding.words import shortened, written

FIGURES = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2((?:20)?\d\d)(?![\d/.-])")
MONTH_FIRST, DAY_FIRST = "month", "day"
CHOICES = (Choice(MONTH_FIRST, "The month stands first"), Choice(DAY_FIRST, "The day stands first"))


@dataclass(frozen=True, slots=True)
class Order:
    """By cell, what the person says of the order in its column; only of columns in which the month seems first."""

    answers: Mapping[str, str | None] = field(default_factory=dict)

    def is_open(self, cell: Cell) -> bool:
        """Whether its days are not known before the person has said in which order they stand."""
        return cell.at in self.answers and self.answers[cell.at] is None and _may_be_either(written(cell))

    def turned(self, cell: Cell, text: str) -> str:
        """A text of that cell with the day first."""
        if self.answers.get(cell.at) != MONTH_FIRST:
            return text
        return FIGURES.sub(lambda found: f"{found[3]}{found[2]}{found[1]}{found[2]}{found[4]}", text)


def order_of(columns: Mapping[tuple[str, str], Sequence[Cell]], asking: Asking) -> Order:
    """The order of day and month in each column of times; one question for a column in which the month seems first.

    The columns are told by their sheet and their heading.
    """
    found: dict[str, str | None] = {}
    for told, cells in columns.items():
        read = [cell for cell in cells if cell.value is None]
        shown = next((cell for cell in read if _shows_month_first(written(cell))), None)
        either = [cell for cell in read if _may_be_either(written(cell))]
        if shown and either and not any(_shows_day_first(written(cell)) for cell in read):
            answer = _asked(told, shown, either[0], asking)
            found |= {cell.at: answer for cell in read}
    return Order(found)


def _asked(told: tuple[str, str], shown: Cell, other: Cell, asking: Asking) -> str | None:
    text = (
        f"In the column “{shortened(told[1])}”, “{shortened(written(shown))}” puts the month first, as America does. "
        f"How are dates such as “{shortened(written(other))}” to be read there?"
    )
    return asking.ask("column", ("dates", *told), at=other.at, text=text, choices=CHOICES)


def _days(text: str) -> list[tuple[int, int]]:
    return [(int(found[1]), int(found[3])) for found in FIGURES.finditer(text)]


def _shows_month_first(text: str) -> bool:
    return any(first <= 12 < second for first, second in _days(text))


def _shows_day_first(text: str) -> bool:
    return any(second <= 12 < first for first, second in _days(text))


def _may_be_either(text: str) -> bool:
    return any(first <= 12 and second <= 12 and first != second for first, second in _days(text))
