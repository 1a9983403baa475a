"""Reporting on actions, accepting reports, moving dates: what holds when, what is refused, and what is recorded."""

from datetime import date
from typing import Any

import pytest

from actionplans.models import Action, DateChange, ProgressUpdate
from actionplans.services.updates import accept_update, move_date
from actionplans.timescale import Kind, TimePrecision, Timescale
from concordat.kernel.models import Change
from signatories.models import Person
from signatories.services.errors import NotAllowedError
from tests.actionplans.reporting import report
from tests.factories import make_action, make_membership, make_person, make_plan, make_update

pytestmark = pytest.mark.django_db

APRIL, MAY, JUNE, JULY = (date(2015, month, 1) for month in (4, 5, 6, 7))
FIRST_DUE, THEN_DUE = date(2015, 3, 31), date(2016, 3, 31)
THEN = Timescale("By March 2016", Kind.MONTH, date(2016, 3, 1), THEN_DUE, TimePrecision.MONTH)
REASON = "Funding came late"


def waiting(action: Action, reported_on: date, status: str = "in_progress", **fields: Any) -> ProgressUpdate:
    return make_update(action=action, reported_on=reported_on, status=status, state="submitted", **fields)


def accepted(action: Action, reported_on: date, status: str = "in_progress", **fields: Any) -> ProgressUpdate:
    return accept_update(waiting(action, reported_on, status, **fields), by="test")


def row(action: Action) -> list[tuple[date, date | None, str]]:
    """The accepted reports: from when until when each holds, and what it says."""
    reports = action.updates.filter(state="accepted").order_by("reported_on", "id")
    return list(reports.values_list("reported_on", "until_on", "status"))


def moves(action: Action) -> list[tuple[date | None, date | None, date, date | None]]:
    """The moved dates: old day, new day, and from when until when the new one holds."""
    return list(action.date_changes.order_by("id").values_list("old_due_on", "due_on", "decided_on", "until_on"))


def everything() -> tuple[Any, ...]:
    """All that these services may touch, to see that nothing was half-written."""
    tables = [list(model.objects.order_by("id").values()) for model in (Action, ProgressUpdate, DateChange)]
    return *tables, Change.objects.count()


class TestSubmitting:
    def test_a_report_waits_for_acceptance(self) -> None:
        action, jo = make_action(), make_person()
        update = report(action, MAY, "in_progress", by=jo, confidence="at_risk", public_text="Slow")
        update.refresh_from_db()
        assert (update.state, update.author, update.accepted_at, update.until_on) == ("submitted", jo, None, None)
        assert (update.reported_on, update.status, update.confidence) == (MAY, "in_progress", "at_risk")
        assert row(action) == []

    def test_a_command_is_no_author(self) -> None:
        update = report(make_action(), MAY, "paused", by="import_plan")
        assert update.author is None
        assert Change.objects.about(update).get().by_command == "import_plan"

    @pytest.mark.parametrize(
        ("status", "details"),
        [
            ("completed", {"completed_on": MAY, "outcome_note": "People get help sooner"}),
            ("completed", {"completed_on": APRIL, "outcome_note": "People get help sooner"}),
            ("business_as_usual", {}),
            ("not_going_ahead", {"reason": "No money for it"}),
            ("paused", {}),
        ],
    )
    def test_a_complete_report_is_taken(self, status: str, details: dict[str, Any]) -> None:
        update = report(make_action(), MAY, status, by="test", **details)
        assert ProgressUpdate.objects.get().status == update.status == status

    def test_merged_into_another_action(self) -> None:
        action = make_action()
        target = make_action(plan=action.plan)
        report(action, MAY, "merged", by="test", merged_into_id=target.pk)
        assert ProgressUpdate.objects.get().merged_into == target

    def test_not_into_one_of_another_plan(self) -> None:
        with pytest.raises(NotAllowedError, match=r"^Choose an action of the same plan\.$"):
            report(make_action(), MAY, "merged", by="test", merged_into_id=make_action(plan=make_plan()).pk)
        assert not ProgressUpdate.objects.exists()

    def test_is_recorded(self) -> None:
        action, jo = make_action(), make_person()
        update = report(action, MAY, "not_going_ahead", by=jo, reason="No money for it")
        [change] = Change.objects.about(update)
        assert (change.verb, change.by) == ("handed in", jo)
        told = {name: change.fields[name] for name in ("action_id", "state", "reported_on", "status", "reason")}
        assert told == {
            "action_id": [None, action.pk],
            "state": [None, "submitted"],
            "reported_on": [None, "2015-05-01"],
            "status": [None, "not_going_ahead"],
            "reason": [None, "No money for it"],
        }


