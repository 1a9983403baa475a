"""A partnership from the inside: what needs somebody, and who may see it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from actionplans.models import Action
from tests import factories as make
from tests.concordat.workspace.conftest import Place
from tests.plain import plain
from tests.sign_in import enter

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


def one_more(place: Place, text: str, *, owned: bool = True, **fields: Any) -> Action:
    action = make.make_action(plan=place.action.plan, text=text, **fields)
    make.make_in_version(version=place.action.plan.versions.get(), action=action, text=text)
    if owned:
        make.make_lead(action=action, organisation=place.police)
        make.make_owner(action=action, person=place.people["owner"])
    return action


def address(place: Place) -> str:
    return f"/workspace/partnerships/{place.partnership.slug}/"


def test_what_needs_somebody_and_why(as_: As, place: Place) -> None:
    make.make_update(action=one_more(place, "Handed in"), state="submitted")
    late = one_more(place, "Late", due_on=date(2026, 11, 1))
    make.make_update(action=late, reported_on=date(2026, 10, 20), confidence="on_track")
    make.make_update(action=one_more(place, "Nobody's", owned=False), reported_on=date(2026, 10, 20))
    make.make_update(action=one_more(place, "Sent back"), state="returned")
    page = plain(as_("coordinator").get(address(place)))
    assert "5 of 5 actions are open." in page
    for heading in (
        "1 Reports to accept",
        "1 Overdue",
        "1 The owner says on track, the date has passed",
        "2 No report in the last update period",
        "1 Nobody answers for it",
        "1 Returned, not yet sent again",
    ):
        assert heading in page


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("owner", 404),
        ("lead", 404),
        ("coordinator", 200),
        ("board member", 200),
        ("reviewer", 200),
        ("administrator", 200),
        ("nobody", 403),
    ],
)
def test_who_sees_it(as_: As, place: Place, role: str, status: int) -> None:
    client = as_(role)
    assert client.get(address(place)).status_code == status
    listed = place.partnership.name in plain(client.get("/workspace/partnerships/"))
    assert listed == (status == 200)


@pytest.mark.parametrize("role", ["coordinator", "chair", "board_member"])
def test_not_from_another_partnership(client: Client, place: Place, role: str) -> None:
    stranger = make.make_person()
    make.make_membership(role, person=stranger)
    enter(client, stranger)
    assert client.get(address(place)).status_code == 404
    assert place.partnership.name not in plain(client.get("/workspace/partnerships/"))


@pytest.mark.parametrize("size", [10, 100])
def test_queries(as_: As, place: Place, size: int, django_assert_num_queries: Any) -> None:
    for number in range(size):
        make.make_update(action=one_more(place, f"Action {number}"), reported_on=date(2026, 7, 3))
    client = as_("coordinator")
    with django_assert_num_queries(13):
        client.get(address(place))
