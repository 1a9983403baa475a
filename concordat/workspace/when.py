"""By when, in words and as a day: the words say the day where nobody gives one (docs/rules.md, Timescales)."""

from datetime import date
from typing import Any

from django.forms import Form

from actionplans.timescale import Confidence, TimePrecision, Timescale
from actionplans.timescales import Context, print_timescale, read_timescale

NOTHING_KNOWN = Context()
NO_DAY = "none"
LAST_DAY_OF = [
    (TimePrecision.DAY, "It is that very day"),
    (TimePrecision.MONTH, "A month"),
    (TimePrecision.QUARTER, "A quarter"),
    (TimePrecision.SEASON, "A season"),
    (TimePrecision.YEAR, "A year"),
    (NO_DAY, "There is no due day"),
]


def understood(text: str, due_on: date | None, context: Context = NOTHING_KNOWN) -> str:
    """“Understood as …”: what the words mean, if that is what is due; else nothing, for the day stands for itself."""
    reading = read_timescale(text, context) if text else None
    if reading is None or reading.confidence == Confidence.ASK or reading.current.end != due_on:
        return ""
    return f"Understood as: {print_timescale(reading.current)}."


def meant(text: str, context: Context = NOTHING_KNOWN) -> Timescale | str:
    """What the words mean, or the sentence that asks for the day where they do not say."""
    reading = read_timescale(text, context)
    if reading.confidence != Confidence.ASK:
        return reading.current
    choices = " or ".join(print_timescale(each) for each in reading.alternatives)
    may_be = f" It may mean {choices}." if choices else ""
    return f"{reading.question}{may_be} Give the last day."


def settle(form: Form, cleaned: dict[str, Any], *, before: str, context: Context = NOTHING_KNOWN) -> str:
    """The due day and of what it is the last day, in what was filled in; asked for beside its field where nobody knows.

    A day that was given holds. Words that stay as they were (`before`) are not read again: somebody has decided on
    their day. Where somebody says that there is none, there is none. Gives what the words are understood as, if the
    day is taken from them.
    """
    if {"timescale_text", "due_on", "precision"} - cleaned.keys():
        return ""
    text, due_on, precision = cleaned["timescale_text"], cleaned["due_on"], cleaned["precision"]
    if due_on:
        cleaned["precision"] = precision if precision and precision != NO_DAY else str(TimePrecision.DAY)
        return ""
    cleaned["precision"] = ""
    if not text or text == before or precision == NO_DAY:
        return ""
    reading = meant(text, context)
    if isinstance(reading, str):
        form.add_error("due_on", f"{reading} Or choose “There is no due day”.")
        return ""
    if reading.end:
        cleaned["due_on"], cleaned["precision"] = reading.end, str(reading.precision)
    return f" Understood as: {print_timescale(reading)}."
