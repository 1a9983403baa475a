"""A board's meeting in a real browser: planned and minuted on a phone, with and without JavaScript, without a fault."""

from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from concordat.kernel.dates import today
from signatories.models import BoardMeeting
from tests import factories as make
from tests.actionplans.reporting import report
from tests.browsers import faults_of_axe
from tests.concordat.workspace.conftest import Place, make_place
from tests.concordat.workspace.test_browser import AA, signed_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(autouse=True)
def _today() -> None:
    """A browser goes by the real time."""


@pytest.fixture
def place(transactional_db: None) -> Place:
    return make_place()


@pytest.fixture
def meeting(place: Place) -> BoardMeeting:
    """A meeting held yesterday, about an action whose owner asks for a new date, and one next month."""
    make.make_update(action=place.action, reported_on=today() - timedelta(days=60), confidence="off_track")
    report(place.action, today() - timedelta(days=3), new_due_on=date(2090, 3, 31), new_date_reason="Staff left")
    board = make.make_board(name="Northshire Health and Wellbeing Board")
    make.make_oversight(board=board, partnership=place.partnership)
    make.make_meeting(board=board, held_on=today() + timedelta(days=30))
    return make.make_meeting(board=board, held_on=today() - timedelta(days=1), place="Town Hall")


def test_a_date_agreed_from_the_meeting_to_done(
    phone: Page, place: Place, meeting: BoardMeeting, live_server: Any
) -> None:
    page = signed_in(phone, place, "coordinator", live_server.url)
    page.goto(f"/workspace/meetings/{meeting.pk}/")
    expect(page.get_by_text("Asks for 31 March 2090")).to_be_visible()
    page.get_by_role("link", name="Record a decision on Mental health nurse").click()
    expect(page.get_by_label("Why? (public)")).to_be_hidden()
    page.get_by_label("Agree another date").check()
    expect(page.get_by_label("Why? (public)")).to_be_visible()
    page.get_by_label("Agree the new date that is asked for").check()
    expect(page.get_by_label("Why? (public)")).to_be_hidden()
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_text("is recorded.")).to_be_visible()
    expect(page.get_by_text("New date agreed as proposed")).to_be_visible()
    assert place.action.date_changes.get().decided_on == meeting.held_on


def test_what_is_lacking_shows_with_its_field(
    phone: Page, place: Place, meeting: BoardMeeting, live_server: Any
) -> None:
    page = signed_in(phone, place, "coordinator", live_server.url)
    page.goto(f"/workspace/meetings/{meeting.pk}/actions/{place.action.pk}/")
    page.get_by_label("It is not going ahead").check()
    page.get_by_label("Note for the partnership").fill("The trust will write to us.")
    page.get_by_role("button", name="Record the decision").click()
    expect(page.locator("#id_reason_error")).to_contain_text("Say why it is not going ahead.")
    expect(page.get_by_label("Note for the partnership")).to_have_value("The trust will write to us.")


def test_a_meeting_planned(phone: Page, place: Place, meeting: BoardMeeting, live_server: Any) -> None:
    page = signed_in(phone, place, "coordinator", live_server.url)
    page.goto("/workspace/meetings/")
    page.get_by_role("link", name="Plan a meeting").click()
    group = page.get_by_role("group", name="Date of the meeting")
    for part, text in (("Day", "6"), ("Month", "3"), ("Year", "2091")):
        group.get_by_label(part).fill(text)
    page.get_by_role("button", name="Save the meeting").click()
    expect(page.get_by_text("meets on 6 March 2091")).to_be_visible()
    assert BoardMeeting.objects.filter(held_on=date(2091, 3, 6)).exists()


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_no_accessibility_fault(
    browser_page: Page, place: Place, meeting: BoardMeeting, live_server: Any, scheme: Any, width: int
) -> None:
    other = make.make_oversight(board=meeting.board).partnership
    make.make_membership("chair", person=place.people["coordinator"], partnership=other)
    for kind in ("moved", "asked"):
        make.make_decision(meeting=meeting, action=make.make_action(plan=place.action.plan), kind=kind)
    make.make_decision(meeting=meeting, action=place.action)
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.set_viewport_size({"width": width, "height": 800})
    view = f"/workspace/meetings/{meeting.pk}/"
    addresses = [
        "/workspace/meetings/",
        view,
        f"{view}actions/{place.action.pk}/",
        f"{view}change/",
        f"{view}cancel/",
        f"/workspace/boards/{meeting.board.slug}/meetings/new/",
        f"/workspace/actions/{place.action.pk}/",
        f"/workspace/partnerships/{place.partnership.slug}/",
    ]
    faults: list[str] = []
    page = signed_in(browser_page, place, "coordinator", live_server.url)
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    for address in addresses:
        page.goto(address)
        found = faults_of_axe(page, AA)
        faults += [f"{address}: {fault['id']} {node['html'][:150]}" for fault in found for node in fault["nodes"][:2]]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append(f"{address}: too wide")
    assert faults == []
