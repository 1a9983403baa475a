"""Texts compared as a person compares them: case, spaces, kinds of dash and of quotation mark do not count."""

import re
import unicodedata
from dataclasses import replace
from difflib import SequenceMatcher
from functools import lru_cache

from actionplans.importing.tables import Book, Cell

DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
QUOTES = {ord("’"): "'", ord("‘"): "'", ord("“"): '"', ord("”"): '"', ord("\u200b"): "", ord("\ufeff"): ""}
MISTYPED = 0.77  # so alike are a word and the same word with a typing error
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
FOOTNOTE = re.compile(r"(?<=\S)(?<!\bm)(?<!\bkm)(?<!\bcm)[⁰¹²³⁴-⁹ᵃᵇᶜᵈᵉ]+(?:,? ?[⁰¹²³⁴-⁹]+)*(?!\w)")
BULLET = re.compile(r"^\s*(?:[•·▪●◦*\uf0b7]|-(?=\s))\s*")


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """The text in small letters, single spaces, straight quotes and plain dashes."""
    if text.isascii():
        return " ".join(text.casefold().split())
    plain = unicodedata.normalize("NFKC", text).translate(DASHES).translate(QUOTES)
    return " ".join(plain.casefold().split())


@lru_cache(maxsize=16384)
def words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(fold(text)))


def vocabulary(text: str) -> frozenset[str]:
    """The words of a list that is written as a text."""
    return frozenset(text.split())


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


def is_mistyped(said: str, meant: str) -> bool:
    """Whether a text is another with typing errors: word for word alike, each short word the same. Both `spoken`."""
    first, second = said.split(), meant.split()
    if len(first) != len(second) or abs(len(said) - len(meant)) > 4:
        return False
    return all(map(_same_word, first, second))


def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or one[0] != other[0] or not (one + other).isalpha():
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= MISTYPED


def holds(phrase: str, text: str) -> bool:
    """Whether the phrase stands in the text as whole words; both are `spoken`."""
    return f" {phrase} " in f" {text} "


def tidied(cell: Cell) -> Cell:
    """The cell with the text that a person sees in it, without spaces around and without the marks of footnotes.

    Of a bare value it is that value.
    """
    text = (cell.text if cell.text.isascii() else FOOTNOTE.sub("", cell.text)).strip()
    shown = text if text or cell.value is None else str(cell.value).strip()
    return cell if shown == cell.text else replace(cell, text=shown)


def tidy(book: Book) -> Book:
    """The book with every cell `tidied`, so that nothing after this looks at spaces again."""
    sheets = tuple(
        replace(sheet, rows=tuple(replace(row, cells=tuple(map(tidied, row.cells))) for row in sheet.rows))
        for sheet in book.sheets
    )
    return replace(book, sheets=sheets)


def written(cell: Cell) -> str:
    """What stands in a cell of a book that is `tidy`."""
    return cell.text


def unstruck(cell: Cell) -> str:
    """What stands in a cell and is not struck through; all of it where all is struck through."""
    struck = cell.struck.strip()
    return (cell.text.replace(struck, " ", 1).strip() if struck else "") or cell.text


def is_struck(cell: Cell) -> bool:
    """Whether all that stands in a cell is struck through."""
    return bool(cell.struck.strip()) and words(cell.struck) == words(cell.text)


def lines(text: str) -> list[str]:
    """Its lines without bullets, empty ones left out."""
    found = (BULLET.sub("", line).strip() for line in re.split(r"[\r\n]+|\s*[•▪●\uf0b7]\s*", text))
    return [line for line in found if line]


def shortened(text: str, longest: int = 80) -> str:
    """The text in one line, for a question or a warning."""
    plain = " ".join(text.split())
    return plain if len(plain) <= longest else plain[: longest - 1].rstrip() + "…"
