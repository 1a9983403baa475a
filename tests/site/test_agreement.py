"""The same facts everywhere: table, map.svg, answer for programs and command agree on any day, in both lenses."""

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from html.parser import HTMLParser
from io import StringIO
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FIRST, LAST = date(2014, 1, 1), date(2026, 12, 31)
LENSES = ("signup", "delivery")


def days(seed: int, count: int) -> Iterator[str]:
    """Random days of 2014 to 2026."""
    chance = random.Random(seed)  # noqa: S311 - days of a test
    for _ in range(count):
        yield (FIRST + timedelta(days=chance.randrange((LAST - FIRST).days + 1))).isoformat()


class Rows(HTMLParser):
    """What each row of the table on the first page says of its area, by code."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, dict[str, str]] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "tr" and "data-code" in told:
            self.found[told["data-code"]] = {lens: told[f"data-{lens}"] for lens in LENSES}


Statuses = dict[str, dict[str, str]]  # by lens, then by the code of the area


def of_the_table(client: Client, day: str, lens: str) -> Statuses:
    rows = Rows(client.get(f"/?on={day}&lens={lens}").content.decode()).found
    return {each: {code: row[each] for code, row in rows.items()} for each in LENSES}


def of_the_drawings(client: Client, day: str) -> Statuses:
    found: Statuses = {}
    for lens in LENSES:
        drawn = ElementTree.fromstring(client.get(f"/map.svg?on={day}&lens={lens}").content)  # noqa: S314 - our own
        shapes = [each.attrib for each in drawn.iter() if "data-code" in each.attrib]
        found[lens] = {shape["data-code"]: shape["data-status"] for shape in shapes}
    return found


def of_programs(client: Client, day: str) -> Statuses:
    return statuses(client.get(f"/api/v1/status?on={day}").json())


def of_the_command(day: str) -> Statuses:
    told = StringIO()
    call_command("status", on=day, json=True, stdout=told)
    return statuses(json.loads(told.getvalue()))


def statuses(answer: dict[str, list[dict[str, str | None]]]) -> Statuses:
    return {lens: {str(area["code"]): area[lens] or "none" for area in answer["areas"]} for lens in LENSES}


@pytest.mark.parametrize("country", ["real", "made up"])
def test_on_sixty_random_days(client: Client, country: str) -> None:
    call_command("load_areas", verbosity=0)
    call_command("load_boundaries", verbosity=0)
    if country == "real":
        call_command("load_history", verbosity=0)
    else:
        call_command("load_demo", partnerships=20, actions=5, seed=11, on="2026-11-01", verbosity=0)
    seen: dict[str, set[str]] = {lens: set() for lens in LENSES}
    for number, day in enumerate(days(seed=len(country), count=60)):
        expected = of_the_command(day)
        assert of_programs(client, day) == expected, day
        assert of_the_table(client, day, LENSES[number % 2]) == expected, day
        assert of_the_drawings(client, day) == expected, day
        for lens in LENSES:
            seen[lens] |= set(expected[lens].values())
    assert seen["signup"] == {"red", "amber", "green"}
    assert len(seen["delivery"]) > (1 if country == "real" else 5)
