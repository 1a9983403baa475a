"""Persons whom a longer text names: by title, initial or forename, and pairs of capitals that nothing else explains.

It errs towards names: whoever knows the plan is asked, and what is a name stays out of what everybody reads until then.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from actionplans.importing.understanding import people, unusual_names
from actionplans.importing.understanding.forenames import ALSO_WORDS, FORENAMES
from actionplans.importing.understanding.place_names import FIRST_WORDS, is_place
from actionplans.importing.understanding.plain_words import (
    ALSO_SURNAMES,
    MONTHS_AND_DAYS,
    PLACES,
    THINGS,
    is_plain,
)
from actionplans.importing.understanding.words import vocabulary, words

WORD = re.compile(r"[^\W\d_]+(?:['’‑-][^\W\d_]+)*")
CAPITAL = re.compile(rf"(?<![^\W_])(?:[{people.UPPER}]|(?:al|el|ul|ur|d|l)['’-](?=[{people.UPPER}]))[\w'’‑-]*")
ARTICLE = re.compile(r"(?:al|el|ul|ur|d|l)['’-](?=[A-ZÀ-Þ])")  # "al-Hassan", "d'Souza": as good as a capital
RANKS = people.RANKS | vocabulary("chief ch det detective acting temporary temp deputy assistant a t")
BEFORE_PLACES = vocabulary("st saint queen king prince princess operation project storm hurricane")
# Bodies may stand right behind a person; what else stands there may be named after one.
BODIES_BEHIND = vocabulary("police council ccg icb nhs pct ambulance constabulary trust team group board partnership")
LONGEST_NAME = 5  # words
DIGITS = "0123456789"
GOES_ON = re.compile(rf"\.(?:\s+[({people.LOWER}]|\s?[,;:)])")  # what is no end of a sentence: "J. to draft"
SURNAME_BEFORE = re.compile(rf"(?<![\w'’‑-])([{people.UPPER}][{people.UPPER}'’‑-]{{3,}}),\s$")  # in capitals throughout
BESIDE_IT = 40  # letters on either side of a word that tell whether it is somebody
LABEL = re.compile(
    r"\b(?:contact|contacted|chair|chaired by|lead|lead officer|led by|owner|officer|ask|asked|emailed|rang|phoned|"
    r"attn|c/o|(?:spoke|spoken|speak|met|meet|meeting) (?:to|with)|thanks to|named)\s*[:\-–]?\s*$",
    re.IGNORECASE,
)
BESIDE = re.compile(r"(?:\b(?:with|by|from|and|to|for|via|per|cc)\s+|[(/]\s*)$", re.IGNORECASE)
DOES = re.compile(
    r"\s+(?:to|will)\s+(?:chase|update|draft|ask|email|e-mail|speak|contact|circulate|confirm|discuss|meet|provide|send|"
    r"share|attend|lead|progress|write|arrange|check|raise|follow|liaise|take|report|feed|chair|produce|look|find|ring)\b"
    r"|\s+(?:is|was) (?:leading|chasing|drafting|on leave|off sick|away|chairing)\b|\s+on leave\b"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A person in a text, from one letter to another. `is_sure`: by a title, an initial or a known forename."""

    name: str
    first: int
    after: int
    is_sure: bool = True


class Word(NamedTuple):
    """A word by itself. `low`: in small letters, without the sign of the genitive."""

    low: str
    is_capital: bool
    is_initial: bool
    is_shouted: bool


@lru_cache(maxsize=16384)
def _word(text: str) -> Word:
    low = text.casefold().replace("’", "'").removesuffix("'s").removesuffix("'")
    is_capital = text[0].isupper() or bool(ARTICLE.match(text))
    return Word(low, is_capital, len(text) == 1 and is_capital, len(text) > 1 and text.isupper())


class Token(NamedTuple):
    """A word of a text; `is_next`: nothing but a space stands between it and the word before."""

    text: str
    first: int
    after: int
    is_next: bool
    word: Word

    @property
    def low(self) -> str:
        return self.word.low

    @property
    def is_capital(self) -> bool:
        return self.word.is_capital

    @property
    def is_initial(self) -> bool:
        return self.word.is_initial

    @property
    def is_shouted(self) -> bool:
        return self.word.is_shouted


