"""The map that the server draws, as somebody sees it who opens, prints or reads it; and the files of boundaries."""

import gzip
from collections.abc import Iterator
from datetime import date
from typing import Any
from xml.etree import ElementTree

import brotli
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from areas.models import BoundaryEpoch
from concordat.pages import maps
from tests import factories as make

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """These tests name a digest; what is kept of the one test is nothing to the next."""
    yield
    maps.stored.cache_clear()


@pytest.fixture
def country(db: None) -> None:
    """Two areas that stand differently, with their shapes; and one that ends."""
    make.make_programme(complete_to=date(2020, 1, 1))
    epoch = make.make_epoch(from_on=date(2014, 1, 1), approximate=True, attribution="Drawn by hand & by <nobody>.")
    for name, published in (("Northshire", date(2014, 12, 1)), ("O'Southshire & <District>", None)):
        area = make.make_area(name=name, code=f"E1000000{len(name) % 10}")
        make.make_boundary(epoch=epoch, area=area)
        if published:
            make.make_declaration(partnership=make.make_partnership(areas=[area]), areas=[area], published_on=published)
    ended = make.make_area(name="Gone", code="E10000009", until_on=date(2019, 4, 1))
    make.make_boundary(epoch=epoch, area=ended)


def drawn(client: Client, **asked: str) -> ElementTree.Element:
    """The map, read strictly as XML."""
    answer = client.get("/map.svg", asked)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/svg+xml"
    return ElementTree.fromstring(answer.content)  # noqa: S314 - our own


def words(svg: ElementTree.Element) -> str:
    return " ".join(" ".join(text.itertext()) for text in svg.iter(f"{SVG}text"))


def statuses(svg: ElementTree.Element) -> dict[str, set[str]]:
    """The status of each area by its code; one only, also where it is drawn again in the inset."""
    found: dict[str, set[str]] = {}
    for path in svg.iter(f"{SVG}path"):
        if code := path.get("data-code"):
            found.setdefault(code, set()).add(path.get("data-status") or "")
    return found


@pytest.mark.usefixtures("country")
def test_it_says_what_it_shows_in_words_numbers_and_for_those_who_do_not_see_it(client: Client) -> None:
    svg = drawn(client, on="2014-12-31")
    assert svg.findtext(f"{SVG}title") == "Signing up, area by area: England as at 31 December 2014"
    assert svg.findtext(f"{SVG}desc") == "Of 3 areas: 1 amber (declaration made), 2 red (no declaration recorded)."
    shown = words(svg)
    assert "England, as at 31 December 2014" in shown
    assert "0  Green action plan published 1  Amber declaration made 2  Red no declaration recorded" in shown
    assert "Boundaries are approximate. Drawn by hand & by <nobody>. Concordat Tracker, http" in shown
    assert "Records are complete" not in shown


@pytest.mark.usefixtures("country")
def test_each_area_is_named_with_its_status(client: Client) -> None:
    said = [path.findtext(f"{SVG}title") for path in drawn(client, on="2014-12-31").iter(f"{SVG}path")]
    assert sorted(filter(None, said)) == [
        "Gone: red, no declaration recorded",
        "Northshire: amber, declaration made",
        "O'Southshire & <District>: red, no declaration recorded",
    ]


@pytest.mark.usefixtures("country")
def test_only_areas_that_exist_on_the_day_are_drawn(client: Client) -> None:
    assert "E10000009" in statuses(drawn(client, on="2019-03-31"))
    assert "E10000009" not in statuses(drawn(client, on="2019-04-01"))


@pytest.mark.usefixtures("country")
def test_after_the_end_of_the_records_it_says_so(client: Client) -> None:
    assert "Records are complete to 1 January 2020." in words(drawn(client, on="2020-01-02"))


@pytest.mark.usefixtures("country")
def test_the_demonstration_says_so(client: Client, settings: Any) -> None:
    settings.DEMO = True
    assert "Demonstration: everything shown here is made up." in words(drawn(client))


@pytest.mark.usefixtures("country")
def test_official_boundaries_are_not_called_approximate(client: Client) -> None:
    BoundaryEpoch.objects.update(approximate=False)
    assert "approximate" not in words(drawn(client))


@pytest.mark.usefixtures("country")
def test_an_area_without_a_shape_is_named(client: Client) -> None:
    make.make_area(name="New Shire")
    assert "Not drawn, as their boundaries are not loaded: New Shire." in words(drawn(client))


def test_without_boundaries_the_legend_still_counts(db: None, client: Client) -> None:
    make.make_programme()
    make.make_area()
    shown = words(drawn(client))
    assert "No boundaries are loaded yet, so no area can be drawn." in shown
    assert "1  Red no declaration recorded" in shown


@pytest.mark.django_db
def test_before_anything_is_recorded_there_is_no_map(client: Client) -> None:
    assert client.get("/map.svg").status_code == 404


@pytest.mark.usefixtures("country")
def test_a_day_before_the_first_epoch_shows_the_first(client: Client) -> None:
    BoundaryEpoch.objects.update(from_on=date(2018, 1, 1))
    assert len(statuses(drawn(client, on="2014-06-01"))) == 3


