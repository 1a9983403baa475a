"""An action that the file leaves out: never closed over a report in hand, nor merged into what is not public."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from actionplans.models import Action, PlanImport, PlanVersion, ProgressUpdate
from actionplans.services import imports
from concordat.workspace.import_preview import numbers_of
from tests import factories as make
from tests.actionplans.importing.place import ROWS, TODAY, answer, apply, bring_in, make_draft, upload, workbook
from tests.actionplans.importing.test_taking_over import next_draft  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
CAFE, NURSE, NUMBER = ROWS
NEW = ("N9", "Buy two cars for the street triage team", "Northshire Police", "June 2016", "Not started", "", "")


def in_hand(nurse: Action) -> None:
    make.make_update(
        action=nurse, reported_on=TODAY, state="submitted", status="in_progress", submitted_at=make.noon(TODAY)
    )


def reported_later(nurse: Action) -> None:
    make.make_update(action=nurse, reported_on=date(2015, 6, 20), status="in_progress")


def missing(found: PlanImport) -> dict[str, object]:
    return next(each for each in found.found["questions"] if each["kind"] == "missing")


@pytest.mark.parametrize(
    ("reported", "why"),
    [
        (in_hand, "a report on it is in hand or waits to be accepted."),
        (reported_later, "a later report on it is there already."),
    ],
)
def test_what_was_reported_otherwise_can_only_be_carried_on(
    next_draft: PlanVersion,  # noqa: F811
    reported: Callable[[Action], None],
    why: str,
) -> None:
    reported(Action.objects.get(reference="B1"))
    before = list(ProgressUpdate.objects.values_list("pk", "state", "until_on"))
    found = upload(next_draft, workbook(CAFE, NUMBER))
    assert missing(found)["choices"] == [["carried", "Carry it on as it is"]]
    assert str(missing(found)["text"]).endswith(f"It can only be carried on: {why}")
    for said in ("done:It is there", "dropped:No money", "merged:A1"):
        found = answer(found, {"“B1: Put": said})
        assert found.found["missing"][0]["decision"] is None
    assert apply(answer(found, {"“B1: Put": "carried"})).state == "applied"
    assert list(ProgressUpdate.objects.values_list("pk", "state", "until_on")) == before


def test_what_another_plan_keeps_can_only_be_carried_on(next_draft: PlanVersion) -> None:  # noqa: F811
    mirror = make.make_action(plan=next_draft.plan, text="Keep a bed", reference="M1", mirrors=make.make_action())
    make.make_in_version(version=next_draft, action=mirror, position=90, text="Keep a bed", reference="M1")
    found = answer(upload(next_draft, workbook(CAFE, NURSE, NUMBER)), {"M1": "done:It is there"})
    assert "It can only be carried on: the action is kept in another plan." in str(missing(found)["text"])
    assert apply(answer(found, {"M1": "carried"})).state == "applied"
    assert not ProgressUpdate.objects.filter(action=mirror).exists()


def test_what_is_public_is_not_merged_into_what_only_the_draft_has(next_draft: PlanVersion) -> None:  # noqa: F811
    said = {"What became of it": "merged:N9", "same action": "new", "no heading": "B"}
    found = answer(upload(next_draft, workbook(CAFE, NUMBER, NEW)), said)
    assert "N9 is in no published version yet, so nothing that is can be part of it." in str(missing(found)["text"])
    assert numbers_of(found, TODAY) == {"A1": True, "B1": True, "B2": True, "N9": False}
    assert apply(answer(found, {"What became of it": "merged:A1"})).state == "applied"


def test_nor_is_a_line_of_the_file(next_draft: PlanVersion) -> None:  # noqa: F811
    merged = (*NURSE[:4], "Merged into N9", "", "")
    found = answer(upload(next_draft, workbook(CAFE, merged, NUMBER, NEW)), {"no heading": "B"})
    told = "It is not taken as merged into N9. N9 is in no published version yet, so nothing that is can be part of it."
    assert told in [text for _, text in found.found["warnings"]]
    apply(found)
    assert not ProgressUpdate.objects.filter(status="merged").exists()


def test_what_nobody_reads_yet_may_be_merged_as_the_first_file_says() -> None:
    draft = make_draft()
    bring_in(draft, workbook(CAFE, (*NURSE[:4], "Merged into A1", "", ""), NUMBER))
    assert ProgressUpdate.objects.get(status="merged").merged_into == Action.objects.get(reference="A1")


def test_the_same_file_again_closes_nothing_that_was_opened_since(next_draft: PlanVersion) -> None:  # noqa: F811
    content = workbook(CAFE, NUMBER)
    before, nurse = TODAY - timedelta(days=2), Action.objects.get(reference="B1")
    apply(answer(upload(next_draft, content, as_at=before), {"“B1: Put": "dropped:No money"}))
    ProgressUpdate.objects.filter(action=nurse, status="not_going_ahead").update(until_on=TODAY)
    make.make_update(action=nurse, reported_on=TODAY, status="in_progress", reason="Money was found")
    found = upload(next_draft, content)
    assert "What became of it?" in str(missing(found)["text"])


def test_the_same_file_again_carries_on_what_was_carried_on(next_draft: PlanVersion) -> None:  # noqa: F811
    content = workbook(CAFE, NUMBER)
    bring_in(next_draft, content, {"“B1: Put": "carried"})
    assert upload(next_draft, content).found["questions"] == []


def test_who_says_that_it_is_not_going_ahead_says_why(next_draft: PlanVersion) -> None:  # noqa: F811
    found = upload(next_draft, workbook(CAFE, NUMBER))
    assert ["dropped", "It is not going ahead (say why)"] in missing(found)["choices"]  # type: ignore[operator]
    found = answer(found, {"“B1: Put": "dropped"})
    assert "Say why it is not going ahead, for everybody to read" in str(missing(found)["text"])
    with pytest.raises(imports.NotAllowedError, match="Answer all questions first"):
        imports.confirm(found, seen=found.version, by="tests")
