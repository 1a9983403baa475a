"""Files made to harm a reader: each by a name, made when asked for. Some are large, so none is kept."""

import random
from collections.abc import Callable
from itertools import pairwise

import xlwt

from tests.plan_files import raw
from tests.plan_files.old import saved
from tests.sample_files import EXCEL, MEGABYTE, WORD, archive, office

HEADER = f"<row>{raw.inline('Action')}{raw.inline('By when')}</row>"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f"<!ENTITY {after} '" + f"&{before};" * 10 + "'>" for before, after in pairwise("abcdefghij"))
    + "]>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def _padded(holds: str) -> str:
    """The same, with so much that cannot be packed that it does not swell as harmful files do."""
    letters = random.Random(1).randbytes(len(holds) // 140).hex()  # noqa: S311 - the same each time
    return f"<!--{letters}-->{holds}"


def _sheet(data: str, after: str = "") -> bytes:
    return raw.xlsx({"Plan": _padded(f"<sheetData>{data}</sheetData>{after}")})


def _with(doctype: str, holds: str) -> bytes:
    """A workbook of which the sheet begins with a document type."""
    parts = raw.xlsx_parts({"Plan": raw.sheet(["Action"])})
    name = "xl/worksheets/sheet1.xml"
    return archive(parts | {name: f'{doctype}<worksheet xmlns="{raw.MAIN}">{holds}</worksheet>'.encode()})


def million_empty_rows() -> bytes:
    rows = "".join(f'<row r="{number}" spans="1:12" s="1" customFormat="1"/>' for number in range(2, 1_048_577))
    return _sheet(HEADER + rows)


def million_rows_of_empty_cells() -> bytes:
    rows = "".join(f'<row r="{number}"><c s="1"/><c s="1"/><c s="1"/></row>' for number in range(2, 1_000_000))
    return _sheet(HEADER + rows)


def million_rows_of_text() -> bytes:
    return _sheet("<row><c><v>1</v></c></row>" * 1_000_000)


def all_columns(rows: int = 100) -> bytes:
    return _sheet(f"<row>{'<c><v>1</v></c>' * 16_384}</row>" * rows)


def all_columns_coloured() -> bytes:
    styles = (
        '<fills><fill><patternFill patternType="solid"><fgColor rgb="FFFF0000"/></patternFill></fill></fills>'
        '<cellXfs><xf fillId="0"/></cellXfs>'
    )
    row = "<row>" + raw.inline("Action") + '<c s="0"/>' * 16_383 + "</row>"
    return raw.xlsx({"Plan": _padded(f"<sheetData>{row * 300}</sheetData>")}, styles=styles)


def wide_and_long() -> bytes:
    row = "<row>" + raw.inline("Action") + '<c r="GR{}"><v>1</v></c></row>'
    return _sheet("".join(row.format(number) for number in range(1, 9_000)))


def everything_merged() -> bytes:
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return _sheet(f"<row>{raw.inline('x' * 30_000)}</row>" + HEADER * 9_000, merged)


def merged_again_and_again() -> bytes:
    return _sheet(HEADER * 5_000, "<mergeCells>" + '<mergeCell ref="A1:B5000"/>' * 400_000 + "</mergeCells>")


def one_long_text_everywhere() -> bytes:
    strings = f"<si><t>{'x' * 32_000}</t></si>"
    data = '<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>' * 9_000
    return raw.xlsx({"Plan": _padded(f"<sheetData>{data}</sheetData>")}, strings)


def endless_strings() -> bytes:
    return raw.xlsx({"Plan": raw.sheet(["Action"])}, _padded("<si><t>abcdefgh</t></si>" * 4_000_000))


def junk_elements() -> bytes:
    return _sheet(HEADER, "<a/>" * 25_000_000)


def junk_between_rows() -> bytes:
    return _sheet((HEADER + "<a/>" * 200_000) * 100)


def junk_in_a_row() -> bytes:
    return _sheet(f"<row>{'<c/>' * 25_000_000}</row>")


def junk_in_a_cell() -> bytes:
    return _sheet(f"<row><c>{'<a/>' * 25_000_000}</c></row>")


def many_attributes() -> bytes:
    attributes = " ".join(f'a{at}="1"' for at in range(400_000))
    return _sheet(f"<row {attributes}/>")


def deep_elements() -> bytes:
    return _sheet("<a>" * 100_000 + "</a>" * 100_000)


def deep_table_in_table() -> bytes:
    inner = raw.table(["Action"])
    for _ in range(60):
        inner = raw.table([raw.cell(inner)])
    return raw.docx(inner)


def billion_laughs() -> bytes:
    return _with(LAUGHS, f"<sheetData><row>{raw.inline('x').replace('>x<', '>&j;<')}</row></sheetData>")


def entity_from_outside() -> bytes:
    return _with(OUTSIDE, f"<sheetData><row>{raw.inline('x').replace('>x<', '>&a;<')}</row></sheetData>")


def entity_late_in_the_part() -> bytes:
    late = f'<?xml version="1.0"?><!--{"x" * 200_000}-->'
    return _with(LAUGHS.replace('<?xml version="1.0"?>', late), "<sheetData/>")


def entity_in_utf_16() -> bytes:
    parts = raw.xlsx_parts({"Plan": raw.sheet(["Action"])})
    holds = f'{LAUGHS}<worksheet xmlns="{raw.MAIN}"/>'.replace('version="1.0"', 'version="1.0" encoding="UTF-16"')
    return archive(parts | {"xl/worksheets/sheet1.xml": holds.encode("utf-16")})


def entity_in_utf_7() -> bytes:
    parts = raw.xlsx_parts({"Plan": raw.sheet(["Action"])})
    holds = '<?xml version="1.0" encoding="UTF-7"?>' + LAUGHS[21:].encode("utf-7").decode("ascii") + "<x/>"
    return archive(parts | {"xl/worksheets/sheet1.xml": holds.encode()})


def laughs_in_word() -> bytes:
    body = f'<w:document xmlns:w="{raw.WORD_MAIN}"><w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>'
    return office(WORD, **{"word/document.xml": (LAUGHS + body).encode()})


def swollen_part() -> bytes:
    return office(EXCEL, **{"xl/worksheets/sheet1.xml": b" " * (290 * MEGABYTE)})


def white_space_within() -> bytes:
    return archive(raw.xlsx_parts({"Plan": f"<sheetData>{' ' * (9 * MEGABYTE)}{HEADER}</sheetData>"}))


def relation_in_a_ring() -> bytes:
    parts = raw.xlsx_parts({"Plan": raw.sheet(["Action"])})
    ring = raw.relations(("rId1", "worksheet", "workbook.xml"))
    return archive(parts | {"xl/_rels/workbook.xml.rels": ring})


def thousand_sheets() -> bytes:
    return raw.xlsx({f"Sheet {at}": raw.sheet(["Action"]) for at in range(1_200)})


def rows_backwards() -> bytes:
    return _sheet(f'<row r="5">{raw.inline("b")}</row><row r="2">{raw.inline("a")}</row>')


def row_beyond_all() -> bytes:
    return _sheet(f'<row r="99999999999999999999">{raw.inline("b")}</row>')


def numbers_that_are_none() -> bytes:
    values = ("NaN", "INF", "1e999", "-1e308", "1e308", "0x10", "１２", "")
    return _sheet("<row>" + "".join(f"<c><v>{value}</v></c>" for value in values) + "</row>")


def formulas_without_results() -> bytes:
    row = f"<row>{raw.inline('Action')}{'<c><f>SUM(A1:A9)</f></c>' * 20}</row>"
    return _sheet(row * 5_000)


def repeated_rows_of_ods() -> bytes:
    cell = raw.open_cell("Action", 'table:number-columns-repeated="16384"')
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    return raw.ods(f'<table:table table:name="Plan">{row}</table:table>')


def narrow_repeated_rows_of_ods() -> bytes:
    cell = raw.open_cell("Action", 'table:number-columns-repeated="150"')
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    return raw.ods(f'<table:table table:name="Plan">{row * 1000}</table:table>')


def styles_in_a_ring() -> bytes:
    style = '<style:style style:family="table-cell" style:name="{}" style:parent-style-name="{}"/>'
    automatic = style.format("a", "b") + style.format("b", "a")
    return raw.ods(
        raw.open_table("Plan", [raw.open_cell("Action", 'table:style-name="a"')]),
        automatic=automatic,
    )


def many_spaces_of_ods() -> bytes:
    return raw.ods(raw.open_table("Plan", [raw.open_cell('<text:p>a<text:s text:c="2000000000"/>b</text:p>')]))


def long_lists_of_odt() -> bytes:
    item = "<text:list-item><text:p>Words of no table</text:p></text:list-item>"
    return raw.odt(_padded(f"<text:list>{item * 1_000_000}</text:list>") + raw.open_table("T", ["Action"]))


def wide_grid_of_word() -> bytes:
    return raw.docx(raw.table([raw.cell("Action", properties='<w:gridSpan w:val="2000000000"/>')]))


def long_paragraphs_of_word() -> bytes:
    return raw.docx(raw.paragraph("Words of no table " * 20) * 200_000 + raw.table(["Action"]))


def junk_of_ods(elements: int = 10_000_000) -> bytes:
    return raw.ods(_padded("<table:x/>" * elements), raw.open_table("Plan", ["Action"]))


def many_styles() -> bytes:
    styles = _padded("<cellXfs>" + "<xf fontId='0'/>" * 4_000_000 + "</cellXfs>")
    return raw.xlsx({"Plan": raw.sheet(["Action"])}, styles=styles)


def many_short_texts() -> bytes:
    cells = "".join(f"<c><v>{at}</v></c>" for at in range(29))
    return _sheet(f"<row>{cells}</row>" * 9_990)


def one_row_of_word() -> bytes:
    return raw.docx(_padded(raw.table([raw.cell("Action")] * 500_000)))


def sparse_old_workbook() -> bytes:
    book = xlwt.Workbook()
    plan = book.add_sheet("Plan")
    plan.write(0, 0, "Action")
    plan.write(65_535, 255, "Far away")
    return saved(book)


def full_old_workbook() -> bytes:
    book = xlwt.Workbook()
    plan = book.add_sheet("Plan")
    for number in range(9_000):
        for column in range(33):
            plan.write(number, column, number * 1.1)
    return saved(book)


def commas() -> bytes:
    return b"," * (20 * MEGABYTE)


def commas_on_lines() -> bytes:
    return (b"," * 10_000 + b"\n") * 2_000


def line_ends() -> bytes:
    return b"Action,By\n" + b"\n" * (19 * MEGABYTE)


def unclosed_quotation() -> bytes:
    return b'Action,By\n"' + b"Words and more words\n" * 900_000


def quotations() -> bytes:
    return b'"' * (20 * MEGABYTE)


def one_letter_beyond_the_plane() -> bytes:
    return "😀,".encode() + b"a,b\n" * (4 * MEGABYTE)


def zeros() -> bytes:
    return bytes(20 * MEGABYTE)


HOSTILE: dict[str, Callable[[], bytes]] = {
    name: made
    for name, made in list(globals().items())
    if callable(made) and getattr(made, "__module__", "") == __name__ and not name.startswith("_")
}
