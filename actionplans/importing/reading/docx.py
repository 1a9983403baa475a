"""Word documents (.docx): their tables, row by row, so that a long table never stands in memory as a whole.

A table in a cell of another is a table of its own.
"""

from dataclasses import dataclass, field
from typing import BinaryIO

from actionplans.importing.reading.docx_text import Printed, is_bold, is_on, printed, shading
from actionplans.importing.reading.gathering import (
    BLANK,
    IN_BOLD,
    LONGEST_IN_BOLD,
    Above,
    Gathering,
    Seen,
    SheetGathering,
    in_table,
)
from actionplans.importing.reading.parts import Element, Parts, attribute, forget, forget_within, local
from actionplans.importing.reading.relations import main_part
from actionplans.importing.reading.wording import said
from actionplans.importing.tables import Book

WITHOUT_TABLE = "There is no table with text in this Word document. Put the actions into a table, one in each row."
NUMBERED_BY_WORD = (
    "Word numbers this by itself, and the number is not in the file as text. Type the number if it matters."
)
MOST_BASES = 20  # styles below one another; Word takes 11
MOST_GRID = 1_000  # columns of a table's grid; Word takes 63
NOTES = {"footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}
Notes = dict[tuple[str, str], str]


@dataclass(slots=True)
class Open:
    """A table of which the end was not reached yet."""

    sheet: SheetGathering
    number: int = 0
    above: dict[int, Seen] = field(default_factory=dict)  # at the columns where cells of the row above go on


def read_docx(file: BinaryIO) -> Book:
    """The tables of the document. Raises UnreadableError, or what damaged files raise (`books`)."""
    parts = Parts(file)
    main, related = main_part(parts, "word/document.xml")
    notes = {key: text for part, kind in NOTES.items() for key, text in _notes(parts, related(part), kind).items()}
    document = Document(notes, _numbered_styles(parts, related("styles")))
    for event, element in parts.events(main, "tbl", "tr", "p", "txbxContent", "Fallback", starts=True):
        document.take(event, local(element.tag), element)
    return document.gathering.book(WITHOUT_TABLE)


def _notes(parts: Parts, name: str, kind: str) -> Notes:
    found: Notes = {}
    for _, element in parts.events(name, kind):
        found[kind, attribute(element, "id")] = said(printed(element).pieces).text
        forget(element)
    return found


def _numbered_styles(parts: Parts, name: str) -> frozenset[str]:
    """The styles whose paragraphs Word numbers by itself, those that are made from such a one too."""
    based: dict[str, str] = {}
    numbered: set[str] = set()
    for _, element in parts.events(name, "style"):
        own, base = attribute(element, "styleId"), element.find("{*}basedOn")
        based[own] = attribute(base, "val") if base is not None else ""
        if element.find("{*}pPr/{*}numPr") is not None:
            numbered.add(own)
        forget(element)
    for own in based:
        line = [own]
        while based.get(line[-1]) and len(line) < MOST_BASES:
            line.append(based[line[-1]])
        if numbered.intersection(line):
            numbered.add(own)
    return frozenset(numbered)


class Document:
    """Takes the parts of a document's body in their order."""

    def __init__(self, notes: Notes, numbered: frozenset[str]) -> None:
        self.gathering = Gathering()
        self._notes = notes
        self._numbered = numbered  # styles
        self._open: list[Open] = []
        self._tables = 0
        self._boxes = 0  # how deep in boxes of text
        self._older = 0
        self._above = Above()

    def take(self, event: str, kind: str, element: Element) -> None:
        """The start or the end of an element that `read_docx` asks for."""
        if kind == "Fallback":  # the same again for older programs
            self._older += 1 if event == "start" else -1
        elif self._older:
            return
        elif kind == "txbxContent":
            self._boxes += 1 if event == "start" else -1
        elif kind == "tbl":
            self._table(event, element)
        elif event == "end" and kind == "tr" and self._open:
            self._row(self._open[-1], element)
            self._forget(element)
        elif event == "end" and not self._open and not self._boxes:
            self._paragraph(element)
            forget(element)

    def _table(self, event: str, element: Element) -> None:
        if event == "start":
            self._tables += 1
            name = f"Table {self._tables}"
            heading = "" if self._open else self._above.take()
            self._open.append(Open(self.gathering.sheet(name, in_table(name), heading)))
        else:
            self._open.pop()
            if not self._open:
                self._forget(element)

    def _forget(self, element: Element) -> None:
        if self._boxes:
            element.clear()  # what stands before it in the box is still to be read
        else:
            (forget_within if len(self._open) > 1 else forget)(element)

    def _paragraph(self, element: Element) -> None:
        told = printed(element)
        text = said(told.pieces).text
        place = f"after Table {self._tables}" if self._tables else "above Table 1"
        self.gathering.note(place, text)
        self._note(place, told)
        self._above.add(text, _level(element, text))

    def _note(self, place: str, told: Printed) -> None:
        for key in told.notes:
            self.gathering.note(place, self._notes.get(key, ""))

    def _row(self, table: Open, row: Element) -> None:
        table.number += 1
        properties = row.find("{*}trPr")
        if properties is not None and properties.find("{*}del") is not None:
            return  # a deletion that was tracked
        column = _count(properties, "gridBefore", 0)
        seen: dict[int, Seen] = {}
        above, table.above = table.above, {}
        for cell in row.iterfind(".//{*}tc"):
            column = self._cell(table, cell, column, seen, above)
        table.sheet.add(table.number, seen, hidden=properties is not None and is_on(properties, "hidden"))

    def _cell(self, table: Open, cell: Element, column: int, seen: dict[int, Seen], above: dict[int, Seen]) -> int:
        """Takes a cell; the column after it."""
        properties = cell.find("{*}tcPr")
        merge = properties.find("{*}vMerge") if properties is not None else None
        span = max(1, _count(properties, "gridSpan", 1))
        if column + span > MOST_GRID:
            raise ValueError("no such column")
        if merge is not None and attribute(merge, "val") != "restart":
            found = above.get(column, BLANK)
            covered = found._replace(merged=True)
        else:
            found = self._seen(table.sheet.place(table.number, column), cell, properties)
            covered = found
        seen.update({at: found._replace(merged=True) for at in range(column + 1, column + span)})
        seen[column] = covered
        if merge is not None:
            table.above[column] = found
        return column + span

    def _seen(self, place: str, cell: Element, properties: Element | None) -> Seen:
        told = printed(cell)
        text, struck = said(told.pieces)
        self._note(place, told)
        if not text and self._is_numbered(cell):
            self.gathering.warn(place, NUMBERED_BY_WORD)
        return Seen(text, None, shading(properties) or told.fill, struck)

    def _is_numbered(self, cell: Element) -> bool:
        """Whether Word writes a number into a cell that holds none."""
        if cell.find(".//{*}numPr") is not None:
            return True
        return any(attribute(style, "val") in self._numbered for style in cell.iterfind(".//{*}pStyle"))


def _level(paragraph: Element, text: str) -> int | None:
    """How deep a heading stands: by its style, its outline, or last where it is but a short text in bold."""
    properties = paragraph.find("{*}pPr")
    style = properties.find("{*}pStyle") if properties is not None else None
    named = attribute(style, "val").lower() if style is not None else ""
    if named.startswith("title"):
        return 0
    if named.startswith("heading"):
        return int(named[-1]) if named[-1].isdigit() else 1
    outline = properties.find("{*}outlineLvl") if properties is not None else None
    if outline is not None:
        told = attribute(outline, "val")
        return int(told) + 1 if told.isdigit() and len(told) == 1 else 1
    return IN_BOLD if len(text) <= LONGEST_IN_BOLD and is_bold(paragraph) else None


def _count(properties: Element | None, name: str, otherwise: int) -> int:
    found = properties.find(f"{{*}}{name}") if properties is not None else None
    return otherwise if found is None else max(0, int(attribute(found, "val") or otherwise))
