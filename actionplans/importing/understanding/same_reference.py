"""References that stand before several actions of a file: a plan may hold each only once."""

import re
from collections import defaultdict
from dataclasses import replace

from actionplans.importing.understanding import references
from actionplans.importing.understanding.answers import Asking
from actionplans.importing.understanding.shapes import Choice, Line
from actionplans.importing.understanding.words import fold, shortened

# What stands in place of a number that is yet to be given: it may stand before many actions.
NO_NUMBER = re.compile(r"[*\s]*(?:new|tbc|tba|n/?a|none)?[*\s.\-–]*", re.IGNORECASE)
LETTERED, JOINED, APART, SECTIONED = "lettered", "joined", "unnumbered", "sectioned"
TWICE = (
    Choice(LETTERED, "They are different actions: mark them (a), (b)…"),
    Choice(APART, "They are different actions: only the first keeps the number"),
    Choice(JOINED, "They are one action: join them"),
)
AGAIN = (
    Choice(SECTIONED, "Put the section before each number: A.1, B.1"),
    Choice(APART, "Leave the numbers out that stand more than once"),
)


def told_apart(lines: list[Line], asking: Asking) -> list[Line]:
    """References that stand before several actions: the person says what they are."""
    groups: dict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        if line.reference and not NO_NUMBER.fullmatch(line.reference):
            groups[references.comparable(line.reference)].append(at)
    twice = [group for group in groups.values() if len(group) > 1]
    if len(twice) > 1 and all(_in_sections([lines[at] for at in group]) for group in twice):
        return _counted_again(lines, {at for group in twice for at in group}, asking)
    changed, gone = dict(enumerate(lines)), set()
    if len(twice) > 1 and all(_below_one_another(lines, group) for group in twice):
        return _of_several_rows(lines, twice, asking)
    for places in twice:
        gone |= _settle_twice([changed[at] for at in places], places, changed, asking)
    return [changed[at] for at in range(len(lines)) if at not in gone]


def _in_sections(group: list[Line]) -> bool:
    """Whether each of them stands in a section of its own."""
    return len({line.place for line in group}) == len(group) and all(line.place.code for line in group)


def _counted_again(lines: list[Line], places: set[int], asking: Asking) -> list[Line]:
    """Numbers that begin again in each section: one question for the whole file."""
    text = "The numbers of the actions begin again in each section. How should they be told apart?"
    answers = [asking.ask("reference", ("again",), at=lines[at].at, text=text, choices=AGAIN) for at in sorted(places)]
    if answers[0] == SECTIONED:
        return [
            replace(line, reference=f"{line.place.code}.{line.reference}") if line.reference else line for line in lines
        ]
    if answers[0] == APART:
        return [replace(line, reference="") if at in places else line for at, line in enumerate(lines)]
    return lines


def _below_one_another(lines: list[Line], places: list[int]) -> bool:
    """Whether they are rows that follow one another, each with a text of its own: steps under one number."""
    texts = {fold(lines[at].action) for at in places}
    return places[-1] - places[0] == len(places) - 1 and len(texts) == len(places)


def _of_several_rows(lines: list[Line], groups: list[list[int]], asking: Asking) -> list[Line]:
    """Numbers that stand before several steps each: one question for the whole file."""
    numbers = ", ".join(lines[group[0]].reference for group in groups)
    text = f"Some numbers stand before several rows each: {shortened(numbers)}. What are these rows?"
    places = [at for group in groups for at in group]
    answers = [asking.ask("reference", ("several",), at=lines[at].at, text=text, choices=TWICE) for at in places]
    changed, gone = dict(enumerate(lines)), set()
    for group in groups:
        gone |= _change(answers[0], [lines[at] for at in group], group, changed)
    return [changed[at] for at in range(len(lines)) if at not in gone]


def _settle_twice(group: list[Line], places: list[int], changed: dict[int, Line], asking: Asking) -> set[int]:
    """Asks what the lines with one reference are, and changes them accordingly; the positions of those joined away."""
    text = (
        f"The reference {group[0].reference} stands before {len(group)} rows, the second being "
        f"“{shortened(group[1].action)}”. What are they?"
    )
    same_text = len({fold(line.action) for line in group}) == 1
    choices = TWICE[::-1] if same_text else TWICE
    told_by = (group[0].reference, *(line.action for line in group))
    answers = [asking.ask("reference", told_by, at=line.at, text=text, choices=choices) for line in group]
    return _change(answers[0], group, places, changed)


def _change(answer: str | None, group: list[Line], places: list[int], changed: dict[int, Line]) -> set[int]:
    """Changes the lines with one reference as the person said; the positions of those joined away."""
    if answer == JOINED:
        changed[places[0]] = _joined(group)
        return set(places[1:])
    for number, at in enumerate(places):
        if answer == LETTERED:
            changed[at] = replace(changed[at], reference=f"{changed[at].reference} ({chr(ord('a') + number % 26)})")
        elif answer == APART and number:
            changed[at] = replace(changed[at], reference="")
    return set()


def _joined(group: list[Line]) -> Line:
    """Several lines as one: the first, with what the others add."""
    first = group[0]
    texts = dict.fromkeys(line.action for line in group)
    return replace(
        first,
        rows=tuple(row for line in group for row in line.rows),
        action="\n".join(texts),
        leads=first.leads or next((line.leads for line in group if line.leads), ()),
        progress=tuple(dict.fromkeys(one for line in group for one in line.progress)),
        notes=tuple(dict.fromkeys(one for line in group for one in line.notes)),
        people=tuple(dict.fromkeys(name for line in group for name in line.people)),
        raw=tuple(one for line in group for one in line.raw),
    )
