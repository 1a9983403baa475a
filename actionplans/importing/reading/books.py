"""Reads a plan file of whatever format. What it is, what it holds decides."""

import io
import logging
from collections.abc import Callable
from typing import BinaryIO

import xlrd

from actionplans.importing.reading.docx import read_docx
from actionplans.importing.reading.kinds import DOC, PASSWORD, Kind, kind_of
from actionplans.importing.reading.limits import TOO_HEAVY
from actionplans.importing.reading.opendocument import read_ods, read_odt
from actionplans.importing.reading.separated import read_separated
from actionplans.importing.reading.xls import read_xls
from actionplans.importing.reading.xlsx import read_xlsx
from actionplans.importing.tables import Book, UnreadableError
from signatories.documents.archives import DAMAGED
from signatories.documents.checking import harmless_name

log = logging.getLogger(__name__)


def read_book(content: BinaryIO | bytes, name: str) -> Book:
    """What the file holds. `name` only names the one sheet of a file of lines.

    Raises UnreadableError, and nothing else: with a plain sentence that says what to do. A file from outside is read in
    a process of its own (`guarded`), which also bears what Python cannot.
    """
    file = io.BytesIO(content) if isinstance(content, bytes) else content
    try:
        file.seek(0, io.SEEK_END)
        return _read(file, file.tell(), name)
    except UnreadableError:
        raise
    except (MemoryError, RecursionError) as error:
        raise UnreadableError(TOO_HEAVY) from error
    except Exception as error:
        # What parsers raise at damaged files has no end of kinds.
        log.info("A file could not be read: %s", type(error).__name__, exc_info=True)
        raise UnreadableError(DAMAGED) from error


ARCHIVE_READERS: dict[Kind, Callable[[BinaryIO], Book]] = {
    Kind.XLSX: read_xlsx,
    Kind.ODS: read_ods,
    Kind.DOCX: read_docx,
    Kind.ODT: read_odt,
}


def _read(file: BinaryIO, size: int, name: str) -> Book:
    kind = kind_of(file, size)
    if kind is Kind.XLS:
        return _read_old(file.read())
    if kind is Kind.SEPARATED:
        return read_separated(file.read(), harmless_name(name) or "Table")
    return ARCHIVE_READERS[kind](file)


def _read_old(content: bytes) -> Book:
    try:
        return read_xls(content)
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise UnreadableError(PASSWORD) from error
        if "WordDocument".encode("utf-16-le") in content:  # a document with a workbook in it
            raise UnreadableError(DOC) from error
        raise
