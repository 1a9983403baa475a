"""The admin pages of partnerships, boards and statements."""

from datetime import date

import pytest
from django.test import Client

from concordat.kernel.models import Change
from signatories.models import Board, BoardChair, BoardMeeting, Partnership, Statement
from tests import factories as make
from tests.admin_pages import address, administrator, edit, open_page, queries_of, row_address, send, signed_in


@pytest.fixture
def browser(db: None) -> Client:
    return signed_in(administrator())


def test_a_partnership_shows_its_areas_members_and_boards(browser: Client) -> None:
    row = make.make_partnership(areas=[make.make_area(name="Hull")])
    make.make_member(partnership=row, name_as_written="Humber Police")
    make.make_oversight(partnership=row, board=make.make_board(name="Hull Health Board"))
    words = open_page(browser, row_address(row)).words
    for name in ("Hull the whole area", "Humber Police", "Hull Health Board"):
        assert name in words


def test_areas_and_members_are_not_written_here(browser: Client) -> None:
    row = make.make_partnership(areas=[make.make_area()])
    make.make_member(partnership=row)
    posted = open_page(browser, row_address(row)).values
    rows = [name for name in posted if name.startswith(("coverage-", "members-", "oversight-"))]
    assert {name.split("-")[1] for name in rows} <= {
        "TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS",
    }  # fmt: skip
    assert edit(browser, row, **{"coverage-0-label": "East", "coverage-0-extent": "part"}) is None
    assert row.coverage.get().label == ""


@pytest.mark.parametrize("levels", [0, 1, 2])
def test_a_partnership_is_not_above_itself(browser: Client, levels: int) -> None:
    row = below = make.make_partnership()
    for _ in range(levels):
        below = make.make_partnership(parent=below)
    page = edit(browser, row, parent=str(below.pk))
    assert page is not None
    assert page.errors["parent"] == f"{below} is this partnership or belongs to it already."


def test_a_partnership_gets_a_parent(browser: Client) -> None:
    row, parent = make.make_partnership(), make.make_partnership()
    assert edit(browser, row, parent=str(parent.pk)) is None
    (change,) = Change.objects.about(row)
    assert change.fields == {"parent_id": [None, parent.pk]}


def test_a_partnership_is_added(browser: Client) -> None:
    programme, above = make.make_programme(), make.make_partnership()
    url = address(Partnership, "add")
    values = {"programme": str(programme.pk), "name": "Humber", "slug": "humber", "parent": str(above.pk)}
    assert send(browser, url, open_page(browser, url), **values) is None
    row = Partnership.objects.get(slug="humber")
    assert (row.programme, row.parent) == (programme, above)
    assert Change.objects.about(row).get().verb == "created"


def test_a_slug_is_taken_once(browser: Client) -> None:
    other, url = make.make_partnership(slug="humber"), address(Partnership, "add")
    values = {"programme": str(other.programme_id), "name": "Humber", "slug": "humber"}
    page = send(browser, url, open_page(browser, url), **values)
    assert page is not None
    assert page.errors["slug"] == "Partnership with this Slug already exists."


def test_the_page_of_a_partnership_takes_the_same_queries_whatever_it_has(browser: Client) -> None:
    row, counts = make.make_partnership(), []
    for more in (1, 9):
        for _ in range(more):
            make.cover(row, make.make_area())
            make.make_member(partnership=row, organisation=make.make_organisation())
            make.make_oversight(partnership=row)
        counts.append(queries_of(browser, row_address(row)))
    assert counts == [7, 7]


