"""The signed link as its reader has it: on a phone, by keyboard, without JavaScript, with axe."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from actionplans.models import ActionOwner, ProgressUpdate
from tests import factories as make
from tests.actionplans.reporting import report
from tests.browsers import faults_of_axe
from tests.concordat.link.conftest import Followed, another_action, everything, follow
from tests.concordat.workspace.conftest import TODAY, make_place
from tests.site.test_browser import AA

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def phone(browser_page: Page, live_server: Any) -> Iterator[Page]:
    """A page of the size of a small phone, in a browser without JavaScript."""
    browser = browser_page.context.browser
    assert browser
    context = browser.new_context(
        java_script_enabled=False, base_url=live_server.url, viewport={"width": 320, "height": 640}, has_touch=True
    )
    yield context.new_page()
    context.close()


def busy() -> Followed:
    """Actions in every state that the link can meet."""
    place = make_place()
    make.make_update(action=place.action, reported_on=date(2026, 7, 25), public_text="Interviews were held in June.")
    café = another_action(place, "Open an evening and weekend crisis café", reference="A2.1", due_on=TODAY)
    drafted = another_action(place, "Refresh the section 136 protocol", reference="B2")
    report(drafted, TODAY, by=place.people["lead"], hand_in=False, public_text="The five partners have signed.")
    returned = another_action(place, "Share information", reference="B7")
    make.make_update(
        action=returned, reported_on=TODAY, status="in_progress", state="returned", review_comment="Who has signed?"
    )
    sent = another_action(place, "Direct referral to Samaritans", reference="A2.2")
    report(sent, TODAY, by=place.people["owner"], public_text="It works.")
    closed = another_action(place, "Gap analysis", reference="1.3")
    make.make_update(action=closed, reported_on=TODAY, status="completed", completed_on=TODAY, outcome_note="Done")
    make.make_membership("owner", person=make.make_person(name="Ann Colleague"), organisation=place.police)
    return follow(place, place.action, café, drafted, returned, sent, closed)


def tab_to(page: Page, name: str, role: Any = "link") -> None:
    """Press Tab until that control has the focus."""
    wanted = page.get_by_role(role, name=name, exact=True)
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("each => each === document.activeElement"):
            return
    raise AssertionError(f"Tab never reaches “{name}”")


def test_by_keyboard_on_a_phone_without_javascript(phone: Page) -> None:
    followed = busy()
    phone.goto(followed.base)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Jo owner Your 4 actions")
    tab_to(phone, "Open an evening and weekend crisis café")
    phone.keyboard.press("Enter")
    tab_to(phone, "It is done")
    phone.keyboard.press("Enter")
    tab_to(phone, "Send to the coordinator", "button")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("alert")).to_contain_text("Say on which day it was completed.")
    tab_to(phone, "Day", "textbox")
    phone.keyboard.type("1")
    phone.keyboard.press("Tab")
    phone.keyboard.type("11")
    phone.keyboard.press("Tab")
    phone.keyboard.type("2026")
    phone.keyboard.press("Tab")
    phone.keyboard.type("It opens every evening.")
    tab_to(phone, "Send to the coordinator", "button")
    phone.keyboard.press("Enter")
    banner = phone.get_by_role("region", name="Done")
    expect(banner).to_contain_text(
        "Your answer on “A2.1 Open an evening and weekend crisis café” is with the coordinator"
    )
    expect(phone.get_by_role("heading", level=1)).to_have_text("Jo owner Your 3 actions")
    made = ProgressUpdate.objects.get(state="submitted", status="completed")
    assert (made.author, made.outcome_note) == (followed.owner, "It opens every evening.")
    assert (made.completed_on, made.action.reference) == (date(2026, 11, 1), "A2.1")


def test_by_touch_nothing_has_changed_and_somebody_else(phone: Page) -> None:
    followed = busy()
    phone.goto(followed.base)
    phone.get_by_label("Nothing has changed: Mental health nurse").check()
    phone.get_by_role("button", name="Nothing has changed on the ticked actions").tap()
    expect(phone.get_by_role("region", name="Done")).to_contain_text("Mental health nurse in the control room")
    assert ProgressUpdate.objects.get(is_no_change=True).author == followed.owner
    phone.get_by_role("link", name="Refresh the section 136 protocol").tap()
    phone.get_by_role("link", name="Somebody else answers for it").tap()
    phone.get_by_label("Ann Colleague, Northshire Police").check()
    phone.get_by_role("button", name="Hand it over").tap()
    expect(phone.get_by_role("region", name="Done")).to_contain_text("You have handed over “B2 Refresh")
    assert ActionOwner.objects.on(TODAY).get(action__reference="B2").person.name == "Ann Colleague"


def test_two_versions_are_shown_and_one_is_chosen(phone: Page) -> None:
    followed = busy()
    action = ProgressUpdate.objects.get(state="draft").action
    phone.goto(followed.to("on-track", action))
    phone.get_by_label("In progress").check()
    phone.get_by_label("What has changed?").fill("Four of five have signed.")
    phone.get_by_role("button", name="Send to the coordinator").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("A draft of a report is in hand already")
    row = phone.get_by_role("row", name="What has changed?")
    expect(row).to_contain_text("The five partners have signed.")
    expect(row).to_contain_text("Four of five have signed.")
    phone.get_by_role("button", name="Send mine to the coordinator").tap()
    expect(phone.get_by_role("region", name="Done")).to_contain_text("is with the coordinator")
    assert ProgressUpdate.objects.get(action=action).public_text == "Four of five have signed."


def test_switched_off_it_opens_nothing(phone: Page) -> None:
    followed = busy()
    phone.goto(followed.base)
    phone.get_by_role("link", name="switch the link off").tap()
    phone.get_by_role("button", name="Switch it off").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("The link is switched off")
    phone.goto(followed.base)
    expect(phone.get_by_role("heading", level=1)).to_have_text("This link does not work any more")
    assert "Mental health nurse" not in phone.content()


def test_no_address_goes_out_with_a_step_to_another_page(phone: Page, live_server: Any) -> None:
    """Not to our own pages either, nor with what the pages are made of; and no page sets a cookie."""
    followed = busy()
    referrers: list[str | None] = []
    phone.on("request", lambda request: referrers.append(request.headers.get("referer")))
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(followed.base)
    phone.get_by_role("link", name="Mental health nurse in the control room").tap()
    expect(phone.get_by_role("heading", level=2)).to_have_text("What do you want to say?")
    phone.get_by_role("link", name="Privacy").tap()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Privacy")
    assert len(referrers) > 3
    assert not any("/u/" in (each or "") for each in referrers)
    assert all(url.startswith(live_server.url) for url in asked)
    assert phone.context.cookies() == []


@pytest.mark.parametrize(("scheme", "width"), [("dark", 320), ("light", 1280)])
def test_no_fault_on_any_page(browser_page: Page, scheme: Any, width: int) -> None:
    """Those that are not among the types of pages in tests/site."""
    followed = busy()
    before = everything()
    returned = ProgressUpdate.objects.get(state="returned").action
    closed = ProgressUpdate.objects.get(status="completed").action
    browser_page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    browser_page.set_viewport_size({"width": width, "height": 640})
    kinds = ("no-change", "hand-over")
    first = f"{followed.base}?sent={ProgressUpdate.objects.get(state='submitted').action_id}&left={followed.action.pk}"
    addresses = [first, f"{followed.base}{closed.pk}", followed.to("on-track", returned)]
    addresses += [*map(followed.to, kinds), f"{followed.base}switch-off"]
    faults: list[str] = []
    for address in addresses:
        browser_page.goto(address)
        faults += faults_of(browser_page, width)
    assert everything() == before
    browser_page.goto(followed.to("done"))
    browser_page.get_by_role("button", name="Send to the coordinator").click()
    expect(browser_page.get_by_role("alert")).to_be_visible()
    faults += faults_of(browser_page, width)
    browser_page.goto(followed.to("not-going-ahead", ProgressUpdate.objects.get(state="draft").action))
    browser_page.get_by_label("Why is it not going ahead?").fill("No money")
    browser_page.get_by_role("button", name="Send to the coordinator").click()
    expect(browser_page.get_by_role("alert")).to_contain_text("A draft of a report is in hand already")
    faults += faults_of(browser_page, width)
    assert faults == []


@pytest.mark.parametrize(("scheme", "width"), [("dark", 320), ("light", 1280)])
def test_an_answer_too_many_is_given_back_on_a_page_without_fault(
    browser_page: Page, settings: Any, scheme: Any, width: int
) -> None:
    followed = busy()
    before = ProgressUpdate.objects.count()
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.set_viewport_size({"width": width, "height": 640})
    browser_page.goto(followed.to("done"))
    settings.LINK_REQUESTS = 0
    browser_page.get_by_label("What came of it").fill("The nurse is there each night.")
    browser_page.get_by_role("button", name="Send to the coordinator").click()
    expect(browser_page.get_by_role("alert")).to_contain_text("Nothing is sent yet")
    expect(browser_page.get_by_text("The nurse is there each night.")).to_be_visible()
    assert faults_of(browser_page, width) == []
    settings.LINK_REQUESTS = 9
    browser_page.get_by_role("button", name="Send it again").click()
    expect(browser_page.get_by_label("What came of it")).to_have_value("The nurse is there each night.")
    assert ProgressUpdate.objects.count() == before  # a day is missing


def faults_of(page: Page, width: int) -> list[str]:
    """What axe finds, what is too wide, and targets that a thumb would miss."""
    found = faults_of_axe(page, AA)
    where = page.url.rpartition("/")[2]
    faults = [f"{where}: {fault['id']} {node['html'][:160]}" for fault in found for node in fault["nodes"][:2]]
    across = page.evaluate("document.documentElement.scrollWidth")
    if across > width:
        faults.append(f"{where}: {across} pixels wide")
    if page.locator("h1").count() != 1:
        faults.append(f"{where}: not one h1")
    return faults
