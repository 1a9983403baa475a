"""The same facts everywhere: page, map.svg, answers for programs, command and browsers agree on any day."""

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from io import StringIO
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Page

from concordat.pages.national import CLAUSES
from concordat.sentences import in_words
from tests import modules

pytestmark = [pytest.mark.slow]
FIRST, LAST = date(2014, 1, 1), date(2026, 12, 31)
LENSES = ("signup", "delivery")


def days(seed: int, count: int) -> Iterator[str]:
    """Random days of 2014 to 2026."""
    chance = random.Random(seed)  # noqa: S311 - days of a test
    for _ in range(count):
        yield (FIRST + timedelta(days=chance.randrange((LAST - FIRST).days + 1))).isoformat()


class Told(HTMLParser):
    """What the first page says: of each area in its row, by code, and in its sentences and its legend."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: dict[str, dict[str, str]] = {}
        self.counts: dict[str, str] = {}
        self.sentences: dict[str, str] = {}
        self.place: tuple[dict[str, str], str] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "tr" and "data-code" in told:
            self.rows[told["data-code"]] = self.row = {lens: told[f"data-{lens}"] for lens in LENSES}
        elif tag == "template":
            self.row = {}  # the blank one for the page's script
        elif told.get("data-slot") in ("name", "region", "reason", "since") and self.rows:
            self.place = self.row, told["data-slot"]
        elif "data-count" in told:
            self.place = self.counts, told["data-count"]
        elif told.get("id") in ("signup-sentence", "delivery-sentence"):
            self.place = self.sentences, told["id"].partition("-")[0]

    def handle_endtag(self, tag: str) -> None:
        self.place = None

    def handle_data(self, data: str) -> None:
        if self.place:
            told, name = self.place
            told[name] = told.get(name, "") + data.strip()


Statuses = dict[str, dict[str, str]]  # by lens, then by the code of the area


def of_the_drawings(client: Client, day: str) -> Statuses:
    found: Statuses = {}
    for lens in LENSES:
        drawn = ElementTree.fromstring(client.get(f"/map.svg?on={day}&lens={lens}").content)  # noqa: S314 - our own
        shapes = [each.attrib for each in drawn.iter() if "data-code" in each.attrib]
        found[lens] = {shape["data-code"]: shape["data-status"] for shape in shapes}
    return found


def of_the_command(day: str) -> dict[str, Any]:
    told = StringIO()
    call_command("status", on=day, json=True, stdout=told)
    answer: dict[str, Any] = json.loads(told.getvalue())
    return answer


def history_on(day: date, client: Client) -> dict[str, Any]:
    """The answer from which browsers draw all days until that one, if it is today."""
    with time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=UTC)):
        answer: dict[str, Any] = client.get("/api/v1/history").json()
    assert answer["today"] == day.isoformat()
    return answer


def statuses(answer: dict[str, Any]) -> Statuses:
    return {lens: {str(area["code"]): area[lens] or "none" for area in answer["areas"]} for lens in LENSES}


def rows(answer: dict[str, Any]) -> dict[str, dict[str, str]]:
    """What a row says of each area, by code, written from the answer for programs."""
    return {
        area["code"]: {
            "name": area["name"],
            "region": area["region"],
            "signup": area["signup"],
            "delivery": area["delivery"] or "none",
            "reason": area["signup_reason"] + (" (out of date)" if area["out_of_date"] else ""),
            "since": since(area["signup_since"], area["signup_since_precision"]),
        }
        for area in answer["areas"]
    }


def since(day: str | None, precision: str | None) -> str:
    if day is None:
        return "not recorded"
    return ("by " if precision == "by" else "") + in_words(date.fromisoformat(day))


def numbers(text: str) -> list[int]:
    """The numbers that a sentence says."""
    return [int(each) for each in re.findall(r"\d+", text)]


@pytest.mark.parametrize("country", ["real", "made up"])
def test_on_sixty_random_days(client: Client, browser_page: Page, country: str) -> None:
    """Each day: the answer for programs, the command, the page, both drawings, and what browsers draw."""
    call_command("load_areas", verbosity=0)
    call_command("load_boundaries", verbosity=0)
    if country == "real":
        call_command("load_history", verbosity=0)
    else:
        call_command("load_demo", partnerships=20, actions=5, seed=11, on="2026-11-01", verbosity=0)
    asked = list(days(seed=len(country), count=60))
    scripts = modules.caller(browser_page)
    clauses = [(status.value, clause) for status, clause in CLAUSES.items()]
    history = history_on(LAST, client)
    seen: dict[str, set[str]] = {lens: set() for lens in LENSES}
    for number, day in enumerate(asked):
        answer = client.get(f"/api/v1/status?on={day}").json()
        expected, areas = statuses(answer), rows(answer)
        assert of_the_command(day) == answer, day
        assert of_the_drawings(client, day) == expected, day
        page = Told(client.get(f"/?on={day}&lens={LENSES[number % 2]}").content.decode())
        assert page.rows == areas, day
        drawn = scripts("history", "areasOn", history, day)
        assert {each["code"]: {name: each[name] for name in areas[each["code"]]} for each in drawn} == areas, day
        counts = {lens: {status: count for status, count in answer["counts"][lens].items() if count} for lens in LENSES}
        assert counts == {lens: dict(Counter(expected[lens].values())) for lens in LENSES}, day
        legend = {f"{lens}.{status}": str(count) for lens in LENSES for status, count in answer["counts"][lens].items()}
        assert page.counts == legend, day
        assert scripts("history", "countsOf", drawn) == counts, day
        assert page.sentences == {
            "signup": scripts("words", "signUpSentence", counts["signup"], len(areas)),
            "delivery": scripts("words", "deliverySentence", counts["delivery"], len(areas), clauses),
        }, day
        green, amber, red = (counts["signup"].get(status) for status in ("green", "amber", "red"))
        assert numbers(page.sentences["signup"]) == [green or 0, len(areas), *filter(None, (amber, red))], day
        for lens in LENSES:
            seen[lens] |= set(expected[lens].values())
    assert seen["signup"] == {"red", "amber", "green"}
    assert len(seen["delivery"]) > (1 if country == "real" else 5)
