"""Which files we take: by what they hold, and why not is said so that the sender can do something about it."""

import hashlib
import io
import tracemalloc
import zipfile
from contextlib import suppress

import pytest

from signatories.documents.checking import Checked, checked, extension_of, harmless_name
from signatories.documents.errors import UnfitFileError
from signatories.documents.formats import LARGEST, Format, size_in_words
from tests import sample_files as files


def check(holds: bytes, name: str) -> Checked:
    return checked(io.BytesIO(holds), name, len(holds))


def refusal(holds: bytes, name: str) -> str:
    with pytest.raises(UnfitFileError) as error:
        check(holds, name)
    return str(error.value)


@pytest.mark.parametrize("extension", files.GOOD)
def test_each_kind_is_found_by_what_it_holds(extension: str) -> None:
    found = check(files.GOOD[extension], f"Minutes.{extension.upper()}")
    assert found.format == extension
    assert found.size == len(files.GOOD[extension])
    assert found.name == f"Minutes.{extension.upper()}"


@pytest.mark.parametrize("extension", [each for each in files.GOOD if each != "csv"])
def test_a_name_without_an_ending_is_enough_for_what_shows_itself(extension: str) -> None:
    assert check(files.GOOD[extension], "Scan0001").format == extension


def test_both_endings_of_a_jpeg() -> None:
    assert check(files.jpeg(), "photo.jpeg").format is check(files.jpeg(), "photo.JPG").format is Format.JPEG


def test_its_digest_and_the_file_is_left_at_its_beginning() -> None:
    file = io.BytesIO(files.pdf())
    assert checked(file, "a.pdf", len(files.pdf())).sha256 == hashlib.sha256(files.pdf()).hexdigest()
    assert file.tell() == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_tables_in_both_encodings_that_spreadsheets_write(encoding: str) -> None:
    assert check("Café;£5\r\n".encode(encoding) * 20_000, "a.csv").format is Format.CSV


@pytest.mark.parametrize("before", [b"\n", b"\xef\xbb\xbf"])
def test_a_pdf_that_does_not_begin_at_once(before: bytes) -> None:
    assert check(before + files.pdf(), "a.pdf").format is Format.PDF


