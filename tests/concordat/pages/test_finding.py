"""The search for an area, as the person who types sees it."""

import random
from html import unescape
from typing import Any
from urllib.parse import quote_from_bytes, urlencode

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from concordat.pages.finding import search_of
from tests import factories as make

pytestmark = pytest.mark.django_db
ADDRESS = "/areas/find/"


@pytest.fixture
def england() -> None:
    """The areas of the shipped lists."""
    call_command("load_areas", verbosity=0)


def page_of(client: Client, status: int = 200, **query: str) -> str:
    """The page's text as it reads, with its white space folded."""
    answer = client.get(ADDRESS, query)
    assert answer.status_code == status
    return " ".join(unescape(answer.content.decode()).split())


def test_before_anything_is_asked_there_is_the_form_alone(client: Client) -> None:
    page = page_of(client)
    assert "Postcode or name of an area" in page
    assert "We found no area" not in page
    assert "There is a problem" not in page


@pytest.mark.usefixtures("england")
@pytest.mark.parametrize(
    ("query", "address"),
    [
        ({"q": "SG13 8DE"}, "/areas/hertfordshire/"),
        ({"q": "Cumbria"}, "/areas/cumbria/"),
        ({"q": "E06000023"}, "/areas/bristol/"),
        ({"q": "SG13 8DE", "on": "2015-04-10"}, "/areas/hertfordshire/?on=2015-04-10"),
        ({"q": "CA1 1AA", "on": "2015-04-10"}, "/areas/cumbria/?on=2015-04-10"),
        ({"q": "CA1 1AA"}, "/areas/cumberland/"),
    ],
)
def test_one_match_leads_to_its_page(client: Client, query: dict[str, str], address: str) -> None:
    answer = client.get(ADDRESS, query)
    assert (answer.status_code, answer.headers["Location"]) == (302, address)


@pytest.mark.usefixtures("england")
def test_several_matches_are_a_choice_with_what_became_of_each(client: Client) -> None:
    page = page_of(client, q="bournemouth")
    assert "2 areas for “<bdi>bournemouth</bdi>”" in page
    assert "<title>2 areas found – Find your area" in page
    present, _, former = page.partition('href="/areas/bournemouth/"')
    assert "Unitary authority, South West. Area since 1 April 2019." in present
    assert "Former area: it ended on 31 March 2019." in former
    assert 'Now: <a class="govuk-link" href="/areas/bournemouth-christchurch-and-poole/">' in former


@pytest.mark.usefixtures("england")
def test_a_choice_keeps_the_day(client: Client) -> None:
    page = page_of(client, q="BH1 1AA", on="2015-04-10")
    assert "3 areas for “<bdi>BH1 1AA</bdi>” on 10 April 2015" in page
    assert "We do not know in which of these areas the postcode was on that day." in page
    for slug in ("bournemouth", "poole", "dorset-county"):
        assert f'href="/areas/{slug}/?on=2015-04-10"' in page
    assert '<input type="hidden" name="on" value="2015-04-10">' in page


@pytest.mark.usefixtures("england")
def test_a_misspelt_name_is_asked_back(client: Client) -> None:
    page = page_of(client, q="Hertforshire")
    assert "We found no area called “<bdi>Hertforshire</bdi>”" in page
    assert "Did you mean one of these?" in page
    assert 'href="/areas/hertfordshire/"' in page


@pytest.mark.usefixtures("england")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Hitchin", "We found no area for “<bdi>Hitchin</bdi>”"),
        ("CF10 1AA", "CF10 1AA is a postcode in Wales. This site covers England only."),
        ("EH1 1AA", "EH1 1AA is a postcode in Scotland."),
        ("BT1 1AA", "BT1 1AA is a postcode in Northern Ireland."),
        ("ZZ1 1AA", "We do not know the postcode ZZ1 1AA."),
    ],
)
def test_where_nothing_is_found_the_page_says_what_to_try(client: Client, typed: str, said: str) -> None:
    page = page_of(client, q=typed)
    assert said in page
    assert "What you can try" in page
    assert 'href="/areas/">list of all areas</a>' in page
    assert "You can get help in a crisis without knowing your area" in page


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", "Enter a postcode, or the name of an area."),
        (" \u00a0\x00\u200b ", "Enter a postcode, or the name of an area."),
        ("x" * 61, "What you enter must be 60 characters or fewer."),
        ("x" * 5000, "What you enter must be 60 characters or fewer."),
    ],
)
def test_a_fault_is_said_at_the_top_and_at_the_field(client: Client, typed: str, fault: str) -> None:
    page = page_of(client, q=typed)
    assert "<title>Error: Find your area" in page
    assert f'<a href="#q">{fault}</a>' in page
    assert f'id="q-error"><span class="govuk-visually-hidden">Error:</span> {fault}' in page
    assert 'aria-describedby="q-hint q-error" aria-invalid="true"' in page
    assert "x" * 41 not in page


