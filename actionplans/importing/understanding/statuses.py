"""Words by which plans say how an action stands, and the states of `actionplans.states` that they mean."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from actionplans.importing.understanding.shapes import Choice, Meaning
from actionplans.importing.understanding.words import fold
from actionplans.states import ActionState, Confidence

NOT_STARTED, IN_PROGRESS, PAUSED, COMPLETED, USUAL, MERGED, NOT_GOING = (state.value for state in ActionState)
ON_TRACK, AT_RISK, OFF_TRACK = (confidence.value for confidence in Confidence)
LONGEST = 60  # letters of a status; longer texts are progress, of which the beginning may be one
CHOICES = tuple(Choice(state.value, state.label) for state in ActionState)
OPEN = Choice("unknown", "It does not say how the action stands")

# In this order: the first that fits the text, or its beginning, is what it says. None: the person must say.
SAYINGS: tuple[tuple[str, Meaning | None], ...] = (
    (
        (
            r"(?:complete[d]?|done|achieved)\s*(?:,|;|-|/|&|and|but|\()\s*(?:now )?(?:ongoing|on-going|on "
            r"going|continu\w+)\b.*"
        ),
        None,
    ),
    (
        (
            r"(?:now |moved to |part of |embedded (?:in|as) |complete[d]?\s*[-,/]?\s*(?:now )?)?(?:business "
            r"as usual|b\.?a\.?u\.?)\b.*"
        ),
        Meaning(USUAL),
    ),
    (r"(?:now )?embedded\b.*", Meaning(USUAL)),
    (
        (
            r"(?:not|no) (?:yet )?(?:start(?:ed)?|commenced|begun)\b.*|(?:yet )?to (?:start|commence|be "
            r"started|begin)\b.*|planned\b.*|unstarted"
        ),
        Meaning(NOT_STARTED),
    ),
    (r"not (?:yet )?(?:complete[d]?|achieved|delivered|done)\b.*|incomplete\b.*|outstanding\b.*", None),
    (
        (
            r"(?:partially|partly|part|nearly|almost) (?:complete[d]?|achieved|delivered|done)\b.*|"
            r"(?:complete[d]?|delivered|achieved) in part\b.*"
        ),
        Meaning(IN_PROGRESS),
    ),
    (r"0 ?% ?(?:complete[d]?)?", Meaning(NOT_STARTED)),
    (r"\d{1,2} ?% ?(?:complete[d]?)?", Meaning(IN_PROGRESS)),
    (r"(?:on ?hold|paused|suspended|deferred|postponed|parked)\b.*", None),
    (
        (
            r"(?:fully |action |now |all |100 ?% )?(?:complete[d]?|done|achieved|delivered|implemented|"
            r"finished|accomplished)(?:\s*[-,.;:(/].*|\s+(?:on|in|by|as|at|since|during|and closed|\d|jan|feb|"
            r"mar|apr|may|jun|jul|aug|sep|oct|nov|dec).*)?|100 ?%"
        ),
        Meaning(COMPLETED),
    ),
    (
        (
            r"(?:fully |action |now |all )?(?:complete[d]?|done|achieved|delivered|implemented|finished|"
            r"accomplished)\b.*"
        ),
        None,
    ),
    (r"(?:yes|y|✓|✔)", None),  # what of, its column says: "Completed? (Y/N)"
    (
        (
            r"(?:on ?-?track|on (?:target|schedule|timescale)|underway (?:and )?on (?:track|timescale|target)|"
            r"progressing (?:well|to plan))\b.*"
        ),
        Meaning(IN_PROGRESS, ON_TRACK),
    ),
    (r"(?:underway|under way)[ ,/-]+(?:on|within) timescales?\b.*", Meaning(IN_PROGRESS, ON_TRACK)),
    (
        (
            r"(?:some |slight |minor )?(?:delay(?:s|ed)?|slippage|at risk|behind(?: schedule)?|slipped|"
            r"slipping)\b.*"
        ),
        Meaning(IN_PROGRESS, AT_RISK),
    ),
    (
        r"(?:off ?-?track|failing|not (?:on|to) (?:track|target|plan)|missed)\b.*",
        Meaning(IN_PROGRESS, OFF_TRACK),
    ),
    (
        (
            r"(?:ongoing|on-going|on going|in[ -]progress|in hand|underway|under way|started|commenced|"
            r"progressing|work in progress|wip|in development|active|live|current|continuing|continues|begun)\b.*"
        ),
        Meaning(IN_PROGRESS),
    ),
    (
        (
            r"(?:merged|combined|amalgamated|absorbed|incorporated|subsumed|moved|now (?:part of|covered by|"
            r"covered in)|covered (?:by|in|under)|see(?: also)?(?: action)?|superseded by|duplicate of|links? "
            r"to)\b.*"
        ),
        Meaning(MERGED),
    ),
    (
        (
            r"(?:not (?:going ahead|being taken forward|pursued|taken forward|proceeding|progressing|required|"
            r"applicable)|no longer (?:required|needed|applicable|relevant)|cancelled|canceled|abandoned|"
            r"withdrawn|dropped|stopped|will not)\b.*"
        ),
        Meaning(NOT_GOING),
    ),
    (r"(?:removed|deleted|closed|ended|superseded|archived|n/a|none|tbc|unknown|no|n|x|review\w*)\b.*", None),
)
# What is not started is open too, and what is overdue may be either: what stands beside the word tells, or the person.
UNTOLD = re.compile(r"(?:(?:still |now )?(?:open|overdue)\b[\s,;:/(-]*(?:and |but )?)+(?P<more>.*)")
PATTERNS = tuple((re.compile(pattern), meaning) for pattern, meaning in SAYINGS)
PAUSES = re.compile(r"(?:on ?hold|paused|suspended|deferred|postponed|parked)\b")
TARGET = re.compile(
    r"\b(?:with|into|in|by|see|of|under|to|action|ref|part of)\s+(?:action|ref|reference|no\.?|item|number)?\s*"
    r"([a-z]{0,3}\.?\d{1,4}(?:[.:]\d+|[.:]?[a-z]\b)*|[a-z]\d+(?:\.\d+)*)\b"
)
SENTENCE = re.compile(r"[.;\n]|\s[-–—]\s|:\s")


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says of the state. `meaning` is None where it says something, but the person must say what."""

    meaning: Meaning | None
    target: str = ""  # the action into which this one was merged


