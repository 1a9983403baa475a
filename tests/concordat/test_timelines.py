"""Every change of every area's statuses: on each day the same as the picture of that day."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command

from actionplans.models import ActionPlan
from actionplans.states import ActionState
from concordat.answers import history_answer
from concordat.picture import picture
from concordat.timelines import timelines
from tests.factories import (
    make_action,
    make_area,
    make_date_change,
    make_declaration,
    make_in_version,
    make_partnership,
    make_plan,
    make_programme,
    make_succession,
    make_update,
    make_version,
    the_programme,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 1)
CHANGE = date(2019, 4, 1)


def read(answer: dict[str, Any], on: date) -> dict[str, Any]:
    """What a reader of the answer finds for each area that exists on the day."""
    day = on.isoformat()

    def holds(code: dict[str, Any]) -> bool:
        return (code["from"] or "") <= day < (code["until"] or "9")

    def last(steps: list[dict[str, Any]]) -> dict[str, Any]:
        return next((step for step in reversed(steps) if step["on"] <= day), {})

    found = {}
    for area in answer["areas"]:
        for code in filter(holds, area["codes"]):
            sign_up, delivery = last(area["signup"]), last(area["delivery"])
            found[code["code"]] = (
                sign_up["status"],
                answer["reasons"][sign_up["reason"]],
                sign_up["since"],
                sign_up["precision"],
                sign_up["out_of_date"],
                delivery.get("status"),
            )
    return found


def seen(on: date) -> dict[str, Any]:
    """The same of the picture of that day."""
    return {
        area.code: (
            area.sign_up.status.value,
            area.sign_up.reason,
            area.since and area.since.isoformat(),
            area.since_precision,
            area.sign_up.out_of_date,
            area.delivery and area.delivery.value,
        )
        for area in picture(on).areas
    }


def answer() -> dict[str, Any]:
    return history_answer(timelines(the_programme(), TODAY), the_programme(), TODAY)


@pytest.mark.slow
def test_of_the_real_history_on_a_day_of_every_month() -> None:
    call_command("load_areas", verbosity=0)
    call_command("load_history", verbosity=0)
    told = answer()
    for month in range(0, 154, 3):
        on = date(2014 + month // 12, month % 12 + 1, 10)
        assert read(told, on) == seen(on), on
    assert sum(row[0] == "green" for row in read(told, date(2014, 12, 31)).values()) == 22


@pytest.mark.slow
def test_of_a_busy_country_on_many_days() -> None:
    call_command("load_areas", verbosity=0)
    call_command("load_demo", partnerships=12, actions=6, seed=3, on=TODAY.isoformat(), verbosity=0)
    told = answer()
    delivery = set()
    for number in range(0, 4680, 117):
        on = date(2014, 1, 1) + timedelta(days=number)
        assert read(told, on) == seen(on), on
        delivery |= {row[-1] for row in read(told, on).values()}
    assert len(delivery) > 4


def test_an_area_shows_the_worst_of_its_plans_and_nothing_once_they_end() -> None:
    area = make_area(code="E10000001")
    make_declaration(areas=[area], published_on=date(2014, 12, 1))
    done = make_version(plan=make_plan(areas=[area]), published_on=date(2015, 1, 5))
    update = make_update(
        action=make_in_version(version=done).action,
        reported_on=date(2015, 2, 2),
        status=ActionState.COMPLETED,
        completed_on=date(2015, 2, 2),
        outcome_note="Open",
    )
    assert update.action.plan.partnership
    late = make_version(
        plan=make_plan(areas=[area]), published_on=date(2015, 3, 2), withdrawn_on=date(2015, 6, 1), withdrawn_reason="x"
    )
    make_in_version(version=late, action=make_action(plan=late.plan, due_on=date(2015, 3, 31)))
    (timeline,) = timelines(the_programme(), TODAY)
    assert [(str(step.on), step.status) for step in timeline.delivery] == [
        ("2015-01-05", "not_started"),
        ("2015-02-02", "delivered"),
        ("2015-03-02", "not_started"),
        ("2015-04-01", "on_track"),
        ("2015-04-16", "off_track"),
        ("2015-06-01", "delivered"),
    ]
    assert read(answer(), date(2015, 5, 1)) == seen(date(2015, 5, 1))


def test_a_mirrored_action_lives_the_life_of_the_one_it_mirrors() -> None:
    source = make_in_version().action
    make_update(action=source, reported_on=date(2015, 5, 1), status=ActionState.IN_PROGRESS)
    make_date_change(action=source, decided_on=date(2015, 6, 1), due_on=date(2016, 1, 1))
    area = make_area(code="E10000002")
    make_declaration(areas=[area], published_on=date(2014, 12, 1))
    version = make_version(plan=make_plan(areas=[area]), published_on=date(2015, 2, 2))
    make_in_version(version=version, action=make_action(plan=version.plan, mirrors=source))
    told = answer()
    for month in range(1, 13):
        assert read(told, date(2015, month, 20)) == seen(date(2015, month, 20))


def test_before_the_programme_began_nothing_is_recorded() -> None:
    make_programme(launched_on=date(2018, 1, 1))
    old, new = make_area(until_on=CHANGE), make_area(from_on=CHANGE)
    make_succession(predecessor=old, successor=new, on=CHANGE)
    told = answer()
    for on in (date(2014, 1, 1), date(2017, 12, 31), date(2018, 1, 1), CHANGE, date(2020, 4, 1)):
        assert read(told, on) == seen(on), on


def test_a_related_plan_does_not_count() -> None:
    area = make_area()
    make_declaration(areas=[area], published_on=date(2014, 12, 1))
    make_in_version(version=make_version(plan=make_plan(areas=[area], kind=ActionPlan.Kind.RELATED)))
    (timeline,) = [each for each in timelines(the_programme(), TODAY) if each.area.id == area.id]
    assert timeline.delivery == ()


@pytest.mark.parametrize("size", [1, 25])
def test_ten_queries_whatever_the_size(size: int, django_assert_num_queries: Callable[[int], Any]) -> None:
    for _ in range(size):
        area = make_area()
        partnership = make_partnership(areas=[area])
        make_declaration(areas=[area], partnership=partnership, published_on=date(2014, 12, 1))
        make_update(action=make_in_version(version=make_version(plan=make_plan(areas=[area]))).action)
    programme = the_programme()
    with django_assert_num_queries(10):
        assert len(timelines(programme, TODAY)) == size
