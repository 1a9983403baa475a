"""What every dated page of a single thing has: a day to ask for, kindly refused; nothing but GET and HEAD."""

from datetime import date

import pytest
from django.test import Client

from tests import factories as make
from tests.concordat.pages.conftest import Told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_20_may_2026")]
KINDS = ["partnership", "declaration", "plan", "version", "action", "organisation", "board"]


@pytest.fixture
def address(request: pytest.FixtureRequest) -> str:
    """The address of one such page, whose records are complete to 10 April 2015."""
    programme = make.the_programme()
    programme.complete_to = date(2015, 4, 10)
    programme.save()
    published = date(2014, 12, 31)
    version = make.make_version(published_on=published)
    return {
        "partnership": version.plan.partnership,
        "declaration": make.make_declaration(published_on=published),
        "plan": version.plan,
        "version": version,
        "action": make.make_in_version(version=version).action,
        "organisation": make.make_organisation(),
        "board": make.make_board(),
    }[request.param].get_absolute_url()


@pytest.mark.parametrize("address", KINDS, indirect=True)
class TestEveryPage:
    def test_says_until_when_the_records_are_complete(self, address: str, told: Told) -> None:
        assert "Our records are complete to 10 April 2015." in told(address)
        assert "Our records are complete" not in told(f"{address}?on=2015-04-10")

    def test_refuses_a_day_that_makes_no_sense_and_shows_today(self, address: str, told: Told) -> None:
        page = told(f"{address}?on=2015-02-30", status=400)
        assert page.count("“2015-02-30” is not a date.") == 2, "in the summary and at the field"
        assert "Our records are complete" in page

    @pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31", "x" * 3000, "%00", "2015-4-1", "٢٠١٥-٠١-٠١"])
    def test_never_breaks_over_a_hostile_day(self, address: str, told: Told, on: str) -> None:
        assert "There is a problem" in told(f"{address}?on={on}", status=400)

    def test_answers_only_those_who_read(self, address: str, client: Client) -> None:
        assert client.post(address).status_code == 405
        assert client.head(address).status_code == 200

    def test_has_one_first_heading_and_its_own_title(self, address: str, client: Client) -> None:
        page = client.get(f"{address}?on=2015-04-01").content.decode()
        assert page.count("<h1") == 1
        assert "on 1 April 2015 – Concordat Tracker</title>" in page

    def test_is_the_same_for_everybody(self, address: str, client: Client) -> None:
        response = client.get(address)
        assert "csrf" not in response.content.decode()
        assert not response.cookies
