"""What a plan file makes of a draft with actions in it."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplans.models import Action, ActionInVersion, ImportMemory, PlanVersion, ProgressUpdate
from actionplans.services import drafting, imports, lines, plans
from concordat.kernel.models import Change
from signatories.services.errors import FasterError, NotAllowedError
from tests import factories as make
from tests.actionplans.importing.place import (
    NOW,
    ROWS,
    TODAY,
    answer,
    apply,
    bring_in,
    counts,
    make_draft,
    upload,
    work,
    workbook,
)
from tests.actionplans.importing.place import lines as lines_of

pytestmark = pytest.mark.django_db
CAFE, NURSE, NUMBER = ROWS
PUBLISHED = date(2015, 5, 1)


@pytest.fixture
def next_draft() -> PlanVersion:
    """The next version of a plan of which the first, with the three actions, is published."""
    first = make_draft()
    bring_in(first, workbook(*ROWS))
    publish(first)
    draft = drafting.begin_version(first.plan, by="tests", on=TODAY)
    closed = ActionInVersion.every.filter(version=draft, reference="B2")  # these tests are about the other two
    closed.update(is_left_out=True, left_out_reason="Done long ago")
    return draft


def publish(draft: PlanVersion) -> None:
    draft.refresh_from_db()
    area = make.make_area()
    make.cover(draft.plan, area)
    make.make_declaration(partnership=draft.plan.partnership, areas=[area], published_on=date(2015, 1, 1))
    plans.publish_version(draft, on=PUBLISHED, by="tests")


def standing(draft: PlanVersion) -> list[str]:
    return [line.reference for line in lines_of(draft)]


def test_an_action_keeps_its_id_and_the_public_still_reads_the_old_words(next_draft: PlanVersion) -> None:
    cafe = Action.objects.get(reference="A1")
    reworded = ("A1", "Open a crisis café in Anytown, every night", "Northshire Police", "March 2017", "", "", "Open")
    bring_in(next_draft, workbook(reworded, NURSE, NUMBER))
    line = next_draft.actions.get(action=cafe)
    assert line.text == "Open a crisis café in Anytown, every night"
    assert line.proposes["timescale"]["due_on"] == "2017-03-31"
    assert line.proposes["date_reason"] == "As in the plan of 3 June 2015."
    assert [lead[2] for lead in line.proposes["leads"]] == ["Northshire Police"]
    cafe.refresh_from_db()
    assert (cafe.text, cafe.due_on) == ("Open a crisis café in Anytown", date(2016, 3, 31))
    plans.publish_version(next_draft, on=date(2015, 7, 1), by="tests")
    cafe.refresh_from_db()
    assert cafe.text == "Open a crisis café in Anytown, every night"
    assert cafe.date_changes.get().due_on == date(2017, 3, 31)


@pytest.mark.parametrize(
    ("when", "first", "now"),
    [
        ("April 2015, Revised date: April 2017", date(2015, 4, 30), date(2017, 4, 30)),
        ("was March 2015, now June 2016", date(2015, 3, 31), date(2016, 6, 30)),
    ],
)
def test_a_new_action_keeps_the_day_first_written(when: str, first: date, now: date) -> None:
    draft = make_draft()
    bring_in(draft, workbook((*CAFE[:3], when, *CAFE[4:])))
    publish(draft)
    cafe = Action.objects.get(reference="A1")
    assert (cafe.due_on, cafe.timescale_text) == (first, when)
    (moved,) = cafe.date_changes.all()
    assert (moved.old_due_on, moved.due_on, moved.timescale_text) == (first, now, when)
    assert (moved.decided_on, moved.reason) == (PUBLISHED, "As in the plan of 3 June 2015.")
    assert counts(upload(drafting.begin_version(draft.plan, by="tests", on=TODAY), workbook(CAFE)))["new"] == 0


def test_a_column_of_revised_dates_moves_the_first_date() -> None:
    draft = make_draft()
    headings = ("Ref", "Action", "Lead", "By when", "Revised date")
    bring_in(draft, workbook((*CAFE[:3], "April 2015", "June 2016"), headings=headings))
    publish(draft)
    cafe = Action.objects.get(reference="A1")
    assert (cafe.due_on, cafe.date_changes.get().due_on) == (date(2015, 4, 30), date(2016, 6, 30))


def test_the_steps_of_a_timescale_are_kept() -> None:
    draft = make_draft()
    bring_in(draft, workbook((*CAFE[:3], "Feasibility June 2015; live April 2016", *CAFE[4:])))
    publish(draft)
    cafe = Action.objects.get(reference="A1")
    assert [(each["label"], each["end"]) for each in cafe.milestones] == [
        ("Feasibility", "2015-06-30"),
        ("live", "2016-04-30"),
    ]
    assert cafe.due_on == date(2016, 4, 30)


@pytest.mark.parametrize(
    ("said", "status", "field", "words"),
    [
        ("done:The nurse is there.", "completed", "outcome_note", "The nurse is there."),
        ("done", "completed", "outcome_note", "No longer in the plan of 3 June 2015."),
        ("dropped:No money", "not_going_ahead", "reason", "No money"),
    ],
)
def test_what_is_missing_becomes_what_the_person_says(
    next_draft: PlanVersion, said: str, status: str, field: str, words: str
) -> None:
    bring_in(next_draft, workbook(CAFE, NUMBER), {"“B1: Put a mental": said})
    report = ProgressUpdate.objects.get(action__reference="B1", until_on=None)
    assert (report.status, getattr(report, field), report.state) == (status, words, "accepted")
    assert standing(next_draft) == ["A1", "B1"]  # what is closed stays
    assert Action.objects.filter(reference="B1").exists()


def test_what_is_missing_is_merged_or_carried(next_draft: PlanVersion) -> None:
    bring_in(next_draft, workbook(NUMBER), {"“A1: Open": "carried", "“B1: Put": "merged:A1"})
    nurse = ProgressUpdate.objects.get(action__reference="B1", until_on=None)
    assert nurse.status == "merged"
    assert nurse.merged_into.reference == "A1"
    assert standing(next_draft) == ["A1", "B1"]


def test_an_answer_with_no_question_is_told_and_a_missing_one_is_asked_about(next_draft: PlanVersion) -> None:
    found = upload(next_draft, workbook(CAFE, NUMBER))
    assert [question["kind"] for question in found.found["questions"]] == ["missing"]
    with pytest.raises(NotAllowedError, match="Answer all questions first"):
        imports.confirm(found, seen=found.version, by="tests")


def test_two_actions_change_their_numbers(next_draft: PlanVersion) -> None:
    swapped = [("B1", *CAFE[1:]), ("A1", *NURSE[1:])]
    bring_in(next_draft, workbook(*swapped, NUMBER))
    assert {line.text[:4]: line.reference for line in lines_of(next_draft)} == {"Open": "B1", "Put ": "A1"}


def test_a_number_that_the_file_gives_to_another_action(next_draft: PlanVersion) -> None:
    other = ("B1", "Begin a street triage team", "Northshire Police", "June 2016", "", "", "")
    said = {"Is it the same action?": "new"}
    found = answer(upload(next_draft, workbook(CAFE, other, NUMBER)), said)
    found = answer(found, {"is not in this file": "carried"})
    assert apply(found).state == "applied"
    assert {line.text[:5]: line.reference for line in lines_of(next_draft)} == {
        "Open ": "A1",
        "Begin": "B1",
        "Put a": "",
    }


def test_the_lines_stand_as_in_the_file(next_draft: PlanVersion) -> None:
    new = ("A0", "Agree who is on call", "Northshire Police", "June 2016", "", "", "")
    bring_in(next_draft, workbook(NURSE, new, CAFE, NUMBER))
    assert standing(next_draft) == ["B1", "A0", "A1"]


def test_a_report_in_hand_or_a_later_one_is_never_written_over(next_draft: PlanVersion) -> None:
    cafe, nurse = Action.objects.get(reference="A1"), Action.objects.get(reference="B1")
    make.make_update(action=cafe, state="draft", reported_on=TODAY)
    make.make_update(action=nurse, status="paused", reported_on=date(2015, 6, 10))
    rows = ((*CAFE[:4], "Completed", "It is open", "Open"), (*NURSE[:4], "In progress", "It goes on", ""))
    found = upload(next_draft, workbook(*rows, NUMBER))
    warnings = [text for _, text in found.found["warnings"]]
    assert (
        "How it stands in this file is not taken over: a report on it is in hand or waits to be accepted." in warnings
    )
    assert "How it stands in this file is not taken over: a later report on it is there already." in warnings
    before = ProgressUpdate.objects.count()
    apply(found)
    assert ProgressUpdate.objects.count() == before


def test_the_report_before_ends_with_the_day_of_the_file(next_draft: PlanVersion) -> None:
    make.make_update(action=Action.objects.get(reference="B1"), status="in_progress", reported_on=date(2015, 6, 2))
    bring_in(next_draft, workbook(CAFE, (*NURSE[:4], "Paused", "No money", ""), NUMBER))
    told = ProgressUpdate.objects.filter(action__reference="B1").values_list("status", "until_on")
    assert list(told) == [("in_progress", TODAY), ("paused", None)]


def test_names_of_persons_stay_out_of_what_everybody_reads(next_draft: PlanVersion) -> None:
    told = (*NURSE[:4], "In progress", "Insp. J Smith has trained all staff", "")
    found = bring_in(next_draft, workbook(CAFE, told, NUMBER), {"names a person, “Insp. J Smith”": "person"})
    report = ProgressUpdate.objects.get(action__reference="B1", until_on=None)
    assert report.public_text == "[name left out] has trained all staff"
    assert "Insp. J Smith has trained all staff" in str([row.cells for row in found.rows.all()])
    assert counts(upload(next_draft, workbook(CAFE, told, NUMBER)))["unchanged"] == 3


def test_who_was_faster_with_the_plan_is_shown_first(next_draft: PlanVersion) -> None:
    found = upload(next_draft, workbook(CAFE, (*NURSE[:4], "Paused", "", ""), NUMBER))
    imports.confirm(found, seen=found.version, by="tests")
    line = next_draft.actions.get(reference="B1")
    lines.leave_out(line, seen=line.version.version, reason="Another plan has it", by="tests")
    found = work(found)
    assert found.state == "ready"
    assert "The plan has changed since you looked at this" in found.notice
    assert not ProgressUpdate.objects.filter(status="paused").exists()
    assert "left_out" in str(found.rows.get(change="changed").understood["differences"])


def test_a_version_that_is_submitted_meanwhile_is_not_written(next_draft: PlanVersion) -> None:
    found = upload(next_draft, workbook(*ROWS))
    imports.confirm(found, seen=found.version, by="tests")
    PlanVersion.objects.filter(pk=next_draft.pk).update(state="submitted", submitted_at=NOW)
    found = work(found)
    assert found.state == "ready"
    assert "with the national reviewers" in found.notice


def test_of_two_people_one_goes_on(next_draft: PlanVersion) -> None:
    found = upload(next_draft, workbook(*ROWS))
    seen = found.version
    imports.confirm(found, seen=seen, by="tests")
    with pytest.raises(FasterError):
        imports.abandon(found, seen=seen, by="tests")
    assert work(found).state == "applied"
    assert work(found).state == "applied"  # a second time does nothing
    assert Change.objects.filter(subject_type="actionplans.planimport", verb="applied").count() == 2


def test_what_the_partnership_told_is_remembered() -> None:
    draft = make_draft()
    lead = ("A2", "Train staff", "The Friends of Anytown", "June 2016", "In progress", "", "")
    bring_in(draft, workbook(*ROWS, lead), {"Friends of Anytown": "keep"})
    memory = ImportMemory.objects.get()
    assert list(memory.answers.values()) == ["keep"]
    again = ("A3", "Train others", "The Friends of Anytown", "June 2016", "In progress", "", "")
    assert upload(draft, workbook(*ROWS, lead, again)).found["questions"] == []


def test_a_fixed_number_of_queries_for_each_thousand_rows() -> None:
    taken: dict[int, int] = {}
    for number in (10, 400):
        draft = make_draft()
        rows = [
            (f"A{at}", f"Agree number {at} of the list", "Northshire Police", "June 2016", "In progress", "Begun", "")
            for at in range(number)
        ]
        found = upload(draft, workbook(*rows))
        assert found.found["questions"] == []
        imports.confirm(found, seen=found.version, by="tests")
        with CaptureQueriesContext(connection) as queries:
            assert work(found).state == "applied"
        taken[number] = len(queries)
    assert taken[400] - taken[10] <= 60


def test_another_outcome_stands_in_the_line_and_is_proposed() -> None:
    draft = make_draft()
    bring_in(draft, workbook((*CAFE[:6], "A place to go")))
    [line] = lines_of(draft)
    assert (line.outcome, line.proposes["outcome"], line.action.outcome) == ("A place to go", "A place to go", "")
    bring_in(draft, workbook((*CAFE[:6], "Nobody waits")))
    [line] = lines_of(draft)
    assert (line.outcome, line.proposes["outcome"], line.action.outcome) == ("Nobody waits", "Nobody waits", "")
    assert Change.objects.about(line).get(verb="drafted").fields["outcome"] == ["A place to go", "Nobody waits"]


def test_the_words_that_a_person_saves_keep_how_the_file_was_read() -> None:
    draft = make_draft()
    bring_in(draft, workbook((*CAFE[:3], "Quarterly", *CAFE[4:])))
    line = ActionInVersion.objects.select_related("version", "action").get()
    assert line.proposes["timescale"]["kind"] == "recurring"
    values: dict[str, Any] = {
        "reference": "A1",
        "section": line.section,
        "section_text": line.section_text,
        "text": "Other words",
        "timescale": {"text": "Quarterly", "due_on": "", "precision": ""},
    }
    lines.save_action(line, values, seen=line.version.version, by="tests", on=TODAY)
    line.refresh_from_db()
    assert (line.text, line.proposes["timescale"]["kind"]) == ("Other words", "recurring")


def test_of_two_bodies_of_one_name_the_member_is_meant() -> None:
    make_draft()
    draft = make_draft()
    bring_in(draft, workbook(NURSE))
    police = draft.plan.partnership.members.get(organisation__type="police").organisation
    assert lines_of(draft)[0].proposes["leads"] == [["lead", police.pk, "Northshire Police"]]
