"""What every page has around it, and the parts that pages share."""

import re
from datetime import date
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views.defaults import server_error
from playwright.sync_api import Page

from actionplans.states import Delivery
from concordat.asked import Asked
from concordat.national import SignUpStatus
from tests.browsers import faults_of_axe

TODAY = date(2026, 11, 23)


def folded(html: str) -> str:
    return " ".join(html.split())


def part(name: str, **context: Any) -> str:
    return folded(render_to_string(f"parts/{name}.html", context, RequestFactory().get("/areas/essex/?on=x")))


@pytest.mark.django_db
def test_crisis_help_comes_before_anything_else(client: Client) -> None:
    html = folded(client.get("/nowhere").content.decode())
    assert html.index("Skip to main content") < html.index("If you need help now") < html.index("<header")
    for number, address in [("999", "999"), ("NHS 111", "111"), ("116 123", "116123")]:
        assert f'href="tel:{address}">{number}</a>' in html


@pytest.mark.django_db
def test_a_page_that_is_not_there_leads_on(client: Client) -> None:
    html = client.get("/nowhere").content.decode()
    assert "<title>Page not found – Concordat Tracker</title>" in folded(html)
    assert 'action="/areas/find/"' in html
    assert 'name="q"' in html
    assert html.count("<h1") == 1


def test_a_failure_is_told_without_database_and_context() -> None:
    response = server_error(RequestFactory().get("/"))
    html = folded(response.content.decode())
    assert response.status_code == 500
    assert "Sorry, there is a problem</h1>" in html
    assert 'href="tel:116123"' in html
    assert 'action="/areas/find/"' in html


@pytest.mark.django_db
def test_the_demonstration_says_so_in_production_data_it_does_not(client: Client, settings: Any) -> None:
    assert "Demonstration." not in client.get("/nowhere").content.decode()
    settings.DEMO = True
    html = client.get("/nowhere").content.decode()
    assert "Every partnership, person and action here is made up." in html
    assert "taken from public documents" not in html


@pytest.mark.django_db
def test_the_page_that_is_open_is_marked_in_the_navigation(client: Client) -> None:
    html = client.get("/areas/find/").content.decode()
    assert re.findall(r'<a href="([^"]+)" aria-current="page">', html) == ["/areas/find/"]


@pytest.mark.django_db
def test_the_sources_are_named_as_their_licence_asks(client: Client) -> None:
    html = client.get("/nowhere").content.decode()
    assert "Source: Office for National Statistics licensed under the Open Government Licence v3.0." in html
    assert "Contains OS data © Crown copyright and database right 2025." in html
    assert "Contains Royal Mail data © Royal Mail copyright and database right 2025." in html


@pytest.mark.parametrize("status", SignUpStatus)
def test_a_status_of_signing_up_has_its_word(status: SignUpStatus) -> None:
    assert part("sign_up", status=status).endswith(
        f'<span class="status status--{status}">{status.capitalize()}</span>'
    )


@pytest.mark.parametrize("status", [*Delivery, *Delivery.values])
def test_a_status_of_delivery_has_its_words(status: str) -> None:
    html = part("delivery", status=status)
    assert html == f'<span class="status status--{Delivery(status).value}">{Delivery(status).label}</span>'


@pytest.mark.parametrize("status", [None, "", "none"])
def test_without_a_status_of_delivery_it_says_why(status: str | None) -> None:
    assert part("delivery", status=status) == '<span class="status status--none">No actions recorded</span>'


@pytest.mark.parametrize(
    ("on", "complete_to", "told"),
    [
        (date(2015, 4, 11), date(2015, 4, 10), True),
        (date(2015, 4, 10), date(2015, 4, 10), False),
        (date(2015, 4, 10), None, False),
    ],
)
def test_days_after_the_records_end_say_so(on: date, complete_to: date | None, told: bool) -> None:
    html = part("records", on=on, complete_to=complete_to)
    assert ("Our records are complete to 10 April 2015." in html) == told
    assert bool(html) == told


def test_another_day_can_be_chosen_and_left_again() -> None:
    html = part("day", asked=Asked(date(2015, 4, 10), TODAY, "2015-04-10"), kept=[("lens", 'd"<')])
    assert 'type="date"' in html
    assert 'value="2015-04-10"' in html
    assert '<input type="hidden" name="lens" value="d&quot;&lt;">' in html
    assert '<a class="day__today" href="/areas/essex/">Show today</a>' in html
    assert "Show today" not in part("day", asked=Asked(TODAY, TODAY))


def test_a_day_that_makes_no_sense_stays_in_its_field_with_a_sentence_here_and_at_the_top() -> None:
    asked = Asked(TODAY, TODAY, "<b>", "“<b>” is not a date.")
    html = part("day", asked=asked)
    assert 'value="&lt;b&gt;"' in html
    assert 'aria-describedby="on-hint on-error" aria-invalid="true"' in html
    assert "Error:</span> “&lt;b&gt;” is not a date.</p>" in html
    assert '<a href="#on">“&lt;b&gt;” is not a date.</a>' in part("error_summary", asked=asked)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (
            "https://www.example.org/plan/",
            '<a href="https://www.example.org/plan/" rel="external">example.org/plan</a>',
        ),
        ("Announcement of 5 June 2019", "Announcement of 5 June 2019"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ('https://x.org/" onclick="y', "https://x.org/&quot; onclick=&quot;y"),
    ],
)
def test_a_source_is_linked_only_where_it_is_an_address(source: str, shown: str) -> None:
    assert part("source", source=source) == f'<p class="source">Source: {shown}</p>'


def test_no_source_is_no_line() -> None:
    assert part("source", source="") == ""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_no_accessibility_fault_and_no_sideways_scrolling(browser_page: Page, width: int, scheme: str) -> None:
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.set_viewport_size({"width": width, "height": 800})
    browser_page.goto("/nowhere")
    found = faults_of_axe(browser_page)
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []
    assert browser_page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.django_db(transaction=True)
def test_the_skip_link_is_the_first_stop_and_leads_to_the_main_part(browser_page: Page) -> None:
    browser_page.goto("/nowhere")
    browser_page.keyboard.press("Tab")
    assert browser_page.evaluate("document.activeElement.textContent") == "Skip to main content"
    browser_page.keyboard.press("Enter")
    assert browser_page.evaluate("document.activeElement.id") == "main"


@pytest.mark.django_db(transaction=True)
def test_a_form_with_faults_has_none_for_those_who_cannot_see(browser_page: Page) -> None:
    browser_page.goto("/contact/")
    browser_page.get_by_role("button", name="Send").click()
    browser_page.wait_for_selector(".govuk-error-summary")
    assert browser_page.title().startswith("Error: ")
    assert browser_page.evaluate("document.activeElement.className") == "govuk-error-summary"
    assert [fault["id"] for fault in faults_of_axe(browser_page)] == []
