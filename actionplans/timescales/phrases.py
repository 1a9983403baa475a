"""The words around a point in time, and what they make of it. A word in no list here makes a reading less sure."""

import re
from enum import Enum, auto

from actionplans.states import ActionState


class Word(Enum):
    """What a word does in a timescale."""

    HARMLESS = auto()  # “by”, “target date”: says nothing that a due day does not say
    DOUBT = auto()  # “about”, “provisional”
    REVISED = auto()  # the date after it replaces one before it
    WAS = auto()  # the date after it was replaced
    START = auto()  # the date after it is the first day
    ONWARDS = auto()  # the date before it is the first day
    FINISH = auto()  # the date after it is the last day
    UNTIL = auto()
    REVIEW = auto()  # the date after it is that of a review
    OTHERWISE = auto()  # turns the meaning round, or makes it hang on something else
    EITHER = auto()
    NOTHING = auto()  # “TBC”
    SOON = auto()  # “ASAP”
    STATUS = auto()
    LABEL = auto()  # “phase 2”: its number is no day
    MARKER = auto()  # “1)”
    WEEKDAY = auto()
    BETWEEN = auto()
    AND = auto()
    SLASH = auto()
    DASH = auto()
    SEPARATOR = auto()
    COLON = auto()
    BRACKET = auto()
    ELSEWHERE = auto()  # “see action 1.2”
    LIMIT = auto()  # “week commencing”
    NUMBER = auto()
    UNKNOWN = auto()


_STATES: dict[str, str] = {
    r"not (?:yet )?(?:started|commenced|begun)|yet to start": ActionState.NOT_STARTED,
    r"in progress|underway|under way|started|commenced|begun|partially complete[d]?|work in progress|wip": (
        ActionState.IN_PROGRESS
    ),
    r"on hold|paused|suspended|deferred indefinitely|stalled": ActionState.PAUSED,
    r"completed|complete|done|achieved|finished|fully (?:met|implemented)|delivered|closed|fully completed|in place|"
    r"implemented|actioned|already in place|now in place": ActionState.COMPLETED,
    r"business as usual|bau|embedded|mainstreamed": ActionState.BUSINESS_AS_USUAL,
    r"no longer (?:required|needed|applicable)|withdrawn|cancelled|not going ahead|abandoned|not progressing": (
        ActionState.NOT_GOING_AHEAD
    ),
    r"merged|superseded|absorbed|combined": ActionState.MERGED,
}

