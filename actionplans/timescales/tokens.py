"""A text as a line of plain words: one kind of dash, of space and of quote, small letters, no footnote marks."""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

from actionplans.timescales.words import MONTHS, NAMESAKES, SEASONS, WEEKDAYS, known_as

LONGEST = 1000  # characters; a timescale is a few words, and a cell that holds more is no timescale alone

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－⁃~"), "-")
_POINTS = re.compile(r"(?<=\d)[·•](?=\d)")
_BULLETS = dict.fromkeys(map(ord, "•▪●◦‣■□·"), ";")
_QUOTES = dict.fromkeys(map(ord, '‘’‛ʼ`´′＇“”"'), "'")
_GONE = dict.fromkeys(map(ord, "*†‡§¶#_\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"))
_ARROWS = re.compile(r"[→⇒➔➜⟶]|[-=]+>")
_SHORT_YEAR = re.compile(r"(?<=.)(?<!\d)'\s*(\d\d)(?!\d)")
_INSIDE_WORD = re.compile(r"(?<=[^\W\d])'(?=[^\W\d])")
_SPLIT_ORDINAL = re.compile(r"(?<=\d)\s+(?=(?:st|nd|rd|th)\b)", re.I)
_CLOCK = re.compile(
    r"(?:(?<=\d)t|(?<![\d:]))\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?(?:\s*[ap]m\b)?(?!\s*(?:[:\d]|[^\W\d]{3}))|\b\d{1,2}\s*[ap]m\b",
    re.I,
)  # not “Phase 2:15 March”
_SENTENCE = re.compile(r"(?:(?<=[0-9]{4})|(?<=[^\W\d]{5}))\.\s+(?=[^\W\d])")
_NUMBERED = re.compile(r"(?<![\w.,/-])(\d)\.(?=\s*[^\W\d])")
_FOOTNOTE = re.compile(r"\[\s*\d*\s*\]")
_TOKEN = re.compile(r"(?:start|beginning)\s+of\b|\d+(?:st|nd|rd|th)\b|[^\W\d_]+|\d+|→|\S", re.I)
_DROPPED = frozenset({"of", "the", "a", "an", "'", "."})
_JOINED = frozenset({"-", "/", "&", "and", "to"})
_QUARTERS = frozenset("1234")
_MARKER = frozenset({"a", "b", "c", "d", "e", "i", "ii", "iii", "iv", "v"})
_BEFORE_TIMES = (
    "by in of end start early mid late from since until till to before after during for within the and or at on"
)
_LEADING_TO = frozenset(_BEFORE_TIMES.split())
# What follows a month and is no surname: what takes place then, and what timescales say of it.
_AFTER_MONTHS = (
    "board boards steering group groups meeting meetings committee cabinet council review reviews conference summit "
    "launch event events workshop onward onwards each every annual annually quarterly monthly ongoing then and for "
    "the this next last latest deadline start end completed complete target revised original tbc school half bank "
    "holiday plan update report audit training with dependent subject phase stage partnership governing forum recess "
    "term budget election elections purdah initially first second third draft final not but was now year"
)
_NO_SURNAMES = frozenset([*_AFTER_MONTHS.split(), *MONTHS, *WEEKDAYS, *SEASONS])

