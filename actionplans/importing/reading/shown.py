"""What a spreadsheet shows of a number: by its number format, as far as plans use them.

A date that is shown as “Mar-15” reads so, and its value says which day the file holds.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from math import isfinite
from typing import NamedTuple

from actionplans.importing.tables import Value

# Formats that files name by number only. 14 and 22 follow the reader's country: here, day first.
BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    14: "dd/mm/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "dd/mm/yyyy hh:mm",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss",
}
GENERAL = "General"
WHOLE_DAY = "dd/mm/yyyy"
EPOCH, EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - days of no time zone
LATEST = 2_958_466  # days: the year 10000
FALSE_LEAP_DAY = 60  # the workbook's 29 February 1900
LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[([^\]]*)\]|_.|\*.')
TOKEN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.|am/pm|a/p|y+|m+|d+|h+|s+(?:\.0+)?|e+|.', re.IGNORECASE | re.DOTALL)
DATE_LETTERS = re.compile(r"[dy]|m", re.IGNORECASE)
TIME_LETTERS = re.compile(r"[hs]", re.IGNORECASE)
FIXED = re.compile(r"(?:#,##)?0(?:\.(0+))?(%?)")
PADDED = re.compile(r"0{2,}")
LONGEST_FORMAT = 255


class Shown(NamedTuple):
    """What a person reads, and what the file holds."""

    text: str
    value: Value


def shown(number: float, code: str, since_1904: bool = False) -> Shown:
    """What is shown of a number by a number format's code."""
    first = code[:LONGEST_FORMAT].partition(";")[0]
    if not isfinite(number):
        return Shown("", None)
    if is_moment(first) and (moment := moment_of(number, since_1904)):
        if is_time(first):  # of a day, or a length of time
            return Shown(_moment(EPOCH + _to_second(number), first), number)
        day_or_moment = moment if moment.time() != datetime.min.time() else moment.date()
        return Shown(_moment(moment, first) or _moment(moment, WHOLE_DAY), day_or_moment)
    whole = int(number) if number == int(number) else number
    return Shown(_number(number, first), whole)


@lru_cache(maxsize=1_000)
def is_moment(code: str) -> bool:
    """Whether the format is one of a date or a time."""
    bare = LITERAL.sub(lambda found: "h" if (found[3] or "").lower() in {"h", "hh", "m", "mm", "s", "ss"} else "", code)
    if bare.lower() == "general" or "#" in bare or "?" in bare:
        return False
    return bool(DATE_LETTERS.search(bare) or TIME_LETTERS.search(bare))


def is_time(code: str) -> bool:
    """Whether the format of a moment leaves out the day."""
    return not re.search("[dy]|mmm", LITERAL.sub("", code), re.IGNORECASE)


def moment_of(number: float, since_1904: bool) -> datetime | None:
    """The moment that many days after the beginning; none if it is before it or after the year 9999."""
    if not 0 <= number < LATEST - (1462 if since_1904 else 0):
        return None
    if since_1904:
        return EPOCH_1904 + _to_second(number)
    return EPOCH + _to_second(number + 1 if number < FALSE_LEAP_DAY else number)


def _to_second(days: float) -> timedelta:
    return timedelta(seconds=round(days * 86_400))


def _moment(moment: datetime, code: str) -> str:
    tokens = TOKEN.findall(code)
    half_days = any(token.lower() in {"am/pm", "a/p"} for token in tokens)
    parts, before = [], ""
    for index, token in enumerate(tokens):
        small = token.lower()
        if small in {"m", "mm"} and (before.startswith("h") or _next_letters(tokens, index).startswith("s")):
            small = small.replace("m", "i")  # minutes
        parts.append(_part(moment, small, token, half_days))
        if small[0] in "[ymdhsi":
            before = small.strip("[]")
    return "".join(parts).strip()


def _next_letters(tokens: list[str], index: int) -> str:
    letters = (token.lower() for token in tokens[index + 1 :] if token[0].lower() in "ymdhs")
    return next(letters, "")


PARTS: dict[str, Callable[[datetime], str]] = {
    "d": lambda moment: str(moment.day),
    "dd": lambda moment: f"{moment.day:02}",
    "ddd": lambda moment: f"{moment:%a}",
    "dddd": lambda moment: f"{moment:%A}",
    "m": lambda moment: str(moment.month),
    "mm": lambda moment: f"{moment.month:02}",
    "mmm": lambda moment: f"{moment:%b}",
    "mmmm": lambda moment: f"{moment:%B}",
    "mmmmm": lambda moment: f"{moment:%b}"[0],
    "y": lambda moment: f"{moment.year % 100:02}",
    "yy": lambda moment: f"{moment.year % 100:02}",
    "yyy": lambda moment: f"{moment.year:04}",
    "yyyy": lambda moment: f"{moment.year:04}",
    "i": lambda moment: str(moment.minute),
    "ii": lambda moment: f"{moment.minute:02}",
    "s": lambda moment: str(moment.second),
    "ss": lambda moment: f"{moment.second:02}",
    "am/pm": lambda moment: f"{moment:%p}",
    "a/p": lambda moment: f"{moment:%p}"[0],
}


def _part(moment: datetime, small: str, token: str, half_days: bool) -> str:
    if made := PARTS.get(small.partition(".")[0]):
        return made(moment)
    if small in {"h", "hh"}:
        hour = (moment.hour - 1) % 12 + 1 if half_days else moment.hour
        return f"{hour:0{len(small)}}"
    if small[0] == "[":
        return _length_or_nothing(moment, small.strip("[]"))
    if small[0] in "_*":
        return " " if small[0] == "_" else ""
    return token.strip('"') if token[0] == '"' else token.removeprefix("\\")


def _length_or_nothing(moment: datetime, unit: str) -> str:
    seconds = {"h": 3600, "hh": 3600, "m": 60, "mm": 60, "s": 1, "ss": 1}.get(unit)
    return str((moment - EPOCH) // timedelta(seconds=seconds)) if seconds else ""


def _number(number: float, code: str) -> str:
    if PADDED.fullmatch(code) and number == int(number):
        return str(int(number)).zfill(len(code))
    if not (fixed := FIXED.fullmatch(code)):
        return plain(number)
    shown_number = number * 100 if fixed[2] else number
    if abs(shown_number) >= 1e15:
        return plain(number)
    comma = "," if code.startswith("#") else ""
    return f"{shown_number:{comma}.{len(fixed[1] or '')}f}{fixed[2]}"


def plain(number: float) -> str:
    """A number as a spreadsheet shows it without a format: no more digits than it keeps."""
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else f"{number:.15g}"