class TestRefusedReport:
    """Transitions: each refusal is a plain sentence for the person who reported, and nothing is written."""

    def refused(self, action: Action, status: str, **details: Any) -> str:
        before = everything()
        with pytest.raises(NotAllowedError) as refusal:
            report(action, MAY, status, by="test", **details)
        assert everything() == before
        return str(refusal.value)

    def test_of_a_mirrored_action(self) -> None:
        mirror = make_action(mirrors=make_action())
        assert self.refused(mirror, "in_progress") == "This action is kept in another plan; update it there."

    @pytest.mark.parametrize(
        ("status", "details"),
        [
            ("completed", {"outcome_note": "People get help sooner"}),
            ("completed", {"completed_on": MAY}),
            ("completed", {"completed_on": MAY, "outcome_note": "  "}),
            ("completed", {"completed_on": JUNE, "outcome_note": "People get help sooner"}),
            ("merged", {}),
            ("not_going_ahead", {}),
            ("not_going_ahead", {"reason": " \n"}),
            ("in_progress", {"completed_on": MAY}),
        ],
        ids=[
            "completed without its day",
            "completed without an outcome",
            "completed with a blank outcome",
            "completed after the report",
            "merged into nothing",
            "dropped without a reason",
            "dropped with a blank reason",
            "not completed but with the day of it",
        ],
    )
    def test_an_incomplete_one_says_in_a_sentence_what_is_missing(self, status: str, details: dict[str, Any]) -> None:
        sentence = self.refused(make_action(), status, **details)
        assert sentence[0].isupper()
        assert sentence.endswith(".")

    def test_merged_into_itself(self) -> None:
        action = make_action()
        assert self.refused(action, "merged", merged_into_id=action.pk).endswith(".")

    @pytest.mark.parametrize("reason", ["", "  "], ids=["no reason", "a blank reason"])
    def test_reopening_needs_a_reason(self, reason: str) -> None:
        """Whether handing it in or accepting it is refused."""
        action = make_action()
        accepted(action, APRIL, "completed")
        with pytest.raises(NotAllowedError):
            accept_update(
                report(action, MAY, "in_progress", by="test", reason=reason),
                by="test",
            )
        assert row(action) == [(APRIL, None, "completed")]


class TestReopening:
    def test_with_a_reason(self) -> None:
        action = make_action()
        accepted(action, APRIL, "completed")
        reopened = report(action, MAY, "in_progress", by="test", reason="The service closed again")
        accept_update(reopened, by="test")
        assert row(action) == [(APRIL, MAY, "completed"), (MAY, None, "in_progress")]

    def test_the_next_report_after_it_needs_none(self) -> None:
        action = make_action()
        accepted(action, APRIL, "completed")
        accepted(action, MAY, "in_progress", reason="The service closed again")
        accept_update(report(action, JUNE, "paused", by="test"), by="test")
        assert row(action)[-1] == (JUNE, None, "paused")


class TestReopeningByLateEntry:
    def test_a_report_that_by_now_reopens_needs_its_reason_when_it_is_accepted(self) -> None:
        action = make_action()
        waiting = report(action, JUNE, "in_progress", by="test")
        make_update(action=action, reported_on=MAY, status="completed")
        with pytest.raises(NotAllowedError, match="Say why it is reopened"):
            accept_update(waiting, by="test")
        waiting.refresh_from_db()
        assert waiting.state == "submitted"


