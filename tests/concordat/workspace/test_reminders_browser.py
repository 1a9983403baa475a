"""Pausing, putting off, holding, and the addresses of calendars in a real browser on a narrow screen."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from concordat.kernel.dates import today
from concordat.sentences import in_words
from signatories.models import ChasingHold, ChasingPause
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
    make.make_membership("owner", organisation=place.police, person=make.make_person(name="Kim Deputy"))
    return place


@dataclass
class Phone:
    """A screen 320 pixels wide without JavaScript; beside it one on which only axe runs, and no script of the page."""

    page: Page
    beside: Page
    found: list[str] = field(default_factory=list)

    def look(self) -> None:
        """Let axe look at the page that is open, as it is without its scripts."""
        self.beside.goto(self.page.url)
        self.found += faults(self.beside)


@pytest.fixture
def plain_phone(browser_page: Page, live_server: Any) -> Iterator[Phone]:
    browser = browser_page.context.browser
    assert browser
    narrow: Any = {"viewport": {"width": 320, "height": 640}, "base_url": live_server.url}
    contexts = [browser.new_context(**narrow, java_script_enabled=False), browser.new_context(**narrow)]
    contexts[1].route("**/*.js", lambda route: route.abort())
    yield Phone(*(context.new_page() for context in contexts))
    for context in contexts:
        context.close()


def as_somebody(phone: Phone, place: Place, role: str, base: str) -> Page:
    signed_in(phone.beside, place, role, base)
    return signed_in(phone.page, place, role, base)


def faults(page: Page) -> list[str]:
    """What axe finds, and whether the page is wider than the screen."""
    found = faults_of_axe(page, AA)
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    told = [f"{page.url}: {fault['id']} {node['html'][:120]}" for fault in found for node in fault["nodes"][:2]]
    return told + ([f"{page.url}: {width} pixels too wide"] if width > 0 else [])


def test_an_owner_pauses_changes_and_comes_back_without_javascript(
    plain_phone: Phone, place: Place, live_server: Any
) -> None:
    page = as_somebody(plain_phone, place, "owner", live_server.url)
    page.goto("/workspace/")
    page.get_by_role("link", name="Your reminders").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your reminders")
    plain_phone.look()
    for each in (page, plain_phone.beside):
        each.get_by_role("button", name="Pause them").click()
        expect(each.get_by_role("alert")).to_contain_text("Say on which day you are back.")
    plain_phone.found += faults(plain_phone.beside)
    back = page.get_by_role("group", name="The day you are back")
    day = today() + timedelta(days=12)
    for label, part in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        back.get_by_label(label).fill(str(part))
    page.get_by_label("Kim Deputy").check()
    page.get_by_role("button", name="Pause them").click()
    expect(page.get_by_text(f"Paused until {in_words(day)}.", exact=True)).to_be_visible()
    plain_phone.look()
    page.get_by_role("link", name="Change it").click()
    page.get_by_label("Nobody: what is due waits until I am back").check()
    plain_phone.look()
    page.get_by_role("button", name="Save it").click()
    expect(page.get_by_text("Nobody stands in, so the reminders wait.")).to_be_visible()
    page.goto("/workspace/")
    expect(page.get_by_text(f"Your reminders are paused until {in_words(day)}.")).to_be_visible()
    plain_phone.look()
    page.get_by_role("button", name="I am back").click()
    expect(page.get_by_text("Your reminders come to you again.", exact=True)).to_be_visible()
    row = ChasingPause.objects.get()
    assert (row.deputy, row.from_on, row.until_on) == (None, today(), today())
    assert plain_phone.found == []


def test_an_action_is_put_off_and_held_without_javascript(plain_phone: Phone, place: Place, live_server: Any) -> None:
    address = f"/workspace/actions/{place.action.pk}/"
    page = as_somebody(plain_phone, place, "owner", live_server.url)
    page.goto(address)
    page.get_by_role("link", name="Remind me later").click()
    plain_phone.look()
    page.get_by_label("In a week").check()
    page.get_by_role("button", name="Remind me then").click()
    expect(page.get_by_role("button", name="Remind me again now")).to_be_visible()
    plain_phone.look()
    page = as_somebody(plain_phone, place, "coordinator", live_server.url)
    page.goto(address)
    page.get_by_role("link", name="Hold reminders").click()
    plain_phone.look()
    page.get_by_label("Why are reminders held?").fill("They told me why.")
    page.get_by_role("button", name="Hold them").click()
    plain_phone.look()
    page.get_by_role("button", name="Release them").click()
    expect(page.get_by_text("Reminders are released.")).to_be_visible()
    assert ChasingHold.objects.get().until_on == today()
    assert plain_phone.found == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_no_fault_on_any_of_these_pages(
    browser_page: Page, place: Place, live_server: Any, scheme: Any, width: int
) -> None:
    owner, partnership = place.people["owner"], place.partnership
    week = {"from_on": today(), "until_on": today() + timedelta(days=7)}
    pause = make.make_pause(person=owner, deputy=place.people["lead"], **week)
    make.make_pause(person=owner, subject_type="actionplans.action", subject_id=place.action.pk, **week)
    make.make_hold(partnership=partnership, from_on=today())
    make.make_hold(subject_type="actionplans.action", subject_id=place.action.pk, from_on=today())
    for person in place.people.values():
        make.make_calendar_address(person=person)
    pages = {
        "owner": ["reminders/", f"reminders/pauses/{pause.pk}/", f"actions/{place.action.pk}/", "calendars/", ""],
        "lead": [""],
        "coordinator": [
            f"partnerships/{partnership.slug}/",
            f"partnerships/{partnership.slug}/hold/",
            f"actions/{place.action.pk}/",
            "calendars/",
        ],
    }
    browser_page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    browser_page.set_viewport_size({"width": width, "height": 900})
    found: list[str] = []
    browser_page.on("console", lambda said: found.append(said.text) if said.type == "error" else None)
    for role, addresses in pages.items():
        page = signed_in(browser_page, place, role, live_server.url)
        for address in addresses:
            page.goto(f"/workspace/{address}")
            found += faults(page)
    assert found == []


def test_an_address_is_copied(browser_page: Page, place: Place, live_server: Any) -> None:
    browser_page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
    page = signed_in(browser_page, place, "owner", live_server.url)
    page.goto("/workspace/calendars/")
    page.get_by_role("button", name="Make my address").click()
    address = page.get_by_label("Address of the calendar “Your deadlines”")
    page.get_by_role("button", name="Copy the address of the calendar “Your deadlines”").click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    value = address.input_value()
    # By the keyboard, since pages of ours may not read the clipboard.
    page.goto("/areas/find/")
    field = page.locator("main #q")
    field.focus()
    page.keyboard.press("Control+V")
    expect(field).to_have_value(value)
