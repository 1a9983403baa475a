"""Plans as workbooks of before 2007."""

import io
from datetime import date

import xlwt

RED = "pattern: pattern solid, fore_colour red"
GONE = "font: struck_out on"


def saved(book: xlwt.Workbook) -> bytes:
    """The workbook as its file."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def simple() -> bytes:
    book = xlwt.Workbook()
    plan = book.add_sheet("Plan")
    for column, text in enumerate(("Ref", "Action", "By when", "RAG")):
        plan.write(2, column, text)
    plan.write_merge(0, 0, 0, 3, "Action plan 2014-15")
    plan.write(3, 0, 1.1, xlwt.easyxf(num_format_str="0.00"))
    plan.write_rich_text(3, 1, [("Old words", xlwt.easyfont("struck_out on")), " new words"])
    plan.write(3, 2, date(2015, 3, 1), xlwt.easyxf(num_format_str="mmm-yy"))
    plan.write(3, 3, "", xlwt.easyxf(RED))
    return saved(book)


def of_every_kind() -> bytes:
    book = xlwt.Workbook()
    plan = book.add_sheet("Plan")
    plan.write(0, 0, "Gone", xlwt.easyxf(GONE))
    plan.write(0, 1, True)
    plan.write(0, 2, 0.45, xlwt.easyxf(num_format_str="0%"))
    plan.write(1, 0, "Hidden row")
    plan.row(1).hidden = True
    plan.col(1).hidden = True
    plan.write_merge(3, 5, 0, 0, "1. Access")
    for row in range(3, 6):
        plan.write(row, 1, f"Action {row}")
    book.add_sheet("Old").write(0, 0, "On a hidden sheet")
    book.get_sheet(1).visibility = 1
    return saved(book)
