"""Values as texts: for programs (ISO 8601, words of fixed lists) and for people. Pure."""

from datetime import date

from concordat.reports.shapes import Heading, Kind, Value
from concordat.sentences import in_words

# A spreadsheet takes a text that begins with one of these for a formula, some of them also in their wide forms.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
YES, NO = "Yes", "No"


def for_programs(value: Value) -> str:
    """The value as a cell of a CSV. Unknown is empty; a text that looks like a formula begins with an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, date):
        return value.isoformat()
    return inert(value) if isinstance(value, str) else str(value)


def inert(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def for_people(value: Value, heading: Heading) -> str:
    """The value as people read it: a day in words, a number with its thousands parted."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, date):
        return in_words(value)
    if isinstance(value, int | float):
        return f"{value:,}%" if heading.kind is Kind.PERCENT else f"{value:,}"
    return heading.choices.get(value, value) if heading.kind is Kind.CHOICE else value
