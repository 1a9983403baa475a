"""XLSX and ODS: typed cells, hostile texts, and what other programs make of them."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from python_calamine import CalamineWorkbook

from concordat.kernel.xml import FORBIDDEN
from concordat.reports.formats import FORMATS, ods, sheets, xlsx
from concordat.reports.formats.sheets import Sheet, parts, sheets_of
from concordat.reports.shapes import Answer, Heading, Kind, Shown, Table
from tests import libreoffice
from tests.concordat.reports.formats.hostile import ANSWER, HEADINGS, ON, ROWS, SHOWN

NAMES = [
    "Texts all of them",
    "It's more of the same, and a lo",
    "It's more of the same, and (2)",
    "About this file (2)",
    "About this file",
]


def content(kind: str, answer: Answer = ANSWER, table: str = "") -> bytes:
    return b"".join(FORMATS[kind].write(answer, table=table))


@pytest.fixture(scope="module")
def book() -> object:
    return load_workbook(BytesIO(content("xlsx")))


@pytest.mark.slow
def test_libreoffice_opens_both_and_shows_the_same_cells(tmp_path: Path) -> None:
    files = [tmp_path / "hostile.xlsx", tmp_path / "hostile-too.ods"]
    for file in files:
        file.write_bytes(content(file.suffix[1:]))
    saved = libreoffice.saved_as_csv(files, tmp_path)
    ours = [
        [each.name for each in HEADINGS],
        *([text, text, "In progress", "-1,234", "45%", "10 April 2015", "Yes", "1,234.5"] for text in SHOWN),
        ["Nothing known", *[""] * 7],
        ["Long ago", "", "elsewhere", "0", "0%", "31 December 1899", "No", "4.0"],
    ]
    for name in ("hostile", "hostile-too"):
        assert saved[f"{name}-{NAMES[0]}"] == ours
        assert saved[f"{name}-{NAMES[2]}"] == [["=Text"], ["=3"]]
        about = saved[f"{name}-{NAMES[4]}"]
        assert about[1:5] == [
            ["Report", "Hostile: =1+1", "", "", "", ""],
            ["As at", "31 March 2015", "", "", "", ""],
            ["Compared with", "31 December 2014", "", "", "", ""],
            ["Of", "+Anytown", "", "", "", ""],
        ]
    assert saved[f"hostile-{NAMES[4]}"] == saved[f"hostile-too-{NAMES[4]}"]


def test_a_workbook_has_typed_cells_and_no_formula(book: object) -> None:
    assert book.sheetnames == NAMES
    assert book.properties.title == "Hostile: =1+1"
    sheet = book[NAMES[0]]
    for row, text in zip(sheet.iter_rows(min_row=2), SHOWN, strict=False):
        typed = [cell.value.date() if cell.is_date else cell.value for cell in row]
        assert [unescape(each) if isinstance(each, str) else each for each in typed] == [
            text,
            text,
            "In progress",
            -1234,
            45,
            date(2015, 4, 10),
            "Yes",
            1234.5,
        ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s", "n", "d"}
    assert [cell.number_format for cell in sheet[2]] == [
        "@",
        "@",
        "@",
        "#,##0",
        '0"%"',
        "d mmmm yyyy",
        "@",
        "#,##0.0##",
    ]
    assert [cell.value for cell in sheet[len(ROWS)]] == ["Nothing known", *[None] * 7]
    assert not sheet._hyperlinks


def test_a_workbook_keeps_its_headings_in_sight_and_filters_by_them(book: object) -> None:
    sheet = book[NAMES[0]]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == f"A1:H{len(ROWS) + 1}"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["A"].width > 20
    assert book[NAMES[3]].auto_filter.ref == "A1:H1"
    assert book[NAMES[4]].auto_filter.ref is None


LONG = "Done: completed, or now business as usual"
NAMED = (
    Heading("region", "Region"),
    Heading("name", "Area"),
    Heading("state", "State", Kind.CHOICE, choices={"done": LONG}),
    Heading("change", "Change", Kind.CHANGE),
)
CHANGES = Answer(
    *("x", "X", date(2026, 1, 1)),
    (Table("areas", "Areas", NAMED, [("North", "Northshire", "done", 8), ("South", "", "done", -8)]),
     Table("none", "None", NAMED, [])),
)  # fmt: skip


def test_what_names_a_row_stays_in_sight_and_headings_stand_over_their_numbers() -> None:
    book = load_workbook(BytesIO(content("xlsx", CHANGES)))
    sheet = book["Areas"]
    assert sheet.freeze_panes == "C2"
    assert [cell.alignment.horizontal for cell in sheet[1]] == [None, None, None, "right"]
    assert sheet["D2"].number_format == '+#,##0;"−"#,##0;0'
    assert (sheet["D2"].value, sheet["D3"].value) == (8, -8)


def test_a_row_is_as_high_as_the_words_that_people_read() -> None:
    sheet = load_workbook(BytesIO(content("xlsx", CHANGES)))["Areas"]
    assert sheet["C2"].value == LONG
    assert sheet.row_dimensions[2].height == 3 * xlsx.LINE


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_sheet_without_rows_says_so_unless_it_is_alone(kind: str) -> None:
    for answer, told in ((CHANGES, [["There is nothing to list."]]), (replace(CHANGES, tables=CHANGES.tables[1:]), [])):
        book = CalamineWorkbook.from_filelike(BytesIO(content(kind, answer)))
        head, *lines = book.get_sheet_by_name("None").to_python()
        assert head == ["Region", "Area", "State", "Change"]
        assert [[cell for cell in line if cell] for line in lines] == told


@pytest.mark.parametrize(("columns", "stay"), [(3, 2), (2, 0), (1, 0)])
def test_columns_stay_in_sight_where_others_move(columns: int, stay: int) -> None:
    assert Sheet("Areas", NAMED[:columns], [], named_by=1).stay == stay


def test_columns_that_would_fill_the_screen_move() -> None:
    wide = (Heading("action", "Action", Kind.LONG_TEXT, width=100), *NAMED)
    assert Sheet("Areas", wide, []).stay == 0


@pytest.mark.slow
def test_libreoffice_shows_the_sign_of_a_change(tmp_path: Path) -> None:
    files = [tmp_path / "changed.xlsx", tmp_path / "changed-too.ods"]
    for file in files:
        file.write_bytes(content(file.suffix[1:], CHANGES))
    saved = libreoffice.saved_as_csv(files, tmp_path)
    for name in ("changed", "changed-too"):
        assert [line[3] for line in saved[f"{name}-Areas"]] == ["Change", "+8", "−8"]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_one_table_alone_and_its_explanations(kind: str) -> None:
    found = sheets_of(ANSWER, "more")
    assert [each.name for each in found] == [NAMES[1], "About this file"]
    assert [line.cells[:5] for line in found[-1].lines[-1:]] == [(NAMES[1], "=Text", "text", "Text", "Anything.")]
    assert content(kind, table="more") != content(kind)
    with pytest.raises(KeyError):
        content(kind, table="unheard-of")


def test_every_column_is_explained() -> None:
    lines = sheets_of(ANSWER)[-1].lines
    told = [line.cells for line in lines if line.cells and line.cells[0] == NAMES[0]]
    assert told[0] == (NAMES[0], "What people type.")
    assert [cells[2] for cells in told[1:]] == [each.key for each in HEADINGS]
    assert told[3][3:] == ("One of these words", "", "in_progress: In progress")


def test_a_column_for_programs_is_on_no_sheet_and_is_not_explained() -> None:
    headings = (Heading("name", "Area"), Heading("slug", "Address", shown=Shown.TO_PROGRAMS))
    answer = Answer("x", "X", date(2026, 1, 1), (Table("areas", "Areas", headings, [("Northshire", "northshire")]),))
    sheet, about = sheets_of(answer)
    assert (sheet.headings, list(sheet.rows)) == (headings[:1], [("Northshire",)])
    assert "slug" not in [cell for line in about.lines for cell in line.cells]


def test_an_opendocument_has_typed_cells_frozen_headings_and_filters() -> None:
    with ZipFile(BytesIO(content("ods"))) as package:
        assert package.testzip() is None
        assert package.infolist()[0].filename == "mimetype"
        assert package.infolist()[0].compress_type == 0
        listed = {
            each.get(f"{{{MANIFEST}}}full-path") for each in etree.fromstring(package.read("META-INF/manifest.xml"))
        }
        assert listed - {"/"} == {*package.namelist()} - {"mimetype", "META-INF/manifest.xml"}
        told = etree.fromstring(package.read("content.xml"), etree.XMLParser(huge_tree=True))
        settings = package.read("settings.xml").decode()
    cells = told.findall(f".//{{{TABLE}}}table-row")[1]
    typed = [(each.get(f"{{{OFFICE}}}value-type"), each.get(f"{{{OFFICE}}}value")) for each in cells]
    assert typed[2:5] == [("string", None), ("float", "-1234"), ("float", "45")]
    assert cells[5].get(f"{{{OFFICE}}}date-value") == "2015-04-10"
    assert not told.findall(f".//*[@{{{TABLE}}}formula]")
    ranges = [each.get(f"{{{TABLE}}}target-range-address") for each in told.iter(f"{{{TABLE}}}database-range")]
    assert ranges[0] == f"'{NAMES[0]}'.A1:'{NAMES[0]}'.H{len(ROWS) + 1}"
    assert ranges[1].startswith("'It''s more")
    assert settings.count("VerticalSplitPosition") == len(ANSWER.tables)
    assert settings.count('HorizontalSplitPosition" config:type="int">1<') == 2


URN = "urn:oasis:names:tc:opendocument:xmlns:"
TABLE, OFFICE, MANIFEST = f"{URN}table:1.0", f"{URN}office:1.0", f"{URN}manifest:1.0"


@pytest.mark.parametrize("writer", [xlsx, ods])
def test_a_table_longer_than_a_sheet_goes_on_on_the_next(writer: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    monkeypatch.setattr(parts, "__defaults__", (2,))
    sheet = Sheet("Many", (Heading("number", "Number", Kind.NUMBER),), iter([(1,), (2,), (3,), (4,), (5,)]))
    written = b"".join(writer.pieces([sheet], title="Many"))
    if writer is xlsx:
        found = load_workbook(BytesIO(written))
        assert {name: [row[0] for row in found[name].values] for name in found.sheetnames} == {
            "Many": ["Number", 1, 2],
            "Many (2)": ["Number", 3, 4],
            "Many (3)": ["Number", 5],
        }
    else:
        told = ZipFile(BytesIO(written)).read("content.xml").decode()
        assert [told.count(f'office:value="{number}"') for number in range(1, 6)] == [1] * 5
        assert told.count("<table:table table:name=") == 3


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_nothing_that_xml_forbids_is_in_a_file(kind: str) -> None:
    with ZipFile(BytesIO(content(kind))) as package:
        for name in package.namelist():
            if name.endswith(".xml"):
                text = package.read(name).decode()
                assert not FORBIDDEN.search(text)
                assert etree.fromstring(text.encode(), etree.XMLParser(huge_tree=True)) is not None


def test_numbers_that_are_none_are_empty_cells() -> None:
    headings = (Heading("a", "A", Kind.NUMBER), Heading("b", "B", Kind.DAY))
    answer = Answer("x", "X", ON, (Table("x", "X", headings, [(float("nan"), date(1900, 2, 28))]),))
    assert [cell.value for cell in load_workbook(BytesIO(content("xlsx", answer)))["X"][2]] == [
        None,
        "28 February 1900",
    ]
    assert "nan" not in ZipFile(BytesIO(content("ods", answer))).read("content.xml").decode()
