"""Finding the words that identify a person, and taking them out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.kernel.passages import MARK, Sought, in_texts, spans

JOSE = "Jose\u0301"  # the accent stands by itself

EXAMPLES = [
    # text, passage, what is left
    ("Jo Smith told us.", "Jo Smith", "[removed] told us."),
    ("We met Jo Smith", "jo smith", "We met [removed]"),
    ("We met JO SMITH, twice: Jo Smith.", "Jo Smith", "We met [removed], twice: [removed]."),
    ("We met Jo\n   Smith.", "Jo Smith", "We met [removed]."),
    ("We met Jo Smith.", " Jo\r\n\tSmith ", "We met [removed]."),
    ("We met Jo\u00a0Smith.", "Jo Smith", "We met [removed]."),
    ("Jo Smith’s case", "Jo Smith", "[removed]’s case"),
    ("Mr O’Brien called", "O'Brien", "Mr [removed] called"),
    ("Mr O'Brien called", "O’BRIEN", "Mr [removed] called"),
    ("She is called “Jo”.", '"Jo"', "She is called [removed]."),
    ("Ann Smith–Jones wrote", "Smith-Jones", "Ann [removed] wrote"),
    ("José said so", "Jose", "[removed] said so"),
    ("Jose said so", "José", "[removed] said so"),
    (f"{JOSE} said so", "José", "[removed] said so"),
    ("José said so", JOSE, "[removed] said so"),
    ("Jo\u00adse said\u200b so", "Jose said", "[removed] so"),
    ("STRASSE 1", "Straße 1", "[removed]"),
    ("名前は山田太郎", "名前は山田太郎", "[removed]"),
    ("Tel. 020 7946 0000.", "020 7946 0000", "Tel. [removed]."),
    ("jo@example.org wrote", "jo@example.org", "[removed] wrote"),
    # Whole words alone.
    ("The annual joint plan of Joanna", "Jo", "The annual joint plan of Joanna"),
    ("Ann, annual, (Ann)", "Ann", "[removed], annual, ([removed])"),
    ("Born 1970, not 19701", "1970", "Born [removed], not 19701"),
    # Nothing to find.
    ("We met Jo. Smith was late.", "Jo Smith", "We met Jo. Smith was late."),
    ("", "Jo", ""),
    ("Jo", "", "Jo"),
    ("Jo", " \n", "Jo"),
    ("It costs 5 * 3 (more) [here]", "(more)", "It costs 5 * 3 [removed] [here]"),
]


@pytest.mark.parametrize(("text", "passage", "left"), EXAMPLES)
def test_without(text: str, passage: str, left: str) -> None:
    assert Sought(passage).without(text) == left


@pytest.mark.parametrize(
    ("text", "whole", "left"),
    [
        ("Jo Smith told us.", "jo  smith told us.", MARK),
        ("Jo Smith told us. So.", "Jo Smith told us.", "Jo Smith told us. So."),
        ("", "", ""),
        ("12", "12", MARK),
        ("12 of 12", "12", "12 of 12"),
    ],
)
def test_a_whole_text_goes_where_nothing_else_is_said(text: str, whole: str, left: str) -> None:
    assert Sought(whole, is_whole=True).without(text) == left


@pytest.mark.parametrize(
    ("words", "word"), [("Jo O’Brien-Smith", "brien"), ("José", "jose"), ("山田", ""), ("Dr A. Ng", "dr"), ("", "")]
)
def test_the_word_by_which_a_database_looks(words: str, word: str) -> None:
    assert Sought(words).word == word


def test_every_text_within_a_value() -> None:
    value = {"a": ["Jo", 1, None, {"b": "Jo Smith"}], "Jo": True}
    assert in_texts(value, Sought("Jo").without) == {"a": [MARK, 1, None, {"b": f"{MARK} Smith"}], "Jo": True}


TYPED = st.text(st.sampled_from("aAéÉe\u0301 \n’'\"ß1-–"), max_size=12)


@given(before=TYPED, passage=TYPED, after=TYPED)
def test_what_is_left_holds_it_nowhere(before: str, passage: str, after: str) -> None:
    sought = Sought(passage)
    left = sought.without(f"{before} {passage} {after}")
    assert spans(left, passage) == []


@given(text=TYPED, passage=TYPED)
def test_places_are_in_order_and_apart(text: str, passage: str) -> None:
    ends = [0, *(end for place in spans(text, passage) for end in place), len(text)]
    assert ends == sorted(ends)
