"""The parts of an OpenDocument spreadsheet (OASIS ODF 1.3) around its rows: how cells look, what stays in sight."""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from concordat.reports.formats.sheets import MOST_PAGES

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
URN = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(
    [
        *(
            f'xmlns:{name}="{URN}{name}:1.0"'
            for name in ("office", "table", "text", "style", "meta", "config", "manifest")
        ),
        f'xmlns:number="{URN}datastyle:1.0"',
        f'xmlns:fo="{URN}xsl-fo-compatible:1.0"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
    ]
)
XML = '<?xml version="1.0" encoding="UTF-8"?>'
CENTIMETRES = 0.2  # to a letter
VERSION = 'office:version="1.3"'

MANIFEST = (
    f'{XML}<manifest:manifest {SPACES} manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIMETYPE}"/>'
    + "".join(
        f'<manifest:file-entry manifest:full-path="{name}.xml" manifest:media-type="text/xml"/>'
        for name in ("content", "styles", "settings", "meta")
    )
    + "</manifest:manifest>"
)

# A page for tables of each width: so many sheets of paper side by side.
WIDE = range(1, MOST_PAGES + 1)
_LAYOUTS = "".join(
    f'<style:page-layout style:name="paper{wide}"><style:page-layout-properties fo:page-width="29.7cm" '
    f'fo:page-height="21cm" fo:margin="1cm" style:print-orientation="landscape" style:scale-to-X="{wide}" '
    'style:scale-to-Y="0"/></style:page-layout>'
    for wide in WIDE
)
_MASTERS = "".join(
    f'<style:master-page style:name="page{wide}" style:page-layout-name="paper{wide}"/>' for wide in WIDE
)
STYLES = (
    f"{XML}<office:document-styles {SPACES} {VERSION}><office:styles>"
    '<style:default-style style:family="table-cell"><style:text-properties fo:font-size="10pt"/></style:default-style>'
    f'<style:style style:name="Default" style:family="table-cell"/></office:styles><office:automatic-styles>{_LAYOUTS}'
    f"</office:automatic-styles><office:master-styles>{_MASTERS}</office:master-styles></office:document-styles>"
)

_DATA_STYLES = (
    '<number:date-style style:name="as-day"><number:day/><number:text> </number:text>'
    '<number:month number:style="long" number:textual="true"/><number:text> </number:text>'
    '<number:year number:style="long"/></number:date-style>'
    '<number:number-style style:name="as-number">'
    '<number:number number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"/>'
    "</number:number-style>"
    '<number:number-style style:name="as-fraction"><number:number number:decimal-places="3" '
    'number:min-decimal-places="1" number:min-integer-digits="1" number:grouping="true"/></number:number-style>'
    '<number:number-style style:name="as-percent"><number:number number:decimal-places="0" '
    'number:min-integer-digits="1"/><number:text>%</number:text></number:number-style>'
    '<number:number-style style:name="as-more"><number:text>+</number:text>'
    '<number:number number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"/>'
    "</number:number-style>"
    '<number:number-style style:name="as-fewer"><number:text>\N{MINUS SIGN}</number:text>'
    '<number:number number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"/>'
    "</number:number-style>"
    '<number:number-style style:name="as-change">'
    '<number:number number:decimal-places="0" number:min-integer-digits="1"/>'
    '<style:map style:condition="value()&gt;0" style:apply-style-name="as-more"/>'
    '<style:map style:condition="value()&lt;0" style:apply-style-name="as-fewer"/></number:number-style>'
    '<number:text-style style:name="as-text"><number:text-content/></number:text-style>'
)


def _look(name: str, data: str, cell: str = "", paragraph: str = "", text: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="table-cell" style:parent-style-name="Default" '
        f'style:data-style-name="{data}"><style:table-cell-properties style:vertical-align="top" {cell}/>'
        f"<style:paragraph-properties {paragraph}/><style:text-properties {text}/></style:style>"
    )


