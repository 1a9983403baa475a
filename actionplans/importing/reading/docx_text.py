"""The text of Word's paragraphs and cells as it is printed: insertions kept, deletions and hidden text left out."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from actionplans.importing.reading.colours import background
from actionplans.importing.reading.parts import Element, attribute, local
from actionplans.importing.reading.wording import Piece, raised

OFF = {"0", "false", "off", "none"}
# What a paragraph holds that is not printed as part of its text. The second of two drawings of the same is `Fallback`.
NOT_PRINTED = {"del", "moveFrom", "Fallback", "pPr", "sdtPr", "sdtEndPr", "tbl", "instrText", "delText", "fldData"}
FIXED = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# The symbols of the fonts Symbol and Wingdings with which people tick and list.
SYMBOLS = {
    0xFC: "✓",
    0xFB: "✗",
    0xFE: "☑",
    0xFD: "☒",
    0xA8: "☐",
    0x6F: "☐",
    0xB7: "•",
    0xA7: "▪",
    0xE0: "→",
    0xD8: "➢",
    0x4A: "☺",
    0x4B: "😐",
    0x4C: "☹",
}
UNKNOWN_SYMBOL = "\N{REPLACEMENT CHARACTER}"


class Printed(NamedTuple):
    """What a cell or paragraph prints, what it refers to (kind and number of a note), and its text's background."""

    pieces: list[Piece]
    notes: list[tuple[str, str]]
    fill: str


class Printing:
    """Goes through what an element holds and takes down what is printed."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._notes: list[tuple[str, str]] = []
        self._fills: set[str] = set()
        self._special: dict[str, Callable[[Element, bool], None]] = {
            "t": self._text,
            "r": self._run,
            "sym": self._symbol,
            "footnoteReference": self._note,
            "endnoteReference": self._note,
            "commentReference": self._note,
        }

    def take(self, element: Element, struck: bool = False) -> None:
        """All that the element holds, in its order."""
        for each in element:
            kind = local(each.tag)
            if kind in NOT_PRINTED:
                continue
            if kind in self._special:
                self._special[kind](each, struck)
            elif kind in FIXED:
                self._pieces.append(Piece(FIXED[kind], struck))
            else:
                self.take(each, struck)
                if kind == "p":
                    self._pieces.append(Piece("\n", struck))

    def printed(self) -> Printed:
        """What was taken. The background of the text counts only if all that is marked is marked alike."""
        return Printed(self._pieces, self._notes, self._fills.pop() if len(self._fills) == 1 else "")

    def _text(self, element: Element, struck: bool) -> None:
        self._pieces.append(Piece(element.text or "", struck))

    def _run(self, element: Element, struck: bool) -> None:
        properties = element.find("{*}rPr")
        if properties is None:
            self.take(element, struck)
        elif not is_on(properties, "vanish"):
            self._fills.update(_marks(properties))
            before = len(self._pieces)
            self.take(element, struck or is_on(properties, "strike") or is_on(properties, "dstrike"))
            if is_raised(properties):
                self._pieces[before:] = [Piece(raised(text), gone) for text, gone in self._pieces[before:]]

    def _symbol(self, element: Element, struck: bool) -> None:
        code = int(attribute(element, "char") or "0", 16)
        self._pieces.append(Piece(SYMBOLS.get(code & 0xFF, UNKNOWN_SYMBOL), struck))

    def _note(self, element: Element, struck: bool) -> None:
        kind = local(element.tag).removesuffix("Reference")
        self._notes.append((kind, attribute(element, "id")))


def printed(element: Element) -> Printed:
    """What the element prints, without the tables in it."""
    printing = Printing()
    printing.take(element)
    return printing.printed()


def is_on(properties: Element, name: str) -> bool:
    """Whether properties hold this one, not switched off."""
    found = properties.find(f"{{*}}{name}")
    return found is not None and (attribute(found, "val") or "1").lower() not in OFF


def is_raised(properties: Element) -> bool:
    """Whether text is printed above the line."""
    found = properties.find("{*}vertAlign")
    return found is not None and attribute(found, "val") == "superscript"


def is_bold(paragraph: Element) -> bool:
    """Whether all of its text is in bold."""
    runs = [run for run in paragraph.iterfind(".//{*}r") if any(text.strip() for text in run.itertext())]
    properties = [run.find("{*}rPr") for run in runs]
    return bool(runs) and all(each is not None and is_on(each, "b") for each in properties)


def shading(properties: Element | None) -> str:
    """The background that the properties of a cell or of text give; empty for none."""
    shade = properties.find("{*}shd") if properties is not None else None
    return "" if shade is None else background(attribute(shade, "fill"))


def _marks(properties: Element) -> Iterator[str]:
    marked = properties.find("{*}highlight")
    if marked is not None and (colour := background(attribute(marked, "val"))):
        yield colour
    if colour := shading(properties):
        yield colour
