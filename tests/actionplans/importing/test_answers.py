"""Questions, their keys, and what an answer does."""

import pytest

from actionplans.importing.understanding.answers import key_of
from actionplans.importing.understanding.shapes import Understood
from tests.actionplans.importing.corpus import EVERY
from tests.actionplans.importing.corpus.counting import read


def asked(found: Understood, kind: str) -> list[str]:
    return [question.key for question in found.questions if question.kind == kind]


def states(found: Understood) -> list[str | None]:
    return [one.line.status for one in found.lines]


def test_a_key_does_not_change_with_spaces_and_capitals_and_tells_texts_apart() -> None:
    assert key_of("lead", "which", "LAs / CCGs") == key_of("lead", "which", "las /  ccgs ")
    assert key_of("lead", "which", "A+B") != key_of("lead", "which", "A-B")
    assert key_of("rag_key") == "rag_key"


def test_one_answer_to_the_key_of_the_colours_settles_all_of_them() -> None:
    described = EVERY["2015 refresh with Summary progress and RAG"]
    assert states(read(described)) == [None, None, None]
    after = read(described, {"rag_key": "stage"})
    assert states(after) == ["completed", "in_progress", "not_started"]
    assert after.rag_key is not None
    assert asked(after, "rag_key") == []
    own = read(described, {"rag_key": "red=off_track; amber=in_progress; green=on_track"})
    assert [(one.line.status, one.line.confidence) for one in own.lines] == [
        ("in_progress", "on_track"), ("in_progress", None), ("in_progress", "off_track"),
    ]  # fmt: skip


def test_a_wrong_answer_is_asked_again_and_an_unused_one_is_told() -> None:
    described = EVERY["2015 refresh with Summary progress and RAG"]
    found = read(described, {"rag_key": "rainbow", "nonsense:1": "yes"})
    assert asked(found, "rag_key") == ["rag_key"]
    assert any("rainbow" in one.text for one in found.warnings)
    assert any("nonsense:1" in one.text for one in found.warnings)


def test_who_leads_is_chosen_or_is_joint() -> None:
    described = EVERY["joint leads, marked and not marked"]
    key = next(q.key for q in read(described).questions if "NPFT, AHT" in q.text)
    chosen = read(described, {key: "acute"}).lines[2].line.leads
    assert [(lead.organisation, lead.role) for lead in chosen] == [("mh-trust", "working_with"), ("acute", "lead")]
    joint = read(described, {key: "joint"})
    assert [lead.role for lead in joint.lines[2].line.leads] == ["joint", "joint"]
    assert key not in asked(joint, "lead")


def test_an_organisation_is_chosen_by_its_slug_or_its_name_once_for_all_rows() -> None:
    described = EVERY["kinds of bodies with slashes"]
    key = next(q.key for q in read(described).questions if "“CCG”" in q.text)
    for answer in ("vale-ccg", "NHS Vale and Wold CCG"):
        assert read(described, {key: answer}).lines[1].line.leads[0].organisation == "vale-ccg"


@pytest.mark.parametrize("answer", ["person", "body"])
def test_a_name_that_may_be_a_persons_is_private_until_said_otherwise(answer: str) -> None:
    described = EVERY["people are named beside their bodies"]
    key = asked(read(described), "person")[0]
    line = read(described, {key: answer}).lines[-1].line
    shown = {lead.text for lead in line.leads}
    assert ("Wulfric Oakenshaw" in shown) == (answer == "body")
    assert ("Wulfric Oakenshaw" in line.people) == (answer == "person")


def test_a_section_of_the_plans_own_is_put_under_a_national_one() -> None:
    described = EVERY["sections that only this plan has"]
    keys = asked(read(described), "section")
    after = read(described, {keys[0]: "B", keys[1]: "none"})
    assert [one.line.place.code for one in after.lines] == ["B", None]
    assert asked(after, "section") == []


def test_a_column_is_corrected_though_it_was_read_without_a_question() -> None:
    described = EVERY["Focus for the action, Date for the timescale, several updates by day"]
    after = read(described, {key_of("column", "Sheet1", "Cost"): "priority"})
    assert after.lines[0].line.priority == "£20k"


def test_numbers_are_the_national_ones_if_the_person_says_so() -> None:
    described = EVERY["numbers as the only trace of sections"]
    key = asked(read(described), "section")[0]
    assert [one.line.place.code for one in read(described, {key: "national"}).lines] == ["1", "A"]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [("lettered", ["B1 (a)", "B1 (b)"]), ("unnumbered", ["B1", ""]), ("joined", ["B1"])],
)
def test_a_reference_that_stands_twice(answer: str, expected: list[str]) -> None:
    described = EVERY["a reference that stands twice"]
    key = asked(read(described), "reference")[0]
    after = read(described, {key: answer})
    assert [one.line.reference for one in after.lines] == expected
    assert sorted(row for one in after.lines for row in one.line.rows) == [2, 3]


@pytest.mark.parametrize(
    ("answer", "expected"), [("sectioned", ["A.1", "A.2", "C.1", "C.2"]), ("unnumbered", [""] * 4)]
)
def test_numbers_that_begin_again_are_told_apart_by_one_answer(answer: str, expected: list[str]) -> None:
    described = EVERY["numbers that begin again in each section"]
    (key,) = asked(read(described), "reference")
    assert [one.line.reference for one in read(described, {key: answer}).lines] == expected


def test_a_row_without_an_action_may_be_a_note() -> None:
    described = EVERY["a number without an action"]
    key = asked(read(described), "action")[0]
    after = read(described, {key: "note"})
    assert [one.line.reference for one in after.lines] == ["A1"]
    assert {one.row: one.what for one in after.fates}[3] == "note"


def test_an_open_date_is_chosen_typed_or_left_out() -> None:
    described = EVERY["completed where the time should stand"]
    found = read(described)
    key = asked(found, "timescale")[0]
    ends = {
        answer: read(described, {key: answer}).lines[3].line.timescale.end
        for answer in ("2015-06-30", "2015-07-15", "none")
    }
    assert {answer: str(end) for answer, end in ends.items()} == {
        "2015-06-30": "2015-06-30",
        "2015-07-15": "2015-07-15",
        "none": "None",
    }
    assert found.lines[3].line.timescale.end is None


def test_a_hidden_sheet_is_left_out_if_the_person_says_so() -> None:
    described = EVERY["a hidden sheet and a hidden row"]
    key = asked(read(described), "sheet")[0]
    after = read(described, {key: "leave_out"})
    assert {one.line.sheet for one in after.lines} == {"Plan"}
    assert {one.what for one in after.fates if one.sheet == "Old"} == {"left_out"}