@pytest.mark.usefixtures("england")
def test_a_day_that_makes_no_sense_is_refused_and_the_match_still_shown(client: Client) -> None:
    page = page_of(client, 400, q="SG13 8DE", on="yesterday")
    assert "“yesterday” is not a date." in page
    assert 'href="/areas/hertfordshire/"' in page
    assert '<input type="hidden" name="q" value="SG13 8DE">' in page


@pytest.mark.usefixtures("england")
def test_what_was_typed_is_never_markup(client: Client) -> None:
    answer = client.get(ADDRESS, {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in answer
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer


def test_of_two_searches_in_one_address_the_last_counts(client: Client) -> None:
    make.make_area(name="Norfolk", slug="norfolk")
    assert client.get(f"{ADDRESS}?q=Suffolk&q=Norfolk").headers["Location"] == "/areas/norfolk/"


def test_nobody_keeps_what_was_looked_for(client: Client) -> None:
    assert "no-store" in client.get(ADDRESS, {"q": "SG13 8DE"}).headers["Cache-Control"]


def test_it_can_only_be_read(client: Client) -> None:
    assert client.post(ADDRESS, {"q": "SG13 8DE"}).status_code == 405


@pytest.mark.parametrize("areas", [1, 60])
def test_two_queries_however_many_areas_match(
    client: Client, areas: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(areas):
        make.make_area(name=f"Midshire {number}")
    make.make_succession(predecessor=make.make_area(name="Midshire former"), successor=make.make_area())
    with django_assert_num_queries(2):
        assert f"{areas + 1} areas for “" in page_of(client, q="midshire")


@pytest.mark.slow
@pytest.mark.usefixtures("england")
def test_malformed_addresses_get_a_helpful_page(client: Client) -> None:
    """Random bytes, broken percent signs and all: what a browser would never send."""
    draw = random.Random(100)  # noqa: S311 no secrets
    for _ in range(100):
        noise = draw.randbytes(draw.randrange(40))
        query = draw.choice([quote_from_bytes(noise), "%", "%zz%", "%ff%fe", "%00%00", "%C0%AF", "%ED%A0%80"])
        answer = client.get(f"{ADDRESS}?q={query}")
        page = answer.content.decode()
        assert answer.status_code in (200, 302), query
        assert answer.status_code == 302 or 'id="q"' in page
        assert answer.status_code == 302 or "What you can try" in page or "There is a problem" in page or "Now:" in page


@pytest.mark.parametrize(
    ("typed", "text", "fault"),
    [
        (None, "", ""),
        ("  SG13\u00a0 8DE\n", "SG13 8DE", ""),
        ("\u202eevil\u202c\x00", "evil", ""),
        ("a\x00b", "a b", ""),
        ("\ud800", "", "Enter a postcode, or the name of an area."),
        ("x" * 60, "x" * 60, ""),
        ("x" * 61, "x" * 40, "What you enter must be 60 characters or fewer."),
    ],
)
def test_how_what_was_typed_is_read(typed: str | None, text: str, fault: str) -> None:
    search = search_of(typed)
    assert (search.text, search.errors) == (text, fault)


def test_in_a_sentence_it_is_shortened() -> None:
    assert search_of("x" * 50).shown == "x" * 40 + "…"


# In the browser


def test_the_form_works_and_its_fault_is_focused(browser_page: Any) -> None:
    browser_page.goto(f"{ADDRESS}?{urlencode({'q': ''})}")
    assert browser_page.evaluate("document.activeElement.className") == "govuk-error-summary"
    browser_page.get_by_role("link", name="Enter a postcode, or the name of an area.").click()
    assert browser_page.evaluate("document.activeElement.id") == "q"
    browser_page.keyboard.type("Hitchin")
    browser_page.keyboard.press("Enter")
    browser_page.get_by_role("heading", name="We found no area for “Hitchin”").wait_for()
    assert browser_page.get_by_label("Postcode or name of an area").input_value() == "Hitchin"
