"""The day that somebody asks about (`?on=`, `--on`): read, and refused with one plain sentence if it makes no sense."""

from datetime import date

FIRST, LAST = date(2014, 1, 1), date(2099, 12, 31)


def day_asked(text: str | None, today: date) -> date:
    """The day written as YYYY-MM-DD, or today where nothing was asked. Days are days in London.

    Raises ValueError with a sentence for the person who asked.
    """
    if not text:
        return today
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"“{text}” is not a date. Write it as year-month-day, like 2014-12-31.") from None
    if not FIRST <= day <= LAST:
        raise ValueError(f"Choose a date from 1 January 2014 on, and before the year {LAST.year + 1}.")
    return day
