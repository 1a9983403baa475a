"""The first page in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import Page


@pytest.fixture
def england(transactional_db: None) -> None:
    """The real history of 2014-15."""
    call_command("load_areas", verbosity=0)
    call_command("load_history", verbosity=0)


@pytest.mark.usefixtures("england")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_no_accessibility_fault_and_no_sideways_scrolling(browser_page: Page, width: int, scheme: str) -> None:
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.set_viewport_size({"width": width, "height": 800})
    browser_page.goto("/?on=2015-04-10")
    found = Axe().run(browser_page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []
    assert browser_page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.usefixtures("england")
def test_the_day_can_be_changed_by_keyboard_alone(browser_page: Page) -> None:
    browser_page.goto("/?on=2015-04-10")
    browser_page.keyboard.press("Tab")
    assert browser_page.evaluate("document.activeElement.textContent") == "Skip to main content"
    browser_page.keyboard.press("Enter")
    browser_page.keyboard.press("Tab")
    assert browser_page.evaluate("document.activeElement.id") == "on"
    browser_page.fill("#on", "2014-12-31")
    browser_page.keyboard.press("Enter")
    browser_page.wait_for_url("**/?on=2014-12-31")
    assert browser_page.inner_text("h1") == "How every area stands on 31 December 2014"
