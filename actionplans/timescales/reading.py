"""From a timescale as written to what it means. Never raises, and never guesses silently."""

from dataclasses import replace
from datetime import date

from actionplans.timescale import Kind, Timescale
from actionplans.timescales.answers import ask, doubted
from actionplans.timescales.cells import in_words, of_cell
from actionplans.timescales.context import Context
from actionplans.timescales.meaning import meaning
from actionplans.timescales.parsed import Parsed
from actionplans.timescales.revisions import revised
from actionplans.timescales.tokens import LONGEST

UNREADABLE = "This could not be read. When is it due?"
NOTHING_KNOWN = Context()


def read_timescale(
    written: str | date | None,
    context: Context = NOTHING_KNOWN,
    *,
    number_format: str = "",
    struck: str = "",
    shown: str = "",
) -> Timescale:
    """What a timescale means: a text, or the date that a spreadsheet cell holds.

    `number_format` is how such a cell shows its date and `shown` its text; `struck` is what was struck through beside
    the text, which is the date that was replaced. Days are in Europe/London. The rules are in docs/rules.md.
    """
    if isinstance(written, date):
        reading = of_cell(written, number_format)
        text = shown or in_words(reading, written)
    else:
        text = written or ""
        reading = _of_text(text, context)
    if struck.strip():
        reading = _instead_of(struck, text, reading, context)
    return _with_text(reading, text)


def _of_text(text: str, context: Context) -> Timescale:
    if len(" ".join(text.split())) > LONGEST:
        return ask(Kind.NONE, "The text is too long for a timescale. When is it due?")
    try:
        return meaning(Parsed.of(text, context))
    except (
        ValueError,
        OverflowError,
    ):  # pragma: no cover - no such text is known; one odd cell must not stop an import
        return ask(Kind.NONE, UNREADABLE)


def _instead_of(struck: str, text: str, reading: Timescale, context: Context) -> Timescale:
    """What was struck through is the date first written, if it is one."""
    first = _of_text(struck, context)
    if first.end is None:
        return reading
    if reading.end is None and not reading.alternatives:
        return doubted(first, "The date is struck through. Which holds now?")
    return revised(replace(first, text=struck), [replace(reading, text=text)])


def _with_text(reading: Timescale, text: str) -> Timescale:
    """The reading and its alternatives with the whole text; revisions and milestones have their own part of it."""
    alternatives = tuple(_with_text(each, text) for each in reading.alternatives)
    return replace(reading, text=text, alternatives=alternatives)
