"""From the rows of all tables to the actions they hold: which rows belong together, under which section."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from actionplans.importing.tables import Row, Sheet, Warned
from actionplans.importing.understanding import rag, references
from actionplans.importing.understanding.answers import Asking, Family
from actionplans.importing.understanding.evidence import is_time
from actionplans.importing.understanding.headers import Table
from actionplans.importing.understanding.rows import (
    STATEMENT,
    TITLE,
    Layout,
    Piece,
    What,
    classify,
    is_update,
    piece,
    texts_of,
)
from actionplans.importing.understanding.sections import NONE, Sections
from actionplans.importing.understanding.shapes import Choice, Fate, Place
from actionplans.importing.understanding.told_elsewhere import Told, by_heading, by_labels
from actionplans.importing.understanding.words import fold, lines, shortened, words, written

DONE = re.compile(r"\b(?:completed|closed|achieved)\b(?: actions?| items?)?")
COUNTED = re.compile(r"[:(\-–]\s*\d{1,3}\)?\s*$")  # "Completed: 12" sums up and heads nothing
STILL_OPEN = re.compile(r"(?:live|open|current|outstanding|remaining|active|new|ongoing)\b(?: actions?| items?)")
LONGEST_LOCAL = 10  # words of a heading of the plan's own that stands above a table
HIDDEN_SHEET = (Choice("read", "Read it like the others"), Choice("leave_out", "Leave it out"))
FEWEST_WORDS = 4
# Figures that name something, so that they make no date and no sum of a text.
KNOWN_FIGURES = re.compile(
    r"\bs(?:ection|\.)?\s?1(?:17|3[56])(?:/13[56])?\b|\b(?:nhs )?111\b|\b999\b|\b24/7\b|\bunder[- ]1[68]s?\b"
)
NOTE_OR_ACTION = (Choice("note", "A note"), Choice("keep", "An action"))
NOTES = Family(
    "notes",
    "{these} stand among the actions and begin as notes do. What are they?",
    (Choice("note", "Notes, all of them"), Choice("keep", "Actions, all of them")),
)


@dataclass(slots=True)
class Draft:
    """One action as its rows give it: the first, and those that go on with it."""

    table: Table
    pieces: list[Piece]
    place: Place
    is_done_here: bool = False  # it stands under a heading of completed actions
    updates: list[str] = field(default_factory=list)  # lines of their own below it that tell how it goes
    told: list[Told] = field(default_factory=list)  # elsewhere than in its rows

    @property
    def at(self) -> str:
        cells = [cell for one in self.pieces for cell in one.cells.values() if written(cell)]
        return cells[0].at if cells else f"{self.table.sheet.name}, row {self.pieces[0].row.number}"


@dataclass(slots=True)
class Walk:
    """What was found on the way through the tables."""

    drafts: list[Draft] = field(default_factory=list)
    fates: list[Fate] = field(default_factory=list)
    key: dict[str, str] = field(default_factory=dict)  # by colour, what the file says that it means
    headings: dict[str, set[int]] = field(default_factory=dict)  # by sheet the rows of open ones after its last action


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A heading that is none of the national sections; it is asked about once an action stands below it."""

    text: str
    at: str
    guess: str | None
    sheet: str = ""
    row: int = 0  # of a heading among the actions


@dataclass(slots=True)
class Where:
    """Where in the plan the walk is: the section, its heading, and a heading of a part below it."""

    place: Place = field(default_factory=Place)
    is_done: bool = False
    told: tuple[Told, ...] = ()  # what its heading says of the actions below it
    unplaced: Unplaced | None = None


def reference_in(draft: Draft) -> str:
    """The reference with which an action's first row begins, as far as it is one."""
    return _reference(draft.pieces[0].row, Layout.of(draft.table))


def walk(
    notes: Sequence[Warned],
    tables: Sequence[Table],
    sections: Sections,
    asking: Asking,
    body_in: Callable[[str], str],
) -> Walk:
    """Every row with something in it gets a fate, and every action its rows."""
    found = Walk()
    for note in notes:
        found.key.update(rag.entries([note.text]))
    where = Where()
    sheet: Sheet | None = None
    local = _local_headings(tables)
    several = len({id(table.sheet) for table in tables if table.columns}) > 1
    for table in tables:
        if table.sheet is not sheet:
            sheet = table.sheet
            where = _at_sheet(sheet, bool(table.columns and not table.header), where, found, sections, asking)
            above = (local.get(sheet.heading, ""), sheet.name) if several and where == Where() else ()
            told = next((said for text in above if (said := by_heading(text, sheet.name, table, body_in))), ())
            if told:
                where = replace(where, told=told)
            elif where == Where() and _may_head(local.get(sheet.heading, "")) and table.columns:
                where = _under(local[sheet.heading], table.sheet.name, where, sections, asking)
        if _is_left_out(sheet, table, asking):
            _leave_out(table, found)
        else:
            where = _through(table, where, found, sections, asking, body_in)
    found.fates = [
        replace(one, what=What.NOTE.value) if one.row in found.headings.get(one.sheet, ()) else one
        for one in found.fates
    ]
    return found


