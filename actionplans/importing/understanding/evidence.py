"""What the cells of a column tell about it, whatever its heading says."""

import re
from collections.abc import Sequence
from datetime import date

from actionplans.importing.tables import Cell
from actionplans.importing.understanding import headings, references
from actionplans.importing.understanding.colours import colour_of, colours_named
from actionplans.importing.understanding.fields import Field
from actionplans.importing.understanding.words import fold, words, written

ENOUGH = 0.6  # this share of the cells with something in them makes the column what they are
SAMPLE = 60
MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
TIME = re.compile(
    rf"\b(?:{MONTH}|spring|summer|autumn|winter)\b.{{0,12}}\d\d|\bq[1-4]\b|\b\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}\b"
    r"|\b20\d\d\b|^\d\d-\d\d$|^(?:ongoing|on-going|tbc|annual(?:ly)?|quarterly|immediate(?:ly)?|continuous(?:ly)?"
    r"|rolling|weekly|fortnightly|(?:(?:bi|two|three|four|six|\d{1,2})[- ]?)?monthly|twice (?:yearly|a year)"
    r"|every \w+ (?:months|weeks)|within \w+ (?:months|weeks|years?))\b",
)
BODY = re.compile(
    r"\b(?:ccgs?|icb|trust|police|council|constabulary|nhs|ambulance|la|las|local authorit(?:y|ies)|"
    r"healthwatch|pcc|opcc|mind"
    r"|all (?:agencies|partners)|all|amhp|cmht|camhs|samaritans|btp|public health|social care|fire)\b"
)
LABEL = re.compile(r"(?:^|(?<=[.;|,\n])\s*|(?<=\s))([A-Z][A-Za-z /]{1,30}?)\s*:\s*")
STATE = re.compile(
    r"^(?:complete|completed|done|ongoing|on-going|in progress|not started|underway|under way|on "
    r"track|delayed|overdue|paused"
    r"|on hold|closed|started|achieved|removed|outstanding)\b"
)


def labelled(text: str) -> list[tuple[Field, str]]:
    """What a text says that is worded as a form: "Lead: WCC. Timescale: May 2015". It must begin with a heading."""
    found = [one for one in LABEL.finditer(text) if headings.is_plain(one[1])]
    if not found or found[0].start() > 0:
        return []
    ends = [one.start() for one in found[1:]] + [len(text)]
    told = [
        (headings.best(one[1])[0], text[one.end() : end].strip(" \n.;|,")) for one, end in zip(found, ends, strict=True)
    ]
    return [(field, said) for field, said in told if field and said]


def guess(cells: Sequence[Cell]) -> Field | None:
    """What a column seems to hold, by its cells alone; None where they do not tell."""
    told = [cell for cell in cells if written(cell) or colour_of(cell.fill)][:SAMPLE]
    if not told:
        return None
    texts = [fold(written(cell)) for cell in told]
    if _share([_is_time(cell) for cell in told]) >= ENOUGH:
        return Field.TIMESCALE
    if _share([_is_colour(cell) for cell in told]) >= ENOUGH:
        return Field.RAG
    if _share([bool(STATE.search(text)) and len(text) < 40 for text in texts]) >= ENOUGH:
        return Field.STATUS
    if _share([references.looks_like(text) for text in texts]) >= ENOUGH:
        return Field.REFERENCE
    if _share([bool(BODY.search(text)) and len(text) < 120 for text in texts]) >= ENOUGH:
        return Field.LEAD
    return None


def length(cells: Sequence[Cell]) -> float:
    """How many words its cells hold on average, empty ones left out."""
    counts = [len(words(written(cell))) for cell in cells[:SAMPLE] if written(cell)]
    return sum(counts) / len(counts) if counts else 0.0


def is_time(text: str) -> bool:
    """Whether a text speaks of a time as timescales do."""
    return bool(TIME.search(fold(text)))


def is_body(text: str) -> bool:
    """Whether a text names a kind of body that leads actions."""
    return bool(BODY.search(fold(text)))


def _is_time(cell: Cell) -> bool:
    text = written(cell)
    return isinstance(cell.value, date) or (len(text) < 60 and is_time(text))


def _is_colour(cell: Cell) -> bool:
    text = written(cell)
    return (bool(colour_of(cell.fill)) and len(text) < 25) or (len(text) < 15 and bool(colours_named(text)))


def _share(facts: Sequence[bool]) -> float:
    return sum(facts) / len(facts)
