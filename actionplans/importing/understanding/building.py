"""One action of the file as a line of the preview, from the cells of its rows."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from actionplans.importing.tables import Cell
from actionplans.importing.understanding import accountable, references
from actionplans.importing.understanding.accountable import Accountable
from actionplans.importing.understanding.answers import Asking
from actionplans.importing.understanding.cells import Cells
from actionplans.importing.understanding.evidence import is_time
from actionplans.importing.understanding.fields import LABELS, Field
from actionplans.importing.understanding.leads import Leads
from actionplans.importing.understanding.persons import Persons
from actionplans.importing.understanding.section_numbers import SectionNumbers
from actionplans.importing.understanding.sections import Sections
from actionplans.importing.understanding.shapes import Choice, Column, Lead, Line, Place, Progress, RagKey
from actionplans.importing.understanding.standing import Told, is_colour, standing
from actionplans.importing.understanding.times import UNCHANGED, Clock, Times, first_and_revised
from actionplans.importing.understanding.walking import Draft
from actionplans.importing.understanding.words import fold, is_struck, lines, shortened, unstruck
from actionplans.timescale import Timescale

MUST = re.compile(r"\bmust[-_ ]?do\b|\bmandatory\b|\bnational must\b")
PRIORITY = re.compile(
    (
        r"^(?:priority\s*)?(?:high|medium|med|low|[1-5]|h|m|l|urgent|critical|must[- ]?do|national must[- "
        r"]?do|essential|desirable)\b"
    ),
    re.IGNORECASE,
)
PLACES = re.compile(
    (
        r"\b\w+[- ]wide\b|\bonly\b|\bacross\b|\ball (?:areas|localities|districts|boroughs|ccg areas)\b|"
        r"\blocality\b|\bcounty[- ]wide\b|\bregional\b|\bnational\b|"
        r"^(?:the )?(?:whole )?(?:county|borough|city|district|region|force|force area)$"
    ),
    re.IGNORECASE,
)
ANSWERS = {**dict.fromkeys(("y", "yes", "✓", "✔"), "Completed"), "n": "No"}
DONE = re.compile(r"\b(?:complet|done|achiev|finish|deliver|implement)")
HUNDREDTHS = re.compile(r"^(0|100|\d\d)$")  # not a single digit: 1 may be all of it
YES = re.compile(r"^(?:y|yes|✓|✔|x|true)$")
POINTED = "numbers"
NO_ACTION = (Choice("keep", "An action: take its longest text"), Choice("note", "Keep it as a note"))
STRUCK_LEAD = (Choice("holds", "Yes, it still leads"), Choice("none", "No, it leads no longer"))
# A cell that counts from its first letter: "1. Agree it\n2. Publish it".
COUNTED = re.compile(
    r"\A\s*\(?(?:1[.)](?!\d)|a[.)]|i[.)]).*^\s*\(?(?:2[.)](?!\d)|b[.)]|ii[.)])", re.DOTALL | re.MULTILINE | re.I
)
SEVERAL_ACTIONS = (
    "This cell counts several actions, which are kept as one. "
    "Give each a row of its own in the file if each is to be followed alone."
)
SPANS = (Field.START, Field.FINISH, Field.REVISED, Field.COMPLETED)
PUBLIC = (Field.ACTION, Field.OUTCOME, Field.MEASURE, Field.PROGRESS)


@dataclass(frozen=True, slots=True)
class Builder:
    """What every line is built with."""

    sections: Sections
    numbers: SectionNumbers
    leads: Leads
    clock: Clock
    asking: Asking
    persons: Persons
    areas: frozenset[str]
    begins_with_reference: frozenset[int]  # by id of the table: its action texts begin with their reference

    def told(self, cells: Cells) -> Told:
        """The cells that tell how an action stands."""
        draft = cells.draft
        action = cells.of(Field.ACTION)
        status = _yes_or_no(
            _share(cells.of(Field.STATUS), cells.column(Field.STATUS), _not_priority), cells.column(Field.STATUS)
        )
        return Told(
            status=status,
            rag=cells.filled(Field.RAG) or [cell for cell in status if is_colour(unstruck(cell))],
            filled=() if draft.table.of(Field.RAG) else cells.coloured(),
            timescale=[*cells.of(Field.TIMESCALE), *cells.of(Field.FINISH), *cells.of(Field.REVISED)],
            completed=cells.of(Field.COMPLETED),
            progress=cells.of(Field.PROGRESS),
            is_done_here=draft.is_done_here,
            is_struck=bool(action) and all(is_struck(cell) for cell in action),
            at=draft.at,
            action=cells.text(Field.ACTION),
        )

    def line(self, cells: Cells, told: Told, key: RagKey | None, before: str) -> Line:
        """The whole line; `before` is the reference of the line before it.

        Nothing of the row is lost: `raw` holds every cell with its heading.
        """
        draft, public = cells.draft, self.persons.cleared
        reference, action = self._reference(draft, cells, before)
        stands = standing(told, key, self.asking)
        times = self._times(cells)
        led = self._led(cells)
        self._warn(draft, cells, led)
        priority = self._priority(cells)
        return Line(
            sheet=draft.table.sheet.name,
            row=draft.pieces[0].row.number,
            rows=tuple(piece.row.number for piece in draft.pieces),
            at=draft.at,
            place=self._place(draft, cells, reference),
            reference=reference,
            action=public(action, cells.at(Field.ACTION)),
            leads=tuple(self._public_lead(one, cells) for one in led.leads),
            timescale=self._public_time(times.timescale, cells.at(Field.TIMESCALE)),
            revised=tuple(self._public_time(one, cells.at(Field.REVISED)) for one in times.revised),
            completed=times.completed,
            status=stands.state or getattr(times.timescale, "status_hint", "") or None,
            confidence=stands.confidence,
            merged_into=stands.merged_into,
            rag_text=public(stands.rag_text, cells.at(Field.RAG)),
            outcome=public(cells.text(Field.OUTCOME), cells.at(Field.OUTCOME)),
            measure=public(cells.text(Field.MEASURE), cells.at(Field.MEASURE)),
            progress=self._progress(cells, stands.rest),
            priority=priority,
            must_do=_is_must_do(cells, priority),
            footprint=public(self._footprint(cells), cells.at(Field.FOOTPRINT)),
            notes=cells.headed(Field.NOTES),
            people=tuple(dict.fromkeys((*led.people, *cells.texts(Field.OWNER)))),
            raw=cells.raw(),
            told=cells.fields,
        )

    def _progress(self, cells: Cells, beside_status: str) -> tuple[Progress, ...]:
        """What its columns say of progress, and the lines and the status that tell of it; without names of persons."""
        draft, public = cells.draft, self.persons.cleared
        at = cells.at(Field.PROGRESS)
        found = [Progress(one.heading, public(one.text, at)) for one in cells.headed(Field.PROGRESS)]
        found += [Progress("", public(text, draft.at)) for text in draft.updates]
        if beside_status:
            found.append(Progress(LABELS[Field.STATUS], public(beside_status, cells.at(Field.STATUS))))
        return tuple(found)

    def _public_lead(self, lead: Lead, cells: Cells) -> Lead:
        return lead if lead.organisation else replace(lead, text=self.persons.cleared(lead.text, cells.at(Field.LEAD)))

    def _public_time(self, time: Timescale, at: str) -> Timescale:
        return replace(time, text=self.persons.cleared(time.text, at)) if time.text else time

    def _reference(self, draft: Draft, cells: Cells, before: str) -> tuple[str, str]:
        """The reference, and the action without it where both stand in one cell."""
        action = cells.text(Field.ACTION)
        own = [column for column in draft.table.of(Field.REFERENCE) if not column.holds(Field.ACTION)]
        if own:
            reference = self._own_reference(cells, own, before)
            return reference, action or self._no_action(draft, cells, reference)
        if draft.table.of(Field.REFERENCE) or id(draft.table) in self.begins_with_reference:
            return references.taken_from(action)
        return "", action or self._no_action(draft, cells, "")

    def _own_reference(self, cells: Cells, columns: Sequence[Column], before: str) -> str:
        """The reference of its column; of one that a spreadsheet may have changed, the one that the person says."""
        found = [cell for column in columns for cell in cells.within(column)]
        if not found:
            return ""
        cell, shown = found[0], references.tidied(unstruck(found[0]))
        if as_days := references.misread(cell):
            return self._made_a_day(cell, as_days)
        nought = references.lost_its_nought(before, cell)
        perhaps = (nought, shown) if nought else ()
        if not perhaps:
            return shown
        told = f"A spreadsheet may have changed the reference “{shown}”. Which is it?"
        choices = [Choice(text, text) for text in perhaps]
        return self.asking.ask("reference", (cell.at, shown), at=cell.at, text=told, choices=choices) or shown

    def _made_a_day(self, cell: Cell, readings: tuple[str, ...]) -> str:
        """A reference of which a spreadsheet made a day: one question for all of them, none where both say the same."""
        meant, shown = readings[0], readings[-1]
        if meant == shown:
            return shown
        told = f"A spreadsheet made days of references: “{shown}” may have been {meant}. How should they be read?"
        choices = (Choice(POINTED, f"As numbers: {meant}"), Choice("shown", f"As they are shown: {shown}"))
        answer = self.asking.ask("reference", ("days",), at=cell.at, text=told, choices=choices)
        return meant if answer == POINTED else shown

    def _no_action(self, draft: Draft, cells: Cells, reference: str) -> str:
        """A row with a number and no action: the person says whether it is one. Its longest text stands in for it."""
        told = f"Row {draft.pieces[0].row.number} has no text of an action. What is it?"
        self.asking.ask("action", (draft.at,), at=draft.at, text=told, choices=NO_ACTION)
        texts = [text for _, text in cells.raw() if text != reference]
        return max(texts, key=len, default=reference)

    def _place(self, draft: Draft, cells: Cells, reference: str) -> Place:
        """The section of its column, of the heading above it, or of the letter of its reference."""
        own = cells.text(Field.SECTION)
        if own:
            code = self.sections.read(own).code
            corrected = self.sections.corrected(own, self.asking)
            if corrected or not code:
                code = corrected or self._asked_section(own, draft.at)
            heading = shortened(self.persons.cleared(own, cells.at(Field.SECTION)), 200)
            return Place(code if self.sections.of_code(code) else None, heading)
        code = draft.place.code or self.sections.of_reference(reference)
        return Place(code, self.persons.cleared(draft.place.text, draft.at))

    def _asked_section(self, text: str, at: str) -> str | None:
        """The section that the numbers of a column name, or the person."""
        return self.numbers.code(text, at) or self.sections.ask(text, at, self.asking)

    def _times(self, cells: Cells) -> Times:
        start, finish, revises, ended = (_standing(cells, each) for each in SPANS)
        timescale = _share(_standing(cells, Field.TIMESCALE), cells.column(Field.TIMESCALE), is_time)
        if start and (finish or not timescale):
            read = self.clock.span(start, finish or timescale)
        else:
            read = self.clock.read(timescale or finish)
        moved = [cell for cell in revises if not UNCHANGED.fullmatch(fold(unstruck(cell)))]
        read, revised = first_and_revised(read, self.clock.read(moved))
        completed = self.clock.read(ended)
        return Times(read, revised, completed if completed.text else None)

    def _led(self, cells: Cells) -> Accountable:
        readings = []
        for field in (Field.LEAD, Field.WORKING_WITH):
            column = cells.column(field)
            found = self._still_leading(self._bodies(_standing(cells, field), column))
            text = "\n".join(unstruck(cell) for cell in found)
            if text and not (field == Field.WORKING_WITH and _has(column, Field.LEAD)):
                reading = self.leads.read(text, field == Field.WORKING_WITH)
                readings.append((reading, found[0].at))
                if field == Field.LEAD and not (reading.leading or reading.helping):
                    self.asking.warn(found[0].at, f"“{shortened(text)}” names nobody, so the action has no lead yet.")
        return accountable.settled(readings, self.leads, self.asking)

    def _still_leading(self, cells: Sequence[Cell]) -> Sequence[Cell]:
        """The cells that are not struck through; where all are, the person says whether they hold."""
        kept = [cell for cell in cells if not is_struck(cell)]
        if kept or not cells:
            return kept
        text = "\n".join(map(unstruck, cells))
        told = f"“{shortened(text)}” is struck through, and nobody else stands there. Does it still lead?"
        answer = self.asking.ask("lead", ("struck", text), at=cells[0].at, text=told, choices=STRUCK_LEAD)
        return cells if answer == STRUCK_LEAD[0].value else []

    def _bodies(self, cells: Sequence[Cell], column: Column | None) -> Sequence[Cell]:
        """The cells of a lead column, without the place or the time that stands in the same column."""
        if _has(column, Field.FOOTPRINT):
            return _share(cells, column, self._is_no_footprint)
        return _share(cells, column, _not_time) if _has(column, Field.TIMESCALE) else cells

    def _footprint(self, cells: Cells) -> str:
        column = cells.column(Field.FOOTPRINT)
        if _has(column, Field.LEAD):
            pieces = [piece for cell in cells.of(Field.FOOTPRINT) for piece in _pieces(unstruck(cell))]
            return "; ".join(piece for piece in pieces if not self._is_no_footprint(piece))
        return cells.text(Field.FOOTPRINT)

    def _is_no_footprint(self, text: str) -> bool:
        is_place = fold(text) in self.areas or bool(PLACES.search(text))
        return not is_place or bool(self.leads.organisations.find(text).sure)

    def _priority(self, cells: Cells) -> str:
        column = cells.column(Field.PRIORITY)
        found = (
            _share(cells.of(Field.PRIORITY), column, _is_priority)
            if _has(column, Field.STATUS)
            else cells.of(Field.PRIORITY)
        )
        return "\n".join(unstruck(cell) for cell in found)

    def _warn(self, draft: Draft, cells: Cells, led: Accountable) -> None:
        for piece in draft.pieces:
            if piece.row.hidden:
                self.asking.warn(
                    draft.at, f"Row {piece.row.number} is hidden in the file. It was read like the others."
                )
        for cell in cells.of(Field.ACTION):
            if COUNTED.match(unstruck(cell)):
                self.asking.warn(cell.at, SEVERAL_ACTIONS)
        for field in PUBLIC:
            for cell in cells.of(field):
                if cell.struck.strip() and not is_struck(cell):
                    self.asking.warn(
                        cell.at, f"A part is struck through and was left out: “{shortened(cell.struck.strip())}”."
                    )


def _standing(cells: Cells, field: Field) -> list[Cell]:
    """The cells of a field; of an action that is struck through as a whole, as if that line were not there."""
    action, found = cells.of(Field.ACTION), cells.of(field)
    if action and all(map(is_struck, action)):
        return [replace(cell, struck="") if is_struck(cell) else cell for cell in found]
    return list(found)


def _has(column: Column | None, field: Field) -> bool:
    return column is not None and column.holds(field)


def _share(cells: Sequence[Cell], column: Column | None, fits: Callable[[str], bool]) -> list[Cell]:
    """Of cells in a column for two things, the lines that are of the one; of other columns all of it."""
    if column is None or (len(column.fields) < 2 and not ("priorit" in fold(column.heading) and fits is _not_priority)):
        return list(cells)
    found = []
    for cell in cells:
        kept = [piece for piece in _pieces(unstruck(cell)) if fits(piece)]
        if kept:
            found.append(Cell(cell.at, "\n".join(kept), fill=cell.fill))
    return found


def _pieces(text: str) -> list[str]:
    """The parts of a text that tells two things: its lines, and what dashes or semicolons part."""
    return [
        piece.strip(" ()")
        for line in lines(text)
        for piece in re.split(r";|\s[-–—]\s|\((?=[^()]*\)$)|\s/\s|,\s", line)
        if piece.strip(" ()")
    ]


def _yes_or_no(cells: Sequence[Cell], column: Column | None) -> Sequence[Cell]:
    """The cells of a column "Completed? (Y/N)", in which Y is no yellow, or "% complete", in which 100 is done."""
    if column is None or not DONE.search(fold(column.heading)):
        return cells
    if "%" in column.heading or "percent" in fold(column.heading).replace("per cent", "percent"):
        return [replace(cell, text=HUNDREDTHS.sub(r"\1%", cell.text)) for cell in cells]
    return [replace(cell, text=ANSWERS.get(fold(cell.text), cell.text)) for cell in cells]


def _not_time(text: str) -> bool:
    return not is_time(text)


def _is_priority(text: str) -> bool:
    return bool(PRIORITY.match(text.strip()))


def _not_priority(text: str) -> bool:
    return not _is_priority(text)


def _is_must_do(cells: Cells, priority: str) -> bool:
    if MUST.search(fold(priority)):
        return True
    column = cells.column(Field.PRIORITY)
    return bool(column and MUST.search(fold(column.heading)) and YES.match(fold(priority)))


def begin_with_reference(actions: Iterable[Cells]) -> frozenset[int]:
    """The tables without a column for references whose actions begin with one."""
    counts: dict[int, list[bool]] = {}
    for cells in actions:
        table = cells.draft.table
        if not table.of(Field.REFERENCE):
            begins = bool(references.taken_from(cells.text(Field.ACTION))[0])
            counts.setdefault(id(table), []).append(begins)
    return frozenset(table for table, found in counts.items() if sum(found) >= 0.6 * len(found))
