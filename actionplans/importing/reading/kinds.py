"""What a file is, by what it holds and never by its name; and what to do with one that is not read."""

import re
from enum import Enum, auto
from typing import BinaryIO

from actionplans.importing.reading import limits
from actionplans.importing.tables import UnreadableError
from signatories.documents import archives
from signatories.documents.checking import HEAD, OLE
from signatories.documents.errors import UnfitFileError
from signatories.documents.formats import LARGEST, Format
from signatories.documents.pictures import JPEG_SIGNATURE, PNG_SIGNATURE


class Kind(Enum):
    """A kind of file that is read."""

    XLSX = auto()
    XLS = auto()
    ODS = auto()
    DOCX = auto()
    ODT = auto()
    SEPARATED = auto()


ARCHIVES = {Format.XLSX: Kind.XLSX, Format.ODS: Kind.ODS, Format.DOCX: Kind.DOCX, Format.ODT: Kind.ODT}
EMPTY = "This file is empty. Choose another one."
DOC = "This is an old Word document (.doc). Open it in Word, save it as “Word Document (.docx)”, and send that."
PDF = (
    "This is a PDF, in which a table is only a drawing. Send the Word document or spreadsheet that it was made from. "
    "If there is none, open the PDF in Word, save it as .docx, and check the table there."
)
RTF = "This is a rich text file (.rtf). Open it in Word, save it as “Word Document (.docx)”, and send that."
PICTURE = "This is a picture, and we read no pictures. Type the table into a spreadsheet, and save it as .xlsx."
PAGE = "This is a web page, whatever its name says. Open it in your spreadsheet, save it as .xlsx, and send that."
XML = "This is an XML file. Open it in the program it was made with, save it as .xlsx or .docx, and send that."
APPLE = (
    "This was made with Numbers or Pages. In the menu File choose “Export To”, then Excel (.xlsx) or Word (.docx), "
    "and send that file."
)
PACKED = "This is a packed archive. Unpack it, and send the spreadsheet or document that is in it."
PASSWORD = "This file is protected by a password. Save it without one, and send that."  # noqa: S105 - a sentence
BINARY = "This is a binary workbook (.xlsb). Open it in Excel, save it as “Excel Workbook (.xlsx)”, and send that."
OTHER_OLD = (
    "This is an old Office file, but no workbook. Is it a document of Word 97-2003? Open it in the program it was made "
    "with. Save it as .xlsx or .docx, and send that."
)
REFUSED = (
    (b"{\\rtf", RTF),
    (PNG_SIGNATURE, PICTURE),
    (JPEG_SIGNATURE, PICTURE),
    (b"GIF8", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"BM", PICTURE),
    (b"\x1f\x8b", PACKED),
    (b"7z\xbc\xaf", PACKED),
    (b"Rar!", PACKED),
)
# A page begins as one; a cell may well hold a tag. What was sent is only ever given back as a file to save.
BEGINS_A_PAGE = re.compile(
    rb"(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|(?:html|head|body|script|style|svg|meta|"
    rb"table|title|link|div|iframe)[\s>])",
    re.IGNORECASE | re.DOTALL,
)
BEGINNING = re.compile(rb"[\xef\xbb\xbf\s]*")
TAIL = 256 * 1024  # bytes at the end of an archive, with the names of its parts


def kind_of(file: BinaryIO, size: int) -> Kind:
    """What kind of file it is. `file` can be sought and is left at its beginning.

    Raises UnreadableError for a kind that is not read, with how to save it as one that is.
    """
    if size < 1:
        raise UnreadableError(EMPTY)
    if size > LARGEST:
        raise UnreadableError(limits.TOO_LARGE)
    file.seek(0)
    head = file.read(HEAD)
    try:
        return _kind(file, head, size)
    finally:
        file.seek(0)


def _kind(file: BinaryIO, head: bytes, size: int) -> Kind:
    if head.startswith(archives.SIGNATURE):
        return _kind_of_archive(file, size)
    if head.startswith(OLE):
        return _kind_of_old(file)
    bare = BEGINNING.sub(b"", head, count=1)
    for signature, sentence in REFUSED:
        if head.startswith(signature) and not (signature == b"BM" and head.replace(b"\0", b"") == head):
            raise UnreadableError(sentence)
    if b"%PDF-" in head:
        raise UnreadableError(PDF)
    begins = bare.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").lstrip()
    if BEGINS_A_PAGE.match(begins):
        raise UnreadableError(PAGE)
    if begins.startswith(b"<?xml"):
        raise UnreadableError(XML)
    return Kind.SEPARATED


def _kind_of_archive(file: BinaryIO, size: int) -> Kind:
    file.seek(max(0, size - TAIL))
    names = file.read(TAIL)
    if b".iwa" in names or b"index.apxl" in names:
        raise UnreadableError(APPLE)
    if b"xl/workbook.bin" in names:
        raise UnreadableError(BINARY)
    try:
        return ARCHIVES[archives.format_of(file, size)]
    except UnfitFileError as error:
        raise UnreadableError(str(error)) from error


def _kind_of_old(file: BinaryIO) -> Kind:
    """Old Office files keep the names of their streams in UTF-16; the workbook's is one of two."""
    file.seek(0)
    content = file.read(LARGEST)
    if _stream("EncryptedPackage") in content:
        raise UnreadableError(PASSWORD)
    if _stream("Workbook") in content or _stream("Book") in content:
        return Kind.XLS
    raise UnreadableError(DOC if _stream("WordDocument") in content else OTHER_OLD)


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le") + b"\0\0"