@dataclass(frozen=True, slots=True)
class Names:
    """Tells persons from everything else that is written with capitals.

    `is_body` knows the words of the organisations, `is_common` the words that this file writes with small letters,
    `places` the areas; `known` are names from the columns of leads and officers: words of each, and the whole.
    """

    is_body: Callable[[str], bool] = lambda word: False
    is_common: Callable[[str], bool] = lambda word: False
    places: Collection[str] = frozenset()
    known: Mapping[str, str] = field(default_factory=dict)

    def within(self, text: str) -> list[Mention]:
        """The persons whom the text names, in its order."""
        found = list(self._unusual(text))
        if all(map(_names_nobody, CAPITAL.findall(text))):
            return sorted(found, key=lambda one: one.first)
        if any(word.rstrip(DIGITS) in people.RANKS for word in words(text)):
            found += self._titled(text)
        found.sort(key=lambda one: one.first)
        starts = [one.first for one in found]
        for run in _runs(text):
            found += self._of_run([one for one in run if not _is_in(one, found, starts)], text)
        if self.known:
            found.sort(key=lambda one: one.first)
            starts = [one.first for one in found]
            found += [one for one in self._known(text) if not _is_in(one, found, starts)]
        found = [self._with_surname_before(one, text) for one in found]
        return sorted(map(self._whole, found), key=lambda one: one.first)

    def _unusual(self, text: str) -> Iterator[Mention]:
        """Persons without the capitals of a name."""
        for find in (unusual_names.small_titled, unusual_names.small_pairs, unusual_names.handles):
            for first, after in find(text, self._is_unexplained):
                yield _mention(text, first, after)

    def _with_surname_before(self, one: Mention, text: str) -> Mention:
        """ "SMITHSON, Jane": of whom the forename alone was found, the surname too."""
        before = SURNAME_BEFORE.search(text, 0, one.first)
        if not before or " " in one.name or one.name.casefold() not in FORENAMES:
            return one
        surname = before[1].casefold()
        return _mention(text, before.start(1), one.after) if self._is_unknown(surname) else one

    def _whole(self, one: Mention) -> Mention:
        """Whom a part of a name means, under the whole name."""
        return replace(one, name=self.known.get(one.name.casefold(), one.name)) if self.known else one

    def parts_of(self, name: str) -> set[str]:
        """The words of a name by which alone the person may be named too."""
        return {one.low for one in _tokens(name) if len(one.text) > 2 and one.is_capital and self._is_unknown(one.low)}

    def _known(self, text: str) -> Iterator[Mention]:
        """Whom the plan names as lead or officer, by a part of the name."""
        for one in _tokens(text):
            if one.is_capital and one.low in self.known:
                yield _mention(text, one.first, one.after)

    def _titled(self, text: str) -> Iterator[Mention]:
        for match in people.RANK.finditer(text):
            tokens = [one for one in _tokens(match[0]) if one.is_capital]
            while tokens and tokens[0].low in RANKS and not (tokens[0].is_initial and len(tokens) < 3):
                del tokens[0]
            kept = [*takewhile(lambda one: one.is_initial or self._may_follow_title(one.low), tokens)]
            while kept and kept[-1].is_initial:
                kept.pop()
            if kept:
                yield _mention(text, match.start(), match.start() + kept[-1].after)

    def _may_follow_title(self, low: str) -> bool:
        return self._may_be_surname(low) and not self._is_strange(low)

    def _of_run(self, run: Sequence[Token], text: str) -> Iterator[Mention]:
        at = 0
        while at < len(run):
            length, is_sure = self._person_at(run, at, text)
            named = self._not_after_somebody(run, at, length)
            if named:
                last = run[at + named - 1]
                dot = int(last.is_initial and bool(GOES_ON.match(text, last.after)))
                yield _mention(text, run[at].first, last.after + dot, is_sure=is_sure)
            at += max(length, 1) + (named < length)

    def _person_at(self, run: Sequence[Token], at: int, text: str) -> tuple[int, bool]:
        """How many words from here on name a person, and whether that is sure."""
        if run[at].is_initial:
            return self._by_initial(run, at, text)
        if run[at].is_shouted:
            return self._shouted(run, at)
        if at + 1 < len(run) and run[at + 1].is_initial:
            length, is_sure = self._before_initial(run, at, text)
            if length:
                return length, is_sure
        length, is_sure = self._pair(run, at)
        if length and not is_sure and self._is_place(run, at, length, text):
            return 0, False
        if length:
            return length, is_sure
        is_last = at + 1 == len(run) and (not at or is_plain(run[at - 1].low))
        return (1, False) if is_last and self._alone(run[at], text) else (0, False)

    def _pair(self, run: Sequence[Token], at: int) -> tuple[int, bool]:
        """A forename and what follows it; or two words that nothing else explains."""
        names = [one for one in run[at : at + LONGEST_NAME] if not one.is_initial]
        if len(names) < 2 or names[1].is_shouted:
            return 0, False
        first, second = names[0].low, names[1].low
        by_forename = self._is_forename(first) and not self._is_strange(second)
        either = first in FORENAMES and self._may_be_surname(second) and not self._is_known_body(first, second)
        unknown = self._is_unknown(first) and (self._is_unknown(second) or second in ALSO_SURNAMES)
        turned = self._is_unknown(first) and self._is_forename(second)
        if not (by_forename or either or unknown or turned) or self._is_strange(second):
            return 0, False
        length = run.index(names[1]) + 1 - at
        while at + length < len(run) and length < LONGEST_NAME and self._goes_on(run[at + length]):
            length += 1
        return length, by_forename or turned

    def _is_place(self, run: Sequence[Token], at: int, length: int, text: str) -> bool:
        """Two words that nothing explains, in “Upper Wex” or “Old Wexley Hall”, where places stand and no names do."""
        first, last = run[at], run[at + 1]
        begin = at if first.low in FIRST_WORDS else at - 1 if at and last.low in THINGS else at
        if length != 2 or run[begin].low not in FIRST_WORDS:
            return False
        is_called = first.low in FORENAMES or last.low in FORENAMES - ALSO_WORDS or first.low in self.known
        is_somebody = is_called or last.low in self.known or last.low != last.text.casefold()  # “Upper Wex's”
        if is_somebody or DOES.match(text[last.after : last.after + BESIDE_IT]):
            return False
        return is_place(text, run[begin].first, last.after, lambda low: low in PLACES or low in self.places)

    def _goes_on(self, token: Token) -> bool:
        low = token.low
        if token.is_shouted or token.is_initial or token.text in people.PARTICLES:
            return token.text in people.PARTICLES
        return not self._is_strange(low) and (self._is_unknown(low) or low in FORENAMES or low in PLACES)

    def _not_after_somebody(self, run: Sequence[Token], at: int, length: int) -> int:
        """Nobody, where a thing is named after the two: “Caroline Thorpe Ward”."""
        if at and run[at - 1].low in BEFORE_PLACES:
            return 0
        behind = run[at + length].low if at + length < len(run) else ""
        if not length or behind not in THINGS:
            return length
        if behind in BODIES_BEHIND:
            return min(length, 2) if self._is_forename(run[at].low) else 0
        return 2 if length > 2 else 0

    def _by_initial(self, run: Sequence[Token], at: int, text: str) -> tuple[int, bool]:
        """ "J. Smith", "A B Jones"; neither "A. Access" nor "Option B Street"."""
        length = 0
        while at + length < len(run) and length < LONGEST_NAME and run[at + length].is_initial:
            length += 1
        if at + length >= len(run) or run[at + length].is_initial:
            return 0, False
        low = run[at + length].low
        dotted = text[run[at].after : run[at].after + 1] == "."
        is_article = length == 1 and run[at].text in "AI" and not dotted
        if is_article or self._is_strange(low) or run[at + length].is_shouted or (at and is_plain(run[at - 1].low)):
            return 0, False
        if self._is_unknown(low) or low in ALSO_SURNAMES or low in FORENAMES or (dotted and not is_plain(low)):
            return length + 1, True
        return 0, False

    def _before_initial(self, run: Sequence[Token], at: int, text: str) -> tuple[int, bool]:
        """ "Jane S.", "Smithson J."; neither "May A. Access" nor, in a longer name, "Jane S. Smithson"."""
        low, initial = run[at].low, run[at + 1]
        if at + 2 < len(run) and self._pair(run, at)[0] > 2:
            return 0, False
        dotted = text[initial.after : initial.after + 1] == "."
        if self._is_forename(low) and not self.is_body(low):
            return 1 if initial.text in "AI" and not dotted else 2, True
        is_name = self._is_unknown(low) or (low in ALSO_WORDS and not is_plain(low) and low not in MONTHS_AND_DAYS)
        goes_on = bool(GOES_ON.match(text, initial.after))
        return (2, False) if goes_on and is_name and not self.is_body(low) else (0, False)

    def _shouted(self, run: Sequence[Token], at: int) -> tuple[int, bool]:
        """ "JANE SMITH" in capitals throughout."""
        follows = at + 1 < len(run) and run[at + 1].is_shouted and len(run[at + 1].text) > 2
        if not follows or not self._is_forename(run[at].low) or self._is_strange(run[at + 1].low):
            return 0, False
        return 2, True

    def _alone(self, token: Token, text: str) -> bool:
        """One word by itself: a forename, or whoever stands beside "contact" or does something as persons do."""
        low = token.low
        before = text[max(0, token.first - BESIDE_IT) : token.first]
        behind = text[token.after : token.after + BESIDE_IT]
        if token.is_shouted or self._is_strange(low) or low in MONTHS_AND_DAYS or low in PLACES:
            return False
        if self._is_forename(low) and not self.is_body(low):
            return True
        does = bool(LABEL.search(before) or DOES.match(behind))
        if low in ALSO_WORDS:
            return does or (bool(BESIDE.search(before)) and not is_plain(low) and not self.is_body(low))
        return does and self._is_unknown(low)

    def _is_forename(self, low: str) -> bool:
        return (low in FORENAMES and low not in ALSO_WORDS) or ("-" in low and low.partition("-")[0] in FORENAMES)

    def _is_strange(self, low: str) -> bool:
        """A word of bodies, posts, things and times, which stands in nobody's name."""
        if _is_span(low):
            return True
        if low in ALSO_SURNAMES or low in FORENAMES:
            return False
        return low in people.BODIES or low in MONTHS_AND_DAYS or low in THINGS or low in people.RANKS or low in POSTS

    def _may_be_surname(self, low: str) -> bool:
        return self._is_unknown(low) or low in ALSO_SURNAMES or low in FORENAMES or low in PLACES or self.is_body(low)

    def _is_unknown(self, low: str) -> bool:
        """A word that neither the language, nor the map, nor a list of organisations, nor the file explains."""
        return self._is_unexplained(low) and (low in FORENAMES or not self.is_common(low))

    def _is_unexplained(self, low: str) -> bool:
        """The same, however the file writes it."""
        if len(low) < 2 or low in FORENAMES:
            return low in FORENAMES and low not in ALSO_WORDS
        parts = re.split(r"[-‑]", low)
        if self._is_strange(low) or all(map(is_plain, parts)) or any(part in people.BODIES for part in parts):
            return False
        return not (low in PLACES or low in self.places or self.is_body(low))

    def _is_known_body(self, first: str, second: str) -> bool:
        return self.is_body(first) and self.is_body(second)


