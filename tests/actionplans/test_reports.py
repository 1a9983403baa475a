"""The report in hand: drafted, handed in, taken back, returned. Who was first wins; nothing is overwritten unseen."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine

from actionplans.models import Action, ProgressUpdate
from actionplans.services.reports import (
    Answer,
    hand_in_beside,
    in_hand,
    report_no_change,
    return_report,
    save_report,
    take_back,
)
from actionplans.services.updates import accept_update
from actionplans.states import ActionState
from concordat.kernel.models import Change
from signatories.services.errors import FasterError, NotAllowedError
from tests.actionplans.reporting import report
from tests.factories import make_action, make_person, make_update, noon

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY = (date(2015, month, 1) for month in (5, 6, 7))


def no_change(action: Action, on: date = JULY, *, version: int | None = None, why: str = "") -> ProgressUpdate:
    return report_no_change(action, version=version, by="test", on=on, now=noon(on), why=why)


def typed(action: Action, text: str, *, by: Any, version: int | None, minute: int = 0) -> ProgressUpdate:
    """Save it as somebody types it, at so many minutes past ten."""
    now = datetime(2026, 3, 2, 10, minute, tzinfo=UTC)
    answer = Answer(status=ActionState.IN_PROGRESS, public_text=text)
    with time_machine.travel(now, tick=False):
        return save_report(action, answer, version=version, hand_in=False, as_typed=True, by=by, on=now.date(), now=now)


def told(update: ProgressUpdate) -> list[tuple[str, Any, list[str]]]:
    """What the history says of the text: by whom, how, from what to what."""
    changes = Change.objects.about(update)
    return [(each.verb, each.by, each.fields["public_text"]) for each in changes if "public_text" in each.fields]


class TestAsTyped:
    def test_the_history_tells_of_it_once_and_lacks_nothing(self) -> None:
        action, jo = make_action(), make_person()
        for version, text in enumerate(("We", "We have", "We have begun")):
            draft = typed(action, text, by=jo, version=version or None, minute=version)
        assert (draft.version, draft.public_text) == (3, "We have begun")
        assert told(draft) == [("created", jo, [None, "We"])]
        waiting = report(action, date(2026, 3, 2), by=jo, public_text="We have begun well")
        assert told(waiting) == [
            ("created", jo, [None, "We"]),
            ("drafted", jo, ["We", "We have begun"]),
            ("drafted", jo, ["We have begun", "We have begun well"]),
            ("handed in", jo, [None, "We have begun well"]),
        ]

    def test_after_ten_minutes_it_is_told_again(self) -> None:
        action, jo = make_action(), make_person()
        typed(action, "We", by=jo, version=None)
        typed(action, "We have", by=jo, version=1, minute=5)
        draft = typed(action, "We have begun", by=jo, version=2, minute=11)
        assert told(draft)[1:] == [("drafted", jo, ["We", "We have"]), ("drafted", jo, ["We have", "We have begun"])]

    def test_what_somebody_else_typed_before_stays_theirs(self) -> None:
        action, jo, sam = make_action(), make_person(), make_person()
        typed(action, "We", by=jo, version=None)
        typed(action, "We have", by=jo, version=1)
        draft = typed(action, "They have", by=sam, version=2)
        assert told(draft)[1:] == [("drafted", jo, ["We", "We have"]), ("drafted", sam, ["We have", "They have"])]

    def test_never_over_what_somebody_else_has_saved(self) -> None:
        action, jo = make_action(), make_person()
        report(action, MAY, hand_in=False, public_text="Theirs")
        with pytest.raises(FasterError):
            typed(action, "Mine", by=jo, version=None)
        assert action.updates.get().public_text == "Theirs"

    def test_what_waits_is_not_taken_back_by_it(self) -> None:
        action, jo = make_action(), make_person()
        report(action, MAY, by=jo, public_text="Handed in")
        with pytest.raises(NotAllowedError, match="waits for the coordinator"):
            typed(action, "More", by=jo, version=1)
        assert (action.updates.get().state, action.updates.get().public_text) == ("submitted", "Handed in")

    def test_what_was_returned_stays_so(self) -> None:
        action, jo = make_action(), make_person()
        waiting = report(action, MAY, by=jo, public_text="Short")
        return_report(waiting, version=1, comment="Say more", by="test")
        draft = typed(action, "Longer", by=jo, version=2)
        assert (draft.state, draft.public_text) == ("returned", "Longer")
        assert told(draft)[-1] == ("drafted", jo, ["Short", "Longer"])


class TestSaving:
    def test_the_first_draft(self) -> None:
        action, jo = make_action(), make_person()
        draft = report(action, MAY, by=jo, hand_in=False, public_text="We have begun")
        assert (draft.state, draft.version, draft.author, draft.public_text) == ("draft", 1, jo, "We have begun")
        assert in_hand(action.pk) == draft

    def test_a_draft_may_be_half_filled_in(self) -> None:
        draft = report(make_action(), MAY, "completed", hand_in=False)
        assert (draft.status, draft.completed_on) == ("completed", None)

    def test_one_draft_grows(self) -> None:
        action = make_action()
        report(action, MAY, hand_in=False, public_text="We have begun")
        grown = report(action, JUNE, hand_in=False, public_text="We have begun well")
        assert (grown.version, grown.public_text, grown.reported_on) == (2, "We have begun well", JUNE)
        assert action.updates.count() == 1

    def test_handing_it_in(self) -> None:
        action = make_action()
        report(action, MAY, hand_in=False)
        waiting = report(action, JUNE)
        assert (waiting.state, waiting.reported_on, waiting.submitted_at) == ("submitted", JUNE, noon(JUNE))

    def test_each_save_says_what_it_changed(self) -> None:
        action, jo = make_action(), make_person()
        draft = report(action, MAY, hand_in=False, public_text="We have begun")
        report(action, MAY, hand_in=False, by=jo, public_text="We have begun well")
        last = Change.objects.about(draft).latest("pk")
        assert (last.verb, last.by) == ("drafted", jo)
        assert last.fields == {"public_text": ["We have begun", "We have begun well"]}

    def test_what_waits_may_still_be_put_right(self) -> None:
        action = make_action()
        report(action, MAY, public_text="teh")
        assert report(action, MAY, public_text="the").version == 2
        assert action.updates.get().state == "submitted"

    def test_after_it_is_accepted_a_new_one_begins(self) -> None:
        action = make_action()
        accept_update(report(action, MAY), by="test")
        assert in_hand(action.pk) is None
        assert report(action, JUNE).version == 1


class TestSomebodyWasFaster:
    @pytest.mark.parametrize("hand_in", [True, False])
    def test_with_the_first_report(self, hand_in: bool) -> None:
        action = make_action()
        report(action, MAY, hand_in=hand_in, public_text="Mine")
        with pytest.raises(FasterError):
            report(action, MAY, version=None, public_text="Yours")
        assert action.updates.get().public_text == "Mine"

    def test_with_a_save(self) -> None:
        action = make_action()
        opened = report(action, MAY, hand_in=False).version
        report(action, MAY, hand_in=False, public_text="Mine")
        with pytest.raises(FasterError):
            report(action, MAY, version=opened, public_text="Yours")
        assert action.updates.get().public_text == "Mine"

    def test_with_accepting(self) -> None:
        action = make_action()
        opened = report(action, MAY, public_text="Mine")
        accept_update(opened, by="test")
        with pytest.raises(FasterError):
            report(action, MAY, version=1, public_text="Yours")
        assert action.updates.get().public_text == "Mine"

    def test_with_a_change_that_would_be_accepted_unseen(self) -> None:
        action = make_action()
        read = report(action, MAY, public_text="Half")
        report(action, MAY, public_text="All of it")
        with pytest.raises(FasterError, match="Read it again"):
            accept_update(read, version=1, by="test")
        assert action.updates.get().state == "submitted"


class TestReturning:
    def test_with_what_is_asked_for(self) -> None:
        action, jo = make_action(), make_person()
        returned = return_report(report(action, MAY), version=1, comment=" By when? ", by=jo)
        assert (returned.state, returned.review_comment, returned.version) == ("returned", "By when?", 2)
        assert Change.objects.about(returned).latest("pk").by == jo

    def test_it_stays_returned_while_it_is_worked_on(self) -> None:
        action = make_action()
        return_report(report(action, MAY), version=1, comment="By when?", by="test")
        assert report(action, JUNE, hand_in=False, public_text="Soon").state == "returned"
        assert report(action, JUNE, public_text="In June").state == "submitted"

    @pytest.mark.parametrize("comment", ["", " \n"])
    def test_not_without_a_comment(self, comment: str) -> None:
        waiting = report(make_action(), MAY)
        with pytest.raises(NotAllowedError, match="Say what you need"):
            return_report(waiting, version=1, comment=comment, by="test")

    @pytest.mark.parametrize("state", ["draft", "returned", "accepted"])
    def test_only_what_waits(self, state: str) -> None:
        update = make_update(state=state)
        with pytest.raises(FasterError):
            return_report(update, version=1, comment="By when?", by="test")

    def test_not_over_another_one_in_hand(self) -> None:
        action = make_action()
        waiting = make_update(action=action, state="submitted")
        make_update(action=action, state="draft")
        with pytest.raises(NotAllowedError, match="Another report"):
            return_report(waiting, version=1, comment="By when?", by="test")
        assert {each.state for each in action.updates.all()} == {"submitted", "draft"}


class TestTakingBack:
    def test_it_is_a_draft_again(self) -> None:
        action = make_action()
        draft = take_back(report(action, MAY), version=1, by="test")
        assert (draft.state, draft.submitted_at, draft.version) == ("draft", None, 2)

    def test_not_once_it_is_accepted(self) -> None:
        waiting = report(make_action(), MAY)
        accept_update(waiting, by="test")
        with pytest.raises(FasterError):
            take_back(waiting, version=1, by="test")


class TestNoChange:
    def test_says_the_same_again(self) -> None:
        action = make_action()
        accept_update(report(action, MAY, "paused", confidence="at_risk", measure_value="12 a month"), by="test")
        same = no_change(action)
        told: list[Any] = [same.status, same.confidence, same.measure_value, same.state, same.reported_on]
        assert told == ["paused", "at_risk", "12 a month", "submitted", JULY]
        assert ProgressUpdate.objects.get(pk=same.pk).is_no_change
        assert Change.objects.about(same).get().fields["is_no_change"] == [None, True]

    def test_the_third_in_a_row_says_why(self) -> None:
        action = make_action()
        accept_update(report(action, MAY), by="test")
        for on in (MAY, JUNE):
            accept_update(no_change(action, on), by="test")
        with pytest.raises(NotAllowedError, match="Say why nothing moves"):
            no_change(action)
        assert no_change(action, why="The building is not ready").public_text == "The building is not ready"

    def test_a_report_with_a_change_in_between_begins_the_count_anew(self) -> None:
        action = make_action()
        accept_update(report(action, MAY), by="test")
        accept_update(no_change(action, MAY), by="test")
        accept_update(report(action, JUNE, public_text="Half done"), by="test")
        accept_update(no_change(action, JUNE), by="test")
        assert no_change(action).state == "submitted"

    def test_not_before_anything_was_reported(self) -> None:
        with pytest.raises(NotAllowedError, match="Say how it stands"):
            no_change(make_action())

    def test_not_on_a_closed_action(self) -> None:
        action = make_action()
        make_update(action=action, reported_on=MAY, status="business_as_usual")
        with pytest.raises(NotAllowedError, match="closed"):
            no_change(action)


class TestDecidedElsewhere:
    def test_a_draft_in_hand_stays_beside_it(self) -> None:
        action = make_action()
        draft = report(action, MAY, hand_in=False, public_text="Half written")
        decided = hand_in_beside(action, Answer(status=ActionState.PAUSED), by="test", on=MAY, now=noon(MAY))
        draft.refresh_from_db()
        assert (draft.public_text, draft.version, decided.state) == ("Half written", 1, "submitted")
        assert [change.verb for change in Change.objects.about(decided)] == ["handed in"]

    def test_not_on_one_kept_elsewhere(self) -> None:
        mirror = make_action(mirrors=make_action())
        with pytest.raises(NotAllowedError, match="kept in another plan"):
            hand_in_beside(mirror, Answer(status=ActionState.PAUSED), by="test", on=MAY, now=noon(MAY))
        assert not ProgressUpdate.objects.exists()


class TestNewDate:
    def test_an_accepted_report_moves_the_date(self) -> None:
        action = make_action(due_on=MAY)
        waiting = report(action, MAY, new_due_on=JULY, new_timescale_text="July", new_date_reason="Late funding")
        assert action.date_changes.count() == 0
        accept_update(waiting, by="test", decided_on=JUNE)
        [move] = action.date_changes.all()
        assert (move.old_due_on, move.due_on, move.decided_on, move.reason) == (MAY, JULY, JUNE, "Late funding")

    @pytest.mark.parametrize(
        ("status", "details", "sentence"),
        [
            ("in_progress", {"new_due_on": JULY}, "Say why the date moves."),
            (
                "not_going_ahead",
                {"new_due_on": JULY, "new_date_reason": "Late", "reason": "No money"},
                "A closed action needs no new date.",
            ),
        ],
    )
    def test_refused(self, status: str, details: dict[str, Any], sentence: str) -> None:
        with pytest.raises(NotAllowedError, match=sentence):
            report(make_action(), MAY, status, **details)
