"""What is read of Word documents."""

import pytest

from actionplans.importing.reading.books import read_book
from actionplans.importing.reading.docx import NUMBERED_BY_WORD
from actionplans.importing.reading.gathering import Above
from tests.actionplans.importing.facts import cell, merged, notes, only, texts, warnings
from tests.plan_files import documents, raw
from tests.plan_files.documents import HEADER


def test_a_table_and_where_its_cells_are() -> None:
    sheet = only(documents.of_the_library())
    assert (sheet.name, sheet.heading) == ("Table 1", "Action plan")
    assert texts(sheet) == {1: HEADER, 2: ["1.1", "Agree", "May"]}
    assert cell(sheet, 2, 1).at == "Table 1, row 2, column 2"


def test_the_heading_above_each_table_and_the_other_paragraphs_as_notes() -> None:
    book = read_book(documents.headings_above(), "plan.docx")
    assert [sheet.heading for sheet in book.sheets] == ["A. Access to support", "Urgent care", ""]
    assert notes(book) == [
        ("above Table 1", "Introduction"),
        ("above Table 1", "A. Access to support"),
        ("above Table 1", "Led by the CCG"),
        ("after Table 1", "Urgent care"),
    ]


def heads(*blocks: str | tuple[str, int | None]) -> list[str]:
    """The headings of the tables among these paragraphs, each with its level; "|" stands for a table."""
    above = Above()
    found = []
    for block in blocks:
        if block == "|":
            found.append(above.take())
        else:
            above.add(*block)  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ([("Plan", 0), ("B. Urgent", 1), ("Triage", 2), "|", ("Beds", 2), "|"],
         ["Plan\nB. Urgent\nTriage", "Plan\nB. Urgent\nBeds"]),
        ([("A. Access", 1), "|", ("Equality", 1), "|"], ["A. Access", "Equality"]),
        ([("A. Access", 1), "|", "|", ("Words", None), "|"], ["A. Access", "", "Words"]),
        ([("Equality", 10), ("Why we do it.", None), "|", ("Working", 10), "|"], ["Equality", "Working"]),
        ([("B. Urgent", 1), ("Triage", 10), "|", ("Beds", 10), "|"], ["B. Urgent\nTriage", "B. Urgent\nBeds"]),
        ([("A. Access", 1), "|", ("Equality", 10), "|", ("B. Urgent", 1), "|"], ["A. Access", "Equality", "B. Urgent"]),
    ],
    ids=["trail", "siblings", "last words", "bold", "bold below", "bold after a table"],
)  # fmt: skip
def test_the_headings_above_a_table(blocks: list[str | tuple[str, int | None]], expected: list[str]) -> None:
    assert heads(*blocks) == expected


def test_a_short_text_in_bold_is_a_heading() -> None:
    bold = "<w:b/>"
    book = read_book(
        raw.docx(
            raw.paragraph(raw.run("Equality", bold))
            + raw.paragraph(raw.run("We must do it."))
            + raw.table([raw.cell(raw.paragraph("Action"))], [raw.cell(raw.paragraph("Agree"))])
            + raw.paragraph(raw.run("Partly", bold), raw.run(" in bold"))
            + raw.paragraph("What we agreed")
            + raw.table([raw.cell(raw.paragraph("Action"))], [raw.cell(raw.paragraph("Train"))])
        ),
        "plan.docx",
    )
    assert [sheet.heading for sheet in book.sheets] == ["Equality", "What we agreed"]


def test_cells_merged_sideways_and_downwards() -> None:
    sheet = only(documents.merged())
    assert texts(sheet) == {
        1: ["1. Access"] * 3,
        2: ["1.1", "Agree", "May"],
        3: ["1.1", "Train", "Train"],
        4: ["1.2", "Review", "June"],
    }
    assert merged(sheet) == {1: [1, 2], 3: [0, 2]}


def test_a_row_that_begins_further_right_stands_at_its_columns() -> None:
    assert texts(read_book(documents.begins_further_right(), "a").sheets[1]) == {1: ["", "Agree"]}
    assert texts(read_book(documents.begins_further_right(-1), "a").sheets[1]) == {1: ["Agree"]}


def test_backgrounds_of_cells_and_of_highlighted_text() -> None:
    sheet = only(documents.colours())
    assert [each.fill for row in sheet.rows for each in row.cells] == ["", "#ff0000", "", "", "#ffff00"]


def test_what_is_struck_through_once_or_twice() -> None:
    found = cell(only(documents.struck_through()), 1, 1)
    assert (found.text, found.struck) == ("March 2015 May 2015April", "March 2015\nApril")


def test_deletions_that_were_tracked_are_left_out_and_insertions_kept() -> None:
    assert texts(only(documents.tracked_changes())) == {1: ["Action", "June there"], 2: ["Kept"]}


def test_notes_stand_beside_the_text_and_their_marks_are_not_in_it() -> None:
    book = read_book(documents.notes(), "plan.docx")
    assert texts(book.sheets[0])[1] == ["Action", "Agree a protocol"]
    place = "Table 1, row 1, column 2"
    assert notes(book) == [(place, "Subject to money"), (place, "See annex"), (place, "Who leads?")]


def test_a_table_in_a_table_is_one_of_its_own() -> None:
    book = read_book(documents.table_in_a_table(), "plan.docx")
    assert [texts(sheet) for sheet in book.sheets] == [
        {1: ["Action", "Before\nAfter"], 2: ["Next", "Last"]},
        {1: ["Step", "Day"], 2: ["One", "Monday"]},
    ]


def test_content_controls_links_and_fields_read_as_their_text() -> None:
    sheet = only(documents.content_controls_and_fields())
    assert texts(sheet)[1] == ["Green", "In control", "Agree the protocol of May by A. Clerk"]


def test_symbols_tabs_hyphens_line_breaks_and_hidden_text() -> None:
    found = texts(only(documents.symbols_tabs_and_hyphens()))[1]
    assert found == ["Action", "✓multi-agency coordinate\nnext\nlast\nOwn paragraph", "\N{REPLACEMENT CHARACTER}"]


def test_numbers_that_word_makes_are_warned_of() -> None:
    book = read_book(documents.numbered_by_word(), "plan.docx")
    assert warnings(book) == {"Table 1, row 2, column 1": NUMBERED_BY_WORD}


def test_numbers_that_come_with_a_style_are_warned_of_too() -> None:
    book = read_book(documents.numbered_by_a_style(), "plan.docx")
    assert warnings(book) == {f"Table 1, row {row}, column 1": NUMBERED_BY_WORD for row in (2, 3)}


def test_tables_in_boxes_are_read_once() -> None:
    book = read_book(documents.boxes_of_text(), "plan.docx")
    assert [texts(sheet)[1] for sheet in book.sheets] == [["Boxed"], ["Action"]]
    assert notes(book) == [("after Table 1", "In a box\nBeside it")]


def test_a_long_table() -> None:
    assert len(only(documents.long_document(500)).rows) == 500


@pytest.mark.parametrize(
    ("text", "above", "read"),
    [("A2", "3", "A2³"), ("Oakfield", "1, 2", "Oakfield¹, ²"), ("Oakfield", "a", "Oakfieldᵃ"), ("31", "st", "31st")],
)
def test_what_is_raised_stays_raised(text: str, above: str, read: str) -> None:
    raised = raw.run(above, '<w:vertAlign w:val="superscript"/>')
    sheet = only(raw.docx(raw.table([raw.cell(raw.paragraph(raw.run(text), raised)), raw.cell("May")])))
    assert texts(sheet) == {1: [read, "May"]}
