"""The national picture on a day: which areas are in it, how each stands, and that it costs the same however large."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from areas.models import Area, AreaCode
from concordat.picture import AreaOnDay, Picture, picture, thresholds_of
from signatories.models import Declaration, Programme
from tests.factories import (
    cover,
    make_action,
    make_area,
    make_code,
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
DECLARED, PLANNED, ON = date(2014, 12, 31), date(2015, 4, 10), date(2015, 6, 1)
CHANGE = date(2023, 4, 1)


@pytest.fixture(autouse=True)
def programme(db: None) -> Programme:
    return the_programme()


def declared(*areas: Area, on: date = DECLARED, **fields: Any) -> Declaration:
    return make_declaration(areas=areas, published_on=on, **fields)


def planned(*areas: Area, actions: int = 0, plan: dict[str, Any] | None = None, **fields: Any) -> Any:
    """A published version of a plan for those areas, with so many actions."""
    version = make_version(plan=make_plan(areas=areas, **(plan or {})), **({"published_on": PLANNED} | fields))
    for _ in range(actions):
        make_in_version(version=version)
    return version


def green(**fields: Any) -> Area:
    area = make_area(**fields)
    declared(area)
    planned(area)
    return area


def of(found: Picture, area: Area) -> AreaOnDay:
    return next(each for each in found.areas if each.slug == area.slug)


# Which areas are in it


def test_it_holds_exactly_the_areas_of_the_day_ordered_by_code() -> None:
    make_area(name="Cumbria", code="E10000006", until_on=CHANGE)
    make_area(name="Westmorland and Furness", code="E06000064", from_on=CHANGE)
    make_area(name="Cumberland", code="E06000063", from_on=CHANGE)
    make_area(name="Kent", code="E10000016")
    assert [area.name for area in picture(CHANGE - timedelta(days=1)).areas] == ["Cumbria", "Kent"]
    assert [area.name for area in picture(CHANGE).areas] == ["Cumberland", "Westmorland and Furness", "Kent"]


def test_a_grey_area_is_in_no_count() -> None:
    for area in (make_area(until_on=PLANNED), make_area(from_on=date(2019, 4, 1)), make_area()):
        declared(area)
    assert picture(ON).sign_up_counts == {"red": 0, "amber": 1, "green": 0}


def test_an_area_that_goes_on_with_another_code_keeps_its_history() -> None:
    """Somerset in 2023: another code and kind, no succession, nothing inherited, no change of status."""
    somerset = make_area(name="Somerset", code="E10000027", kind="county")
    AreaCode.objects.update(until_on=CHANGE)
    make_code(area=somerset, code="E06000066", kind="unitary_authority", from_on=CHANGE)
    declared(somerset)
    before, after = (of(picture(on), somerset) for on in (CHANGE - timedelta(days=1), CHANGE))
    assert (before.code, before.kind) == ("E10000027", "county")
    assert (after.code, after.kind) == ("E06000066", "unitary_authority")
    assert before.sign_up == after.sign_up
    assert (after.since, after.inherited_from) == (DECLARED, ())


def test_an_area_that_inherits_says_from_whom() -> None:
    old, new = make_area(slug="cumbria", name="Cumbria", until_on=CHANGE), make_area(from_on=CHANGE)
    make_succession(predecessor=old, successor=new, on=CHANGE)
    declared(old)
    found = of(picture(CHANGE), new)
    assert (found.sign_up.status, found.inherited_from, found.since) == ("amber", ("cumbria",), CHANGE)
    assert of(picture(date(2024, 4, 1)), new).inherited_from == ()


# Sign-up


def test_it_counts_the_colours() -> None:
    make_area()
    declared(make_area(), make_area())
    green()
    found = picture(ON)
    assert found.sign_up_counts == {"red": 1, "amber": 2, "green": 1}
    assert sum(found.sign_up_counts.values()) == len(found.areas)


def test_since_when_and_how_exactly_that_is_known() -> None:
    area = make_area()
    declared(area, published_precision="by")
    planned(area)
    days = {DECLARED: (DECLARED, "by"), PLANNED: (PLANNED, "day"), DECLARED - timedelta(days=1): (None, None)}
    assert {on: (of(picture(on), area).since, of(picture(on), area).since_precision) for on in days} == days


def test_a_declaration_recorded_today_for_2014_changes_the_picture_of_2014() -> None:
    area = make_area()
    assert of(picture(DECLARED), area).sign_up.status == "red"
    declared(area)
    assert of(picture(DECLARED), area).sign_up.status == "amber"
    assert of(picture(DECLARED - timedelta(days=1)), area).sign_up.status == "red"


def test_a_fact_of_a_later_day_never_changes_the_picture_of_an_earlier_one() -> None:
    area = green(until_on=CHANGE)
    before = picture(ON)
    successor = make_area(from_on=CHANGE)
    make_succession(predecessor=area, successor=successor, on=CHANGE)
    declaration = Declaration.objects.get()
    Declaration.objects.update(withdrawn_on=date(2016, 1, 1), withdrawn_reason="x")
    make_declaration(areas=[area], published_on=date(2016, 2, 1), supersedes=declaration)
    planned(area, published_on=date(2016, 3, 1))
    assert picture(ON) == before


# Delivery


def test_delivery_stands_apart_from_sign_up() -> None:
    """Green says that a plan is published, delivery what became of it."""
    area, empty, none = make_area(), green(), make_area()
    declared(area)
    version = planned(area, actions=1)
    make_update(action=version.actions.get().action, reported_on=date(2015, 5, 1))
    found = picture(ON)
    assert [of(found, each).delivery for each in (area, empty, none)] == ["on_track", None, None]
    assert found.delivery_counts["on_track"] == 1
    assert sum(found.delivery_counts.values()) == len(found.areas)


def test_an_areas_delivery_is_the_worst_of_its_plans() -> None:
    area = make_area()
    declared(area)
    for status in ("in_progress", "paused"):
        version = planned(area, actions=1)
        make_update(action=version.actions.get().action, reported_on=date(2015, 5, 1), status=status)
    found = of(picture(ON), area)
    assert found.delivery == "some_delays"
    assert (found.actions.total, found.actions.in_progress, found.actions.paused) == (2, 1, 1)


def test_a_partnership_that_reports_more_seldom_is_not_stale_so_soon() -> None:
    """Two update periods of the partnership's own rhythm; three months where it sets none."""
    quarterly, yearly = make_area(), make_area()
    for area, months in ((quarterly, None), (yearly, 12)):
        declared(area)
        planned(area, actions=1, plan={"partnership": make_partnership(update_every_months=months)})
    found = picture(date(2015, 12, 1))
    assert [of(found, area).delivery for area in (quarterly, yearly)] == ["no_recent_update", "not_started"]


