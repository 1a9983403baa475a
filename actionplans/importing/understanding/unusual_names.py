"""Persons who are named without the capitals of a name, or by a handle: "inspector hussain", "@JaneSmithson"."""

import re
from collections.abc import Callable, Iterator

from actionplans.importing.understanding.forenames import ALSO_WORDS, FORENAMES
from actionplans.importing.understanding.people import LOWER, PARTICLE, PARTICLES, UPPER
from actionplans.importing.understanding.plain_words import is_plain

SMALL = rf"[{LOWER}]{{2,}}(?:[-'’‑][{LOWER}]+)*(?![\w'’‑-])"
# Titles that stand before nothing but a name, and those of ranks: whatever is no word behind them is one.
TITLED = re.compile(
    r"\b(?i:inspector|insp|superintendent|supt|sergeant|sgt|constable|pcso|dci|cllr|councillor|mr|mrs|dr|doctor|"
    rf"professor|prof|reverend)\.?\s+(?:\d{{2,6}}\s+)?{PARTICLE}({SMALL})"
)
PAIR = re.compile(rf"(?<![\w@.'’‑-])({SMALL})\s({SMALL})")
HANDLE = re.compile(r"(?<![\w.+'’-])@([^\W\d_]\w+)")
PARTS = re.compile(rf"[{UPPER}]?[{LOWER}]+|[{UPPER}]+(?![{LOWER}])")
ENDS_OF_WORDS = ("ed", "ing", "ly", "tion", "tions", "ment", "able", "ive", "ous", "ity", "ness", "ence", "ance")
CALLED = frozenset(name for name in FORENAMES - ALSO_WORDS if not is_plain(name))
SHORTEST = 4  # letters of a forename with which a handle in small letters begins

Spans = Iterator[tuple[int, int]]


def small_titled(text: str, is_unknown: Callable[[str], bool]) -> Spans:
    """Where a title stands before a name in small letters. `is_unknown`: a word that nothing explains."""
    for match in TITLED.finditer(text):
        low = match[1].casefold()
        is_word = low in PARTICLES or low.endswith(ENDS_OF_WORDS)  # "Cllr. van der Berg" has its capital
        if low in CALLED or (is_unknown(low) and not is_word):
            yield match.span()


def small_pairs(text: str, is_unknown: Callable[[str], bool]) -> Spans:
    """Where a forename and a word that nothing explains stand in small letters."""
    at = 0
    while match := PAIR.search(text, at):
        first, second = match[1], match[2]
        if first in CALLED and (second in CALLED or is_unknown(second)):
            yield match.span()
            at = match.end()
        else:
            at = match.end(1)


def handles(text: str, is_unknown: Callable[[str], bool]) -> Spans:
    """Handles with a forename in them, or of words that nothing explains; "@WestmarchPolice" is a body's."""
    for match in HANDLE.finditer(text):
        parts = [part.casefold() for part in PARTS.findall(match[1])]
        begins = (match[1].casefold()[:length] for length in range(SHORTEST, len(match[1]) + 1))
        if any(part in CALLED for part in parts) or all(map(is_unknown, parts)) or any(one in CALLED for one in begins):
            yield match.span()
