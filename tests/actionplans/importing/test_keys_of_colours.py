"""How a plan explains its colours above, beside or below its table, and what is asked where it leaves one out."""

import pytest

from actionplans.importing.understanding.shapes import Understood
from tests.actionplans.importing.corpus.counting import read
from tests.actionplans.importing.corpus.grids import ABOVE, AMBER, GREEN, LEFT, RED, Described, filled, shape

HEAD = ("Ref", "Action", "Led by", "Timescale", "RAG")
TABLE: list[tuple[Described, ...]] = [
    HEAD,
    ("A1", "Open a crisis cafe in the town", "Northshire Police", "March 2016", filled(RED)),
    ("A2", "Train the staff of the cafe", "NPFT", "May 2016", filled(AMBER)),
    ("A3", "Print cards in four languages", "NPFT", "June 2016", filled(GREEN)),
]
STATES = ["not_started", "in_progress", "completed"]
Rows = list[tuple[Described, ...]]
NAMED = (("Red", "Not started"), ("Amber", "Under way"), ("Green", "Completed"))
SHOWN = ((filled(RED), "Not started"), (filled(AMBER), "Under way"), (filled(GREEN), "Completed"))
BOTH = tuple((filled(fill, name), said) for fill, (name, said) in zip((RED, AMBER, GREEN), NAMED, strict=True))


def states(found: Understood) -> list[str | None]:
    return [one.line.status for one in found.lines]


def keys_asked(found: Understood) -> list[str]:
    return [one.text for one in found.questions if one.kind == "rag_key"]


def beside(label: str, key: tuple[tuple[Described, Described], ...], below: str = "") -> Rows:
    """A key of three rows with a label beside the first, and what stands below the label."""
    return [(label if at == 0 else below, *entry) for at, entry in enumerate(key)]


@pytest.mark.parametrize(
    "label", ["Key:", "Key", "RAG key", "Colour key:", "Legend", "Key to colours", "RAG status:", "Status key"]
)
@pytest.mark.parametrize("key", [NAMED, SHOWN, BOTH], ids=["named", "shown", "both"])
def test_a_label_beside_the_first_colour(label: str, key: tuple[tuple[Described, Described], ...]) -> None:
    for rows in (beside(label, key), beside(label, key, ABOVE)):
        found = read(shape("a plan", [*rows, ("",), *TABLE]))
        assert (states(found), keys_asked(found)) == (STATES, [])
        assert [one.what for one in found.fates if one.row <= len(rows)] == ["key"] * len(rows)


def test_a_label_beside_a_key_below_the_table() -> None:
    found = read(shape("a plan", [*TABLE, ("",), *beside("Key:", BOTH)]))
    assert (states(found), keys_asked(found)) == (STATES, [])


def test_a_label_beside_a_key_right_of_the_table() -> None:
    rows = [(*row, "", *entry) for row, entry in zip(TABLE, [(), *beside("Key:", BOTH)], strict=True)]
    found = read(shape("a plan", rows))
    assert (states(found), keys_asked(found)) == (STATES, [])


@pytest.mark.parametrize(
    "row",
    [
        ("Key:", *(each for entry in NAMED for each in entry)),
        ("Key:", *(each for entry in SHOWN for each in entry)),
        ("Key:", *(each for entry in BOTH for each in entry)),
        ("Key:", filled(RED, "Not started"), filled(AMBER, "Under way"), filled(GREEN, "Completed")),
        ("Key:", "R", "Not started", "A", "Under way", "G", "Completed"),
        tuple(each for entry in NAMED for each in entry),
    ],
)
def test_a_key_in_one_row(row: tuple[Described, ...]) -> None:
    found = read(shape("a plan", [row, ("",), *TABLE]))
    assert (states(found), keys_asked(found)) == (STATES, [])


def test_a_key_that_leaves_out_a_colour_is_asked_about_as_such() -> None:
    found = read(shape("a plan", [*NAMED[1:], ("",), *TABLE]))
    assert keys_asked(found) == ["The plan marks actions red, of which its key says nothing. What do its colours mean?"]


@pytest.mark.parametrize("label", ["Key partners", "Keyholders", "Legend has it"])
def test_what_is_no_label_of_a_key(label: str) -> None:
    found = read(shape("a plan", [(label, "Red", "Not started"), ("",), *TABLE]))
    assert keys_asked(found) == ["The plan marks actions red, amber, green. What do its colours mean?"]


def test_a_label_across_a_key() -> None:
    found = read(shape("a plan", [("Key", LEFT, LEFT), *NAMED, ("",), *TABLE]))
    assert (states(found), keys_asked(found)) == (STATES, [])
