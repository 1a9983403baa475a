"""Letters that an earlier program encoded twice: what is put right, what is left, and what the person is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplans.importing.reading.books import read_book
from actionplans.importing.tables import Book, Cell, Row, Sheet, Warned
from actionplans.importing.understanding.answers import Asking
from actionplans.importing.understanding.preview import understand
from actionplans.importing.understanding.twice_encoded import BYTES, mended, put_right
from actionplans.timescales import Context
from tests.actionplans.importing.corpus.northshire import NORTHSHIRE
from tests.actionplans.importing.facts import texts
from tests.plan_files import lines
from tests.plan_files.examined.examining import reader

LETTERS = {byte: letter for letter, byte in BYTES.items()}


def twice(text: str) -> str:
    """The text as it comes from a program that took UTF-8 for Windows' text, the five open bytes as browsers do."""
    return "".join(LETTERS[byte] for byte in text.encode())


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Open a cafÃ© at night", "Open a café at night"),
        ("The CCGâ€™s lead", "The CCG’s lead"),
        ("Support line â€“ extend to 3am", "Support line – extend to 3am"),
        ("Say â€œI have a planâ€\u009d", "Say “I have a plan”"),
        ("Say â€œI have a planâ€ to all", "Say “I have a plan” to all"),
        ("â€¢ Cost: Â£5, at 37Â°", "• Cost: £5, at 37°"),
        ("SiÃ¢n and WÃ³jcik, Å»ywiec", "Siân and Wójcik, Żywiec"),
        ("Triage.Â Then the suite", "Triage. Then the suite"),
        ("ðŸ˜€ card", "😀 card"),
        ("Open a cafÃƒÂ© at night", "Open a café at night"),
    ],
)
def test_a_text_that_reads_back_whole_is_put_right(text: str, meant: str) -> None:
    assert put_right(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Open a café at night",
        "CAFÉ’S, CAFÉ™ and CAFÉ® in capitals",
        "“Don’t wait” – £5 at 37°",
        "Siân and SiÃ¢n",
        "â€¢ CostÂ: Â£5",
        "Â£5 for the café",  # once and twice in one text
        "The planâ€ and no more",  # a closing mark without an opening one
        "â€œI have a planâ€?",
        "The council\ufffds plan",
        "GWLÂN yn y TÂN",
        "SÃO PAULO, MAÇÃ",
        "Łódź, Ängelholm, Åre, Ðiện, naïve",
        "",
    ],
)
def test_what_was_not_encoded_twice_or_does_not_read_back_whole_stays(text: str) -> None:
    assert put_right(text) == text


@given(st.text(st.sampled_from("abc 3.,£°é’“”–•…ëñüÉ½łŵ€™→✓"), max_size=30))
def test_what_was_encoded_twice_reads_back(text: str) -> None:
    assert put_right(twice(text)) == text


@given(st.text(st.sampled_from("abcXYZ 3.,;()é’“”–•…ëñüÉÀÈ½™®°·£")))
def test_what_was_encoded_once_stays(text: str) -> None:
    assert put_right(text) == text


def test_the_person_is_told_once_with_an_example_and_the_row_as_read_is_kept() -> None:
    book = read_book(lines.twice_encoded(), "a.csv")
    found = understand(book, NORTHSHIRE, {}, reader(Context()))
    assert [one.line.action for one in found.lines] == ["Don’t wait"]
    (told,) = [each for each in found.warnings if "wrongly encoded" in each.text]
    assert told.at == "line 2, column 2"
    assert "“Donâ€™t”. They were put right in one cell, so that it says “Don’t”" in told.text
    assert texts(book.sheets[0])[2] == ["1.1", "Donâ€™t wait"]


def test_headings_notes_and_what_is_struck_through_are_put_right_too_and_the_rest_is_told_of() -> None:
    row = (
        Cell("S!A1", "CafÃ© by Mayâ€“June", struck="by Mayâ€“June"),
        Cell("S!B1", "NaÃ¯ve café"),
        Cell("S!C1", "Â£5"),
    )
    asking = Asking({})
    found = mended(Book((Sheet("S", (Row(1, row),), "CafÃ©s"),), notes=(Warned("", "Red â€“ late"),)), asking)
    assert [cell.text for cell in found.sheets[0].rows[0].cells] == ["Café by May–June", "NaÃ¯ve café", "£5"]
    assert found.sheets[0].rows[0].cells[0].struck == "by May–June"
    assert (found.sheets[0].heading, found.notes[0].text) == ("Cafés", "Red – late")
    assert [(each.at, "cannot be read back" in each.text) for each in asking.warnings()] == [
        ("S!A1", False),
        ("S!B1", True),
    ]
    assert "in 2 cells" in asking.warnings()[0].text
