"""The national journey in a real browser: an area that lags, a call, a review round, the coordinator's answer.

With and without JavaScript, on a phone of 320 pixels; and no page with a fault.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Locator, Page, expect

from concordat.kernel.dates import today
from signatories.models import ContactEntry, ReviewRoundArea
from tests import factories as make
from tests.browsers import faults_of_axe
from tests.concordat.workspace.conftest import Place, make_place
from tests.sign_in import enter

pytestmark = [pytest.mark.slow]
AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(autouse=True)
def _today() -> None:
    """The browser goes by the real time, and so do its sessions."""


@pytest.fixture
def place(transactional_db: None) -> Place:
    """A partnership whose area has no declaration."""
    found = make_place()
    make.make_milestone(name="Declaration", due_on=today() - timedelta(days=40))
    area = make.make_area(name="Northshire", slug="northshire")
    make.cover(found.partnership, area, is_primary=True)
    return found


def sign_in(page: Page, url: str, place: Place, role: str) -> None:
    client = Client()
    enter(client, place.people[role])
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}])


def fill_day(group: Locator, days_from_today: int) -> None:
    day = today() + timedelta(days=days_from_today)
    for part, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(part).fill(str(number))


def test_from_the_list_to_a_round_and_its_answer(phone: Page, live_server: Any, place: Place) -> None:
    page = phone
    sign_in(page, live_server.url, place, "reviewer")
    page.goto("/workspace/national/")
    page.get_by_role("navigation", name="Workspace").get_by_role("link", name="Areas that lag").click()
    page.get_by_label("Why listed").select_option(label="No declaration")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_text("for 40 days").first).to_be_visible()
    page.get_by_role("link", name="Northshire").click()
    expect(page.get_by_role("link", name=str(place.people["coordinator"].email))).to_be_visible()
    page.get_by_label("By phone").check()
    page.get_by_label("With whom?").fill("Coordinator")
    page.get_by_label("What was said?").fill("They sign next week.")
    page.get_by_label("Next step (optional)").fill("Ask whether they signed")
    fill_day(page.get_by_role("group", name="The next step is due on"), 7)
    page.get_by_role("button", name="Add it to the log").click()
    expect(page.get_by_text("The contact is in the log.")).to_be_visible()
    assert ContactEntry.objects.get().next_due_on == today() + timedelta(days=7)
    page.goto("/workspace/national/")
    expect(page.get_by_role("link", name="Ask whether they signed")).to_be_visible()

    page.get_by_role("link", name="Review rounds").click()
    page.get_by_role("button", name="Open a round").click()
    page.get_by_label("Title").fill("Winter refresh")
    page.get_by_label("What do you ask?").fill("Please look at your plan.")
    fill_day(page.get_by_role("group", name="Answers are due on"), 28)
    page.get_by_label("Every area").check()
    page.get_by_role("button", name="Open the round").click()
    expect(page.get_by_text("“Winter refresh” is open.")).to_be_visible()

    sign_in(page, live_server.url, place, "coordinator")
    page.goto(f"/workspace/partnerships/{place.partnership.slug}/")
    page.get_by_role("link", name="Review round: answer by").click()
    page.get_by_label("Why does the plan still hold?").fill("We looked at it together.")
    page.get_by_role("button", name="Confirm “no change”").click()
    expect(page.get_by_text("There is nothing left to do.")).to_be_visible()
    assert ReviewRoundArea.objects.get().note == "We looked at it together."

    sign_in(page, live_server.url, place, "reviewer")
    page.goto("/workspace/national/rounds/")
    page.get_by_role("link", name="Winter refresh").click()
    expect(page.get_by_role("link", name="1 No change confirmed")).to_be_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_no_fault_on_any_page(browser_page: Page, live_server: Any, place: Place, scheme: str, width: int) -> None:
    area = place.partnership.coverage.get().area
    step = make.make_contact(area=area, next_step="Write to them", next_due_on=today())
    make.make_contact(area=area, closes=step)
    entry = make.make_contact(
        partnership=place.partnership, spoken_on=today(), next_step="Call", next_due_on=today() + timedelta(days=1)
    )
    make.make_contact(partnership=place.partnership, corrects=make.make_contact(partnership=place.partnership))
    round_ = make.make_round(
        title="A refresh with a rather long title of its own",
        areas=[area, make.make_area(name="Northamptonshire and Peterborough")],
        due_on=today() + timedelta(days=9),
    )
    over = make.make_round(areas=[area], closed_on=today())
    ReviewRoundArea.objects.filter(round=over).update(
        confirmed_on=today(),
        confirmed_by=place.people["coordinator"],
        confirmed_for=place.partnership,
        note="It holds.",
    )
    pages = {
        "reviewer": [
            "national/",
            "national/lagging/",
            "national/lagging/?rule=x",
            f"national/areas/{area.slug}/",
            f"national/areas/{area.slug}/?on=2015-01-01",
            f"national/areas/{area.slug}/contacts/{entry.pk}/correct/",
            "national/rounds/",
            "national/rounds/new/",
            f"national/rounds/{round_.pk}/",
            f"national/rounds/{over.pk}/",
        ],
        "coordinator": [
            f"partnerships/{place.partnership.slug}/",
            f"partnerships/{place.partnership.slug}/rounds/{round_.pk}/",
            f"partnerships/{place.partnership.slug}/rounds/{over.pk}/",
        ],
    }
    browser_page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    browser_page.set_viewport_size({"width": width, "height": 900})
    faults = []
    for role, addresses in pages.items():
        sign_in(browser_page, live_server.url, place, role)
        for address in addresses:
            browser_page.goto(f"/workspace/{address}")
            found = faults_of_axe(browser_page, AA)
            faults += [f"{address}: {fault['id']} {node['html'][:160]}" for fault in found for node in fault["nodes"]]
            across = browser_page.evaluate("document.documentElement.scrollWidth")
            if across > width:
                faults.append(f"{address}: {across} pixels wide")
            if browser_page.locator("h1").count() != 1:
                faults.append(f"{address}: not one h1")
    assert faults == []