def test_the_delivery_of_a_withdrawn_declarations_plan_is_still_told() -> None:
    area = make_area()
    declared(area, withdrawn_on=PLANNED)
    planned(area, actions=1)
    found = of(picture(ON), area)
    assert (found.sign_up.status, found.delivery) == ("red", "not_started")


def test_what_was_reported_later_is_not_known_yet() -> None:
    area = make_area()
    declared(area)
    version = planned(area, actions=1)
    make_update(action=version.actions.get().action, reported_on=ON)
    found = [of(picture(on), area) for on in (ON - timedelta(days=1), ON)]
    assert [(each.delivery, each.actions.last_update) for each in found] == [("not_started", None), ("on_track", ON)]


def test_the_national_total_counts_an_action_once_however_many_areas_share_it() -> None:
    areas = [make_area() for _ in range(3)]
    declared(*areas)
    planned(*areas, actions=2)
    found = picture(ON)
    assert [area.actions.total for area in found.areas] == [2, 2, 2]
    assert found.actions.total == 2


def test_an_action_that_mirrors_one_of_another_plan_is_counted_once() -> None:
    hull, lincolnshire = make_area(), make_area()
    declared(hull, lincolnshire)
    source = planned(hull, actions=1).actions.get().action
    mirroring = planned(lincolnshire)
    make_in_version(version=mirroring, action=make_action(plan=mirroring.plan, mirrors=source))
    cover(mirroring.plan, hull)
    found = picture(ON)
    assert found.actions.total == 1
    assert [of(found, area).actions.total for area in (hull, lincolnshire)] == [1, 1]


