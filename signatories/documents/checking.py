"""Whether a file is what we take: by what it holds, never by its name or by what the sender's browser says of it.

It is read in small pieces, never whole (docs/rules.md, Documents).
"""

import codecs
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from signatories.documents import archives, pictures
from signatories.documents.errors import UnfitFileError
from signatories.documents.formats import LARGEST, LARGEST_MB, WHAT_WE_TAKE, Format, size_in_words

PIECE = 64 * 1024  # bytes
HEAD = 1024  # bytes in which a kind shows itself
TAIL = 2048  # bytes in which a PDF says that it ends
LONGEST_NAME = 255
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Office files, and new ones with a password
EXTENSIONS = {f".{each.value}": each for each in Format} | {".jpeg": Format.JPEG}
WEB_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<script[\s>]|<svg[\s>]", re.IGNORECASE)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that we take: its kind, its size in bytes, the SHA-256 of what it holds, and its name, made harmless."""

    format: Format
    size: int
    sha256: str
    name: str


def checked(file: BinaryIO, name: str, size: int) -> Checked:
    """What the file is. `file` can be read and sought; it is left at its beginning.

    Raises UnfitFileError with what the sender reads: why we do not take it and what to do instead.
    """
    demand_size(size)
    try:
        found = format_of(file, extension_of(name), size)
        return Checked(found, size, sha256_of(file), harmless_name(name))
    finally:
        file.seek(0)


def demand_size(size: int) -> None:
    """Neither empty nor too large. Raises UnfitFileError."""
    if size < 1:
        raise UnfitFileError("This file is empty. Choose another one.")
    if size > LARGEST:
        raise UnfitFileError(
            f"This file has {size_in_words(size)}, and the most we take is {LARGEST_MB} MB. "
            "Make it smaller, or give a link."
        )


def format_of(file: BinaryIO, extension: str, size: int) -> Format:
    """The kind of file that it is. Raises UnfitFileError, also where its name says another kind."""
    named = EXTENSIONS.get(extension)
    if extension and named is None:
        raise UnfitFileError(f"We do not take files named {extension}. Send {WHAT_WE_TAKE}, or give a link.")
    file.seek(0)
    head = file.read(HEAD)
    if is_web_page(head):
        raise UnfitFileError(
            f"{_named(extension)}it is a web page. Print it to PDF in your browser, or give its address as a link."
        )
    found = _found(file, head, named, extension, size)
    if named is not None and found is not named:
        raise UnfitFileError(f"{_named(extension)}it is a file of another kind: {found.label}. Give it its right name.")
    return found


def is_web_page(head: bytes) -> bool:
    """Whether a file that begins like this could be shown by a browser as a page or drawing with a program in it."""
    return WEB_PAGE.search(head.replace(b"\0", b"")) is not None


def _found(file: BinaryIO, head: bytes, named: Format | None, extension: str, size: int) -> Format:
    if head.lstrip(b"\r\n\t \xef\xbb\xbf").startswith(b"%PDF-"):
        _demand_end_of_pdf(file, size)
        return Format.PDF
    if head.startswith(pictures.PNG_SIGNATURE):
        pictures.demand_png(file)
        return Format.PNG
    if head.startswith(pictures.JPEG_SIGNATURE):
        pictures.demand_jpeg(file)
        return Format.JPEG
    if head.startswith(archives.SIGNATURE):
        return archives.format_of(file, size)
    if head.startswith(OLE):
        raise UnfitFileError(
            "This is an old Office file, or one with a password. Save it as .docx or .xlsx, without a password."
        )
    if named is Format.CSV:
        _demand_text(file)
        return Format.CSV
    if named is None:
        raise UnfitFileError(f"We cannot tell what this file is. Send {WHAT_WE_TAKE}, or give a link.")
    raise UnfitFileError(
        f"{_named(extension)}it is no {named.label}. Open it in the program it was made with, and save it as one."
    )


def _named(extension: str) -> str:
    return f"This is named {extension} but " if extension else "This has no ending in its name, and "


def _demand_end_of_pdf(file: BinaryIO, size: int) -> None:
    file.seek(max(0, size - TAIL))
    if b"%%EOF" not in file.read(TAIL):
        raise UnfitFileError(archives.DAMAGED)


def _demand_text(file: BinaryIO) -> None:
    """Text in UTF-8, or else in the older encoding of Windows, without characters that no text has."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            if not any(map(CONTROLS.search, _texts(file, encoding))):
                return
        except UnicodeDecodeError:
            continue
        break
    raise UnfitFileError("This is named .csv but it is no text. In your spreadsheet, save it as “CSV UTF-8”.")


def _texts(file: BinaryIO, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    for piece in pieces(file):
        yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """The whole file from its beginning, in small pieces."""
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece


def sha256_of(file: BinaryIO) -> str:
    """The SHA-256 of what the file holds, in hex."""
    digest = hashlib.sha256()
    for piece in pieces(file):
        digest.update(piece)
    return digest.hexdigest()


def harmless_name(name: str) -> str:
    """The last part of a file's name, without what cannot be seen or turns the text, and not too long."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(letter for letter in last if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    path = PurePosixPath(seen.strip(" ."))
    ending = path.suffix[:10]
    return f"{path.stem[: LONGEST_NAME - len(ending)]}{ending}"


def extension_of(name: str) -> str:
    """The ending of a file's name with its dot, in small letters; empty if there is none."""
    return PurePosixPath(harmless_name(name)).suffix.lower()