Match = re.Match[str] | None


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a mark, and where it stands in the clean text. `doubt`: its spelling was put right."""

    word: str
    start: int
    end: int
    doubt: bool = False


def clean(text: str) -> str:
    """The text in one kind of letters, digits, dashes, quotes and spaces, without footnote marks."""
    text = "".join(_plain_letter(letter) for letter in text)
    text = unicodedata.normalize("NFKC", text).translate(_DASHES).translate(_QUOTES).translate(_GONE)
    text = _FOOTNOTE.sub(" ", _POINTS.sub(".", _SENTENCE.sub("; ", _ARROWS.sub("→", text)))).translate(_BULLETS)
    text = " ".join(_CLOCK.sub(" ", text).split())
    text = _SPLIT_ORDINAL.sub("", _SHORT_YEAR.sub(r" 20\1", text))
    return " ".join(_NUMBERED.sub(r"\1)", _INSIDE_WORD.sub("", text)).split())


def _plain_letter(letter: str) -> str:
    """Raised figures are marks of footnotes and go; figures in circles number the items of a list."""
    form = unicodedata.decomposition(letter)
    if form.startswith("<super>") and unicodedata.normalize("NFKC", letter).isdigit():
        return ""
    return f"({unicodedata.normalize('NFKC', letter)}) " if form.startswith("<circle>") else letter


def tokens_of(cleaned: str) -> tuple[Token, ...]:
    """The words, numbers and marks of a clean text, in its order."""
    matches = [*_TOKEN.finditer(cleaned)]
    found = [
        _named(match) if _is_person(cleaned, before, match, after) else _token(match)
        for before, match, after in zip([None, *matches], matches, [*matches[1:], None], strict=False)
    ]
    kept = [
        each
        for before, each, after in zip([None, *found], found, [*found[1:], None], strict=False)
        if each.word not in _DROPPED or _counts(before, each, after)
    ]
    return tuple(token for at in range(len(kept)) for token in _second_quarter(kept, at))


def _token(match: re.Match[str]) -> Token:
    word = match.group().lower()
    if word.endswith(" of"):
        return Token("outset", match.start(), match.end())
    known, doubt = known_as(word) if word.isalpha() else (word, False)
    return Token(known, match.start(), match.end(), doubt)


def _is_person(cleaned: str, before: Match, match: re.Match[str], after: Match) -> bool:
    """Whether a month is the name of a person: “March 2016 - Jan Brown”; not “by June Board”."""
    if match[0].lower() not in NAMESAKES or not match[0].istitle() or after is None:
        return False
    surname = after[0]
    if cleaned[match.end() : after.start()] != " " or len(surname) < 3 or not (surname.isalpha() and surname.istitle()):
        return False
    is_led_to = before is not None and before[0].lower() in _LEADING_TO
    known, doubt = known_as(surname.lower())
    return not is_led_to and known == surname.lower() and not doubt and known not in _NO_SURNAMES


def _named(match: re.Match[str]) -> Token:
    """A name, which is no month; its letters are kept, so that no pattern knows it."""
    return Token(f"{match[0].lower()}~", match.start(), match.end())


def _second_quarter(tokens: list[Token], at: int) -> tuple[Token, ...]:
    """“Q1-3” is Q1 to Q3: the second figure gets the Q that was left out."""
    this = tokens[at]
    q, first, joined = (each.word for each in tokens[at - 3 : at]) if at >= 3 else ("", "", "")
    after = tokens[at + 1].word if at + 1 < len(tokens) else ""
    if q == "q" and joined in _JOINED and first < this.word and {first, this.word} <= _QUARTERS and after not in MONTHS:
        return Token("q", this.start, this.start), this
    return (this,)


def _counts(before: Token | None, each: Token, after: Token | None) -> bool:
    """Whether a small word says something here: the point of 31.3.15, the letter of “a)”."""
    if each.word == ".":
        return bool(before and after and before.word.isdigit() and after.word.isdigit() and after.start == each.end)
    return each.word in _MARKER and after is not None and after.word == ")"


@dataclass(frozen=True, slots=True)
class Line:
    """The words of a text in one line, each a space apart, for patterns to match at; `tokens` tell where they stood."""

    cleaned: str
    tokens: tuple[Token, ...]
    text: str
    starts: tuple[int, ...]  # of each token in `text`

    @classmethod
    def of(cls, text: str) -> "Line":
        cleaned = clean(text)
        tokens = tokens_of(cleaned)
        starts: list[int] = []
        at = 0
        for token in tokens:
            starts.append(at)
            at += len(token.word) + 1
        return cls(cleaned, tokens, " ".join(token.word for token in tokens), tuple(starts))

    def token_at(self, start: int) -> int:
        """How many tokens begin before this place of `text`."""
        return bisect_left(self.starts, start)

    def between(self, first: int, last: int) -> str:
        """The clean text from one token up to and without another."""
        return self.cleaned[self.tokens[first].start : self.tokens[last - 1].end]

    def doubtful(self, first: int, last: int) -> bool:
        """Whether a word between these tokens was put right."""
        return any(token.doubt for token in self.tokens[first:last])