def test_the_programme_sets_the_thresholds() -> None:
    programme = make_programme(
        update_every_months=6,
        stale_after_periods=3,
        overdue_after_working_days=5,
        must_do_overdue_days=30,
        off_track_percent=50,
    )
    found = thresholds_of(programme)
    assert (found.stale_after_months, found.overdue_after_working_days) == (18, 5)
    assert (found.must_do_overdue_days, found.off_track_percent) == (30, 50)


# Partnerships


def test_an_area_lists_its_partnerships_the_primary_one_first() -> None:
    area = make_area()
    for slug in ("humber-wide", "north-bank", "aldbrough"):
        partnership = make_partnership(slug=slug)
        cover(partnership, area, is_primary=slug == "north-bank")
    assert of(picture(ON), area).partnerships == ("north-bank", "aldbrough", "humber-wide")


def test_a_partnership_is_listed_once_though_it_covers_two_parts_and_only_while_it_does() -> None:
    area = make_area()
    partnership = make_partnership(slug="bradford", until_on=date(2018, 1, 1))
    for part in ("Craven", "Airedale"):
        cover(partnership, area, part=part)
    cover(make_partnership(slug="later"), area, from_on=date(2016, 1, 1), until_on=date(2017, 1, 1))
    days = {date(2015, 12, 31): ("bradford",), date(2016, 1, 1): ("bradford", "later"), date(2018, 1, 1): ()}
    assert {on: of(picture(on), area).partnerships for on in days} == days


def test_which_partnership_is_primary_says_nothing_about_colour() -> None:
    area = make_area()
    primary, other = make_partnership(), make_partnership()
    cover(primary, area, is_primary=True)
    cover(other, area)
    declared(area, partnership=other)
    planned(area, plan={"partnership": other})
    assert of(picture(ON), area).sign_up.status == "green"


# The whole


def test_after_the_end_of_the_records_it_says_so(programme: Programme) -> None:
    assert not picture(ON).is_beyond_records
    Programme.objects.update(complete_to=PLANNED)
    assert [picture(on).is_beyond_records for on in (PLANNED, PLANNED + timedelta(days=1))] == [False, True]


def test_without_a_programme_there_is_no_picture() -> None:
    Programme.objects.all().delete()
    with pytest.raises(Programme.DoesNotExist):
        picture(ON)


def test_the_first_programme_is_meant_unless_another_is_named(programme: Programme) -> None:
    wales, area = make_programme(name="Wales", slug="wales"), make_area()
    declared(area, partnership=make_partnership(programme=wales))
    assert of(picture(ON), area).sign_up.status == "red"
    assert of(picture(ON, wales), area).sign_up.status == "amber"


def test_what_belongs_to_another_programme_is_not_in_the_picture() -> None:
    wales, area = make_programme(name="Wales", slug="wales"), make_area()
    declared(area)
    partnership = make_partnership(programme=wales, areas=[area])
    planned(area, actions=3, plan={"partnership": partnership})
    found = picture(ON)
    assert (found.actions.total, of(found, area).delivery, of(found, area).partnerships) == (0, None, ())
    assert picture(ON, wales).actions.total == 3


def test_it_takes_the_same_number_of_queries_for_1_and_for_50_partnerships(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    for count in (1, 49):
        for _ in range(count):
            old, area = make_area(until_on=PLANNED), make_area()
            partnership = make_partnership(areas=[area, old], update_every_months=6)
            declared(area, old, partnership=partnership)
            version = planned(area, actions=1, plan={"partnership": partnership})
            make_update(action=version.actions.get().action)
            make_succession(predecessor=old, successor=make_area(from_on=PLANNED), on=PLANNED)
        with django_assert_num_queries(9):
            found = picture(ON)
        assert found.sign_up_counts["green"] == found.actions.total == (1 if count == 1 else 50)
        assert found.sign_up_counts["amber"] == (1 if count == 1 else 50)
