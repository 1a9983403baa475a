"""Tables of web pages, as spreadsheets, Word and browsers put them on the clipboard."""

import re
from collections.abc import Iterator

from lxml import html

from actionplans.importing.reading import limits
from actionplans.importing.reading.colours import background
from actionplans.importing.reading.gathering import Gathering, Seen, in_table
from actionplans.importing.reading.parts import Element
from actionplans.importing.reading.wording import Piece, said

RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,2000})\}")
CLASS = re.compile(r"\.([\w-]+)")
BACKGROUND = re.compile(r"(?:^|;|\s)background(?:-color)?\s*:\s*([^;]+)", re.IGNORECASE)
LINE_THROUGH = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
STRUCK = {"s", "strike", "del"}
NOT_PRINTED = {"script", "style", "table", "head", "template"}
BLOCKS = {"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"}
MOST_DEPTH = 100


def read_web(text: str, gathering: Gathering) -> None:
    """Adds the tables of a web page or a piece of one. A table in a cell of another is a table of its own."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    classes = dict(_classes(root))
    for number, table in enumerate(root.iter("table"), start=1):
        TableReader(table, f"Table {number}", classes).read(gathering)


def _classes(root: Element) -> Iterator[tuple[str, str]]:
    """What the page's own rules say of each class."""
    for style in root.iter("style"):
        for names, rule in RULE.findall(style.text or ""):
            yield from ((name, rule) for name in CLASS.findall(names))


class TableReader:
    """Reads one table."""

    def __init__(self, table: Element, name: str, classes: dict[str, str]) -> None:
        self._table = table
        self._name = name
        self._classes = classes
        self._below: dict[int, tuple[int, Seen]] = {}  # at columns that go on: for how many rows, and what

    def read(self, gathering: Gathering) -> None:
        """Adds what the table holds."""
        captions = (said(self._pieces(each, False, 0)).text for each in self._table.iterfind("caption"))
        sheet = gathering.sheet(self._name, in_table(self._name), next(captions, ""))
        rows = (row for row in self._table.iter("tr") if next(row.iterancestors("table")) is self._table)
        for number, row in enumerate(rows, start=1):
            sheet.add(number, self._row(row))

    def _row(self, row: Element) -> dict[int, Seen]:
        seen = {column: found for column, (_, found) in self._below.items()}
        self._below = {column: (left - 1, found) for column, (left, found) in self._below.items() if left > 1}
        column = 0
        for cell in row.iterchildren("td", "th"):
            while column in seen:
                column += 1
            found = self._seen(cell)
            for at in range(column, column + _span(cell, "colspan", limits.MOST_COLUMNS)):
                seen[at] = found if at == column else found._replace(merged=True)
                if (rows := _span(cell, "rowspan", limits.MOST_ROWS)) > 1:
                    self._below[at] = rows - 1, found._replace(merged=True)
        return seen

    def _seen(self, cell: Element) -> Seen:
        text, struck = said(self._pieces(cell, self._is_struck(cell), 0))
        return Seen(text, None, self._fill(cell), struck)

    def _pieces(self, element: Element, struck: bool, depth: int) -> Iterator[Piece]:
        yield Piece(_spaced(element.text), struck)
        for each in element:
            name = each.tag if isinstance(each.tag, str) else "script"
            if name == "br":
                yield Piece("\n", struck)
            elif name not in NOT_PRINTED and depth < MOST_DEPTH:
                yield from self._within(each, name, struck or self._is_struck(each), depth)
            yield Piece(_spaced(each.tail), struck)

    def _within(self, each: Element, name: str, struck: bool, depth: int) -> Iterator[Piece]:
        if name in BLOCKS:
            yield Piece("\n", struck)
        yield from self._pieces(each, struck, depth + 1)
        if name in BLOCKS:
            yield Piece("\n", struck)

    def _rules(self, element: Element) -> str:
        """What is said of how an element looks: what it says itself comes first."""
        of_classes = (self._classes.get(name, "") for name in element.get("class", "").split()[:20])
        return ";".join((element.get("style", ""), *of_classes))

    def _is_struck(self, element: Element) -> bool:
        return element.tag in STRUCK or bool(LINE_THROUGH.search(self._rules(element)))

    def _fill(self, cell: Element) -> str:
        told = BACKGROUND.search(self._rules(cell))
        return background((told[1] if told else cell.get("bgcolor", "")).split("!")[0])


def _span(cell: Element, name: str, most: int) -> int:
    written = cell.get(name, "1").strip()
    return min(max(int(written), 1), most) if written.isascii() and written.isdigit() and len(written) < 9 else 1


def _spaced(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text) if text else ""
