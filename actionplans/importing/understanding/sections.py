"""Written headings of sections, mapped to the national ones: 1 and A to D, which other plans number 1 to 5."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from actionplans.importing.understanding.answers import Asking, Family
from actionplans.importing.understanding.shapes import Choice, Known, KnownSection
from actionplans.importing.understanding.words import fold, shared, shortened, spoken, vocabulary, words

# How a heading begins: "Section B:", "A2", "1.", "Area C –", "3.2".
CODE = re.compile(
    r"^(?P<word>(?:concordat\s+)?"
    r"(?:section|part|area|theme|standard|domain|principle|priority|workstream|objective|strand|chapter)\s+)?"
    r"(?:(?P<letter>[a-e])(?P<sub>\s?\d{1,2}(?:\.\d+)*)?|(?P<number>\d{1,2})(?P<subnumber>(?:\.\d+)*))"
    r"(?P<mark>\s*[.:)\-]+\s*|\s+|$)(?P<title>.*)$"
)
# Both numberings beside one another: "3 / B", "3 (B)", "B = 3".
PAIRED = re.compile(
    r"(?:(?:section|part|area|theme|domain)\s+)?(?:(?P<number>[1-5])\s?[/(=&-]\s?(?P<letter>[a-d])\)?"
    r"|(?P<first>[a-d])\s?[/(=&-]\s?(?P<then>[1-5])\)?)"
)
WORDED = re.compile(
    r"^(?:concordat )?(?:section|part|area|theme|standard|domain|principle|priority|workstream|strand|chapter)\b"
)
NONE = "none"
NUMBERS = (
    Choice("national", "Yes: 1 is commissioning, 2 to 5 are A to D"),
    Choice("own", "No: they are the plan's own numbers"),
)
OWN_SECTIONS = Family(
    "sections",
    "{these}: these headings are none of the national sections. To which do their actions belong?",
    (Choice(NONE, "To no national section: they are the plan's own"),),
    shown=30,
)
OPEN = frozenset({"partnership working"})  # a section of its own in some plans, a part of the first in others
ONE_WORD = 0.45  # at most, where titles of several words share but one
SHORT = 0.4  # of the words of a long title, those that are too few to mean it
CLEAR = 0.5  # from here on a title is that section's
APART = 0.12  # so much better than the next one
BY_LETTER, BY_NUMBER = 0.35, 0.25

# Words that tell the sections apart, and how their parts are headed in the national template (in short).
TELLING: Mapping[str, tuple[str, ...]] = {
    "1": (
        "commissioning to allow earlier intervention and responsive crisis services",
        "commissioning",
        "local need with a suitable range of services",
        "improving mental health crisis services",
        "right numbers of high quality staff",
        "improved partnership working",
        "commissioning and early intervention",
        "commissioning for earlier intervention",
        "matching local need",
    ),
    "A": (
        "access to support before crisis point",
        "support before crisis",
        "before crisis",
        "support via primary care",
        "preventing crisis access to support",
        "early intervention",
        "early intervention protecting people whose circumstances make them vulnerable",
        "before crisis point",
        "access to and experience of mental health services",
        "access to support",
    ),
    "B": (
        "urgent and emergency access to crisis care",
        "urgent and emergency access",
        "urgent access",
        "nhs emergency response",
        "emergency access",
        "social services contribution to mental health crisis services",
        "police response to sections 135 and 136",
        "information for front line staff",
        "training and guidance for police officers",
        "people with co existing substance misuse",
    ),
    "C": (
        "quality of treatment and care when in crisis",
        "quality of treatment and care",
        "quality in crisis",
        "quality of care",
        "police use of places of safety and monitoring",
        "safeguarding and staff safety",
        "primary care response",
        "treatment and care in crisis",
        "review of police use of places of safety",
    ),
    "D": (
        "recovery and staying well preventing future crises",
        "recovery and staying well",
        "recovery",
        "staying well",
        "preventing future crises",
        "joint planning for prevention of crises",
        "preventing future crisis",
    ),
}
EMPTY = vocabulary("the of and to in for a an on when with by at or section part area our local")


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading: its code as written, its title, and how well the best national section fits."""

    code: str | None
    score: float
    written_code: str  # a letter or a number, without what follows it
    full_code: str  # with it: "a2", "1.3"
    title: str
    is_worded: bool  # "Section …" stands before it


