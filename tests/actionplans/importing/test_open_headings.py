"""Headings that are none of the national sections: asked about where actions stand below them, else kept as notes."""

import pytest

from actionplans.importing.understanding.shapes import Understood
from tests.actionplans.importing.corpus.counting import read
from tests.actionplans.importing.corpus.grids import LEFT, Described, Grid, expect, file, shape

HEAD = ("Ref", "Action", "Led by", "Timescale")
CAFE = ("1", "Open a crisis cafe in the town", "Northshire Police", "March 2016")
CARD = ("2", "Print cards in four languages", "NPFT", "June 2016")
Rows = list[tuple[Described, ...]]
BEFORE: Rows = [HEAD, ("Urgent and emergency access to crisis care", LEFT, LEFT, LEFT), CAFE]


def across(text: str) -> tuple[Described, ...]:
    return (text, LEFT, LEFT, LEFT)


def sections_asked(found: Understood) -> list[str]:
    return [one.text for one in found.questions if one.kind == "section"]


def fates(found: Understood) -> list[str]:
    return [one.what for one in sorted(found.fates, key=lambda one: (one.sheet, one.row))]


def codes(found: Understood) -> list[str | None]:
    return [one.line.place.code for one in found.lines]


@pytest.mark.parametrize(
    "notes",
    [
        [across("1 Subject to NHS England funding decision"), across("2 Date agreed at steering group 4/3/15")],
        [("Notes",), ("1. This is a live document and is reviewed each quarter.",)],
        [across("Local priorities")],
        [("",), ("Membership of the group",), ("",)],
    ],
)
def test_what_stands_below_the_last_action_asks_nothing_and_is_kept_as_a_note(notes: Rows) -> None:
    found = read(shape("a plan", [*BEFORE, *notes]))
    assert sections_asked(found) == []
    assert codes(found) == ["B"]
    assert fates(found) == ["header", "section", "action", *("note" for row in notes if row != ("",))]


def test_an_open_heading_above_an_action_is_asked_about() -> None:
    rows = [*BEFORE, across("Local priorities"), CARD]
    found = read(shape("a plan", rows))
    (question,) = (one for one in found.questions if one.kind == "section")
    assert "Local priorities" in question.text
    assert question.choices[0].value == "B"
    assert question.cells == ("Sheet1!A4",)
    assert (codes(found), fates(found)[3]) == (["B", None], "section")
    answered = read(shape("a plan", rows), {question.key: "D"})
    assert (codes(answered), sections_asked(answered)) == (["B", "D"], [])


def test_of_two_open_headings_the_one_above_the_action_is_asked_about() -> None:
    found = read(shape("a plan", [*BEFORE, across("Local priorities"), across("Transport"), CARD]))
    (text,) = sections_asked(found)
    assert "Transport" in text
    assert fates(found)[3:5] == ["section", "section"]


def test_an_open_heading_above_a_national_one_asks_nothing() -> None:
    found = read(shape("a plan", [*BEFORE, across("Local priorities"), across("Recovery and staying well"), CARD]))
    assert (codes(found), sections_asked(found)) == (["B", "D"], [])


@pytest.mark.parametrize("between", ["Live actions", "Completed actions"])
def test_what_parts_the_actions_below_an_open_heading_leaves_it_open(between: str) -> None:
    found = read(shape("a plan", [*BEFORE, across("Local priorities"), across(between), CARD]))
    (text,) = sections_asked(found)
    assert "Local priorities" in text
    assert found.lines[-1].line.place.text == "Local priorities"


def test_an_open_heading_whose_actions_go_on_in_the_next_table() -> None:
    more = ("3", "Count every journey by police car to hospital", "Northshire Police", "July 2015")
    grids = [Grid((*BEFORE, across("Local priorities")), "Table 1"), Grid((CARD, more), "Table 2")]
    found = read(file("a plan", grids))
    (text,) = sections_asked(found)
    assert "Local priorities" in text
    assert fates(found) == ["header", "section", "action", "section", "action", "action"]


def test_a_note_below_the_table_of_one_sheet_says_nothing_of_the_next() -> None:
    recovery = across("Recovery and staying well")
    grids = [Grid((*BEFORE, ("Notes",)), "Plan 1"), Grid((HEAD, recovery, CARD), "Plan 2")]
    found = read(file("a plan", grids, expect(2, "D", *CARD[:2], sheet="Plan 2")))
    assert (codes(found), sections_asked(found)) == (["B", "D"], [])
    assert fates(found) == ["header", "section", "action", "note", "header", "section", "action"]


def test_an_answer_about_a_heading_without_actions_is_taken_in_silence() -> None:
    asked = read(shape("a plan", [*BEFORE, across("Local priorities"), CARD]))
    key = next(one.key for one in asked.questions if one.kind == "section")
    found = read(shape("a plan", [*BEFORE, across("Local priorities")]), {key: "D"})
    assert [one.text for one in found.warnings] == []
