import pytest

from actionplans.importing.understanding.references import comparable, looks_like, natural_key, taken_from, tidied


def test_natural_order() -> None:
    mixed = ["1.10", "A1.10", "*new", "1.2", "A1.2", "2", "1:b", "B1", "1:a", "10", "A1.1", "1.1", ""]
    assert sorted(mixed, key=natural_key) == [
        "1.1", "1.2", "1.10", "1:a", "1:b", "2", "10", "A1.1", "A1.2", "A1.10", "B1", "", "*new",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["1", "1.1", "A1.1", "1:a", "*new", "1001", "B-4", "1.2(a)", "3.", "Action 4", "C1.10", "2b"]
)
def test_what_is_a_reference(text: str) -> None:
    assert looks_like(text)


@pytest.mark.parametrize(
    "text", ["", "Set up", "March 2015", "24 hour helpline", "NPFT", "1.1 Set up a group", "2015/2016/17/x!"]
)
def test_what_is_none(text: str) -> None:
    assert not looks_like(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.1 Set up a group", ("1.1", "Set up a group")),
        ("A1.10 – Train staff", ("A1.10", "Train staff")),
        ("4.2. Publish", ("4.2", "Publish")),
        ("1:a\nReview", ("1:a", "Review")),
        ("24 hour helpline", ("", "24 hour helpline")),
        ("A safe place", ("", "A safe place")),
        ("s136 protocol", ("", "s136 protocol")),
    ],
)
def test_a_reference_at_the_head_of_a_text(text: str, expected: tuple[str, str]) -> None:
    assert taken_from(text) == expected


def test_the_same_reference_written_otherwise() -> None:
    assert comparable("A1.1.") == comparable("a 1.1")
    assert comparable("1.1") != comparable("1.10")
    assert tidied(" 1.1. ") == "1.1"