class Sections:
    """The national sections, asked for by headings as plans write them."""

    def __init__(self, known: Known) -> None:
        self._sections = known.sections
        self._codes = {section.code: section for section in known.sections}
        self._numbers = {section.also_numbered: section.code for section in known.sections if section.also_numbered}
        self._read = lru_cache(maxsize=8192)(self._reading)
        self.choices = (*(_choice(section) for section in known.sections), Choice(NONE, "No national section"))

    def read(self, text: str) -> Heading:
        return self._read(fold(text))

    def is_national(self, text: str) -> bool:
        """Whether a text is the heading of a national section, or of one of its parts."""
        return len(text) < 200 and self.read(text).code is not None

    def of_reference(self, reference: str) -> str | None:
        """The section that the letter of a reference names: "A1.1" is in A. Numbers tell nothing for sure."""
        found = re.match(r"([a-d])[\s.\-:]?\d", fold(reference))
        return found[1].upper() if found and found[1].upper() in self._codes else None

    def of_number(self, number: str) -> str | None:
        """The section that a number names in plans that count 1 to 5."""
        return self._numbers.get(number)

    def of_code(self, code: str | None) -> str | None:
        return code if code in self._codes else None

    def ask(self, text: str, at: str, asking: Asking, guess: str | None = None) -> str | None:
        """The code that the person gives a heading that is no national one; None for none, or while it is asked."""
        told = f"“{shortened(text)}” is none of the national sections. To which do its actions belong?"
        choices = sorted(self.choices, key=lambda choice: choice.value != guess)
        answer = asking.ask("section", (text,), at=at, text=told, choices=choices, family=OWN_SECTIONS, subject=text)
        return answer if answer in self._codes else None

    def corrected(self, text: str, asking: Asking) -> str | None:
        """The code, or "none", to which the person moved a heading that was understood otherwise."""
        return asking.corrected("section", (text,), self.choices)

    def _reading(self, text: str) -> Heading:
        if both := self._paired(text):
            return both
        match = CODE.match(text)
        letter, number = (match["letter"] or "", match["number"] or "") if match else ("", "")
        title = match["title"] if match else text
        if match and letter == "a" and match["mark"].isspace() and not match["sub"] and not match["word"]:
            letter, title, match = "", text, None  # "A safe place": an article and no letter
        by_code = self._named(letter, number)
        ranked = sorted(((self._score(code, title, by_code, letter), code) for code in self._codes), reverse=True)
        best, second = (*ranked, (0.0, ""), (0.0, ""))[:2]
        clear = best[0] >= CLEAR and best[0] - second[0] >= APART
        full = f"{letter}{match['sub'] or ''}{number}{match['subnumber'] or ''}" if match else ""
        is_worded = bool(match and match["word"]) or bool(WORDED.match(text))
        code = best[1] if clear else self._by_code_alone(by_code, letter, title, is_worded)
        return Heading(code, best[0], (letter or number).upper(), full, title.strip(), is_worded)

    def _paired(self, text: str) -> Heading | None:
        """A number and a letter beside one another that name the same section."""
        found = PAIRED.fullmatch(text)
        if not found:
            return None
        number, letter = found["number"] or found["then"], (found["letter"] or found["first"]).upper()
        return Heading(letter, 1.0, number, text, "", True) if self._numbers.get(number) == letter else None

    def _named(self, letter: str, number: str) -> str | None:
        if letter:
            return letter.upper() if letter.upper() in self._codes else None
        return self._numbers.get(number) if number else None

    def _score(self, code: str, title: str, by_code: str | None, letter: str) -> float:
        titles = (*TELLING.get(code, ()), self._codes[code].title)
        fit = max(_fit(title, one) for one in titles)
        return fit + (BY_LETTER if letter else BY_NUMBER) * (by_code == code) * (fit > 0.3)

    def _by_code_alone(self, by_code: str | None, letter: str, title: str, is_worded: bool) -> str | None:
        """ "Section B" and "Section B: our title" say B; "2" and "2. Our title" may be numbers of the plan's own."""
        if by_code and ((not title.strip() and is_worded) or (letter and is_worded)):
            return by_code
        return by_code if by_code and letter and not title.strip() else None


def _choice(section: KnownSection) -> Choice:
    return Choice(section.code, f"{section.code} {section.title}")


@lru_cache(maxsize=16384)
def _fit(title: str, known: str) -> float:
    """How well a title fits a known one: the words they share that tell something, and whether one holds the other."""
    first, second = _telling(title), _telling(known)
    if not first or not second or spoken(title) in OPEN:
        return 0.0
    said, phrase = spoken(title), spoken(known)
    if said == phrase:
        return 1.0
    together = len(first & second)
    fit = 2 * together / (len(first) + len(second))
    if together == len(second) and len(second) >= 2:
        fit = max(fit, 0.6 + 0.4 * len(second) / len(first))
    if together == len(first) and len(first) >= 2 and len(first) >= SHORT * len(second):
        fit = max(fit, 0.75)
    fit = max(fit, shared(title, known) * 0.8)
    return min(fit, ONE_WORD) if together < min(len(first), len(second), 2) else fit


@lru_cache(maxsize=16384)
def _telling(text: str) -> frozenset[str]:
    return frozenset(word[:7] for word in words(text) if word not in EMPTY)
