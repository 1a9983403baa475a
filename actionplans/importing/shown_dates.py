"""How a spreadsheet shows a date, told from what it shows: a hidden day or a hidden year decides the reading."""

import re
from datetime import date

CLOCK = re.compile(r"\d{1,2}:\d\d.*$", re.DOTALL)
NUMBER = re.compile(r"\d+")
LETTERS = re.compile(r"[^\W\d_]+")
MONTH, DAY, YEAR, NAME = "mmm yyyy", "d mmm", "yyyy", "mmmm"


def format_of(shown: str, value: date) -> str:
    """The number format as far as it matters: without a day, without a year, without both; empty where both show."""
    text = CLOCK.sub("", shown)
    numbers = NUMBER.findall(text)
    named = _name_of(text, value)
    if named is None:
        return _of_figures(numbers, value)
    if not numbers:
        return NAME
    if len(numbers) > 1:
        return ""
    if len(numbers[0]) == 4 or (text.index(numbers[0]) > named and _is_year(numbers[0], value)):
        return MONTH
    return DAY


def _name_of(text: str, value: date) -> int | None:
    """Where the name of the month begins, whole or in three letters."""
    names = (f"{value:%B}".lower(), f"{value:%b}".lower())
    return next((each.start() for each in LETTERS.finditer(text) if each[0].lower() in names), None)


def _of_figures(numbers: list[str], value: date) -> str:
    if len(numbers) == 1 and _is_year(numbers[0], value):
        return YEAR
    if len(numbers) != 2:
        return ""
    if any(len(each) == 4 for each in numbers):
        return MONTH
    is_month = int(numbers[0]) == value.month and _is_year(numbers[1], value)
    return MONTH if is_month and value.day != value.year % 100 else DAY


def _is_year(number: str, value: date) -> bool:
    return number in (str(value.year), f"{value.year % 100:02}")
