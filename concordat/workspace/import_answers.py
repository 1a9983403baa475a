"""The questions about a plan file as a page asks them, and what was answered. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from actionplans.importing.understanding.references import comparable

HEADINGS = {
    "column": "What columns hold",
    "layout": "How the table is laid out",
    "sheet": "Which sheets to read",
    "section": "Sections",
    "reference": "Numbers of actions",
    "action": "Rows without an action",
    "lead": "Who leads",
    "person": "Names that may be persons",
    "timescale": "Dates",
    "status": "How actions stand",
    "rag_key": "Colours",
    "colour": "Colours",
    "struck": "Text that is struck through",
    "match": "The same action, or another?",
    "missing": "Not in this file",
}
MERGED = ("merged", "It is part of another action now")
# What may be written beside the choices, by the kind of the question.
WRITTEN = {
    "timescale": "Or write the day, like 30 6 2015",
    "missing": "If it is done or not going ahead, what came of it or why (anybody can read this). "
    "If it is part of another action, the number of that one.",
    "rag_key": "Or write it yourself, like: red=not_started; amber=in_progress; green=completed",
}
MOST_RADIOS = 8
LONGEST = 500
DAY = re.compile(r"(\d{1,2})[\s/.-]+(\d{1,2})[\s/.-]+(\d{4})|(\d{4})-(\d{2})-(\d{2})")
NO_DAY = "Write a day, like 30 6 2015."
NO_TARGET = "Write the number of the action that it is part of now."
NO_SUCH = "No action of this file or of the plan has that number. Write it as it stands there, like A1."
ITSELF = "An action cannot be part of itself. Write the number of another one."
NO_CHOICE = "Choose one of the answers."
TOO_LONG = f"Make it {LONGEST} characters or fewer."


@dataclass(slots=True)
class Asked:
    """One question as the page shows it. `number` names its fields."""

    number: int
    key: str
    kind: str
    text: str
    choices: list[tuple[str, str]]
    cells: list[str]
    chosen: str = ""
    written: str = ""
    error: str = ""
    own: str = ""  # the number of the action that it is about, where that may be merged into another
    targets: frozenset[str] | None = None  # the numbers (comparable) of those into which it may be; None: not known

    @property
    def name(self) -> str:
        return f"q{self.number}"

    @property
    def label_of_text(self) -> str:
        """What may be written beside the choices; empty where nothing may."""
        return WRITTEN.get(self.kind, "")

    @property
    def is_long(self) -> bool:
        """Whether there are too many choices to show at once."""
        return len(self.choices) > MOST_RADIOS

    @property
    def places(self) -> str:
        """The cells that it is about, the first of them by name."""
        more = len(self.cells) - 5
        return ", ".join(filter(None, self.cells[:5])) + (f" and {more} more" if more > 0 else "")


@dataclass(slots=True)
class Group:
    """The questions of one kind. `common` are the choices that all of them take."""

    kind: str
    heading: str
    questions: list[Asked] = field(default_factory=list)

    @property
    def common(self) -> list[tuple[str, str]]:
        """What can be answered to all of them at once."""
        if len(self.questions) < 2:
            return []
        offered = [dict(each.choices) for each in self.questions]
        return [(value, label) for value, label in self.questions[0].choices if all(value in each for each in offered)]


def asked_of(
    questions: Iterable[Mapping[str, Any]],
    first: int = 0,
    missing: Iterable[Mapping[str, Any]] = (),
    numbers: Iterable[str] = (),
) -> list[Asked]:
    """The questions of an import, numbered from `first`.

    `missing` are the actions that the file leaves out, `numbers` those of all actions of the file and the plan.
    """
    own = {each["key"]: each["reference"] for each in missing if each.get("key")}
    targets = frozenset(map(comparable, numbers)) - {""}
    found = []
    for number, each in enumerate(questions, start=first):
        choices = [(value, label) for value, label in each["choices"]]
        if each["kind"] == "missing":
            choices.append(MERGED)
        one = Asked(number, each["key"], each["kind"], each["text"], choices, each["cells"])
        if each["kind"] == "missing":
            one.own, one.targets = own.get(one.key, ""), targets
        _fill(one, each.get("answer", ""))
        found.append(one)
    return found


def _fill(one: Asked, answer: str) -> None:
    """Show the answer that was given before."""
    values = [value for value, _ in one.choices]
    head, _, rest = answer.partition(":")
    if answer in values:
        one.chosen = answer
    elif one.kind == "missing" and head in values:
        one.chosen, one.written = head, rest
    else:
        one.written = answer


def grouped(questions: Sequence[Asked]) -> list[Group]:
    """The questions by kind, each kind where it came up first."""
    groups: dict[str, Group] = {}
    for each in questions:
        heading = HEADINGS.get(each.kind, "Other questions")
        groups.setdefault(heading, Group(each.kind, heading)).questions.append(each)
    return list(groups.values())


def answers_in(groups: Iterable[Group], sent: Mapping[str, Any]) -> dict[str, str]:
    """What was answered, by key. What is wrong is said at its question; what was sent stays in it."""
    found = {}
    for group in groups:
        of_all = sent.get(f"all-{group.kind}", "")
        for one in group.questions:
            before = (one.chosen, one.written)
            one.chosen = sent.get(one.name, "") or (of_all if of_all in dict(group.common) else "") or ""
            one.written = sent.get(f"{one.name}-text", "").strip()
            answer = _answer(one)
            if answer and not one.error and (one.chosen, one.written) != before:
                found[one.key] = answer
    return found


def _answer(one: Asked) -> str:
    if len(one.written) > LONGEST:
        one.error = TOO_LONG
    elif one.chosen and one.chosen not in dict(one.choices):
        one.error, one.chosen = NO_CHOICE, ""
    elif one.kind == "missing":
        return _of_missing(one)
    elif one.written and one.label_of_text:
        return _of_day(one) if one.kind == "timescale" else one.written
    return one.chosen


def _of_missing(one: Asked) -> str:
    if one.chosen == "merged" and not one.written:
        one.error = NO_TARGET
    if one.chosen == "merged" and one.written:
        one.error = _wrong_target(one, comparable(one.written))
    if not one.chosen and one.written:
        one.error = NO_CHOICE
    takes_words = one.chosen in ("done", "dropped", "merged") and one.written
    return f"{one.chosen}:{one.written}" if takes_words else one.chosen


def _wrong_target(one: Asked, number: str) -> str:
    if one.own and number == comparable(one.own):
        return ITSELF
    return NO_SUCH if one.targets is not None and number not in one.targets else ""


def _of_day(one: Asked) -> str:
    """The day that was written, as the question takes it."""
    found = DAY.fullmatch(one.written)
    try:
        parts = [int(part) for part in found.groups() if part] if found else []
        day = date(*parts) if found and found[4] else date(*reversed(parts))
    except (TypeError, ValueError):
        one.error = NO_DAY
        return ""
    return day.isoformat()
