"""The facts of a paper agree with those of the public pages; two plans that share an action count it once."""

from datetime import date, timedelta

import pytest

from actionplans.facts import action_groups
from actionplans.progress import tally
from concordat.pages.partnerships import plans_by
from concordat.reports.papers import facts
from tests import factories as make
from tests.concordat.reports.boards import TODAY, Place, make_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return make_place()


@pytest.mark.parametrize("days", [0, 1, 13, 14, 31, 62, 120, 200, 301, 302, 400])
def test_numbers_and_status_are_those_of_the_public_pages(place: Place, days: int) -> None:
    on = TODAY - timedelta(days=days)
    found = facts.plans_on(place.partnership, on)
    groups = action_groups(on, facts.thresholds_of_partnership(place.partnership), [place.version.plan_id])
    assert found.numbers == tally(groups.get(place.version.plan_id, ()))
    shown = [line.delivery for line in plans_by(place.partnership, on) if line.is_live]
    assert [plan.status for plan in found.live] == shown


def test_an_action_that_two_plans_share_is_counted_once(place: Place) -> None:
    other = make.make_plan(partnership=place.partnership, title="Another plan")
    version = make.make_version(plan=other, published_on=date(2026, 1, 5))
    shown = make.make_action(plan=other, mirrors=place.actions["B3"])
    make.make_in_version(version=version, action=shown)
    found = facts.plans_on(place.partnership, TODAY)
    assert [plan.numbers.done for plan in found.live] == [1, 1]
    assert (found.numbers.total, found.numbers.done) == (6, 1)


def test_a_related_plan_is_left_out(place: Place) -> None:
    related = make.make_plan(partnership=place.partnership, kind="related")
    make.make_in_version(version=make.make_version(plan=related, published_on=date(2026, 1, 5)))
    assert len(facts.plans_on(place.partnership, TODAY).actions) == 6


def test_the_window_that_was_open_on_the_day(place: Place) -> None:
    first = make.make_window(partnership=place.partnership, opens_on=date(2026, 7, 1), due_on=date(2026, 8, 1))
    make.make_window(
        partnership=place.partnership, opens_on=date(2026, 10, 1), due_on=date(2026, 11, 1), withdrawn_on=TODAY
    )
    assert facts.asked_since(place.partnership, TODAY) == first.opens_on
    assert facts.asked_since(place.partnership, TODAY - timedelta(days=1)) == date(2026, 10, 1)
    assert facts.asked_since(place.partnership, date(2026, 6, 30)) is None
