"""The real England with its shipped boundaries and the history of 2014-15, as the server draws and sends it."""

import gzip
import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import brotli
import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from areas.models import BoundaryEpoch
from concordat import outlines
from concordat.pages import maps
from concordat.palette import LENSES
from concordat.picture import picture
from tests.concordat.pages.test_maps import SVG, drawn, statuses

MOST_BYTES_OF_MAP, MOST_BYTES_OF_BOUNDARIES = 35_000, 30_000
# What an SVG could bring from elsewhere or run; ours does neither.
FOREIGN = re.compile(
    r"href|@import|<script|<style|<foreignObject|<image|<use|style=|\son\w+=|url\((?!#)|(?<!xmlns=\")https?:"
)


@pytest.fixture(scope="module", autouse=True)
def _england(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Loaded once for the tests of this file, which only read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        for command in ("load_areas", "load_boundaries", "load_history"):
            call_command(command, verbosity=0)
        yield
        transaction.set_rollback(True)
    outlines.drawn.cache_clear()
    maps.stored.cache_clear()


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("lens", LENSES)
@pytest.mark.parametrize("on", ["2014-01-01", "2014-12-31", "2015-04-10", "2019-04-01", "2021-04-01", "2026-06-01"])
def test_every_area_has_the_status_of_the_picture(client: Client, on: str, lens: str) -> None:
    svg = drawn(client, on=on, lens=lens)
    found = picture(date.fromisoformat(on))
    wanted = {
        area.code: {area.sign_up.status.value if lens == "signup" else area.delivery or "none"} for area in found.areas
    }
    assert statuses(svg) == wanted
    counts = found.sign_up_counts if lens == "signup" else found.delivery_counts
    legend = [text for text in svg.iter(f"{SVG}text") if text.find(f"{SVG}tspan") is not None]
    assert [int(text.findtext(f"{SVG}tspan") or "") for text in legend] == [counts[status] for status in LENSES[lens]]


@pytest.mark.parametrize("lens", LENSES)
def test_it_lives_by_the_strictest_policy_and_is_small(client: Client, lens: str) -> None:
    answer = client.get("/map.svg", {"on": "2014-12-31", "lens": lens}, headers={"Accept-Encoding": "br"})
    assert answer["Content-Encoding"] == "br"
    assert len(answer.content) <= MOST_BYTES_OF_MAP
    assert FOREIGN.findall(re.sub(r"<text.*?</text>", "", brotli.decompress(answer.content).decode())) == []


def test_codes_are_ids_once_and_london_is_drawn_again_larger(client: Client) -> None:
    paths = [path for path in drawn(client, on="2014-12-31").iter(f"{SVG}path") if path.get("data-code")]
    ids = [path.get("id") for path in paths if path.get("id")]
    assert len(ids) == len(set(ids)) == 152
    again = [path for path in paths if not path.get("id")]
    assert len(again) == 33
    city = {bool(path.get("id")): path.get("d") or "" for path in paths if path.get("data-code") == "E09000001"}
    assert len(city[False]) > len(city[True])


def test_other_sites_may_show_the_map_and_nothing_else(client: Client) -> None:
    assert client.get("/map.svg")["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert client.get("/healthz")["Cross-Origin-Resource-Policy"] == "same-origin"


def test_the_shipped_boundaries_are_small_enough_for_a_telephone(client: Client) -> None:
    for epoch in BoundaryEpoch.objects.all():
        for encoding in ("br", "gzip"):
            answer = client.get(
                f"/boundaries/{epoch.from_on}-{epoch.digest}.json", headers={"Accept-Encoding": encoding}
            )
            assert len(answer.content) <= MOST_BYTES_OF_BOUNDARIES, (epoch, encoding)
        assert json.loads(gzip.decompress(answer.content)) == json.loads(epoch.topojson)
