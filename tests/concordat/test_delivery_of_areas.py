"""The delivery of areas and of the nation: the worst of an area's plans, and every action counted once."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from actionplans.models import Action, ActionPlan
from actionplans.states import Delivery
from areas.models import Area
from concordat.picture import AreaOnDay, Picture, picture
from signatories.models import Programme
from tests.factories import (
    cover,
    make_action,
    make_area,
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

ON, PUBLISHED, REPORTED = date(2015, 6, 1), date(2015, 1, 5), date(2015, 5, 1)
LONG_PAST = date(2015, 3, 31)


def declared(*areas: Area, programme: Programme | None = None) -> None:
    partnership = make_partnership(programme=programme)
    make_declaration(partnership=partnership, areas=areas, published_on=date(2014, 12, 1))


def live_plan(
    *areas: Area, programme: Programme | None = None, rhythm: int | None = None, **version: Any
) -> ActionPlan:
    """A plan for the whole of those areas, live since January, of a partnership of its own."""
    partnership = make_partnership(programme=programme or the_programme(), update_every_months=rhythm)
    plan = make_plan(partnership=partnership, areas=areas)
    make_version(plan=plan, **({"published_on": PUBLISHED} | version))
    return plan


def with_action(plan: ActionPlan, status: str = "", **fields: Any) -> Action:
    """An action in the plan's version; reported in May if a status is given."""
    action = make_action(plan=plan, **fields)
    make_in_version(version=plan.versions.get(), action=action)
    if status:
        make_update(action=action, reported_on=REPORTED, status=status)
    return action


def the_area(found: Picture, area: Area) -> AreaOnDay:
    [one] = [each for each in found.areas if each.slug == area.slug]
    return one


def area_with(*plans: Iterable[str]) -> Area:
    """A declared area, with plans whose actions stand so."""
    area = make_area()
    declared(area)
    for statuses in plans:
        plan = live_plan(area)
        for status in statuses:
            with_action(plan, status)
    return area


class TestAnArea:
    @pytest.mark.parametrize(
        ("plans", "expected"),
        [
            ([], None),
            ([[]], None),
            ([["in_progress"]], Delivery.ON_TRACK),
            ([["completed"], ["in_progress"]], Delivery.ON_TRACK),
            ([["completed"], ["in_progress"], ["paused"]], Delivery.SOME_DELAYS),
            ([["completed"], []], Delivery.DELIVERED),
            ([["completed"], ["business_as_usual"]], Delivery.DELIVERED),
            ([["completed"], [""]], Delivery.NOT_STARTED),
        ],
        ids=[
            "no plan",
            "a plan without actions",
            "one plan",
            "the worse of two",
            "the worst of three",
            "a plan without actions says nothing",
            "all delivered",
            "one not started",
        ],
    )
    def test_shows_the_worst_of_its_plans(self, plans: list[list[str]], expected: Delivery | None) -> None:
        area = area_with(*plans)
        assert the_area(picture(ON), area).delivery == expected

    def test_its_numbers_are_those_of_all_its_plans(self) -> None:
        area = area_with(["completed", "merged"], ["in_progress", "not_going_ahead", ""])
        numbers = the_area(picture(ON), area).actions
        assert (numbers.total, numbers.completed, numbers.in_progress, numbers.not_started) == (4, 1, 1, 1)
        assert (numbers.not_going_ahead, numbers.merged, numbers.last_update) == (1, 1, REPORTED)

    def test_part_of_it_in_another_groups_plan_counts_as_one_of_its_plans(self) -> None:
        area, bradford = make_area(), make_area()
        declared(area, bradford)
        plan = live_plan(bradford)
        cover(plan, area, part="Craven")
        with_action(plan, "paused")
        found = picture(ON)
        assert the_area(found, area).delivery == the_area(found, bradford).delivery == Delivery.SOME_DELAYS

    def test_only_while_the_plan_covers_it(self) -> None:
        area, other = make_area(), make_area()
        declared(area, other)
        plan = live_plan(other)
        cover(plan, area, until_on=ON)
        with_action(plan, "in_progress")
        assert the_area(picture(date(2015, 5, 31)), area).delivery == Delivery.ON_TRACK
        assert the_area(picture(ON), area).delivery is None

    def test_of_a_withdrawn_declaration_still_shows_its_plan(self) -> None:
        area = make_area()
        make_declaration(areas=[area], published_on=date(2014, 12, 1), withdrawn_on=date(2015, 4, 1))
        with_action(live_plan(area), "paused")
        shown = the_area(picture(ON), area)
        assert (shown.sign_up.status, shown.delivery) == ("red", Delivery.SOME_DELAYS)

    @pytest.mark.parametrize("end", ["withdrawn_on", "superseded_on"])
    def test_shows_nothing_of_a_version_that_ended(self, end: str) -> None:
        area = make_area()
        declared(area)
        with_action(live_plan(area, **{end: ON}), "paused")
        assert the_area(picture(date(2015, 5, 31)), area).delivery == Delivery.SOME_DELAYS
        shown = the_area(picture(ON), area)
        assert (shown.delivery, shown.actions.total) == (None, 0)

    def test_shows_nothing_of_a_related_plan(self) -> None:
        area = make_area()
        declared(area)
        plan = live_plan(area)
        ActionPlan.objects.filter(pk=plan.pk).update(kind="related")
        with_action(plan, "paused")
        shown = the_area(picture(ON), area)
        assert (shown.delivery, shown.actions.total) == (None, 0)

    def test_that_began_in_a_reorganisation_shows_what_it_inherited(self) -> None:
        old, new = make_area(until_on=date(2015, 4, 1)), make_area(from_on=date(2015, 4, 1))
        make_succession(predecessor=old, successor=new, on=date(2015, 4, 1))
        declared(old)
        plan = make_plan()
        cover(plan, old, until_on=date(2015, 4, 1))
        make_version(plan=plan, published_on=PUBLISHED)
        with_action(plan, "paused")
        shown = the_area(picture(ON), new)
        assert (shown.delivery, shown.inherited_from) == (Delivery.SOME_DELAYS, (old.slug,))


