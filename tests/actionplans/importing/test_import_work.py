"""A plan file, from its upload to the applied draft."""

import pytest

from actionplans.models import Action, ImportedRow, ProgressUpdate
from tests.actionplans.importing.place import ROWS, apply, bring_in, counts, lines, make_draft, upload, workbook

pytestmark = pytest.mark.django_db


def test_nothing_of_the_plan_is_written_before_it_is_confirmed() -> None:
    draft = make_draft()
    found = upload(draft, workbook(*ROWS))
    assert found.state == "ready", found.refusal
    assert found.found["questions"] == []
    assert counts(found) == {"new": 3, "changed": 0, "unchanged": 0, "missing": 0}
    assert not Action.objects.exists()


def test_every_row_is_kept_as_read() -> None:
    found = upload(make_draft(), workbook(*ROWS))
    kept = [[cell[1] if len(cell) > 1 else "" for cell in row.cells] for row in found.rows.all()]
    assert kept[1][:5] == list(ROWS[0][:5])
    assert [row.became for row in found.rows.all()] == ["header", "action", "action", "action"]


def test_new_actions_are_in_the_draft_with_all_that_the_file_says() -> None:
    draft = make_draft()
    found = bring_in(draft, workbook(*ROWS))
    cafe, nurse, number = lines(draft)
    assert (cafe.reference, cafe.text, cafe.section.code) == ("A1", "Open a crisis café in Anytown", "A")
    assert cafe.timescale_text == "March 2016"
    assert cafe.proposes["timescale"]["due_on"] == "2016-03-31"
    assert cafe.proposes["outcome"] == "Open"
    assert [(role, text) for role, _, text in nurse.proposes["leads"]] == [("lead", "Northshire Police")]
    assert nurse.proposes["leads"][0][1] is not None
    assert cafe.action.leads.count() == 0  # nothing of it is public, or anybody's work, before the publication
    assert list(ImportedRow.objects.exclude(change="").values_list("action", flat=True)) == [
        line.action_id for line in (cafe, nurse, number)
    ]
    assert found.applied_at is not None


def test_how_it_stands_is_an_accepted_report_of_the_day_of_the_file() -> None:
    draft = make_draft()
    bring_in(draft, workbook(*ROWS))
    told = ProgressUpdate.objects.values_list(
        "action__reference", "state", "status", "public_text", "outcome_note", "reported_on"
    )
    assert [(*one[:5], str(one[5])) for one in told.order_by("action__reference")] == [
        ("A1", "accepted", "in_progress", "Premises found", "", "2015-06-03"),
        ("B2", "accepted", "completed", "It is live", "It is live", "2015-06-03"),
    ]


def test_the_same_file_again_changes_nothing() -> None:
    draft = make_draft()
    content = workbook(*ROWS)
    bring_in(draft, content)
    before = [list(model.objects.order_by("pk").values()) for model in (Action, ProgressUpdate)]
    words = list(draft.actions.order_by("pk").values())
    again = upload(draft, content)
    assert counts(again) == {"new": 0, "changed": 0, "unchanged": 3, "missing": 0}
    assert apply(again).state == "applied"
    assert [list(model.objects.order_by("pk").values()) for model in (Action, ProgressUpdate)] == before
    assert list(draft.actions.order_by("pk").values()) == words
