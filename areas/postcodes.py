"""Which area a postcode lies in: English postcodes only, as the areas stood in 2025.

Source: ONS Postcode Directory, November 2025, licensed under the Open Government Licence v3.0. Contains Royal Mail
data © Royal Mail copyright and database right 2025. It is stored as sorted runs (`data/README.md`). The runs cannot
tell a postcode that does not exist from its neighbours.
"""

import re
import unicodedata
from bisect import bisect_right
from functools import cache
from pathlib import Path
from sys import intern

RUNS = Path(__file__).parent / "data" / "postcode_runs_2025.csv"
OUTWARD = r"(?P<outward>[A-Z]{1,2}[0-9][0-9A-Z]?)"
# In the second half a digit comes first: an O there is a nought. It may be typed half, up to that digit.
POSTCODE = re.compile(rf"{OUTWARD}(?P<inward>[0-9O][A-Z]{{2}})")
OUTWARD_AND_DIGIT = re.compile(rf"\s*{OUTWARD}\s+[0-9O]\s*")

# Where the postcodes that begin with these letters are. The runs hold none of them, or a few across the border.
LETTERS_ELSEWHERE = {
    "Scotland": "AB DD DG EH FK G HS IV KA KW KY ML PA PH TD ZE",
    "Wales": "CF LD LL NP SA",
    "Northern Ireland": "BT",
    "Jersey": "JE",
    "Guernsey": "GY",
    "the Isle of Man": "IM",
}
# Outward codes of Wales among letters that are English otherwise.
WELSH = frozenset(["CH5", "CH6", "CH7", "CH8", "SY16", "SY17", "SY18", "SY19", "SY20", "SY23", "SY24", "SY25"])
# Beginnings of postcodes with addresses on both sides of a border, where the runs know the English side alone.
BY_BORDER = {
    "Wales": (
        *("CH1 6", "CH4 0", "CH4 8", "CH4 9", "HR3 ", "HR5 ", "LD7 ", "LD8 ", "LL14", "NP16", "NP25", "NP5 ", "NP7 "),
        *("SY10", "SY13", "SY14", "SY15", "SY21", "SY22", "SY5 ", "SY9 "),
    ),
    "Scotland": ("DG14", "DG16", "TD12", "TD15", "TD5 ", "TD8 ", "TD9 "),
}
ELSEWHERE = {letters: nation for nation, all_letters in LETTERS_ELSEWHERE.items() for letters in all_letters.split()}


def normalised(text: str) -> str | None:
    """The postcode that somebody typed, as “SG13 8DE”, or None where it has not the form of a postcode.

    Width, case, spaces and punctuation do not matter.
    """
    found = POSTCODE.fullmatch(_letters_and_digits(text))
    return f"{found['outward']} {found['inward'][0].replace('O', '0')}{found['inward'][1:]}" if found else None


def outward_of(text: str) -> str | None:
    """The first half of a postcode, typed alone or up to the next digit: “sg13 ” and “SG13 8” are SG13.

    None where it is nothing of the kind.
    """
    half_typed = OUTWARD_AND_DIGIT.fullmatch(unicodedata.normalize("NFKC", text).upper())
    found = half_typed or re.fullmatch(OUTWARD, _letters_and_digits(text))
    return found["outward"] if found else None


def _letters_and_digits(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(character for character in plain if character.isalnum())


def code_of(postcode: str) -> str | None:
    """The GSS code, as of 2025, of the area that a normalised postcode lies in; None where England has no such one."""
    at = _run_of(_padded(postcode))
    return None if at is None or place_elsewhere(postcode) else _runs()[1][at]


def codes_of(outward: str) -> tuple[str, ...]:
    """The codes of all the areas that postcodes with this first half lie in, in order."""
    if place_elsewhere(outward):
        return ()
    starts, codes = _runs()
    first, beyond = (bisect_right(starts, f"{outward:<4}{inward}") for inward in ("", "9ZZ"))
    inside = set(codes[first:beyond])
    before = _run_of(f"{outward:<4}")
    # A run that begins at “…AA” nearly always begins with the first postcode there is: nothing lies before it.
    if before is not None and not (inside and starts[first].endswith("AA")):
        inside.add(codes[before])
    return tuple(sorted(inside))


def place_elsewhere(postcode: str) -> str:
    """Where a postcode, or the first half of one, is if not in England: “Wales”; empty if it may be in England."""
    outward, letters = postcode.split()[0], _letters(postcode)
    if outward in WELSH:
        return "Wales"
    if letters in ELSEWHERE and not (border_of(postcode) and _run_of(_padded(postcode)) is not None):
        return ELSEWHERE[letters]
    return ""


def border_of(postcode: str) -> str:
    """Which nation's border a postcode is so near to that it may lie across it: “Wales”, “Scotland” or empty."""
    padded = _padded(postcode)
    return next((nation for nation, beginnings in BY_BORDER.items() if padded.startswith(beginnings)), "")


def _padded(postcode: str) -> str:
    """As in the runs: “SG138DE”, “E1  6AN”; the last possible postcode for a first half alone."""
    outward, _, inward = postcode.partition(" ")
    return f"{outward:<4}{inward or '9ZZ'}"


def _letters(postcode: str) -> str:
    return re.split(r"\d", postcode, maxsplit=1)[0]


def _run_of(padded: str) -> int | None:
    """The run that holds it. One that begins under other letters ends, unrecorded, with the last of those letters."""
    starts = _runs()[0]
    at = bisect_right(starts, padded) - 1
    return at if at >= 0 and _letters(starts[at]) == _letters(padded) else None


@cache
def _runs() -> tuple[list[str], list[str]]:
    """Where each run starts, and its code: read once in a process, at the first question (30 to 50 ms, 3 MB)."""
    with RUNS.open(encoding="utf-8") as file:
        next(file)  # the names of the columns
        rows = [line.rstrip().split(",") for line in file]
    return [start for start, _ in rows], [intern(code) for _, code in rows]
