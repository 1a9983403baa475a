"""A whole file understood: what the import would do, before anything is written. Pure: the same in, the same out."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from actionplans.importing.tables import Book
from actionplans.importing.understanding import building, rag, references
from actionplans.importing.understanding.answers import Asking
from actionplans.importing.understanding.as_written import LeadsOfPlan
from actionplans.importing.understanding.building import Builder, begin_with_reference
from actionplans.importing.understanding.cells import Cells, cells_of, times_of
from actionplans.importing.understanding.columns import Familiar
from actionplans.importing.understanding.comparison import compare
from actionplans.importing.understanding.day_order import order_of
from actionplans.importing.understanding.fields import Field
from actionplans.importing.understanding.fitting import fitted
from actionplans.importing.understanding.formulas import ask_of_formulas
from actionplans.importing.understanding.headers import Table, find_tables
from actionplans.importing.understanding.joining import further, join, keep_as_notes, of_risks
from actionplans.importing.understanding.naming import Names
from actionplans.importing.understanding.organisations import Organisations
from actionplans.importing.understanding.other_plans import of_this_plan
from actionplans.importing.understanding.persons import Persons, common_words
from actionplans.importing.understanding.rows import What
from actionplans.importing.understanding.same_reference import told_apart
from actionplans.importing.understanding.section_numbers import SectionNumbers
from actionplans.importing.understanding.sections import NUMBERS, Sections
from actionplans.importing.understanding.shapes import (
    Fate,
    Going,
    Known,
    Line,
    Place,
    RagKey,
    Understood,
    When,
    quietly,
)
from actionplans.importing.understanding.standing import colour_cells
from actionplans.importing.understanding.times import Clock
from actionplans.importing.understanding.told_elsewhere import heads_with
from actionplans.importing.understanding.twice_encoded import mended
from actionplans.importing.understanding.walking import Walk, walk
from actionplans.importing.understanding.words import fold, tidy

FINDING, COMPARING = "Finding the tables, their headings and sections", "Comparing the actions with those of the plan"
UNDERSTANDING = "Understanding the actions: {:,} of {:,}"
MOST_OF_IT = 0.85  # of the whole is done when every row is understood
EVERY = 100  # rows
NO_ACTIONS = (
    "No action was found in this file. Check that it holds the table of actions, with headings such as Action, "
    "Timescale and Led by."
)


def understand(book: Book, known: Known, answers: Mapping[str, str], when: When, going: Going = quietly) -> Understood:
    """What the file says, beside what the plan has. `answers` are those to the questions of an earlier reading.

    `going` is told now and then how far it is.
    """
    asking = Asking(answers, known.answers)
    for warned in book.warnings:
        asking.warn(warned.at, warned.text)
    sections = Sections(known)
    names = {one.slug: one.name for one in known.organisations}
    leads = LeadsOfPlan(Organisations(known.organisations), known.actions, names)
    book = mended(book, asking)
    tables = find_tables(tidy(book), asking, Familiar(sections.is_national, leads.names_body))
    tables, others = of_this_plan(tables, known, asking)
    walked = _walked(book, tables, sections, known, asking)
    going(FINDING, 0.1)
    actions = cells_of(walked.drafts, asking)
    areas = frozenset(map(fold, known.areas))
    builder = Builder(
        sections,
        SectionNumbers.of(actions, sections, asking),
        leads,
        Clock(when, asking, order_of(times_of(actions), asking)),
        asking,
        _persons(actions, leads, areas, asking),
        areas,
        begin_with_reference(actions),
    )
    lines, key = _lines(actions, walked.key, builder, known, going)
    going(COMPARING, MOST_OF_IT)
    lines, notes = _without_notes(lines, asking)
    ask_of_formulas(book.warnings, lines, asking)
    if not lines:
        asking.warn("", NO_ACTIONS)
    lines = told_apart(_placed(lines, sections, asking), asking)
    lines = fitted(_merged(lines, known, asking), asking)
    compared, missing = compare(lines, known.actions, asking)
    columns = tuple(column for table in tables if table.header or not table.before for column in table.columns)
    return Understood(
        lines=compared,
        missing=missing,
        questions=asking.questions(),
        warnings=asking.warnings(),
        fates=_fates([*walked.fates, *others], notes),
        rag_key=key,
        columns=columns,
        answered=asking.answered(),
        told_together=asking.told_together(),
    )


def _walked(book: Book, tables: Sequence[Table], sections: Sections, known: Known, asking: Asking) -> Walk:
    """The rows of all tables, and what some of them tell of the actions of others."""
    more, risks = further(tables), of_risks(tables)
    own = [table for table in tables if not any(table is one for one in (*more, *risks))]
    walked = walk(book.notes, own, sections, asking, heads_with(known))
    join(walked, more, asking)
    keep_as_notes(walked, risks, asking)
    return walked


def _persons(actions: Sequence[Cells], leads: LeadsOfPlan, areas: frozenset[str], asking: Asking) -> Persons:
    """Tells persons in the file's texts: by its own small words, and by whom its columns name as leads and officers."""
    texts = [text for cells in actions for _, text in cells.raw()]
    persons = Persons(asking, Names(leads.organisations.has_word, common_words(texts), areas))
    persons.learn(text for cells in actions for field in (Field.OWNER, Field.LEAD) for text in cells.texts(field))
    return persons


def _lines(
    actions: Sequence[Cells], key: Mapping[str, str], builder: Builder, known: Known, going: Going
) -> tuple[list[Line], RagKey | None]:
    """The lines, once it is known what their colours mean; and the key to remember. `key`: the file's own words."""
    told = [builder.told(cells) for cells in actions]
    used = rag.used_first(pair for one in told for pair in colour_cells(one))
    colours = rag.colours(used, key, known.rag_key, builder.asking)
    lines: list[Line] = []
    for number, (cells, one) in enumerate(zip(actions, told, strict=True)):
        if number % EVERY == 0:
            going(UNDERSTANDING.format(number, len(actions)), 0.25 + (MOST_OF_IT - 0.25) * number / len(actions))
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


def _merged(lines: Sequence[Line], known: Known, asking: Asking) -> list[Line]:
    """The lines with the reference, as it is written, of the action into which they are merged; unknown ones warn."""
    written = [*(action.reference for action in known.actions), *(line.reference for line in lines)]
    there = {references.comparable(reference): reference for reference in written if reference}
    for line in lines:
        if line.merged_into and references.comparable(line.merged_into) not in there:
            told = f"It is merged into {line.merged_into}, which is neither in this file nor in the plan."
            asking.warn(line.at, told)
    return [
        replace(line, merged_into=there.get(references.comparable(line.merged_into), "")) if line.merged_into else line
        for line in lines
    ]