class TestAccepting:
    def test_from_the_day_reported_it_is_the_state(self) -> None:
        action, jo = make_action(), make_person()
        update = accept_update(waiting(action, MAY), by=jo, on=JUNE)
        assert row(action) == [(MAY, None, "in_progress")]
        assert (update.state, update.accepted_by) == ("accepted", jo)
        assert update.accepted_at is not None

    def test_until_the_next_one(self) -> None:
        action = make_action()
        accepted(action, MAY)
        accepted(action, JULY, "completed")
        assert row(action) == [(MAY, JULY, "in_progress"), (JULY, None, "completed")]

    @pytest.mark.parametrize(
        ("late", "expected"),
        [
            (APRIL, [(APRIL, MAY), (MAY, JULY), (JULY, None)]),
            (MAY, [(MAY, MAY), (MAY, JULY), (JULY, None)]),
            (JUNE, [(MAY, JUNE), (JUNE, JULY), (JULY, None)]),
            (JULY, [(MAY, JULY), (JULY, JULY), (JULY, None)]),
        ],
        ids=["before all", "on the first one's day", "between two", "on the last one's day"],
    )
    def test_one_entered_late_takes_its_place(self, late: date, expected: list[tuple[date, date | None]]) -> None:
        action = make_action()
        accepted(action, MAY)
        accepted(action, JULY)
        accepted(action, late, "paused")
        assert [(start, end) for start, end, _ in row(action)] == expected

    def test_of_one_day_the_one_handed_in_last_holds_though_accepted_first(self) -> None:
        action = make_action()
        first, second = waiting(action, MAY), waiting(action, MAY, "paused")
        accept_update(second, by="test")
        accept_update(first, by="test")
        assert row(action) == [(MAY, MAY, "in_progress"), (MAY, None, "paused")]

    def test_other_actions_are_left_alone(self) -> None:
        action, other = make_action(), make_action()
        accepted(other, MAY)
        accepted(action, JUNE)
        assert row(other) == [(MAY, None, "in_progress")]

    @pytest.mark.parametrize("state", ["draft", "returned", "accepted"])
    def test_only_what_was_handed_in_can_be_accepted(self, state: str) -> None:
        action = make_action()
        accepted(action, APRIL)
        update = make_update(action=action, reported_on=MAY, state=state)
        before = everything()
        with pytest.raises(NotAllowedError, match=r"^Only an update that waits for acceptance can be accepted\.$"):
            accept_update(update, by="test")
        assert everything() == before

    def test_twice_from_the_same_page(self) -> None:
        action = make_action()
        update = waiting(action, MAY)
        accept_update(ProgressUpdate.objects.get(pk=update.pk), by="test")
        accepted(action, JUNE)
        before = everything()
        with pytest.raises(NotAllowedError, match="Only an update that waits"):
            accept_update(update, by="test")
        assert everything() == before

    def test_one_whose_day_was_changed_since_it_was_read_keeps_the_row_a_chain(self) -> None:
        action = make_action()
        accepted(action, APRIL)
        accepted(action, JULY)
        read = waiting(action, MAY)
        ProgressUpdate.objects.filter(pk=read.pk).update(reported_on=JUNE)
        accept_update(read, by="test")
        assert [(start, end) for start, end, _ in row(action)] == [(APRIL, JUNE), (JUNE, JULY), (JULY, None)]

    def test_is_recorded(self) -> None:
        action, jo = make_action(), make_person()
        update = accept_update(waiting(action, MAY), by=jo, on=JUNE)
        [change] = Change.objects.about(update)
        assert (change.verb, change.by) == ("accepted", jo)
        assert change.fields == {"state": ["submitted", "accepted"]}


