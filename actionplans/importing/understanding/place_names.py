"""Places in a text that might be persons by their capitals: “in Upper Wex”, “from Nether Hale to Wells”.

A place is told from a person by two things together: what stands before it, and a first word that many English places
begin with and nobody is called by. “Long”, “Royal” and “Temple” are given to children, so they tell nothing.
"""

import re
from collections.abc import Callable

from actionplans.importing.understanding.people import JOB, NAME
from actionplans.importing.understanding.words import vocabulary

FIRST_WORDS = vocabulary(
    """upper lower nether great little much mid middle north south east west old new high low market church castle
    chipping steeple abbots bishops monks priors earls kings queens"""
)
NAMES = rf"{NAME}(?:\s+{NAME}){{0,2}}"
# Right behind one of these words, or further on in the list that begins there: “in Wells, Frome and Upper Wex”.
WITHIN = re.compile(
    rf"\b(?i:in|at|near|across|within|throughout|around|outside)\s+(?:(?:both|the)\s+)?"
    rf"(?:{NAMES}(?:\s*,\s*(?:(?:and|or)\s+)?|\s+(?:and|or|&)\s+|\s?/\s?)){{0,8}}$"
)
FROM = re.compile(r"\b(?i:from)\s+$")
FROM_ONE = re.compile(rf"\b(?i:from)\s+({NAME})(?:\s+{NAME}){{0,2}}\s+to\s+$")
TO_OTHER = re.compile(rf"\s+to\s+({NAME})")
POST = re.compile(r"\s*(?:[,(–-]\s*)(?:the\s+)?([^.;]{3,40})")
AROUND = 200  # letters before that are looked at


def is_place(text: str, first: int, after: int, is_known: Callable[[str], bool]) -> bool:
    """Whether the words from one letter to another stand where places do. `is_known` knows the map's words.

    From one place to another both ends must be places: “from Church Okoro to Wei Chen” hands something over.
    """
    before, behind = text[max(0, first - AROUND) : first], text[after : after + AROUND]
    post = POST.match(behind)
    if post and JOB.search(post[1].casefold()):
        return False
    if WITHIN.search(before):
        return True
    start, end = FROM_ONE.search(before), TO_OTHER.match(behind)
    other = start or (end if FROM.search(before) else None)
    return other is not None and (other[1].casefold() in FIRST_WORDS or is_known(other[1].casefold()))
