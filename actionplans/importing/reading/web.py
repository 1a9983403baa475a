"""Tables of web pages, as spreadsheets, Word and browsers put them on the clipboard."""

import re
from collections.abc import Iterator

from lxml import html

from actionplans.importing.reading import limits
from actionplans.importing.reading.colours import background
from actionplans.importing.reading.gathering import IN_BOLD, LONGEST_IN_BOLD, Above, Gathering, Seen, in_table
from actionplans.importing.reading.parts import Element
from actionplans.importing.reading.wording import Piece, said

RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,2000})\}")
CLASS = re.compile(r"\.([\w-]+)")
BACKGROUND = re.compile(r"(?:^|;|\s)background(?:-color)?\s*:\s*([^;]+)", re.IGNORECASE)
LINE_THROUGH = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
STRUCK = {"s", "strike", "del"}
NOT_PRINTED = {"script", "style", "table", "head", "template"}
BLOCKS = {"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"}
PARTING = BLOCKS | {"br", "body", "html", "section", "article", "main", "header", "footer", "dl", "dt", "dd", "pre"}
BOLD = {"b", "strong"}
HEADING = re.compile(r"h[1-6]")
MOST_DEPTH = 100


def read_web(text: str, gathering: Gathering) -> None:
    """Adds the tables of a web page or a piece of one. A table in a cell of another is a table of its own."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    classes = dict(_classes(root))
    above, count = Above(), 0
    for told, level in Flow().of(root):
        if isinstance(told, str):
            gathering.note(f"after Table {count}" if count else "above Table 1", told)
            above.add(told, level)
            continue
        heading = above.take()
        for table in told.iter("table"):  # itself first, then those in its cells
            count += 1
            TableReader(table, f"Table {count}", classes).read(gathering, heading if table is told else "")


class Flow:
    """What a page holds in its order: each table, and each text outside of tables with its level as a heading."""

    def __init__(self) -> None:
        self._said: list[str] = []
        self._bold = True  # all that was said so far

    def of(self, element: Element, depth: int = 0, bold: bool = False) -> Iterator[tuple[str | Element, int | None]]:
        """What stands in an element."""
        self._say(element.text, bold)
        for each in element:
            name = each.tag if isinstance(each.tag, str) else "script"
            if name == "table":
                yield from self._said_so_far()
                yield each, None
            elif name == "br" or (name not in NOT_PRINTED and depth < MOST_DEPTH):
                parts = name in PARTING
                if parts:
                    yield from self._said_so_far()
                yield from self.of(each, depth + 1, bold or name in BOLD)
                if parts:
                    yield from self._said_so_far(name)
            self._say(each.tail, bold)
        if not depth:
            yield from self._said_so_far()

    def _say(self, text: str | None, bold: bool) -> None:
        if text and text.strip():
            self._bold = self._bold and bold
        self._said.append(_spaced(text))

    def _said_so_far(self, name: str = "") -> Iterator[tuple[str, int | None]]:
        text = " ".join("".join(self._said).split())
        level = (
            int(name[1]) if HEADING.fullmatch(name) else IN_BOLD if self._bold and len(text) < LONGEST_IN_BOLD else None
        )
        self._said, self._bold = [], True
        if text:
            yield text, level


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

    def read(self, gathering: Gathering, heading: str) -> None:
        """Adds what the table holds, under its own caption or else under what stands above it."""
        captions = (said(self._pieces(each, False, 0)).text for each in self._table.iterfind("caption"))
        sheet = gathering.sheet(self._name, in_table(self._name), next(captions, "") or heading)
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
