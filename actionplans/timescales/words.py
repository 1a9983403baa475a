"""The words of timescales and their spellings, each turned into one word that the patterns know."""

from calendar import month_name
from functools import lru_cache

MONTHS = [name.lower() for name in month_name if name]
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}  # by their first month
WEEKDAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])

_SPELLINGS = {
    **{month[:3]: month for month in MONTHS},
    "sept": "september",
    "xmas": "christmas",
    "fall": "autumn",
    **dict.fromkeys(("quarter", "quarters", "qtr", "qtrs", "qrtr", "qtrly", "qs"), "q"),
    **dict.fromkeys(("yr", "yrs", "years"), "year"),
    **dict.fromkeys(("mth", "mths", "mnth", "mnths", "mos", "months"), "month"),
    **dict.fromkeys(("wk", "wks", "weeks"), "week"),
    "days": "day",
    **dict.fromkeys(("till", "til", "untill", "thru", "through"), "until"),
    **dict.fromkeys(("beginning", "commencement"), "start"),
    **dict.fromkeys(("starts", "starting", "begin", "begins", "commence", "commences", "commencing"), "start"),
    **dict.fromkeys(("ends", "ending", "finish", "finishes", "finishing"), "end"),
    **dict.fromkeys(("middle", "midway"), "mid"),
    "fiscal": "financial",
    "complete": "complete",  # and not a slip for “completed”: “complete by June” is yet to be done
    **dict.fromkeys(("continuous", "continually", "continuously", "continual", "continuing", "rolling"), "ongoing"),
    **dict.fromkeys(("yearly", "annually"), "annual"),
    **dict.fromkeys(("each", "per"), "every"),
    **{name: str(number) for number, name in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )},
    **dict.fromkeys(("eighteen",), "18"),
    "first": "1st",
    "second": "2nd",
    "third": "3rd",
    "fourth": "4th",
    **{day[:3]: day for day in sorted(WEEKDAYS) if day[:3] not in ("sat", "sun")},
    **{"tues": "tuesday", "weds": "wednesday", "thur": "thursday", "thurs": "thursday"},
}  # fmt: skip

# Spelled so often wrongly that they stand here; the names of months and seasons are also found one slip away.
_SLIPS = {
    **dict.fromkeys(("ongong", "ongiong", "onging", "onoging", "ongoign"), "ongoing"),
    **dict.fromkeys(("quater", "quaters", "qaurter"), "q"),
    **dict.fromkeys(("anually", "annualy", "anual"), "annual"),
}
_NAMES = (*MONTHS, *SEASONS, "quarterly", "christmas", "completed", "ongoing")
_WORDS = frozenset(
    ["match", "matched", "marsh", "merch", "jury", "junes", "spine", "sprint", "sprung", "string", "simmer"]
)  # real words
_CALLED = (
    "augusta christa christian jane janey jude judy julie julia june juno mara marc marcia marco marcus mari marsha "
    "mary maya mayo winters summers"
)
_PEOPLE = frozenset(_CALLED.split())  # names that are one slip away from a month
NAMESAKES = frozenset(["jan", "april", "may", "june", "august", "summer", "autumn"])  # times that people are called too


@lru_cache(maxsize=4096)
def known_as(word: str) -> tuple[str, bool]:
    """The word that the patterns know, and whether it had to be put right: “febuary” is february, put right."""
    if word in _SPELLINGS:
        return _SPELLINGS[word], False
    if word in _SLIPS:
        return _SLIPS[word], True
    if word in _NAMES or word in _WORDS or word in _PEOPLE or not 4 <= len(word) <= 12:
        return word, False
    for name in _NAMES:
        if word[0] == name[0] and _slips(word, name) <= (1 if len(name) < 7 else 2):
            return name, True
    return word, False


def _slips(word: str, name: str) -> int:
    """How many letters were left out, added, changed or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(name) + 1))
    for i, letter in enumerate(word, 1):
        before, last, row = row, before, [i]
        for j, other in enumerate(name, 1):
            steps = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == name[j - 2] and word[i - 2] == other:
                steps = min(steps, last[j - 2] + 1)
            row.append(steps)
    return row[-1]
