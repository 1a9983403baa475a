"""A plan file, from its upload to the applied draft."""

from contextlib import ExitStack
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.core.files.base import ContentFile

from actionplans.models import Action, ImportedRow, PlanImport, ProgressUpdate
from actionplans.services import import_work, imports
from actionplans.services.imports import Told
from concordat.at_work import PLAN_FILES
from concordat.kernel.models import Change
from concordat.tasks import take_import
from signatories.models import Membership, Person
from signatories.services.errors import NotAllowedError
from tests import factories as make
from tests.actionplans.importing.place import (
    NOW,
    ROWS,
    TODAY,
    answer,
    apply,
    bring_in,
    counts,
    lines,
    make_draft,
    upload,
    work,
    workbook,
)
from tests.plan_files.workbooks import long_workbook

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


def taken() -> PlanImport:
    """A file that no worker has looked at."""
    file = ContentFile(workbook(*ROWS), name="plan.xlsx")
    return imports.take_file(make_draft(), file, Told(as_at=TODAY), by="tests", now=NOW)


def stop_half_way(row: PlanImport) -> None:
    """As a worker leaves it that was killed."""
    PlanImport.objects.filter(pk=row.pk).update(state="reading", claimed_at=NOW)


def test_a_step_that_was_stopped_is_done_again() -> None:
    row = taken()
    stop_half_way(row)
    imports.free_stuck(by="tests", now=NOW + timedelta(minutes=2))
    assert work(row).state == "reading"  # it may still be at work
    imports.free_stuck(by="tests", now=NOW + timedelta(minutes=4))
    assert work(row).state == "ready"


@pytest.mark.parametrize(
    ("is_alive", "seconds", "state"),
    [
        (False, 10, "reading"),
        (False, 20, "received"),
        (True, 170, "reading"),
        (None, 170, "reading"),
        (True, 200, "received"),
    ],
)
def test_a_worker_that_says_nothing_is_found_out_soon(is_alive: bool | None, seconds: int, state: str) -> None:
    row = taken()
    stop_half_way(row)
    imports.free_stuck(by="tests", now=NOW + timedelta(seconds=seconds), is_alive=lambda _: is_alive)
    row.refresh_from_db()
    assert row.state == state


def test_who_is_at_work_says_so() -> None:
    assert PLAN_FILES.is_alive(7) is False
    with PLAN_FILES.alive(7):
        assert PLAN_FILES.is_alive(7) is True
    assert PLAN_FILES.is_alive(7) is False


def test_a_second_worker_takes_no_sign_of_life_away() -> None:
    row = taken()
    stop_half_way(row)
    with PLAN_FILES.alive(row.pk):
        take_import(row.pk)
        assert PLAN_FILES.is_alive(row.pk) is True
        imports.free_stuck(by="tests", now=NOW + timedelta(seconds=20), is_alive=PLAN_FILES.is_alive)
    row.refresh_from_db()
    assert row.state == "reading"


def test_whoever_leaves_takes_back_only_what_he_said() -> None:
    with ExitStack() as later:
        with PLAN_FILES.alive(8):
            later.enter_context(PLAN_FILES.alive(8))
        assert PLAN_FILES.is_alive(8) is True
    assert PLAN_FILES.is_alive(8) is False


@pytest.mark.parametrize("closed", ["role", "account"])
def test_nothing_is_applied_for_somebody_who_may_not_any_more(closed: str) -> None:
    draft = make_draft()
    role = make.make_membership("coordinator", partnership=draft.plan.partnership)
    found = upload(draft, workbook(*ROWS))
    imports.confirm(found, seen=found.version, by=role.person)
    if closed == "role":
        Membership.objects.filter(pk=role.pk).update(from_on=date(2015, 1, 1), until_on=TODAY)
    else:
        Person.objects.filter(pk=role.person.pk).update(is_active=False)
    found = work(found)
    assert (found.state, found.notice) == ("ready", import_work.NO_LONGER)
    assert not draft.actions.exists()
    other = make.make_membership("coordinator", partnership=draft.plan.partnership)
    imports.confirm(found, seen=found.version, by=other.person)
    assert work(found).state == "applied"


