"""Persons whom a file names: kept out of what everybody reads until somebody says that they may stand there.

A name is asked about once, wherever in the file it stands, and the answer is remembered. Why: docs/adr/0026.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from actionplans.importing.understanding import people
from actionplans.importing.understanding.answers import Asking, Family
from actionplans.importing.understanding.naming import Mention, Names
from actionplans.importing.understanding.plain_words import is_plain
from actionplans.importing.understanding.shapes import Choice
from actionplans.importing.understanding.words import shortened, words

NAME_LEFT_OUT, MAIL_LEFT_OUT, PHONE_LEFT_OUT = (
    f"[{what} left out]" for what in ("name", "e-mail address", "telephone number")
)
LEAVE_OUT = Choice("person", "A person: leave the name out")
KEEP_WORDS = Choice("body", "No person: keep the words")
KEEP_NAME = Choice("public", "A person in a public office: keep the name")
CHOICES = (LEAVE_OUT, KEEP_WORDS, KEEP_NAME)
KEPT = frozenset({KEEP_WORDS.value, KEEP_NAME.value})
FAMILY = Family(
    "person",
    "These texts seem to name persons: {these}. What should everybody read?",
    (Choice(LEAVE_OUT.value, "All of these are persons: leave their names out"),),
    shown=30,
)
MAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\w£.])(?:\+44[\s-]?\(?0?\)?[\s-]?|\(?0)(?:\d\)?[\s-]?){9,10}(?!\w)")
MOST_NAMES = 1_000  # of which one file asks
HELPLINE = re.compile(r"\D*(?:0800|0808|0300|0303|0333|0845)")  # numbers that nobody has for himself
LETTERS = re.compile(r"[^\W\d_]+")


class Persons:
    """Finds the persons in the texts of one file, asks about them, and leaves them out."""

    def __init__(self, asking: Asking, names: Names) -> None:
        self._asking, self._names = asking, names
        self._found: dict[str, list[Mention]] = {}
        self._named: set[str] = set()
        self._known: dict[str, str] = {}  # a word of a name, and the whole name

    def learn(self, names: Iterable[str]) -> None:
        """Names from the columns of leads and officers, which are names in every text too."""
        for text in names:
            for one in self._names.within(text):
                self._known |= dict.fromkeys(self._names.parts_of(one.name) - self._known.keys(), one.name)
        self._names = replace(self._names, known=self._known)
        self._found.clear()

    def cleared(self, text: str, at: str) -> str:
        """The text for everybody to read: without those persons whom nobody has allowed in it."""
        if not text:
            return text
        told = MAIL.sub(_mail, PHONE.sub(_phone, text))
        if told != text:
            self._asking.warn(at, "An e-mail address or a telephone number is left out of this text.")
        if told not in self._found:
            self._found[told] = self._names.within(told)
        gone = [one for one in self._found[told] if not self._may_stand(one, told, at)]
        starts = [0, *(one.after for one in gone)]
        ends = [*(one.first for one in gone), len(told)]
        return NAME_LEFT_OUT.join(told[start:end] for start, end in zip(starts, ends, strict=True))

    def _may_stand(self, one: Mention, text: str, at: str) -> bool:
        if identity(one.name) not in self._named and len(self._named) >= MOST_NAMES:
            self._asking.warn("", f"There are more than {MOST_NAMES:,} names in this file. The others are left out.")
            return False
        self._named.add(identity(one.name))
        return ask(one.name, _asked(one, text), at, self._asking) in KEPT


def ask(name: str, text: str, at: str, asking: Asking) -> str | None:
    """What somebody says of a name: person, body, or public. The title before it makes no other question."""
    return asking.ask("person", (identity(name),), at=at, text=text, choices=CHOICES, family=FAMILY, subject=name)


def identity(name: str) -> str:
    """A name by which the same person is known with a title and without."""
    said = [word for word in words(name) if word not in people.RANKS]
    return " ".join(said if len(said) > 1 else words(name))


def _asked(one: Mention, text: str) -> str:
    begin = max(0, one.first - 60)
    part = ("…" if begin else "") + shortened(text[begin : one.after + 60], 140)
    what = "names a person" if one.is_sure else "may name a person"
    return f"“{part}” {what}, “{one.name}”. What should everybody read?"


def _mail(found: re.Match[str]) -> str:
    """Nothing of an address, but for that of an office: crisis.team@…"""
    own = [word.casefold() for word in LETTERS.findall(found[0].partition("@")[0])]
    is_office = all(word in people.BODIES or is_plain(word) for word in own) and any(len(word) > 2 for word in own)
    return found[0] if is_office else MAIL_LEFT_OUT


def _phone(found: re.Match[str]) -> str:
    return found[0] if HELPLINE.match(found[0]) else PHONE_LEFT_OUT


def common_words(texts: Iterable[str]) -> Callable[[str], bool]:
    """Whether a file writes a word with small letters: such a one is no name."""
    found = {word for text in texts for word in LETTERS.findall(MAIL.sub(" ", text))}
    return {word for word in found if word.islower() and len(word) > 2}.__contains__
