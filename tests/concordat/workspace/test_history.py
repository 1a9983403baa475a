"""The history of an action: who changed what and why, for those who see its own side."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from actionplans.services.reports import return_report
from tests import factories as make
from tests.actionplans.reporting import report
from tests.concordat.workspace.conftest import TODAY, Place
from tests.plain import plain
from tests.sign_in import enter

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


def address(place: Place) -> str:
    return f"/workspace/actions/{place.action.pk}/history/"


@pytest.fixture
def changed(place: Place) -> None:
    owner, coordinator = place.people["owner"], place.people["coordinator"]
    report(place.action, TODAY, by=owner, hand_in=False, public_text="A frist draft")
    waiting = report(place.action, TODAY, by=owner, public_text="A second nurse")
    return_report(waiting, version=waiting.version, comment="From when on?", by=coordinator)


@pytest.mark.usefixtures("changed")
def test_who_did_what(as_: As, place: Place) -> None:
    page = plain(as_("owner").get(address(place)))
    assert "2 November 2026, 12:00, by Jo coordinator." in page
    assert "A frist draft A second nurse" in page
    assert page.index("Returned") < page.index("Handed in") < page.index("Drafted") < page.index("Created")


@pytest.mark.usefixtures("changed")
@pytest.mark.parametrize("role", ["board member", "reviewer"])
def test_readers_see_no_drafts(as_: As, place: Place, role: str) -> None:
    page = plain(as_(role).get(address(place)))
    assert "From when on?" in page
    assert "A second nurse" in page
    assert "frist" not in page
    assert "Created: progress update" not in page


def test_readers_see_what_was_handed_in_at_once(as_: As, place: Place) -> None:
    report(place.action, TODAY, by=place.people["owner"], public_text="Two nurses")
    assert "Two nurses" in plain(as_("board member").get(address(place)))


@pytest.mark.parametrize(("role", "status"), [("lead", 200), ("administrator", 200), ("nobody", 403)])
def test_who_sees_it(as_: As, place: Place, role: str, status: int) -> None:
    assert as_(role).get(address(place)).status_code == status


@pytest.mark.parametrize("role", ["owner", "organisation_lead", "coordinator", "board_member"])
def test_not_from_elsewhere(client: Client, place: Place, role: str) -> None:
    stranger = make.make_person()
    make.make_membership(role, person=stranger)
    enter(client, stranger)
    assert client.get(address(place)).status_code == 404


@pytest.mark.parametrize("size", [1, 30])
def test_queries(as_: As, place: Place, size: int, django_assert_max_num_queries: Any) -> None:
    """At most these: a page on which nobody and no action is named needs fewer."""
    for number in range(size):
        report(place.action, date(2026, 9, 1 + number % 28), by=place.people["owner"], public_text=f"Turn {number}")
    client = as_("owner")
    with django_assert_max_num_queries(9):
        client.get(address(place))
