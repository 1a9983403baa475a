"""Planning the meetings of boards in the workspace: who sees what, bad input, two at once, and what stays typed."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from concordat.workspace.meetings import days_left
from signatories.models import Board, BoardMeeting
from tests import factories as make
from tests.concordat.workspace.conftest import TODAY, Place
from tests.plain import plain
from tests.sign_in import enter

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
LIST = "/workspace/meetings/"


@pytest.fixture
def board(place: Place) -> Board:
    board = make.make_board(name="Northshire Health Board")
    make.make_oversight(board=board, partnership=place.partnership)
    return board


def parts(name: str, day: date | None) -> dict[str, str]:
    written = (day.day, day.month, day.year) if day else ("", "", "")
    return {f"{name}_{number}": str(part) for number, part in enumerate(written)}


def sent(held_on: date | None, papers_due_on: date | None = None, **others: str) -> dict[str, str]:
    return parts("held_on", held_on) | parts("papers_due_on", papers_due_on) | others


def new(board: Board) -> str:
    return f"/workspace/boards/{board.slug}/meetings/new/"


class TestList:
    def test_meetings_ahead_held_and_cancelled(self, as_: As, board: Board) -> None:
        make.make_meeting(board=board, held_on=date(2026, 12, 1), papers_due_on=date(2026, 11, 17), place="Town Hall")
        make.make_meeting(board=board, held_on=date(2026, 9, 1))
        make.make_meeting(board=board, held_on=date(2027, 3, 2), cancelled_on=TODAY, cancelled_reason="Election")
        page = plain(as_("coordinator").get(LIST))
        assert "Tuesday 1 December 2026 Papers due by 17 November 2026: 15 days left . Town Hall ." in page
        assert "Tuesday 2 March 2027 Cancelled Election" in page
        assert "Meetings held by Northshire Health Board Tuesday 1 September 2026" in page
        assert "Plan a meeting, or enter one that was held" in page

    def test_a_reader_plans_nothing(self, as_: As, board: Board) -> None:
        page = plain(as_("board member").get(LIST))
        assert "Northshire Health Board" in page
        assert "Plan a meeting, or" not in page

    def test_boards_of_others_are_not_listed(self, as_: As, board: Board) -> None:
        make.make_meeting(partnership=make.make_partnership(), board=None)
        page = plain(as_("coordinator").get(LIST))
        assert page.count("Oversees") == 1

    @pytest.mark.parametrize("size", [10, 500])
    def test_queries(self, as_: As, board: Board, size: int, django_assert_num_queries: Any) -> None:
        BoardMeeting.objects.bulk_create(
            BoardMeeting(board=board, held_on=TODAY + timedelta(days=day), papers_due_on=TODAY) for day in range(size)
        )
        client = as_("coordinator")
        with django_assert_num_queries(8):
            client.get(LIST)

    @pytest.mark.parametrize("size", [10, 500])
    def test_queries_of_many_boards(self, as_: As, place: Place, size: int, django_assert_num_queries: Any) -> None:
        for _ in range(size):
            make.make_meeting(partnership=place.partnership, held_on=TODAY)
        client = as_("coordinator")
        with django_assert_num_queries(8):
            client.get(LIST)


class TestPlan:
    def test_the_papers_are_due_ten_working_days_before(self, as_: As, board: Board) -> None:
        answer = as_("coordinator").post(new(board), sent(date(2026, 12, 1)), follow=True)
        meeting = board.meetings.get()
        assert meeting.papers_due_on == date(2026, 11, 17)
        assert "Northshire Health Board meets on 1 December 2026. Its papers are due by 17 November" in plain(answer)

    def test_a_day_of_ones_own_and_a_past_meeting(self, as_: As, board: Board) -> None:
        as_("coordinator").post(new(board), sent(date(2026, 9, 1), date(2026, 9, 1), title="Away day"))
        meeting = board.meetings.get()
        assert (meeting.papers_due_on, meeting.title) == (date(2026, 9, 1), "Away day")

    @pytest.mark.parametrize(
        ("held_on", "papers_due_on", "others", "sentence"),
        [
            (None, None, {}, "Say on which day the board meets."),
            (date(2026, 12, 1), date(2026, 12, 2), {}, "The papers cannot be due after the meeting."),
            (date(2009, 12, 1), None, {}, "Write a year from 2010 to 2099."),
            (date(2026, 12, 1), None, {"place": "x\u202ey"}, "marks that turn the direction"),
            (date(2026, 12, 1), None, {"title": "x" * 161}, "This has 161 characters."),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_stays(
        self, as_: As, board: Board, held_on: Any, papers_due_on: Any, others: dict[str, str], sentence: str
    ) -> None:
        data = {"place": "Town Hall"} | others
        answer = as_("coordinator").post(new(board), sent(held_on, papers_due_on, **data))
        assert (answer.status_code, board.meetings.count()) == (400, 0)
        assert sentence in plain(answer)
        assert data["place"] in answer.content.decode()

    def test_a_second_one_on_the_day(self, as_: As, board: Board) -> None:
        make.make_meeting(board=board, held_on=date(2026, 12, 1))
        answer = as_("coordinator").post(new(board), sent(date(2026, 12, 1)))
        assert answer.status_code == 400
        assert "A meeting of this board on that day is planned already." in plain(answer)

    def test_not_for_a_day_on_which_the_board_oversees_nothing_of_mine(self, as_: As, place: Place) -> None:
        row = make.make_oversight(partnership=place.partnership, until_on=date(2026, 12, 1))
        answer = as_("coordinator").post(new(row.board), sent(date(2026, 12, 1)))
        assert "The board oversees none of your partnerships on that day." in plain(answer)
        assert not row.board.meetings.exists()

    def test_a_shared_board_says_so_and_each_coordinator_may(self, client: Client, board: Board, place: Place) -> None:
        other = make.make_oversight(board=board, partnership=make.make_partnership(name="Southshire")).partnership
        stranger = make.make_membership("coordinator", partnership=other).person
        enter(client, stranger)
        page = plain(client.get(new(board)))
        assert "Southshire. They share its meetings: all their coordinators see this one and may change it." in page
        client.post(new(board), sent(date(2026, 12, 1)))
        enter(client, place.people["coordinator"])
        assert client.get(f"/workspace/meetings/{board.meetings.get().pk}/change/").status_code == 200


class TestChange:
    def test_moved(self, as_: As, board: Board) -> None:
        meeting = make.make_meeting(board=board, held_on=date(2026, 12, 1))
        data = sent(date(2026, 12, 8), meeting.papers_due_on, version="1")
        page = plain(as_("coordinator").post(f"{LIST}{meeting.pk}/change/", data, follow=True))
        meeting.refresh_from_db()
        assert meeting.held_on == date(2026, 12, 8)
        assert "meets on 8 December 2026" in page

    def test_two_at_once_see_both(self, as_: As, board: Board) -> None:
        meeting = make.make_meeting(board=board, held_on=date(2026, 12, 1), place="Hers", version=2)
        data = sent(date(2026, 12, 8), meeting.papers_due_on, place="His", version="1")
        answer = as_("coordinator").post(f"{LIST}{meeting.pk}/change/", data)
        page = plain(answer)
        assert answer.status_code == 409
        assert "Somebody else has changed this meeting since you opened it." in page
        assert "Date of the meeting 1 December 2026 8 December 2026" in page
        assert "Place (optional) Hers His" in page
        assert 'name="version" value="2"' in answer.content.decode()
        meeting.refresh_from_db()
        assert meeting.place == "Hers"

    def test_what_is_wrong_stays_typed(self, as_: As, board: Board) -> None:
        meeting = make.make_meeting(board=board, held_on=date(2026, 12, 1))
        answer = as_("coordinator").post(f"{LIST}{meeting.pk}/change/", sent(None, place="Library", version="1"))
        assert answer.status_code == 400
        assert "Say on which day the board meets." in plain(answer)
        assert "Library" in answer.content.decode()

    def test_its_day_stays_once_it_has_decided(self, as_: As, board: Board) -> None:
        meeting = make.make_meeting(board=board, held_on=date(2026, 10, 1), has_decisions=True)
        client, address = as_("coordinator"), f"{LIST}{meeting.pk}/change/"
        assert "Decisions of this meeting are recorded, so its day stays" in plain(client.get(address))
        answer = client.post(address, sent(date(2026, 10, 2), version="1"))
        assert answer.status_code == 400
        assert "its day stays and it cannot be cancelled" in plain(answer)

    def test_what_was_typed_outlives_the_session(self, as_: As, board: Board) -> None:
        meeting = make.make_meeting(board=board, held_on=date(2026, 12, 1))
        client, address = as_("coordinator"), f"{LIST}{meeting.pk}/change/"
        who = client.get(address).context["who"]
        person = board.oversight.get().partnership.memberships.get(role="coordinator").person
        client.logout()
        client.post(address, sent(date(2026, 12, 8), place="Library", version="1", who=who))
        enter(client, person)
        page = client.get(address)
        assert "You had been signed out." in plain(page)
        assert "Library" in page.content.decode()


class TestCancel:
    def test_with_a_reason(self, as_: As, board: Board) -> None:
        meeting = make.make_meeting(board=board, held_on=date(2026, 12, 1))
        client, address = as_("coordinator"), f"{LIST}{meeting.pk}/cancel/"
        answer = client.post(address, {"version": "1", "reason": " "})
        assert answer.status_code == 400
        assert "Say why the meeting is cancelled." in plain(answer)
        page = plain(client.post(address, {"version": "1", "reason": "Election"}, follow=True))
        assert "The meeting on 1 December 2026 is cancelled." in page
        meeting.refresh_from_db()
        assert (meeting.cancelled_on, meeting.cancelled_reason) == (TODAY, "Election")

    def test_changed_in_between(self, as_: As, board: Board) -> None:
        meeting = make.make_meeting(board=board, held_on=date(2026, 12, 1), version=2)
        answer = as_("coordinator").post(f"{LIST}{meeting.pk}/cancel/", {"version": "1", "reason": "Election"})
        assert answer.status_code == 409
        assert "Election" in answer.content.decode()
        assert 'name="version" value="2"' in answer.content.decode()

    def test_twice(self, as_: As, board: Board) -> None:
        meeting = make.make_meeting(board=board, held_on=date(2026, 12, 1), cancelled_on=TODAY)
        answer = as_("coordinator").post(f"{LIST}{meeting.pk}/cancel/", {"version": "1", "reason": "Election"})
        assert answer.status_code == 400
        assert "This meeting is cancelled." in plain(answer)


class TestBoardsAhead:
    def test_on_the_dashboard(self, as_: As, board: Board, place: Place) -> None:
        make.make_meeting(board=board, held_on=date(2026, 12, 1), papers_due_on=date(2026, 11, 17))
        make.make_meeting(board=board, held_on=TODAY, papers_due_on=date(2026, 10, 30))
        make.make_meeting(board=board, held_on=date(2026, 11, 1))
        page = plain(as_("coordinator").get(f"/workspace/partnerships/{place.partnership.slug}/"))
        ahead = page.split("Boards ahead")[-1].split("Declarations and plan versions")[0]
        assert "Northshire Health Board, Monday 2 November 2026 Papers due by 30 October 2026: 3 days ago" in ahead
        assert "Tuesday 1 December 2026 Papers due by 17 November 2026: 15 days left" in ahead
        assert "1 November" not in ahead
        assert "The next papers are due by 17 November 2026: 15 days left ." in page
        assert "2 Board meetings ahead" in page
        late = "Papers for the meeting on 2 November 2026 are late. They were due by 30 October 2026: 3 days ago."
        assert page.index(late) < page.index("The next papers are due")

    def test_the_quarter_where_none_is_planned(self, as_: As, place: Place) -> None:
        page = plain(as_("coordinator").get(f"/workspace/partnerships/{place.partnership.slug}/"))
        assert "No meeting is planned." in page
        assert "The next papers are due by 31 December 2026: 59 days left . No board meeting ahead says when" in page


@pytest.mark.parametrize(
    ("papers_due_on", "words"),
    [
        (date(2026, 11, 4), "2 days left"),
        (date(2026, 11, 3), "1 day left"),
        (TODAY, "today"),
        (date(2026, 11, 1), "1 day ago"),
    ],
)
def test_days_left(papers_due_on: date, words: str) -> None:
    assert days_left(papers_due_on, TODAY) == words
