"""Plans as OpenDocument spreadsheets and texts: each function is one shape that people send."""

from tests.plan_files import raw
from tests.plan_files.raw import open_cell, open_table

HEADER = ["Ref", "Action", "By when"]
RED = (
    '<style:style style:family="table-cell" style:name="red">'
    '<style:table-cell-properties fo:background-color="#ff0000"/></style:style>'
)
GONE = (
    '<style:style style:family="{}" style:name="gone">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
)
BASED = '<style:style style:family="table-cell" style:name="ce1" style:parent-style-name="red"/>'
CLEAR = (
    '<style:style style:family="table-cell" style:name="clear" style:parent-style-name="red">'
    '<style:table-cell-properties fo:background-color="transparent"/></style:style>'
)


def ods_simple() -> bytes:
    return raw.ods(open_table("Plan", HEADER, ["1.1", "Agree", "May"]))


def ods_repeated() -> bytes:
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    empty = '<table:table-row table:number-rows-repeated="{}">' + blank + "</table:table-row>"
    twice = open_cell("May", 'table:number-columns-repeated="2"')
    rows = open_table("Plan", HEADER, ["1.1", twice, ""]).replace("</table:table>", "")
    again = '<table:table-row table:number-rows-repeated="2">' + open_cell("Same") + "</table:table-row>"
    return raw.ods(f"{rows}{empty.format(3)}{again}{empty.format(1_048_569)}</table:table>")


def ods_merged() -> bytes:
    covered = "<table:covered-table-cell/>"
    wide = open_cell("1. Access", 'table:number-columns-spanned="3" table:number-rows-spanned="1"')
    high = open_cell("1.1", 'table:number-rows-spanned="2"')
    return raw.ods(open_table("Plan", [wide, covered, covered], [high, "Agree", "May"], [covered, "Train", "June"]))


def ods_styled() -> bytes:
    line = '<text:p>Was <text:span text:style-name="gone">March</text:span> June</text:p>'
    return raw.ods(
        open_table(
            "Plan",
            [
                open_cell("Action", 'table:style-name="red"'),
                open_cell("", 'table:style-name="ce1"'),
                open_cell("x", 'table:style-name="clear"'),
            ],
            [open_cell("Dropped", 'table:style-name="gone"'), open_cell(line)],
        ),
        automatic=BASED + CLEAR + GONE.format("text") + GONE.format("table-cell"),
        styles=RED,
    )


def ods_hidden() -> bytes:
    properties = '<style:table-properties table:display="false"/>'
    sheet = f'<style:style style:family="table" style:name="ta2">{properties}</style:style>'
    columns = '<table:table-column/><table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>'
    plan = open_table("Plan", HEADER, ["1.1", "Agree", "May"], columns=columns)
    filtered = '<table:table-row table:visibility="filter">' + open_cell("Old") + "</table:table-row>"
    return raw.ods(
        plan.replace("</table:table>", f"{filtered}</table:table>"),
        open_table("Old", ["On a hidden sheet"], attributes='table:style-name="ta2"'),
        automatic=sheet,
    )


def ods_values() -> bytes:
    valued = 'office:value-type="{}" office:{}="{}"'
    return raw.ods(
        open_table(
            "Plan",
            [
                open_cell("Mar 15", valued.format("date", "date-value", "2015-03-01")),
                open_cell("1.10", valued.format("float", "value", "1.1")),
                open_cell("45%", valued.format("percentage", "value", "0.45")),
                open_cell("TRUE", valued.format("boolean", "boolean-value", "true")),
                open_cell("01/03/15 14:30", valued.format("date", "date-value", "2015-03-01T14:30:00")),
                open_cell("#REF!"),
            ],
        )
    )


def ods_notes_and_spaces() -> bytes:
    remark = (
        "<office:annotation><dc:creator xmlns:dc='x'>A. Clerk</dc:creator><text:p>Moved</text:p></office:annotation>"
    )
    text = "<text:p>Two<text:s text:c='3'/>words<text:tab/>and<text:line-break/>a line</text:p><text:p>Another</text:p>"
    return raw.ods(open_table("Plan", [open_cell(remark + text)]))


def odt_simple() -> bytes:
    heading = "<text:h>A. Access</text:h><text:p>Led by the CCG</text:p>"
    return raw.odt(heading + open_table("Table1", HEADER, ["1.1", "Agree", "May"]) + "<text:p>End</text:p>")


def odt_notes_lists_and_changes() -> bytes:
    region = "<text:changed-region><text:deletion><text:p>Gone</text:p></text:deletion></text:changed-region>"
    deleted = f"<text:tracked-changes>{region}</text:tracked-changes>"
    body = "<text:note-body><text:p>If funded</text:p></text:note-body>"
    note = f"<text:note><text:note-citation>1</text:note-citation>{body}</text:note>"
    items = "".join(f"<text:list-item><text:p>{text}</text:p></text:list-item>" for text in ("One", "Two"))
    listed = f"<text:list>{items}</text:list>"
    return raw.odt(deleted + open_table("T", [open_cell(f"<text:p>Agree{note} it</text:p>"), open_cell(listed)]))


def odt_table_in_a_table() -> bytes:
    inner = open_table("Inner", ["Step", "Day"], attributes='table:is-sub-table="true"')
    return raw.odt(open_table("Outer", ["Action", open_cell(f"<text:p>Before</text:p>{inner}")], ["Next", "Last"]))
