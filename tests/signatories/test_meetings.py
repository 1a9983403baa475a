"""Planning, moving and cancelling the meetings of a board."""

from datetime import date
from typing import Any

import pytest

from concordat.kernel.models import Change
from signatories.access import Access
from signatories.models import Board, BoardMeeting
from signatories.services.errors import FasterError, NotAllowedError
from signatories.services.meetings import (
    CANCELLED,
    DECIDED,
    FASTER,
    TAKEN,
    cancel_meeting,
    change_meeting,
    no_decisions_yet,
    open_minutes,
    plan_meeting,
)
from tests import factories as make

pytestmark = pytest.mark.django_db
MARCH, PAPERS, APRIL = date(2026, 3, 3), date(2026, 2, 17), date(2026, 4, 7)


def changes(meeting: BoardMeeting) -> list[tuple[str, str, dict[str, Any]]]:
    return list(Change.objects.about(meeting).values_list("verb", "why", "fields"))


def test_a_meeting_is_planned_and_recorded() -> None:
    meeting = plan_meeting(make.make_board(), held_on=MARCH, papers_due_on=PAPERS, place=" Town Hall ", by="test")
    assert (meeting.held_on, meeting.papers_due_on, meeting.place, meeting.version) == (MARCH, PAPERS, "Town Hall", 1)
    [(verb, _, fields)] = changes(meeting)
    assert (verb, fields["held_on"]) == ("created", [None, "2026-03-03"])


def test_one_meeting_a_day() -> None:
    board = make.make_board()
    plan_meeting(board, held_on=MARCH, papers_due_on=PAPERS, by="test")
    with pytest.raises(NotAllowedError, match=TAKEN):
        plan_meeting(board, held_on=MARCH, papers_due_on=PAPERS, by="test")
    assert board.meetings.count() == 1


def test_another_after_a_cancelled_one() -> None:
    board = make.make_board()
    first = plan_meeting(board, held_on=MARCH, papers_due_on=PAPERS, by="test")
    cancel_meeting(first, reason="No room", seen=1, by="test", on=PAPERS)
    plan_meeting(board, held_on=MARCH, papers_due_on=PAPERS, by="test")
    assert board.meetings.count() == 2


@pytest.mark.parametrize(
    ("held_on", "papers_due_on", "sentence"),
    [
        (MARCH, APRIL, "The papers cannot be due after the meeting."),
        (date(2014, 1, 1), date(2014, 1, 1), "There is no such board on that day."),
    ],
)
def test_what_makes_no_sense(held_on: date, papers_due_on: date, sentence: str) -> None:
    board = make.make_board(from_on=date(2015, 1, 1))
    with pytest.raises(NotAllowedError, match=sentence):
        plan_meeting(board, held_on=held_on, papers_due_on=papers_due_on, by="test")
    assert not board.meetings.exists()


def test_a_moved_meeting_keeps_its_old_day_on_record() -> None:
    meeting = make.make_meeting(held_on=MARCH, papers_due_on=PAPERS, place="Town Hall")
    change_meeting(meeting, held_on=APRIL, papers_due_on=PAPERS, place="Town Hall", seen=1, by="test")
    meeting.refresh_from_db()
    assert (meeting.held_on, meeting.version) == (APRIL, 2)
    assert changes(meeting) == [("moved", "", {"held_on": ["2026-03-03", "2026-04-07"]})]


def test_what_says_the_same_writes_nothing() -> None:
    meeting = make.make_meeting(held_on=MARCH, papers_due_on=PAPERS)
    change_meeting(meeting, held_on=MARCH, papers_due_on=PAPERS, seen=1, by="test")
    assert (meeting.version, changes(meeting)) == (1, [])


def test_the_second_of_two_is_told() -> None:
    meeting = make.make_meeting(held_on=MARCH, papers_due_on=PAPERS)
    change_meeting(meeting, held_on=MARCH, papers_due_on=PAPERS, place="Hers", seen=1, by="test")
    with pytest.raises(FasterError, match=FASTER):
        change_meeting(meeting, held_on=MARCH, papers_due_on=PAPERS, place="His", seen=1, by="test")
    with pytest.raises(FasterError, match=FASTER):
        cancel_meeting(meeting, reason="No room", seen=1, by="test", on=PAPERS)
    meeting.refresh_from_db()
    assert (meeting.place, meeting.cancelled_on) == ("Hers", None)


