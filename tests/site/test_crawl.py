"""No dead link and no dead anchor: the whole site is walked through from its first page, at three dates."""

from collections import deque
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# Not pages of ours to walk through: the administration, and files that other tests read.
LEFT_OUT = ("/admin/", "/static/")


class Links(HTMLParser):
    """The addresses that a page leads to, and the places within it that others can lead to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.ids: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.found |= {address for name in ("href", "src") if (address := told.get(name))}
        if told.get("id"):
            self.ids.add(str(told["id"]))


def internal(address: str, page: str) -> str | None:
    """The address within the site that a link on the page leads to; None for another site, a telephone, a mail."""
    target = urlsplit(urljoin(f"http://testserver{page}", address))
    if target.scheme != "http" or target.netloc != "testserver" or target.path.startswith(LEFT_OUT):
        return None
    return target._replace(scheme="", netloc="").geturl()


def walk(client: Client, start: str, day: str | None) -> tuple[dict[str, Links], list[str]]:
    """Every page that can be reached without changing the day, and what is wrong."""
    seen: dict[str, Links] = {}
    wrong: list[str] = []
    asked: dict[str, str] = {start: "(start)"}
    queue = deque([start])
    while queue:
        address = queue.popleft()
        response = client.get(address, follow=True)
        if response.status_code != 200:
            wrong.append(f"{address}: {response.status_code}, from {asked[address]}")
            continue
        is_page = response["Content-Type"].startswith("text/html")
        links = Links(response.content.decode() if is_page else "")
        seen[address] = links
        for link in links.found:
            target = internal(link, address)
            path = urldefrag(target).url if target else None
            if path is None or path in asked or not stays(path, day):
                continue
            asked[path] = address
            queue.append(path)
    return seen, wrong


def stays(address: str, day: str | None) -> bool:
    """Whether the address is of the same day, or has none; the lists by status and region lead nowhere new."""
    asked = parse_qs(urlsplit(address).query)
    return asked.get("on", [day])[0] == day and not asked.keys() & {"region", "status", "sort", "lens", "about", "q"}


@pytest.fixture(scope="class")
def _history(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Loaded in a transaction around the walks on all days, which only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        for command in ("load_areas", "load_boundaries", "load_history"):
            call_command(command, verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("_history")
class TestRealHistory:
    @pytest.mark.parametrize("day", [None, "2014-12-31", "2019-04-01"])
    def test_every_link_leads_somewhere(self, client: Client, day: str | None) -> None:
        seen, wrong = walk(client, f"/?on={day}" if day else "/", day)
        wrong += dead_anchors(seen)
        assert wrong == []
        assert sum(address.startswith("/areas/") for address in seen) > 150
        assert sum(address.startswith("/partnerships/") for address in seen) > 90
        assert {"/accessibility/", "/privacy/", "/cookies/", "/licence/", "/contact/"} <= set(seen)


def test_every_link_of_a_busy_country_leads_somewhere(client: Client) -> None:
    call_command("load_areas", verbosity=0)
    call_command("load_demo", partnerships=6, actions=6, seed=3, on="2026-11-01", verbosity=0)
    seen, wrong = walk(client, "/?on=2026-11-01", "2026-11-01")
    wrong += dead_anchors(seen)
    assert wrong == []
    for kind in ("actions", "plans", "declarations", "organisations", "boards"):
        assert any(address.startswith(f"/{kind}/") for address in seen), kind


def dead_anchors(seen: dict[str, Links]) -> list[str]:
    """Links to a place within a page that is not there."""
    dead = []
    for address, links in seen.items():
        for link in links.found:
            target = internal(link, address)
            page, place = urldefrag(target or "")
            if place and page in seen and place not in seen[page].ids:
                dead.append(f"{address} leads to {target}")
    return dead