def test_after_three_tries_the_person_is_told() -> None:
    row = taken()
    for tries in (1, 2, 3):
        stop_half_way(row)
        PlanImport.objects.filter(pk=row.pk).update(tries=tries)
        imports.free_stuck(by="tests", now=NOW + timedelta(minutes=4))
    row.refresh_from_db()
    assert (row.state, row.refusal) == ("refused", imports.STOPPED)


def test_a_slow_worker_whose_claim_was_taken_away_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    row = taken()
    understood = import_work.understand

    def meanwhile(*told: object) -> object:
        PlanImport.objects.filter(pk=row.pk).update(state="received", claimed_at=None, version=99)
        return understood(*told)  # type: ignore[arg-type]

    monkeypatch.setattr(import_work, "understand", meanwhile)
    found = work(row)
    assert (found.state, found.version, found.found) == ("received", 99, {})
    assert not found.rows.exists()


def test_what_is_beyond_us_is_told_and_nothing_waits(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*told: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr(import_work, "understand", fails)
    found = work(taken())
    assert (found.state, found.refusal) == ("refused", import_work.BEYOND_US)
    assert "could not be understood" in caplog.text


def test_the_history_tells_no_name_that_an_answer_is_about() -> None:
    draft = make_draft()
    row = ("A2", "Train staff", "Alun Pritchard", "June 2016", "In progress", "", "")
    found = answer(upload(draft, workbook(*ROWS, row)), {"a person or a body": "person"})
    while found.found["questions"]:
        found = answer(found, {each["text"]: each["choices"][-1][0] for each in found.found["questions"]})
    assert apply(found).state == "applied"
    told = " ".join(str(fields) for fields in Change.objects.values_list("fields", flat=True))
    assert "Pritchard" not in told
    assert "pritchard" not in told


def test_an_empty_file_and_an_empty_paste_are_refused() -> None:
    draft = make_draft()
    with pytest.raises(NotAllowedError, match="This file is empty"):
        imports.take_file(draft, ContentFile(b"", name="plan.xlsx"), Told(as_at=TODAY), by="tests", now=NOW)
    with pytest.raises(NotAllowedError, match="Paste the table"):
        imports.take_paste(draft, " \n", Told(as_at=TODAY), by="tests", now=NOW)
    assert not PlanImport.objects.exists()


def test_what_one_file_told_of_quarters_holds_for_the_next() -> None:
    draft = make_draft()
    told = Told(as_at=TODAY, quarters="nhs", default_year=2015)
    row = imports.take_file(draft, ContentFile(workbook(*ROWS), name="plan.xlsx"), told, by="tests", now=NOW)
    apply(work(row))
    draft.refresh_from_db()
    second = ("A3", "Train others", "Northshire Police", "Q2", "In progress", "", "")
    found = upload(draft, workbook(*ROWS, second))
    assert (found.quarters, found.default_year) == ("nhs", 2015)
    assert found.rows.get(change="new").understood["timescale"]["end"] == "2015-09-30"


def test_the_bar_moves_through_every_part_of_the_work_and_never_back() -> None:
    draft = make_draft()
    file = ContentFile(long_workbook(250), name="p.xlsx")
    row = imports.take_file(draft, file, Told(as_at=TODAY), by="tests", now=NOW)
    told: list[tuple[int, str]] = []
    import_work.step(row.pk, by="tests", on=TODAY, now=NOW, progress=lambda done, what: told.append((done, what)))
    row.refresh_from_db()
    assert row.state == "ready"
    done = [each for each, _ in told]
    assert done == sorted(set(done))
    assert (done[0], done[-1]) == (2, 100)
    assert max(after - before for before, after in pairwise(done)) <= 25
    assert "Understanding the actions: 200 of 249" in [what for _, what in told]
