"""Office and OpenDocument files from the XML of their parts, for what no library writes."""

import io
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape

from tests.sample_files import EXCEL, SHEET, TEXT, WORD, archive

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
WORD_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{OFFICE}{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "fo": "xsl-fo-compatible",
        "draw": "drawing",
        "number": "datastyle",
    }.items()
)
DECLARED = '<?xml version="1.0" encoding="UTF-8"?>'


def relations(*related: tuple[str, str, str]) -> bytes:
    """A part that says which key leads to which kind of part where."""
    lines = "".join(
        f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{target}"/>' for key, kind, target in related
    )
    return f'{DECLARED}<Relationships xmlns="{PACKAGE}">{lines}</Relationships>'.encode()


def content_types(part: str, kind: str) -> bytes:
    """The part that says what the main part is."""
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'{DECLARED}<Types xmlns="{types}"><Override PartName="/{part}" ContentType="{kind}"/></Types>'.encode()


def xlsx(sheets: dict[str, str], strings: str = "", styles: str = "", **parts: bytes) -> bytes:
    """A workbook of these sheets, each the XML within its `worksheet`."""
    return archive(xlsx_parts(sheets, strings, styles) | parts)


def xlsx_parts(sheets: dict[str, str], strings: str = "", styles: str = "") -> dict[str, bytes]:
    """The parts of such a workbook."""
    names = "".join(
        f'<sheet name="{escape(name)}" sheetId="{at}" r:id="rId{at}"/>' for at, name in enumerate(sheets, start=1)
    )
    related = [(f"rId{at}", "worksheet", f"worksheets/sheet{at}.xml") for at in range(1, len(sheets) + 1)]
    parts = {
        "[Content_Types].xml": content_types("xl/workbook.xml", EXCEL),
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'{DECLARED}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{names}</sheets></workbook>'.encode()
        ),
        "xl/_rels/workbook.xml.rels": relations(
            *related, ("rIdS", "sharedStrings", "sharedStrings.xml"), ("rIdT", "styles", "styles.xml")
        ),
        "xl/sharedStrings.xml": f'{DECLARED}<sst xmlns="{MAIN}">{strings}</sst>'.encode(),
        "xl/styles.xml": f'{DECLARED}<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'.encode(),
    }
    for at, sheet in enumerate(sheets.values(), start=1):
        parts[f"xl/worksheets/sheet{at}.xml"] = f'{DECLARED}<worksheet xmlns="{MAIN}">{sheet}</worksheet>'.encode()
    return parts


def inline(text: str, reference: str = "", attributes: str = "") -> str:
    """A cell of a workbook with its text in it."""
    at = f' r="{reference}"' if reference else ""
    return f'<c{at} t="inlineStr" {attributes}><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def sheet(*rows: Iterable[str]) -> str:
    """A sheet of these texts."""
    written = "".join(f"<row>{''.join(inline(text) for text in row)}</row>" for row in rows)
    return f"<sheetData>{written}</sheetData>"


def docx(body: str, **parts: bytes) -> bytes:
    """A Word document with this body; parts by the name of their file: footnotes, endnotes, comments."""
    related = [(f"rId{at}", kind, f"{kind}.xml") for at, kind in enumerate(parts, start=1)]
    return archive(
        {
            "[Content_Types].xml": content_types("word/document.xml", WORD),
            "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
            "word/document.xml": word_part("document", f"<w:body>{body}</w:body>"),
            "word/_rels/document.xml.rels": relations(*related),
            **{f"word/{kind}.xml": part for kind, part in parts.items()},
        }
    )


def word_part(name: str, holds: str) -> bytes:
    """A part of a Word document."""
    compatible = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    return (f'{DECLARED}<w:{name} xmlns:w="{WORD_MAIN}" xmlns:mc="{compatible}">{holds}</w:{name}>').encode()


def run(text: str, properties: str = "") -> str:
    """A run of text in Word."""
    told = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{told}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph in Word; what is no XML is a run of text."""
    told = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{told}{''.join(each if each.startswith('<') else run(each) for each in runs)}</w:p>"


def cell(*paragraphs: str, properties: str = "") -> str:
    """A cell in Word; what is no XML is a paragraph of text."""
    told = "".join(each if each.startswith("<") else paragraph(each) for each in paragraphs)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{told}</w:tc>"


def table(*rows: Iterable[str], properties: str = "") -> str:
    """A table in Word; what is no XML is a cell of text."""
    written = (
        f"<w:tr><w:trPr>{properties}</w:trPr>"
        + "".join(each if each.startswith("<w:tc") or each.startswith("<w:sdt") else cell(each) for each in row)
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr/>{''.join(written)}</w:tbl>"


def open_document(body: str, kind: str, automatic: str = "", styles: str = "") -> bytes:
    """An OpenDocument file. The kind stands first and is not packed, as it has to be."""
    content = (
        f"{DECLARED}<office:document-content {NAMESPACES}><office:automatic-styles>{automatic}"
        f"</office:automatic-styles><office:body>{body}</office:body></office:document-content>"
    )
    named = (
        f"{DECLARED}<office:document-styles {NAMESPACES}><office:styles>{styles}</office:styles>"
        "</office:document-styles>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", kind, zipfile.ZIP_STORED)
        made.writestr("content.xml", content)
        made.writestr("styles.xml", named)
    return file.getvalue()


def ods(*tables: str, automatic: str = "", styles: str = "") -> bytes:
    """A spreadsheet of these tables."""
    return open_document(f"<office:spreadsheet>{''.join(tables)}</office:spreadsheet>", SHEET, automatic, styles)


def odt(body: str, automatic: str = "", styles: str = "") -> bytes:
    """A text."""
    return open_document(f"<office:text>{body}</office:text>", TEXT, automatic, styles)


def open_table(name: str, *rows: Iterable[str], attributes: str = "", columns: str = "") -> str:
    """A table of an OpenDocument file; what is no XML is a cell of text."""
    written = "".join(
        "<table:table-row>"
        + "".join(each if each.startswith("<table:") else open_cell(each) for each in row)
        + "</table:table-row>"
        for row in rows
    )
    return f'<table:table table:name="{escape(name)}" {attributes}>{columns}{written}</table:table>'


def open_cell(holds: str, attributes: str = "") -> str:
    """A cell of an OpenDocument file; what is no XML is a paragraph of text."""
    told = holds if holds.startswith("<") or not holds else f"<text:p>{escape(holds)}</text:p>"
    return f"<table:table-cell {attributes}>{told}</table:table-cell>"