@lru_cache(maxsize=8192)
def said(text: str) -> Said | None:
    """What a text says of the state of its action; None where it says nothing of it."""
    plain = fold(text).strip(" .*!")
    if not plain:
        return None
    if PAUSES.match(plain):
        return Said(Meaning(PAUSED))
    if untold := UNTOLD.fullmatch(plain):
        more = said(untold["more"].rstrip(")"))
        return more if more and more.meaning and more.meaning.state != MERGED else Said(None)
    for pattern, meaning in PATTERNS:
        if pattern.fullmatch(plain):
            return _with_target(plain, meaning)
    return None


def plainly(text: str) -> Said | None:
    """What a text says of the state in its first two words, and nothing of what it may go on to tell."""
    first = beginning(text)
    found = said(first) if len(first.split()) <= 2 else None
    return found if found and found.meaning and not found.target else None


def beginning(text: str) -> str:
    """The first few words of a longer text, up to a stop: where a status column says the state before it tells more."""
    return SENTENCE.split(text.strip(), maxsplit=1)[0].strip()[:LONGEST] if text.strip() else ""


def _with_target(plain: str, meaning: Meaning | None) -> Said:
    if meaning is None or meaning.state != MERGED:
        return Said(meaning)
    found = TARGET.search(plain)
    return Said(meaning, found[1]) if found else Said(None)


def choices(first: str | None = None) -> tuple[Choice, ...]:
    """The states, the likely one first, and that the text does not tell."""
    return (*sorted(CHOICES, key=lambda choice: choice.value != first), OPEN)


LIKELY: Mapping[str, str] = {
    "ongoing": USUAL,
    "on-going": USUAL,
    "outstanding": NOT_STARTED,
    "removed": NOT_GOING,
    "closed": COMPLETED,
}


def likely(text: str) -> str | None:
    """Which state to offer first for a text that must be asked about."""
    return next((state for word, state in LIKELY.items() if word in fold(text)), None)
