"""The meeting view: what there is to talk about, and recording what was decided."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from actionplans.models import Action, MeetingDecision
from signatories.models import BoardMeeting
from tests import factories as make
from tests.actionplans.reporting import report
from tests.concordat.workspace.conftest import TODAY, Place
from tests.concordat.workspace.test_meetings import parts
from tests.concordat.workspace.test_partnerships import one_more
from tests.plain import plain
from tests.sign_in import enter

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
MET, NEW = date(2026, 10, 20), date(2027, 3, 31)


@pytest.fixture
def meeting(place: Place) -> BoardMeeting:
    make.make_update(action=place.action, reported_on=date(2026, 10, 1), confidence="off_track")
    board = make.make_board(name="Northshire Health Board")
    make.make_oversight(board=board, partnership=place.partnership)
    return make.make_meeting(board=board, held_on=MET)


def view(meeting: BoardMeeting) -> str:
    return f"/workspace/meetings/{meeting.pk}/"


def about(meeting: BoardMeeting, action: Action) -> str:
    return f"{view(meeting)}actions/{action.pk}/"


def data(kind: str, *, seen: int = 0, new_due_on: date | None = None, **others: str) -> dict[str, str]:
    return {"kind": kind, "seen": str(seen)} | parts("new_due_on", new_due_on) | others


class TestView:
    def test_by_lead_with_every_reason(self, as_: As, place: Place, meeting: BoardMeeting) -> None:
        late = one_more(place, "Late one", due_on=date(2026, 10, 30))
        report(late, TODAY, new_due_on=NEW, new_date_reason="The builders are late")
        loose = one_more(place, "Nobody leads it", owned=False)
        make.make_update(action=loose, reported_on=TODAY)
        make.make_update(action=one_more(place, "Fine", due_on=date(2028, 1, 1)), reported_on=TODAY)
        page = plain(as_("coordinator").get(view(meeting)))
        assert "Meeting on 20 October 2026" in page
        assert "To talk about (2)" in page
        assert "Northshire Police (2)" in page
        assert "Late one Overdue Asks for a new date Not started. Due by 30 October 2026." in page
        assert "Asks for 31 March 2027 , because: The builders are late" in page
        assert "B1 Mental health nurse in the control room Off track In progress, off track." in page
        assert "Other open actions (2)" in page

    def test_joint_leads_and_how_often_a_date_moved(self, as_: As, place: Place, meeting: BoardMeeting) -> None:
        late = one_more(place, "Late one", due_on=date(2026, 10, 30))
        make.make_lead(action=late, organisation=make.make_organisation(name="A Trust"), role="joint")
        make.make_date_change(action=late, due_on=date(2026, 10, 31), decided_on=date(2026, 10, 2))
        page = plain(as_("coordinator").get(view(meeting)))
        assert "Due by 31 October 2026, moved once." in page
        assert "Led jointly with A Trust." in page
        assert "A Trust (" not in page
        assert "none is planned, so we count three months, to 20 January 2027" in page

    def test_the_next_meeting(self, as_: As, place: Place, meeting: BoardMeeting) -> None:
        make.make_meeting(board=meeting.board, held_on=date(2026, 12, 1), cancelled_on=TODAY)
        make.make_meeting(board=meeting.board, held_on=date(2026, 12, 8))
        make.make_update(action=one_more(place, "Soon", due_on=date(2026, 12, 7)), reported_on=TODAY)
        page = plain(as_("coordinator").get(view(meeting)))
        assert "due before the next meeting on 8 December 2026" in page
        assert "Soon Due before the next meeting" in page

    def test_a_reader_reads_and_records_nothing(self, as_: As, place: Place, meeting: BoardMeeting) -> None:
        make.make_decision(meeting=meeting, action=place.action, kind="asked", note="Come in May")
        page = plain(as_("board member").get(view(meeting)))
        assert "Not public Come in May" in page
        assert "Record a decision" not in page
        assert "Change the meeting" not in page

    def test_a_meeting_to_come(self, as_: As, meeting: BoardMeeting) -> None:
        ahead = make.make_meeting(board=meeting.board, held_on=date(2026, 12, 1), papers_due_on=date(2026, 11, 17))
        page = plain(as_("coordinator").get(view(ahead)))
        assert "Tuesday 17 November 2026: 15 days left" in page
        assert "This meeting is on 1 December 2026. Decisions can be recorded from that day on." in page
        assert "Record a decision" not in page

    def test_a_cancelled_one_has_no_agenda(self, as_: As, meeting: BoardMeeting) -> None:
        off = make.make_meeting(board=meeting.board, held_on=date(2026, 10, 6), cancelled_on=TODAY)
        page = plain(as_("coordinator").get(view(off)))
        assert "This meeting is cancelled. Too few people" in page
        assert "To talk about" not in page

    def test_a_board_that_oversees_nothing(self, as_: As, place: Place) -> None:
        page = plain(as_("administrator").get(view(make.make_meeting(held_on=MET))))
        assert "The board oversees no partnership on this day." in page

    def test_one_partnership_at_a_time(self, as_: As, place: Place, meeting: BoardMeeting) -> None:
        other = make.make_partnership(name="Zetland", slug="zetland")
        make.make_oversight(board=meeting.board, partnership=other)
        client = as_("coordinator")
        assert "Zetland" not in plain(client.get(view(meeting)))
        assert client.get(f"{view(meeting)}?partnership=zetland").status_code == 404
        make.make_membership("chair", person=place.people["coordinator"], partnership=other)
        page = plain(client.get(view(meeting)))
        assert "You see one at a time." in page
        assert "To talk about (1)" in page
        page = plain(client.get(f"{view(meeting)}?partnership=zetland"))
        assert "Zetland (shown below)" in page
        assert "To talk about (0)" in page
        assert "Nothing needs the board today." in page

    @pytest.mark.parametrize("size", [10, 500])
    def test_queries(
        self, as_: As, place: Place, meeting: BoardMeeting, size: int, django_assert_num_queries: Any
    ) -> None:
        for number in range(size):
            action = one_more(place, f"Action {number}", due_on=date(2026, 10, 1))
            make.make_update(action=action, reported_on=TODAY)
            make.make_decision(meeting=meeting, action=action, kind="moved")
        client = as_("coordinator")
        with django_assert_num_queries(15):
            client.get(view(meeting))


class TestRecord:
    def test_another_date(self, as_: As, place: Place, meeting: BoardMeeting) -> None:
        sent = data("moved", new_due_on=NEW, reason="The builders are late", note="Ask again")
        client = as_("coordinator")
        page = plain(client.post(about(meeting, place.action), sent, follow=True))
        assert "The decision on “B1 Mental health nurse in the control room” is recorded." in page
        assert "Decisions (1) B1 Mental health nurse in the control room Another date agreed" in page
        assert "Now due by 31 March 2027, because: The builders are late Not public Ask again" in page
        assert "Recorded on 2 November 2026 by Jo coordinator." in page
        assert "Decided Off track" in page
        own = plain(client.get(f"/workspace/actions/{place.action.pk}/"))
        assert "What boards decided 20 October 2026 , Northshire Health Board Another date agreed" in own
        public = plain(client.get(f"/actions/{place.action.pk}/"))
        assert "Decided on 20 October 2026, because: The builders are late" in public
        assert "Ask again" not in public

    def test_the_history_tells_who_decided(self, as_: As, place: Place, meeting: BoardMeeting) -> None:
        client = as_("coordinator")
        client.post(about(meeting, place.action), data("not_going_ahead", reason="No money"))
        page = plain(client.get(f"/workspace/actions/{place.action.pk}/history/"))
        assert "Why: Decided by Northshire Health Board on 20 October 2026" in page
        assert place.action.updates.get(until_on=None, state="accepted").reason == "No money"

    def test_the_date_that_is_asked_for(self, as_: As, place: Place, meeting: BoardMeeting) -> None:
        waiting = report(place.action, date(2026, 10, 15), new_due_on=NEW, new_date_reason="Staff left")
        client = as_("coordinator")
        form = client.get(about(meeting, place.action))
        assert "31 March 2027 , because: Staff left" in plain(form)
        hidden = {name: str(form.context["form"].initial[name]) for name in ("report", "report_version")}
        client.post(about(meeting, place.action), data("agreed", **hidden))
        waiting.refresh_from_db()
        assert (waiting.state, place.action.date_changes.get().decided_on) == ("accepted", MET)

    def test_only_what_is_asked_for_can_be_agreed(self, as_: As, place: Place, meeting: BoardMeeting) -> None:
        assert "Agree the new date that is asked for" not in plain(as_("coordinator").get(about(meeting, place.action)))

    def test_merged(self, as_: As, place: Place, meeting: BoardMeeting) -> None:
        into, closed = one_more(place, "The bigger one"), one_more(place, "A closed one")
        make.make_update(action=closed, status="completed", reported_on=TODAY)
        client = as_("coordinator")
        page = plain(client.get(about(meeting, place.action)))
        assert "The bigger one" in page
        assert "A closed one" not in page
        page = plain(client.post(about(meeting, place.action), data("merged", merged_into=str(into.pk)), follow=True))
        assert "Merged into another action Into: The bigger one." in page

    @pytest.mark.parametrize(
        ("sent", "field", "sentence"),
        [
            (data(""), "kind", "Choose what the board decided."),
            (data("moved", reason="x"), "new_due_on", "Say which date was agreed."),
            (data("moved", new_due_on=NEW), "reason", "Say why the date moves."),
            (data("not_going_ahead"), "reason", "Say why it is not going ahead."),
            (data("merged"), "merged_into", "Say which action it is merged into."),
            (data("merged", merged_into="0"), "merged_into", "Select a valid choice"),
            (data("asked"), "note", "Write down what the lead organisation is asked."),
            (data("other"), "note", "Write down what was decided."),
            (data("kept", note="x" * 2001), "note", "This has 2,001 characters."),
        ],
    )
    def test_what_is_lacking_is_said_beside_its_field(
        self, as_: As, place: Place, meeting: BoardMeeting, sent: dict[str, str], field: str, sentence: str
    ) -> None:
        sent = {"note": "", "reason": ""} | sent
        answer = as_("coordinator").post(about(meeting, place.action), sent)
        assert answer.status_code == 400
        assert sentence in str(answer.context["form"].errors[field])
        assert sent["reason"] in answer.content.decode()
        assert not MeetingDecision.objects.exists()

    @pytest.mark.parametrize("seen", ["", "-1", "x", "1001"])
    def test_what_no_form_sends(self, as_: As, place: Place, meeting: BoardMeeting, seen: str) -> None:
        answer = as_("coordinator").post(about(meeting, place.action), data("kept") | {"seen": seen})
        assert (answer.status_code, MeetingDecision.objects.count()) == (400, 0)

    def test_sent_twice(self, as_: As, place: Place, meeting: BoardMeeting) -> None:
        client, sent = as_("coordinator"), data("moved", new_due_on=NEW, reason="The builders are late")
        client.post(about(meeting, place.action), sent)
        answer = client.post(about(meeting, place.action), sent)
        page = plain(answer)
        assert answer.status_code == 409
        assert "Somebody else has recorded a decision on this action at this meeting since you opened it." in page
        assert "What you typed is still here, and not recorded." in page
        assert "Recorded already at this meeting 20 October 2026 , Northshire Health Board Another date agreed" in page
        assert 'name="seen" value="1"' in answer.content.decode()
        assert MeetingDecision.objects.count() == 1

    def test_closed_in_between(self, as_: As, place: Place, meeting: BoardMeeting) -> None:
        make.make_update(action=place.action, status="completed", reported_on=date(2026, 10, 25))
        sent = data("moved", new_due_on=NEW, reason="The builders are late")
        answer = as_("coordinator").post(about(meeting, place.action), sent)
        assert answer.status_code == 400
        assert "This action is closed: Completed, reported on 25 October 2026. Nothing is recorded." in plain(answer)
        assert "The builders are late" in answer.content.decode()

    def test_accepted_in_between(self, as_: As, place: Place, meeting: BoardMeeting) -> None:
        waiting = report(place.action, date(2026, 10, 15), new_due_on=NEW, new_date_reason="Staff left")
        make.make_update(action=place.action, state="accepted", reported_on=date(2026, 10, 16))
        type(waiting).objects.filter(pk=waiting.pk).update(state="returned", review_comment="Why?")
        sent = data("agreed", report=str(waiting.pk), report_version="1", note="As asked")
        answer = as_("coordinator").post(about(meeting, place.action), sent)
        assert answer.status_code == 400
        assert "No report that asks for a new date waits any more. Choose another decision." in plain(answer)
        assert "As asked" in answer.content.decode()

    def test_changed_since_it_was_read(self, as_: As, place: Place, meeting: BoardMeeting) -> None:
        waiting = report(place.action, date(2026, 10, 15), new_due_on=NEW, new_date_reason="Staff left")
        report(place.action, date(2026, 10, 16), new_due_on=date(2027, 4, 30), new_date_reason="More staff left")
        sent = data("agreed", report=str(waiting.pk), report_version="1")
        answer = as_("coordinator").post(about(meeting, place.action), sent)
        assert answer.status_code == 409
        assert "This report was changed since you opened it." in plain(answer)
        assert "30 April 2027 , because: More staff left" in plain(answer)
        assert 'name="report_version" value="2"' in answer.content.decode()

    def test_before_the_meeting(self, as_: As, place: Place, meeting: BoardMeeting) -> None:
        ahead = make.make_meeting(board=meeting.board, held_on=date(2026, 12, 1))
        client = as_("coordinator")
        page = plain(client.get(about(ahead, place.action)))
        assert "Decisions can be recorded from that day on." in page
        assert "Record the decision" not in page
        answer = client.post(about(ahead, place.action), data("kept"))
        assert (answer.status_code, MeetingDecision.objects.count()) == (400, 0)
        assert "This meeting is on 1 December 2026." in plain(answer)

    def test_a_report_in_hand_is_named(self, as_: As, place: Place, meeting: BoardMeeting) -> None:
        report(place.action, TODAY, hand_in=False)
        page = plain(as_("coordinator").get(about(meeting, place.action)))
        assert "Somebody has begun a report on it. It stays as it is, whatever you record here." in page

    def test_what_was_typed_outlives_the_session(self, as_: As, place: Place, meeting: BoardMeeting) -> None:
        client = as_("coordinator")
        who = client.get(about(meeting, place.action)).context["who"]
        client.logout()
        client.post(about(meeting, place.action), data("kept", note="Well begun", who=who))
        enter(client, place.people["coordinator"])
        page = client.get(about(meeting, place.action))
        assert "You had been signed out." in plain(page)
        assert "Well begun" in page.content.decode()

    @pytest.mark.parametrize(
        ("role", "status"), [("owner", 404), ("lead", 404), ("board member", 403), ("reviewer", 403), ("nobody", 403)]
    )
    def test_who_may_not(self, as_: As, place: Place, meeting: BoardMeeting, role: str, status: int) -> None:
        assert as_(role).post(about(meeting, place.action), data("kept")).status_code == status
        assert not MeetingDecision.objects.exists()

    def test_not_on_an_action_of_another_partnership(self, as_: As, place: Place, meeting: BoardMeeting) -> None:
        mine = make.make_membership("coordinator", person=place.people["coordinator"]).partnership
        action = make.make_action(plan=make.make_plan(partnership=mine))
        assert as_("coordinator").post(about(meeting, action), data("kept")).status_code == 404
        assert not MeetingDecision.objects.exists()

    @pytest.mark.parametrize("size", [10, 500])
    def test_queries(
        self, as_: As, place: Place, meeting: BoardMeeting, size: int, django_assert_num_queries: Any
    ) -> None:
        for number in range(size):
            one_more(place, f"Action {number}")
        client = as_("coordinator")
        with django_assert_num_queries(17):
            client.get(about(meeting, place.action))
