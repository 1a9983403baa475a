"""The sign-in pages in a real browser: no accessibility fault, a passkey, nothing that the policy stops."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import ConsoleMessage, Page

from concordat.tasks import mail_person
from signatories.models import Person, SignIn
from signatories.services.invitations import token_of
from tests.browsers import faults_of_axe
from tests.factories import make_invitation, make_membership, make_partnership
from tests.sign_in import PASSWORD, SECRET, code_now, make_account

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(params=[("light", 320), ("dark", 1280)], ids=["narrow", "dark"])
def page(request: pytest.FixtureRequest, browser_page: Page, told: list[str]) -> Page:
    """A narrow page, and a dark one."""
    scheme, width = request.param
    browser_page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    browser_page.set_viewport_size({"width": width, "height": 900})
    return browser_page


@pytest.fixture
def told(browser_page: Page) -> Iterator[list[str]]:
    """Whatever the browser complains of fails the test: what the policy stopped, errors, warnings."""
    complaints: list[str] = []

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "the server responded with a status of 4" not in message.text:
            complaints.append(f"{browser_page.url}: {message.text}")

    browser_page.on("console", said)
    yield complaints
    assert complaints == []


@pytest.fixture(autouse=True)
def _mail_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_person, "delay", lambda **mail: None)


def sound(page: Page) -> None:
    """axe finds nothing, nothing is wider than the screen, and there is one heading."""
    found = faults_of_axe(page, AA)
    faults = [(fault["id"], node["html"][:160]) for fault in found for node in fault["nodes"][:2]]
    assert (page.url, faults) == (page.url, [])
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]  # type: ignore[index]
    assert page.locator("h1").count() == 1


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def sign_in(page: Page, person: Person) -> None:
    page.goto("/accounts/login/?next=/workspace/account/")
    page.get_by_label("Email address").fill(str(person.email))
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in")


def test_from_the_first_sign_in_to_the_people_page(page: Page) -> None:
    north = make_partnership(name="Northshire partnership")
    person = make_account(name="Cora Coordinator", email="cora@example.org")
    make_membership(person=person, role="coordinator", partnership=north)
    make_membership(role="chair", partnership=north)
    make_invitation(role="board_member", partnership=north)
    page.goto("/accounts/login/")
    sound(page)
    press(page, "Sign in")
    page.get_by_role("heading", name="There is a problem").wait_for()
    sound(page)
    sign_in(page, person)
    page.get_by_role("heading", name="Your role asks for a second factor").wait_for()
    sound(page)
    page.get_by_role("button", name="Set up an app").click()
    page.get_by_role("heading", name="Set up an app for codes").wait_for()
    assert page.locator(".qr svg").bounding_box()["width"] > 150  # type: ignore[index]
    sound(page)
    page.get_by_label("Code from the app").fill("000000")
    press(page, "Set it up")
    page.get_by_role("heading", name="There is a problem").wait_for()
    sound(page)
    page.get_by_label("Code from the app").fill(code_now(page.locator(".qr__key").inner_text()))
    press(page, "Set it up")
    page.get_by_role("heading", name="Your recovery codes").wait_for()
    assert page.locator(".recovery-codes li").count() == 10
    sound(page)
    for address in ("/workspace/account/", "/workspace/people/", "/workspace/people/invite/"):
        page.goto(address)
        sound(page)
    press(page, "Send the invitation")
    page.get_by_role("heading", name="There is a problem").wait_for()
    sound(page)
    page.goto("/workspace/people/")
    page.get_by_role("link", name="End", exact=False).first.click()
    page.get_by_role("heading", name=re.compile("End the role of")).wait_for()
    sound(page)
    page.get_by_role("button", name="Sign out").click()
    page.goto("/accounts/login/code/")
    sound(page)


def test_the_second_factor_is_asked_for(page: Page) -> None:
    person = make_account(email="ada@example.org", second_factor=True)
    make_membership(person=person, role="chair")
    sign_in(page, person)
    page.get_by_role("heading", name="Your second factor").wait_for()
    sound(page)
    page.get_by_label("Code", exact=True).fill(code_now(SECRET))
    press(page, "Sign in")
    page.get_by_role("heading", name="Your account").wait_for()


@pytest.fixture
def authenticator(browser_page: Page) -> Iterator[Any]:
    """A passkey device that touches, looks and knows its PIN at once."""
    session = browser_page.context.new_cdp_session(browser_page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    yield session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    session.send("WebAuthn.disable")


@pytest.mark.usefixtures("authenticator", "told")
def test_a_passkey_is_added_and_then_opens_without_a_password(browser_page: Page) -> None:
    person = make_account(name="Cora Coordinator", email="cora@example.org")
    make_membership(person=person, role="coordinator")
    sign_in(browser_page, person)
    browser_page.get_by_role("button", name="Add a passkey").click()
    browser_page.get_by_label("Name").fill("Work laptop")
    sound(browser_page)
    press(browser_page, "Add it")
    browser_page.get_by_role("heading", name="Your recovery codes").wait_for()
    browser_page.goto("/workspace/account/")
    assert "Passkey “Work laptop”" in browser_page.inner_text("main")
    browser_page.get_by_role("button", name="Sign out").click()
    browser_page.goto("/accounts/login/?next=/workspace/people/")
    press(browser_page, "Sign in with a passkey")
    browser_page.get_by_role("heading", name="People").wait_for()
    assert list(SignIn.objects.order_by("id").values_list("how", "second_factor")) == [
        ("password", False),
        ("passkey", True),
    ]
    browser_page.get_by_role("button", name="Sign out").click()
    sign_in(browser_page, person)
    browser_page.get_by_role("heading", name="Your second factor").wait_for()
    press(browser_page, "Use your passkey")
    browser_page.get_by_role("heading", name="Your account").wait_for()


@pytest.mark.usefixtures("told")
def test_without_javascript_no_button_promises_a_passkey(browser_page: Page, live_server: Any) -> None:
    browser = browser_page.context.browser
    assert browser
    plain = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    page = plain.new_page()
    person = make_account(email="ada@example.org", second_factor=True)
    make_membership(person=person, role="coordinator")
    page.goto("/accounts/login/?next=/workspace/account/")
    assert not page.get_by_role("button", name="Sign in with a passkey").is_visible()
    page.get_by_label("Email address").fill("ada@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in")
    page.get_by_label("Code", exact=True).fill(code_now())
    press(page, "Sign in")
    page.get_by_role("heading", name="Your account").wait_for()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_text("You are signed out.").wait_for()
    plain.close()


def test_an_invitation(page: Page) -> None:
    row = make_invitation(role="chair", invited_on=timezone.localdate(), email="jo@example.org")
    page.goto(f"/invitations/{token_of(row)}/")
    sound(page)
    page.get_by_label("Your name").fill("Jo Smith")
    press(page, "Accept")
    page.get_by_text("Signed in as Jo Smith").wait_for()
    page.goto(f"/invitations/{token_of(row)}/")
    page.get_by_role("heading", name="This link does not open").wait_for()
    sound(page)
