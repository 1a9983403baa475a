"""Word, Excel and OpenDocument files: zip archives, of which only the list of contents is read. Nothing is unpacked.

What stands in the list is checked before Python's zip reader sees it, so that its memory stays small.
"""

import re
import struct
import zipfile
import zlib
from typing import BinaryIO

from signatories.documents.errors import UnfitFileError
from signatories.documents.formats import Format

SIGNATURE = b"PK\x03\x04"
# The record at the very end of an archive: its signature, four numbers of disks and entries, size and place of the
# list, length of a comment.
END = struct.Struct("<4s4H2LH")
END_OF_LARGE = b"PK\x06\x07"
END_OF_LARGE_SIZE = 20
MOST_ENTRIES = 5_000
LARGEST_LIST = 2 * 1024 * 1024  # bytes
LARGEST_UNPACKED = 300 * 1024 * 1024  # bytes
HIGHEST_RATIO = 200  # spreadsheets of equal cells reach 60
ALWAYS_FINE = 10 * 1024 * 1024  # bytes unpacked: below that no ratio does harm
LONGEST_READ = 1024 * 1024  # bytes of the one entry that says what the file is

MACROS = re.compile(r"(^|/)(vbaproject\.bin|vbadata\.xml|macrosheets/.*)$|^(basic|scripts)/.", re.IGNORECASE)
ESCAPES = re.compile(r"^[/\\]|\\|^[A-Za-z]:|(^|/)\.\.(/|$)|[\x00-\x1f\x7f]")

WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": Format.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": Format.ODS,
}
DAMAGED = (
    "This file is damaged or not complete. Open it in the program it was made with, save it again, and send that one."
)
TOO_MUCH = (
    "This file unpacks to far more than it should, as harmful files do. Save it again without what it does not need."
)
WITH_MACROS = (
    "This file holds macros, which are small programs. Save it without macros (as .docx, .xlsx, .odt or .ods)."
)
PROTECTED = "This file is protected by a password, so nobody could read it. Save it without one."
# What the zip reader raises at what is no whole archive, or packed in a way that office programs do not use.
DAMAGES = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError)
ANOTHER_KIND = "This is an archive but no Word, Excel or OpenDocument file. Send each file in it by itself."


def format_of(file: BinaryIO, size: int) -> Format:
    """Which of the four kinds an archive of that many bytes is. Raises UnfitFileError."""
    _demand_plain_end(file, size)
    try:
        with zipfile.ZipFile(file) as archive:
            _demand_harmless(archive.infolist(), size)
            return _kind(archive)
    except UnfitFileError:
        raise
    except (*DAMAGES, RuntimeError, OSError, ValueError) as error:
        raise UnfitFileError(DAMAGED) from error


def _demand_plain_end(file: BinaryIO, size: int) -> None:
    """The archive ends with its list of contents and nothing after it, and the list is no longer than it may be."""
    if size < END.size:
        raise UnfitFileError(DAMAGED)
    before = min(END_OF_LARGE_SIZE, size - END.size)
    file.seek(size - END.size - before)
    tail = file.read(before + END.size)
    signature, disk, first, here, entries, length, start, comment = END.unpack(tail[before:])
    if signature != b"PK\x05\x06" or disk or first or here != entries or comment:
        raise UnfitFileError(DAMAGED)
    if entries > MOST_ENTRIES or length > LARGEST_LIST:
        raise UnfitFileError(TOO_MUCH)
    if tail.startswith(END_OF_LARGE) or start + length + END.size != size:
        raise UnfitFileError(DAMAGED)


def _demand_harmless(entries: list[zipfile.ZipInfo], size: int) -> None:
    names = [entry.orig_filename for entry in entries]
    if any(map(ESCAPES.search, names)) or len({name.lower() for name in names}) != len(names):
        raise UnfitFileError(DAMAGED)
    if any(map(MACROS.search, names)):
        raise UnfitFileError(WITH_MACROS)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UnfitFileError(PROTECTED)
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise UnfitFileError(DAMAGED)
    packed, unpacked = sum(entry.compress_size for entry in entries), sum(entry.file_size for entry in entries)
    if unpacked > LARGEST_UNPACKED or any(map(_swells, entries)):
        raise UnfitFileError(TOO_MUCH)
    if packed > size:  # entries that share their bytes
        raise UnfitFileError(DAMAGED)


def _swells(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > ALWAYS_FINE and entry.file_size > HIGHEST_RATIO * max(1, entry.compress_size)


def _kind(archive: zipfile.ZipFile) -> Format:
    names = set(archive.namelist())
    if "[Content_Types].xml" in names:
        return _kind_of_office(_start_of(archive, "[Content_Types].xml"))
    found = OPEN_DOCUMENTS.get(_start_of(archive, "mimetype").strip()) if "mimetype" in names else None
    if found is None or "content.xml" not in names:
        raise UnfitFileError(ANOTHER_KIND)
    return found


def _kind_of_office(types: bytes) -> Format:
    if b"macroenabled" in types.lower():
        raise UnfitFileError(WITH_MACROS)
    found = [kind for words, kind in ((WORD, Format.DOCX), (EXCEL, Format.XLSX)) if words in types]
    if len(found) != 1:
        raise UnfitFileError("This is an Office file, but no Word document (.docx) or Excel workbook (.xlsx).")
    return found[0]


def _start_of(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as entry:
        return entry.read(LONGEST_READ)