class TestMovingADate:
    def test_the_old_day_is_kept(self) -> None:
        action = make_action(due_on=FIRST_DUE)
        change = move_date(action, to=THEN, decided_on=MAY, reason=REASON, by="test")
        action.refresh_from_db()
        assert action.due_on == FIRST_DUE
        assert moves(action) == [(FIRST_DUE, THEN_DUE, MAY, None)]
        assert (change.reason, change.timescale_text, change.starts_on) == (REASON, "By March 2016", date(2016, 3, 1))

    @pytest.mark.parametrize(
        ("second_day", "chain"),
        [
            (JUNE, [(FIRST_DUE, THEN_DUE, MAY, JUNE), (THEN_DUE, JULY, JUNE, None)]),
            (MAY, [(FIRST_DUE, THEN_DUE, MAY, MAY), (THEN_DUE, JULY, MAY, None)]),
        ],
        ids=["later", "on the same day"],
    )
    def test_moved_again_the_moves_are_a_chain(self, second_day: date, chain: list[Any]) -> None:
        action = make_action(due_on=FIRST_DUE)
        move_date(action, to=THEN, decided_on=MAY, reason=REASON, by="test")
        to = Timescale(kind=Kind.DATE, end=JULY, precision=TimePrecision.DAY)
        move_date(action, to=to, decided_on=second_day, reason="It came after all", by="test")
        assert moves(action) == chain

    def test_to_no_date(self) -> None:
        action = make_action(due_on=FIRST_DUE)
        ongoing = Timescale("Ongoing", Kind.RECURRING, review_every_months=12)
        move_date(action, to=ongoing, decided_on=MAY, reason=REASON, by="test")
        assert moves(action) == [(FIRST_DUE, None, MAY, None)]

    def test_from_no_date(self) -> None:
        action = make_action()
        move_date(action, to=THEN, decided_on=MAY, reason=REASON, by="test")
        assert moves(action) == [(None, THEN_DUE, MAY, None)]

    def test_other_actions_are_left_alone(self) -> None:
        action, other = make_action(), make_action()
        move_date(other, to=THEN, decided_on=MAY, reason=REASON, by="test")
        move_date(action, to=THEN, decided_on=JUNE, reason=REASON, by="test")
        assert moves(other) == [(None, THEN_DUE, MAY, None)]

    def test_the_old_day_is_that_of_the_database_and_not_of_a_page_read_earlier(self) -> None:
        read = make_action(due_on=date(2015, 1, 1))
        Action.objects.filter(pk=read.pk).update(due_on=FIRST_DUE)
        move_date(read, to=THEN, decided_on=MAY, reason=REASON, by="test")
        assert moves(read) == [(FIRST_DUE, THEN_DUE, MAY, None)]

    def test_is_recorded_with_its_reason(self) -> None:
        action, jo = make_action(due_on=FIRST_DUE), make_person()
        moved = move_date(action, to=THEN, decided_on=MAY, reason=REASON, by=jo)
        [change] = Change.objects.about(moved)
        assert (change.verb, change.by, change.why) == ("created", jo, REASON)
        assert change.fields["old_due_on"] == [None, "2015-03-31"]
        assert change.fields["due_on"] == [None, "2016-03-31"]
        assert change.fields["decided_on"] == [None, "2015-05-01"]

    def test_the_end_of_the_move_before_is_recorded(self) -> None:
        action, jo = make_action(due_on=FIRST_DUE), make_person()
        first = move_date(action, to=THEN, decided_on=MAY, reason=REASON, by="test")
        move_date(action, to=THEN, decided_on=JUNE, reason="It came after all", by=jo)
        change = Change.objects.about(first).last()
        assert (change.verb, change.by, change.fields) == ("moved again", jo, {"until_on": [None, "2015-06-01"]})


class TestLateMove:
    def test_one_entered_late_takes_its_place_before_the_last(self) -> None:
        action = make_action(due_on=FIRST_DUE)
        move_date(action, to=THEN, decided_on=JUNE, reason=REASON, by="test")
        move_date(action, to=Timescale(), decided_on=MAY, reason=REASON, by="test")
        in_order = sorted(moves(action), key=lambda move: move[2])
        assert in_order == [(FIRST_DUE, None, MAY, JUNE), (FIRST_DUE, THEN_DUE, JUNE, None)]

    def test_one_entered_late_takes_its_place_after_the_first(self) -> None:
        action = make_action(due_on=FIRST_DUE)
        move_date(action, to=THEN, decided_on=MAY, reason=REASON, by="test")
        move_date(action, to=Timescale(), decided_on=JULY, reason=REASON, by="test")
        move_date(action, to=Timescale(), decided_on=JUNE, reason=REASON, by="test")
        decided = sorted((move[2], move[3] or date.max) for move in moves(action))
        assert decided == [(MAY, JUNE), (JUNE, JULY), (JULY, date.max)]


