"""A date that a spreadsheet holds as a date: what it shows tells whether a day or a month was meant."""

import re
from calendar import month_name
from datetime import date, datetime

from actionplans.timescale import Kind, Timescale
from actionplans.timescales.answers import ask, day
from actionplans.timescales.context import FIRST_YEAR, LAST_YEAR
from actionplans.timescales.periods import FAR_YEAR
from actionplans.timescales.spans import month

_ASIDE = re.compile(r"\[[^\]]*\]|\"[^\"]*\"")  # colours, languages and words in a number format
NO_YEAR = "The cell shows no year, and the spreadsheet may have filled in the year of typing. What was meant?"

ONLY_YEAR = "The cell shows a year only. When in it is this due?"


def of_cell(value: date, number_format: str) -> Timescale:
    """A day; a month where the cell shows none (“mmm-yy”); a question where it shows no year (“d-mmm”, “mmmm”).

    A spreadsheet makes a date of the current year of “December 15”, and shows it as “15-Dec”.
    """
    on = value.date() if isinstance(value, datetime) else value
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        return ask(Kind.DATE, FAR_YEAR)
    shown = _ASIDE.sub("", number_format.lower()).split(";")[0]
    if "m" in shown and "y" in shown and "d" not in shown:
        return month(on.month, on.year)
    if "d" in shown and "m" in shown and "y" not in shown:
        return ask(Kind.DATE, NO_YEAR, day(on), month(on.month, 2000 + on.day))
    if "m" in shown and "d" not in shown:
        return ask(Kind.MONTH, NO_YEAR, month(on.month, on.year), day(on))
    if "y" in shown and "m" not in shown and "d" not in shown:
        return ask(Kind.DATE, ONLY_YEAR, day(date(on.year, 12, 31)), day(on), day(date(on.year + 1, 3, 31)))
    return day(on)


def in_words(reading: Timescale, value: date) -> str:
    """What stands for the text of a cell whose text is not given."""
    written = f"{month_name[value.month]} {value.year}"
    return written if reading.kind == Kind.MONTH else f"{value.day} {written}"
