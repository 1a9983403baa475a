"""The paper that a board takes: what is in it, on the day asked for, and nothing of other partnerships."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplans.services.reports import return_report
from actionplans.services.updates import accept_update
from concordat.reports import board
from concordat.reports.formats import pdf
from concordat.reports.questions import Question
from concordat.reports.shapes import Answer
from signatories.models import BoardMeeting
from tests import factories as make
from tests.actionplans.reporting import report
from tests.concordat.reports.boards import MEETS, NEW, TODAY, Place, asked, make_place, one_more, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return make_place()


@pytest.fixture
def paper(place: Place) -> Answer:
    return board.answer(asked(place))


def test_what_it_says_first(paper: Answer) -> None:
    assert paper.about == "Northshire; Northshire Health Board, 2 December 2026"
    assert paper.summary == (
        "This paper tells the Northshire Health Board, for its meeting on 2 December 2026, how the partnership "
        "Northshire carries out what it promised, as at 2 November 2026.",
        "“Crisis plan, Version 1”: Off track. 1 of 6 actions are done, 1 is overdue. 1 is not going ahead. "
        "The last update was on 1 October 2026.",
        "The board is asked to:",
        "1. Note that 1 of 6 actions are done, and the 2 exceptions listed below.",
        "2. Endorse 1 action as completed and 1 change of what stands in the plan (new, dropped, merged, left out, "
        "taken up again) since 2 August 2026.",
        "3. Agree, or change, 1 revised date asked for: B4.",
        "4. Ask Northshire Police to attend, or to answer in writing, for B1.",
    )


def test_each_of_several_leads_is_asked_to_attend(place: Place) -> None:
    trust = make.make_organisation(name="A Trust")
    make.make_lead(action=place.actions["B1"], organisation=trust, role="joint")
    told = board.answer(asked(place)).summary[-2:]
    assert told == (
        "4. Ask A Trust to attend, or to answer in writing, for B1.",
        "5. Ask Northshire Police to attend, or to answer in writing, for B1.",
    )


def test_what_is_overdue_is_counted_by_one_rule_and_in_public_besides(place: Place) -> None:
    one_more(place, "C1", "Due yesterday", due_on=date(2026, 11, 1))
    paper = board.answer(asked(place))
    assert (
        "1 of 7 actions are done, 2 are overdue. 1 is not going ahead. In public 1 is overdue so far."
        in paper.summary[1]
    )
    found = dict(rows(paper, "numbers", "measure", "now"))
    listed = [each for each in rows(paper, "exceptions", "reasons") if "verdue" in each]
    assert (found["past_due"], found["overdue"], len(listed)) == (2, 1, 2)


def test_exceptions(paper: Answer) -> None:
    columns = ("ref", "action", "lead", "due", "revised", "reasons", "why", "help_needed")
    assert rows(paper, "exceptions", *columns) == [
        (
            *("B1", "Nurse in the control room", "Northshire Police", date(2026, 8, 31), None),
            *("Overdue by 63 days; No update provided", "Nothing was ever reported.", None),
        ),
        (
            *("B2", "A place of safety", "Northshire Police", date(2026, 3, 31), date(2026, 12, 31)),
            *("Off track", "No room yet", "We need a room"),
        ),
    ]


def test_numbers_beside_those_of_the_quarter_before(paper: Answer) -> None:
    found = {row[0]: row[1:] for row in rows(paper, "numbers", "measure", "now", "then", "change")}
    assert found["total"] == (6, 6, 0)
    assert found["done"] == (1, 0, 1)
    assert found["percent_done"] == (16, 0, 16)
    assert found["overdue"] == (1, 0, 1)
    assert found["no_update"] == (1, None, None)


def test_what_was_not_known_last_time_is_explained(paper: Answer) -> None:
    assert paper.table("numbers").told == (
        "Each action once. Last time: 2 August 2026. How many had no update then is not known: a frozen paper alone "
        "tells it."
    )


def test_dates_to_approve(paper: Answer) -> None:
    assert rows(paper, "date_changes", "ref", "due", "holds", "asked_for", "why", "moved") == [
        ("B4", date(2026, 12, 31), date(2026, 12, 31), NEW, "The builders are late", 0)
    ]


def test_completed_and_dropped_since(paper: Answer) -> None:
    assert rows(paper, "completed", "ref", "status", "completed_on", "outcome") == [
        ("B3", "completed", date(2026, 9, 20), "Open seven days")
    ]
    assert rows(paper, "changed", "became", "ref", "why") == [("not_going_ahead", "B5", "No money")]


def test_what_was_done_before_the_day_to_compare_with_is_no_news(place: Place) -> None:
    question = Question(TODAY, date(2026, 10, 2), partnership=place.partnership, since_given=True)
    since = board.answer(question)
    assert rows(since, "completed", "ref") == rows(since, "changed", "ref") == []


def test_indicators_promises_signatories(paper: Answer) -> None:
    assert rows(paper, "indicators", "ref", "measure", "value", "value_on", "before") == [
        ("B2", "Hours open", "70 hours", date(2026, 10, 1), "60 hours")
    ]
    assert rows(paper, "promises", "you_said", "we_will", "state") == [
        ("Somebody to talk to", "We will: Open a cafe", "Done")
    ]
    assert rows(paper, "signatories", "name", "part") == [("Northshire Police", "signatory")]


def test_measures_without_a_value_are_told_once(place: Place, paper: Answer) -> None:
    told = "What the plan measures, with what was last reported. Values are as the reports word them."
    assert paper.table("indicators").told == told
    one_more(place, "C1", "More", outcome_measure="Calls")
    more = board.answer(asked(place)).table("indicators")
    assert more.told == f"{told} For 1 of 2 no value was reported."
    place.actions["B2"].updates.update(measure_value="")
    silent = board.answer(asked(place)).table("indicators")
    assert silent.told == "What the plan measures. No value was reported for any of it."
    assert [heading.name for heading in silent.for_people.headings] == ["Ref", "Action", "Measure"]
    assert [heading.key for heading in silent.headings] == [heading.key for heading in more.headings]


def test_paper_names_the_plan_in_each_row_where_there_are_several(place: Place) -> None:
    def on_paper() -> list[str]:
        return [heading.key for heading in board.answer(asked(place)).table("plan").on_paper.headings]

    assert not {"plan", "id", "section"} & {*on_paper()}
    other = make.make_version(plan=make.make_plan(partnership=place.partnership), published_on=date(2026, 1, 5))
    action = make.make_action(plan=other.plan)
    make.make_in_version(version=other, action=action)
    assert "plan" in on_paper()
    assert len(pdf.told(board.answer(asked(place)))["tables"][-1]["parts"]) <= 2


def test_the_whole_plan_on_paper_has_no_further_columns(place: Place, paper: Answer) -> None:
    assert len(pdf.told(paper)["tables"][-1]["parts"]) == 1


def test_who_has_not_signed(place: Place) -> None:
    programme = place.partnership.programme
    type(programme).objects.filter(pk=programme.pk).update(core_signatory_types=["police", "ambulance_trust"])
    place.partnership.refresh_from_db()
    assert board.answer(asked(place)).table("signatories").told == "Not signed: ambulance trust (“Our word”)."


def test_the_whole_plan(place: Place, paper: Answer) -> None:
    assert rows(paper, "plan", "ref", "status") == [
        ("B1", "not_started"), ("B2", "in_progress"), ("B3", "completed"),
        ("B4", "in_progress"), ("B5", "not_going_ahead"), ("B6", "in_progress"),
    ]  # fmt: skip
    assert rows(paper, "plan", "id") == [action.pk for action in place.actions.values()]
    assert rows(paper, "plan", "latest")[0] == "No update provided."


def test_no_update_since_updates_were_asked_for(place: Place) -> None:
    make.make_window(partnership=place.partnership, opens_on=date(2026, 10, 15), due_on=date(2026, 11, 20))
    paper = board.answer(asked(place))
    silent = [ref for ref, why in rows(paper, "exceptions", "ref", "reasons") if "No update provided" in why]
    assert silent == ["B1", "B2", "B6"]  # that of B4 waits to be accepted
    assert dict(rows(paper, "exceptions", "ref", "why"))["B2"] == "On 1 October 2026: No room yet"
    assert "No update provided. On 1 October 2026: No room yet" in rows(paper, "plan", "latest")
    assert any("since 15 October 2026, when updates were asked for" in note for note in paper.notes)


def test_a_must_do_that_is_late_for_long_comes_first(place: Place) -> None:
    one_more(place, "A1", "A duty", due_on=date(2026, 6, 1), must_do=True)
    paper = board.answer(asked(place))
    first, *_ = rows(paper, "exceptions", "ref", "reasons")
    assert first == ("A1", "National must-do, overdue by 154 days; No update provided")
    assert "4. Ask Northshire Police to attend, or to answer in writing, for A1 and B1." in paper.summary


def test_a_day_of_the_past_keeps_its_proposals(place: Place) -> None:
    """A report that waited then is told of, whatever became of it since."""
    day = date(2026, 10, 25)
    before = board.answer(asked(place, day))
    assert rows(before, "date_changes", "ref") == ["B4"]
    with time_machine.travel(make.noon(TODAY), tick=False):
        waiting = place.actions["B4"].updates.get(state="submitted")
        accept_update(waiting, by="test", version=waiting.version, decided_on=TODAY)
        later = report(place.actions["B6"], TODAY, new_due_on=NEW, new_date_reason="Later")
    assert rows(board.answer(asked(place, day)), "date_changes", "ref") == ["B4"]
    assert rows(board.answer(asked(place)), "date_changes", "ref") == ["B6"]
    with time_machine.travel(make.noon(MEETS), tick=False):
        return_report(later, comment="No", version=later.version, by="test")
    assert rows(board.answer(asked(place)), "date_changes", "ref") == ["B6"]
    assert rows(board.answer(asked(place, MEETS)), "date_changes", "ref") == []


def test_what_happens_later_changes_no_day_of_the_past(place: Place) -> None:
    day = date(2026, 10, 25)
    before = board.answer(asked(place, day))
    make.make_update(action=place.actions["B1"], reported_on=date(2026, 10, 30), status="completed")
    make.make_date_change(action=place.actions["B6"], due_on=NEW, decided_on=date(2026, 10, 28))
    make.make_signature(declaration=place.partnership.declarations.get(), signed_on=TODAY)
    make.make_window(partnership=place.partnership, opens_on=TODAY, due_on=MEETS)
    make.make_commitment(partnership=place.partnership, made_on=TODAY, made_precision="day")
    assert board.answer(asked(place, day)) == before


def test_for_the_meeting_that_is_asked_for(place: Place) -> None:
    other = make.make_meeting(board=make.make_oversight(partnership=place.partnership).board, held_on=date(2027, 1, 5))
    assert board.answer(asked(place, meeting=other.pk)).about == f"Northshire; {other.board}, 5 January 2027"
    with pytest.raises(BoardMeeting.DoesNotExist):
        board.answer(asked(place, meeting=make.make_meeting(partnership=make.make_partnership(), held_on=MEETS).pk))


def test_without_a_meeting_or_a_plan() -> None:
    place = Place(make.make_partnership(name="Southshire"), *[Any] * 3, {})  # type: ignore[arg-type]
    paper = board.answer(asked(place))
    assert paper.about == "Southshire"
    assert "No meeting of a board is planned." in paper.summary[0]
    assert paper.summary[1] == "No action plan of the partnership is in force on this day."
    assert rows(paper, "plan", "id") == []


def test_nothing_of_another_partnership(place: Place) -> None:
    other = make_place()
    paper = board.answer(asked(place))
    theirs = {action.pk for action in other.actions.values()}
    assert not theirs & set(rows(paper, "plan", "id"))
    assert len(rows(paper, "promises", "you_said")) == len(rows(paper, "signatories", "name")) == 1


def test_a_note_of_another_partnership_is_not_shown(place: Place) -> None:
    source = make.make_action(plan=make.make_plan())
    make.make_update(
        action=source, reported_on=date(2026, 10, 1), confidence="off_track", internal_note="Theirs alone",
        public_text="For all",
    )  # fmt: skip
    shown = make.make_action(plan=place.version.plan, mirrors=source)
    make.make_in_version(version=place.version, action=shown, reference="Z1")
    found = {ref: told for ref, *told in rows(board.answer(asked(place)), "exceptions", "ref", "why", "help_needed")}
    assert found["Z1"] == ["For all", None]


@pytest.mark.parametrize("size", [1, 40])
def test_a_fixed_number_of_queries(place: Place, size: int) -> None:
    for number in range(size):
        action = one_more(place, f"D{number}", f"More {number}", due_on=date(2026, 9, 1))
        report(action, date(2026, 10, 20), new_due_on=NEW, new_date_reason="Late")
        make.make_signature(declaration=place.partnership.declarations.get())
        make.make_promise(commitment=make.make_commitment(partnership=place.partnership))
    with CaptureQueriesContext(connection) as queries:
        board.answer(asked(place))
    assert len(queries) == 18
