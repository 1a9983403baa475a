"""What a visitor sees on the first page."""

import json
import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.management import call_command
from django.http import QueryDict
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from areas.models import Region
from concordat.pages import national
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def england() -> None:
    """The real history of 2014-15."""
    call_command("load_areas", verbosity=0)
    call_command("load_history", verbosity=0)


def text_of(client: Client, address: str) -> str:
    """The page's text with its white space folded."""
    return unescape(" ".join(client.get(address).content.decode().split()))


def row_of(page: str, slug: str) -> str:
    return re.search(rf'<tr [^>]*id="{slug}".*?</tr>', page)[0]  # type: ignore[index]


def names_shown(page: str) -> list[str]:
    """The names in the table, without those of hidden rows, in their order."""
    body = page.partition("<tbody")[2].partition("</tbody>")[0]
    rows = [row for row in body.split("<tr ")[1:] if " hidden" not in row.partition(">")[0]]
    return [re.search(r'data-slot="name"[^>]*>(.*?)</a>', row)[1] for row in rows]  # type: ignore[index]


@pytest.mark.usefixtures("england")
def test_counts_of_the_last_day_of_2014(client: Client) -> None:
    page = text_of(client, "/?on=2014-12-31")
    assert "How every area stands on 31 December 2014" in page
    assert "22 of 152 areas have published an action plan and 130 have a declaration but no full plan." in page
    assert "Actions are recorded in none of 152 areas." in page
    for status, count in [("red", 0), ("amber", 130), ("green", 22)]:
        assert f'data-count="signup.{status}">{count}<' in page
    assert '<div id="records" hidden>' in page


@pytest.mark.usefixtures("england")
def test_hertfordshire_turns_green_on_10_april_2015_and_not_before(client: Client) -> None:
    rows = {day: row_of(text_of(client, f"/?on={day}"), "hertfordshire") for day in ("2015-04-09", "2015-04-10")}
    assert "Amber</span></span>" in rows["2015-04-09"]
    assert ">Declaration made</span>" in rows["2015-04-09"]
    assert "by 31 December 2014" in rows["2015-04-09"]
    assert "Green</span></span>" in rows["2015-04-10"]
    assert ">Action plan published</span>" in rows["2015-04-10"]
    assert ">10 April 2015</td>" in rows["2015-04-10"]
    assert "Not started</span></span>" in rows["2015-04-10"]
    assert "0 of 4 done, no update recorded" in rows["2015-04-10"]
    assert 'href="/areas/hertfordshire/?on=2015-04-10"' in rows["2015-04-10"]


@pytest.mark.usefixtures("england")
def test_days_after_the_records_end_say_so(client: Client) -> None:
    page = text_of(client, "/?on=2019-04-01")
    assert '<div id="records">' in page
    assert "Our records are complete to 10 April 2015." in page
    assert "“none recorded” does not mean that there was none" in page


@pytest.mark.usefixtures("england")
@pytest.mark.parametrize(("on", "hidden"), [("2026-07-01", " hidden"), ("2026-07-02", "")])
def test_a_day_to_come_says_so(client: Client, time_machine: Any, on: str, hidden: str) -> None:
    time_machine.move_to("2026-06-30T23:30:00Z")  # half past midnight on 1 July in London
    page = text_of(client, f"/?on={on}")
    assert f'<div id="to-come"{hidden}><p class="govuk-inset-text"><strong>This day is still to come.' in page


@pytest.mark.usefixtures("england")
def test_without_a_day_it_is_today_in_london(client: Client, time_machine: Any) -> None:
    time_machine.move_to("2026-06-30T23:30:00Z")  # half past midnight on 1 July in London
    page = text_of(client, "/")
    assert "How every area stands on 1 July 2026" in page
    assert 'href="/areas/hertfordshire/"' in page