class TestTheRhythm:
    """No recent update after two update periods: the partnership's own, or else the programme's three months."""

    @pytest.mark.parametrize(
        ("rhythm", "last_good_day", "stale_on"),
        [
            (1, date(2015, 7, 1), date(2015, 7, 2)),
            (None, date(2015, 11, 1), date(2015, 11, 2)),
            (12, date(2017, 5, 1), date(2017, 5, 2)),
        ],
        ids=["monthly", "the programme's", "yearly"],
    )
    def test_is_that_of_the_plans_own_partnership(
        self, rhythm: int | None, last_good_day: date, stale_on: date
    ) -> None:
        area, other = make_area(), make_area()
        declared(area, other)
        with_action(live_plan(area, rhythm=rhythm), "in_progress")
        with_action(live_plan(other, rhythm=6), "in_progress")
        assert the_area(picture(last_good_day), area).delivery == Delivery.ON_TRACK
        assert the_area(picture(stale_on), area).delivery == Delivery.NO_RECENT_UPDATE

    def test_is_set_by_the_programme_with_its_number_of_periods(self) -> None:
        area = make_area()
        programme = make_programme(update_every_months=2, stale_after_periods=3)
        declared(area, programme=programme)
        with_action(live_plan(area, programme=programme), "in_progress")
        assert the_area(picture(date(2015, 11, 1)), area).delivery == Delivery.ON_TRACK
        assert the_area(picture(date(2015, 11, 2)), area).delivery == Delivery.NO_RECENT_UPDATE

    def test_a_new_version_is_a_sign_of_life(self) -> None:
        area = make_area()
        declared(area)
        plan = live_plan(area, superseded_on=date(2015, 10, 1))
        with_action(plan, "in_progress")
        line = make_in_version(version=make_version(plan=plan, published_on=date(2015, 10, 1)))
        make_update(action=line.action, reported_on=REPORTED)
        assert the_area(picture(date(2016, 4, 1)), area).delivery == Delivery.ON_TRACK
        assert the_area(picture(date(2016, 4, 2)), area).delivery == Delivery.NO_RECENT_UPDATE


class TestTheProgrammesThresholds:
    @pytest.mark.parametrize(
        ("settings", "expected"),
        [
            ({}, Delivery.SOME_DELAYS),
            ({"off_track_percent": 20}, Delivery.OFF_TRACK),
            ({"overdue_after_working_days": 60}, Delivery.ON_TRACK),
            ({"must_do_overdue_days": 30}, Delivery.OFF_TRACK),
        ],
        ids=["as usual", "the share", "the working days", "the days of a must-do"],
    )
    def test_are_those_of_the_rule(self, settings: dict[str, int], expected: Delivery) -> None:
        programme, area = make_programme(**settings), make_area()
        declared(area, programme=programme)
        plan = live_plan(area, programme=programme)
        with_action(plan, "in_progress", due_on=LONG_PAST, must_do=True)
        for _ in range(4):
            with_action(plan, "in_progress")
        assert the_area(picture(ON), area).delivery == expected

    def test_the_period_ends_with_its_last_day(self) -> None:
        area = make_area()
        declared(area)
        with_action(live_plan(area, period_ends_on=ON), "in_progress")
        assert the_area(picture(ON), area).delivery == Delivery.ON_TRACK
        assert the_area(picture(date(2015, 6, 2)), area).delivery == Delivery.DELIVERED_IN_PART