class TestBoards:
    def test_chairs_are_added_and_ended_with_their_record(self, browser: Client) -> None:
        board, jo = make.make_board(), make.make_person(name="Jo Smith")
        row = {"chairs-0-role": "Leader of the council", "chairs-0-person": str(jo.pk), "chairs-0-source": "Minutes"}
        assert edit(browser, board, **row) is None
        assert edit(browser, board, **{"chairs-0-until_on": "2026-05-01"}) is None
        chair = BoardChair.objects.get()
        assert [change.verb for change in Change.objects.about(chair)] == ["created", "changed"]
        words = open_page(browser, row_address(board, "history")).words
        assert "Until (empty) 1 May 2026" in words
        assert "Person (empty) Jo Smith" in words

    def test_one_office_chairs_once_at_a_time(self, browser: Client) -> None:
        chair = make.make_chair(role="Sheriff")
        page = edit(browser, chair.board, **{"chairs-1-role": "Sheriff"})
        assert page is not None
        assert page.errors["chairs-1-role"] == "This office chairs the board already. End that row first."
        assert edit(browser, chair.board, **{"chairs-0-until_on": "2026-05-01"}) is None
        assert edit(browser, chair.board, **{"chairs-1-role": "Sheriff"}) is None

    def test_one_person_chairs_once_at_a_time(self, browser: Client) -> None:
        chair = make.make_chair(person=make.make_person(), role="Sheriff")
        row = {"chairs-1-role": "Mayor", "chairs-1-person": str(chair.person_id)}
        page = edit(browser, chair.board, **row)
        assert page is not None
        assert page.errors["chairs-1-person"] == "This person chairs the board already. End that row first."

    def test_one_body_chairs_once_at_a_time_in_one_office(self, browser: Client) -> None:
        chair = make.make_chair(organisation=make.make_organisation(), role="Sheriff")
        row = {"chairs-1-role": "Sheriff", "chairs-1-organisation": str(chair.organisation_id)}
        page = edit(browser, chair.board, **row)
        assert page is not None
        assert "This office of this body chairs the board already." in page.errors["chairs-1-role"]

    def test_a_board_oversees_a_partnership_once_at_a_time(self, browser: Client) -> None:
        oversight = make.make_oversight()
        page = edit(browser, oversight.board, **{"oversight-1-partnership": str(oversight.partnership_id)})
        assert page is not None
        assert "oversees this partnership already" in page.errors["oversight-1-partnership"]

    def test_a_board_is_added_with_a_chair(self, browser: Client) -> None:
        url = address(Board, "add")
        values = {"name": "Hull Health Board", "slug": "hull", "kind": "governance", "chairs-0-role": "Sheriff"}
        assert send(browser, url, open_page(browser, url), **values) is None
        assert Board.objects.get(slug="hull").chairs.get().role == "Sheriff"


class TestStatements:
    def test_it_is_added_and_belongs_to_its_person(self, browser: Client) -> None:
        partnership, person, url = make.make_partnership(), make.make_person(email=None), address(Statement, "add")
        values = {"partnership": str(partnership.pk), "person": str(person.pk), "role": "Sheriff", "text": "Good."}
        assert send(browser, url, open_page(browser, url), **values, source="Minutes") is None
        statement = Statement.objects.get()
        assert Change.objects.about(statement).get().verb == "created"
        assert {"partnership", "person"}.isdisjoint(open_page(browser, row_address(statement)).values)

    @pytest.mark.parametrize(("day", "precision"), [("2015-04-01", ""), ("", "day")])
    def test_a_day_and_its_precision_go_together(self, browser: Client, day: str, precision: str) -> None:
        page = edit(browser, make.make_statement(), said_on=day, said_precision=precision)
        assert page is not None
        assert page.errors[""] == "A day needs its precision, and a precision needs its day."

    def test_one_source_has_one_statement_of_a_person(self, browser: Client) -> None:
        one = make.make_statement(source="Minutes")
        other = make.make_statement(source="Letter", person=one.person, partnership=one.partnership)
        page = edit(browser, other, source="Minutes")
        assert page is not None
        assert page.errors["source"] == "A statement of this person from this source is recorded already."


class TestMeetings:
    def test_a_meeting_is_added(self, browser: Client) -> None:
        board, url = make.make_board(), address(BoardMeeting, "add")
        values = {"board": str(board.pk), "held_on": "2026-05-20", "papers_due_on": "2026-05-06"}
        assert send(browser, url, open_page(browser, url), **values) is None
        assert Change.objects.about(board.meetings.get()).get().verb == "created"

    def test_an_edit_is_a_version_for_whoever_has_it_open_elsewhere(self, browser: Client) -> None:
        meeting = make.make_meeting(place="Town Hall")
        assert edit(browser, meeting, place="Library") is None
        meeting.refresh_from_db()
        assert (meeting.place, meeting.version) == ("Library", 2)

    def test_one_a_day_and_cancelled_with_a_reason(self, browser: Client) -> None:
        meeting = make.make_meeting()
        other = make.make_meeting(board=meeting.board, held_on=date(2015, 5, 6))
        page = edit(browser, other, held_on="2015-04-01", papers_due_on="2015-04-01")
        assert page is not None
        assert page.errors["held_on"] == "A meeting of this board on that day is planned already."
        page = edit(browser, other, cancelled_on="2015-04-30")
        assert page is not None
        assert page.errors["cancelled_reason"] == "A cancelled meeting needs its day and a reason."
        assert edit(browser, other, cancelled_on="2015-04-30", cancelled_reason="Election") is None

    def test_one_with_decisions_keeps_its_day(self, browser: Client) -> None:
        meeting = make.make_decision().meeting
        page = edit(browser, meeting, held_on="2015-04-02")
        assert page is not None
        assert page.errors["held_on"] == "Decisions of this meeting are recorded, so its day stays."
        page = edit(browser, meeting, cancelled_on="2015-04-01", cancelled_reason="Election")
        assert page is not None
        assert page.errors["cancelled_on"] == "Decisions of this meeting are recorded, so it cannot be cancelled."
        assert edit(browser, meeting, place="Library") is None
