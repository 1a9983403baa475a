"""The page on which somebody sees, makes, renews and ends the addresses of their calendars."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from signatories.models import CalendarAddress
from signatories.services.calendars import token_of
from tests.concordat.workspace.conftest import Place
from tests.plain import plain

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
HERE, STEP = "/workspace/calendars/", "/workspace/calendars/address/"


def shown(client: Client) -> list[str]:
    """The addresses on the page, without the host."""
    return re.findall(r'value="http://[^/"]+(/me/[^"]+)"', client.get(HERE).content.decode())


def opens(address: str) -> int:
    return Client().get(address).status_code


def test_nobody_has_one_who_did_not_ask_for_it(as_: As) -> None:
    client = as_("owner")
    assert "Make my address" in plain(client.get(HERE))
    assert shown(client) == []
    assert not CalendarAddress.objects.exists()


def test_it_is_made_seen_and_opens(as_: As, place: Place) -> None:
    client = as_("coordinator")
    assert "You have an address now." in plain(client.post(STEP, {"then": "make"}, follow=True))
    token = token_of(place.people["coordinator"].calendar_address)
    own, partnership = shown(client)
    assert own == f"/me/{token}/deadlines.ics"
    assert partnership == f"/me/{token}/partnerships/{place.partnership.slug}/deadlines.ics"
    assert [opens(address) for address in (own, partnership)] == [200, 200]
    html = client.get(HERE).content.decode()
    assert f'href="webcal://localhost:8000{own}"' in html
    answer = client.get(HERE)
    assert "no-store" in answer["Cache-Control"]


def test_an_owner_has_none_of_the_partnership(as_: As) -> None:
    client = as_("owner")
    client.post(STEP, {"then": "make"})
    assert len(shown(client)) == 1


def test_a_new_one_takes_the_place_of_the_old_one(as_: As) -> None:
    client = as_("coordinator")
    client.post(STEP, {"then": "make"})
    old = shown(client)
    page = plain(client.post(STEP, {"then": "renew", "version": "1"}, follow=True))
    assert "You have a new address. The old one opens no more" in page
    new = shown(client)
    assert not set(old) & set(new)
    assert [opens(address) for address in (*old, *new)] == [410, 410, 200, 200]


def test_it_is_stopped_and_made_again(as_: As) -> None:
    client = as_("owner")
    client.post(STEP, {"then": "make"})
    [old] = shown(client)
    assert "Your addresses have ended." in plain(client.post(STEP, {"then": "end", "version": "1"}, follow=True))
    assert shown(client) == []
    client.post(STEP, {"then": "make"})
    [new] = shown(client)
    assert [opens(old), opens(new)] == [410, 200]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"then": "make"}, "Somebody has made or ended an address in another window."),
        ({"then": "renew", "version": "7"}, "Somebody has made or ended an address in another window."),
        ({"then": "renew"}, "Somebody has made or ended an address in another window."),
        ({"then": "end", "version": "x"}, "Somebody has made or ended an address in another window."),
        ({"then": "burn", "version": "1"}, "Choose what to do."),
        ({}, "Choose what to do."),
    ],
    ids=str,
)
def test_what_is_out_of_date_or_makes_no_sense_changes_nothing(as_: As, sent: dict[str, Any], sentence: str) -> None:
    client = as_("owner")
    client.post(STEP, {"then": "make"})
    before = shown(client)
    assert sentence in plain(client.post(STEP, sent, follow=True))
    assert shown(client) == before


def test_nothing_is_renewed_that_is_not_there(as_: As) -> None:
    assert as_("owner").post(STEP, {"then": "renew", "version": "1"}).status_code == 404


def test_it_is_reached_from_where_the_person_is(as_: As, place: Place) -> None:
    client = as_("coordinator")
    for page in ("/workspace/", "/workspace/account/", f"/workspace/partnerships/{place.partnership.slug}/"):
        assert f'href="{HERE}"' in client.get(page).content.decode()
