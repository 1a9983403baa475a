"""What is read of what people paste."""

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from actionplans.importing.reading import limits
from actionplans.importing.reading.pasting import WITHOUT_TABLE, read_paste
from actionplans.importing.tables import UnreadableError
from tests.actionplans.importing.facts import cell, merged, texts

OF_EXCEL = """<html><head><style>.xl65 {background:#FF0000; mso-x:1} .gone {text-decoration:line-through}</style></head>
<body><table><caption>Urgent care</caption>
<tr><th colspan=2>Action</th><th>RAG</th></tr>
<tr><td rowspan=2>1.1</td><td>Agree<br>and sign<p>twice</p></td><td class=xl65></td></tr>
<tr><td style="text-decoration: line-through">Old</td>
<td bgcolor="yellow">x <s>y</s> <span class=gone>z</span></td></tr>
<tr><td>a</td><td>b<table><tr><td>inner</td></tr></table></td>
<td style="background: rgb(0, 255, 0) !important">c</td></tr>
</table><script>alert(1)</script>"""


def test_rows_copied_in_a_spreadsheet_with_line_breaks_in_cells() -> None:
    sheet = read_paste('Ref\tAction\tBy\r\n1.1\t"Agree\nthe ""protocol"""\tMay\r\n1.2\t"Safe" place\tJune\r\n').sheets[
        0
    ]
    assert texts(sheet) == {
        1: ["Ref", "Action", "By"],
        2: ["1.1", 'Agree\nthe "protocol"', "May"],
        4: ["1.2", '"Safe" place', "June"],
    }
    assert cell(sheet, 4, 2).at == "line 4, column 3"


def test_a_table_with_its_looks_and_one_within_it() -> None:
    outer, inner = read_paste(OF_EXCEL).sheets
    assert texts(outer) == {
        1: ["Action", "Action", "RAG"],
        2: ["1.1", "Agree\nand sign\ntwice", ""],
        3: ["1.1", "Old", "x y z"],
        4: ["a", "b", "c"],
    }
    assert outer.heading == "Urgent care"
    assert merged(outer) == {1: [1], 3: [0]}
    assert [cell(outer, number, 2).fill for number in (2, 3, 4)] == ["#ff0000", "#ffff00", "#00ff00"]
    assert (cell(outer, 3, 1).struck, cell(outer, 3, 2).struck) == ("Old", "y\nz")
    assert texts(inner) == {1: ["inner"]}


def test_a_table_drawn_with_strokes() -> None:
    sheet = read_paste("| Ref | Action |\n|:---|---:|\n| 1.1 | Agree \\| sign<br>today |\n").sheets[0]
    assert texts(sheet) == {1: ["Ref", "Action"], 3: ["1.1", "Agree | sign\ntoday"]}


def test_lines_with_commas() -> None:
    assert texts(read_paste("Ref,Action\n1.1,Agree\n").sheets[0])[2] == ["1.1", "Agree"]


@pytest.mark.parametrize(
    "text", ["", "  \n", "Just words of nobody", "<table></table>", "<!--<table>-->", "<table><tr><td> </table>"]
)
def test_no_table_is_said_so(text: str) -> None:
    with pytest.raises(UnreadableError, match="We see no table") as error:
        read_paste(text)
    assert str(error.value) == WITHOUT_TABLE


def test_too_much_is_said_so() -> None:
    with pytest.raises(UnreadableError, match="too long"):
        read_paste("x" * (limits.LONGEST_PASTE + 1))


PIECES = ["<table>", "<tr>", "<td>", "</td>", "<td rowspan=9 colspan=999999999999>", "</table>", "<s>", "\t", "\n", '"']
PIECES += [
    "|",
    "|---|",
    ",",
    ";",
    "Action",
    "<style>.a{background:red",
    "&#0;",
    "<?xml version='1.0' encoding='x'?>",
    "\ud800",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=30).map("".join))
@example("<?xml version='1.0' encoding='utf-16'?><table><tr><td>Action</table>")
def test_no_paste_is_too_strange(text: str) -> None:
    with suppress(UnreadableError):
        assert all(sheet.rows for sheet in read_paste(text).sheets)


def test_rows_that_word_copies_on_several_lines_are_put_together_and_told_of() -> None:
    book = read_paste(
        "Ref\tAction\tLead\tBy when\nB1\tAgree the protocol\nwith all partners\tNPFT\tJune 2015\n"
        "B2\tPublish it\tPolice\tMay 2015\nSection C\nB3\tTrain staff\n\nin pairs\tNPFT\tJuly 2015\n"
    )
    assert texts(book.sheets[0]) == {
        1: ["Ref", "Action", "Lead", "By when"],
        2: ["B1", "Agree the protocol\nwith all partners", "NPFT", "June 2015"],
        4: ["B2", "Publish it", "Police", "May 2015"],
        5: ["Section C"],
        6: ["B3", "Train staff\n\nin pairs", "NPFT", "July 2015"],
    }
    assert [warned.at for warned in book.warnings] == ["line 2, column 1", "line 6, column 1"]


def test_short_rows_that_each_begin_with_a_number_stay_apart() -> None:
    book = read_paste("Ref\tAction\tLead\tBy when\nB1\tAgree it\nB2\tPublish it\tPolice\n")
    assert texts(book.sheets[0]) == {
        1: ["Ref", "Action", "Lead", "By when"],
        2: ["B1", "Agree it"],
        3: ["B2", "Publish it", "Police"],
    }
    assert book.warnings == ()


def test_headings_between_the_tables_of_a_page_are_those_of_the_tables() -> None:
    inner = "<table><tr><td>in</td></tr></table>"
    table = f"<table><tr><td>Ref</td><td>Action</td></tr><tr><td>{{}}</td><td>Do it{inner}</td></tr></table>"
    page = (
        "<html><head><title>No</title></head><body><h1>Our plan</h1><p>Red = not started</p><h2>A. Before crisis</h2>"
        f"{table.format('A1')}<p>A note</p><b>B. Urgent</b> <strong>access</strong>{table.format('B1')}"
        "loose words<div><p>C. Quality</p><div>"
        + table.format("C1")
        + "</div></div>the end<script>x</script></body></html>"
    )
    book = read_paste(page)
    assert [sheet.heading for sheet in book.sheets] == [
        "Our plan\nA. Before crisis",
        "",
        "B. Urgent access",
        "",
        "C. Quality",
        "",
    ]
    assert [(note.at, note.text) for note in book.notes] == [
        ("above Table 1", "Our plan"),
        ("above Table 1", "Red = not started"),
        ("above Table 1", "A. Before crisis"),
        ("after Table 2", "A note"),
        ("after Table 2", "B. Urgent access"),
        ("after Table 4", "loose words"),
        ("after Table 4", "C. Quality"),
        ("after Table 6", "the end"),
    ]


def test_no_row_is_put_together_from_more_lines_than_a_cell_has_paragraphs() -> None:
    long = "Ref\tAction\tLead\nB1\tAgree it\n" + "and so on\n" * 60 + "at last\tNPFT\n"
    book = read_paste(long)
    assert texts(book.sheets[0])[2] == ["B1", "Agree it"]
    assert len(book.sheets[0].rows) == 63
    assert book.warnings == ()
