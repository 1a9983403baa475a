"""The workspace in a real browser: from the link to done on a phone, with and without JavaScript, without a fault."""

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from concordat.kernel.dates import today
from tests import factories as make
from tests.actionplans.reporting import report
from tests.browsers import faults_of_axe
from tests.concordat.workspace.conftest import Place, make_place
from tests.sign_in import enter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(autouse=True)
def _today() -> None:
    """A browser goes by the real time."""


@pytest.fixture
def place(transactional_db: None) -> Place:
    place = make_place()
    make.make_update(action=place.action, reported_on=today().replace(year=today().year - 1), public_text="One nurse")
    return place


def signed_in(page: Page, place: Place, role: str, base: str) -> Page:
    """The browser, signed in as somebody of the place."""
    client = Client()
    enter(client, place.people[role])
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base}])
    return page


def test_an_owner_from_the_link_to_done(phone: Page, place: Place, live_server: Any) -> None:
    """At most 4 requests for pages and 6 things to do."""
    page = signed_in(phone, place, "owner", live_server.url)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url) if request.is_navigation_request() else None)
    page.goto(f"/workspace/actions/{place.action.pk}/")
    page.get_by_label("In progress").check()
    page.get_by_label("On track").check()
    page.get_by_label("What has changed?").fill("A second nurse has begun.")
    page.get_by_role("button", name="Send to the coordinator").click()
    expect(page.get_by_text("is with the coordinator of")).to_be_visible()
    assert len(requests) <= 4
    assert place.action.updates.get(state="submitted").public_text == "A second nurse has begun."


def test_returned_and_sent_again(phone: Page, place: Place, live_server: Any) -> None:
    report(place.action, today(), by=place.people["owner"], public_text="A second nurse")
    page = signed_in(phone, place, "coordinator", live_server.url)
    page.goto("/workspace/review/")
    page.get_by_role("link", name="nurse in the control room").click()
    page.get_by_label("What do you need").fill("From when on?")
    page.get_by_role("button", name="Return it").click()
    expect(page.get_by_text("is returned with your comment")).to_be_visible()
    signed_in(page, place, "owner", live_server.url).goto("/workspace/")
    page.get_by_role("link", name="Mental health nurse in the control room", exact=True).click()
    expect(page.get_by_text("From when on?")).to_be_visible()
    page.get_by_label("What has changed?").fill("A second nurse since Monday")
    page.get_by_role("button", name="Send to the coordinator").click()
    signed_in(page, place, "coordinator", live_server.url).goto("/workspace/review/")
    page.get_by_role("link", name="nurse in the control room").click()
    page.get_by_role("button", name="Accept: it becomes public").click()
    expect(page.get_by_text("is accepted and public")).to_be_visible()
    page.goto(f"/actions/{place.action.pk}/")
    expect(page.get_by_text("A second nurse since Monday").first).to_be_visible()


def test_only_what_the_answer_asks_for_is_shown(browser_page: Page, place: Place, live_server: Any) -> None:
    page = signed_in(browser_page, place, "owner", live_server.url)
    page.goto(f"/workspace/actions/{place.action.pk}/")
    outcome = page.get_by_label("What came of it?")
    expect(outcome).to_be_hidden()
    page.get_by_label("Completed", exact=True).check()
    expect(outcome).to_be_visible()
    expect(page.get_by_label("On track")).to_be_hidden()
    page.get_by_role("button", name="Send to the coordinator").click()
    expect(page.locator("#id_outcome_note_error")).to_contain_text("a completed action needs an outcome")


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_no_accessibility_fault(browser_page: Page, place: Place, live_server: Any, scheme: Any, width: int) -> None:
    report(place.action, today(), by=place.people["owner"], public_text="A second nurse")
    waiting = place.action.updates.get(state="submitted")
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.set_viewport_size({"width": width, "height": 800})
    action = f"/workspace/actions/{place.action.pk}/"
    pages = {
        "owner": ["/workspace/", action, f"{action}owners/"],
        "coordinator": [
            "/workspace/review/",
            f"/workspace/reports/{waiting.pk}/",
            "/workspace/partnerships/",
            f"/workspace/partnerships/{place.partnership.slug}/",
        ],
        "board member": [action],
    }
    faults: list[str] = []
    complaints: list[str] = []
    browser_page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    for role, addresses in pages.items():
        page = signed_in(browser_page, place, role, live_server.url)
        for address in addresses:
            page.goto(address)
            found = faults_of_axe(page, AA)
            faults += [
                f"{address}: {fault['id']} {node['html'][:150]}" for fault in found for node in fault["nodes"][:2]
            ]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                faults.append(f"{address}: too wide")
    assert faults + complaints == []
