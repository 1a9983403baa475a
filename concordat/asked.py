"""The day that somebody asks about (`?on=`, `--on`): read, and refused with one plain sentence if it makes no sense."""

import re
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from concordat.kernel.dates import today

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


@dataclass(frozen=True, slots=True)
class Asked:
    """The day that a page is asked to show; today, and why, where what was written makes no sense."""

    on: date
    today: date
    text: str = ""
    refusal: str = ""

    @property
    def is_past(self) -> bool:
        """Whether the page shows another day than today."""
        return self.on != self.today

    @property
    def status_code(self) -> int:
        """That of the answer: 400 where the day made no sense."""
        return 400 if self.refusal else 200


def asked_of(request: HttpRequest) -> Asked:
    """The day in `?on=` of a page's address, or today in London."""
    now, text = today(), request.GET.get("on", "")[:40]
    try:
        return Asked(day_asked(request.GET.get("on") or None, now), now, text)
    except ValueError as error:
        return Asked(now, now, text, str(error))
