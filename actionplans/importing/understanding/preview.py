"""A whole file understood: what the import would do, before anything is written. Pure: the same in, the same out."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from actionplans.importing.tables import Book
from actionplans.importing.understanding import building, rag, references
from actionplans.importing.understanding.answers import Asking
from actionplans.importing.understanding.building import Builder, begin_with_reference
from actionplans.importing.understanding.cells import Cells
from actionplans.importing.understanding.comparison import compare
from actionplans.importing.understanding.headers import find_tables
from actionplans.importing.understanding.leads import Leads
from actionplans.importing.understanding.organisations import Organisations
from actionplans.importing.understanding.rows import What
from actionplans.importing.understanding.sections import Sections
from actionplans.importing.understanding.shapes import Choice, Fate, Known, Line, Place, RagKey, Understood, When
from actionplans.importing.understanding.standing import colour_cells
from actionplans.importing.understanding.times import Clock
from actionplans.importing.understanding.walking import walk
from actionplans.importing.understanding.words import fold, shortened, tidy

NUMBERS = (
    Choice("national", "Yes: 1 is commissioning, 2 to 5 are A to D"),
    Choice("own", "No: they are the plan's own numbers"),
)
LETTERED, JOINED, APART = "lettered", "joined", "unnumbered"
TWICE = (
    Choice(LETTERED, "They are different actions: mark them (a), (b)…"),
    Choice(APART, "They are different actions: only the first keeps the number"),
    Choice(JOINED, "They are one action: join them"),
)


def understand(book: Book, known: Known, answers: Mapping[str, str], when: When) -> Understood:
    """What the file says, beside what the plan has. `answers` are those to the questions of an earlier reading."""
    asking = Asking(answers)
    for warned in book.warnings:
        asking.warn(warned.at, warned.text)
    sections = Sections(known)
    tables = find_tables(tidy(book), asking, sections.is_national)
    walked = walk(book.notes, tables, sections, asking)
    actions = [Cells(draft) for draft in walked.drafts]
    builder = Builder(
        sections, Leads(Organisations(known.organisations)), Clock(when, asking), asking,
        frozenset(map(fold, known.areas)), begin_with_reference(actions),
    )  # fmt: skip
    lines, key = _lines(actions, walked.key, builder, known)
    lines, notes = _without_notes(lines, asking)
    lines = _placed(lines, sections, asking)
    lines = _told_apart(lines, asking)
    _check_targets(lines, known, asking)
    compared, missing = compare(lines, known.actions, asking)
    columns = tuple(column for table in tables if table.header or not table.before for column in table.columns)
    return Understood(
        lines=compared,
        missing=missing,
        questions=asking.questions(),
        warnings=asking.warnings(),
        fates=_fates(walked.fates, notes),
        rag_key=key,
        columns=columns,
    )


def _lines(
    actions: Sequence[Cells], key: Mapping[str, str], builder: Builder, known: Known
) -> tuple[list[Line], RagKey | None]:
    """The lines, once it is known what their colours mean; and the key to remember. `key`: the file's own words."""
    told = [builder.told(cells) for cells in actions]
    used = rag.used_first(pair for one in told for pair in colour_cells(one))
    colours = rag.colours(used, key, known.rag_key, builder.asking)
    lines: list[Line] = []
    for cells, one in zip(actions, told, strict=True):
        lines.append(builder.line(cells, one, colours.key, lines[-1].reference if lines else ""))
    return lines, colours.to_remember


def _without_notes(lines: Sequence[Line], asking: Asking) -> tuple[list[Line], set[tuple[str, int]]]:
    """The lines without those that the person said to be notes, and the rows of these."""
    notes = [line for line in lines if asking.corrected("action", (line.at,), building.NO_ACTION) == "note"]
    rows = {(line.sheet, row) for line in notes for row in line.rows}
    return [line for line in lines if line not in notes], rows


def _fates(fates: Sequence[Fate], notes: set[tuple[str, int]]) -> tuple[Fate, ...]:
    return tuple(replace(one, what=What.NOTE.value) if (one.sheet, one.row) in notes else one for one in fates)


def _placed(lines: list[Line], sections: Sections, asking: Asking) -> list[Line]:
    """Lines without any heading: by the numbers that the rest of the file uses, else by what the person says."""
    learnt = _numbers_learnt(lines)
    changed = []
    for line in lines:
        number = _number(line.reference)
        if line.place.code or line.place.text:
            changed.append(line)
        elif number in learnt:
            changed.append(replace(line, place=Place(learnt[number])))
        else:
            changed.append(replace(line, place=Place(_asked_place(line, number, sections, asking))))
    return changed


def _numbers_learnt(lines: Sequence[Line]) -> dict[str, str]:
    """The first numbers of references of which every line with a section has the same one."""
    found: dict[str, set[str | None]] = defaultdict(set)
    for line in lines:
        if line.place.text:
            found[_number(line.reference)].add(line.place.code)
    return {number: code for number, codes in found.items() if number and len(codes) == 1 for code in codes if code}


def _asked_place(line: Line, number: str, sections: Sections, asking: Asking) -> str | None:
    by_number = sections.of_number(number)
    if by_number:
        text = f"References such as “{line.reference}” stand under no heading. Are their numbers the national ones?"
        answer = asking.ask("section", ("numbers",), at=line.at, text=text, choices=NUMBERS)
        return by_number if answer == NUMBERS[0].value else None
    text = "Some actions stand under no heading of a section. To which do they belong?"
    return sections.of_code(asking.ask("section", ("without",), at=line.at, text=text, choices=sections.choices))


def _number(reference: str) -> str:
    found = re.match(r"(\d)\s?[.:\-/]", reference)
    return found[1] if found else ""


def _told_apart(lines: list[Line], asking: Asking) -> list[Line]:
    """References that stand before several actions: the person says what they are."""
    groups: dict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        if line.reference:
            groups[references.comparable(line.reference)].append(at)
    changed, gone = dict(enumerate(lines)), set()
    for places in (group for group in groups.values() if len(group) > 1):
        gone |= _settle_twice([changed[at] for at in places], places, changed, asking)
    return [changed[at] for at in range(len(lines)) if at not in gone]


def _settle_twice(group: list[Line], places: list[int], changed: dict[int, Line], asking: Asking) -> set[int]:
    """Asks what the lines with one reference are, and changes them accordingly; the positions of those joined away."""
    text = f"The reference {group[0].reference} stands before {len(group)} rows, the second being “{shortened(group[1].action)}”. What are they?"
    same_text = len({fold(line.action) for line in group}) == 1
    choices = TWICE[::-1] if same_text else TWICE
    told_by = (group[0].reference, *(line.action for line in group))
    answers = [asking.ask("reference", told_by, at=line.at, text=text, choices=choices) for line in group]
    if answers[0] == JOINED:
        changed[places[0]] = _joined(group)
        return set(places[1:])
    for number, at in enumerate(places):
        if answers[0] == LETTERED:
            changed[at] = replace(changed[at], reference=f"{changed[at].reference} ({chr(ord('a') + number % 26)})")
        elif answers[0] == APART and number:
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


def _check_targets(lines: Sequence[Line], known: Known, asking: Asking) -> None:
    """A line merged into an action that nobody knows is warned of."""
    there = {references.comparable(line.reference) for line in lines}
    there |= {references.comparable(action.reference) for action in known.actions}
    for line in lines:
        if line.merged_into and references.comparable(line.merged_into) not in there:
            asking.warn(
                line.at, f"It is merged into {line.merged_into}, which is neither in this file nor in the plan."
            )