def _local_headings(tables: Sequence[Table]) -> dict[str, str]:
    """The plan's own sections above tables of a document: by all that stands above it, the heading next to the table.

    They are such only where one heading stands above one table and others above others: one alone is a title.
    """
    nearest = {
        table.sheet.heading: lines(table.sheet.heading)[-1]
        for table in tables
        if table.header and table.columns and lines(table.sheet.heading)
    }
    if len(set(nearest.values())) < 2:
        return {}
    return nearest


def _may_head(text: str) -> bool:
    """Whether a text is worded as a heading is: short, no sentence, nothing of the document itself, no key."""
    is_short = 0 < len(words(text)) <= LONGEST_LOCAL and not text.endswith((".", ":", ";", ","))
    return is_short and not (TITLE.search(fold(text)) or is_time(text) or rag.entries([text]) or is_update(text))


def _at_sheet(sheet: Sheet, goes_on: bool, before: Where, found: Walk, sections: Sections, asking: Asking) -> Where:
    """The section that the heading or the name of a sheet gives; that of the sheet before if it goes on."""
    where = before if goes_on else Where()
    found.key.update(rag.entries([sheet.heading]))
    heading = lines(sheet.heading)
    for text in (sheet.name, *heading):
        if sections.is_national(text) or (sections.read(text).is_worded and sections.read(text).written_code):
            where = _under(text, sheet.name, where, sections, asking)
        if DONE.search(fold(text)) and len(text) < 80:
            where = Where(where.place, is_done=True, unplaced=where.unplaced)
    return where


def _is_left_out(sheet: Sheet, table: Table, asking: Asking) -> bool:
    if not sheet.hidden or not table.columns:
        return False
    text = f"The sheet “{sheet.name}” is hidden in the file and holds {len(table.body)} rows. Should it be read?"
    at = next((cell.at for row in sheet.rows for cell in row.cells if written(cell)), sheet.name)
    return asking.ask("sheet", (sheet.name,), at=at, text=text, choices=HIDDEN_SHEET) == "leave_out"


def _leave_out(table: Table, found: Walk) -> None:
    for row in (*table.before, *table.header, *table.body):
        _note(found, table, row, What.LEFT_OUT)


def _note(found: Walk, table: Table, row: Row, what: What) -> None:
    if texts_of(row):
        found.fates.append(Fate(table.sheet.name, row.number, what.value))


def _through(
    table: Table, where: Where, found: Walk, sections: Sections, asking: Asking, body_in: Callable[[str], str]
) -> Where:
    where = _above_header(table, where, found, sections, asking)
    for row in table.header:
        _note(found, table, row, What.HEADER)
    layout = Layout.of(table)
    current: Draft | None = None
    above: Row | None = None
    following = _following(table.body, layout)
    for row, next_reference in zip(table.body, following, strict=True):
        now = piece(row, above)
        above = row
        what = classify(now, current.pieces[-1] if current else None, next_reference, layout, sections)
        labelled = _labelled(now, table) if current and what in (What.ACTION, What.PART, What.NOTE) else ()
        what = What.PART if labelled else what
        if what == What.NOTE:
            what = _note_or_action(now, layout, asking)
        if what == What.ACTION or (what == What.PART and current is None):
            what = What.ACTION
            where = _placed(where, table, found, sections, asking)
            current = Draft(table, [now], where.place, where.is_done, told=list(where.told))
            found.drafts.append(current)
        elif what == What.PART and current:
            current.pieces.append(now)
            current.told.extend(labelled)
            current.updates.extend(_updates(now, layout))
        elif what == What.SECTION:
            where = _below(now, table, where, found, sections, asking, body_in)
        elif what == What.KEY:
            found.key.update(rag.entries_of(row))
        if what in (What.SECTION, What.NOTE, What.KEY):
            current = None
        _note(found, table, row, what)
    return where


def _below(
    now: Piece,
    table: Table,
    where: Where,
    found: Walk,
    sections: Sections,
    asking: Asking,
    body_in: Callable[[str], str],
) -> Where:
    """Where a heading among the actions leads: to a section, or to what it says of those below it."""
    text, at = _heading_of(now), _at(now.row)
    told = () if sections.is_national(text) else by_heading(text, at, table, body_in)
    if told:
        return replace(where, told=told)
    under = _under(text, at, where, sections, asking)
    if under.unplaced is None or under.unplaced is where.unplaced:
        return under
    found.headings.setdefault(table.sheet.name, set()).add(now.row.number)
    return replace(under, unplaced=replace(under.unplaced, sheet=table.sheet.name, row=now.row.number))


def _placed(where: Where, table: Table, found: Walk, sections: Sections, asking: Asking) -> Where:
    """Where an action stands: under a heading that is open, in the section that the person says."""
    found.headings.pop(table.sheet.name, None)
    heading = where.unplaced
    if heading is None:
        return where
    found.headings.get(heading.sheet, set()).discard(heading.row)
    code = sections.ask(heading.text, heading.at, asking, heading.guess)
    return replace(where, place=replace(where.place, code=code), unplaced=None)


