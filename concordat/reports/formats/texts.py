"""Values as texts: for programs (ISO 8601, words of fixed lists) and for people. Pure."""

from datetime import date

from concordat.kernel.inert import inert
from concordat.kernel.xml import for_xml
from concordat.palette import LENSES
from concordat.reports.shapes import Heading, Kind, Value
from concordat.sentences import in_words

YES, NO = "Yes", "No"
NOTHING = "There is nothing to list."
LONGEST = 32_767  # UTF-16 units: the most that a cell of a spreadsheet takes
MARK = " … [cut: a cell holds no more]"


def for_programs(value: Value) -> str | int | float | date | None:
    """The value as a cell of a CSV, for csv to write: unknown is empty, a day is ISO 8601.

    A text that looks like a formula begins with an apostrophe (concordat.kernel.inert).
    """
    if isinstance(value, str):
        return inert(value)
    if isinstance(value, bool):
        return YES if value else NO
    return value


def for_people(value: Value, heading: Heading) -> str:
    """The value as people read it: a day in words, a number with its thousands parted."""
    if value is None:
        return heading.none
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, date):
        return in_words(value)
    if isinstance(value, int | float):
        return _number(value, heading.kind)
    return heading.choices.get(value, value) if heading.kind is Kind.CHOICE else value


def _number(value: float, kind: Kind) -> str:
    if kind is Kind.CHANGE:
        return f"{value:+,}".replace("-", "\N{MINUS SIGN}") if value else "0"
    return f"{value:,}%" if kind is Kind.PERCENT else f"{value:,}"


def for_cells(text: str) -> str:
    """The text as a cell of a spreadsheet can hold it: without what XML forbids, and cut, with a mark, if too long."""
    if not text.isprintable():
        text = for_xml(text)
    return text if len(text) <= LONGEST // 2 else _cut(text)


def _cut(text: str) -> str:
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return text
    return units[: 2 * (LONGEST - len(MARK))].decode("utf-16-le", "ignore") + MARK


def lens_of(heading: Heading) -> str:
    """The lens (see `concordat.palette`) whose statuses the column holds; empty for every other column."""
    if heading.kind is not Kind.CHOICE or not heading.choices:
        return ""
    return next((lens for lens, paints in LENSES.items() if set(heading.choices) <= set(paints)), "")
