"""Plans as Excel workbooks: each function is one shape that people send."""

import io
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from tests.plan_files import raw
from tests.sample_files import archive

HEADER = ["Ref", "Action", "Lead", "By when", "RAG"]
ACTION = ["1.1", "Agree a protocol", "Police", "March 2015", "Green"]


def saved(book: Workbook) -> bytes:
    """The workbook as its file."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def begun(*rows: list[object], name: str = "Plan") -> tuple[Workbook, Worksheet]:
    """A workbook and its one sheet with these rows."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    for row in rows:
        sheet.append(row)
    return book, sheet


def filled(**colour: object) -> PatternFill:
    """A solid background."""
    return PatternFill("solid", fgColor=Color(**colour))


def simple() -> bytes:
    return saved(begun(HEADER, ACTION)[0])


def titles_above_the_header() -> bytes:
    book, sheet = begun(["Action plan 2014-15"], [], ["Draft 3"], [], HEADER, ACTION)
    sheet.merge_cells("A1:E1")
    return saved(book)


def section_rows() -> bytes:
    book, sheet = begun(HEADER, ["1. Access to support"], ACTION, ["2. Urgent care"], ["2.1", "Staff the line"])
    sheet.merge_cells("A2:E2")
    sheet.merge_cells("A4:E4")
    return saved(book)


def header_in_each_section() -> bytes:
    return saved(begun(["Section 1"], HEADER, ACTION, [], ["Section 2"], HEADER, ["2.1", "Staff the line"])[0])


def tables_side_by_side_and_below() -> bytes:
    return saved(begun(["Action", "By", None, "Risk", "Owner"], ["Train", "May", None, "Money", "CCG"], [], HEADER)[0])


def several_sheets() -> bytes:
    book, _ = begun(HEADER, ACTION)
    for name, state in (("Key", "visible"), ("Old", "hidden"), ("Lists", "veryHidden"), ("Empty", "visible")):
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        if name != "Empty":
            sheet.append([f"On {name}"])
    return saved(book)


def hidden_rows_and_columns() -> bytes:
    book, sheet = begun(HEADER, ACTION, ["1.2", "Old action"])
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet.column_dimensions["ZZ"].hidden = True
    return saved(book)


def colours() -> bytes:
    book, sheet = begun(HEADER, *[["1.1", "Agree", None, None, None]] * 6)
    for row, fill in enumerate(
        (
            filled(rgb="FFFF0000"),
            filled(theme=9),
            filled(theme=9, tint=0.5999938962981048),
            filled(indexed=43),
            filled(rgb="FFFFFFFF"),
            PatternFill("gray125"),
        ),
        start=2,
    ):
        sheet.cell(row, 5).fill = fill
    return saved(book)


def colours_to_the_last_column() -> bytes:
    book, sheet = begun(HEADER, ACTION)
    for column in range(1, 300):
        sheet.cell(1, column).fill = filled(rgb="FF0000FF")
    return saved(book)


def colours_by_rule() -> bytes:
    book, sheet = begun(HEADER, ACTION)
    sheet.conditional_formatting.add("E2:E9", CellIsRule("equal", ['"Green"'], fill=filled(rgb="FF00FF00")))
    return saved(book)


def struck_through() -> bytes:
    book, sheet = begun(HEADER, ["1.1", "Dropped", "CCG"])
    sheet["B2"].font = Font(strike=True)
    gone, kept = InlineFont(strike=True), InlineFont(b=True)
    sheet["D2"] = CellRichText(TextBlock(gone, "March 2015"), TextBlock(kept, " June 2015 "), TextBlock(gone, "or so"))
    return saved(book)


def line_breaks_and_spaces() -> bytes:
    return saved(begun(HEADER, ["1.1", "  First line \r\nsecond\u00a0line\n\n third ", "Po\u00adlice\u200b\u202e"])[0])


def dates() -> bytes:
    book, sheet = begun(["Shown"], *[[date(2015, 3, 1)]] * 8, [datetime(2015, 3, 1, 14, 30)])  # noqa: DTZ001
    for row, code in enumerate(DATE_FORMATS, start=2):
        sheet.cell(row, 1).number_format = code
    return saved(book)