NOT_A_WEB_PAGE = "Print it to PDF in your browser, or give its address as a link."
BAD: dict[str, tuple[bytes, str, str]] = {
    "empty": (b"", "a.pdf", "This file is empty."),
    "a web page": (files.WEB_PAGE, "a.pdf", f"This is named .pdf but it is a web page. {NOT_A_WEB_PAGE}"),
    "a web page in UTF-16": (files.WEB_PAGE.decode().encode("utf-16"), "a.csv", "it is a web page"),
    "a web page after a comment": (b"<!-- hello -->\n" + files.WEB_PAGE, "a.csv", "it is a web page"),
    "a web page behind a PDF's first words": (b"%PDF-1.7\n" + files.WEB_PAGE + b"%%EOF", "a.pdf", "it is a web page"),
    "a drawing with a script": (b"<svg onload='x'></svg>", "a.png", "it is a web page"),
    "no ending, a web page": (files.WEB_PAGE, "page", "This has no ending in its name, and it is a web page."),
    "text named PDF": (b"Minutes of the board", "a.pdf", "This is named .pdf but it is no PDF. Open it in the program"),
    "a PDF named Word": (files.pdf(), "a.docx", "This is named .docx but it is a file of another kind: PDF."),
    "Word named Excel": (files.office(), "a.xlsx", "of another kind: Word document. Give it its right name."),
    "a picture named CSV": (files.png(), "a.csv", "of another kind: PNG picture."),
    "a program": (b"MZ\x90\x00" * 99, "setup.exe", "We do not take files named .exe. Send PDF, Word (.docx)"),
    "a program named PDF": (b"MZ\x90\x00" * 99, "setup.pdf", "it is no PDF"),
    "a file of no kind": (b"MZ\x90\x00" * 99, "setup", "We cannot tell what this file is."),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99, "a.docx", "This is an old Office file, or one with"),
    "an old ending": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99, "a.doc", "We do not take files named .doc."),
    "a PDF that stops half-way": (files.pdf()[:-7], "a.pdf", "This file is damaged or not complete."),
    "a PNG that stops half-way": (files.png()[:-4], "a.png", "This file is damaged or not complete."),
    "a PNG of eight bytes": (files.png()[:8], "a.png", "This file is damaged or not complete."),
    "a PNG without a size": (files.png(0, 9), "a.png", "This file is damaged or not complete."),
    "a PNG far too large": (files.png(60_000, 60_000), "a.png", "This picture has 60,000 by 60,000 points"),
    "a JPEG far too large": (files.jpeg(65_000, 65_000), "a.jpg", "This picture has 65,000 by 65,000 points"),
    "a JPEG that stops half-way": (files.jpeg()[:24], "a.jpg", "This file is damaged or not complete."),
    "a table with a NUL": (b"a,b\n1,\x00\n", "a.csv", "This is named .csv but it is no text."),
    "a table in UTF-16": ("a,b\n".encode("utf-16"), "a.csv", "save it as “CSV UTF-8”"),
    "bytes that are no text": (b"a,b\n\x81\x8d,\xff\n", "a.csv", "it is no text"),
    "a zip that stops half-way": (files.office()[:-30], "a.docx", "This file is damaged or not complete."),
    "a zip that stops after its signature": (b"PK\x03\x04", "a.docx", "This file is damaged or not complete."),
    "a zip with something after it": (files.office() + b"something", "a.docx", "This file is damaged or not complete."),
    "a zip of something else": (files.archive({"a.txt": b"a"}), "a.docx", "no Word, Excel or OpenDocument file"),
    "slides": (files.office(files.POWERPOINT), "a.docx", "no Word document (.docx) or Excel workbook (.xlsx)"),
    "a drawing of OpenDocument": (files.open_document(files.TEXT[:-4] + "graphics"), "a.odt", "This is an archive but"),
    "an ending for macros": (files.office(), "a.docm", "We do not take files named .docm."),
    "macros": (files.office(**{"word/vbaProject.bin": b"x"}), "a.docx", "This file holds macros, which are small"),
    "macros in other letters": (files.office(files.EXCEL, **{"XL/VBAPROJECT.BIN": b"x"}), "a.xlsx", "holds macros"),
    "old macros": (files.office(files.EXCEL, **{"xl/macrosheets/sheet1.xml": b"x"}), "a.xlsx", "holds macros"),
    "macros by their type": (
        files.office("application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "a.xlsx", "holds macros"
    ),
    "macros of OpenDocument": (files.open_document(**{"Basic/Standard/Module1.xml": b"x"}), "a.odt", "holds macros"),
    "a bomb": (files.bomb(), "a.xlsx", "This file unpacks to far more than it should, as harmful files do."),
    "many small bombs": (
        files.office(files.EXCEL, **{f"xl/{number}": b" " * (8 * files.MEGABYTE) for number in range(40)}),
        "a.xlsx", "unpacks to far more",
    ),
    "too many entries": (files.office(**{f"word/{number}": b"" for number in range(5_001)}), "a.docx", "unpacks to"),
    "an entry that climbs out": (
        files.renamed_entry(files.office(**{"aa/aa/passwd": b"x"}), b"aa/aa/passwd", b"../../passwd"),
        "a.docx", "damaged",
    ),
    "an entry from the root": (
        files.renamed_entry(files.office(**{"aetc/passwd": b"x"}), b"aetc/passwd", b"/etc/passwd"), "a.docx", "damaged"
    ),
    "an entry with a NUL": (files.renamed_entry(files.office(aXb=b"x"), b"aXb", b"a\0b"), "a.docx", "damaged"),
    "an entry twice": (files.renamed_entry(files.office(aa=b"x", ab=b"y"), b"ab", b"aa"), "a.docx", "damaged"),
    "another way of packing": (
        files.archive({"mimetype": files.TEXT.encode(), "content.xml": b"x"}, zipfile.ZIP_LZMA), "a.odt", "damaged"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("holds", "name", "sentence"), BAD.values(), ids=BAD)
def test_what_we_do_not_take_and_why(holds: bytes, name: str, sentence: str) -> None:
    assert sentence in refusal(holds, name)


def test_a_password() -> None:
    flagged = bytearray(files.office())
    place = flagged.index(b"PK\x01\x02")
    flagged[place + 8] |= 1
    assert "protected by a password" in refusal(bytes(flagged), "a.docx")


def test_a_list_of_contents_that_lies_about_its_length() -> None:
    made = bytearray(files.office())
    made[-10:-6] = (2**31).to_bytes(4, "little")
    assert "unpacks to far more" in refusal(bytes(made), "a.docx")


@pytest.mark.parametrize("cut", range(0, len(files.office()), 7))
def test_no_archive_cut_anywhere_is_taken(cut: int) -> None:
    assert refusal(files.office()[:cut], "a.docx")


@pytest.mark.parametrize("place", range(4, len(files.office()), 5))
def test_a_wrong_byte_anywhere_is_refused_in_words_or_harmless(place: int) -> None:
    made = bytearray(files.office())
    made[place] ^= 0xFF
    with suppress(UnfitFileError):  # and nothing else
        assert check(bytes(made), "a.docx").format is Format.DOCX


def test_just_small_enough_and_just_too_large() -> None:
    table = b"a,b,c,d\n" * (LARGEST // 8)
    assert check(table, "a.csv").size == LARGEST
    assert refusal(table + b"x", "a.csv").startswith("This file has 20 MB, and the most we take is 20 MB.")
    assert refusal(table + table[: LARGEST // 2], "a.csv").startswith("This file has 30 MB, and the most we")


@pytest.mark.parametrize("extension", ["csv", "pdf"])
def test_twenty_megabytes_take_no_memory(extension: str) -> None:
    holds = b"a,b,c,d\n" * (LARGEST // 8)
    file = io.BytesIO(holds if extension == "csv" else b"%PDF-1.7\n" + holds[:-17] + b"\n%%EOF\n")
    tracemalloc.start()
    try:
        checked(file, f"a.{extension}", LARGEST)
        assert tracemalloc.get_traced_memory()[1] < 2 * files.MEGABYTE
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("name", "harmless"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\jo\\Minutes.pdf", "Minutes.pdf"),
        ("Min\x00ut\x07es\r\n.pdf", "Minutes.pdf"),
        ("Minutes\u202efdp.exe", "Minutesfdp.exe"),
        ("\u200f.pdf", "pdf"),
        ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
        ("Café £5.PDF", "Café £5.PDF"),
        ("..", ""),
        ("", ""),
    ],
)
def test_a_name_is_made_harmless(name: str, harmless: str) -> None:
    assert harmless_name(name) == harmless


def test_a_mark_that_turns_the_text_does_not_hide_the_ending() -> None:
    assert extension_of("Minutes\u202efdp.exe") == ".exe"
    assert "named .exe" in refusal(files.pdf(), "Minutes\u202efdp.exe")


@pytest.mark.parametrize(
    ("size", "words"), [(1, "1 KB"), (340 * 1024, "340 KB"), (files.MEGABYTE, "1 MB"), (2_621_440, "2.5 MB")]
)
def test_sizes_as_people_read_them(size: int, words: str) -> None:
    assert size_in_words(size) == words
