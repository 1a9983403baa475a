"""Which texts name persons: rates over a table, and what becomes of the names."""

import pytest

from actionplans.importing.understanding.answers import Asking, key_of
from actionplans.importing.understanding.naming import Names
from actionplans.importing.understanding.persons import Persons, common_words, identity
from tests.actionplans.importing.naming_texts import (
    NAMED,
    NAMED_LATER,
    NOT_PLACED,
    PLACED,
    UNNAMED,
    UNNAMED_LATER,
    UNUSUAL,
    USUAL,
)

NAMES = Names()
WITH, WITHOUT = {**NAMED, **NAMED_LATER, **NOT_PLACED, **UNUSUAL}, (*UNNAMED, *UNNAMED_LATER, *PLACED, *USUAL)


def named(text: str, names: Names = NAMES) -> tuple[str, ...]:
    return tuple(one.name for one in names.within(text))


@pytest.mark.parametrize("text", WITH)
def test_persons_are_found(text: str) -> None:
    assert named(text) == WITH[text]


@pytest.mark.parametrize("text", WITHOUT)
def test_bodies_places_posts_and_titles_are_no_persons(text: str) -> None:
    assert named(text) == ()


def test_the_table_is_large_and_half_of_it_names_nobody() -> None:
    assert len(WITH) >= 50
    assert len(WITHOUT) >= 50


def test_whom_a_column_names_is_nobodys_place() -> None:
    text = "Sessions in Upper Wexley"
    assert named(text) == ()
    assert named(text, Names(known={"wexley": "Ann Wexley"})) == ("Upper Wexley",)


def test_the_map_tells_the_other_end() -> None:
    text = "Cars run from Upper Wexley to Frome"
    assert named(text) == ("Upper Wexley",)
    assert named(text, Names(places=frozenset({"frome"}))) == ()


def persons(answers: dict[str, str] | None = None, **names: object) -> tuple[Persons, Asking]:
    asking = Asking(answers or {})
    return Persons(asking, Names(**names)), asking  # type: ignore[arg-type]


def test_a_name_is_left_out_until_somebody_says_that_it_may_stand() -> None:
    one, asking = persons()
    assert one.cleared("Raj Patel met the ICB", "E2") == "[name left out] met the ICB"
    assert one.cleared("Led by Dr Raj Patel", "E3") == "Led by [name left out]"
    (question,) = asking.questions()
    assert question.cells == ("E2", "E3")
    assert "Raj" not in question.key
    assert [choice.value for choice in question.choices] == ["person", "body", "public"]


@pytest.mark.parametrize(
    ("answer", "shown"),
    [("person", "[name left out] met us"), ("body", "Raj Patel met us"), ("public", "Raj Patel met us")],
)
def test_one_answer_settles_a_name_everywhere(answer: str, shown: str) -> None:
    one, asking = persons({key_of("person", identity("Raj Patel")): answer})
    assert one.cleared("Raj Patel met us", "E2") == shown
    assert one.cleared("Insp Raj Patel met us", "E3") == (shown if answer == "person" else "Insp Raj Patel met us")
    assert asking.questions() == ()


def test_many_names_are_one_question_that_shows_them_all() -> None:
    text = "Ann Lee, Raj Patel and Wei Chen met"
    one, asking = persons()
    one.cleared(text, "E2")
    (question,) = asking.questions()
    assert question.key == "all:person"
    assert all(name in question.text for name in ("Ann Lee", "Raj Patel", "Wei Chen"))
    one, asking = persons({"all:person": "person"})
    assert one.cleared(text, "E2") == "[name left out], [name left out] and [name left out] met"
    assert asking.questions() == ()
    assert dict(asking.told_together()) == {
        key_of("person", identity(name)): "person" for name in ("Ann Lee", "Raj Patel", "Wei Chen")
    }
    one, asking = persons({"all:person": "each"})
    one.cleared(text, "E2")
    assert len(asking.questions()) == 3


def test_an_answer_to_all_that_is_none_is_asked_again() -> None:
    one, asking = persons({"all:person": "nobody"})
    one.cleared("Ann Lee, Raj Patel and Wei Chen met", "E2")
    assert [question.key for question in asking.questions()] == ["all:person"]


def test_whom_a_column_names_is_known_by_a_part_of_the_name_too() -> None:
    one, asking = persons()
    one.learn(["Morwenna Trelawney-Hoskins, head of service"])
    assert one.cleared("Trelawney-Hoskins to report", "E2") == "[name left out] to report"
    assert "Morwenna Trelawney-Hoskins" in asking.questions()[0].text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("tel 07700 900123", "tel [telephone number left out]"),
        ("Ring +44 (0)1632 960 001 today", "Ring [telephone number left out] today"),
        ("Write to jo.smith2@nhs.net.", "Write to [e-mail address left out]."),
        ("crisis.team@westmarch.nhs.uk answers", "crisis.team@westmarch.nhs.uk answers"),
        ("The line is 0800 123 4567 or 111", "The line is 0800 123 4567 or 111"),
        ("£1,250,000 for 2015-2016", "£1,250,000 for 2015-2016"),
    ],
)
def test_addresses_and_numbers_of_persons_are_left_out_and_those_of_offices_stay(text: str, shown: str) -> None:
    one, asking = persons()
    assert one.cleared(text, "E2") == shown
    assert asking.questions() == ()
    assert bool(asking.warnings()) == (shown != text)


def test_a_name_in_small_letters_is_left_out_of_the_file_that_writes_it_so() -> None:
    text = "jane smithson and inspector hussain agreed with @JaneSmithson"
    one, _ = persons(is_common=common_words([text]))
    assert one.cleared(text, "E2") == "[name left out] and [name left out] agreed with [name left out]"


def test_what_the_file_writes_small_is_no_name() -> None:
    text = "Kemble Nexus agreed"
    assert named(text) == ("Kemble Nexus",)
    assert named(text, Names(is_common=common_words(["the kemble plan", "a nexus"]))) == ()
