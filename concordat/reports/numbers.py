"""The numbers of actions as columns: the same keys, names and explanations in every report."""

from collections.abc import Callable
from typing import TypeVar

from actionplans.progress import Tally
from concordat.reports.shapes import Column, Kind, column

Record = TypeVar("Record")

NUMBERS = (
    ("total", "Actions", "Actions, each once, without those merged into others."),
    ("completed", "Completed", "Actions reported as completed."),
    ("business_as_usual", "Business as usual", "Actions that are now business as usual."),
    ("in_progress", "In progress", "Actions under way."),
    ("not_started", "Not started", "Actions that have not begun."),
    ("paused", "Paused", "Actions that are paused."),
    ("not_going_ahead", "Not going ahead", "Actions that were given up; they are in the total."),
    ("overdue", "Overdue", "Open actions overdue in public: ten working days after their due day."),
    ("at_risk", "At risk", "Open actions whose owner says that they are at risk."),
    ("off_track", "Off track", "Open actions whose owner says that they are off track."),
)


def numbers(of: Callable[[Record], Tally]) -> list[Column[Record]]:
    """The columns of a tally, and how many in 100 are done."""

    def number(key: str) -> Callable[[Record], int]:
        return lambda record: int(getattr(of(record), key))

    done: Column[Record] = column(
        "percent_done",
        "Done",
        lambda record: percent(of(record).done, of(record).total),
        "Completed and business as usual, of all actions; rounded down.",
        Kind.PERCENT,
    )
    return [*(column(key, name, number(key), told, Kind.NUMBER) for key, name, told in NUMBERS), done]


def percent(part: int, whole: int) -> int | None:
    """So many in 100, rounded down so that only all of them are 100; None of nothing."""
    return part * 100 // whole if whole else None


def share(part: int, whole: int) -> int | None:
    """So many in 100, to the nearest; None of nothing.

    Some are at least 1 and not all at most 99, so that neither looks like none or all.
    """
    if not whole or part in (0, whole):
        return percent(part, whole)
    return min(max((200 * part + whole) // (2 * whole), 1), 99)
