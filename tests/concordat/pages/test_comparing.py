"""What a visitor reads of two versions of a plan beside each other."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from actionplans.models import PlanVersion
from tests import factories as make
from tests.concordat.pages.conftest import Told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_20_may_2026")]
FIRST, SECOND = date(2025, 3, 20), date(2026, 1, 2)


@pytest.fixture
def versions() -> tuple[PlanVersion, PlanVersion]:
    """Two published versions of one plan, the second in force."""
    plan = make.make_plan(title="Crisis plan")
    older = make.make_version(plan=plan, label="Version 1", published_on=FIRST, superseded_on=SECOND)
    return older, make.make_version(plan=plan, label="Version 2", published_on=SECOND)


def line(
    version: PlanVersion,
    reference: str,
    text: str,
    action: Any = None,
    words: dict[str, str] | None = None,
    **fields: Any,
) -> Any:
    action = action or make.make_action(plan=version.plan, reference=reference, text=text, **fields)
    make.make_in_version(version=version, action=action, reference=reference, text=text, **(words or {}))
    return action


def address(version: PlanVersion) -> str:
    return f"/plans/{version.plan_id}/compare/{version.pk}/"


def test_each_action_stands_under_what_became_of_it(told: Told, versions: tuple[PlanVersion, PlanVersion]) -> None:
    older, newer = versions
    same = line(older, "A1", "Open a café")
    line(newer, "A1", "Open a café", same)
    reworded = line(older, "A2", "Train officers", due_on=date(2025, 6, 30))
    line(newer, "A2", "Train every officer", reworded)
    make.make_date_change(action=reworded, due_on=date(2026, 6, 30), decided_on=SECOND, old_due_on=date(2025, 6, 30))
    line(newer, "A3", "Staff the line")
    for number, status in (("B1", "completed"), ("B2", "not_going_ahead"), ("B3", "merged"), ("B4", "in_progress")):
        gone = line(older, number, f"What became {status}")
        into = {"merged_into": same} if status == "merged" else {}
        make.make_update(action=gone, status=status, reported_on=date(2025, 12, 1), **into)
    page = told(address(newer))
    assert "What changed from Version 1 to Version 2" in page
    assert (
        "1 new, 1 carried on unchanged, 1 carried on in other words, 1 done, 1 not going ahead, 1 merged, "
        "1 no longer in the plan. 1 date moved." in page
    )
    assert "Action Train officers Train every officer" in page
    assert "30 June 2025 30 June 2026" in page
    assert "Now part of: A1 Open a café" in page


def test_another_outcome_is_other_words(told: Told, versions: tuple[PlanVersion, PlanVersion]) -> None:
    older, newer = versions
    same = line(older, "A1", "Open a café", outcome="A place to go", footprint="Hull")
    line(newer, "A1", "Open a café", same, {"outcome": "Nobody waits", "outcome_measure": "Days", "footprint": "Goole"})
    page = told(address(newer))
    assert "0 carried on unchanged, 1 carried on in other words" in page
    assert "What will be better A place to go Nobody waits Measure – Days Where Hull Goole" in page


@pytest.mark.parametrize(("size", "is_folded"), [(50, False), (51, True)])
def test_a_long_list_is_folded(
    client: Client, versions: tuple[PlanVersion, PlanVersion], size: int, is_folded: bool
) -> None:
    older, newer = versions
    for number in range(size):
        line(newer, f"A{number}", "Open a café")
    line(older, "B1", "Train officers")
    html = client.get(address(newer)).content.decode()
    assert ("Show all 51" in html) == is_folded
    assert html.count("<details") == html.count("</details>")
    assert html.count("Open a café") >= size


@pytest.mark.parametrize("size", [10, 500])
def test_it_takes_the_same_queries_however_many_actions(
    client: Client, versions: tuple[PlanVersion, PlanVersion], django_assert_num_queries: Any, size: int
) -> None:
    older, newer = versions
    for number in range(size):
        action = line(older, f"A{number}", f"Thing {number}")
        if number % 2:
            line(newer, f"A{number}", f"Thing {number}, better", action)
        else:
            make.make_update(action=action, status="completed", reported_on=date(2025, 12, 1))
    with django_assert_num_queries(11):
        client.get(address(newer))


def test_there_is_a_way_to_it_from_the_plan(client: Client, versions: tuple[PlanVersion, PlanVersion]) -> None:
    older, newer = versions
    page = client.get(f"/plans/{newer.plan_id}/").content.decode()
    assert f'href="{address(newer)}"' in page
    assert f'href="{address(older)}"' not in page


def test_what_is_not_published_is_compared_for_nobody(
    client: Client, versions: tuple[PlanVersion, PlanVersion]
) -> None:
    older, newer = versions
    draft = make.make_version(plan=newer.plan)
    assert client.get(address(draft)).status_code == 404
    assert client.get(f"{address(newer)}?with={draft.pk}").status_code == 404
    assert client.get(address(older)).status_code == 404  # none before it
    assert client.get(f"{address(older)}?with={newer.pk}").status_code == 200