_HEADING = 'fo:wrap-option="wrap" fo:background-color="#f3f2f1" fo:border-bottom="0.5pt solid #000000"'
_LOOKS = "".join(
    [
        *(
            f'<style:style style:name="sheet{wide}" style:family="table" style:master-page-name="page{wide}">'
            '<style:table-properties table:display="true"/></style:style>'
            for wide in WIDE
        ),
        _look("heading", "as-text", _HEADING, text='fo:font-weight="bold"'),
        _look(
            *("numeric-heading", "as-text", f'{_HEADING} style:text-align-source="fix"', 'fo:text-align="end"'),
            text='fo:font-weight="bold"',
        ),
        _look("text", "as-text", 'fo:wrap-option="wrap"'),
        _look("running", "as-text"),
        _look("words", "as-text", text='fo:font-weight="bold"'),
        _look("day", "as-day", paragraph='fo:text-align="start"', cell='style:text-align-source="fix"'),
        _look("number", "as-number"),
        _look("fraction", "as-fraction"),
        _look("change", "as-change"),
        _look("percent", "as-percent"),
    ]
)


def head(widths: Iterable[int]) -> str:
    """The beginning of the content, with the looks of cells and a style for each width (letters)."""
    columns = "".join(
        f'<style:style style:name="w{width}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{width * CENTIMETRES:.2f}cm"/></style:style>'
        for width in widths
    )
    return (
        f"{XML}<office:document-content {SPACES} {VERSION}><office:automatic-styles>{_DATA_STYLES}{_LOOKS}{columns}"
        "</office:automatic-styles><office:body><office:spreadsheet>"
    )


def tail(ranges: Sequence[tuple[str, int, int]]) -> str:
    """The end of the content: each table can be filtered by its headings. Sheets with their last row and column."""
    told = "".join(
        f'<table:database-range table:name="table{number}" table:display-filter-buttons="true" '
        f"table:target-range-address={quoteattr(_address(name, row, column))}/>"
        for number, (name, row, column) in enumerate(ranges, start=1)
    )
    told = f"<table:database-ranges>{told}</table:database-ranges>" if told else ""
    return f"{told}</office:spreadsheet></office:body></office:document-content>"


def _address(name: str, row: int, column: int) -> str:
    quoted = "'" + name.replace("'", "''") + "'"
    return f"{quoted}.A1:{quoted}.{_letters(column)}{row + 1}"


def _letters(column: int) -> str:
    """The letters of a column counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


_ACTIVE = '<config:config-item config:name="ActiveSplitRange" config:type="short">{}</config:config-item>'


def _columns_stay(number: int) -> str:
    return (
        '<config:config-item config:name="HorizontalSplitMode" config:type="short">2</config:config-item>'
        f'<config:config-item config:name="HorizontalSplitPosition" config:type="int">{number}</config:config-item>'
        f'<config:config-item config:name="PositionRight" config:type="int">{number}</config:config-item>'
        f"{_ACTIVE.format(3)}"
    )


def settings(sheets: Iterable[tuple[str, int]]) -> str:
    """What stays in sight on each of these sheets: the first row, and so many columns."""
    frozen = "".join(
        f"<config:config-item-map-entry config:name={quoteattr(name)}>"
        '<config:config-item config:name="VerticalSplitMode" config:type="short">2</config:config-item>'
        '<config:config-item config:name="VerticalSplitPosition" config:type="int">1</config:config-item>'
        f"{_columns_stay(columns) if columns else _ACTIVE.format(2)}"
        '<config:config-item config:name="PositionBottom" config:type="int">1</config:config-item>'
        "</config:config-item-map-entry>"
        for name, columns in sheets
    )
    return (
        f"{XML}<office:document-settings {SPACES} {VERSION}><office:settings>"
        '<config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views">'
        '<config:config-item-map-entry><config:config-item config:name="ViewId" config:type="string">view1'
        '</config:config-item><config:config-item-map-named config:name="Tables">'
        f"{frozen}</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings></office:document-settings>"
    )


def meta(title: str) -> str:
    """What the document is called."""
    return (
        f"{XML}<office:document-meta {SPACES} {VERSION}><office:meta><dc:title>{escape(title)}</dc:title>"
        "</office:meta></office:document-meta>"
    )
