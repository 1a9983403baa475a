"""The pure modules of the map's JavaScript, on tables of examples, in a real browser."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests import modules
from tests.concordat.pages.test_national import DELIVERING, SIGNED_UP


@pytest.fixture
def call(browser_page: Page) -> modules.Call:
    return modules.caller(browser_page)


def test_the_sentences_are_the_same_as_the_servers(call: Any) -> None:
    for counts, total, sentence in SIGNED_UP:
        assert call("words", "signUpSentence", counts, total) == sentence
    clauses = [["off_track", "off track"], ["some_delays", "with some delays"], ["on_track", "on track"]]
    clauses.append(["delivered", "delivered"])
    for counts, total, sentence in DELIVERING:
        assert call("words", "deliverySentence", counts, total, clauses) == sentence


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ({"since": "2014-12-31", "precision": "by"}, "by 31 December 2014"),
        ({"since": "2015-04-10", "precision": "day"}, "10 April 2015"),
        ({"since": None, "precision": None}, "not recorded"),
        (None, "not recorded"),
    ],
)
def test_since_when_in_words(call: Any, step: dict[str, Any] | None, words: str) -> None:
    assert call("words", "sinceInWords", step) == words


@pytest.mark.parametrize(
    ("status", "reason", "words"),
    [
        ("amber", "2 of 3 plans published", "amber, 2 of 3 plans published"),
        ("green", "Action plan published (out of date)", "green, action plan published (out of date)"),
        ("red", "No declaration recorded", "red, no declaration recorded"),
    ],
)
def test_an_area_is_called_by_its_own_reason(call: Any, status: str, reason: str, words: str) -> None:
    assert call("words", "signUpWords", {"signup": status, "reason": reason}) == words


HISTORY = {
    "begins_on": "2014-02-18",
    "today": "2020-06-01",
    "reasons": ["No declaration recorded", "Declaration made", "Action plan published"],
    "areas": [
        {
            "slug": "poole",
            "name": "Poole",
            "region": "South West",
            "from": None,
            "until": "2019-04-01",
            "codes": [{"code": "E06000029", "from": None, "until": "2019-04-01"}],
            "signup": [
                {"on": "2014-12-31", "status": "amber", "reason": 1, "since": "2014-12-31", "precision": "by"},
                {
                    "on": "2015-03-01",
                    "status": "green",
                    "reason": 2,
                    "since": "2015-03-01",
                    "precision": "day",
                    "out_of_date": True,
                },
                {"on": "2019-04-01", "status": "grey", "reason": 0, "since": None, "precision": None},
            ],
            "delivery": [{"on": "2015-03-01", "status": "on_track"}, {"on": "2016-01-01", "status": None}],
        },
        {
            "slug": "sheffield",
            "name": "Sheffield",
            "region": "Yorkshire and The Humber",
            "from": None,
            "until": None,
            "codes": [
                {"code": "E08000019", "from": None, "until": "2019-04-01"},
                {"code": "E08000039", "from": "2019-04-01", "until": None},
            ],
            "signup": [],
            "delivery": [],
        },
    ],
}


@pytest.mark.parametrize(
    ("day", "areas"),
    [
        ("2014-12-30", ["E06000029 red none No declaration recorded", "E08000019 red none No declaration recorded"]),
        ("2014-12-31", ["E06000029 amber none Declaration made", "E08000019 red none No declaration recorded"]),
        (
            "2015-03-01",
            [
                "E06000029 green on_track Action plan published (out of date)",
                "E08000019 red none No declaration recorded",
            ],
        ),
        (
            "2019-03-31",
            ["E06000029 green none Action plan published (out of date)", "E08000019 red none No declaration recorded"],
        ),
        ("2019-04-01", ["E08000039 red none No declaration recorded"]),
    ],
)
def test_how_every_area_stood_on_a_day(call: Any, day: str, areas: list[str]) -> None:
    found = call("history", "areasOn", HISTORY, day)
    assert ["{code} {signup} {delivery} {reason}".format(**area) for area in found] == areas


def test_the_days_on_which_anything_changed_end_today(call: Any) -> None:
    days = ["2014-02-18", "2014-12-31", "2015-03-01", "2016-01-01", "2019-04-01", "2020-06-01"]
    assert call("history", "changeDays", HISTORY) == days
    assert call("history", "changeDays", HISTORY | {"begins_on": None, "today": "2015-03-01"}) == days[1:3]


def test_areas_are_counted_by_both_lenses(call: Any) -> None:
    areas = [{"signup": "red", "delivery": "none"}, {"signup": "green", "delivery": "none"}]
    assert call("history", "countsOf", areas) == {"signup": {"red": 1, "green": 1}, "delivery": {"none": 2}}


@pytest.mark.parametrize(
    ("key", "leads_to"),
    [("ArrowRight", 1), ("ArrowLeft", 3), ("ArrowUp", 2), ("ArrowDown", 0)],
)
def test_arrow_keys_lead_to_the_nearest_in_their_direction(call: Any, key: str, leads_to: int) -> None:
    points = [[0, 0], [10, 2], [1, -10], [-10, 0], [30, 0], [9, -30]]
    assert call("neighbours", "neighbour", points, 0, key) == leads_to


USUAL = {"on": "2026-01-01", "lens": "signup", "region": "", "status": "", "sort": "name"}
CHOICES = {
    "lens": ["signup", "delivery"],
    "region": ["", "London", "South East"],
    "status": ["", "red"],
    "sort": ["name", "-name"],
}


@pytest.mark.parametrize(
    ("search", "shown"),
    [
        ("", {}),
        ("?on=2014-12-31&lens=delivery", {"on": "2014-12-31", "lens": "delivery"}),
        ("?region=South+East&sort=-name", {"region": "South East", "sort": "-name"}),
    ],
)
def test_the_address_is_read_and_written(call: Any, search: str, shown: dict[str, str]) -> None:
    assert call("address", "read", search, USUAL, CHOICES) == USUAL | shown
    assert call("address", "written", USUAL | shown, USUAL) == search


def test_what_makes_no_sense_in_the_address_is_left_as_usual(call: Any) -> None:
    assert call("address", "read", "?on=soon&lens=x&region=Wales&sort=", USUAL, CHOICES) == USUAL


def test_arcs_become_rings(call: Any) -> None:
    topology = {
        "transform": {"scale": [0.5, 0.25], "translate": [-7, 50]},
        "arcs": [[[0, 0], [2, 0], [0, 4]], [[2, 4], [-2, 0], [0, -4]]],
        "objects": {
            "areas": {
                "geometries": [
                    {"type": "Polygon", "properties": {"code": "E1"}, "arcs": [[0, 1]]},
                    {"type": "MultiPolygon", "properties": {"code": "E2"}, "arcs": [[[-1, -2]]]},
                ]
            }
        },
    }
    ring = [[50, -7], [50, -6], [51, -6], [51, -7], [50, -7]]
    one, two = call("topojson", "shapesOf", topology)
    assert one == {"code": "E1", "polygons": [[ring]]}
    assert two["code"] == "E2"
    assert two["polygons"] == [[[[51, -6], [50, -6], [50, -7], [51, -7], [51, -6]]]]