class TestTheNation:
    def test_counts_an_action_once_however_many_areas_share_it(self) -> None:
        areas = [make_area() for _ in range(10)]
        declared(*areas)
        plan = live_plan(*areas)
        with_action(plan, "completed")
        with_action(plan, "in_progress", due_on=LONG_PAST)
        found = picture(ON)
        assert (found.actions.total, found.actions.completed, found.actions.overdue) == (2, 1, 1)
        assert {(area.actions.total, area.actions.overdue) for area in found.areas} == {(2, 1)}

    def test_counts_areas_by_their_status(self) -> None:
        for plans in ([["completed"]], [["paused"], ["completed"]], [[]], []):
            area_with(*plans)
        expected = dict.fromkeys(Delivery.values, 0) | {"delivered": 1, "some_delays": 1, "none": 2}
        assert picture(ON).delivery_counts == expected

    def test_leaves_out_what_is_not_live(self) -> None:
        area = make_area()
        declared(area)
        with_action(live_plan(area, withdrawn_on=ON), "completed")
        with_action(live_plan(area, published_on=None), "completed")
        assert picture(ON).actions.total == 0

    def test_leaves_out_the_plans_of_another_programme(self) -> None:
        ours, wales = make_programme(), make_programme(name="Wales")
        area = make_area()
        declared(area, programme=ours)
        with_action(live_plan(area, programme=ours), "completed")
        with_action(live_plan(area, programme=wales), "in_progress")
        assert picture(ON, ours).actions.total == 1


class TestMirroredActions:
    """The same action in two plans is updated by its source, and counted once wherever both would count it."""

    def test_a_mirror_stands_as_its_source_and_its_own_plan_with_it(self) -> None:
        humber, lincolnshire = make_area(), make_area()
        declared(humber, lincolnshire)
        source = with_action(live_plan(humber), "in_progress", due_on=LONG_PAST)
        with_action(live_plan(lincolnshire), mirrors=source, due_on=date(2020, 1, 1))
        shown = the_area(picture(ON), lincolnshire)
        assert (shown.delivery, shown.actions.in_progress, shown.actions.overdue) == (Delivery.OFF_TRACK, 1, 1)
        assert shown.actions.last_update == REPORTED

    def test_the_nation_counts_it_once(self) -> None:
        humber, lincolnshire = make_area(), make_area()
        declared(humber, lincolnshire)
        source = with_action(live_plan(humber), "completed")
        with_action(live_plan(lincolnshire), mirrors=source)
        found = picture(ON)
        assert (found.actions.total, found.actions.completed) == (1, 1)
        assert [the_area(found, area).actions.total for area in (humber, lincolnshire)] == [1, 1]

    def test_an_area_with_both_plans_counts_it_once(self) -> None:
        area = make_area()
        declared(area)
        source = with_action(live_plan(area), "completed")
        with_action(live_plan(area), mirrors=source)
        assert the_area(picture(ON), area).actions.total == 1

    def test_an_area_whose_two_plans_mirror_each_other_counts_each_action_once(self) -> None:
        area = make_area()
        declared(area)
        north, south = live_plan(area), live_plan(area)
        of_the_north, of_the_south = with_action(north, "completed"), with_action(south, "paused")
        with_action(north, mirrors=of_the_south)
        with_action(south, mirrors=of_the_north)
        found = picture(ON)
        for numbers in (the_area(found, area).actions, found.actions):
            assert (numbers.total, numbers.completed, numbers.paused) == (2, 1, 1)
        assert the_area(found, area).delivery == Delivery.SOME_DELAYS

    def test_an_area_whose_two_plans_mirror_a_third_counts_it_once(self) -> None:
        area, elsewhere = make_area(), make_area()
        declared(area, elsewhere)
        source = with_action(live_plan(elsewhere), "completed")
        with_action(live_plan(area), mirrors=source)
        with_action(live_plan(area), mirrors=source)
        found = picture(ON)
        assert the_area(found, area).actions.total == 1
        assert found.actions.total == 1

    @pytest.mark.parametrize(
        "source_plan", [{"published_on": None}, {"withdrawn_on": ON}], ids=["a draft", "withdrawn"]
    )
    @pytest.mark.parametrize("mirrors", [1, 2])
    def test_it_is_still_counted_once_where_its_sources_plan_is_not_live(
        self, source_plan: dict[str, Any], mirrors: int
    ) -> None:
        area = make_area()
        declared(area)
        source = with_action(live_plan(area, **source_plan), "completed")
        for _ in range(mirrors):
            with_action(live_plan(area), mirrors=source)
        found = picture(ON)
        assert found.actions.total == 1
        assert the_area(found, area).actions.total == 1

    def test_it_is_still_counted_once_where_its_source_has_left_the_live_version(self) -> None:
        area = make_area()
        declared(area)
        plan = live_plan(area)
        with_action(plan, "in_progress")
        source = make_action(plan=plan)
        make_update(action=source, reported_on=REPORTED, status="completed")
        with_action(live_plan(area), mirrors=source)
        found = picture(ON)
        assert (found.actions.total, found.actions.completed) == (2, 1)
        assert the_area(found, area).actions.total == 2
