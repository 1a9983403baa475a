"""Two people at the same moment, in threads with connections of their own: one of them wins, the other is told."""

from datetime import date
from functools import partial
from typing import Any

import pytest

from actionplans.models import Action, MeetingDecision
from actionplans.services.decisions import FASTER, Decided, Kind, record_decision
from actionplans.services.updates import accept_update
from signatories.models import BoardMeeting
from signatories.services.meetings import change_meeting
from tests.actionplans.reporting import report
from tests.actionplans.test_updates_concurrent import DONE, ROUNDS, at_once
from tests.factories import make_action, make_meeting, make_update, noon

pytestmark = pytest.mark.django_db(transaction=True)
MET, ON, NEW = date(2026, 3, 3), date(2026, 3, 10), date(2026, 9, 30)
MOVED = Decided(kind=Kind.MOVED, new_due_on=NEW, reason="Builders")
DROPPED = Decided(kind=Kind.NOT_GOING_AHEAD, reason="No money")


def fresh() -> tuple[BoardMeeting, Action]:
    action = make_action(due_on=date(2026, 2, 28))
    make_update(action=action, reported_on=date(2026, 1, 20))
    return make_meeting(partnership=action.plan.partnership, held_on=MET), action


def recorded(meeting: BoardMeeting, action: Action, decided: Decided) -> Any:
    own_copy = BoardMeeting.objects.select_related("board").get(pk=meeting.pk)
    return partial(record_decision, own_copy, action, decided, seen=0, by="test", on=ON, now=noon(ON))


def test_two_record_the_same_or_another_decision() -> None:
    for other in (MOVED, DROPPED) * (ROUNDS // 2):
        meeting, action = fresh()
        outcomes = at_once(recorded(meeting, action, MOVED), recorded(meeting, action, other))
        assert sorted(outcomes) == sorted([DONE, f"FasterError: {FASTER}"])
        decision = MeetingDecision.objects.get(action=action)
        moves, closed = action.date_changes.count(), action.updates.filter(status="not_going_ahead").count()
        assert (moves, closed) == ((1, 0) if decision.kind == Kind.MOVED else (0, 1))


def test_one_decides_and_one_moves_the_meeting() -> None:
    for _ in range(ROUNDS):
        meeting, action = fresh()
        move = partial(
            change_meeting,
            BoardMeeting.objects.get(pk=meeting.pk),
            held_on=date(2026, 3, 9),
            papers_due_on=MET,
            seen=1,
            by="test",
        )
        outcomes = at_once(recorded(meeting, action, MOVED), move)
        assert outcomes[0] == DONE
        meeting.refresh_from_db()
        assert action.date_changes.get().decided_on == meeting.held_on
        assert (outcomes[1] == DONE) == (meeting.held_on == date(2026, 3, 9))


def test_one_agrees_a_date_and_one_accepts_its_report() -> None:
    for _ in range(ROUNDS):
        meeting, action = fresh()
        waiting = report(action, date(2026, 3, 1), new_due_on=NEW, new_date_reason="Staff left")
        agreed = Decided(kind=Kind.AGREED, report_id=waiting.pk, report_version=waiting.version)
        own_copy = type(waiting).objects.get(pk=waiting.pk)
        outcomes = at_once(
            recorded(meeting, action, agreed), partial(accept_update, own_copy, by="other", version=1, decided_on=ON)
        )
        assert outcomes.count(DONE) == 1
        assert action.date_changes.count() == 1
        assert MeetingDecision.objects.filter(action=action).count() == (outcomes[0] == DONE)
