"""What is read of Excel workbooks."""

from datetime import date, datetime

import pytest

from actionplans.importing.reading.books import read_book
from actionplans.importing.tables import WITHOUT_RESULT
from tests.actionplans.importing.facts import cell, merged, notes, only, texts, warnings
from tests.plan_files import raw, workbooks
from tests.plan_files.workbooks import ACTION, DATE_FORMATS, HEADER, NUMBERS


def test_cells_stand_at_their_row_and_column() -> None:
    sheet = only(workbooks.simple())
    assert sheet.name == "Plan"
    assert texts(sheet) == {1: HEADER, 2: ACTION}
    assert cell(sheet, 2, 3).at == "Plan!D2"


def test_a_title_above_the_header_is_repeated_where_it_is_merged_and_empty_rows_leave_a_gap() -> None:
    sheet = only(workbooks.titles_above_the_header())
    assert texts(sheet) == {1: ["Action plan 2014-15"] * 5, 3: ["Draft 3"], 5: HEADER, 6: ACTION}
    assert merged(sheet) == {1: [1, 2, 3, 4]}


def test_section_rows_and_headers_in_each_section_stay_where_they_are() -> None:
    assert [row[0] for row in texts(only(workbooks.section_rows())).values()] == [
        "Ref",
        "1. Access to support",
        "1.1",
        "2. Urgent care",
        "2.1",
    ]
    assert list(texts(only(workbooks.header_in_each_section()))) == [1, 2, 3, 5, 6, 7]


def test_several_tables_on_a_sheet_keep_the_gaps_between_them() -> None:
    sheet = only(workbooks.tables_side_by_side_and_below())
    assert texts(sheet) == {
        1: ["Action", "By", "", "Risk", "Owner"],
        2: ["Train", "May", "", "Money", "CCG"],
        4: HEADER,
    }


def test_hidden_sheets_are_read_and_marked_and_empty_ones_left_out() -> None:
    book = read_book(workbooks.several_sheets(), "plan.xlsx")
    assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [
        ("Plan", False),
        ("Key", False),
        ("Old", True),
        ("Lists", True),
    ]


def test_hidden_rows_and_columns_are_read_and_marked() -> None:
    sheet = only(workbooks.hidden_rows_and_columns())
    assert [row.number for row in sheet.rows if row.hidden] == [3]
    assert sheet.hidden_columns == {2}
    assert texts(sheet)[3] == ["1.2", "Old action"]


def test_backgrounds_written_in_each_way() -> None:
    sheet = only(workbooks.colours())
    found = [row.cells[4].fill if len(row.cells) > 4 else "" for row in sheet.rows[1:]]
    assert found == ["#ff0000", "#f79646", "#fcd5b5", "#ffff99", "", ""]


def test_a_row_coloured_to_the_last_column_is_not_read_to_there() -> None:
    assert len(only(workbooks.colours_to_the_last_column()).rows[0].cells) == 10


def test_colours_by_rule_are_warned_of() -> None:
    book = read_book(workbooks.colours_by_rule(), "plan.xlsx")
    assert "Colours that a rule gives are not read" in warnings(book)["Plan"]


def test_what_is_struck_through_as_a_cell_and_as_parts_of_one() -> None:
    sheet = only(workbooks.struck_through())
    assert (cell(sheet, 2, 1).text, cell(sheet, 2, 1).struck) == ("Dropped", "Dropped")
    assert cell(sheet, 2, 2).struck == ""
    assert cell(sheet, 2, 3).text == "March 2015 June 2015 or so"
    assert cell(sheet, 2, 3).struck == "March 2015\nor so"


def test_line_breaks_stay_and_what_cannot_be_seen_goes() -> None:
    assert texts(only(workbooks.line_breaks_and_spaces()))[2] == ["1.1", "First line\nsecond line\n\nthird", "Police"]


def test_a_date_reads_as_it_is_shown_and_keeps_its_day() -> None:
    sheet = only(workbooks.dates())
    assert [row.cells[0].text for row in sheet.rows[1:]] == list(DATE_FORMATS.values())
    assert [row.cells[0].value for row in sheet.rows[1:]] == [date(2015, 3, 1)] * 8 + [datetime(2015, 3, 1, 14, 30)]  # noqa: DTZ001


@pytest.mark.parametrize("content", [workbooks.dates_since_1904(), workbooks.days_as_iso()])
def test_dates_counted_since_1904_and_dates_as_text(content: bytes) -> None:
    assert only(content).rows[-1].cells[0].value == date(2015, 3, 1)


def test_numbers_read_as_they_are_shown() -> None:
    sheet = only(workbooks.numbers())
    assert [row.cells[0].text for row in sheet.rows[1:]] == [text for _, _, text in NUMBERS]
    assert [row.cells[0].value for row in sheet.rows[1:]] == pytest.approx([number for number, _, _ in NUMBERS])


def test_formulas_give_their_result_or_a_warning() -> None:
    book = read_book(workbooks.formulas(), "plan.xlsx")
    assert texts(book.sheets[0])[1] == ["2", "", "#REF!", "Agreed", "TRUE"]
    assert warnings(book)["Plan!B1"] == WITHOUT_RESULT
    assert "#REF!" in warnings(book)["Plan!C1"]
    assert "Plan!F1" not in warnings(book)


def test_comments_are_notes() -> None:
    assert notes(read_book(workbooks.comments(), "a")) == [("Plan!D2", "Moved from January")]


def test_merged_cells_repeat_text_and_colour_downwards() -> None:
    sheet = only(workbooks.cells_merged_downwards())
    assert [row.cells[0].text for row in sheet.rows] == ["Ref", "1.1", "1.1", "1.1", "2"]
    assert merged(sheet) == {2: [3], 3: [0, 2, 3], 4: [0]}
    assert cell(sheet, 3, 3).fill == "#92d050"


def test_cells_without_references_and_the_strict_edition() -> None:
    assert texts(only(workbooks.without_references()))[2] == ["1.1", "Agree <this> & that"]
    assert texts(only(workbooks.with_prefixes_and_the_strict_names())) == {2: ["", "Action"]}


def test_escaped_letters_and_no_pronunciation() -> None:
    assert texts(only(workbooks.escaped_letters_and_how_to_say_them()))[1] == ["one\ntwo_x0041_", "kanji"]


def test_a_long_table() -> None:
    sheet = only(workbooks.long_workbook(500))
    assert len(sheet.rows) == 500
    assert cell(sheet, 500, 11).value == 1


def test_rows_out_of_order_are_damage_and_no_traceback() -> None:
    with pytest.raises(ValueError, match="damaged"):
        only(
            raw.xlsx(
                {"Plan": f'<sheetData><row r="5">{raw.inline("b")}</row><row r="2">{raw.inline("a")}</row></sheetData>'}
            )
        )


def test_columns_and_rows_of_no_size_are_hidden() -> None:
    columns = '<cols><col min="2" max="2" width="0"/></cols>'
    row = f'<row ht="0">{raw.inline("Action")}{raw.inline("By when")}</row>'
    sheet = only(raw.xlsx({"Plan": f"{columns}<sheetData>{row}</sheetData>"}))
    assert sheet.hidden_columns == {1}
    assert sheet.rows[0].hidden


@pytest.mark.parametrize("cell", ['<c r="ZZZ1"><v>1</v></c>', '<c r="1A"><v>1</v></c>', '<c t="s"><v>9</v></c>'])
def test_cells_that_cannot_be_are_damage(cell: str) -> None:
    with pytest.raises(ValueError, match="damaged"):
        only(raw.xlsx({"Plan": f"<sheetData><row>{cell}</row></sheetData>"}))
