"""Texts compared as a person compares them: case, spaces, kinds of dash and of quotation mark do not count."""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

from actionplans.importing.tables import Cell

DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
QUOTES = {ord("’"): "'", ord("‘"): "'", ord("“"): '"', ord("”"): '"', ord("\u200b"): "", ord("\ufeff"): ""}
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
BULLET = re.compile(r"^\s*(?:[•·▪●◦*\uf0b7]|-(?=\s))\s*")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The text in small letters, single spaces, straight quotes and plain dashes."""
    plain = unicodedata.normalize("NFKC", text).translate(DASHES).translate(QUOTES)
    return " ".join(plain.casefold().split())


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(fold(text)))


def spoken(text: str) -> str:
    """The text as its words alone, a space between them: without any punctuation."""
    return " ".join(words(text))


def alike(one: str, other: str, least: float = 0.0) -> float:
    """How alike two texts are, from 0 to 1; 0 where they are less alike than `least`."""
    first, second = fold(one), fold(other)
    if first == second:
        return 1.0
    if not first or not second:
        return 0.0
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    found = matcher.ratio()
    return found if found >= least else 0.0


def shared(one: str, other: str) -> float:
    """The share of words that two texts have in common, from 0 to 1 (Dice)."""
    first, second = set(words(one)), set(words(other))
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def holds(phrase: str, text: str) -> bool:
    """Whether the phrase stands in the text as whole words; both are `spoken`."""
    return f" {phrase} " in f" {text} "


def written(cell: Cell) -> str:
    """What stands in a cell, without the spaces around it."""
    text = cell.text.strip()
    return text if text or cell.value is None else str(cell.value).strip()


def unstruck(cell: Cell) -> str:
    """What stands in a cell and is not struck through; all of it where all is struck through."""
    text, struck = written(cell), cell.struck.strip()
    left = text.replace(struck, " ", 1).strip() if struck else text
    return left or text


def lines(text: str) -> list[str]:
    """Its lines without bullets, empty ones left out."""
    found = (BULLET.sub("", line).strip() for line in re.split(r"[\r\n]+|\s*[•▪●\uf0b7]\s*", text))
    return [line for line in found if line]


def shortened(text: str, longest: int = 80) -> str:
    """The text in one line, for a question or a warning."""
    plain = " ".join(text.split())
    return plain if len(plain) <= longest else plain[: longest - 1].rstrip() + "…"