def test_it_is_not_moved_onto_another() -> None:
    meeting = make.make_meeting(held_on=MARCH, papers_due_on=PAPERS)
    make.make_meeting(board=meeting.board, held_on=APRIL)
    with pytest.raises(NotAllowedError, match=TAKEN):
        change_meeting(meeting, held_on=APRIL, papers_due_on=PAPERS, seen=1, by="test")
    meeting.refresh_from_db()
    assert (meeting.held_on, changes(meeting)) == (MARCH, [])


def test_cancelled_with_a_reason() -> None:
    meeting = make.make_meeting(held_on=MARCH)
    with pytest.raises(NotAllowedError, match="Say why"):
        cancel_meeting(meeting, reason="  ", seen=1, by="test", on=PAPERS)
    cancel_meeting(meeting, reason="No room ", seen=1, by="test", on=PAPERS)
    assert (meeting.cancelled_on, meeting.cancelled_reason) == (PAPERS, "No room")
    with pytest.raises(NotAllowedError, match=CANCELLED):
        cancel_meeting(meeting, reason="Again", seen=2, by="test", on=APRIL)
    with pytest.raises(NotAllowedError, match=CANCELLED):
        change_meeting(meeting, held_on=APRIL, papers_due_on=PAPERS, seen=2, by="test")
    assert [(verb, why) for verb, why, _ in changes(meeting)] == [("cancelled", "No room")]


def test_with_decisions_its_day_stays_and_its_place_may_change() -> None:
    meeting = make.make_meeting(held_on=MARCH, papers_due_on=PAPERS)
    for _ in range(2):
        open_minutes(meeting, by="test", on=MARCH)
    for step in (
        lambda: change_meeting(meeting, held_on=APRIL, papers_due_on=PAPERS, seen=1, by="test"),
        lambda: cancel_meeting(meeting, reason="No room", seen=1, by="test", on=APRIL),
    ):
        with pytest.raises(NotAllowedError, match=DECIDED):
            step()
    change_meeting(meeting, held_on=MARCH, papers_due_on=PAPERS, place="Town Hall", seen=1, by="test")
    meeting.refresh_from_db()
    assert (meeting.held_on, meeting.place, meeting.cancelled_on) == (MARCH, "Town Hall", None)
    assert [verb for verb, _, _ in changes(meeting)] == ["minuted", "changed"]


def test_no_decisions_before_its_day_or_once_cancelled() -> None:
    meeting, cancelled = make.make_meeting(held_on=MARCH), make.make_meeting(held_on=MARCH, cancelled_on=PAPERS)
    with pytest.raises(NotAllowedError, match="Decisions can be recorded from that day on"):
        open_minutes(meeting, by="test", on=PAPERS)
    with pytest.raises(NotAllowedError, match=CANCELLED):
        open_minutes(cancelled, by="test", on=MARCH)
    assert not BoardMeeting.objects.filter(has_decisions=True).exists()
    assert no_decisions_yet(meeting, MARCH) == ""


def test_who_sees_and_who_plans() -> None:
    board, one, two, former = make.make_board(), *(make.make_partnership() for _ in range(3))
    for partnership in (one, two):
        make.make_oversight(board=board, partnership=partnership)
    make.make_oversight(board=board, partnership=former, until_on=MARCH)
    meeting = make.make_meeting(board=board, held_on=MARCH)

    def found(access: Access) -> tuple[bool, bool, bool, bool]:
        rows, boards = BoardMeeting.objects, Board.objects
        return (
            rows.visible_to(access).filter(pk=meeting.pk).exists(),
            rows.editable_by(access).filter(pk=meeting.pk).exists(),
            boards.visible_to(access, MARCH).filter(pk=board.pk).exists(),
            boards.editable_by(access, MARCH).filter(pk=board.pk).exists(),
        )

    both, reads, nothing = (True,) * 4, (True, False, True, False), (False,) * 4
    assert found(Access(coordinates=frozenset({one.pk}))) == both
    assert found(Access(coordinates=frozenset({two.pk}))) == both
    assert found(Access(is_administrator=True)) == both
    for access in (
        Access(chairs=frozenset({one.pk})),
        Access(sits_on=frozenset({two.pk})),
        Access(is_reviewer=True),
    ):
        assert found(access) == reads
    for access in (Access(coordinates=frozenset({former.pk})), Access(leads=frozenset({one.pk})), Access()):
        assert found(access) == nothing
    assert list(meeting.partnerships) == sorted([one, two], key=lambda each: each.name)
