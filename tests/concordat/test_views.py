"""What a visitor sees on the first page."""

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def england() -> None:
    """The real history of 2014-15."""
    call_command("load_areas", verbosity=0)
    call_command("load_history", verbosity=0)


def text_of(client: Client, address: str) -> str:
    """The page's text with its white space folded."""
    return " ".join(client.get(address).content.decode().split())


@pytest.mark.usefixtures("england")
def test_counts_of_the_last_day_of_2014(client: Client) -> None:
    page = text_of(client, "/?on=2014-12-31")
    assert "How every area stands on 31 December 2014" in page
    assert "Signing up: 152 areas" in page
    for status, count, words in [("Red", 0, "no declaration"), ("Amber", 130, "declaration"), ("Green", 22, "action")]:
        assert f'">{status}</span> <strong>{count}</strong> {words}' in page
    assert "Our records are complete to" not in page


@pytest.mark.usefixtures("england")
def test_hertfordshire_turns_green_on_10_april_2015_and_not_before(client: Client) -> None:
    rows = {day: row_of(text_of(client, f"/?on={day}"), "hertfordshire") for day in ("2015-04-09", "2015-04-10")}
    assert "Amber</span> Declaration made" in rows["2015-04-09"]
    assert "by 31 December 2014" in rows["2015-04-09"]
    assert "Green</span> Action plan published" in rows["2015-04-10"]
    assert "<td>10 April 2015</td>" in rows["2015-04-10"]
    assert "Not started: 0 of 4 done, no update recorded" in rows["2015-04-10"]


def row_of(page: str, slug: str) -> str:
    return page.partition(f'<tr id="{slug}">')[2].partition("</tr>")[0]


@pytest.mark.usefixtures("england")
def test_days_after_the_records_end_say_so(client: Client) -> None:
    page = text_of(client, "/?on=2019-04-01")
    assert "Our records are complete to 10 April 2015." in page
    assert "“none recorded” does not mean that there was none" in page


@pytest.mark.usefixtures("england")
def test_without_a_day_it_is_today_in_london(client: Client, time_machine: Any) -> None:
    time_machine.move_to("2026-06-30T23:30:00Z")  # half past midnight on 1 July in London
    assert "How every area stands on 1 July 2026" in text_of(client, "/")


@pytest.mark.parametrize("asked", ["31/12/2014", "yesterday", "2014-02-30", "1066-10-14", "9999-12-31", "<script>"])
def test_a_day_that_makes_no_sense_gets_a_sentence_and_stays_in_the_field(client: Client, asked: str) -> None:
    make.make_programme()
    response = client.get("/", {"on": asked})
    page = response.content.decode()
    assert response.status_code == 400
    assert "<strong>Error:</strong>" in page
    assert "<title>Error: " in page
    assert f'value="{asked.replace("<", "&lt;").replace(">", "&gt;")}"' in page
    assert "<script>" not in page


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_page_is_only_read(client: Client, method: str) -> None:
    assert getattr(client, method)("/").status_code == 405


def test_an_unknown_address_gets_crisis_help_too(client: Client) -> None:
    response = client.get("/nowhere")
    page = response.content.decode()
    assert response.status_code == 404
    assert "<h1>Page not found</h1>" in page
    assert "116 123" in page


def test_what_was_asked_is_not_repeated_at_length(client: Client) -> None:
    make.make_programme()
    assert "x" * 41 not in text_of(client, "/?on=" + "x" * 5000)


def test_crisis_help_comes_before_anything_else_even_when_nothing_is_loaded(client: Client) -> None:
    page = text_of(client, "/")
    assert page.index("116 123") < page.index("<h1>")
    assert "Nothing is recorded here yet" in page


def test_the_demonstration_says_so_on_the_page(client: Client, settings: Any) -> None:
    assert "Demonstration." not in text_of(client, "/")
    settings.DEMO = True
    assert "Demonstration." in text_of(client, "/")


@pytest.mark.parametrize("size", [1, 40])
def test_same_number_of_queries_whatever_the_size(
    client: Client, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(size):
        area = make.make_area()
        partnership = make.make_partnership(areas=[area])
        make.make_declaration(partnership=partnership, areas=[area], published_on=date(2014, 12, 1))
        plan = make.make_plan(partnership=partnership, areas=[area])
        version = make.make_version(plan=plan, published_on=date(2015, 1, 1))
        make.make_in_version(version=version, action=make.make_action(plan=plan))
    with django_assert_num_queries(13):
        client.get("/?on=2015-04-10")
