"""What a board decided about an action: recorded once, done as of the day of the meeting, refused in plain words."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from actionplans.models import Action, DateChange, MeetingDecision, ProgressUpdate
from actionplans.services.decisions import FASTER, Decided, Kind, record_decision
from concordat.kernel.models import Change
from signatories.models import BoardMeeting, Person
from signatories.services.errors import FasterError, NotAllowedError
from tests import factories as make
from tests.actionplans.reporting import report

pytestmark = pytest.mark.django_db
MET, ON, NEW = date(2026, 3, 3), date(2026, 3, 10), date(2026, 9, 30)
MOVED = Decided(kind=Kind.MOVED, new_due_on=NEW, reason="The builders are late", note="Ask again in May")
DROPPED = Decided(kind=Kind.NOT_GOING_AHEAD, reason="No money for it")
KEPT = Decided(kind=Kind.KEPT)


@pytest.fixture
def action() -> Action:
    action = make.make_action(due_on=date(2026, 2, 28))
    make.make_update(action=action, reported_on=date(2026, 1, 20))
    return action


@pytest.fixture
def meeting(action: Action) -> BoardMeeting:
    board = make.make_board(name="Health Board")
    make.make_oversight(board=board, partnership=action.plan.partnership)
    return make.make_meeting(board=board, held_on=MET)


def decide(meeting: BoardMeeting, action: Action, decided: Decided, *, seen: int = 0, on: date = ON) -> MeetingDecision:
    return record_decision(meeting, action, decided, seen=seen, by="test", on=on, now=make.noon(on))


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (MeetingDecision, ProgressUpdate, DateChange, Change))


def refused(meeting: BoardMeeting, action: Action, decided: Decided, sentence: str, **options: Any) -> None:
    """The decision is refused in these words, and nothing is written."""
    before = counts()
    with pytest.raises(NotAllowedError, match=sentence):
        decide(meeting, action, decided, **options)
    assert counts() == before
    assert not BoardMeeting.objects.filter(pk=meeting.pk, has_decisions=True).exists()


class TestEffects:
    def test_another_date(self, meeting: BoardMeeting, action: Action) -> None:
        decision = decide(meeting, action, MOVED)
        move = action.date_changes.get()
        assert (move.old_due_on, move.due_on, move.decided_on) == (date(2026, 2, 28), NEW, MET)
        assert move.reason == "The builders are late"
        assert (decision.date_change, decision.update, decision.note) == (move, None, "Ask again in May")
        meeting.refresh_from_db()
        assert meeting.has_decisions
        whys = {change.verb: change.why for change in Change.objects.about(move)}
        assert whys == {"created": "The builders are late (Decided by Health Board on 3 March 2026)"}
        assert Change.objects.about(decision).get().why == "Decided by Health Board on 3 March 2026"

    def test_the_proposed_date(self, meeting: BoardMeeting, action: Action) -> None:
        waiting = report(action, date(2026, 2, 20), new_due_on=NEW, new_date_reason="Staff left")
        agreed = Decided(kind=Kind.AGREED, report_id=waiting.pk, report_version=waiting.version)
        decision = decide(meeting, action, agreed)
        waiting.refresh_from_db()
        assert waiting.state == "accepted"
        move = action.date_changes.get()
        assert (move.due_on, move.decided_on, move.reason) == (NEW, MET, "Staff left")
        assert (decision.update, decision.date_change) == (waiting, move)
        accepted = Change.objects.about(waiting).get(verb="accepted")
        assert accepted.why == "Decided by Health Board on 3 March 2026"

    def test_not_going_ahead(self, meeting: BoardMeeting, action: Action) -> None:
        decision = decide(meeting, action, DROPPED)
        last = action.updates.get(until_on=None)
        assert (last.status, last.reason, last.reported_on) == ("not_going_ahead", "No money for it", MET)
        assert (last.state, decision.update) == ("accepted", last)
        assert Change.objects.about(last).get(verb="accepted").why == "Decided by Health Board on 3 March 2026"

    def test_merged(self, meeting: BoardMeeting, action: Action) -> None:
        into = make.make_action(plan=action.plan)
        decide(meeting, action, Decided(kind=Kind.MERGED, merged_into_id=into.pk, reason="Same work"))
        last = action.updates.get(until_on=None)
        assert (last.status, last.merged_into, last.public_text) == ("merged", into, "Same work")

    @pytest.mark.parametrize(
        "decided", [KEPT, Decided(kind=Kind.ASKED, note="Come in May"), Decided(kind=Kind.OTHER, note="Well done")]
    )
    def test_what_changes_nothing(self, meeting: BoardMeeting, action: Action, decided: Decided) -> None:
        decision = decide(meeting, action, decided)
        assert (decision.note, decision.update, decision.date_change) == (decided.note, None, None)
        assert (action.updates.count(), action.date_changes.count()) == (1, 0)

    def test_who_recorded_it(self, meeting: BoardMeeting, action: Action) -> None:
        jo = make.make_person()
        decision = record_decision(meeting, action, DROPPED, seen=0, by=jo, on=ON, now=make.noon(ON))
        assert decision.update
        assert (decision.recorded_by, decision.update.author, decision.update.accepted_by) == (jo, jo, jo)


class TestTwice:
    def test_the_same_form_sent_twice(self, meeting: BoardMeeting, action: Action) -> None:
        decide(meeting, action, MOVED)
        before = counts()
        with pytest.raises(FasterError, match=FASTER):
            decide(meeting, action, MOVED)
        assert counts() == before

    def test_another_decision_after_the_first_was_seen(self, meeting: BoardMeeting, action: Action) -> None:
        decide(meeting, action, MOVED)
        decide(meeting, action, Decided(kind=Kind.ASKED, note="Come in May"), seen=1)
        told = list(meeting.decisions.values_list("position", "kind"))
        assert told == [(1, "moved"), (2, "asked")]

    def test_a_meeting_decides_on_many(self, meeting: BoardMeeting, action: Action) -> None:
        decide(meeting, action, KEPT)
        decide(meeting, make.make_action(plan=action.plan), KEPT)
        assert meeting.decisions.count() == 2
        assert [each.verb for each in Change.objects.about(meeting)] == ["minuted"]


class TestRefusals:
    def test_a_meeting_to_come(self, meeting: BoardMeeting, action: Action) -> None:
        refused(meeting, action, KEPT, "This meeting is on 3 March 2026", on=date(2026, 3, 2))

    def test_a_cancelled_meeting(self, action: Action) -> None:
        meeting = make.make_meeting(partnership=action.plan.partnership, held_on=MET, cancelled_on=MET)
        refused(meeting, action, KEPT, "This meeting is cancelled")

    def test_an_action_of_another_partnership(self, meeting: BoardMeeting) -> None:
        refused(meeting, make.make_action(), KEPT, "does not oversee the partnership")

    def test_a_board_that_oversaw_it_no_longer(self, meeting: BoardMeeting, action: Action) -> None:
        meeting.board.oversight.update(until_on=MET)
        refused(meeting, action, KEPT, "does not oversee the partnership")

    def test_an_action_kept_elsewhere(self, meeting: BoardMeeting, action: Action) -> None:
        mirror = make.make_action(plan=action.plan, mirrors=make.make_action())
        refused(meeting, mirror, KEPT, "kept in another plan")

    @pytest.mark.parametrize("decided", [MOVED, DROPPED])
    def test_an_action_closed_in_between(self, meeting: BoardMeeting, action: Action, decided: Decided) -> None:
        make.make_update(action=action, status="completed", reported_on=date(2026, 3, 5))
        refused(meeting, action, decided, "This action is closed: Completed, reported on 5 March 2026")

    def test_a_note_on_an_action_closed_in_between(self, meeting: BoardMeeting, action: Action) -> None:
        make.make_update(action=action, status="completed", reported_on=date(2026, 3, 5))
        decide(meeting, action, Decided(kind=Kind.OTHER, note="The board says thank you"))
        assert meeting.decisions.get().note == "The board says thank you"

    def test_closing_it_before_a_later_report(self, meeting: BoardMeeting, action: Action) -> None:
        make.make_update(action=action, reported_on=date(2026, 3, 5))
        refused(meeting, action, DROPPED, "A later report, of 5 March 2026, is accepted")

    def test_closing_it_while_a_report_waits(self, meeting: BoardMeeting, action: Action) -> None:
        report(action, date(2026, 3, 1))
        refused(meeting, action, DROPPED, "A report on this action waits. Accept or return it first")

    def test_closing_it_leaves_a_draft_as_it_is(self, meeting: BoardMeeting, action: Action) -> None:
        draft = report(action, date(2026, 3, 1), hand_in=False, public_text="Half written")
        decide(meeting, action, DROPPED)
        draft.refresh_from_db()
        assert (draft.state, draft.public_text, draft.version) == ("draft", "Half written", 1)
        assert action.updates.get(state="accepted", until_on=None).status == "not_going_ahead"

    def test_another_date_while_one_is_asked_for(self, meeting: BoardMeeting, action: Action) -> None:
        report(action, date(2026, 3, 1), new_due_on=date(2026, 12, 31), new_date_reason="Staff left")
        refused(meeting, action, MOVED, "A report waits that asks for 31 December 2026. Agree that date, or return")

    def test_another_date_beside_a_report_that_asks_for_none(self, meeting: BoardMeeting, action: Action) -> None:
        waiting = report(action, date(2026, 3, 1))
        decide(meeting, action, MOVED)
        waiting.refresh_from_db()
        assert (waiting.state, action.date_changes.get().due_on) == ("submitted", NEW)

    def test_a_date_that_was_moved_again_since(self, meeting: BoardMeeting, action: Action) -> None:
        make.make_date_change(action=action, decided_on=date(2026, 3, 5))
        refused(meeting, action, MOVED, "The date was moved again on 5 March 2026")

    @pytest.mark.parametrize(
        ("decided", "sentence"),
        [
            (replace(MOVED, new_due_on=None), "Say which date was agreed"),
            (replace(MOVED, reason=" "), "Say why the date is moved"),
            (replace(MOVED, new_due_on=MET), "The new date must come after the day of the meeting"),
            (replace(DROPPED, reason=" "), "Say why it is not going ahead"),
            (Decided(kind=Kind.MERGED), "Say which action it was merged into"),
            (Decided(kind=Kind.ASKED, note=" "), "Write down what was decided"),
            (Decided(kind=Kind.OTHER), "Write down what was decided"),
            (Decided(kind=Kind.AGREED), "No report that asks for a new date waits any more"),
        ],
    )
    def test_what_is_lacking(self, meeting: BoardMeeting, action: Action, decided: Decided, sentence: str) -> None:
        refused(meeting, action, decided, sentence)

    def test_merging_into_what_makes_no_sense(self, meeting: BoardMeeting, action: Action) -> None:
        closed = make.make_action(plan=action.plan)
        make.make_update(action=closed, status="completed", reported_on=date(2026, 1, 5))
        for into, sentence in (
            (make.make_action(), "Choose an action of the same plan"),
            (closed, "The action that you chose is closed: Completed, reported on 5 January 2026"),
            (action, "An action cannot be merged into itself"),
        ):
            refused(meeting, action, Decided(kind=Kind.MERGED, merged_into_id=into.pk), sentence)

    def test_a_report_changed_since_it_was_read(self, meeting: BoardMeeting, action: Action) -> None:
        waiting = report(action, date(2026, 2, 20), new_due_on=NEW, new_date_reason="Staff left")
        report(action, date(2026, 2, 21), new_due_on=date(2027, 9, 30), new_date_reason="More staff left")
        refused(
            meeting,
            action,
            Decided(kind=Kind.AGREED, report_id=waiting.pk, report_version=1),
            "This report was changed since you opened it",
        )

    def test_a_report_accepted_or_returned_in_between(self, meeting: BoardMeeting, action: Action) -> None:
        gone = make.make_update(
            action=action, state="returned", new_due_on=NEW, new_date_reason="Staff left", reported_on=MET
        )
        agreed = Decided(kind=Kind.AGREED, report_id=gone.pk, report_version=1)
        refused(meeting, action, agreed, "No report that asks for a new date waits any more")


class TestTwoCoordinators:
    """What the board decided is no report of the coordinator who records it; a report that they wrote is."""

    def coordinator(self, action: Action, **days: Any) -> Person:
        return make.make_membership("coordinator", partnership=action.plan.partnership, **days).person

    def by(self, jo: Person, meeting: BoardMeeting, action: Action, decided: Decided) -> MeetingDecision:
        return record_decision(meeting, action, decided, seen=0, by=jo, on=ON, now=make.noon(ON))

    def asking(self, action: Action, jo: Person) -> Decided:
        waiting = report(action, date(2026, 2, 20), by=jo, new_due_on=NEW, new_date_reason="Staff left")
        return Decided(kind=Kind.AGREED, report_id=waiting.pk, report_version=waiting.version)

    def test_either_of_them_records_that_an_action_ends(self, meeting: BoardMeeting, action: Action) -> None:
        jo, _ = self.coordinator(action), self.coordinator(action)
        decision = self.by(jo, meeting, action, DROPPED)
        assert decision.update
        assert (decision.update.state, decision.update.status) == ("accepted", "not_going_ahead")
        assert decision.update.accepted_by == jo

    def test_either_of_them_records_that_it_is_merged(self, meeting: BoardMeeting, action: Action) -> None:
        jo, _ = self.coordinator(action), self.coordinator(action)
        into = make.make_action(plan=action.plan)
        self.by(jo, meeting, action, Decided(kind=Kind.MERGED, merged_into_id=into.pk, reason="Same work"))
        assert action.updates.get(until_on=None).merged_into == into

    def test_ones_own_report_is_left_to_who_coordinates_today(self, meeting: BoardMeeting, action: Action) -> None:
        jo, sam = self.coordinator(action), self.coordinator(action, from_on=date(2026, 3, 9))
        agreed = self.asking(action, jo)
        with pytest.raises(NotAllowedError, match=f"another coordinator accepts it: {sam}"):
            self.by(jo, meeting, action, agreed)
        assert not action.date_changes.exists()
        self.by(sam, meeting, action, agreed)
        assert action.date_changes.get().due_on == NEW

    def test_who_has_left_since_the_meeting_is_not_waited_for(self, meeting: BoardMeeting, action: Action) -> None:
        jo, _ = self.coordinator(action), self.coordinator(action, until_on=date(2026, 3, 9))
        self.by(jo, meeting, action, self.asking(action, jo))
        assert action.date_changes.get().due_on == NEW
