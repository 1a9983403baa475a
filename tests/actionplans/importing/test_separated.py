"""What is read of tables as lines of text, in whatever encoding."""

from collections.abc import Callable

import pytest

from actionplans.importing.reading.books import read_book
from actionplans.importing.tables import UnreadableError
from tests.actionplans.importing.facts import cell, only, texts, warnings
from tests.plan_files import lines

READ = {1: ["Ref", "Action", "Cost"], 2: ["1.1", "“Café” – don’t wait", "£5"]}


@pytest.mark.parametrize("made", [lines.utf_8, lines.utf_8_marked, lines.utf_16])
def test_encodings_that_say_what_they_are(made: Callable[[], bytes]) -> None:
    book = read_book(made(), "plan.csv")
    assert texts(book.sheets[0]) == READ
    assert book.warnings == ()


@pytest.mark.parametrize(
    ("made", "name"), [(lines.utf_16_unmarked, "UTF-16-LE"), (lines.windows, "Windows-1252"), (lines.mac, "Mac Roman")]
)
def test_encodings_that_are_guessed_are_told_of(made: Callable[[], bytes], name: str) -> None:
    book = read_book(made(), "plan.csv")
    assert texts(book.sheets[0]) == READ
    assert f"we took it for {name}" in warnings(book)[""]


def test_commas_of_a_text_that_nobody_quoted_are_told_by_the_space_after_them() -> None:
    lines = "Ref,Action,By\nA1,Open a cafe,May\nA2,Publish, print and post,31 March, 2016\nA3, x, y, z\n"
    book = read_book(lines.encode(), "plan.csv")
    assert [cell.text for cell in book.sheets[0].rows[2].cells] == ["A2", "Publish, print and post", "31 March, 2016"]
    assert [cell.text for cell in book.sheets[0].rows[3].cells] == ["A3", "x", "y", "z"]
    assert [one.at for one in book.warnings] == ["line 3"]


def test_what_stands_between_fields_is_found() -> None:
    assert texts(only(lines.semicolons()))[3] == ["1.2", "Train", "June, or July"]
    assert texts(only(lines.tabs()))[2] == ["1.1", "Agree, or not"]
    assert texts(only(lines.strokes()))[2] == ["1.1", "Agree"]
    assert texts(only(lines.named_delimiter())) == {2: ["Ref", "Action"], 3: ["1.1", "Agree"]}
    assert texts(only(lines.titles_above()))[4] == ["1.1", "Agree", "May"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_what_stands_within_texts_of_several_lines_does_not_divide_fields(delimiter: str) -> None:
    record = delimiter.join(["1.1", "Agree", '"Met in May, late\nPaper, draft; then | signed"'])
    content = "\n".join(["Plan", delimiter.join(["Ref", "Action", "Progress"]), *[record] * 6])
    sheet = only(content.encode())
    assert texts(sheet)[3] == ["1.1", "Agree", "Met in May, late\nPaper, draft; then | signed"]
    assert len(sheet.rows) == 8


@pytest.mark.parametrize("word", ["an evening café", "the cafés’ rota", "• Café at night", "naïve – not so"])
@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_few_letters_tell_windows_from_a_mac(word: str, encoding: str) -> None:
    assert texts(only(f"Ref;Action\n1.1;{word}\n".encode(encoding)))[2] == ["1.1", word]


def test_line_breaks_in_quotation_marks_and_the_line_on_which_a_row_begins() -> None:
    sheet = only(lines.quoted_lines(), "Plan of Surrey.csv")
    assert sheet.name == "Plan of Surrey.csv"
    assert texts(sheet) == {
        1: ["Ref", "Action", "By"],
        2: ["1.1", 'Agree\nthe "protocol", then sign', "May"],
        5: ["1.2", "Train", "June"],
    }
    assert cell(sheet, 5, 2).at == "line 5, column 3"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\0\1\2" * 99, "We cannot tell what this file is"),
        (b"\xef\xbb\xbfAction \xff\xfe", "says that it is UTF-8, but is not"),
        (b'Action,By\n"' + b"words\n" * 30_000, "From line 2 on, a quotation mark opens"),
        (b"," * 30_000, "Line 1 has more fields"),
        (b"Action\n" * 10_001, "more than 10,000 rows"),
        (b"x" * 40_000, "line 1, column 1 is longer than 32,767 letters"),
        (b"\n \n", "no text in this file"),
    ],
)
def test_refusals_say_what_and_where(content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableError, match=sentence):
        read_book(content, "plan.csv")


@pytest.mark.parametrize("stray", [1, 2, 5, 19])
@pytest.mark.parametrize("after", ["", 'B1,"Agree, and print, the ""wallet"" card",CCG,May 2016\n'])
def test_a_quotation_mark_that_swallows_whole_rows_is_refused(stray: int, after: str) -> None:
    rows = [f"A{at},{chr(34) * (at == stray)}Do thing number {at},CCG,March 2016\n" for at in range(1, 21)]
    with pytest.raises(UnreadableError, match=f"From line {stray + 1} on, a quotation mark opens"):
        read_book(("Ref,Action,Lead,Timescale\n" + "".join(rows) + after).encode(), "plan.csv")


@pytest.mark.parametrize(
    "text",
    [
        "Agree with police, CCG, council, trust\nand with mind, rethink, carers, users\nand all others",
        "First line\nSecond line\nThird line",
        "Contact a, b, c\nSee https://example.org/a,b",
        "Say hello\n\nand go",
    ],
)
def test_a_cell_of_several_lines_is_read(text: str) -> None:
    book = read_book(f'Ref,Action,Lead,Timescale\nA1,"{text}",CCG,March 2016\n'.encode(), "plan.csv")
    assert texts(book.sheets[0])[2] == ["A1", text, "CCG", "March 2016"]
