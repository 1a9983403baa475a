"""Removing personal data in a real browser: asked, looked at, done, and what the public sees then."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from concordat.kernel.dates import today
from tests import factories as make
from tests.browsers import faults_of_axe
from tests.concordat.workspace.conftest import Place, make_place
from tests.concordat.workspace.test_browser import AA, signed_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(autouse=True)
def _today() -> None:
    """A browser goes by the real time."""


@pytest.fixture
def place(transactional_db: None) -> Place:
    place = make_place()
    told = "Zoë O’Brien was the first who came by the new way, and Zoë O’Brien was seen within an hour."
    make.make_update(action=place.action, reported_on=today(), public_text=told)
    make.make_action(text="A bed for Zoë O’Brien")
    return place


def faults(page: Page) -> list[str]:
    """What axe finds on the page, and whether it is too wide for the screen."""
    found = faults_of_axe(page, AA)
    width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [f"{page.url}: {fault['id']}" for fault in found] + ([f"{page.url}: too wide"] if width > 0 else [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_from_the_history_to_the_mark(browser_page: Page, place: Place, live_server: Any, scheme: Any) -> None:
    page = signed_in(browser_page, place, "administrator", live_server.url)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"/workspace/actions/{place.action.pk}/history/")
    found = faults(page)
    page.get_by_role("link", name="Remove personal data").click()
    found += faults(page)
    page.get_by_label("The words to remove").fill("zoe o'brien")
    page.get_by_label("It names a person").check()
    page.get_by_label("A note for the record").fill("She asked us in a letter.")
    page.get_by_role("button", name="Look where it stands").click()
    expect(page.get_by_role("heading", name="Here: 2 places")).to_be_visible()
    found += faults(page)
    page.get_by_label("A bed for").check()
    page.get_by_role("button", name="Remove for good").click()
    expect(page.get_by_text("Removed in 3 places.")).to_be_visible()
    found += faults(page)
    page.goto(f"/actions/{place.action.pk}/")
    expect(page.get_by_text("Personal data was removed here on")).to_be_visible()
    expect(page.get_by_text("[removed] was the first who came")).to_be_visible()
    expect(page.get_by_text("O’Brien")).to_have_count(0)
    found += faults(page)
    assert found == []
