"""The text of a cell as a person reads it: without what cannot be seen, and with what is struck through known."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
SPACES = re.compile(r"[ \t\u00a0]+")
AROUND_LINE_ENDS = re.compile(r" ?\n ?")
# Cannot be seen: controls, soft hyphens, zero-width and turning marks, halves of letters, private and unused codes.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})

FOOTNOTE_MARK = re.compile(r"\s*(?:\d{1,2}(?:\s*,\s*\d{1,2})*|[a-e])\s*")
RAISED = str.maketrans("0123456789abcde", "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉ")


class Said(NamedTuple):
    """A text, and the part of it that is struck through; parts that stand apart are lines of their own."""

    text: str = ""
    struck: str = ""


class Piece(NamedTuple):
    """A stretch of text that is struck through, or is not."""

    text: str
    struck: bool = False


NOTHING = Said()


def readable(text: str) -> str:
    """The text without what cannot be seen, lines ended alike, no space before or after a line."""
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    lines = LINE_ENDS.sub("\n", text)
    if not lines.replace("\n", "").isprintable():
        lines = "".join(letter for letter in lines if letter in "\n\t" or unicodedata.category(letter) not in UNSEEN)
    return AROUND_LINE_ENDS.sub("\n", SPACES.sub(" ", lines)).strip(" \n")


def raised(text: str) -> str:
    """A text that is printed raised: the mark of a footnote in raised letters; not the end of “31st”."""
    return text.translate(RAISED) if FOOTNOTE_MARK.fullmatch(text) else text


def said(pieces: Iterable[Piece]) -> Said:
    """The pieces of one cell put together."""
    known = [piece for piece in pieces if piece.text]
    text = readable("".join(piece.text for piece in known))
    stretches = groupby(known, key=lambda piece: piece.struck)
    struck = (readable("".join(piece.text for piece in stretch)) for is_struck, stretch in stretches if is_struck)
    return Said(text, "\n".join(filter(None, struck)))
