"""What is read of OpenDocument spreadsheets and texts."""

from datetime import date, datetime

from actionplans.importing.reading.books import read_book
from tests.actionplans.importing.facts import cell, merged, notes, only, texts, warnings
from tests.plan_files import opendocuments
from tests.plan_files.opendocuments import HEADER


def test_a_spreadsheet_and_where_its_cells_are() -> None:
    sheet = only(opendocuments.ods_simple())
    assert (sheet.name, texts(sheet)) == ("Plan", {1: HEADER, 2: ["1.1", "Agree", "May"]})
    assert cell(sheet, 2, 1).at == "Plan!B2"


def test_repeated_cells_and_rows_are_there_as_often_as_they_stand_in_the_sheet() -> None:
    assert texts(only(opendocuments.ods_repeated())) == {1: HEADER, 2: ["1.1", "May", "May"], 6: ["Same"], 7: ["Same"]}


def test_merged_cells_repeat_their_text() -> None:
    sheet = only(opendocuments.ods_merged())
    assert texts(sheet) == {1: ["1. Access"] * 3, 2: ["1.1", "Agree", "May"], 3: ["1.1", "Train", "June"]}
    assert merged(sheet) == {1: [1, 2], 3: [0]}


def test_backgrounds_and_struck_text_also_of_styles_based_on_others() -> None:
    sheet = only(opendocuments.ods_styled())
    assert [each.fill for each in sheet.rows[0].cells] == ["#ff0000", "#ff0000", ""]
    assert [each.struck for each in sheet.rows[1].cells] == ["Dropped", "March"]


def test_hidden_sheets_rows_and_columns_are_read_and_marked() -> None:
    plan, old = read_book(opendocuments.ods_hidden(), "plan.ods").sheets
    assert plan.hidden_columns == {1, 2}
    assert [row.number for row in plan.rows if row.hidden] == [3]
    assert (plan.hidden, old.hidden) == (False, True)


def test_values_stand_beside_what_is_shown() -> None:
    book = read_book(opendocuments.ods_values(), "plan.ods")
    assert [(each.text, each.value) for each in book.sheets[0].rows[0].cells[:5]] == [
        ("Mar 15", date(2015, 3, 1)),
        ("1.10", 1.1),
        ("45%", 0.45),
        ("TRUE", True),
        ("01/03/15 14:30", datetime(2015, 3, 1, 14, 30)),  # noqa: DTZ001
    ]
    assert list(warnings(book)) == ["Plan!F1"]


def test_remarks_are_notes_and_spaces_and_line_breaks_are_text() -> None:
    book = read_book(opendocuments.ods_notes_and_spaces(), "plan.ods")
    assert texts(book.sheets[0])[1] == ["Two words and\na line\nAnother"]
    assert notes(book) == [("Plan!A1", "Moved")]


def test_a_text_has_tables_with_headings() -> None:
    book = read_book(opendocuments.odt_simple(), "plan.odt")
    assert (book.sheets[0].name, book.sheets[0].heading) == ("Table 1", "A. Access")
    assert texts(book.sheets[0])[2] == ["1.1", "Agree", "May"]
    assert notes(book)[-1] == ("after Table 1", "End")


def test_notes_lists_and_what_was_deleted() -> None:
    book = read_book(opendocuments.odt_notes_lists_and_changes(), "plan.odt")
    assert texts(book.sheets[0])[1] == ["Agree it", "One\nTwo"]
    assert notes(book) == [("Table 1, row 1, column 1", "If funded")]


def test_a_table_in_a_table_is_one_of_its_own() -> None:
    book = read_book(opendocuments.odt_table_in_a_table(), "plan.odt")
    assert [texts(sheet) for sheet in book.sheets] == [
        {1: ["Action", "Before"], 2: ["Next", "Last"]},
        {1: ["Step", "Day"]},
    ]
