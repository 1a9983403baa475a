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


def test_whose_role_has_ended_answers_no_more_and_the_coordinator_finds_another(as_: As, place: Place) -> None:
    place.people["owner"].memberships.update(until_on=date(2026, 11, 2))
    client = as_("coordinator")
    answer = client.get(address(place))
    assert "1 Nobody answers for it" in plain(answer)
    owners = f"/workspace/actions/{place.action.pk}/owners/"
    assert f'href="{owners}"' in answer.content.decode()
    assert "Jo owner (has no role here any more, so cannot report on it)" in plain(client.get(owners))
    assert f'href="{owners}"' not in as_("board member").get(address(place)).content.decode()


def test_what_is_led_by_a_name_alone_is_given_to_somebody_of_a_member(as_: As, place: Place) -> None:
    action = one_more(place, "For all partners", owned=False)
    make.make_lead(action=action, role="all", text="All partners")
    make.make_member(partnership=place.partnership, organisation=place.police)
    client, owners = as_("coordinator"), f"/workspace/actions/{action.pk}/owners/"
    page = plain(client.post(owners, {"person": place.people["owner"].pk, "then": "give"}, follow=True))
    assert "Jo owner answers for “For all partners” now." in page
    assert "For all partners" in plain(as_("owner").get("/workspace/"))


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
    assert address(place) not in client.get("/workspace/partnerships/").content.decode()


@pytest.mark.parametrize("size", [10, 500])
def test_queries(as_: As, place: Place, size: int, django_assert_num_queries: Any) -> None:
    for number in range(size):
        make.make_update(action=one_more(place, f"Action {number}"), reported_on=date(2026, 7, 3))
    client = as_("coordinator")
    with django_assert_num_queries(19):
        client.get(address(place))


def test_listed_in_the_order_of_their_numbers(as_: As) -> None:
    for number in (10, 2, 1, 11):
        make.make_partnership(name=f"Zone {number}")
    page = plain(as_("reviewer").get("/workspace/partnerships/"))
    found = [page.index(f"Zone {number} ") for number in (1, 2, 10, 11)]
    assert found == sorted(found)
