"""What the plan and the answers say of merging holds together, or it is said why not."""

import pytest
from django.db import IntegrityError

from actionplans.models import PlanImport, PlanVersion, ProgressUpdate
from actionplans.services import drafting, import_work, imports, plans
from tests import factories as make
from tests.actionplans.importing.place import (
    ROWS,
    TODAY,
    answer,
    apply,
    bring_in,
    make_draft,
    upload,
    work,
    workbook,
)  # fmt: skip

pytestmark = pytest.mark.django_db
CAFE, NURSE, NUMBER = ROWS


@pytest.fixture
def draft() -> PlanVersion:
    """A draft with the three actions, of which B2 is completed."""
    made = make_draft()
    bring_in(made, workbook(*ROWS))
    return made


def asked(found: PlanImport) -> list[str]:
    return [each["text"] for each in found.found["questions"] if each["kind"] == "missing"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"“A1: Open": "merged:A1"}, "An action cannot be part of itself."),
        ({"“A1: Open": "merged:Z9"}, "There is no action Z9 in this file or in the plan."),
        ({"“A1: Open": "merged:B1", "“B1: Put": "dropped:No money"}, "B1 is not going ahead"),
        ({"“A1: Open": "merged:B1", "“B1: Put": "merged:A1"}, "in a circle"),
        ({"“A1: Open": "merged:B1", "“B1: Put": "merged:B2"}, "Name an action that goes on"),
    ],
)
def test_an_answer_that_cannot_be_is_asked_again_with_the_reason(
    draft: PlanVersion, said: dict[str, str], why: str
) -> None:
    found = answer(upload(draft, workbook(NUMBER)), said)
    assert found.state == "ready"
    assert any(why in text for text in asked(found)), asked(found)


def test_the_number_may_be_written_in_other_letters(draft: PlanVersion) -> None:
    found = answer(upload(draft, workbook(NURSE, NUMBER)), {"“A1: Open": "merged: b1"})
    assert apply(found).state == "applied"
    assert ProgressUpdate.objects.values_list("merged_into__reference", flat=True).get(status="merged") == "B1"


@pytest.mark.parametrize(
    ("cafe", "nurse"),
    [("Merged with A1", "Not started"), ("Merged with B1", "Merged with A1"), ("Merged with B1", "Not going ahead")],
)
def test_a_file_that_merges_what_cannot_be_is_told(draft: PlanVersion, cafe: str, nurse: str) -> None:
    rows = ((*CAFE[:4], cafe, "", ""), (*NURSE[:4], nurse, "No money", ""), NUMBER)
    found = upload(draft, workbook(*rows))
    told = [text for _, text in found.found["warnings"]]
    assert any("It is not taken as merged into" in text for text in told), told
    assert apply(found).state == "applied"
    assert not ProgressUpdate.objects.filter(status="merged", action__reference="A1").exists()


def test_of_two_actions_with_one_text_each_is_asked_about() -> None:
    draft = make_draft()
    same = [(ref, "Review the protocol", *NURSE[2:4], "", "", "") for ref in ("A1", "B1")]
    bring_in(draft, workbook(*same, NUMBER))
    found = upload(draft, workbook(NUMBER))
    assert [text[:4] for text in asked(found)] == ["“A1:", "“B1:"]
    found = answer(found, {"“A1:": "dropped:No money", "“B1:": "carried"})
    apply(found)
    assert list(
        ProgressUpdate.objects.filter(status="not_going_ahead").values_list("action__reference", flat=True)
    ) == ["A1"]


def test_what_the_database_refuses_is_said_at_once(draft: PlanVersion, monkeypatch: pytest.MonkeyPatch) -> None:
    found = upload(draft, workbook((*CAFE[:4], "Paused", "", ""), NURSE, NUMBER))
    imports.confirm(found, seen=found.version, by="tests")

    def refuses(*told: object, **named: object) -> None:
        raise IntegrityError("update_merged_has_target")

    monkeypatch.setattr(import_work, "take_over", refuses)
    found = work(found)
    assert (found.state, found.notice) == ("ready", import_work.CLASHES)
    assert not ProgressUpdate.objects.filter(status="paused").exists()


def test_closed_actions_stay_in_the_version(draft: PlanVersion) -> None:
    found = answer(upload(draft, workbook(NUMBER)), {"“A1: Open": "done:It is open", "“B1: Put": "merged:B2"})
    found = answer(found, {"“B1: Put": "dropped:No money"})
    assert apply(found).state == "applied"
    assert sorted(draft.actions.values_list("reference", flat=True)) == ["A1", "B1", "B2"]
    again = upload(draft, workbook(NUMBER))
    assert again.found["questions"] == []


def test_what_is_carried_on_stands_in_its_natural_order() -> None:
    draft = make_draft()
    rows = [(ref, f"Action {ref} of the crisis plan", *NURSE[2:4], "", "", "") for ref in ("A1", "A2", "A5", "A10")]
    other = ("B1", "Put a nurse in the control room", *NURSE[2:4], "", "", "")
    bring_in(draft, workbook(*rows, other))
    new = ("A3", "Something quite different for carers", *NURSE[2:4], "", "", "")
    found = answer(upload(draft, workbook(rows[0], rows[1], new, rows[3])), {"“A5:": "carried", "“B1:": "carried"})
    assert apply(found).state == "applied"
    assert list(draft.actions.order_by("position").values_list("reference", flat=True)) == [
        "A1", "A2", "A3", "A5", "A10", "B1",
    ]  # fmt: skip


def test_a_corrected_date_of_the_same_words_counts(draft: PlanVersion) -> None:
    rows = ((*CAFE[:3], "Q1 2016", *CAFE[4:]), NURSE, NUMBER)
    found = answer(upload(draft, workbook(*rows)), {"Q1 2016": "2016-03-31"})
    apply(found)
    again = upload(draft, workbook(*rows))
    assert again.found["counts"]["unchanged"] == 3
    key = next(each["key"] for each in again.found["answered"] if each["kind"] == "timescale")
    again = work(imports.answer(again, {key: "2016-06-30"}, seen=again.version, by="tests"))
    told = again.rows.get(change="changed").understood["differences"]
    assert [(each["field"], "31 March 2016" in each["old"], "30 June 2016" in each["new"]) for each in told] == [
        ("timescale", True, True)
    ]
    apply(again)
    assert draft.actions.get(reference="A1").proposes["timescale"]["due_on"] == "2016-06-30"


def test_an_open_import_ends_with_the_publication_of_its_version(draft: PlanVersion) -> None:
    area = make.make_area()
    make.cover(draft.plan, area)
    make.make_declaration(partnership=draft.plan.partnership, areas=[area], published_on=TODAY)
    found = upload(draft, workbook((*CAFE[:4], "Paused", "", ""), NURSE, NUMBER))
    draft.refresh_from_db()
    plans.publish_version(draft, on=TODAY, by="tests")
    found.refresh_from_db()
    assert found.state == "abandoned"
    assert "was published" in found.notice
    next_one = drafting.begin_version(draft.plan, by="tests", on=TODAY)
    assert upload(next_one, workbook(*ROWS)).state == "ready"
    assert work(found).state == "abandoned"
