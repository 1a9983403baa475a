"""A list of more than 50 rows shows the first ones, and leads to all."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests import factories as make
from tests.concordat.workspace.conftest import TODAY, Place

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
TOTAL = 60


@pytest.fixture
def _crowd(place: Place) -> None:
    """Sixty actions that are the owner's, without a report, in the plan in force."""
    version = place.action.plan.versions.get()
    for number in range(TOTAL - 1):
        action = make.make_action(plan=place.action.plan, text=f"Action {number}")
        make.make_in_version(version=version, action=action)
        make.make_lead(action=action, organisation=place.police)
        make.make_owner(action=action, person=place.people["owner"])


def rows(client: Client, address: str) -> int:
    return client.get(address).content.decode().count("/workspace/actions/")


@pytest.mark.usefixtures("_crowd")
class TestLongLists:
    def test_of_a_partnership(self, as_: As, place: Place) -> None:
        client, address = as_("board member"), f"/workspace/partnerships/{place.partnership.slug}/"
        page = client.get(address).content.decode()
        assert '<a class="govuk-link" href="?all=missing#missing">All 60<span' in page
        assert "No report in the last update period (60)" in page
        assert rows(client, address) == 50
        assert rows(client, f"{address}?all=missing") == TOTAL
        assert "All 60" not in client.get(f"{address}?all=missing").content.decode()

    def test_of_ones_own_work(self, as_: As, place: Place) -> None:
        client = as_("owner")
        page = client.get("/workspace/").content.decode()
        assert page.count('<li id="action-') == 50
        assert "All 60<span" in page

    def test_of_a_meeting(self, as_: As, place: Place) -> None:
        board = make.make_board()
        make.make_oversight(board=board, partnership=place.partnership)
        meeting = make.make_meeting(board=board, held_on=TODAY)
        client, address = as_("coordinator"), f"/workspace/meetings/{meeting.pk}/"
        page = client.get(f"{address}?partnership={place.partnership.slug}").content.decode()
        assert f"?partnership={place.partnership.slug}&amp;all=lead-1#lead-1" in page
        assert "Northshire Police (60)" in page

    def test_of_commitments(self, as_: As, place: Place) -> None:
        for number in range(TOTAL):
            make.make_commitment(partnership=place.partnership, you_said=f"Said {number}")
        client, address = as_("coordinator"), f"/workspace/partnerships/{place.partnership.slug}/commitments/"
        page = client.get(address).content.decode()
        assert (page.count('id="said-'), page.count('name="down"')) == (50, 50)
        whole = client.get(f"{address}?all=current").content.decode()
        assert (whole.count('id="said-'), whole.count('name="down"')) == (TOTAL, TOTAL - 1)