def _is_span(low: str) -> bool:
    """Whether a word is two times with a dash between, "Jan-March"."""
    first, dash, last = low.replace("‑", "-").partition("-")
    return bool(dash) and first in MONTHS_AND_DAYS and last in MONTHS_AND_DAYS


@lru_cache(maxsize=16384)
def _names_nobody(word: str) -> bool:
    """Whether a word with a capital stands in nobody's name, whatever is beside it. Quick, since it is asked of all."""
    low = word.casefold().replace("’", "'").removesuffix("'s")
    if low in FORENAMES or low in ALSO_SURNAMES or low in RANKS or not low.isalpha():
        return False
    return is_plain(low) or low in people.BODIES or low in MONTHS_AND_DAYS or low in THINGS or low in POSTS


def _is_in(one: Token | Mention, found: Sequence[Mention], starts: Sequence[int]) -> bool:
    """Whether it stands in one of these; `starts` are where they begin, in order."""
    at = bisect_right(starts, one.first) - 1
    return at >= 0 and found[at].after > one.first


def _mention(text: str, first: int, after: int, *, is_sure: bool = True) -> Mention:
    """The person who stands there, without the sign of the genitive."""
    for genitive in ("'s", "’s"):
        after -= len(genitive) if text[first:after].endswith(genitive) else 0
    return Mention(text[first:after], first, after, is_sure)


POSTS = vocabulary("mayor mayoress chancellor lieutenant mp mps minister secretary justice president treasurer clerk")


def _runs(text: str) -> Iterator[list[Token]]:
    """Words with capitals that follow one another, with the particles of names between them."""
    run: list[Token] = []
    waiting: list[Token] = []
    for token in _tokens(text):
        if token.is_capital and (token.is_next or not run):
            run += [*waiting, token] if run else [token]
            waiting = []
        elif run and token.is_next and token.text in people.PARTICLES and not token.is_capital:
            waiting.append(token)
        else:
            if run:
                yield run
            run, waiting = ([token] if token.is_capital else []), []
    if run:
        yield run


def _tokens(text: str) -> Iterator[Token]:
    end, initial = 0, False
    for match in WORD.finditer(text):
        gap = text[end : match.start()]
        is_next = gap in (" ", "\u00a0") or (initial and gap in (".", ". "))
        yield Token(match[0], match.start(), match.end(), is_next, _word(match[0]))
        end, initial = match.end(), len(match[0]) == 1
