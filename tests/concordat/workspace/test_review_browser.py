"""The way of a declaration in a real browser: drafted, signed, submitted, returned, published; and every page of it.

No accessibility fault by axe, and nothing wider than a phone of 320 pixels.
"""

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from signatories.models import Declaration
from tests import factories as make
from tests.browsers import faults_of_axe
from tests.concordat.workspace.conftest import Place, make_place
from tests.sign_in import enter
from tests.submitting import complete_declaration, complete_version

pytestmark = [pytest.mark.slow]
AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(autouse=True)
def _today() -> None:
    """The browser goes by the real time, and so do its sessions."""


@pytest.fixture
def place(transactional_db: None) -> Place:
    found = make_place()
    programme = found.partnership.programme
    programme.core_signatory_types = ["police"]
    programme.save()
    make.make_member(partnership=found.partnership, organisation=found.police)
    make.cover(found.partnership, make.make_area(name="Northshire"))
    return found


def sign_in(page: Page, url: str, place: Place, role: str) -> None:
    client = Client()
    enter(client, place.people[role])
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}])


def test_from_a_draft_to_the_map(browser_page: Page, live_server: Any, place: Place) -> None:
    page = browser_page
    sign_in(page, live_server.url, place, "coordinator")
    page.goto(f"/workspace/partnerships/{place.partnership.slug}/")
    page.get_by_role("button", name="Begin a declaration").click()
    page.get_by_label("Title").fill("We help each other")
    page.get_by_label("What it promises").fill("Help for everybody in a crisis.")
    for letter in "ABCD":
        page.get_by_label(f"{letter}: ").check()
    page.get_by_label("Where can the signed").fill("https://example.org/signed.pdf")
    page.get_by_role("button", name="Save and submit").click()
    expect(page.get_by_text("No signature yet of: police force.").first).to_be_visible()
    assert page.get_by_label("Title").input_value() == "We help each other"

    sign_in(page, live_server.url, place, "lead")
    page.goto("/workspace/declarations/")
    page.get_by_role("link", name="We help each other").click()
    page.get_by_role("link", name="Sign it for your organisation").click()
    page.get_by_label("Role of the person").fill("Chief Constable")
    page.get_by_label("The organisation commits itself").check()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("has signed “We help each other”")).to_be_visible()

    for decision in ("return", "publish"):
        sign_in(page, live_server.url, place, "coordinator")
        page.goto("/workspace/declarations/")
        page.get_by_role("link", name="We help each other").click()
        page.get_by_role("button", name="Save and submit").click()
        sign_in(page, live_server.url, place, "reviewer")
        page.goto("/workspace/national/")
        page.get_by_role("link", name="We help each other").click()
        expect(page.get_by_text("Then: Declaration made.")).to_be_visible()
        if decision == "return":
            page.get_by_label("What must change").fill("Say who answers for children.")
            page.get_by_role("button", name="Return it").click()
        else:
            page.get_by_role("button", name="Publish it now").click()
    expect(page.get_by_text("“We help each other” is published.")).to_be_visible()
    assert Declaration.objects.get().state == "published"


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_no_fault_on_any_page(browser_page: Page, live_server: Any, place: Place, scheme: str, width: int) -> None:
    draft = complete_declaration(partnership=place.partnership, title="A draft with a rather long title of its own")
    signature = draft.signatures.get()
    signature.on_paper, signature.statement = True, "We are in."
    signature.save()
    held = complete_declaration(
        partnership=place.partnership, state="submitted", held_since=make.DAY, held_reason="Council elections"
    )
    waiting = complete_declaration(partnership=place.partnership, state="submitted", publish_on=make.DAY)
    version = complete_version(partnership=place.partnership, state="returned", review_comment="Which nurses?")
    in_review = complete_version(partnership=place.partnership, state="submitted")
    live = make.make_declaration(partnership=place.partnership, published_on=make.DAY)
    pages = {
        "coordinator": [
            f"partnerships/{place.partnership.slug}/",
            "declarations/",
            f"declarations/{draft.pk}/",
            f"declarations/{waiting.pk}/",
            f"declarations/{draft.pk}/sign/",
            f"signatures/{signature.pk}/withdraw/",
            f"versions/{version.pk}/",
        ],
        "reviewer": [
            "national/",
            f"national/declarations/{waiting.pk}/",
            f"national/declarations/{held.pk}/",
            f"national/declarations/{live.pk}/",
            f"national/versions/{in_review.pk}/",
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
