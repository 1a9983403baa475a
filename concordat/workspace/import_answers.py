"""The questions about a plan file as a page asks them, and what was answered. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from actionplans.importing.understanding.answers import OF_MANY
from actionplans.importing.understanding.colours import COLOURS, colours_named
from actionplans.importing.understanding.references import comparable
from actionplans.states import ActionState, Confidence
from concordat.workspace.import_bodies import MOST_OPTIONS, NO_BODY, SEVERAL, Body, called, in_groups

HEADINGS = {
    "column": "What columns hold",
    "layout": "How the table is laid out",
    "sheet": "Which sheets to read",
    "plan": "Another plan",
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
    "blank": "Empty cells",
    "match": "The same action, or another?",
    "missing": "Not in this file",
}
NEEDS_WORDS = ("dropped", "merged")  # of a missing action
MERGED = ("merged", "It is part of another action now")
# What may be written beside the choices, by the kind of the question.
WRITTEN = {
    "timescale": "Or write the day, like 30 6 2015",
    "missing": "If it is not going ahead, why; if it is done, what came of it if you wish (anybody can read this). "
    "If it is part of another action, the number of that one.",
}
BY_NAME = "Or find it by its name, or a part of it"
ASK = ("ask", "Ask me for each action")
MEANINGS = [*ActionState.choices, *Confidence.choices, ASK]  # what a colour may stand for
ALL_COLOURS = "Say it for each of the colours."
MOST_RADIOS = 8
MOST_FOUND = 30
LONGEST = 500
DAY = re.compile(r"(\d{1,2})[\s/.-]+(\d{1,2})[\s/.-]+(\d{4})|(\d{4})-(\d{2})-(\d{2})")
NO_DAY = "Write a day, like 30 6 2015."
NO_TARGET = "Write the number of the action that it is part of now."
NO_SUCH = "No action of this file or of the plan has that number. Write it as it stands there, like A1."
NO_REASON = "Write why it is not going ahead. Anybody can read this."
NOT_PUBLIC = (
    "The action of that number is in no published version yet, so nothing that is can be part of it. Write another one."
)
ITSELF = "An action cannot be part of itself. Write the number of another one."
NO_CHOICE = "Choose one of the answers."
TOO_LONG = f"Make it {LONGEST} characters or fewer."


@dataclass(slots=True)
class Colour:
    """One colour that a plan marks actions with: how many, and one of them."""

    name: str
    count: int
    example: str
    chosen: str = ""


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
    cited: list[dict[str, str]] = field(default_factory=list)  # what stands in its first cells
    may_wait: bool = False
    bodies: Sequence[Body] = ()  # the organisations of which one may be the answer
    groups: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)  # more choices, under headings
    colours: list["Colour"] = field(default_factory=list)  # of which it asks what each stands for
    own: str = ""  # the number of the action that it is about, where that may be merged into another
    # The numbers (comparable) of all actions, and whether it may be merged into that one; None: not known.
    targets: Mapping[str, bool] | None = None

    @property
    def name(self) -> str:
        return f"q{self.number}"

    @property
    def label_of_text(self) -> str:
        """What may be written beside the choices; empty where nothing may."""
        if self.is_of_many or (self.kind == "missing" and MERGED[0] not in self.values):
            return ""
        return BY_NAME if self.bodies else WRITTEN.get(self.kind, "")

    @property
    def is_of_many(self) -> bool:
        """Whether it stands for many questions of one kind, so that a day or a body by itself is no answer."""
        return self.key.startswith(OF_MANY)

    @property
    def is_long(self) -> bool:
        """Whether there are too many choices to show at once."""
        return bool(self.groups) or len(self.choices) > MOST_RADIOS

    @property
    def values(self) -> set[str]:
        """All that may be chosen."""
        return {value for value, _ in self.choices} | {each.slug for each in self.bodies}

    @property
    def places(self) -> str:
        """The cells that it is about, the first of them by name; empty where each is cited with its text."""
        if len(self.cells) <= len(self.cited):
            return ""
        more = len(self.cells) - 5
        return ", ".join(filter(None, self.cells[:5])) + (f" and {more} more" if more > 0 else "")

    @property
    def has_hint(self) -> bool:
        """Whether anything stands between the question and its answers."""
        return bool(self.cited or self.places or self.may_wait or self.error)


@dataclass(slots=True)
class Group:
    """The questions of one kind. `common` are the choices that all of them take."""

    kind: str
    heading: str
    questions: list[Asked] = field(default_factory=list)

    @property
    def common(self) -> list[tuple[str, str]]:
        """What can be answered to all of them at once: nothing that needs words for each."""
        if len(self.questions) < 2:
            return []
        offered = [dict(each.choices) for each in self.questions]
        return [
            (value, label)
            for value, label in self.questions[0].choices
            if all(value in each for each in offered) and not (self.kind == "missing" and value in NEEDS_WORDS)
        ]


def asked_of(
    questions: Iterable[Mapping[str, Any]],
    first: int = 0,
    missing: Iterable[Mapping[str, Any]] = (),
    numbers: Mapping[str, bool] | None = None,
) -> list[Asked]:
    """The questions of an import, numbered from `first`.

    `missing` are the actions that the file leaves out, `numbers` those of all actions of the file and the plan, with
    whether the action is in a published version.
    """
    gone = {each["key"]: each for each in missing if each.get("key")}
    there = None if numbers is None else {comparable(number): is_public for number, is_public in numbers.items()}
    found = []
    for number, each in enumerate(questions, start=first):
        choices = [(value, label) for value, label in each["choices"]]
        if each["kind"] == "missing" and len(choices) > 1:
            choices.append(MERGED)
        one = Asked(number, each["key"], each["kind"], each["text"], choices, each["cells"])
        one.cited, one.may_wait = each.get("cited", []), each.get("may_wait", False)
        if each["kind"] == "missing":
            about = gone.get(one.key, {})
            one.own, is_public = about.get("reference", ""), about.get("is_public", False)
            one.targets = there and {number: also or not is_public for number, also in there.items()}
        _fill(one, each.get("answer", ""))
        found.append(one)
    return found


def _fill(one: Asked, answer: str) -> None:
    """Show the answer that was given before."""
    values = one.values
    head, _, rest = answer.partition(":")
    if answer in values:
        one.chosen = answer
    elif one.kind == "missing" and head in values:
        one.chosen, one.written = head, rest
    else:
        one.written = answer


def offer_bodies(asked: Iterable[Asked], bodies: Sequence[Body], most: int = MOST_OPTIONS) -> None:
    """Let each question after an organisation take any of them."""
    whose = [each for each in asked if asks_for_a_body(each)]
    others = len(whose) * len(bodies) <= most
    for each in whose:
        each.bodies = bodies
        each.groups = in_groups((value for value, _ in each.choices), bodies, others)
        if each.written in each.values:
            each.chosen, each.written = each.written, ""
        if each.chosen and not others and each.chosen not in dict(each.choices):
            each.choices += [(one.slug, one.name) for one in bodies if one.slug == each.chosen and not one.is_member]


def asks_for_a_body(one: Asked) -> bool:
    """Whether any organisation may be the answer: not where one of several that lead is to be chosen."""
    return one.kind == "lead" and "keep" in dict(one.choices) and not one.is_of_many


def offer_colours(asked: Iterable[Asked], rows: Iterable[tuple[str | None, str]]) -> None:
    """Let the question after the colours be answered for each of them; `rows`: the colour of each action, and that."""
    keys = [each for each in asked if each.kind == "rag_key"]
    if not keys:
        return
    found: dict[str, Colour] = {}
    for text, action in rows:
        for name in colours_named(text or ""):
            found.setdefault(name, Colour(name, 0, action)).count += 1
    for each in keys:
        each.colours = [found[name] for name in COLOURS if name in found]
        told = dict(part.strip().split("=", 1) for part in each.written.split(";") if "=" in part)
        for colour in each.colours:
            colour.chosen = told.get(colour.name, "")


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
            one.chosen = sent.get(one.name, "") or (of_all if of_all in dict(group.common) else "")
            one.written = sent.get(f"{one.name}-text", "").strip()
            _take_colours(one, sent)
            answer = _answer(one)
            if answer and not one.error and (one.chosen, one.written) != before:
                found[one.key] = answer
    return found


def _take_colours(one: Asked, sent: Mapping[str, Any]) -> None:
    """What was chosen for each colour, as the question takes it."""
    if not one.colours:
        return
    for each in one.colours:
        each.chosen = sent.get(f"{one.name}-{each.name}", "")
    told = [each for each in one.colours if each.chosen in dict(MEANINGS)]
    one.written = "; ".join(f"{each.name}={each.chosen}" for each in told)
    if told and not one.chosen and len(told) < len(one.colours):
        one.error = ALL_COLOURS


def _answer(one: Asked) -> str:
    if len(one.written) > LONGEST:
        one.error = TOO_LONG
    elif one.bodies and one.written:
        return _of_name(one)
    elif one.kind == "rag_key" and one.written and not one.chosen and not one.error:
        return one.written
    elif one.chosen and one.chosen not in one.values:
        one.error, one.chosen = NO_CHOICE, ""
    elif one.kind == "missing":
        return _of_missing(one)
    elif one.written and one.label_of_text:
        return _of_day(one) if one.kind == "timescale" else one.written
    return one.chosen


def _of_name(one: Asked) -> str:
    """The organisation that is called so; where there are several, these are offered first."""
    found = called(one.written, one.bodies)
    if len(found) == 1:
        return found[0].slug
    one.error = SEVERAL if found else NO_BODY
    if found:
        likely = [(each.slug, each.name) for each in found[:MOST_FOUND]]
        one.groups = [("Called so", likely), *one.groups]
    return ""


def _of_missing(one: Asked) -> str:
    if one.chosen in NEEDS_WORDS and not one.written:
        one.error = NO_TARGET if one.chosen == "merged" else NO_REASON
    if one.chosen == "merged" and one.written:
        one.error = _wrong_target(one, comparable(one.written))
    if not one.chosen and one.written:
        one.error = NO_CHOICE
    takes_words = one.chosen in ("done", "dropped", "merged") and one.written
    return f"{one.chosen}:{one.written}" if takes_words else one.chosen


def _wrong_target(one: Asked, number: str) -> str:
    if one.own and number == comparable(one.own):
        return ITSELF
    if one.targets is None:
        return ""
    return NO_SUCH if number not in one.targets else "" if one.targets[number] else NOT_PUBLIC


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