_LISTS: tuple[tuple[Word, str], ...] = (
    (
        Word.HARMLESS,
        "by|in|at|during|on|due|due by|due date|target|target date|date|deadline|timescale|timeframe|when|end|"
        "to be completed|to be complete|to be completed by|for completion|for completion by|"
        "completion|completion by|"
        "completion date|implementation|implementation by|delivery|delivery by|to be delivered|"
        "to be delivered by|at latest|latest|no later than|not later than|on or before|"
        "within|complete by|achieve by|is|for|all|ready by|to be in place|to be in place by|in place by|to be|"
        "to be implemented|to be done|to be agreed by|to be achieved|to be finalised|close play|"
        "cop|noon|financial|"
        "outcome|action|at least|minimum|"
        "commissioning cycle|commissioning|cycle|review cycle|basis|on basis|plan|calendar|year|in year",
    ),
    (
        Word.DOUBT,
        "approx|approximately|circa|c|about|around|provisional|provisionally|hopefully|expected|"
        "anticipated|planned|aim|"
        "aiming for|aspirational|tentative|tentatively|estimated|estimate|est|ideally|projected|"
        "proposed|\\?|possibly|"
        "probably|likely",
    ),
    (
        Word.REVISED,
        "revised|revised to|revised date|revised target|revised deadline|revised timescale|"
        "revision|rev|now|extended|"
        "extended to|extended until|slipped|slipped to|moved|moved to|changed|changed to|amended|"
        "amended to|amended date|"
        "new date|new target|new deadline|deferred to|deferred until|deferred|postponed|"
        "postponed to|postponed until|"
        "rescheduled|rescheduled to|rescheduled for|put back to|pushed back to|updated|"
        "updated to|updated date|delayed|"
        "delayed to|delayed until|brought forward to|reprofiled to|re - profiled to|now due|"
        "now expected|currently",
    ),
    (
        Word.WAS,
        "revised from|moved from|slipped from|changed from|extended from|amended from|"
        "delayed from|deferred from|"
        "postponed from|put back from|was|were|originally|original|original date|original target|"
        "previously|previous|formerly|initially|initial|old",
    ),
    (
        Word.START,
        "from|start|start date|start from|start in|to start|commenced from|effective from|"
        "with effect from|wef|since|launch from|to start in|to start from",
    ),
    (Word.ONWARDS, "onwards|onward|\\+"),
    (Word.FINISH, "end date|end by|to end|finish date|end :"),
    (Word.UNTIL, "until|to|up to|up until|→"),
    (
        Word.REVIEW,
        "review|review in|review by|review date|reviewed|to be reviewed|for review|next review|"
        "review due|reviewed in|"
        "with review|with review in|reviewing|evaluation|evaluate",
    ),
    (
        Word.OTHERWISE,
        "half year|half - year|mid year|mid - year|school holidays|school holiday|earliest|"
        "new year|academic|academic year|school year|to date|to present|before|after|not|unless|if|"
        "subject|subject to|dependent|dependant|depending|depends|depend|pending|following|once|"
        "post|prior|prior to|not before|no earlier than|not until|beyond|later|earlier|except|"
        "excluding|without|no|awaiting|missed|never|"
        "than|later than|earlier than|failed|cannot|when|wait|await|last|next|this|upon|on receipt",
    ),
    (Word.EITHER, "or|either|and / or"),
    (
        Word.NOTHING,
        "tbc|tba|tbd|tbn|t b c|n / a|n /|na|nil|none|not applicable|to be confirmed|to be agreed|"
        "to be determined|to be decided|"
        "to be advised|to be set|not known|unknown|not set|not yet set|not yet agreed|not agreed|"
        "no date|no date set|no timescale|"
        "no time given|not specified|not stated|awaiting confirmation|date tbc|awaited|"
        "unspecified|to be scheduled|pending confirmation",
    ),
    (
        Word.SOON,
        "asap|as soon as possible|soonest|immediate|immediately|urgent|urgently|"
        "with immediate effect|straight away|now|"
        "short term|medium term|long term|short - term|medium - term|long - term|short|medium|"
        "long|soon|imminent|shortly",
    ),
    (Word.WEEKDAY, "monday|tuesday|wednesday|thursday|friday|saturday|sunday|sat|sun"),
    (Word.BETWEEN, "between"),
    (Word.AND, "and|&|plus|then"),
    (Word.SLASH, "/"),
    (Word.DASH, "-|–"),
    (Word.SEPARATOR, ";|,"),
    (Word.COLON, ":"),
    (Word.BRACKET, "\\(|\\)|\\[|\\]"),
    (
        Word.ELSEWHERE,
        "see|refer to|see above|as above|as per|ditto|same as|linked to|as action|in line with|aligned to",
    ),
    (Word.LIMIT, "w / c|wc|week commencing|week start|week beginning|w / b|w / e|week end"),
)
# A number behind one of these is no day.
_NUMBERED = (
    "phase|phases|stage|stages|part|step|action|actions|section|priority|tier|level|wave|tranche|milestone|"
    "objective|item|recommendation|standard|version|v|s|ward|band|cohort|group|option|ref|no|number|point|"
    "task|target|goal|year|workstream|strand|unit|room|page|appendix|annex|deliverable|output|outcome|theme|"
    "zone|area|locality|site"
)
LABELLED = frozenset(_NUMBERED.split("|"))
_LABEL = rf"(?:{_NUMBERED}) (?:\d{{1,2}}|13[56])(?: \. \d{{1,3}})*(?! [/-] \d)"
_PATTERNS: tuple[tuple[Word, str, re.Pattern[str]], ...] = (
    *((Word.STATUS, state, re.compile(rf"(?:{words})(?= |$)")) for words, state in _STATES.items()),
    (Word.LABEL, "", re.compile(rf"{_LABEL}(?= |$)")),
    (Word.MARKER, "", re.compile(r"(?:\( )?(?:\d{1,2}|[a-e]|i{1,3}|iv|v) \)(?= |$)")),
    *(
        (word, "", re.compile(rf"(?:{'|'.join(sorted(words.split('|'), key=len, reverse=True))})(?= |$)"))
        for word, words in _LISTS
    ),
    (Word.NUMBER, "", re.compile(r"\d+(?= |$)")),
)


def phrase_at(line: str, at: int) -> tuple[Word, str, int] | None:
    """The longest phrase at this place of the line: what it does, the state it tells of, and where it ends."""
    best: tuple[Word, str, int] | None = None
    for word, state, pattern in _PATTERNS:
        match = pattern.match(line, at)
        if match and (best is None or match.end() > best[2]):
            best = word, state, match.end()
    return best