@pytest.mark.parametrize("asked", ["31/12/2014", "yesterday", "2014-02-30", "1066-10-14", "9999-12-31", "<script>"])
def test_a_day_that_makes_no_sense_gets_a_sentence_and_stays_in_the_field(client: Client, asked: str) -> None:
    make.make_programme()
    response = client.get("/", {"on": asked})
    page = response.content.decode()
    assert response.status_code == 400
    assert "<title>Error: " in page
    assert "There is a problem" in page
    assert f'value="{asked.replace("<", "&lt;").replace(">", "&gt;")}"' in page
    assert "<script>" not in page


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("lens", "“<b>” is no way to see the map. Choose signing up or delivery."),
        ("region", "“<b>” is not a region of England. Choose one from the list."),
        ("status", "“<b>” is not a status. Choose one from the list."),
        ("sort", "“<b>” is not a column. Sort by area, region, signing up or delivery."),
    ],
)
def test_a_choice_that_makes_no_sense_gets_a_sentence_and_the_usual_page(
    client: Client, name: str, sentence: str
) -> None:
    make.make_programme()
    make.make_area(name="Rutland")
    response = client.get("/", {name: "<b>"})
    page = response.content.decode()
    assert response.status_code == 400
    assert sentence in unescape(page)
    assert "<b>" not in page
    assert names_shown(page) == ["Rutland"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_page_is_only_read(client: Client, method: str) -> None:
    assert getattr(client, method)("/").status_code == 405


def test_an_unknown_address_gets_crisis_help_too(client: Client) -> None:
    response = client.get("/nowhere")
    assert response.status_code == 404
    assert "116 123" in response.content.decode()


def test_what_was_asked_is_not_repeated_at_length(client: Client) -> None:
    make.make_programme()
    for name in ("on", *national.CHOICES):
        assert "x" * 41 not in text_of(client, f"/?{name}=" + "x" * 5000)


def test_crisis_help_comes_before_anything_else_even_when_nothing_is_loaded(client: Client) -> None:
    page = text_of(client, "/")
    assert page.index("116 123") < page.index("<h1")
    assert "Nothing is recorded here yet" in page


def test_the_demonstration_says_so_on_the_page(client: Client, settings: Any) -> None:
    assert "Demonstration." not in text_of(client, "/")
    settings.DEMO = True
    assert "Demonstration." in text_of(client, "/?on=2020-01-01")


@pytest.fixture
def three_areas() -> None:
    """Rutland is red, Kent amber, Leeds green with an action."""
    make.make_area(name="Rutland", region=Region.EAST_MIDLANDS)
    kent, leeds = (
        make.make_area(name="Kent", region=Region.SOUTH_EAST),
        make.make_area(name="Leeds", region=Region.YORKSHIRE_AND_THE_HUMBER),
    )
    for area in (kent, leeds):
        make.make_declaration(areas=[area], published_on=date(2015, 1, 1))
    plan = make.make_plan(areas=[leeds])
    make.make_in_version(
        version=make.make_version(plan=plan, published_on=date(2015, 2, 1)), action=make.make_action(plan=plan)
    )


@pytest.mark.usefixtures("three_areas")
@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", ["Kent", "Leeds", "Rutland"]),
        ("region=South+East", ["Kent"]),
        ("status=red", ["Rutland"]),
        ("status=green", ["Leeds"]),
        ("status=not_started", ["Leeds"]),
        ("status=none", ["Kent", "Rutland"]),
        ("status=none&lens=delivery&region=East+Midlands", ["Rutland"]),
        ("status=green&lens=delivery", ["Leeds"]),
        ("region=London", []),
        ("sort=-name", ["Rutland", "Leeds", "Kent"]),
        ("sort=region", ["Rutland", "Kent", "Leeds"]),
        ("sort=signup", ["Rutland", "Kent", "Leeds"]),
        ("sort=-signup", ["Leeds", "Kent", "Rutland"]),
        ("sort=delivery", ["Leeds", "Kent", "Rutland"]),
        ("sort=-delivery", ["Kent", "Rutland", "Leeds"]),
    ],
)
def test_the_table_shows_what_was_asked_for_in_that_order(client: Client, asked: str, names: list[str]) -> None:
    page = text_of(client, f"/?on=2015-04-01&{asked}")
    assert names_shown(page) == names
    assert page.count("data-code=") == 3  # those that are hidden are there for the page's own filters
    told = "All 3 areas." if len(names) == 3 else f"{len(names)} of 3 areas, by your choice."
    assert told in page


@pytest.mark.usefixtures("three_areas")
@pytest.mark.parametrize(
    ("asked", "is_other"),
    [
        ("", False),
        ("lens=delivery&sort=-name", False),
        ("on=2015-04-01", True),
        ("region=London", True),
        ("status=red", True),
        ("on=banana", False),
    ],
)
def test_the_way_back_to_all_areas_of_today_is_shown_where_they_are_not(
    client: Client, asked: str, is_other: bool
) -> None:
    link = re.search(r'<a [^>]*id="everything"[^>]*>', text_of(client, f"/?{asked}"))[0]  # type: ignore[index]
    assert ("hidden" not in link) == is_other


