"""What holds of understanding for whatever is in a file."""

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from actionplans.importing.tables import Book, Cell, Row, Sheet, Warned
from actionplans.importing.understanding.output import as_json
from actionplans.importing.understanding.preview import understand
from actionplans.importing.understanding.shapes import KnownAction
from tests.actionplans.importing.corpus import EVERY
from tests.actionplans.importing.corpus.grids import book_of
from tests.actionplans.importing.corpus.northshire import NORTHSHIRE, when

SAID = st.sampled_from(
    [
        "",
        "Ref",
        "Action",
        "Timescale",
        "Led by",
        "Start",
        "Finish",
        "RAG",
        "Status",
        "Outcome",
        "1.1",
        "1.1",
        "A1.1",
        "A",
        "B1",
        "1",
        "2.",
        "Set up a group",
        "set up a group",
        "• by night",
        "Section B: Urgent access",
        "A2 Support before crisis",
        "Local priorities",
        "March 2015",
        "Q1",
        "15-16",
        "Ongoing",
        "Completed",
        "Merged with 1.1",
        "Removed",
        "Red",
        "Amber/Green",
        "RAG key: Red = late, Green = done",
        "All",
        "LAs/CCGs/Police",
        "Jane Smith, NPFT",
        "Wulfric Oakenshaw",
        "Total",
        "Note: all of it",
        "Lead Agency + Footprint",
        "()",
        "( / ) & ,",
        "Lead:",
        "working with",
        "joint",
        "\ue000",
        "\ue0001\ue000",
    ]
)
CELLS = st.builds(
    Cell,
    at=st.just(""),
    text=SAID | SAID | st.text(max_size=12),
    value=st.none() | st.none() | st.dates() | st.floats() | st.integers() | st.booleans() | st.datetimes(),
    fill=st.sampled_from(["", "", "#ff0000", "#00ff00", "#a0a0a0", "nonsense"]),
    struck=st.sampled_from(["", "", "group", "Set up a group"]),
    merged=st.booleans(),
)
GRIDS = st.lists(st.lists(CELLS, max_size=6), max_size=9)
HEAD = tuple(Cell("", text) for text in ("Ref", "Action", "Timescale", "Led by", "RAG", "Status"))


@st.composite
def books(draw: st.DrawFn) -> Book:
    sheets = []
    for number in range(draw(st.integers(0, 2))):
        grid = [list(HEAD)] * draw(st.integers(0, 1)) + draw(GRIDS)
        rows = tuple(
            Row(
                at,
                tuple(replace(cell, at=f"S{number}!{chr(65 + c)}{at}") for c, cell in enumerate(cells)),
                hidden=draw(st.booleans()),
            )
            for at, cells in enumerate(grid, 1)
        )
        sheets.append(Sheet(f"S{number}", rows, draw(SAID), hidden=draw(st.booleans())))
    return Book(tuple(sheets), notes=(Warned("", draw(SAID)),))


KNOWN = replace(
    NORTHSHIRE,
    actions=(
        KnownAction(1, "1.1", "Set up a group"),
        KnownAction(2, "", "Something else"),
        KnownAction(3, "B1", "Long gone", is_open=False),
    ),
)


@settings(max_examples=80, deadline=None)
@given(books())
def test_no_book_is_too_strange(book: Book) -> None:
    found = understand(book, KNOWN, {}, when)
    assert json.loads(json.dumps(as_json(found)))["rows"] == as_json(found)["rows"]
    _loses_nothing(book, found)
    _stays_the_same(book, found)


def _loses_nothing(book: Book, found: object) -> None:
    """Every row with something in it has one fate, and rows of actions stand in exactly one line."""
    told = [
        (sheet.name, row.number)
        for sheet in book.sheets
        for row in sheet.rows
        if any(_shown(cell) for cell in row.cells)
    ]
    assert sorted((one.sheet, one.row) for one in found.fates) == sorted(told)  # type: ignore[attr-defined]
    acting = sorted((one.sheet, one.row) for one in found.fates if one.what in ("action", "part"))  # type: ignore[attr-defined]
    assert acting == sorted((one.line.sheet, row) for one in found.lines for row in one.line.rows)  # type: ignore[attr-defined]
    assert all(one.line.action for one in found.lines)  # type: ignore[attr-defined]


def _shown(cell: Cell) -> str:
    return cell.text.strip() or ("" if cell.value is None else str(cell.value).strip())


def _stays_the_same(book: Book, found: object) -> None:
    assert understand(book, KNOWN, {}, when) == found


@settings(max_examples=40, deadline=None)
@given(books(), st.data())
def test_any_choice_of_any_question_settles_it(book: Book, data: st.DataObject) -> None:
    found = understand(book, KNOWN, {}, when)
    if not found.questions:
        return
    question = data.draw(st.sampled_from(found.questions))
    answer = data.draw(st.sampled_from(question.choices)).value
    answer = "dropped:No money" if answer == "dropped" else answer  # that alone needs words
    after = understand(book, KNOWN, {question.key: answer}, when)
    assert question.key not in {one.key for one in after.questions}
    _loses_nothing_after(book, after)


def _loses_nothing_after(book: Book, found: object) -> None:
    told = {
        (sheet.name, row.number)
        for sheet in book.sheets
        for row in sheet.rows
        if any(_shown(cell) for cell in row.cells)
    }
    assert {(one.sheet, one.row) for one in found.fates} == told  # type: ignore[attr-defined]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(EVERY)), st.randoms(use_true_random=False))
def test_spaces_and_capitals_of_headings_do_not_count(name: str, random: object) -> None:
    book = book_of(EVERY[name])
    plain = understand(book, NORTHSHIRE, {}, when)
    headers = {(one.sheet, one.row) for one in plain.fates if one.what == "header"}
    changed = understand(_with_other_headings(book, headers, random), NORTHSHIRE, {}, when)
    assert [column.fields for column in changed.columns] == [column.fields for column in plain.columns]
    assert [_facts(one.line) for one in changed.lines] == [_facts(one.line) for one in plain.lines]
    assert [one.key for one in changed.questions] == [one.key for one in plain.questions]


def _with_other_headings(book: Book, headers: "set[tuple[str, int]]", random: object) -> Book:
    def other(text: str) -> str:
        changed = random.choice([text.upper(), text.lower(), text.title()])  # type: ignore[attr-defined]
        return random.choice(["", " ", "\n"]) + changed.replace(" ", random.choice([" ", "  ", "\u00a0", "\n"])) + " "  # type: ignore[attr-defined]

    def row(sheet: Sheet, one: Row) -> Row:
        if (sheet.name, one.number) not in headers:
            return one
        texts: dict[str, str] = {}
        return replace(
            one, cells=tuple(replace(cell, text=texts.setdefault(cell.text, other(cell.text))) for cell in one.cells)
        )

    sheets = (replace(sheet, rows=tuple(row(sheet, one) for one in sheet.rows)) for sheet in book.sheets)
    return replace(book, sheets=tuple(sheets))


def _facts(line: object) -> tuple[object, ...]:
    return tuple(
        getattr(line, name) for name in ("row", "rows", "place", "reference", "action", "leads", "timescale", "status")
    )