def _note_or_action(now: Piece, layout: Layout, asking: Asking) -> What:
    """What a row is that begins as notes do and stands among the actions: a longer one is asked about, a label told."""
    text, at = now.text(layout.action).strip(), _at(now.row)
    if (
        not text
        or STATEMENT.match(fold(text))
        or any(written(cell) == text for at, cell in enumerate(now.row.cells) if at not in layout.action)
    ):
        return What.NOTE  # it spans the table, as a footer does
    if not _may_be_action(text, now):
        asking.warn(at, f"“{shortened(text)}” was taken for a note below the table, and for no action.")
        return What.NOTE
    told = f"“{shortened(text)}” stands among the actions and begins as a note does. Which is it?"
    answer = asking.ask(
        "action", (at,), at=at, text=told, choices=NOTE_OR_ACTION, family=NOTES, subject=shortened(text, 40)
    )
    return What.ACTION if answer == "keep" else What.NOTE


def _may_be_action(text: str, now: Piece) -> bool:
    """Whether a lone text says what is to be done: four words or more, without figures that make it a date or a sum."""
    figures = re.search(r"\d\d", KNOWN_FIGURES.sub("", fold(text)))
    return len(texts_of(now.row)) == 1 and len(words(text)) >= FEWEST_WORDS and not figures


def _labelled(now: Piece, table: Table) -> tuple[Told, ...]:
    """What a row of one text says of the action above it, worded as a form; it moves out of the columns."""
    if len(texts_of(now.row)) != 1 or not now.cells:
        return ()
    found = by_labels(next(iter(now.cells.values())), table)
    if found:
        now.cells = {len(table.columns): next(iter(now.cells.values()))}
    return found


def _updates(now: Piece, layout: Layout) -> list[str]:
    """The text of a line that is an update of the action above; it moves out of the columns, where it means nothing."""
    texts = texts_of(now.row)
    if len(texts) != 1 or not is_update(texts[0]):
        return []
    now.cells = {layout.width: next(iter(now.cells.values()))}
    return texts


def _above_header(table: Table, where: Where, found: Walk, sections: Sections, asking: Asking) -> Where:
    """Titles, keys and headings above the first header of a sheet, and all rows of a sheet without actions."""
    for row in table.before:
        texts = texts_of(row)
        if not texts:
            continue
        what = What.NOTE
        if explained := rag.entries_of(row) or rag.legend(row):
            found.key.update(explained)
            what = What.KEY
        elif table.columns and DONE.match(fold(texts[0])) and len(texts) == 1 and not COUNTED.search(texts[0]):
            where = Where(where.place, is_done=True, unplaced=where.unplaced)
        elif table.columns and len(texts) <= 2 and _is_section_title(" ".join(texts), sections):
            where, what = _under(" ".join(texts), _at(row), where, sections, asking), What.SECTION
        _note(found, table, row, what)
    return where


def _is_section_title(text: str, sections: Sections) -> bool:
    heading = sections.read(text)
    if heading.is_worded and heading.written_code:
        return True
    return heading.code is not None and not TITLE.search(fold(text))


def _following(rows: Sequence[Row], layout: Layout) -> Iterator[str]:
    """For each row, the reference of the next row that has one."""
    found, after = [], ""
    for row in reversed(rows):
        found.append(after)
        after = _reference(row, layout) or after
    return reversed(found)


def _reference(row: Row, layout: Layout) -> str:
    for at in layout.reference:
        if at < len(row.cells) and references.looks_like(written(row.cells[at])):
            return written(row.cells[at])
    for at in layout.action:
        if not layout.reference and at < len(row.cells):
            return references.taken_from(written(row.cells[at]))[0]
    return ""


def _heading_of(now: Piece) -> str:
    return " ".join(texts_of(now.row))


def _at(row: Row) -> str:
    return next((cell.at for cell in row.cells if written(cell)), "")


def _under(text: str, at: str, before: Where, sections: Sections, asking: Asking) -> Where:
    """Where a heading leads: a national section, a part of the one before, or a section of the plan's own."""
    is_done = bool(DONE.match(fold(text)))
    corrected = sections.corrected(text, asking)
    if corrected:
        return Where(Place(None if corrected == NONE else corrected, shortened(text, 200)), is_done)
    heading = sections.read(text)
    if heading.code:
        return Where(Place(heading.code, shortened(text, 200)), is_done)
    if (
        before.place.code
        and heading.written_code == before.place.code
        and heading.full_code != before.place.code.lower()
    ):
        return Where(Place(before.place.code, shortened(text, 200)), before.is_done)  # "B1." in section B
    if is_done or STILL_OPEN.fullmatch(fold(text)):
        return Where(before.place, is_done, unplaced=before.unplaced)
    return Where(Place(None, shortened(text, 200)), is_done, unplaced=Unplaced(text, at, before.place.code))
