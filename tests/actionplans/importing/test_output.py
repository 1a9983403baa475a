"""The JSON of a preview, as DESIGN has it."""

import json

from actionplans.importing.understanding.output import as_json
from tests.actionplans.importing.corpus import EVERY
from tests.actionplans.importing.corpus.counting import read

ROW = {
    "source",
    "section",
    "reference",
    "action",
    "leads",
    "timescale",
    "status",
    "rag_text",
    "outcome",
    "progress",
    "change",
}
TIMESCALE = {
    "text",
    "kind",
    "start",
    "end",
    "precision",
    "confidence",
    "alternatives",
    "revised",
    "milestones",
    "review_every_months",
}


def test_the_shape_of_every_preview() -> None:
    for described in EVERY.values():
        told = as_json(read(described))
        assert set(told) == {"rows", "questions", "warnings", "missing"}
        for row in told["rows"]:
            assert set(row) >= ROW
            assert set(row["source"]) >= {"sheet", "row"}
            assert set(row["timescale"]) >= TIMESCALE
            assert all(set(lead) == {"text", "organisation", "role"} for lead in row["leads"])
            assert row["change"] == "new"
        for question in told["questions"]:
            assert set(question) >= {"cell", "kind", "text", "choices", "key"}
        assert all(set(one) == {"cell", "text"} for one in told["warnings"])
        assert '""' not in json.dumps(told)


def test_one_row_whole() -> None:
    row = as_json(read(EVERY["2015 refresh with Summary progress and RAG"]))["rows"][0]
    assert row["source"]["sheet"], row["source"]["row"] == ("Sheet1", 3)
    assert (row["section"], row["reference"], row["change"]) == ("B", "3.1", "new")
    assert row["leads"] == [{"text": "NPFT", "organisation": "mh-trust", "role": "lead"}]
    assert (row["timescale"]["text"], row["timescale"]["kind"], row["timescale"]["end"]) == (
        "April 2015",
        "month",
        "2015-04-30",
    )
    assert (row["status"], row["rag_text"], row["progress"]) == (None, "green", "In post since May")


def test_the_key_of_the_colours_is_one_question_and_names_its_cell() -> None:
    told = as_json(read(EVERY["2015 refresh with Summary progress and RAG"]))
    assert [(one["cell"], one["kind"]) for one in told["questions"]] == [("Sheet1!G3", "rag_key")]


def test_a_question_stands_at_each_cell_and_has_one_key() -> None:
    told = as_json(read(EVERY["a reference that stands twice"]))
    assert [one["cell"] for one in told["questions"]] == ["Sheet1!A2", "Sheet1!A3"]
    assert len({one["key"] for one in told["questions"]}) == 1


def test_names_of_persons_stand_in_no_row() -> None:
    for described in EVERY.values():
        found = read(described)
        shown = json.dumps(as_json(found)["rows"], ensure_ascii=False)
        names = [name for one in found.lines for name in one.line.people]
        assert [name for name in names if name in shown] == []
    assert read(EVERY["people are named beside their bodies"]).lines[0].line.people == ("Jane Smith",)
