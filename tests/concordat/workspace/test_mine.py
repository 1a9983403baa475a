"""My work: what is mine, the most urgent first, in a fixed number of queries."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from actionplans.models import Action
from tests import factories as make
from tests.concordat.workspace.conftest import Place
from tests.plain import plain

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


def one_more(place: Place, text: str, **fields: Any) -> Action:
    """Another action of the same plan and owner."""
    action = make.make_action(plan=place.action.plan, text=text, **fields)
    make.make_in_version(version=place.action.plan.versions.get(), action=action, text=text)
    make.make_lead(action=action, organisation=place.police)
    make.make_owner(action=action, person=place.people["owner"])
    return action


def test_by_urgency(as_: As, place: Place) -> None:
    make.make_update(action=one_more(place, "Still fine"), reported_on=date(2026, 10, 30))
    make.make_update(action=one_more(place, "Closed"), reported_on=date(2026, 10, 30), status="business_as_usual")
    one_more(place, "Soon", due_on=date(2026, 11, 30))
    one_more(place, "Late", due_on=date(2026, 11, 1))
    make.make_update(action=one_more(place, "Sent back"), state="returned")
    make.make_update(action=one_more(place, "Handed in"), state="submitted")
    page = plain(as_("owner").get("/workspace/"))
    assert "4 of 7 actions need something from you." in page
    heads = [
        *("Returned to you (1)", "Sent back", "Overdue (1)", "Late", "Due in the next 30 days (1)", "Soon"),
        *("Needs an update (1)", "Mental health nurse in the control room"),
        *("Waiting for acceptance (1)", "Handed in", "Nothing to do now (1)", "Still fine", "Closed (1)"),
    ]
    places = [page.index(head) for head in heads]
    assert places == sorted(places)


def test_a_lead_sees_all_that_the_organisation_leads(as_: As, place: Place) -> None:
    elsewhere = make.make_plan()
    action = make.make_action(plan=elsewhere, text="In another county")
    make.make_in_version(
        version=make.make_version(plan=elsewhere, published_on=date(2026, 1, 5)),
        action=action,
        text="In another county",
    )
    make.make_lead(action=action, organisation=place.police)
    page = plain(as_("lead").get("/workspace/"))
    assert "In another county" in page
    assert "Mental health nurse in the control room" in page
    assert "In another county" not in plain(as_("owner").get("/workspace/"))


def test_what_ended_yesterday_is_nobodys_any_more(as_: As, place: Place) -> None:
    place.action.owners.update(until_on=date(2026, 11, 2))
    page = plain(as_("owner").get("/workspace/"))
    assert "No action in a plan in force is yours at the moment." in page


def test_not_without_a_role(as_: As, place: Place) -> None:
    assert as_("nobody").get("/workspace/").status_code == 403


@pytest.mark.parametrize("size", [10, 100])
def test_queries(as_: As, place: Place, size: int, django_assert_num_queries: Any) -> None:
    for number in range(size):
        make.make_update(action=one_more(place, f"Action {number}"), reported_on=date(2026, 7, 3))
    client = as_("owner")
    with django_assert_num_queries(9):
        client.get("/workspace/")
