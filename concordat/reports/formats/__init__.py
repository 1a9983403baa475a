"""The formats that a report is written in. Each writes any report: what is in it, its columns say."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from concordat.reports.formats import csv, json, ods, ods_parts, pdf, xlsx
from concordat.reports.formats.sheets import sheets_of
from concordat.reports.shapes import Answer


class Write(Protocol):
    """Writes an answer, piece by piece; the table of that key where a format holds one.

    `unhurried`: nobody waits at a page for it. Raises KeyError for no such table, and PdfError where a document cannot
    be made.
    """

    def __call__(
        self, answer: Answer, *, table: str = "", bom: bool = False, unhurried: bool = False
    ) -> Iterable[bytes]: ...


@dataclass(frozen=True, slots=True)
class Format:
    """One format, as a file and in words."""

    name: str
    title: str
    content_type: str
    write: Write


def _csv(answer: Answer, *, table: str = "", bom: bool = False, unhurried: bool = False) -> Iterable[bytes]:
    return csv.pieces(answer.table(table), bom=bom)


def _json(answer: Answer, *, table: str = "", bom: bool = False, unhurried: bool = False) -> Iterable[bytes]:
    return json.pieces(answer, answer.table(table))


def _pdf(answer: Answer, *, table: str = "", bom: bool = False, unhurried: bool = False) -> Iterable[bytes]:
    return [pdf.made(answer, seconds=pdf.UNHURRIED if unhurried else pdf.SECONDS)]


def _xlsx(answer: Answer, *, table: str = "", bom: bool = False, unhurried: bool = False) -> Iterable[bytes]:
    return xlsx.pieces(sheets_of(answer, table), title=answer.title)


def _ods(answer: Answer, *, table: str = "", bom: bool = False, unhurried: bool = False) -> Iterable[bytes]:
    return ods.pieces(sheets_of(answer, table), title=answer.title)


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format("pdf", "PDF", "application/pdf", _pdf),
        Format("xlsx", "Excel (XLSX)", XLSX, _xlsx),
        Format("ods", "OpenDocument (ODS)", ods_parts.MIMETYPE, _ods),
        Format("csv", "CSV", "text/csv; charset=utf-8", _csv),
        Format("json", "JSON", "application/json", _json),
    )
}
