"""What is read of workbooks of before 2007."""

from datetime import date

from actionplans.importing.reading.books import read_book
from tests.actionplans.importing.facts import cell, merged, only, texts
from tests.plan_files import old


def test_titles_dates_colours_and_struck_text() -> None:
    sheet = only(old.simple())
    assert texts(sheet) == {
        1: ["Action plan 2014-15"] * 4,
        3: ["Ref", "Action", "By when", "RAG"],
        4: ["1.10", "Old words new words", "Mar-15", ""],
    }
    assert cell(sheet, 4, 1).struck == "Old words"
    assert cell(sheet, 4, 2).value == date(2015, 3, 1)
    assert cell(sheet, 4, 3).fill == "#ff0000"
    assert cell(sheet, 4, 2).at == "Plan!C4"


def test_hidden_rows_columns_and_sheets_merged_cells_and_kinds_of_value() -> None:
    plan, hidden = read_book(old.of_every_kind(), "plan.xls").sheets
    assert [(each.text, each.value, each.struck) for each in plan.rows[0].cells] == [
        ("Gone", None, "Gone"),
        ("TRUE", True, ""),
        ("45%", 0.45, ""),
    ]
    assert [row.number for row in plan.rows if row.hidden] == [2]
    assert plan.hidden_columns == {1}
    assert merged(plan) == {5: [0], 6: [0]}
    assert (hidden.name, hidden.hidden) == ("Old", True)
