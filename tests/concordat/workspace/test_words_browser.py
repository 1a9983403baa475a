"""Wording a reminder and mending an address in a real browser: on a phone, in light and dark, and without a fault."""

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from concordat.kernel.dates import today
from signatories.models import MailStop, Person, Wording
from signatories.services import addresses
from tests import factories as make
from tests.browsers import faults_of_axe
from tests.concordat.workspace.conftest import Place, make_place
from tests.sign_in import enter

pytestmark = [pytest.mark.slow]
AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NUDGE = "/workspace/national/words/nudge/"


@pytest.fixture(autouse=True)
def _today() -> None:
    """The browser goes by the real time, and so do its sessions."""


@pytest.fixture
def place(transactional_db: None) -> Place:
    """Where mails to the owner come back."""
    found = make_place()
    owner = found.people["owner"]
    addresses.stop(owner, MailStop.BOUNCED, by="test", on=today(), why="It came back.")
    make.make_mail_report(person=owner, reported_on=today(), diagnostic="550 5.1.1 no such mailbox")
    make.make_wording(rule="nudge", from_on=today(), subject="Own words until {day}")
    return found


def sign_in(page: Page, url: str, place: Place, role: str) -> None:
    client = Client()
    enter(client, place.people[role])
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}])


def test_words_are_previewed_used_and_taken_back(phone: Page, live_server: Any, place: Place) -> None:
    refused: list[str] = []
    phone.on("console", lambda said: refused.append(said.text))
    sign_in(phone, live_server.url, place, "administrator")
    phone.goto("/workspace/national/")
    phone.get_by_role("navigation", name="Workspace").get_by_role("link", name="Words of mails").click()
    phone.get_by_role("link", name="Reminder: an update is still missing").click()
    phone.get_by_label("Subject, and heading of its part").fill("Only days left: {dy}")
    phone.get_by_role("button", name="Preview").click()
    expect(phone.get_by_role("alert")).to_contain_text("“{dy}” is no placeholder here.")
    phone.get_by_label("Subject, and heading of its part").fill("Only days left: {day}")
    phone.get_by_role("button", name="Preview").click()
    mail = phone.frame_locator("iframe.mail-frame")
    expect(mail.get_by_role("heading", level=1)).to_contain_text("Only days left: ")
    # The style of the mail is let through: its button is green.
    expect(mail.locator(".go td")).to_have_css("background-color", "rgb(15, 122, 82)")
    assert not [each for each in refused if "Content Security Policy" in each]
    phone.get_by_role("button", name="Use these words").click()
    expect(phone.get_by_text("These words are used from now on: reminder")).to_be_visible()
    phone.get_by_role("link", name="Reminder: an update is still missing").click()
    phone.get_by_role("button", name="Back to the shipped words from today on").click()
    expect(phone.get_by_text("The shipped words are used from now on: reminder")).to_be_visible()
    assert list(Wording.objects.order_by("number").values_list("subject", "is_shipped")) == [
        ("Own words until {day}", False),
        ("Only days left: {day}", False),
        ("", True),
    ]


def test_an_address_is_mended_from_the_partnership(phone: Page, live_server: Any, place: Place) -> None:
    sign_in(phone, live_server.url, place, "coordinator")
    phone.goto(f"/workspace/partnerships/{place.partnership.slug}/")
    expect(phone.get_by_text("Mails to Jo owner come back since")).to_be_visible()
    phone.get_by_role("link", name="Give another address, or say that it works").click()
    phone.get_by_label("New email address").fill("jo.new@example.org")
    phone.get_by_role("button", name="Use this address").click()
    expect(phone.get_by_text("Mails go to Jo owner again, at jo.new@example.org.")).to_be_visible()
    assert Person.objects.get(name="Jo owner").email == "jo.new@example.org"


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_no_fault_on_any_page(browser_page: Page, live_server: Any, place: Place, scheme: str, width: int) -> None:
    page, owner = browser_page, place.people["owner"]
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    sign_in(page, live_server.url, place, "administrator")
    addresses_of = f"/workspace/people/{owner.pk}/address/"
    found = {}
    for address in ("/workspace/national/words/", NUDGE, "/workspace/people/", addresses_of):
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth")
        found_here = faults_of_axe(page, AA, iframes=False)
        faults = [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found_here]
        if wide > width:
            faults.append(f"{wide} pixels wide")
        if faults:
            found[address] = faults
    assert found == {}
