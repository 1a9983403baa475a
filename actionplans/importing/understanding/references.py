"""References as plans write them: "1.1", "A1.1", "1:a", "*new". Free text; only their order and form are known."""

import re
from datetime import date

from actionplans.importing.tables import Cell
from actionplans.importing.understanding.words import fold, written

# A number or a letter and a number, with further parts: 3, 1.10, A1, A1.1, 2:b, B-4, 1001, 1.2(a), *new.
FORM = re.compile(
    r"(?:\*?new\b|(?:[a-z]{1,3}\s?[.\-:]?\s?)?\d{1,4}(?:\s?[.:\-/]\s?(?:\d{1,3}|[a-z](?![a-z])|[ivx]{1,4}(?![a-z])))*"
    r"(?:\s?\([a-z]\)|\s?[a-z]\)|[a-z](?![a-z])|\s?\([ivx]{1,4}\))?|[a-z](?=[.):]|$))[.):]*",
    re.IGNORECASE,
)
STATUTE = re.compile(r"s\.?\s?13[56]\b", re.IGNORECASE)  # sections of the Mental Health Act
PART = re.compile(r"\d+|[^\W\d_]+")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAY_SHOWN = re.compile(rf"(\d{{1,2}})[- ]({'|'.join(MONTHS)})", re.IGNORECASE)  # as a file of lines keeps such a day
LEADING = re.compile(r"(?:action|ref|reference|item|no)\b[.:\s]*", re.IGNORECASE)

Key = tuple[tuple[int, int, str], ...]


def natural_key(reference: str) -> Key:
    """A sort key in which "1.2" stands before "1.10", numbers before letters, and what has neither comes last."""
    parts = PART.findall(fold(reference).lstrip("*"))
    if not parts or fold(reference).startswith("*"):
        return ((2, 0, fold(reference)),)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def looks_like(text: str) -> bool:
    """Whether a text is a reference and nothing more."""
    plain = LEADING.sub("", text.strip(), count=1)
    return 0 < len(plain) <= 16 and FORM.fullmatch(plain) is not None


def tidied(text: str) -> str:
    """A reference without the dot or bracket that ends it and without the spaces around; else as written."""
    plain = " ".join(text.split())
    if re.fullmatch(r"[\w.:\-/ ]+[.:)]", plain):
        plain = plain[:-1].rstrip()
    return plain


def comparable(reference: str) -> str:
    """The reference as two files may write it differently: "A1.1." and "a 1.1" are the same."""
    return re.sub(r"\s+", "", fold(tidied(reference)))


def taken_from(text: str) -> tuple[str, str]:
    """The reference with which a text begins, and the rest: "1.1 Set up a group" → ("1.1", "Set up a group")."""
    found = FORM.match(text.strip())
    if not found or not found[0].strip() or STATUTE.match(text.strip()):
        return "", text
    rest = text.strip()[found.end() :]
    spelt = found[0].rstrip()
    marked = rest[:1] in (" ", "\n", "\t") or spelt[-1:] in ".):"
    if not marked or not rest.strip() or not _tells_apart(spelt):
        return "", text
    return tidied(spelt), rest.lstrip(" \t\r\n-–—:.")


def _tells_apart(spelt: str) -> bool:
    """Not the "24" of "24 hour helpline": a reference before a text has a point, a colon, a bracket or a letter."""
    return bool(re.search(r"\d[.:)]|[a-z]\.?\s?\d|^\*|^[a-z][.)]", spelt, re.IGNORECASE))


def misread(cell: Cell) -> tuple[str, ...]:
    """What the reference may have been that a spreadsheet took for a day: 1.2 became 1 February. Else nothing."""
    if isinstance(cell.value, date):
        return tuple(dict.fromkeys((f"{cell.value.day}.{cell.value.month}", written(cell))))
    shown = DAY_SHOWN.fullmatch(written(cell)) if cell.value is None else None
    if shown is None:
        return ()
    return f"{int(shown[1])}.{MONTHS.index(shown[2].lower()) + 1}", written(cell)


def lost_its_nought(before: str, cell: Cell) -> str:
    """The "1.10" that a spreadsheet shows as 1.1 after 1.9; else nothing."""
    if not isinstance(cell.value, float | None):
        return ""
    head, _, tail = written(cell).partition(".")
    previous, _, last = before.rpartition(".")
    if (
        len(tail) == 1
        and tail.isdecimal()
        and previous == head
        and last.isdecimal()
        and int(last) == int(tail) * 10 - 1
    ):
        return f"{head}.{int(tail) * 10}"
    return ""
