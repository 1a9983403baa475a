"""My work: what is mine, the most urgent first, in a fixed number of queries."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from actionplans.models import Action, ProgressUpdate
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
    with django_assert_num_queries(11):
        client.get("/workspace/")


class TestSeveralAtOnce:
    def test_no_change_on_the_ticked_ones(self, as_: As, place: Place) -> None:
        first, second, third = (one_more(place, f"Action {number}") for number in range(3))
        for action in (first, second, third):
            make.make_update(action=action, reported_on=date(2026, 7, 3))
        client = as_("owner")
        shown = client.get("/workspace/")
        assert "No change since last time on Action 1" in plain(shown)
        group = shown.content.decode().split('<section aria-labelledby="group-')[-1].split("</section>")[0]
        assert 'form="several">Nothing has changed on the ticked actions' in group
        page = plain(client.post("/workspace/no-change/", {"action": [first.pk, third.pk]}, follow=True))
        assert "“No change” on 2 actions is with the coordinator." in page
        waiting = ProgressUpdate.objects.filter(state="submitted", is_no_change=True)
        assert set(waiting.values_list("action", flat=True)) == {first.pk, third.pk}

    def test_one_that_is_refused_leaves_the_others(self, as_: As, place: Place) -> None:
        good, tired, new = (one_more(place, text) for text in ("Good", "Tired", "New"))
        make.make_update(action=good, reported_on=date(2026, 7, 3))
        for month in (6, 7):
            make.make_update(action=tired, reported_on=date(2026, month, 3), is_no_change=True)
        page = plain(as_("owner").post("/workspace/no-change/", {"action": [good.pk, tired.pk, new.pk]}, follow=True))
        assert "“No change” on 1 action is with the coordinator." in page
        assert "“Tired”: It is the third report in a row without a change. Say why nothing moves." in page
        assert "“New”: Nothing is reported on this action yet." in page

    def test_nothing_ticked(self, as_: As, place: Place) -> None:
        page = plain(
            as_("owner").post("/workspace/no-change/", {"action": ["x", "-1", "", "9" * 25, "٣"]}, follow=True)
        )
        assert "Tick the actions on which nothing has changed." in page

    def test_not_on_what_is_somebody_elses(self, as_: As, place: Place) -> None:
        other = make.make_update(reported_on=date(2026, 7, 3)).action
        as_("owner").post("/workspace/no-change/", {"action": [other.pk]})
        assert not other.updates.filter(state="submitted").exists()

    def test_not_by_get(self, as_: As, place: Place) -> None:
        assert as_("owner").get("/workspace/no-change/").status_code == 405
