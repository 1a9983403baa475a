"""The page of a partnership's links in reminders, and one's own on the page of one's account."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from concordat.kernel.models import Change
from signatories.models import SignedLink
from signatories.outbox.links import token_of
from tests import factories as make
from tests.concordat.workspace.conftest import TODAY, Place
from tests.plain import plain

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


def link_to(place: Place, role: str = "owner", *, days_ago: int = 0, partnership: Any = None) -> SignedLink:
    message = make.make_message(recipient=place.people[role], day=TODAY - timedelta(days=days_ago))
    make.make_notice(
        recipient=message.recipient,
        person=message.recipient,
        partnership=partnership or place.partnership,
        message=message,
    )
    return make.make_link(message=message, actions=[place.action])


def address(place: Place) -> str:
    return f"/workspace/partnerships/{place.partnership.slug}/links/"


def test_the_coordinator_sees_those_that_open_and_none_of_their_tokens(as_: As, place: Place) -> None:
    link, _ = link_to(place), link_to(place, days_ago=31)
    link_to(place, "lead", partnership=make.make_partnership())
    answer = as_("coordinator").get(address(place))
    page = plain(answer)
    assert "Links that open now (1)" in page
    assert "Jo owner Sent on 2 November 2026, opens until 2 December 2026, 1 action." in page
    assert "Jo lead" not in page
    assert token_of(link) not in answer.content.decode()


@pytest.mark.parametrize("role", ["coordinator", "administrator"])
def test_they_switch_one_off(as_: As, place: Place, role: str) -> None:
    link, other = link_to(place), link_to(place, "lead")
    client = as_(role)
    told = client.post(address(place), {"then": f"off-{link.pk}"}, follow=True)
    assert "The link to Jo owner is switched off." in plain(told)
    assert Client().get(f"/u/{token_of(SignedLink.objects.get(pk=link.pk))}/").status_code == 410
    assert Client().get(f"/u/{token_of(other)}/").status_code == 200
    [change] = Change.objects.about(link)
    assert (change.verb, change.by, change.why) == ("taken back", place.people[role], "Switched off by a coordinator")
    assert client.post(address(place), {"then": f"off-{link.pk}"}).status_code == 404


@pytest.mark.parametrize("then", ["", "off-", "off-x", "off-0", "off-99999999999", "nonsense"])
def test_what_makes_no_sense_changes_nothing(as_: As, place: Place, then: str) -> None:
    link_to(place)
    assert as_("coordinator").post(address(place), {"then": then}).status_code == 404
    assert SignedLink.objects.filter(revoked_at=None).count() == 1


def test_nor_does_the_coordinator_of_another_partnership(client: Client, as_: As, place: Place) -> None:
    elsewhere = make.make_partnership()
    link = link_to(place, partnership=elsewhere)
    assert as_("coordinator").post(address(place), {"then": f"off-{link.pk}"}).status_code == 404
    assert not SignedLink.objects.get().revoked_at


def test_closing_by_a_link_is_allowed_or_not(as_: As, place: Place) -> None:
    client = as_("coordinator")
    for demanded in (True, False):
        sent = {"then": "setting"} | ({"sign_in_to_close": "on"} if demanded else {})
        assert "The setting is saved." in plain(client.post(address(place), sent, follow=True))
        place.partnership.refresh_from_db()
        assert place.partnership.sign_in_to_close is demanded
        box = client.get(address(place)).content.decode().partition('name="sign_in_to_close"')[2].partition(">")[0]
        assert ("checked" in box) is demanded
    assert [change.by for change in Change.objects.about(place.partnership)] == [place.people["coordinator"]] * 2


def test_the_page_of_the_partnership_leads_there(as_: As, place: Place) -> None:
    here = f"/workspace/partnerships/{place.partnership.slug}/"
    assert address(place) in as_("coordinator").get(here).content.decode()
    assert address(place) not in as_("board member").get(here).content.decode()


def test_everybody_switches_off_their_own_on_the_page_of_their_account(as_: As, place: Place) -> None:
    link_to(place), link_to(place, days_ago=3), link_to(place, "lead")
    client = as_("owner")
    assert "2 links in reminders that we sent you let you answer without a password" in plain(
        client.get("/workspace/account/")
    )
    told = plain(client.post("/workspace/account/links/switch-off/", follow=True))
    assert "The links in your emails are switched off." in told
    assert "No link in an email opens anything for you now." in told
    assert SignedLink.objects.open_at(timezone.now()).get().message.recipient == place.people["lead"]
