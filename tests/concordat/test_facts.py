"""The facts that the amber-green rule gets: only what was published, for what, and from when until when."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from areas.models import Area, AreaCode
from concordat import national, signup
from concordat.facts import national_facts
from concordat.kernel.sources import Precision
from signatories.models import Programme
from tests.factories import (
    cover,
    make_area,
    make_code,
    make_declaration,
    make_expectation,
    make_partnership,
    make_plan,
    make_programme,
    make_succession,
    make_version,
    the_programme,
)

pytestmark = pytest.mark.django_db
DAY, LATER, LATEST = date(2014, 12, 31), date(2015, 4, 10), date(2016, 1, 1)
UNPUBLISHED = ["draft", "submitted", "returned"]


def status(area: Any, on: date = LATEST, programme: Programme | None = None) -> str:
    return national.sign_up(national_facts(programme or the_programme()), area.id, on).status.value


def declared(area: Any, **fields: Any) -> Any:
    return make_declaration(areas=[area], **({"published_on": DAY} | fields))


def planned(area: Any, plan: dict[str, Any] | None = None, **fields: Any) -> Any:
    return make_version(plan=make_plan(areas=[area], **(plan or {})), **({"published_on": LATER} | fields))


def test_a_published_declaration_and_plan_make_an_area_green() -> None:
    area = make_area()
    assert status(area) == "red"
    declared(area)
    assert status(area) == "amber"
    planned(area)
    assert [status(area, on) for on in (date(2014, 12, 30), DAY, date(2015, 4, 9), LATER)] == [
        "red",
        "amber",
        "amber",
        "green",
    ]


@pytest.mark.parametrize("state", UNPUBLISHED)
def test_a_declaration_that_is_not_published_never_counts(state: str) -> None:
    area = make_area()
    declared(area, published_on=None, state=state)
    assert status(area) == "red"
    assert national_facts(the_programme()).declarations == ()


@pytest.mark.parametrize("state", UNPUBLISHED)
def test_a_plan_version_that_is_not_published_never_counts(state: str) -> None:
    area = make_area()
    declared(area)
    planned(area, published_on=None, state=state)
    assert status(area) == "amber"
    assert national_facts(the_programme()).plans == ()


def test_a_draft_beside_a_published_version_changes_nothing() -> None:
    area = make_area()
    declared(area)
    live = planned(area)
    make_version(plan=live.plan)
    (plan,) = national_facts(the_programme()).plans
    assert [version.id for version in plan.versions] == [live.id]


def test_a_related_plan_does_not_count() -> None:
    area = make_area()
    declared(area)
    planned(area, plan={"kind": "related"})
    assert status(area) == "amber"


@pytest.mark.parametrize("change", [{"superseded_on": LATEST}, {"withdrawn_on": LATEST}])
def test_superseded_and_withdrawn_documents_count_until_their_day(change: dict[str, Any]) -> None:
    area, other = make_area(), make_area()
    declared(area, **change)
    declared(other)
    planned(other, **change)
    before = date(2015, 12, 31)
    assert [status(area, before), status(area, LATEST)] == ["amber", "red"]
    assert [status(other, before), status(other, LATEST)] == ["green", "amber"]


def test_the_end_of_a_plans_period_is_known() -> None:
    area = make_area()
    declared(area)
    planned(area, period_ends_on=date(2015, 12, 31))
    facts = national_facts(the_programme())
    assert [national.sign_up(facts, area.id, on).out_of_date for on in (date(2015, 12, 31), LATEST)] == [False, True]


def test_a_part_is_known_by_its_name_and_coverage_by_its_days() -> None:
    area = make_area()
    declared(area)
    plan = make_plan()
    cover(plan, area, part="Craven", from_on=LATER, until_on=LATEST)
    make_version(plan=plan, published_on=LATER)
    (found,) = national_facts(the_programme()).plans
    assert found.covers == (national.Cover(area.id, "Craven", LATER, LATEST),)
    assert [status(area, on) for on in (LATER, LATEST)] == ["amber", "amber"]
    reasons = [national.sign_up(national_facts(the_programme()), area.id, on).reason for on in (LATER, LATEST)]
    assert reasons == ["Part of the area covered by a plan: Craven", "Declaration made"]


def test_coverage_of_a_declaration_has_its_days_too() -> None:
    area, declaration = make_area(), make_declaration(published_on=DAY)
    cover(declaration, area, from_on=LATER, until_on=LATEST)
    assert [status(area, on) for on in (DAY, LATER, LATEST)] == ["red", "amber", "red"]


def test_the_plans_that_a_declaration_expects_and_those_that_fulfil_them() -> None:
    """Essex, with two of its three plans."""
    essex, southend = make_area(name="Essex"), make_area(name="Southend-on-Sea")
    declaration = make_declaration(areas=[essex, southend], published_on=DAY)
    labels = {"North Essex": [essex], "South East Essex": [essex, southend], "South West Essex": [essex]}
    for label, areas in labels.items():
        expectation = make_expectation(declaration=declaration, label=label, areas=areas)
        if label == "South West Essex":
            continue
        plan = make_plan(fulfils=expectation)
        for area in areas:
            cover(plan, area, part=label)
        make_version(plan=plan, published_on=LATER)
    facts = national_facts(the_programme())
    (found,) = facts.declarations
    assert {expected.label: expected.areas for expected in found.expects} == {
        label: frozenset(area.id for area in areas) for label, areas in labels.items()
    }
    assert national.sign_up(facts, essex.id, LATEST).reason == "2 of 3 plans published"
    assert national.sign_up(facts, southend.id, LATEST).status == "green"


def test_a_day_known_only_as_the_latest_possible_stays_so() -> None:
    area = make_area()
    declared(area, published_precision=Precision.BY)
    steps = signup.timeline(national_facts(the_programme()), area.id)
    assert [(step.on, step.precision) for step in steps][1:] == [(DAY, "by")]


@pytest.mark.parametrize(("state", "expected"), [("confirmed", "amber"), ("planned", "grey"), ("cancelled", "grey")])
def test_only_a_confirmed_succession_makes_an_area_and_hands_on_what_was_declared(state: str, expected: str) -> None:
    old, new = make_area(until_on=LATER), make_area(from_on=LATER)
    make_succession(predecessor=old, successor=new, on=LATER, state=state)
    declared(old)
    assert status(new) == expected


def test_an_area_has_its_name_slug_days_region_and_codes_oldest_first() -> None:
    area = make_area(name="Cumbria", slug="cumbria", code="E10000006", until_on=LATER, region="North West")
    make_code(area=area, code="E06000001", kind="unitary_authority", official_name="Old", until_on=DAY)
    AreaCode.objects.filter(code="E10000006").update(from_on=DAY)
    codes = (
        national.Code("E06000001", "unitary_authority", "Old", None, DAY),
        national.Code("E10000006", "county", "Cumbria", DAY, LATER),
    )
    assert national_facts(the_programme()).area[area.id] == national.Area(
        area.id, "Cumbria", "cumbria", None, LATER, "North West", codes
    )


def test_an_area_without_a_code_is_there_too() -> None:
    area = Area.objects.create(slug="east-surrey", name="East Surrey", region="South East")
    assert national_facts(the_programme()).area[area.id].codes == ()


def test_the_programme_says_when_it_began_and_how_long_is_inherited() -> None:
    facts = national_facts(make_programme(launched_on=date(2014, 2, 1), inherit_months=6))
    assert (facts.begins_on, facts.inherit_months) == (date(2014, 2, 1), 6)


def test_a_programme_whose_launch_is_not_recorded_begins_with_the_concordat() -> None:
    assert national_facts(make_programme(launched_on=None)).begins_on == date(2014, 2, 18)


def test_what_belongs_to_another_programme_does_not_count() -> None:
    england, wales = make_programme(), make_programme(name="Wales", slug="wales")
    area = make_area()
    partnership = make_partnership(programme=wales)
    declared(area, partnership=partnership)
    planned(area, plan={"partnership": partnership})
    assert [status(area, programme=programme) for programme in (england, wales)] == ["red", "green"]


def test_a_fact_entered_late_changes_the_answer_for_the_past() -> None:
    """Recorded today, it happened in 2014: what counts is when it happened."""
    area = make_area()
    assert status(area, DAY) == "red"
    declared(area)
    assert status(area, DAY) == "amber"


def test_reading_the_facts_takes_six_queries_however_many_there_are(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    for count in (1, 10):
        for _ in range(count):
            area = make_area()
            declaration = declared(area)
            expectation = make_expectation(declaration=declaration, areas=[area])
            planned(area, plan={"fulfils": expectation})
            make_succession(predecessor=area)
        programme = the_programme()
        with django_assert_num_queries(6):
            facts = national_facts(programme)
        assert len(facts.plans) == len(facts.declarations) == len(facts.successions) == (1 if count == 1 else 11)
