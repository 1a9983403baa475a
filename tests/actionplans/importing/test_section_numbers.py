"""Sections that a column names by bare numbers, and columns of numbers that name none."""

from collections.abc import Sequence

import pytest

from actionplans.importing.understanding.shapes import Question, Understood
from tests.actionplans.importing.understood import HEAD, asked, lines, understood

ALL = ("1", "1", "2", "3", "4", "5")
CODES = ["1", "1", "A", "B", "C", "D"]


def plan(
    heading: str, below: Sequence[str], answers: dict[str, str] | None = None, **columns: Sequence[str]
) -> Understood:
    """A plan with a column of that heading before the others, and what stands below it in each row."""
    rows = [
        (text, f"X{at}", f"Train the officers of shift {at} in town", "Northshire Police", "March 2016")
        for at, text in enumerate(below, 1)
    ]
    return understood((heading, *HEAD), *rows, answers=answers)


def codes(found: Understood) -> list[str | None]:
    return [one.place.code for one in lines(found)]


def about_numbers(found: Understood) -> Question:
    (question,) = [each for each in found.questions if each.kind == "section"]
    return question


@pytest.mark.parametrize("heading", ["Section", "Sections", "Concordat section", "National section", "Concordat theme"])
@pytest.mark.parametrize("written", ["{}", "{}.", "{})", "0{}", "{}.0"])
def test_a_column_of_sections_that_counts_to_five_counts_as_the_national_ones(heading: str, written: str) -> None:
    found = plan(heading, [written.format(number) for number in ALL])
    assert codes(found) == CODES
    assert not asked(found, "section")


@pytest.mark.parametrize("pair", ["{} / {}", "{}/{}", "{} ({})", "{} - {}", "Section {} / {}"])
def test_both_numberings_beside_one_another_say_the_same(pair: str) -> None:
    found = plan("Section", [pair.format(number, letter) for number, letter in ("2A", "2A", "3B", "5D")])
    assert codes(found) == ["A", "A", "B", "D"]
    assert not asked(found, "section")


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        (("3 / B", "3", "2", "2"), ["B", "B", "A", "A"]),
        (("C (4)", "4", "2"), ["C", "C", "A"]),
        (("3. Urgent and emergency access to crisis care", "3", "4", "3"), ["B", "B", "C", "B"]),
        (("1", "1", "A", "B"), ["1", "1", "A", "B"]),
    ],
)
def test_one_cell_that_says_more_tells_what_the_bare_numbers_are(below: tuple[str, ...], expected: list[str]) -> None:
    found = plan("Section", below)
    assert codes(found) == expected
    assert not asked(found, "section")


@pytest.mark.parametrize(
    ("heading", "below"),
    [
        ("Section", ("1", "1", "2", "3", "4")),  # 1 to 4 may be A to D
        ("Section", ("2", "2", "3")),
        ("Section", ("2", "2", "3. Recovery and staying well", "5")),
        ("Section", ("2", "2", "A", "B")),
        ("Workstream", ALL),
        ("Theme", ALL),
        ("Domain", ALL),
    ],
)
def test_what_the_numbers_mean_is_asked_once_where_they_may_be_others(heading: str, below: tuple[str, ...]) -> None:
    found = plan(heading, below)
    bare = [at for at, text in enumerate(below) if text.isdecimal()]
    assert {codes(found)[at] for at in bare} == {None}
    question = about_numbers(found)
    assert "bare numbers" in question.text
    assert len(question.cells) == len(bare)
    national = codes(plan(heading, below, {question.key: "national"}))
    assert [national[at] for at in bare] == [dict(zip(ALL, CODES, strict=True))[below[at]] for at in bare]
    own = plan(heading, below, {question.key: "own"})
    assert {codes(own)[at] for at in bare} == {None}
    assert [lines(own)[at].place.text for at in bare] == [below[at] for at in bare]
    assert not asked(own, "section")


def test_one_to_four_may_be_a_to_d() -> None:
    below = ("1", "1", "2", "3", "4")
    key = about_numbers(plan("Section", below)).key
    assert codes(plan("Section", below, {key: "four"})) == ["A", "A", "B", "C", "D"]
    assert "four" not in [choice.value for choice in about_numbers(plan("Theme", ALL)).choices]


@pytest.mark.parametrize("below", [("1", "1", "2", "5", "6"), ("0", "1", "1", "5"), ("1", "1", "12", "5")])
def test_numbers_beyond_the_national_ones_are_asked_about_one_by_one(below: tuple[str, ...]) -> None:
    found = plan("Section", below)
    assert set(codes(found)) == {None}
    assert "none of the national sections" in about_numbers(found).text


@pytest.mark.parametrize(
    "heading", ["Priority", "No", "Line", "Score", "Group", "Category", "Area", "Level", "Band", ""]
)
def test_numbers_in_columns_of_another_meaning_are_no_sections(heading: str) -> None:
    found = plan(heading, ALL)
    assert set(codes(found)) == {None}
    assert not any("bare numbers" in each.text for each in found.questions)


def test_each_section_may_have_but_one_action() -> None:
    assert codes(plan("Section", ALL[1:])) == CODES[1:]


def test_numbers_of_rows_below_section_are_no_sections() -> None:
    found = plan("Section", [str(number) for number in range(1, 9)])
    assert set(codes(found)) == {None}
