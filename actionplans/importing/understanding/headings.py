"""How well a heading fits each field, from 0 to 1."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from actionplans.importing.understanding.fields import DATING, OWN, PERHAPS, SYNONYMS, Field
from actionplans.importing.understanding.words import fold, is_mistyped, spoken, vocabulary, words

PLAIN = 0.75  # from here on a heading is taken without asking
LEAST = 0.4  # below, it says nothing
LONGEST = 90  # letters of a heading
DOUBTFUL = 0.6
PARENTHESIS = re.compile(r"\(([^)]*)\)")
JOINED = re.compile(r"\s*(?:\+|/|&|,|;|\band\b|\n)\s*", re.IGNORECASE)

EXACT: Mapping[str, Field] = {phrase: field for field, phrases in SYNONYMS.items() for phrase in phrases}
MAYBE: Mapping[str, Field] = {phrase: field for field, phrases in PERHAPS.items() for phrase in phrases}
BY_LENGTH: Mapping[int, list[str]] = {
    length: [phrase for phrase in EXACT if len(phrase.split()) == length]
    for length in {len(phrase.split()) for phrase in EXACT}
}
LONGEST_PHRASE = max(BY_LENGTH)
VOCABULARY = frozenset(word for phrase in (*EXACT, *MAYBE) for word in phrase.split())
# Words that stand in too many sentences to make a heading of a longer text that holds them.
COMMON = frozenset(
    {
        "to",
        "from",
        "no",
        "what",
        "when",
        "who",
        "where",
        "due",
        "end",
        "start",
        "by when",
        "why",
        "item",
        "id",
        "other",
        "support",
        "place",
        "position",
        "name",
        "result",
        "target",
        "team",
        "complete",
        "completed",
        "key",
        "code",
        "line",
        "source",
        "issue",
        "board",
        "s no",
        "state",
        "contact",
        "impact",
    }
)

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_AND_YEAR = re.compile(rf"\b({'|'.join(MONTHS)})[a-z]*[\s'.\-/]*(20\d\d|\d\d)\b")
QUARTER = re.compile(r"\b(?:q|qtr |quarter )([1-4])\b")
YEAR = re.compile(r"\b(?:20)?(\d\d)(?:\s?[/-]\s?\d\d)?\b")
ASKING = {
    "who": Field.LEAD,
    "by whom": Field.LEAD,
    "when": Field.TIMESCALE,
    "by when": Field.TIMESCALE,
    "how will we know": Field.MEASURE,
    "how we will know": Field.MEASURE,
    "how do we know": Field.MEASURE,
    "how will we": Field.MEASURE,
}

QUALIFYING = vocabulary(
    "unless for of to in as at from against with by on if since until and achieved required expected"
)
QUALIFIED = frozenset({Field.TIMESCALE, Field.LEAD, Field.PROGRESS, Field.OUTCOME, Field.STATUS, Field.RAG})

# What a heading says that is not for everybody to read: "Confidential update", "Progress (internal)".
PRIVATE = re.compile(
    r"\b(?:internal(?:ly)?|confidential|restricted|sensitive|unpublished)\b"
    r"|\bprivate\b(?! (?:sector|provider|hospital|compan))"
    r"|\bnot (?:for|to be) (?:the )?(?:public|publish|shar|circulat|releas|disclos|wider|general)"
    r"|\bdo not (?:publish|share|circulate|release)|\bnon[- ]?public\b"
)

Scores = Mapping[Field, float]


@lru_cache(maxsize=8192)
def scores(heading: str) -> Scores:
    """The fields that the heading may mean, with how well it fits each."""
    if not heading.strip() or len(heading) > LONGEST:
        return MappingProxyType({})
    if heading in OWN:
        return MappingProxyType({OWN[heading]: 1.0})
    found: dict[Field, float] = {}
    for part, weight in _readings(heading):
        for field, score in _of_phrase(part):
            found[field] = max(found.get(field, 0.0), score * weight)
    return MappingProxyType(found)


def best(heading: str) -> tuple[Field | None, float]:
    found = scores(heading)
    if not found:
        return None, 0.0
    field = max(found, key=lambda one: found[one])
    return field, found[field]


@lru_cache(maxsize=8192)
def combined(heading: str) -> tuple[Field, ...]:
    """The fields of a heading that names several: "Lead Agency + Footprint", "Ref/Action". Else nothing."""
    if len(heading) > LONGEST or heading in OWN or spoken(heading) in EXACT:
        return ()
    found = [_best_of_part(part) for part in JOINED.split(heading) if part.strip()]
    fields = tuple(dict.fromkeys(field for field, _ in found if field))
    return fields if len(fields) > 1 and all(score >= 0.85 for _, score in found) else ()


@lru_cache(maxsize=65536)
def is_plain(text: str) -> bool:
    """Whether a text is a heading beyond doubt. Quick, since it is asked of every cell of a file."""
    if not text or len(text) > LONGEST:
        return False
    if text in OWN:
        return True
    said = words(text)
    if not said or len(said) > 9 or not VOCABULARY.intersection(said):
        return False
    return best(text)[1] >= PLAIN or bool(combined(text))


def is_private(heading: str) -> bool:
    """Whether a heading says that what stands below it is not for the public."""
    return bool(PRIVATE.search(fold(heading)))


def moment_of(heading: str) -> tuple[int, int] | None:
    """The year and the month that a heading names, to put it in order: "RAG Jan 2016"; None where there is neither.

    Of a quarter the year with which its NHS year begins, 0 where none is written, and its number: "Q2 RAG".
    """
    found = MONTH_AND_YEAR.search(fold(heading))
    if found:
        return int(found[2]) % 100, MONTHS.index(found[1]) + 1
    quarter = QUARTER.search(fold(heading))
    year = YEAR.search(fold(heading))
    return (int(year[1]) % 100 if year else 0, int(quarter[1])) if quarter else None


def is_dating(text: str) -> bool:
    """Whether a heading says when and nothing else, as the columns of a calendar do: "Apr", "Q1", "2015"."""
    said = words(text)
    tells = any(word in DATING or (word.isdigit() and len(word) == 4) for word in said)
    return tells and all(word in DATING or word.isdigit() for word in said)


def _best_of_part(part: str) -> tuple[Field | None, float]:
    return best(part)


def _readings(heading: str) -> list[tuple[str, float]]:
    """The heading as a whole, without what stands in brackets, and what stands there."""
    inside = [(text, 0.8) for text in PARENTHESIS.findall(heading)]
    return [(heading, 1.0), (PARENTHESIS.sub(" ", heading), 1.0), *inside]


def _of_phrase(text: str) -> list[tuple[Field, float]]:
    said = spoken(text)
    undated = " ".join(word for word in said.split() if word not in DATING and not word[:1].isdigit())
    found = [(field, 1.0) for field in _exact(EXACT, said)] + [(field, DOUBTFUL) for field in _exact(MAYBE, said)]
    if undated != said:
        found += [(field, 0.95) for field in _exact(EXACT, undated)]
    if fold(text) == "#":
        found.append((Field.REFERENCE, 1.0))
    return found or _asking(said) + _holding(said) + _mistyped(said)


def _exact(phrases: Mapping[str, Field], said: str) -> list[Field]:
    return [phrases[said]] if said in phrases else []


def _asking(said: str) -> list[tuple[Field, float]]:
    """Headings that ask: "Who is responsible?", "When will it be done?"."""
    first = " ".join(said.split()[:3])
    return [(field, 0.8) for start, field in ASKING.items() if first.startswith(f"{start} ")]


def _holding(said: str) -> list[tuple[Field, float]]:
    """The synonyms that stand in a longer heading: the more of it they are, the better."""
    told = said.split()
    length = len(told)
    parts = {
        " ".join(told[at : at + size]) for size in range(1, min(LONGEST_PHRASE, length) + 1) for at in range(length)
    }
    found = [(EXACT[phrase], phrase) for phrase in sorted(parts & EXACT.keys() - COMMON)]
    return [
        (field, max(0.45 + 0.4 * len(phrase.split()) / length, _leading(phrase, said), _trailing(phrase, said)))
        for field, phrase in found
    ]


def _leading(phrase: str, said: str) -> float:
    """A heading that begins with a synonym and then only qualifies it: "Timescale 2015/16 unless otherwise said"."""
    after = said.removeprefix(f"{phrase} ").split()
    if EXACT[phrase] not in QUALIFIED:
        return 0.0
    qualified = after and said.startswith(f"{phrase} ") and (after[0][0].isdigit() or after[0] in QUALIFYING)
    return 0.78 if qualified else 0.0


def _trailing(phrase: str, said: str) -> float:
    """A heading that ends with a synonym which says what it is: "Crisis care action"; not "Lead for the action"."""
    is_end = said.endswith(f" {phrase}") and QUALIFYING.isdisjoint(said.split())
    return 0.76 if is_end and EXACT[phrase] in {*QUALIFIED, Field.ACTION} else 0.0


def _mistyped(said: str) -> list[tuple[Field, float]]:
    """The synonyms that the heading may be with a typing error: "Timesacle"."""
    return [(EXACT[phrase], 0.85) for phrase in BY_LENGTH.get(len(said.split()), ()) if is_mistyped(said, phrase)]
