"""What is done again and again: no due day, but a review every so many months."""

import re
from collections.abc import Callable
from dataclasses import replace

from actionplans.timescale import Kind, Timescale
from actionplans.timescales.answers import ask, likely

ONGOING = 12  # months: what only says “ongoing” is reviewed once a year (DOMAIN: timescales)
_EVERY = r"(?: every)?"


def every(months: int | None) -> Timescale:
    """Again and again, reviewed every so many months."""
    return Timescale(kind=Kind.RECURRING, review_every_months=months)


def _weeks(count: int) -> Timescale:
    """A review is a whole number of months, at least one: every 6 weeks is every month."""
    months = max(1, round(count * 7 / 30.44))
    return likely(every(months), f"Every {count} weeks is kept as every {months} months, to the nearest whole month.")


def _either(question: str, *months: int) -> Timescale:
    return ask(Kind.RECURRING, question, *(every(each) for each in months))


def _so_often_a_year(count: int) -> Timescale:
    return every(max(1, 12 // count)) if count else every(ONGOING)


Made = Callable[[int], Timescale]
# The first column is matched at a place of the line; the longest match counts.
_RHYTHMS: tuple[tuple[str, Made], ...] = (
    (r"ongoing|on - ? ?going|on going", lambda n: every(ONGOING)),
    (r"annual|every year|once(?: every)? (?:year|annual)|every 12 month|every annum", lambda n: every(12)),
    (r"quarterly|q - ?ly|q ly|every q", lambda n: every(3)),
    (r"monthly|every month|once(?: every)? month", lambda n: every(1)),
    (r"(?:weekly|fortnightly|daily)|every (?:week|fortnight|day)|twice(?: every)? month", lambda n: every(1)),
    (r"(?:2nd|other|alternate) monthly|every (?:other|2nd|alternate) month|alternate month", lambda n: every(2)),
    (r"half - annual|half annual|every half(?: -)? (?:year|annual)", lambda n: every(6)),
    (r"(?:twice|2 time|2 times)(?: -)?(?: every)? (?:year|annual)", lambda n: every(6)),
    (r"biennial|biennially|every (?:other|2nd) year", lambda n: every(24)),
    (r"(?P<n>\d)(?: -)? annual", lambda n: every(12 * n or None)),
    (r"(?P<n>\d{1,2})(?: -)? monthly", lambda n: every(n or None)),
    (r"every (?P<n>\d{1,3})(?: -)? month", lambda n: every(n or None)),
    (r"every (?P<n>\d) year", lambda n: every(12 * n or None)),
    (r"every (?P<n>\d) q", lambda n: every(3 * n or None)),
    (r"(?P<n>\d{1,2})(?: -)? weekly|every (?P<m>\d{1,2})(?: -)? week", _weeks),
    (r"(?P<n>\d{1,2}) times?(?: every)? (?:year|annual)", _so_often_a_year),
    (r"bi - monthly|bimonthly|bi monthly", lambda n: _either("Is this every two months or twice a month?", 2, 1)),
    (
        r"bi - annual|bi annual|biannual|biannually|biyearly",
        lambda n: _either("Is this twice a year or every two years?", 6, 24),
    ),
    (r"bi - weekly|biweekly|bi weekly", lambda n: every(1)),
    (
        r"termly|every term|every(?: \w+)? meetings?|regular|regularly|every \w+ (?:cycle|round)",
        lambda n: replace(ask(Kind.RECURRING, "How often, in months?")),
    ),
)
_PATTERNS = tuple((re.compile(rf"(?:{pattern})(?= |$)"), made) for pattern, made in _RHYTHMS)


def rhythm_at(line: str, at: int) -> tuple[Timescale, int] | None:
    """The longest rhythm that is written at this place of the line, and where it ends."""
    best: tuple[Timescale, int] | None = None
    for pattern, made in _PATTERNS:
        match = pattern.match(line, at)
        if match and (best is None or match.end() > best[1]):
            groups = match.groupdict()
            best = made(int(groups.get("n") or groups.get("m") or 0)), match.end()
    return best


def shared(rhythms: list[Timescale]) -> Timescale:
    """Of several rhythms the shortest: “ongoing, monitored monthly” is looked at every month."""
    asked = [each for each in rhythms if not each.review_every_months]
    return asked[0] if asked else min(rhythms, key=lambda each: each.review_every_months or 0)