class TestRefusedMove:
    def refused(self, action: Action, decided_on: date, reason: str) -> str:
        before = everything()
        with pytest.raises(NotAllowedError) as refusal:
            move_date(action, to=THEN, decided_on=decided_on, reason=reason, by="test")
        assert everything() == before
        return str(refusal.value)

    @pytest.mark.parametrize("reason", ["", " \n"], ids=["none", "blank"])
    def test_without_a_reason(self, reason: str) -> None:
        assert self.refused(make_action(due_on=FIRST_DUE), MAY, reason) == "Say why the date is moved."

    def test_of_a_mirrored_action(self) -> None:
        mirror = make_action(mirrors=make_action(due_on=FIRST_DUE))
        assert self.refused(mirror, MAY, REASON) == "This action is kept in another plan; move its date there."

    def test_a_write_that_fails_half_way_leaves_the_move_before_in_force(self, monkeypatch: pytest.MonkeyPatch) -> None:
        action = make_action(due_on=FIRST_DUE)
        move_date(action, to=THEN, decided_on=MAY, reason=REASON, by="test")
        before = everything()
        monkeypatch.setattr("actionplans.services.updates.create", _fail)
        with pytest.raises(ConnectionError):
            move_date(action, to=THEN, decided_on=JUNE, reason=REASON, by="test")
        assert everything() == before


class TestHalfWritten:
    def test_an_acceptance_that_cannot_be_recorded_leaves_the_row_as_it_was(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        action = make_action()
        accepted(action, APRIL)
        update = waiting(action, MAY)
        before = everything()
        monkeypatch.setattr("actionplans.services.updates.record", _fail)
        with pytest.raises(ConnectionError):
            accept_update(update, by="test")
        assert everything() == before


def _fail(*args: Any, **options: Any) -> None:
    raise ConnectionError("the database went away")


class TestOnesOwn:
    def coordinators(self, action: Action, number: int) -> list[Person]:
        partnership = action.plan.partnership
        return [make_membership("coordinator", partnership=partnership).person for _ in range(number)]

    def test_another_coordinator_accepts_it(self) -> None:
        action = make_action()
        jo, sam = self.coordinators(action, 2)
        update = report(action, MAY, by=jo)
        with pytest.raises(NotAllowedError, match=f"so another coordinator accepts it: {sam}"):
            accept_update(update, by=jo, on=JUNE)
        assert action.updates.get().state == "submitted"
        assert accept_update(update, by=sam, on=JUNE).state == "accepted"
        assert Change.objects.about(update).get(verb="accepted").why == ""

    def test_who_wrote_in_somebody_elses_draft_does_not_either(self) -> None:
        action = make_action()
        jo, _ = self.coordinators(action, 2)
        report(action, MAY, by=make_person(), hand_in=False, public_text="A draft")
        update = report(action, MAY, by=jo, public_text="Mine by now")
        with pytest.raises(NotAllowedError, match="You wrote this report"):
            accept_update(update, by=jo, on=JUNE)

    def test_a_national_administrator_leaves_their_own_to_the_coordinator(self) -> None:
        action, ada = make_action(), make_person(is_superuser=True)
        (jo,) = self.coordinators(action, 1)
        update = report(action, MAY, by=ada)
        with pytest.raises(NotAllowedError, match=f"another coordinator accepts it: {jo}"):
            accept_update(update, by=ada, on=JUNE)

    def test_the_only_one_does_and_the_history_says_so(self) -> None:
        action = make_action()
        (jo,) = self.coordinators(action, 1)
        make_membership("coordinator", partnership=action.plan.partnership, person=make_person(is_active=False))
        make_membership("coordinator", partnership=action.plan.partnership, until_on=MAY)
        make_membership("coordinator")
        update = accept_update(report(action, MAY, by=jo), by=jo, on=JUNE)
        assert update.state == "accepted"
        change = Change.objects.about(update).get(verb="accepted")
        assert change.why == "Accepted by its author: the partnership has no other coordinator"

    def test_who_coordinates_today_decides_whatever_day_the_report_is_of(self) -> None:
        action = make_action()
        (jo,) = self.coordinators(action, 1)
        sam = make_membership("coordinator", partnership=action.plan.partnership, from_on=JUNE).person
        update = report(action, MAY, by=jo)
        with pytest.raises(NotAllowedError, match=f"another coordinator accepts it: {sam}"):
            accept_update(update, by=jo, on=JUNE, decided_on=MAY)

    def test_who_has_left_since_is_not_waited_for(self) -> None:
        action = make_action()
        (jo,) = self.coordinators(action, 1)
        make_membership("coordinator", partnership=action.plan.partnership, until_on=JUNE)
        assert accept_update(report(action, MAY, by=jo), by=jo, on=JUNE).state == "accepted"

    def test_a_person_accepts_on_a_day(self) -> None:
        update = report(make_action(), MAY, by="test")
        with pytest.raises(ValueError, match="on which day"):
            accept_update(update, by=make_person())