@pytest.mark.usefixtures("country")
@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"on": "31/12/2014"}, "“31/12/2014” is not a date. Write it as year-month-day, like 2014-12-31."),
        ({"on": "1066-10-14"}, "Choose a date from 1 January 2014 on, and before the year 2100."),
        ({"on": "<svg onload=alert(1)>"}, "“<svg onload=alert(1)>” is not a date."),
        ({"lens": "both"}, "“both” is not a way to look at the map. Choose lens=signup or lens=delivery."),
        ({"lens": "SIGNUP"}, "“SIGNUP” is not a way to look at the map."),
        ({"lens": "\x00"}, "is not a way to look at the map."),
        ({"lens": "__class__"}, "“__class__” is not a way to look at the map."),
        ({"lens": "x" * 5000}, f"“{'x' * 40}” is not a way"),
        ({"lens": "“\ud83d\ude00‮"}, "is not a way to look at the map."),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_plain_sentence(
    client: Client, asked: dict[str, str], sentence: str
) -> None:
    answer = client.get("/map.svg", {name: text.encode("utf-8", "replace") for name, text in asked.items()})
    assert answer.status_code == 400
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert sentence in answer.content.decode()


@pytest.mark.usefixtures("country")
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_map_is_only_read(client: Client, method: str) -> None:
    assert getattr(client, method)("/map.svg").status_code == 405


@pytest.mark.parametrize("size", [1, 40])
def test_two_queries_more_than_the_picture_whatever_the_size(
    db: None, client: Client, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make.make_programme()
    epoch = make.make_epoch(from_on=date(2014, 1, 1))
    for _ in range(size):
        make.make_boundary(epoch=epoch, area=make.make_area())
    with django_assert_num_queries(12):
        client.get("/map.svg", {"on": "2015-04-10"})
    with django_assert_num_queries(11):  # the shapes are drawn once in a process
        client.get("/map.svg", {"on": "2015-04-11"})


def test_that_no_shape_was_there_is_not_remembered(db: None, client: Client) -> None:
    make.make_programme()
    area = make.make_area(code="E06000001")
    epoch = make.make_epoch(from_on=date(2014, 1, 1))
    assert "No boundaries are loaded yet" in words(drawn(client, on="2015-04-10"))
    make.make_boundary(epoch=epoch, area=area)
    assert "No boundaries are loaded yet" not in words(drawn(client, on="2015-04-11"))


@pytest.fixture
def epoch(db: None) -> BoundaryEpoch:
    return make.make_epoch(from_on=date(2014, 1, 1), topojson='{"type":"Topology"}', digest="0123456789ab")


ADDRESS = "/boundaries/2014-01-01-0123456789ab.json"


@pytest.mark.usefixtures("epoch")
@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("br;q=0, gzip;q=0.5", "gzip"), ("identity", None)],
)
def test_boundaries_come_as_the_browser_takes_them_and_stay_for_ever(
    client: Client, accepted: str, encoding: str | None
) -> None:
    answer = client.get(ADDRESS, headers={"Accept-Encoding": accepted})
    unpacked = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding](answer.content)
    assert unpacked == b'{"type":"Topology"}'
    assert answer.get("Content-Encoding") == encoding
    assert answer["Content-Type"] == "application/json"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Vary"] == "Accept-Encoding"


@pytest.mark.usefixtures("epoch")
def test_who_has_the_boundaries_gets_304_and_head_gets_no_body(client: Client) -> None:
    answer = client.get(ADDRESS, headers={"Accept-Encoding": "br"})
    known = {"Accept-Encoding": "br", "If-None-Match": answer["ETag"]}
    again = client.get(ADDRESS, headers=known)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", answer["ETag"])
    assert again["Vary"] == "Accept-Encoding"
    assert client.get(ADDRESS, headers=known | {"Accept-Encoding": "gzip"}).status_code == 200
    head = client.head(ADDRESS, headers={"Accept-Encoding": "br"})
    assert (head.content, head["Content-Length"]) == (b"", str(len(answer.content)))


@pytest.mark.usefixtures("epoch")
@pytest.mark.parametrize(
    "name",
    [
        "2014-01-01-0123456789ac",
        "2014-01-02-0123456789ab",
        "2014-02-30-0123456789ab",
        "2014-01-01",
        "0123456789ab",
        "2014-01-01-0123456789AB",
        "2014-01-01-0123456789abc",
        "x" * 2000,
    ],
)
def test_no_other_name_finds_boundaries(client: Client, name: str) -> None:
    assert client.get(f"/boundaries/{name}.json").status_code == 404


@pytest.mark.usefixtures("epoch")
def test_boundaries_are_only_read(client: Client) -> None:
    assert client.post(ADDRESS).status_code == 405


@pytest.mark.usefixtures("epoch")
def test_boundaries_are_read_from_the_database_once_in_a_process(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        client.get(ADDRESS)
    with django_assert_num_queries(0):
        client.get(ADDRESS)
