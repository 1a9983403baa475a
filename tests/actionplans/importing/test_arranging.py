"""Tables beside one another and tables that are turned, brought into rows: nothing is lost, nothing is done twice."""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionplans.importing.tables import Book, Cell, Row, Sheet
from actionplans.importing.understanding.arranging import arranged

HEAD = ("Ref", "Action", "Lead", "By when")
CAFE = ("A1", "Open a crisis cafe in the evening", "WCC", "March 2016")
CARD = ("A2", "Print a wallet card for a crisis", "CCG", "May 2015")


def book_of(*sheets: Sequence[tuple[str, ...]]) -> Book:
    made = []
    for at, rows in enumerate(sheets):
        cells = [
            tuple(Cell(f"S{at}!{chr(65 + column)}{number}", text) for column, text in enumerate(row))
            for number, row in enumerate(rows, start=1)
        ]
        made.append(Sheet(f"S{at}", tuple(Row(number, row) for number, row in enumerate(cells, start=1))))
    return Book(tuple(made))


def texts(book: Book) -> list[list[tuple[str, ...]]]:
    return [[tuple(cell.text for cell in row.cells) for row in sheet.rows] for sheet in book.sheets]


def turned(*lines: tuple[str, ...]) -> list[tuple[str, ...]]:
    return list(zip(*lines, strict=True))


def test_a_turned_table_becomes_rows_and_cells_keep_their_places() -> None:
    found = arranged(book_of([("Our plan",), *turned(HEAD, CAFE, CARD)]))
    assert texts(found) == [[("Our plan",), HEAD, CAFE, CARD]]
    assert [cell.at for cell in found.sheets[0].rows[3].cells] == ["S0!C2", "S0!C3", "S0!C4", "S0!C5"]
    assert [row.number for row in found.sheets[0].rows] == [1, 2, 3, 4]
    assert [(one.at, "was turned" in one.text) for one in found.warnings] == [("S0!A1", True)]


def test_forms_below_one_another_become_rows_below_one_header() -> None:
    found = arranged(book_of([*turned(HEAD, CAFE), ("",), ("B. Urgent access",), *turned(HEAD, CARD)]))
    assert texts(found) == [[HEAD, CAFE, ("B. Urgent access",), CARD]]


def test_a_form_with_two_headings_in_a_row() -> None:
    form = [("Ref", "A1", "Lead", "WCC"), ("Action", CAFE[1], "By when", "March 2016"), ("Progress", "Premises found")]
    assert texts(arranged(book_of(form)))[0] == [
        ("Ref", "Lead", "Action", "By when", "Progress"),
        ("A1", "WCC", CAFE[1], "March 2016", "Premises found"),
    ]


def test_a_row_without_a_heading_goes_on_with_the_one_above() -> None:
    form = [("Action", CAFE[1]), ("", "and at night"), ("Lead", "WCC"), ("By when", "May 2015")]
    assert texts(arranged(book_of(form)))[0][1] == (f"{CAFE[1]}\nand at night", "WCC", "May 2015")


def test_a_lone_form_beside_a_table_of_actions_may_explain_it_and_stays() -> None:
    explained = [("Action", "What is to be done"), ("Lead", "Who answers for it"), ("By when", "The last day")]
    book = book_of([HEAD, CAFE, CARD], explained)
    assert arranged(book) is book


@pytest.mark.parametrize("gap", [(), ("",), ("", "")])
def test_tables_beside_one_another_are_parted(gap: tuple[str, ...]) -> None:
    found = arranged(book_of([(*HEAD, *gap, *HEAD), (*CAFE, *gap, *CARD)]))
    assert texts(found) == [[(*HEAD, *gap), (*CAFE, *gap)], [HEAD, CARD]]
    assert [sheet.name for sheet in found.sheets] == ["S0", f"S0, from column {'EFG'[len(gap)]}"]


def test_three_tables_beside_one_another_are_parted() -> None:
    rows = [(*HEAD, "", *HEAD, "", *HEAD), (*CAFE, "", *CARD, "", *CAFE)]
    assert [rows[1][:4] for rows in texts(arranged(book_of(rows)))] == [CAFE, CARD, CAFE]


def test_a_key_of_colours_beside_the_plan_is_no_part_of_its_rows() -> None:
    rows = [(*HEAD, "", "RAG", "Meaning"), (*CAFE, "", "Red", "Not started"), (*CARD, "", "Green", "Completed"), CAFE]
    plan, key = texts(arranged(book_of(rows)))
    assert plan[1][:4] == CAFE
    assert key == [("RAG", "Meaning"), ("Red", "Not started"), ("Green", "Completed")]


@pytest.mark.parametrize(
    "rows",
    [
        [HEAD, CAFE, CARD],
        [(*HEAD, "", "Progress", "RAG"), (*CAFE, "", "Begun", "Green")],
        [("Section", "", *HEAD), ("A", "", *CAFE), ("A", "", *CARD)],
        [("Action", "See below"), ("Contact", "The office")],
    ],
    ids=["plain", "gap before progress", "gap after the section", "too little"],
)
def test_what_has_its_actions_in_rows_stays_as_it_is(rows: list[tuple[str, ...]]) -> None:
    book = book_of(rows)
    assert arranged(book) is book


CELLS = st.sampled_from([*HEAD, *CAFE, "", "", "Red", "Completed", "Outcome", "Status", "Section"])
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=11).map(tuple), max_size=14)


@settings(max_examples=60, deadline=None)
@given(ROWS, ROWS)
def test_no_text_is_lost_or_doubled(first: list[tuple[str, ...]], second: list[tuple[str, ...]]) -> None:
    book = book_of(first, second)
    found = arranged(book)
    before = Counter(line for rows in texts(book) for row in rows for cell in row for line in cell.split("\n") if line)
    after = Counter(line for rows in texts(found) for row in rows for cell in row for line in cell.split("\n") if line)
    assert set(before) == set(after)
    if not any("The table was turned" in warned.text for warned in found.warnings):
        assert texts(arranged(found)) == texts(found)
    for sheet in found.sheets:
        numbers = [row.number for row in sheet.rows]
        assert numbers == sorted(set(numbers))
