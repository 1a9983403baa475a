"""The text of OpenDocument paragraphs and cells as it is printed, notes and remarks beside it."""

from typing import NamedTuple

from actionplans.importing.reading.opendocument_styles import Styles
from actionplans.importing.reading.parts import Element, attribute, local
from actionplans.importing.reading.wording import Piece, said

MOST_SPACES = 100
NOT_PRINTED = {
    "table",
    "tracked-changes",
    "bookmark",
    "ruby-text",
    "event-listeners",
    "forms",
    "shapes",
    "desc",
    "title",
}
NOTES = {"note", "annotation"}
WITHIN_NOTES = {"note-citation", "creator", "date", "date-string", "creator-initials", "sender-initials"}


class Printed(NamedTuple):
    """What a cell or paragraph prints, and the texts of its notes and remarks."""

    pieces: list[Piece]
    notes: list[str]


def printed(cell: Element, styles: Styles) -> Printed:
    """What the paragraphs of a cell print, a line for each; the tables in it left out."""
    printing = Printing(styles)
    printing.take(cell, struck=False)
    return Printed(printing.pieces, printing.notes)


def paragraph(element: Element, styles: Styles) -> Printed:
    """What one paragraph prints."""
    printing = Printing(styles)
    printing.take_line(element, struck=False)
    return Printed(printing.pieces, printing.notes)


class Printing:
    """Goes through what an element holds and takes down what is printed."""

    def __init__(self, styles: Styles) -> None:
        self.pieces: list[Piece] = []
        self.notes: list[str] = []
        self._styles = styles

    def take(self, element: Element, struck: bool) -> None:
        """The paragraphs that an element holds, at whatever depth: lists, sections, frames."""
        for each in element:
            kind = local(each.tag)
            if kind in NOTES:
                self._note(each)
            elif kind in {"p", "h"}:
                self.take_line(each, struck)
                self.pieces.append(Piece("\n", struck))
            elif kind not in NOT_PRINTED | WITHIN_NOTES:
                self.take(each, struck)

    def take_line(self, element: Element, struck: bool) -> None:
        """The text of a paragraph."""
        self._within(element, self._is_struck(element, "paragraph", struck))

    def _within(self, element: Element, struck: bool) -> None:
        self.pieces.append(Piece(_spaced(element.text), struck))
        for each in element:
            self._inline(each, local(each.tag), struck)
            self.pieces.append(Piece(_spaced(each.tail), struck))

    def _inline(self, each: Element, kind: str, struck: bool) -> None:
        if kind == "s":
            count = attribute(each, "c") or "1"
            self.pieces.append(Piece(" " * min(int(count), MOST_SPACES), struck))
        elif kind in {"tab", "line-break"}:
            self.pieces.append(Piece(" " if kind == "tab" else "\n", struck))
        elif kind in NOTES:
            self._note(each)
        elif kind in {"frame", "text-box"}:
            self.take(each, struck)
        elif kind not in NOT_PRINTED:
            self._within(each, self._is_struck(each, "text", struck))

    def _is_struck(self, element: Element, family: str, struck: bool) -> bool:
        name = attribute(element, "style-name")
        return struck or (bool(name) and self._styles.struck(family, name))

    def _note(self, element: Element) -> None:
        noted = Printing(self._styles)
        noted.take(element, struck=False)
        self.notes.append(said(noted.pieces).text)


def _spaced(text: str | None) -> str:
    """Line ends and tabs in the file's own text are spaces."""
    return " ".join(text.split("\n")).replace("\t", " ") if text else ""
