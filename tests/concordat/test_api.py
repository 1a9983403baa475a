"""The answers for programs."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from tests.factories import make_area, make_declaration, make_programme, the_programme

pytestmark = pytest.mark.django_db


def test_the_status_is_that_of_the_command(client: Client) -> None:
    make_declaration(areas=[make_area(name="Isles of Scilly")], published_on="2014-12-01")
    told = StringIO()
    call_command("status", on="2015-04-10", json=True, stdout=told)
    answer = client.get("/api/v1/status?on=2015-04-10").json()
    assert answer == json.loads(told.getvalue())
    assert answer["areas"][0]["signup"] == "amber"


def test_without_a_day_it_is_today_in_london(client: Client, time_machine: Any) -> None:
    the_programme()
    time_machine.move_to("2026-06-30T23:30:00Z")  # half past midnight on 1 July in London
    assert client.get("/api/v1/status").json()["on"] == "2026-07-01"
    assert client.get("/api/v1/history").json()["today"] == "2026-07-01"


@pytest.mark.parametrize("asked", ["2015-02-30", "yesterday", "2015-4-1", "9999-01-01", "0"])
def test_a_day_that_makes_no_sense_is_a_problem_in_words(client: Client, asked: str) -> None:
    the_programme()
    response = client.get("/api/v1/status", {"on": asked})
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert response.json().keys() == {"type", "title", "status", "detail"}
    assert "date" in response.json()["detail"]


@pytest.mark.parametrize("address", ["/api/v1/status", "/api/v1/history"])
def test_before_anything_is_loaded_it_says_so(client: Client, address: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.json()["title"]) == (503, "Nothing is recorded here yet")


def test_the_history_tells_each_change_with_its_reason(client: Client) -> None:
    make_programme(launched_on="2014-02-18", complete_to="2015-04-10")
    area = make_area(name="Hertfordshire", slug="hertfordshire", code="E10000015", region="East of England")
    make_declaration(areas=[area], published_on="2014-12-31", published_precision="by")
    answer = client.get("/api/v1/history").json()
    assert (answer["complete_to"], answer["begins_on"]) == ("2015-04-10", "2014-02-18")
    (told,) = answer["areas"]
    assert told["codes"] == [{"code": "E10000015", "from": None, "until": None}]
    assert (told["slug"], told["name"], told["region"]) == ("hertfordshire", "Hertfordshire", "East of England")
    last = told["signup"][-1]
    assert answer["reasons"][last.pop("reason")] == "Declaration made"
    assert last == {
        "on": "2014-12-31",
        "status": "amber",
        "since": "2014-12-31",
        "precision": "by",
        "out_of_date": False,
    }
    assert told["delivery"] == []


@pytest.mark.parametrize("address", ["/api/v1/status", "/api/v1/history"])
def test_who_has_the_answer_gets_it_no_second_time(client: Client, address: str) -> None:
    the_programme()
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("address", ["/api/v1/status", "/api/v1/history"])
def test_it_is_only_read(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
