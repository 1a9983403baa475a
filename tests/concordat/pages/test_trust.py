"""The pages of law and trust say what the law asks for, and what is true of the product."""

from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from concordat.accounts import known_browsers
from signatories.services.enquiries import KEPT_MONTHS
from tests.admin_pages import Page as Read
from tests.admin_pages import open_page
from tests.browsers import faults_of_axe
from tests.sign_in import PASSWORD, make_account

NAMES = ("accessibility", "privacy", "cookies", "licence")
EVERY = pytest.mark.parametrize("name", NAMES)
ATTRIBUTION = (
    "Source: Office for National Statistics licensed under the Open Government Licence v3.0. Contains OS data © Crown "
    "copyright and database right 2025. Contains Royal Mail data © Royal Mail copyright and database right 2025. "
    "Coastline: Natural Earth."
)


def read(name: str) -> Read:
    return open_page(Client(), reverse(name))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("accessibility", "Accessibility statement for the Concordat Tracker"),
        ("accessibility", "This website is partially compliant with the Web Content Accessibility Guidelines"),
        ("accessibility", "Equality Advisory and Support Service (EASS)"),
        ("accessibility", "(No. 2) Accessibility Regulations 2018"),
        ("accessibility", "This statement was prepared on"),
        ("accessibility", "It has not yet been tested by people who use a screen reader"),
        ("privacy", f"Until {KEPT_MONTHS} months after we have dealt with it."),
        ("privacy", "Its file is deleted after 30 days, or sooner when personal data is removed from our records."),
        ("privacy", "Information Commissioner’s Office (ICO)"),
        ("privacy", "We count for one hour how many messages come from the same internet (IP) address."),
        ("cookies", "If you only read this website, it sets no cookies."),
        ("licence", ATTRIBUTION),
        ("licence", "The boundaries on our maps are approximate"),
        ("licence", "under the MIT licence"),
    ],
)
@pytest.mark.django_db
def test_a_page_says(name: str, says: str) -> None:
    assert says in read(name).words


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("accessibility", "/contact/?about=/accessibility/"),
        ("accessibility", "https://www.equalityadvisoryservice.com/"),
        ("privacy", "/contact/"),
        ("privacy", "https://ico.org.uk/make-a-complaint/"),
        ("licence", "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"),
        ("licence", "/api/v1/status"),
        ("licence", "/api/v1/history"),
        ("licence", "/map.svg"),
    ],
)
@pytest.mark.django_db
def test_a_page_links_to(name: str, address: str) -> None:
    assert address in read(name).links


@pytest.mark.parametrize("name", ["accessibility", "privacy"])
@pytest.mark.parametrize(
    ("operator", "says"),
    [
        ("", "Those who run this copy of it have not put their name here yet."),
        ("Essex & Sons", "It is run by Essex & Sons."),
    ],
)
@pytest.mark.django_db
def test_who_runs_it_is_said_or_is_said_to_be_missing(settings: Any, name: str, operator: str, says: str) -> None:
    settings.OPERATOR = operator
    assert says in read(name).words


@EVERY
@pytest.mark.django_db
def test_a_page_only_answers(name: str) -> None:
    assert Client().post(reverse(name)).status_code == 405


@EVERY
@pytest.mark.django_db
def test_whoever_only_reads_gets_no_cookie(name: str) -> None:
    browser = Client()
    assert "Skip to main content" in open_page(browser, reverse(name)).words
    assert list(browser.cookies) == []


@pytest.mark.django_db
def test_every_cookie_that_the_product_sets_is_on_the_page_with_its_age() -> None:
    make_account(email="ada@example.org")
    visitor, member = Client(), Client()
    visitor.get(reverse("contact"))
    member.get(reverse("account_login"))
    member.post(reverse("account_login"), {"login": "ada@example.org", "password": PASSWORD})
    assert set(visitor.cookies) == {configured.CSRF_COOKIE_NAME}
    assert set(member.cookies) == {configured.CSRF_COOKIE_NAME, configured.SESSION_COOKIE_NAME, known_browsers.COOKIE}
    words = read("cookies").words
    for name, cookie in member.cookies.items():
        row = words.split(f" {name} ", 1)[1]
        assert f"after {int(cookie['max-age']) // 86_400} days" in row.lower()[:200]


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.django_db(transaction=True)
def test_no_accessibility_fault_and_no_sideways_scrolling(browser_page: Page, width: int, scheme: str) -> None:
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.set_viewport_size({"width": width, "height": 800})
    for name in NAMES:
        browser_page.goto(reverse(name))
        found = faults_of_axe(browser_page)
        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == [], name
        assert browser_page.evaluate("document.documentElement.scrollWidth") == width, name
