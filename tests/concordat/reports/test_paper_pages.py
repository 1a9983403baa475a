"""The board paper and the meeting sheet as pages: for readers of the partnership, of the meeting that is chosen."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client

from concordat.reports.services.freezing import freeze
from signatories.models import BoardMeeting
from tests import factories as make
from tests.concordat.reports.boards import TODAY, Place, make_place
from tests.plain import plain
from tests.sign_in import enter

pytestmark = pytest.mark.django_db
REPORTS = ("board", "meeting")


@pytest.fixture
def place() -> Iterator[Place]:
    with time_machine.travel(make.noon(TODAY), tick=False):
        yield make_place()


@pytest.fixture
def reader(client: Client, place: Place) -> Client:
    enter(client, make.make_membership("board_member", partnership=place.partnership).person)
    return client


def page(report: str, place: Place, **asked: object) -> str:
    query = "&".join(f"{name}={value}" for name, value in {"partnership": place.partnership.slug, **asked}.items())
    return f"/reports/{report}.html?{query}"


def another(place: Place, held_on: date = date(2027, 1, 5)) -> BoardMeeting:
    return make.make_meeting(board=make.make_oversight(partnership=place.partnership).board, held_on=held_on)


@pytest.mark.parametrize("report", REPORTS)
def test_the_next_meeting_and_one_that_is_chosen(reader: Client, place: Place, report: str) -> None:
    other = another(place)
    next_one = reader.get(page(report, place))
    assert "Northshire Health Board, 2 December 2026" in plain(next_one).partition("Choose the day")[0]
    chosen = reader.get(page(report, place, meeting=other.pk))
    assert f"Northshire; {other.board}, 5 January 2027" in plain(chosen)
    options = re.findall(r'<option value="(\d+)"( selected)?>', chosen.text)
    assert options == [(str(other.pk), " selected"), (str(place.meeting.pk), "")]


@pytest.mark.parametrize("report", REPORTS)
def test_a_meeting_about_others_is_refused_beside_its_field(reader: Client, place: Place, report: str) -> None:
    elsewhere = another(make_place())
    cancelled = make.make_meeting(board=place.meeting.board, held_on=date(2027, 2, 2), cancelled_on=TODAY)
    for meeting in (elsewhere, cancelled):
        answer = reader.get(page(report, place, meeting=meeting.pk))
        assert answer.status_code == 400
        assert "That meeting is not about this partnership, or is cancelled." in plain(answer)
        assert reader.get(page(report, place, meeting=meeting.pk).replace(".html", ".csv")).status_code == 404
    assert "A meeting is told by its number." in plain(reader.get(page(report, place, meeting="x")))


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("role", ["owner", "organisation_lead", "coordinator"])
def test_others_find_nothing(client: Client, place: Place, report: str, role: str) -> None:
    where = {} if role == "coordinator" else {"organisation": place.police}
    enter(client, make.make_membership(role, **where).person)
    for address in (page(report, place), page(report, place, meeting=place.meeting.pk)):
        assert client.get(address).status_code == 404
        assert client.get(address.replace(".html", ".json")).status_code == 404


def test_what_a_page_is_compared_with_is_said(reader: Client, place: Place) -> None:
    told = plain(reader.get(page("board", place)))
    assert "Left empty, the last paper that was frozen; else three months before the day." in told
    assert "Agree, or change, 1 revised date asked for: B4." in told


def test_a_paper_that_was_frozen_is_linked_from_the_live_one(reader: Client, place: Place) -> None:
    assert "It never changes" not in plain(reader.get(page("board", place)))
    by = make.make_person(name="Jo Coordinator")
    frozen = freeze(place.meeting, place.partnership, seen=0, by=by, on=TODAY, now=make.noon(TODAY)).report
    for chosen in ({}, {"meeting": place.meeting.pk}):
        answer = reader.get(page("board", place, **chosen))
        assert f'href="/reports/frozen/{frozen.pk}.html"' in answer.text
        told = "The paper frozen as at 2 November 2026 by Jo Coordinator is what the board was given"
        assert told in plain(answer)
    other = another(place)
    assert "is what the board was given" not in plain(reader.get(page("board", place, meeting=other.pk)))
    assert "is what the board was given" not in plain(reader.get(page("meeting", place)))


def test_a_meeting_that_is_past_is_asked_nothing(reader: Client, place: Place) -> None:
    past = another(place, date(2026, 9, 8))
    paper = plain(reader.get(page("board", place, meeting=past.pk)))
    assert f"The meeting of the {past.board} on 8 September 2026 is past. This paper tells" in paper
    assert "For what it read choose its day, 8 September 2026, or open the paper that was frozen for it." in paper
    assert "The board is asked to:" not in paper
    sheet = plain(reader.get(page("meeting", place, meeting=past.pk)))
    assert "The board met on 8 September 2026; this sheet is of a later day." in sheet
    then = plain(reader.get(page("board", place, meeting=past.pk, on="2026-09-08")))
    assert "for its meeting on 8 September 2026" in then
    assert "The board is asked to:" in then


@pytest.mark.parametrize("report", REPORTS)
def test_an_answer_without_a_partnership_is_refused(reader: Client, report: str) -> None:
    answer = reader.get(f"/reports/{report}.csv")
    assert (answer.status_code, answer.text) == (400, "Say of which partnership.\n")
