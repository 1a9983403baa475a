"""Questions and the answers to them. A question keeps its key from one reading of the file to the next."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from actionplans.importing.tables import Warned
from actionplans.importing.understanding.shapes import Choice, Question
from actionplans.importing.understanding.words import fold, spoken

LONGEST = 60


def key_of(kind: str, *told_by: str) -> str:
    """The stable key of a question: its kind and the text that it is about, however that is spaced or capitalised."""
    texts = [fold(text) for text in told_by]
    name = "-".join(part for part in (spoken(text).replace(" ", "-") for text in texts) if part)
    exact = hashlib.sha256("\n".join(texts).encode("utf-8", "replace")).hexdigest()[:6]
    return f"{kind}:{name[:LONGEST]}:{exact}" if told_by else kind


class Asking:
    """Gathers the questions, the warnings, and which answers were used, while one file is understood."""

    def __init__(self, answers: Mapping[str, str], remembered: Iterable[tuple[str, str]] = ()) -> None:
        self._given = answers
        self._answers = {**dict(remembered), **answers}
        self._answered: dict[str, tuple[Question, str]] = {}
        self._questions: dict[str, Question] = {}
        self._cells: dict[str, dict[str, None]] = {}
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
    ) -> str | None:
        """The answer, if one was given that the question takes; else the question is kept and the answer is None.

        `takes` says whether an answer outside the choices is a good one too.
        """
        key = key_of(kind, *told_by)
        offered = tuple(choices)
        given = self._answers.get(key)
        if given is not None:
            self._asked.add(key)
            chosen = _chosen(given, offered)
            if chosen is not None or takes(given):
                settled = chosen if chosen is not None else given
                self._answered.setdefault(key, (Question(key, kind, text, offered, (at,)), settled))
                return settled
            self.warn(at, f"The answer “{given}” is none that this question takes, so it is asked again.")
        self._questions.setdefault(key, Question(key, kind, text, offered))
        self._cells.setdefault(key, {})[at] = None
        return None

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
        self._questions[key] = replace(question, text=f"{question.text} {why}")
        self._cells[key] = dict.fromkeys(question.cells)

    def is_told_here(self, kind: str, *told_by: str) -> bool:
        """Whether the person has answered this for this very file, and not for an earlier one."""
        return key_of(kind, *told_by) in self._given

    def warn(self, at: str, text: str) -> None:
        self._warnings[Warned(at, text)] = None

    def questions(self) -> tuple[Question, ...]:
        """Those without an answer, in the order in which they came up, each with all its cells."""
        return tuple(
            Question(one.key, one.kind, one.text, one.choices, tuple(self._cells[key]))
            for key, one in self._questions.items()
        )

    def answered(self) -> tuple[tuple[Question, str], ...]:
        """The questions that an answer settled, with that answer."""
        return tuple(self._answered.values())

    def warnings(self) -> tuple[Warned, ...]:
        """What was warned of, and last the answers to which there was no question. What was remembered need not fit."""
        unused = sorted(set(self._given) - self._asked)
        asked_nothing = [
            Warned("", f"No question of this file has the key “{key}”; its answer was not used.") for key in unused
        ]
        return (*self._warnings, *asked_nothing)


def _chosen(given: str, choices: tuple[Choice, ...]) -> str | None:
    """The value of the choice that the answer names by its value or its label."""
    for one in choices:
        if given == one.value:
            return one.value
    for one in choices:
        if fold(given) in (fold(one.value), fold(one.label)):
            return one.value
    return None
