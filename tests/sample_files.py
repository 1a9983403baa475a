"""Small files of every kind that we take, and of many that we do not."""

import io
import struct
import zipfile
import zlib

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
POWERPOINT = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
TEXT, SHEET = "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet"
MEGABYTE = 1024 * 1024


def archive(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of these entries."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        for name, holds in entries.items():
            made.writestr(name, holds)
    return file.getvalue()


def office(main: str = WORD, **entries: bytes) -> bytes:
    """An Office file whose main part is of this type."""
    types = f'<Types><Override PartName="/main.xml" ContentType="{main}"/></Types>'.encode()
    return archive({"[Content_Types].xml": types, "main.xml": b"<main/>", **entries})


def open_document(kind: str = TEXT, **entries: bytes) -> bytes:
    """An OpenDocument file of this type."""
    return archive({"mimetype": kind.encode(), "content.xml": b"<office/>", **entries})


def pdf(text: str = "Minutes") -> bytes:
    """What looks like a whole PDF."""
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n" + text.encode() + b"\nendobj\ntrailer\nstartxref\n9\n%%EOF\n"


def png(width: int = 3, height: int = 2) -> bytes:
    """A PNG picture that says it is so wide and high."""

    def chunk(name: bytes, holds: bytes) -> bytes:
        return struct.pack(">L", len(holds)) + name + holds + struct.pack(">L", zlib.crc32(name + holds))

    header = chunk(b"IHDR", struct.pack(">2L5B", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 8)) + chunk(b"IEND", b"")


def jpeg(width: int = 3, height: int = 2) -> bytes:
    """The beginning and the end of a JPEG picture that says it is so wide and high."""
    frame = b"\xff\xc0\x00\x0b\x08" + struct.pack(">2H", height, width) + b"\x01\x01\x11\x00"
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\0" * 9 + frame + b"\xff\xda\x00\x02\x00\xff\xd9"


def bomb() -> bytes:
    """A workbook of which one sheet unpacks to a thousand times its size."""
    return office(EXCEL, **{"xl/worksheets/sheet1.xml": b" " * (30 * MEGABYTE)})


def renamed_entry(of: bytes, old: bytes, new: bytes) -> bytes:
    """The archive with an entry's name exchanged for one of the same length, as no program would write it."""
    assert len(old) == len(new)
    return of.replace(old, new)


GOOD = {
    "pdf": pdf(),
    "docx": office(WORD),
    "odt": open_document(TEXT),
    "xlsx": office(EXCEL),
    "ods": open_document(SHEET),
    "csv": "Area,Beds\nSüdstadt,7\n".encode(),
    "png": png(),
    "jpg": jpeg(),
}
WEB_PAGE = b"<!DOCTYPE html>\n<html><head><title>Not found</title></head><body>Sorry</body></html>"