@pytest.mark.usefixtures("three_areas")
def test_on_paper_it_says_its_day_and_address(client: Client, settings: Any) -> None:
    settings.SITE_URL = "https://tracker.example/"
    page = re.sub(r"<[^>]*>", "", text_of(client, "/?on=2015-04-01&lens=delivery&region=London"))
    address = "https://tracker.example/?on=2015-04-01&lens=delivery&region=London"
    assert f"As it stood on 1 April 2015. Concordat Tracker, {address} How every area" in page


@pytest.mark.usefixtures("three_areas")
def test_a_row_carries_what_the_map_is_drawn_from(client: Client) -> None:
    page = text_of(client, "/?on=2015-04-01")
    row = row_of(page, re.search(r'id="(area-\d+)"[^>]*data-region="Yorkshire', page)[1])  # type: ignore[index]
    assert 'data-signup="green" data-delivery="not_started"' in row
    assert re.search(r'data-code="E06\d{6}"', row)


@pytest.mark.usefixtures("three_areas")
def test_without_javascript_there_is_the_picture_of_the_same_day_and_lens(client: Client) -> None:
    page = text_of(client, "/?on=2015-04-01&lens=delivery")
    assert '<img class="picture" id="picture" src="/map.svg?on=2015-04-01&lens=delivery"' in page
    assert re.search(r'<div data-legend="signup" hidden>.*<div data-legend="delivery">', page)


@pytest.mark.usefixtures("three_areas")
def test_the_page_tells_its_script_where_boundaries_and_history_are(client: Client) -> None:
    make.make_epoch(from_on=date(2014, 1, 1), digest="0123456789ab")
    make.make_epoch(from_on=date(2019, 4, 1), digest="ba9876543210")
    page = client.get("/?on=2015-04-01&status=red").content.decode()
    told = json.loads(page.partition('<script id="page" type="application/json">')[2].partition("</script>")[0])
    assert told["epochs"] == [
        {"from": "2014-01-01", "url": "/boundaries/2014-01-01-0123456789ab.json"},
        {"from": "2019-04-01", "url": "/boundaries/2019-04-01-ba9876543210.json"},
    ]
    assert told["history"] == "/api/v1/history"
    assert told["shown"] == {"on": "2015-04-01", "lens": "signup", "region": "", "status": "red", "sort": "name"}
    assert '<link rel="preload" href="/boundaries/2014-01-01-0123456789ab.json"' in page


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
    with django_assert_num_queries(11):
        client.get("/?on=2015-04-10")


# The same tables hold for static/js/words.js: see test_map_modules.py.
SIGNED_UP = [
    (
        {"green": 22, "amber": 130, "red": 0},
        152,
        "22 of 152 areas have published an action plan and 130 have a declaration but no full plan.",
    ),
    (
        {"green": 1, "amber": 1, "red": 1},
        3,
        "1 of 3 areas has published an action plan, 1 has a declaration but no full plan"
        " and 1 has no declaration recorded.",
    ),
    (
        {"green": 0, "amber": 0, "red": 2},
        2,
        "0 of 2 areas have published an action plan and 2 have no declaration recorded.",
    ),
    ({"green": 2, "amber": 0, "red": 0}, 2, "2 of 2 areas have published an action plan."),
]
DELIVERING = [
    ({"none": 3}, 3, "Actions are recorded in none of 3 areas."),
    ({"on_track": 1, "none": 2}, 3, "Actions are recorded in 1 of 3 areas: 1 on track."),
    (
        {"some_delays": 2, "off_track": 1, "delivered": 3},
        6,
        "Actions are recorded in 6 of 6 areas: 1 off track, 2 with some delays and 3 delivered.",
    ),
]


@pytest.mark.parametrize(("counts", "total", "sentence"), SIGNED_UP)
def test_how_many_signed_up_as_a_sentence(counts: dict[str, int], total: int, sentence: str) -> None:
    assert national.signed_up(counts, total) == sentence


@pytest.mark.parametrize(("counts", "total", "sentence"), DELIVERING)
def test_how_many_deliver_how_as_a_sentence(counts: dict[str, int], total: int, sentence: str) -> None:
    assert national.delivering(counts, total) == sentence


def test_only_what_makes_no_sense_is_left_as_usual() -> None:
    choices = national.choices_of(QueryDict("lens=delivery&region=Wales&status=&sort=-delivery"))
    assert (choices.lens, choices.region, choices.status, choices.sort) == ("delivery", "", "", "-delivery")
    assert choices.error_links == [("#region", "“Wales” is not a region of England. Choose one from the list.")]