DATE_FORMATS = {
    "mmm-yy": "Mar-15",
    "dd/mm/yyyy": "01/03/2015",
    "mm-dd-yy": "01/03/2015",  # the number 14, which follows the reader's country
    "d mmmm yyyy": "1 March 2015",
    "[$-809]dddd\\, d\\ mmm\\ yy;@": "Sunday, 1 Mar 15",
    '"by "mmmm yyyy': "by March 2015",
    "yyyy": "2015",
    "[Red]d.m.yy": "1.3.15",
    "dd/mm/yyyy hh:mm AM/PM": "01/03/2015 02:30 PM",
}


def dates_since_1904() -> bytes:
    book, sheet = begun(["By when"])
    book.epoch = CALENDAR_MAC_1904
    sheet["A2"] = date(2015, 3, 1)
    sheet["A2"].number_format = "d mmm yyyy"
    return saved(book)


def numbers() -> bytes:
    book, sheet = begun(["Number"], *[[number] for number, _, _ in NUMBERS])
    for row, (_, code, _) in enumerate(NUMBERS, start=2):
        sheet.cell(row, 1).number_format = code
    return saved(book)


NUMBERS = (
    (1.1, "0.00", "1.10"),
    (3, "General", "3"),
    (0.1 + 0.2, "General", "0.3"),
    (0.45, "0%", "45%"),
    (7, "000", "007"),
    (1234567.5, "#,##0.00", "1,234,567.50"),
    (1e20, "General", "1e+20"),
)


def formulas() -> bytes:
    cells = '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>X()</f></c><c r="C1" t="e"><f>A9</f><v>#REF!</v></c>'
    text = '<c r="D1" t="str"><f>A2&amp;""</f><v>Agreed</v></c><c r="E1" t="b"><v>1</v></c>'
    empty = '<c r="F1" t="str"><f>""</f><v/></c>'
    return raw.xlsx({"Plan": f"<sheetData><row>{cells}{text}{empty}</row></sheetData>"})


def comments() -> bytes:
    book, sheet = begun(HEADER, ACTION)
    sheet["D2"].comment = Comment("Moved from January", "A. Clerk")
    return saved(book)


def cells_merged_downwards() -> bytes:
    book, sheet = begun(HEADER, ACTION, [None, "Train staff"], [None, "Review"], ["2", "Staff the line"])
    sheet.merge_cells("A2:A4")
    sheet.merge_cells("C2:D3")
    sheet["C2"].fill = filled(rgb="FF92D050")
    return saved(book)


def without_references() -> bytes:
    return raw.xlsx({"Plan": raw.sheet(HEADER, ["1.1", "Agree <this> & that"])})


def with_prefixes_and_the_strict_names() -> bytes:
    parts = raw.xlsx_parts({"Plan": ""})
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    rows = '<x:row r="2"><x:c r="B2" t="s"><x:v>0</x:v></x:c></x:row>'
    parts["xl/worksheets/sheet1.xml"] = (
        f'<x:worksheet xmlns:x="{strict}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'.encode()
    )
    parts["xl/sharedStrings.xml"] = f'<x:sst xmlns:x="{strict}"><x:si><x:t>Action</x:t></x:si></x:sst>'.encode()
    return archive(parts)


def escaped_letters_and_how_to_say_them() -> bytes:
    strings = (
        "<si><t>one_x000D_\ntwo_x005F_x0041_</t></si><si><r><t>kan</t></r><r><t>ji</t></r><rPh><t>KANJI</t></rPh></si>"
    )
    cells = '<c t="s"><v>0</v></c><c t="s"><v>1</v></c>'
    return raw.xlsx({"Plan": f"<sheetData><row>{cells}</row></sheetData>"}, strings)


def days_as_iso() -> bytes:
    return raw.xlsx(
        {"Plan": '<sheetData><row><c t="d" s="0"><v>2015-03-01</v></c></row></sheetData>'}, styles=ISO_STYLE
    )


ISO_STYLE = '<cellXfs><xf numFmtId="14"/></cellXfs>'


def long_workbook(rows: int = 5_000) -> bytes:
    """So many actions of twelve columns."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Plan")
    sheet.append([*HEADER, "Outcome", "Progress", "Board", "Cost", "Risk", "Notes", "Updated"])
    for number in range(1, rows):
        words = f"Action {number}: agree with the acute trust how people are received at night"
        sheet.append(
            [f"{number}", words, "Police; CCG", "March 2015", "Green", words, "Begun", "HWB", number, "Low", words, 1]
        )
    return saved(book)
