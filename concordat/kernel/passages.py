"""Words that identify a person, found however they are typed, and taken out of a text with a visible mark.

Case, accents, the kind of quotation mark or dash, and how wide a space is (a line break too) do not matter; words
are whole words, so that “Ann” is not found in “Annual”. Pure: the table of examples is tests/kernel/test_passages.py.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MARK = "[removed]"
# Accents that stand by themselves, soft hyphens and marks that nobody sees.
UNSEEN = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]+")
ALIKE = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
    }
)
# What stands in many texts and hides no letter from a search that knows plain letters alone.
TYPOGRAPHY = "‘’“”–—…•£"


def plain(text: str) -> str:
    """The text as it is compared: small letters without accents, single spaces, straight quotes."""
    letters = UNSEEN.sub("", unicodedata.normalize("NFKD", text.translate(ALIKE)).casefold())
    return " ".join(letters.split())


def spans(text: str, passage: str) -> list[tuple[int, int]]:
    """Where the passage stands in the text: the first letter and the one after the last; in order, apart."""
    sought = plain(passage)
    if not sought or sought not in plain(text):
        return []
    letters, places = _with_places(text)
    found, start = [], letters.find(sought)
    while start != -1:
        end = start + len(sought)
        if _is_whole(letters, start, end):
            found.append((places[start], _after(text, places[end - 1])))
            start = letters.find(sought, end)
        else:
            start = letters.find(sought, start + 1)
    return found


def _with_places(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, with the place in the text of each of its letters."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        if letter.isspace():
            if letters and letters[-1] != " ":
                letters.append(" ")
                places.append(place)
            continue
        for each in UNSEEN.sub("", unicodedata.normalize("NFKD", letter.translate(ALIKE)).casefold()):
            letters.append(each)
            places.append(place)
    return "".join(letters), places


def _is_whole(letters: str, start: int, end: int) -> bool:
    """Whether no word is cut in two at either end."""
    cuts_before = start > 0 and letters[start].isalnum() and letters[start - 1].isalnum()
    cuts_after = end < len(letters) and letters[end - 1].isalnum() and letters[end].isalnum()
    return not cuts_before and not cuts_after


def _after(text: str, last: int) -> int:
    """The place after that letter and the accents that follow it."""
    accents = UNSEEN.match(text, last + 1)
    return accents.end() if accents else last + 1


@dataclass(frozen=True, slots=True)
class Sought:
    """What is to be taken out: a passage wherever it stands, or (`is_whole`) texts that say this and nothing else."""

    words: str
    is_whole: bool = False

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where it stands in a text."""
        if not self.is_whole:
            return spans(text, self.words)
        return [(0, len(text))] if text and plain(text) == plain(self.words) else []

    def without(self, text: str) -> str:
        """The text with a mark in each of these places."""
        kept, end = [], 0
        for start, after in self.spans(text):
            kept += [text[end:start], MARK]
            end = after
        return "".join([*kept, text[end:]])

    @property
    def word(self) -> str:
        """Its longest word of plain letters and digits, by which a database can look; it may be empty."""
        return max(re.findall("[a-z0-9]+", plain(self.words)), key=len, default="")


def in_texts(value: Any, change: Callable[[str], str]) -> Any:
    """A value as JSON holds it, with every text in it changed by that function."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [in_texts(each, change) for each in value]
    if isinstance(value, dict):
        return {name: in_texts(each, change) for name, each in value.items()}
    return value
