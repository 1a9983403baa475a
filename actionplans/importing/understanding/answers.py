"""Questions and the answers to them. A question keeps its key from one reading of the file to the next."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from actionplans.importing.tables import Warned
from actionplans.importing.understanding.shapes import Choice, Question
from actionplans.importing.understanding.words import fold, shortened, spoken

LONGEST = 60
FEW = 3  # questions of one family from which on one question stands for them
OF_MANY = "all:"  # how the key of a question begins that stands for many
EACH = Choice("each", "Ask me about each of them")
NAMELESS = frozenset({"person"})  # kinds of which the key does not tell the text: it is a person's name


def key_of(kind: str, *told_by: str) -> str:
    """The stable key of a question: its kind and the text that it is about, however that is spaced or capitalised."""
    texts = [fold(text) for text in told_by]
    name = "-".join(part for part in (spoken(text).replace(" ", "-") for text in texts) if part)
    exact = hashlib.sha256("\n".join(texts).encode("utf-8", "replace")).hexdigest()
    if kind in NAMELESS:
        return f"{kind}:{exact[:12]}"
    return f"{kind}:{name[:LONGEST]}:{exact[:6]}" if told_by else kind


Pick = Callable[[tuple[Choice, ...]], str | None]


@dataclass(frozen=True, slots=True)
class Family:
    """Questions that one answer may settle together. `{these}` in its text is what the first of them are about.

    An answer of the family is that choice of each question which `picks` names, or else the one of the same value. A
    question that does not take it is asked by itself.
    """

    name: str
    text: str
    choices: tuple[Choice, ...]
    shown: int = 3  # so many of these are named in the text
    picks: Mapping[str, Pick] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"{OF_MANY}{self.name}"

    def picked(self, answer: str, offered: tuple[Choice, ...]) -> str | None:
        """The value of the offered choice that an answer of the family means."""
        if answer in self.picks:
            return self.picks[answer](offered)
        return answer if any(answer == one.value for one in offered) else None


def first(offered: tuple[Choice, ...]) -> str | None:
    """The value of the first choice."""
    return offered[0].value if offered else None


@dataclass(slots=True)
class Asked:
    """A question with its cells, the family that may stand for it, and the answer that came of that."""

    question: Question
    family: Family | None = None
    subject: str = ""
    answer: str = ""
    cells: dict[str, None] = field(default_factory=dict)


class Asking:
    """Gathers the questions, the warnings, and which answers were used, while one file is understood."""

    def __init__(self, answers: Mapping[str, str], remembered: Iterable[tuple[str, str]] = ()) -> None:
        self._given = answers
        self._answers = {**dict(remembered), **answers}
        self._answered: dict[str, tuple[Question, str]] = {}
        self._open: dict[str, Asked] = {}
        self._settled_by_all: dict[str, Asked] = {}
        self._warnings: dict[Warned, None] = {}
        self._asked: set[str] = set()

    def ask(
        self,
        kind: str,
        told_by: Iterable[str],
        *,
        at: str,
        text: str,
        choices: Iterable[Choice],
        takes: Callable[[str], bool] = lambda answer: False,
        family: Family | None = None,
        subject: str = "",
    ) -> str | None:
        """The answer, if one was given that the question takes; else the question is kept and the answer is None.

        `takes` says whether an answer outside the choices is a good one too. `subject`: what it is about, in few words,
        where one answer may settle its whole family.
        """
        key, offered = key_of(kind, *told_by), tuple(choices)
        question = Question(key, kind, text, offered, (at,))
        given = self._answers.get(key)
        if given is not None:
            self._asked.add(key)
            chosen = _chosen(given, offered)
            if chosen is not None or takes(given):
                settled = chosen if chosen is not None else given
                self._answered.setdefault(key, (question, settled))
                return settled
            self.warn(at, f"The answer “{given}” is none that this question takes, so it is asked again.")
        by_all = self._of_family(family, offered)
        if family and by_all is not None:
            self._settled_by_all.setdefault(key, Asked(question, family, subject, by_all)).cells[at] = None
            return by_all
        self._open.setdefault(key, Asked(question, family, subject)).cells[at] = None
        return None

    def _of_family(self, family: Family | None, offered: tuple[Choice, ...]) -> str | None:
        """What the answer to all of a family says to this one of it."""
        given = self._to_all(family)
        return family.picked(given, offered) if family and given else None

    def _to_all(self, family: Family | None) -> str | None:
        """The answer to all of a family, if one was given that it takes."""
        given = self._answers.get(family.key) if family else None
        if family is None or given is None:
            return None
        self._asked.add(family.key)
        chosen = _chosen(given, (*family.choices, EACH))
        if chosen is None:
            self.warn("", f"The answer “{given}” is none that this question takes, so it is asked again.")
        return chosen

    def has_answer(self, kind: str, told_by: Iterable[str], family: Family | None = None) -> bool:
        """Whether somebody has answered that question, or all of its family."""
        return key_of(kind, *told_by) in self._answers or self._to_all(family) is not None

    def corrected(self, kind: str, told_by: Iterable[str], choices: Iterable[Choice]) -> str | None:
        """The answer to what need not be asked, if the person corrects it all the same."""
        key = key_of(kind, *told_by)
        chosen = _chosen(self._answers[key], tuple(choices)) if key in self._answers else None
        if chosen is not None:
            self._asked.add(key)
        return chosen

    def refuse(self, key: str, why: str) -> None:
        """Ask again what was answered with something that does not fit the other answers."""
        question, _ = self._answered.pop(key)
        again = replace(question, text=f"{question.text} {why}")
        self._open[key] = Asked(again, cells=dict.fromkeys(question.cells))

    def is_told_here(self, kind: str, *told_by: str) -> bool:
        """Whether the person has answered this for this very file, and not for an earlier one."""
        key = key_of(kind, *told_by)
        by_all = self._settled_by_all.get(key)
        return key in self._given or bool(by_all and by_all.family and by_all.family.key in self._given)

    def warn(self, at: str, text: str) -> None:
        self._warnings[Warned(at, text)] = None

    def questions(self) -> tuple[Question, ...]:
        """Those without an answer, in the order in which they came up, each with all its cells.

        Where many of a family are open and nobody wants to be asked each, one question stands for them.
        """
        together = self._together()
        found: dict[str, Question] = {}
        for key, one in self._open.items():
            if one.family and one.family.name in together:
                found.setdefault(one.family.key, together[one.family.name])
            else:
                found[key] = replace(one.question, cells=tuple(one.cells))
        return tuple(found.values())

    def _together(self) -> dict[str, Question]:
        """The questions that stand for whole families, by the family's name."""
        families: dict[str, list[Asked]] = defaultdict(list)
        for one in self._open.values():
            if one.family and self._to_all(one.family) is None:
                families[one.family.name].append(one)
        return {name: _for_all(members) for name, members in families.items() if len(members) >= FEW}

    def answered(self) -> tuple[tuple[Question, str], ...]:
        """The questions that an answer settled, with that answer; of a family that one answer settled, that one."""
        families: dict[str, list[Asked]] = defaultdict(list)
        for one in self._settled_by_all.values():
            assert one.family is not None  # noqa: S101 - only such are settled so
            families[one.family.key].append(one)
        of_all = tuple((_for_all(members), self._answers[key]) for key, members in families.items())
        return (*self._answered.values(), *of_all)

    def told_together(self) -> tuple[tuple[str, str], ...]:
        """By key what the answer to a family says to each question of it, to be remembered as if it had been asked."""
        return tuple((key, one.answer) for key, one in self._settled_by_all.items())

    def warnings(self) -> tuple[Warned, ...]:
        """What was warned of, and last the answers to which there was no question. What was remembered need not fit."""
        unused = sorted(set(self._given) - self._asked)
        asked_nothing = [
            Warned("", f"No question of this file has the key “{key}”; its answer was not used.") for key in unused
        ]
        return (*self._warnings, *asked_nothing)


def _for_all(members: list[Asked]) -> Question:
    """One question in place of these, which are of one family."""
    family = members[0].family
    assert family is not None  # noqa: S101 - such were looked for
    named = ", ".join(f"“{shortened(one.subject, 40)}”" for one in members[: family.shown])
    more = f" and {len(members) - family.shown} more" if len(members) > family.shown else ""
    cells = tuple(dict.fromkeys(cell for one in members for cell in one.cells))
    text = family.text.format(these=f"{named}{more}")
    return Question(family.key, members[0].question.kind, text, (*family.choices, EACH), cells)


def _chosen(given: str, choices: tuple[Choice, ...]) -> str | None:
    """The value of the choice that the answer names by its value or its label."""
    for one in choices:
        if given == one.value:
            return one.value
    for one in choices:
        if fold(given) in (fold(one.value), fold(one.label)):
            return one.value
    return None
