"""Which files are read, and what is said of those that are not."""

import codecs
import io
from typing import BinaryIO

import pytest

from actionplans.importing.reading.books import ARCHIVE_READERS, read_book
from actionplans.importing.reading.kinds import DOC, Kind
from actionplans.importing.reading.limits import TOO_HEAVY
from actionplans.importing.tables import Book, UnreadableError
from tests import sample_files as files
from tests.plan_files import old, raw, workbooks
from tests.plan_files.corpus import CORPUS

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le") + bytes(64)


def refusal(content: bytes, name: str = "plan") -> str:
    with pytest.raises(UnreadableError) as error:
        read_book(content, name)
    return str(error.value)


def test_every_shape_of_the_corpus_is_read_whatever_its_name() -> None:
    assert len(CORPUS) >= 40
    for made in CORPUS.values():
        assert any(cell.text for cell in read_book(made(), "plan.pdf").sheets[0].rows[0].cells)


def test_a_file_that_is_open_is_read_from_its_beginning() -> None:
    file = io.BytesIO(workbooks.simple())
    file.seek(99)
    assert read_book(file, "plan.xlsx") == read_book(workbooks.simple(), "plan.xlsx")


@pytest.mark.parametrize(
    ("content", "what", "instead"),
    [
        (stream("WordDocument"), "old Word document (.doc)", "save it as “Word Document (.docx)”"),
        (files.pdf(), "This is a PDF", "Send the Word document or spreadsheet that it was made from"),
        (b"{\\rtf1 Plan}", "rich text file (.rtf)", "Word Document (.docx)"),
        (files.png(), "This is a picture", "save it as .xlsx"),
        (files.jpeg(), "This is a picture", "save it as .xlsx"),
        (stream("EncryptedPackage"), "protected by a password", "Save it without one"),
        (stream("PowerPoint Document"), "old Office file, but no workbook", "Save it as .xlsx or .docx"),
        (files.archive({"Index/Document.iwa": b"x"}), "Numbers or Pages", "Export To"),
        (files.archive({"xl/workbook.bin": b"x"}), "binary workbook (.xlsb)", "Excel Workbook (.xlsx)"),
        (files.archive({"plan.csv": b"x"}), "archive but no Word, Excel", "Send each file in it by itself"),
        (workbooks.simple()[:-30], "damaged or not complete", "save it again"),
        (files.WEB_PAGE, "web page, whatever its name says", "Open it in your spreadsheet"),
        (b'<?xml version="1.0"?><Workbook/>', "XML file", "save it as .xlsx"),
        (b"\x1f\x8b\x08" + bytes(99), "packed archive", "Unpack it"),
        (b"", "This file is empty", "Choose another one"),
    ],
    ids=lambda told: "" if isinstance(told, bytes) else None,
)
def test_what_is_not_read_is_told_what_it_is_and_what_to_do(content: bytes, what: str, instead: str) -> None:
    sentence = refusal(content)
    assert what in sentence
    assert instead in sentence


@pytest.mark.parametrize(
    "page",
    [
        b"\xef\xbb\xbf\r\n <HTML xmlns:x='urn:x'><table><tr><td>Action</td></tr></table>",
        b"<?xml version='1.0'?>\n<!DOCTYPE html><html></html>",
        b"<!-- saved from Excel --><table><tr><td>Action</td></tr></table>",
        b"<script>alert(1)</script>",
        codecs.BOM_UTF16_LE + "<html><body>Plan</body></html>".encode("utf-16-le"),
    ],
    ids=["excel", "xhtml", "comment", "script", "utf16"],
)
def test_a_file_that_begins_as_a_page_is_a_page(page: bytes) -> None:
    assert "This is a web page" in refusal(page)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_cell_may_hold_tags(encoding: str) -> None:
    text = "Ref,Action\nB1,<script>alert(1)</script> plan\nB2,See <a href=x>page</a> and <html>\n"
    (sheet,) = read_book(text.encode(encoding), "plan.csv").sheets
    assert [row.cells[1].text for row in sheet.rows[1:]] == [
        "<script>alert(1)</script> plan",
        "See <a href=x>page</a> and <html>",
    ]


def test_a_workbook_with_macros_is_refused_with_how_to_save_it() -> None:
    parts = raw.xlsx_parts({"Plan": raw.sheet(["Action"])})
    kinds = parts["[Content_Types].xml"].replace(b"spreadsheetml.sheet", b"spreadsheetml.sheet.macroEnabled")
    assert "Save it without macros" in refusal(files.archive(parts | {"xl/vbaProject.bin": b"x"}), "plan.xlsm")
    assert "Save it without macros" in refusal(files.archive(parts | {"[Content_Types].xml": kinds}), "plan.xlsm")


def test_a_file_of_over_20_mb() -> None:
    assert "more than 20 MB" in refusal(bytes(20 * files.MEGABYTE + 1))


def test_a_damaged_old_workbook() -> None:
    spoilt = old.simple()
    assert "damaged" in refusal(spoilt[:600] + bytes(400) + spoilt[1000:])


def test_a_workbook_and_a_document_without_text() -> None:
    assert "no text in any sheet" in refusal(raw.xlsx({"Plan": "<sheetData/>"}))
    assert "no table with text in this Word document" in refusal(raw.docx(raw.paragraph("Words")))
    assert "no text in any sheet" in refusal(raw.ods(raw.open_table("Plan")))
    assert "no table with text in this document" in refusal(raw.odt("<text:p>Words</text:p>"))


def test_a_document_that_holds_a_workbook_is_a_document() -> None:
    content = old.simple().replace("Workbook".encode("utf-16-le"), "Workbooj".encode("utf-16-le"))
    assert refusal(content + stream("Workbook") + stream("WordDocument")) == DOC


def test_memory_that_is_not_there_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(file: BinaryIO) -> Book:
        raise MemoryError

    monkeypatch.setitem(ARCHIVE_READERS, Kind.XLSX, exhausted)
    assert refusal(workbooks.simple()) == TOO_HEAVY
