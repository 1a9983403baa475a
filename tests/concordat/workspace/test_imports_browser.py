"""A plan file in a real browser: sent, mapped, answered, looked at, applied, compared; with and without JavaScript."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from actionplans.models import PlanImport, PlanVersion
from concordat.tasks import take_import
from tests import factories as make
from tests.actionplans.importing.place import ROWS, workbook
from tests.browsers import faults_of_axe
from tests.concordat.workspace.conftest import Place, make_place
from tests.concordat.workspace.test_browser import AA, signed_in
from tests.services import wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
UNCLEAR = ("B3", "Train every officer", "Northshire Police; Anytown Council", "Q2", "In progress", "Begun", "")
CHANGED = ("B1", "Mental health nurse in the control room, every night", "Northshire Police", "June 2027", "", "", "")
SHOTS = os.environ.get("SCREENSHOTS", "")


@pytest.fixture(autouse=True)
def _today() -> None:
    """A browser goes by the real time."""


@pytest.fixture
def place(transactional_db: None) -> Place:
    return make_place()


@pytest.fixture
def draft(place: Place) -> PlanVersion:
    """The next version of the plan in force, as a draft with its one action."""
    council = make.make_organisation(name="Anytown Council", type="council")
    for organisation in (place.police, council):
        make.make_member(partnership=place.partnership, organisation=organisation)
    for code, title in (("A", "Access to support before crisis point"), ("B", "Urgent and emergency access")):
        make.make_section(programme=place.partnership.programme, code=code, title=title)
    draft = make.make_version(plan=place.action.plan, label="Version 2")
    make.make_in_version(version=draft, action=place.action)
    return draft


def work(page: Page) -> None:
    """What the worker does meanwhile; the page finds out by itself, or by its button."""
    expect(page).to_have_url(re.compile(r"/workspace/imports/\d+/$"))
    take_import(PlanImport.objects.get().pk)  # unless the worker of another test was faster
    wait_until(lambda: not PlanImport.objects.get().is_at_work, "the step", 60)
    button = page.get_by_role("button", name="See how far it is")
    if button.is_visible():  # without JavaScript, or a moment before the page looks again
        page.goto(page.url)


def shot(page: Page, name: str) -> None:
    """Keep a picture, if somebody wants to look at it."""
    if SHOTS:
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)


def journey(page: Page, draft: PlanVersion, file: Path, look: Any = lambda: None) -> None:
    page.goto(f"/workspace/versions/{draft.pk}/")
    page.get_by_role("link", name="Bring in a plan file").click()
    shot(page, "1-start")
    look()
    page.get_by_label("Choose the plan’s file").set_input_files(file)
    page.get_by_role("button", name="Send it").click()
    shot(page, "2-progress")
    look()
    work(page)
    expect(page.get_by_text("2 questions may stay open.")).to_be_visible()
    shot(page, "3-preview")
    look()
    page.get_by_role("link", name="column").click()
    shot(page, "4-columns")
    look()
    page.get_by_label("What “Outcome” holds").select_option(label="Keep as a note")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Questions")).to_be_visible()
    shot(page, "5-questions")
    look()
    page.get_by_label("Or write the day").fill("30 9 2027")
    page.get_by_label("Joint, no single lead").check()
    page.get_by_role("button", name="Save the answers").click()
    expect(page.get_by_text("All is clear.")).to_be_visible()
    page.get_by_role("link", name="Changed (1)").click()
    expect(page.get_by_role("cell", name="Mental health nurse in the control room, every night")).to_be_visible()
    shot(page, "6-clear")
    look()
    page.get_by_role("button", name="Apply it to the draft").click()
    work(page)
    expect(page.get_by_role("heading", name="What was brought in")).to_be_visible()
    shot(page, "7-applied")
    look()
    page.get_by_role("link", name="Back to the version").click()
    page.get_by_role("link", name="What it changes beside the version before").click()
    expect(page.get_by_text("3 new, 0 carried on unchanged, 1 carried on in other words")).to_be_visible()
    shot(page, "8-compare")
    look()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Our plan.xlsx"
    path.write_bytes(workbook(CHANGED, *[row for row in ROWS if row[0] != "B1"], UNCLEAR))
    return path


def test_from_the_file_to_the_comparison(
    phone: Page, place: Place, draft: PlanVersion, file: Path, live_server: Any
) -> None:
    journey(signed_in(phone, place, "coordinator", live_server.url), draft, file)
    draft.refresh_from_db()
    assert draft.actions.count() == 4
    assert draft.actions.get(reference="B3").proposes["timescale"]["due_on"] == "2027-09-30"


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_no_accessibility_fault(
    browser_page: Page, place: Place, draft: PlanVersion, file: Path, live_server: Any, scheme: Any, width: int
) -> None:
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.set_viewport_size({"width": width, "height": 800})
    faults: list[str] = []

    def look() -> None:
        found = faults_of_axe(browser_page, AA)
        faults.extend(f"{browser_page.url}: {fault['id']} {fault['nodes'][0]['html'][:200]}" for fault in found)
        wide = browser_page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        faults.extend([f"{browser_page.url}: {wide} pixels too wide"] if wide > 0 else [])

    journey(signed_in(browser_page, place, "coordinator", live_server.url), draft, file, look)
    assert faults == []
