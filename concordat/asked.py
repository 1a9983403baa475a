"""The day that somebody asks about (`?on=`, `--on`): read, and refused with one plain sentence if it makes no sense."""

import re
from datetime import date

FIRST, LAST = date(2014, 1, 1), date(2099, 12, 31)


def day_asked(text: str | None, today: date) -> date:
    """The day written as YYYY-MM-DD, or today where nothing was asked. Days are days in London.

    Raises ValueError with a sentence for the person who asked.
    """
    if text is None:
        return today
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            raise ValueError
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“{text[:40]}” is not a date. Write it as year-month-day, like 2014-12-31.") from None
    if not FIRST <= day <= LAST:
        raise ValueError(f"Choose a date from 1 January 2014 on, and before the year {LAST.year + 1}.")
    return day
