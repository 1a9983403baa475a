"""The amber-green rule by examples, each named after the rule or edge case of the domain that it holds."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from concordat.national import (
    Area,
    Code,
    Cover,
    Declaration,
    Expectation,
    Facts,
    Plan,
    Publication,
    SignUp,
    Succession,
    Version,
    sign_up,
)
from concordat.signup import since, timeline

day = date.fromisoformat
ONE_DAY = timedelta(days=1)

HERTFORDSHIRE, BRADFORD, NORTH_YORKSHIRE, ESSEX, SOUTHEND, THURROCK = range(1, 7)
BARNSLEY, DONCASTER, ROTHERHAM, SHEFFIELD = range(7, 11)
BOURNEMOUTH, POOLE, DORSET_COUNTY, BCP, DORSET = range(11, 16)
CUMBRIA, CUMBERLAND, WESTMORLAND = range(16, 19)
BUCKINGHAMSHIRE_COUNTY, BUCKINGHAMSHIRE, EAST_BUCKINGHAMSHIRE = range(19, 22)

YEARS: dict[int, tuple[str, str | None, str | None]] = {
    BOURNEMOUTH: ("Bournemouth", None, "2019-04-01"),
    POOLE: ("Poole", None, "2019-04-01"),
    DORSET_COUNTY: ("Dorset County", None, "2019-04-01"),
    BCP: ("Bournemouth, Christchurch and Poole", "2019-04-01", None),
    DORSET: ("Dorset", "2019-04-01", None),
    CUMBRIA: ("Cumbria", None, "2023-04-01"),
    CUMBERLAND: ("Cumberland", "2023-04-01", None),
    WESTMORLAND: ("Westmorland and Furness", "2023-04-01", None),
    BUCKINGHAMSHIRE_COUNTY: ("Buckinghamshire County", None, "2020-04-01"),
    BUCKINGHAMSHIRE: ("Buckinghamshire", "2020-04-01", "2020-10-01"),
    EAST_BUCKINGHAMSHIRE: ("East Buckinghamshire", "2020-10-01", None),
}
AREAS = tuple(
    Area(id_, name, f"area-{id_}", day(first) if first else None, day(end) if end else None)
    for id_ in range(1, 22)
    for name, first, end in [YEARS.get(id_, (f"Area {id_}", None, None))]
)
SUCCESSIONS = tuple(
    Succession(predecessor, successor, day(on))
    for predecessor, successor, on in [
        (BOURNEMOUTH, BCP, "2019-04-01"),
        (POOLE, BCP, "2019-04-01"),
        (DORSET_COUNTY, BCP, "2019-04-01"),
        (DORSET_COUNTY, DORSET, "2019-04-01"),
        (CUMBRIA, CUMBERLAND, "2023-04-01"),
        (CUMBRIA, WESTMORLAND, "2023-04-01"),
        (BUCKINGHAMSHIRE_COUNTY, BUCKINGHAMSHIRE, "2020-04-01"),
        (BUCKINGHAMSHIRE, EAST_BUCKINGHAMSHIRE, "2020-10-01"),
    ]
)
ESSEX_PLANS = {
    "North Essex": (101, [ESSEX]),
    "South East Essex": (102, [ESSEX, SOUTHEND]),
    "South West Essex": (103, [ESSEX, THURROCK]),
}


def published(on: str, precision: str = "day", superseded: str = "", withdrawn: str = "") -> Publication:
    return Publication(
        day(on), precision, day(superseded) if superseded else None, day(withdrawn) if withdrawn else None
    )


def covers(*areas: int | Cover) -> tuple[Cover, ...]:
    return tuple(area if isinstance(area, Cover) else Cover(area) for area in areas)


def declared(*areas: int | Cover, on: str = "2014-12-31", id: int = 1, **ends: str) -> Declaration:
    return Declaration(id, published(on, **ends), covers(*areas))


def planned(
    *areas: int | Cover, on: str = "2015-03-31", id: int = 1, fulfils: int | None = None, over: str = "", **ends: str
) -> Plan:
    version = Version(id * 10, published(on, **ends), day(over) if over else None)
    return Plan(id, covers(*areas), (version,), fulfils)


def known(*documents: Declaration | Plan, successions: tuple[Succession, ...] = SUCCESSIONS) -> Facts:
    return Facts(
        areas=AREAS,
        declarations=tuple(each for each in documents if isinstance(each, Declaration)),
        plans=tuple(each for each in documents if isinstance(each, Plan)),
        successions=successions,
    )


def standing(facts: Facts, area: int, on: str) -> SignUp:
    return sign_up(facts, area, day(on))


def colours(facts: Facts, area: int, *days: str) -> list[str]:
    return [standing(facts, area, on).status.value for on in days]


def told(facts: Facts, area: int) -> list[tuple[str, str]]:
    """The timeline as its reader sees it: the first day of each step, and its colour."""
    return [(step.on.isoformat(), step.sign_up.status.value) for step in timeline(facts, area)]


def essex(*plans: str, over: str = "") -> Facts:
    """One declaration for Essex, Southend and Thurrock that expects three plans; those named are published."""
    expects = tuple(Expectation(id_, label, frozenset(areas)) for label, (id_, areas) in ESSEX_PLANS.items())
    declaration = replace(declared(ESSEX, SOUTHEND, THURROCK), expects=expects)
    live = [
        planned(*(Cover(area, label) for area in areas), id=id_, fulfils=id_, over=over if label == plans[0] else "")
        for label, (id_, areas) in ESSEX_PLANS.items()
        if label in plans
    ]
    return known(declaration, *live)


# Rules 1 to 4


def test_rule_1_an_area_that_does_not_exist_yet_is_grey() -> None:
    facts = known(declared(CUMBERLAND, on="2014-12-31"))
    assert colours(facts, CUMBERLAND, "2014-12-31", "2023-03-31", "2023-04-01") == ["grey", "grey", "amber"]


def test_rule_1_an_abolished_area_is_grey_from_its_first_day_gone() -> None:
    facts = known(declared(CUMBRIA))
    assert colours(facts, CUMBRIA, "2023-03-31", "2023-04-01", "2030-01-01") == ["amber", "grey", "grey"]


def test_rule_1_comes_before_all_others() -> None:
    found = standing(known(declared(CUMBRIA), planned(CUMBRIA)), CUMBRIA, "2023-04-01")
    assert (found.status, found.reason) == ("grey", "This area does not exist on this day")
    assert (found.declarations, found.plans) == (frozenset(), frozenset())


def test_rule_2_without_a_declaration_an_area_is_red() -> None:
    found = standing(known(), HERTFORDSHIRE, "2014-12-31")
    assert (found.status, found.reason) == ("red", "No declaration recorded")


def test_rule_2_a_declaration_counts_from_its_day_on() -> None:
    facts = known(declared(HERTFORDSHIRE, on="2014-10-31"))
    assert colours(facts, HERTFORDSHIRE, "2014-10-30", "2014-10-31") == ["red", "amber"]


def test_rule_3_a_declaration_alone_is_amber() -> None:
    found = standing(known(declared(HERTFORDSHIRE)), HERTFORDSHIRE, "2015-01-01")
    assert (found.status, found.reason) == ("amber", "Declaration made")
    assert (found.declarations, found.plans) == ({1}, frozenset())


def test_rule_4_a_plan_for_the_whole_area_is_green_from_its_day_on() -> None:
    facts = known(declared(HERTFORDSHIRE), planned(HERTFORDSHIRE, on="2015-04-10"))
    assert colours(facts, HERTFORDSHIRE, "2015-04-09", "2015-04-10") == ["amber", "green"]
    found = standing(facts, HERTFORDSHIRE, "2015-04-10")
    assert (found.reason, found.declarations, found.plans) == ("Action plan published", {1}, {1})


def test_rule_4_a_plan_of_any_partnership_counts() -> None:
    """Devon declared with the whole Peninsula; the plan is that of another group."""
    devon, cornwall = HERTFORDSHIRE, BRADFORD
    facts = known(declared(devon, cornwall, id=1), planned(devon, id=2))
    assert [standing(facts, area, "2015-04-01").status for area in (devon, cornwall)] == ["green", "amber"]


# Part cover


def test_part_cover_of_a_plan_names_the_part_and_stays_amber() -> None:
    """Craven in Bradford's plan does not make North Yorkshire green."""
    facts = known(
        declared(BRADFORD, id=1), declared(NORTH_YORKSHIRE, id=2), planned(BRADFORD, Cover(NORTH_YORKSHIRE, "Craven"))
    )
    found = standing(facts, NORTH_YORKSHIRE, "2015-04-01")
    assert (found.status, found.reason) == ("amber", "Part of the area covered by a plan: Craven")
    assert found.plans == {1}
    assert standing(facts, BRADFORD, "2015-04-01").status == "green"


def test_several_parts_are_all_named_and_do_not_add_up_to_the_whole() -> None:
    facts = known(
        declared(NORTH_YORKSHIRE),
        planned(Cover(NORTH_YORKSHIRE, "Scarborough"), id=1),
        planned(Cover(NORTH_YORKSHIRE, "Craven"), Cover(NORTH_YORKSHIRE, "Airedale"), id=2),
    )
    found = standing(facts, NORTH_YORKSHIRE, "2015-04-01")
    assert (found.status, found.reason) == (
        "amber",
        "Part of the area covered by a plan: Airedale, Craven, Scarborough",
    )


def test_a_plan_for_a_part_beside_one_for_the_whole_is_green() -> None:
    facts = known(
        declared(NORTH_YORKSHIRE), planned(NORTH_YORKSHIRE, id=1), planned(Cover(NORTH_YORKSHIRE, "Craven"), id=2)
    )
    found = standing(facts, NORTH_YORKSHIRE, "2015-04-01")
    assert (found.status, found.plans) == ("green", {1, 2})


def test_part_cover_of_a_declaration_leaves_the_area_red_and_names_the_part() -> None:
    facts = known(declared(BRADFORD, Cover(NORTH_YORKSHIRE, "Craven")))
    found = standing(facts, NORTH_YORKSHIRE, "2015-04-01")
    assert (found.status, found.reason) == ("red", "A declaration covers only part of the area: Craven")
    assert found.declarations == {1}


def test_part_cover_of_a_declaration_does_not_make_a_whole_plan_count() -> None:
    facts = known(declared(Cover(NORTH_YORKSHIRE, "Craven")), planned(NORTH_YORKSHIRE))
    found = standing(facts, NORTH_YORKSHIRE, "2015-04-01")
    assert (found.status, found.plans) == ("red", {1})


def test_an_expectation_of_a_declaration_for_a_part_says_nothing_about_the_area() -> None:
    expects = (Expectation(1, "Craven", frozenset({NORTH_YORKSHIRE})),)
    facts = known(
        declared(NORTH_YORKSHIRE, id=1),
        replace(declared(Cover(NORTH_YORKSHIRE, "Craven"), id=2), expects=expects),
        planned(Cover(NORTH_YORKSHIRE, "Craven"), fulfils=1),
    )
    found = standing(facts, NORTH_YORKSHIRE, "2015-04-01")
    assert (found.status, found.reason) == ("amber", "Part of the area covered by a plan: Craven")


# One declaration, several plans


@pytest.mark.parametrize(
    ("plans", "status", "reason"),
    [
        ([], "amber", "Declaration made"),
        (["North Essex"], "amber", "1 of 3 plans published"),
        (["North Essex", "South West Essex"], "amber", "2 of 3 plans published"),
        (list(ESSEX_PLANS), "green", "Action plan published"),
    ],
)
def test_essex_is_green_once_all_three_expected_plans_are_published(plans: list[str], status: str, reason: str) -> None:
    found = standing(essex(*plans), ESSEX, "2015-04-01")
    assert found.status == status
    assert found.reason.startswith(reason)
    assert found.plans == {ESSEX_PLANS[plan][0] for plan in plans}


@pytest.mark.parametrize(
    ("area", "plan"), [(SOUTHEND, "South East Essex"), (THURROCK, "South West Essex")], ids=["Southend", "Thurrock"]
)
def test_southend_and_thurrock_wait_for_their_own_one_expected_plan_only(area: int, plan: str) -> None:
    others = [label for label in ESSEX_PLANS if label != plan]
    assert standing(essex(*others), area, "2015-04-01").status == "amber"
    found = standing(essex(plan), area, "2015-04-01")
    assert (found.status, found.plans) == ("green", {ESSEX_PLANS[plan][0]})


def test_south_yorkshire_has_one_declaration_and_a_plan_for_each_of_its_four_areas() -> None:
    areas = (BARNSLEY, DONCASTER, ROTHERHAM, SHEFFIELD)
    declaration = replace(
        declared(*areas), expects=tuple(Expectation(area, f"Plan {area}", frozenset({area})) for area in areas)
    )
    facts = known(declaration, planned(DONCASTER, id=1, fulfils=DONCASTER), planned(SHEFFIELD, id=2, fulfils=SHEFFIELD))
    assert [standing(facts, area, "2015-04-01").status for area in areas] == ["amber", "green", "amber", "green"]
    assert standing(facts, BARNSLEY, "2015-04-01").reason == "Declaration made"


def test_a_part_plan_that_the_declaration_does_not_expect_counts_for_none_of_the_expected() -> None:
    expects = (Expectation(1, "North", frozenset({NORTH_YORKSHIRE})), Expectation(2, "South", frozenset()))
    facts = known(replace(declared(NORTH_YORKSHIRE), expects=expects), planned(Cover(NORTH_YORKSHIRE, "Craven")))
    found = standing(facts, NORTH_YORKSHIRE, "2015-04-01")
    assert (found.status, found.reason) == ("amber", "0 of 1 plans published")


def test_an_expected_plan_that_is_withdrawn_is_missing_again() -> None:
    facts = essex(*ESSEX_PLANS)
    first, *others = facts.plans
    gone = replace(
        first, versions=(replace(first.versions[0], publication=published("2015-03-31", withdrawn="2016-01-01")),)
    )
    facts = replace(facts, plans=(gone, *others))
    assert colours(facts, ESSEX, "2015-12-31", "2016-01-01") == ["green", "amber"]
    assert standing(facts, ESSEX, "2016-01-01").reason == "2 of 3 plans published"


# Two partnerships over one area


def test_two_partnerships_over_one_area_each_with_declaration_and_plan() -> None:
    facts = known(
        declared(HERTFORDSHIRE, on="2014-10-01", id=1),
        declared(HERTFORDSHIRE, on="2014-12-31", id=2),
        planned(HERTFORDSHIRE, on="2015-06-01", id=1),
        planned(HERTFORDSHIRE, on="2015-03-01", id=2),
    )
    assert told(facts, HERTFORDSHIRE) == [("2014-02-18", "red"), ("2014-10-01", "amber"), ("2015-03-01", "green")]
    found = standing(facts, HERTFORDSHIRE, "2015-06-01")
    assert (found.declarations, found.plans) == ({1, 2}, {1, 2})


def test_of_two_declarations_that_expect_plans_the_one_nearest_its_goal_speaks() -> None:
    area = frozenset({ESSEX})
    three = tuple(Expectation(id_, f"Plan {id_}", area) for id_ in (1, 2, 3))
    two = tuple(Expectation(id_, f"Plan {id_}", area) for id_ in (4, 5))
    facts = known(
        replace(declared(ESSEX, id=1), expects=three),
        replace(declared(ESSEX, id=2), expects=two),
        *(planned(Cover(ESSEX, f"Part {id_}"), id=id_, fulfils=id_) for id_ in (1, 2, 4)),
    )
    assert standing(facts, ESSEX, "2015-04-01").reason == "2 of 3 plans published"
    facts = replace(facts, plans=(*facts.plans, planned(Cover(ESSEX, "Part 5"), id=5, fulfils=5)))
    assert standing(facts, ESSEX, "2015-04-01").status == "green"


def test_an_area_is_out_of_date_with_any_of_the_plans_that_its_green_rests_on() -> None:
    expects = (Expectation(1, "North", frozenset({ESSEX})), Expectation(2, "South", frozenset({ESSEX})))
    facts = known(
        replace(declared(ESSEX), expects=expects),
        planned(Cover(ESSEX, "North"), id=1, fulfils=1),
        planned(SOUTHEND, id=2, fulfils=2, over="2016-03-31"),
    )
    steps = {step.on: step.sign_up for step in timeline(facts, ESSEX)}
    assert standing(facts, ESSEX, "2016-04-01").out_of_date == steps[day("2016-04-01")].out_of_date is True


# Ends: withdrawn, superseded, expired


def test_a_withdrawn_declaration_is_red_and_the_plan_is_still_listed() -> None:
    facts = known(declared(HERTFORDSHIRE, withdrawn="2016-05-01"), planned(HERTFORDSHIRE))
    assert colours(facts, HERTFORDSHIRE, "2016-04-30", "2016-05-01") == ["green", "red"]
    found = standing(facts, HERTFORDSHIRE, "2016-05-01")
    assert found.reason == "The declaration was withdrawn on 1 May 2016"
    assert (found.declarations, found.plans) == (frozenset(), {1})


def test_why_an_area_is_red_is_told_from_what_had_happened_by_then() -> None:
    facts = known(declared(HERTFORDSHIRE, on="2015-01-01", withdrawn="2016-05-01"))
    assert standing(facts, HERTFORDSHIRE, "2014-12-31").reason == "No declaration recorded"


def test_one_of_two_declarations_withdrawn_changes_nothing() -> None:
    facts = known(declared(HERTFORDSHIRE, id=1, withdrawn="2016-05-01"), declared(HERTFORDSHIRE, id=2))
    found = standing(facts, HERTFORDSHIRE, "2016-05-01")
    assert (found.status, found.declarations) == ("amber", {2})
    assert told(facts, HERTFORDSHIRE) == [("2014-02-18", "red"), ("2014-12-31", "amber")]


def test_the_last_of_several_withdrawals_is_told() -> None:
    facts = known(
        declared(HERTFORDSHIRE, id=1, withdrawn="2016-05-01"), declared(HERTFORDSHIRE, id=2, withdrawn="2015-05-01")
    )
    assert standing(facts, HERTFORDSHIRE, "2017-01-01").reason == "The declaration was withdrawn on 1 May 2016"


def test_a_superseded_declaration_gives_way_to_its_successor_without_a_gap() -> None:
    facts = known(
        declared(HERTFORDSHIRE, id=1, superseded="2016-05-01"), declared(HERTFORDSHIRE, id=2, on="2016-05-01")
    )
    assert colours(facts, HERTFORDSHIRE, "2016-04-30", "2016-05-01") == ["amber", "amber"]
    assert [standing(facts, HERTFORDSHIRE, on).declarations for on in ("2016-04-30", "2016-05-01")] == [{1}, {2}]


def test_a_superseded_declaration_does_not_come_back_when_its_successor_is_withdrawn() -> None:
    facts = known(
        declared(HERTFORDSHIRE, id=1, superseded="2016-05-01"),
        declared(HERTFORDSHIRE, id=2, on="2016-05-01", withdrawn="2017-01-01"),
    )
    assert colours(facts, HERTFORDSHIRE, "2016-12-31", "2017-01-01") == ["amber", "red"]


def versions(*publications: Publication, over: tuple[str, ...] = ()) -> Facts:
    """Hertfordshire with a declaration and one plan, of which there were these versions."""
    ends = [*over, *[""] * (len(publications) - len(over))]
    rows = tuple(
        Version(id_, publication, day(end) if end else None)
        for id_, (publication, end) in enumerate(zip(publications, ends, strict=True), 1)
    )
    return known(declared(HERTFORDSHIRE), Plan(1, covers(HERTFORDSHIRE), rows))


def test_a_superseded_plan_version_gives_way_to_the_next_without_a_gap() -> None:
    facts = versions(published("2015-04-10", superseded="2016-04-10"), published("2016-04-10"))
    assert told(facts, HERTFORDSHIRE) == [("2014-02-18", "red"), ("2014-12-31", "amber"), ("2015-04-10", "green")]
    plan = facts.plans[0]
    live = [plan.live_version(day(on)) for on in ("2015-04-09", "2015-04-10", "2016-04-09", "2016-04-10")]
    assert [version.id if version else None for version in live] == [None, 1, 1, 2]


def test_of_two_versions_live_at_once_the_newest_counts() -> None:
    plan = versions(published("2016-04-10"), published("2015-04-10"), published("2016-04-10")).plans[0]
    newest = plan.live_version(day("2016-04-10"))
    assert newest
    assert newest.id == 3


def test_a_withdrawn_plan_version_takes_the_area_back_to_amber() -> None:
    facts = versions(published("2015-04-10", withdrawn="2016-01-01"))
    assert told(facts, HERTFORDSHIRE)[2:] == [("2015-04-10", "green"), ("2016-01-01", "amber")]
    found = standing(facts, HERTFORDSHIRE, "2016-01-01")
    assert (found.reason, found.plans) == ("Declaration made", frozenset())


def test_an_earlier_version_does_not_come_back_when_the_next_is_withdrawn() -> None:
    facts = versions(published("2015-04-10", superseded="2016-04-10"), published("2016-04-10", withdrawn="2017-01-01"))
    assert colours(facts, HERTFORDSHIRE, "2016-12-31", "2017-01-01") == ["green", "amber"]


def test_what_is_published_and_ended_on_one_day_never_counts() -> None:
    facts = versions(published("2015-04-10", withdrawn="2015-04-10"))
    assert told(facts, HERTFORDSHIRE) == [("2014-02-18", "red"), ("2014-12-31", "amber")]


def test_an_expired_plan_stays_green_and_is_marked_out_of_date() -> None:
    facts = versions(published("2015-04-10"), over=("2016-03-31",))
    marks = [
        (standing(facts, HERTFORDSHIRE, on).status, standing(facts, HERTFORDSHIRE, on).out_of_date)
        for on in ("2016-03-31", "2016-04-01", "2030-01-01")
    ]
    assert marks == [("green", False), ("green", True), ("green", True)]
    assert [(step.on, step.sign_up.out_of_date) for step in timeline(facts, HERTFORDSHIRE)][-1] == (
        day("2016-04-01"),
        True,
    )


def test_a_successor_of_an_expired_plan_takes_the_mark_away() -> None:
    facts = versions(
        published("2015-04-10", superseded="2017-01-01"), published("2017-01-01"), over=("2016-03-31", "2018-03-31")
    )
    marks = [standing(facts, HERTFORDSHIRE, on).out_of_date for on in ("2016-12-31", "2017-01-01", "2018-04-01")]
    assert marks == [True, False, True]


def test_another_plan_for_the_whole_area_takes_the_mark_away() -> None:
    facts = known(
        declared(HERTFORDSHIRE), planned(HERTFORDSHIRE, id=1, over="2016-03-31"), planned(HERTFORDSHIRE, id=2)
    )
    assert not standing(facts, HERTFORDSHIRE, "2016-04-01").out_of_date


def test_a_current_plan_for_a_part_does_not_hide_that_the_areas_own_is_out_of_date() -> None:
    """Green rests on the plan for the whole area alone; that one is over."""
    facts = known(
        declared(NORTH_YORKSHIRE),
        planned(NORTH_YORKSHIRE, id=1, over="2016-03-31"),
        planned(Cover(NORTH_YORKSHIRE, "Craven"), id=2),
    )
    found = standing(facts, NORTH_YORKSHIRE, "2016-04-01")
    assert (found.status, found.out_of_date) == ("green", True)


def test_one_expired_plan_of_the_three_expected_marks_essex_out_of_date() -> None:
    """Without the expired one it would be 2 of 3."""
    found = standing(essex(*ESSEX_PLANS, over="2016-03-31"), ESSEX, "2016-04-01")
    assert (found.status, found.out_of_date) == ("green", True)


def test_only_green_is_ever_out_of_date() -> None:
    facts = known(
        declared(NORTH_YORKSHIRE, withdrawn="2017-01-01"), planned(Cover(NORTH_YORKSHIRE, "Craven"), over="2016-03-31")
    )
    found = [standing(facts, NORTH_YORKSHIRE, on) for on in ("2016-04-01", "2017-01-01")]
    assert [(each.status, each.out_of_date) for each in found] == [("amber", False), ("red", False)]


def test_a_period_without_end_written_as_the_last_day_of_all_is_no_error() -> None:
    facts = versions(published("2015-04-10"), over=("9999-12-31",))
    assert told(facts, HERTFORDSHIRE)[-1] == ("2015-04-10", "green")


# Coverage in time


def test_coverage_by_a_declaration_begins_and_ends_on_a_day() -> None:
    cover = Cover(HERTFORDSHIRE, from_on=day("2015-06-01"), until_on=day("2016-06-01"))
    facts = known(declared(cover))
    assert told(facts, HERTFORDSHIRE) == [("2014-02-18", "red"), ("2015-06-01", "amber"), ("2016-06-01", "red")]


def test_coverage_by_a_plan_begins_and_ends_on_a_day() -> None:
    cover = Cover(HERTFORDSHIRE, from_on=day("2015-06-01"), until_on=day("2016-06-01"))
    facts = known(declared(HERTFORDSHIRE), planned(cover))
    assert told(facts, HERTFORDSHIRE)[1:] == [("2014-12-31", "amber"), ("2015-06-01", "green"), ("2016-06-01", "amber")]


def test_coverage_of_a_part_that_grows_to_the_whole() -> None:
    part = Cover(NORTH_YORKSHIRE, "Craven", until_on=day("2016-01-01"))
    whole = Cover(NORTH_YORKSHIRE, from_on=day("2016-01-01"))
    facts = known(declared(NORTH_YORKSHIRE), planned(part, whole))
    assert colours(facts, NORTH_YORKSHIRE, "2015-12-31", "2016-01-01") == ["amber", "green"]


# Successions


def test_two_of_one_cumbria_both_inherit_for_twelve_months_exactly() -> None:
    facts = known(declared(CUMBRIA), planned(CUMBRIA))
    days = ("2023-03-31", "2023-04-01", "2024-03-31", "2024-04-01")
    for area in (CUMBERLAND, WESTMORLAND):
        assert colours(facts, area, *days) == ["grey", "green", "green", "red"]
        found = standing(facts, area, "2024-03-31")
        assert found.reason == "Action plan published, inherited from Cumbria until 1 April 2024"
        assert (found.inherited_from, found.inherited_until) == ((CUMBRIA,), day("2024-04-01"))
        assert (found.declarations, found.plans) == ({1}, {1})


def test_after_the_twelve_months_only_what_was_confirmed_for_itself_counts() -> None:
    found = standing(known(declared(CUMBRIA), planned(CUMBRIA)), CUMBERLAND, "2024-04-01")
    assert found == SignUp(found.status, "No declaration recorded")


def test_how_long_is_inherited_is_the_programmes_setting() -> None:
    facts = replace(known(declared(CUMBRIA)), inherit_months=6)
    assert colours(facts, CUMBERLAND, "2023-09-30", "2023-10-01") == ["amber", "red"]
    assert colours(replace(facts, inherit_months=0), CUMBERLAND, "2023-04-01") == ["red"]


@pytest.mark.parametrize(
    ("documents", "status", "reason"),
    [
        ((declared(BOURNEMOUTH, POOLE, DORSET_COUNTY), planned(BOURNEMOUTH, POOLE, DORSET_COUNTY)), "green", "Action"),
        ((declared(BOURNEMOUTH, POOLE, DORSET_COUNTY), planned(BOURNEMOUTH, POOLE)), "amber", "Declaration made"),
        ((declared(BOURNEMOUTH, POOLE, DORSET_COUNTY), planned(DORSET_COUNTY)), "amber", "Declaration made"),
        ((declared(BOURNEMOUTH, POOLE), planned(BOURNEMOUTH, POOLE)), "red", "No declaration recorded"),
    ],
)
def test_one_of_three_bournemouth_christchurch_and_poole_inherits_the_worst(
    documents: tuple[Declaration | Plan, ...], status: str, reason: str
) -> None:
    """For twelve months it shows what it inherited, and from whom, also where that is red."""
    found = standing(known(*documents), BCP, "2019-04-01")
    assert found.status == status
    assert found.reason.startswith(reason)
    assert found.reason.endswith(", inherited from Bournemouth, Poole and Dorset County until 1 April 2020")
    assert found.inherited_from == (BOURNEMOUTH, POOLE, DORSET_COUNTY)


def test_the_worst_of_two_greens_is_the_one_that_is_out_of_date() -> None:
    """Whichever of the predecessors has it."""
    for old, new in [(BOURNEMOUTH, POOLE), (POOLE, BOURNEMOUTH)]:
        facts = known(
            declared(BOURNEMOUTH, POOLE, DORSET_COUNTY),
            planned(old, id=1, over="2018-03-31"),
            planned(new, DORSET_COUNTY, id=2),
        )
        found = standing(facts, BCP, "2019-04-01")
        assert (found.status, found.out_of_date) == ("green", True)


def test_what_is_inherited_names_the_documents_of_every_predecessor() -> None:
    facts = known(declared(BOURNEMOUTH, id=1), declared(POOLE, DORSET_COUNTY, id=2), planned(BOURNEMOUTH, id=1))
    found = standing(facts, BCP, "2019-04-01")
    assert (found.declarations, found.plans) == ({1, 2}, {1})


def test_a_withdrawal_after_the_succession_reaches_the_successor() -> None:
    facts = known(declared(CUMBRIA, withdrawn="2023-09-01"))
    assert colours(facts, CUMBERLAND, "2023-08-31", "2023-09-01") == ["amber", "red"]


def test_what_the_predecessor_was_covered_by_on_its_last_day_is_inherited() -> None:
    """Coverage that was ended with the area still counts for the successor; coverage that ended before does not."""
    until_the_end = Cover(CUMBRIA, until_on=day("2023-04-01"))
    assert colours(known(declared(until_the_end)), CUMBERLAND, "2023-04-01") == ["amber"]
    ended_before = Cover(CUMBRIA, until_on=day("2023-03-31"))
    assert colours(known(declared(ended_before)), CUMBERLAND, "2023-04-01") == ["red"]


def test_an_own_declaration_wins_as_soon_as_it_is_as_good() -> None:
    facts = known(declared(CUMBRIA, id=1), declared(CUMBERLAND, on="2023-06-01", id=2))
    before, after = (standing(facts, CUMBERLAND, on) for on in ("2023-05-31", "2023-06-01"))
    assert (before.status, before.inherited_from) == ("amber", (CUMBRIA,))
    assert (after.status, after.reason, after.inherited_from) == ("amber", "Declaration made", ())
    assert after.declarations == {2}
    assert colours(facts, CUMBERLAND, "2024-04-01") == ["amber"]


def test_an_own_declaration_does_not_end_the_green_of_an_inherited_plan() -> None:
    """Green is kept for the twelve months, then the own amber stands."""
    facts = known(declared(CUMBRIA, id=1), planned(CUMBRIA, id=1), declared(CUMBERLAND, on="2023-06-01", id=2))
    assert told(facts, CUMBERLAND) == [("2023-04-01", "green"), ("2024-04-01", "amber")]
    assert standing(facts, CUMBERLAND, "2023-06-01").inherited_from == (CUMBRIA,)


def test_own_documents_are_listed_while_a_better_status_is_inherited() -> None:
    """A reader of the page must find the area's own declaration and the plan that covers a part of it."""
    facts = known(
        declared(CUMBRIA, id=1),
        planned(CUMBRIA, id=1),
        declared(CUMBERLAND, on="2023-06-01", id=2),
        planned(Cover(CUMBERLAND, "Carlisle"), on="2023-07-01", id=2),
    )
    found = standing(facts, CUMBERLAND, "2023-07-01")
    assert (found.status, found.declarations, found.plans) == ("green", {1, 2}, {1, 2})


def test_an_own_plan_ends_the_inheritance() -> None:
    facts = known(
        declared(CUMBRIA, id=1),
        planned(CUMBRIA, id=1),
        declared(CUMBERLAND, on="2023-06-01", id=2),
        planned(CUMBERLAND, on="2023-09-01", id=2),
    )
    found = standing(facts, CUMBERLAND, "2023-09-01")
    assert (found.status, found.inherited_from, found.plans) == ("green", (), {2})


def test_what_was_inherited_stays_in_the_timeline() -> None:
    facts = known(declared(CUMBRIA))
    steps = timeline(facts, CUMBERLAND)
    assert told(facts, CUMBERLAND) == [("2023-04-01", "amber"), ("2024-04-01", "red")]
    assert steps[0].sign_up.inherited_from == (CUMBRIA,)


def test_a_chain_of_successions_inherits_from_the_last_predecessor() -> None:
    facts = known(
        declared(BUCKINGHAMSHIRE_COUNTY, id=1),
        declared(BUCKINGHAMSHIRE, on="2020-06-01", id=2),
        planned(BUCKINGHAMSHIRE),
    )
    days = ("2020-09-30", "2020-10-01", "2021-09-30", "2021-10-01")
    assert colours(facts, EAST_BUCKINGHAMSHIRE, *days) == ["grey", "green", "green", "red"]
    assert standing(facts, EAST_BUCKINGHAMSHIRE, "2020-10-01").inherited_from == (BUCKINGHAMSHIRE,)


def test_a_chain_of_successions_passes_on_what_was_itself_inherited() -> None:
    facts = known(declared(BUCKINGHAMSHIRE_COUNTY))
    found = standing(facts, EAST_BUCKINGHAMSHIRE, "2020-10-01")
    assert (found.status, found.declarations) == ("amber", {1})


def test_what_is_inherited_holds_until_the_day_that_it_names() -> None:
    """In a chain too: the sentence must not promise a day on which the status is long gone."""
    facts = known(declared(BUCKINGHAMSHIRE_COUNTY))
    until = standing(facts, EAST_BUCKINGHAMSHIRE, "2020-10-01").inherited_until
    assert until
    assert sign_up(facts, EAST_BUCKINGHAMSHIRE, until - ONE_DAY).status == "amber"
    assert sign_up(facts, EAST_BUCKINGHAMSHIRE, until).status == "red"


def test_what_is_inherited_from_two_holds_until_the_first_of_them_hands_on_no_more() -> None:
    """The one was declared for and so holds the twelve months; the other had itself inherited, until April."""
    both = (*SUCCESSIONS, Succession(BRADFORD, EAST_BUCKINGHAMSHIRE, day("2020-10-01")))
    facts = known(
        declared(BRADFORD, id=1),
        declared(BUCKINGHAMSHIRE_COUNTY, id=2),
        planned(BUCKINGHAMSHIRE_COUNTY),
        successions=both,
    )
    found = standing(facts, EAST_BUCKINGHAMSHIRE, "2020-10-01")
    assert (found.status, found.inherited_until) == ("amber", day("2021-04-01"))
    assert found.inherited_from == (BRADFORD, BUCKINGHAMSHIRE)
    assert colours(facts, EAST_BUCKINGHAMSHIRE, "2021-03-31", "2021-04-01") == ["amber", "red"]


def test_an_area_that_goes_on_and_absorbs_another_keeps_its_own_status() -> None:
    absorbed = Succession(CUMBRIA, HERTFORDSHIRE, day("2023-04-01"))
    for documents, status in [((declared(CUMBRIA),), "red"), ((declared(HERTFORDSHIRE),), "amber")]:
        found = standing(known(*documents, successions=(absorbed,)), HERTFORDSHIRE, "2023-04-01")
        assert (found.status, found.inherited_from) == (status, ())


def test_without_a_recorded_succession_nothing_is_inherited() -> None:
    """A planned or a cancelled succession never reaches the rule."""
    assert colours(known(declared(CUMBRIA), successions=()), CUMBERLAND, "2023-04-01") == ["red"]


def test_an_area_succeeded_by_one_that_began_no_later_hands_on_nothing() -> None:
    """Two areas that each name the other as successor on their common first day do not go round in circles."""
    circle = (
        Succession(CUMBERLAND, WESTMORLAND, day("2023-04-01")),
        Succession(WESTMORLAND, CUMBERLAND, day("2023-04-01")),
    )
    assert colours(known(declared(WESTMORLAND), successions=circle), CUMBERLAND, "2023-04-01") == ["red"]


# The timeline


def test_the_timeline_tells_every_change_from_the_launch_on() -> None:
    facts = known(
        declared(HERTFORDSHIRE, on="2014-12-31", precision="by", withdrawn="2017-01-01"),
        planned(HERTFORDSHIRE, on="2015-04-10", over="2016-03-31"),
    )
    steps = [
        (step.on.isoformat(), step.precision, step.sign_up.status.value, step.sign_up.reason)
        for step in timeline(facts, HERTFORDSHIRE)
    ]
    assert steps == [
        ("2014-02-18", "day", "red", "No declaration recorded"),
        ("2014-12-31", "by", "amber", "Declaration made"),
        ("2015-04-10", "day", "green", "Action plan published"),
        ("2016-04-01", "day", "green", "Action plan published"),
        ("2017-01-01", "day", "red", "The declaration was withdrawn on 1 January 2017"),
    ]


def test_the_timeline_begins_with_the_programme_or_with_the_area() -> None:
    facts = replace(known(declared(HERTFORDSHIRE, on="2014-01-10")), begins_on=day("2014-02-18"))
    assert told(facts, HERTFORDSHIRE) == [("2014-02-18", "amber")]
    assert told(facts, BCP)[0] == ("2019-04-01", "red")


def test_the_timeline_of_an_abolished_area_ends_with_a_step_to_grey() -> None:
    assert told(known(declared(CUMBRIA)), CUMBRIA) == [
        ("2014-02-18", "red"),
        ("2014-12-31", "amber"),
        ("2023-04-01", "grey"),
    ]


def test_the_timeline_tells_of_each_plan_of_several() -> None:
    facts = essex(*ESSEX_PLANS)
    plans = tuple(
        replace(plan, versions=(replace(plan.versions[0], publication=published(on)),))
        for plan, on in zip(facts.plans, ("2015-03-01", "2015-04-01", "2015-05-01"), strict=True)
    )
    steps = timeline(replace(facts, plans=plans), ESSEX)
    assert [(step.on.isoformat(), step.sign_up.reason) for step in steps[2:]] == [
        ("2015-03-01", "1 of 3 plans published"),
        ("2015-04-01", "2 of 3 plans published"),
        ("2015-05-01", steps[-1].sign_up.reason),
    ]
    assert steps[-1].sign_up.status == "green"


@pytest.mark.parametrize(("first", "second"), [("by", "day"), ("day", "by")])
def test_of_two_facts_of_one_day_the_least_precise_is_told(first: str, second: str) -> None:
    facts = known(
        declared(HERTFORDSHIRE, on="2014-12-31", precision=first),
        planned(HERTFORDSHIRE, on="2014-12-31", precision=second),
    )
    assert timeline(facts, HERTFORDSHIRE)[1].precision == "by"


def test_precision_by_says_that_it_happened_by_that_day_at_the_latest() -> None:
    facts = known(declared(HERTFORDSHIRE, on="2014-10-31", precision="by"))
    assert colours(facts, HERTFORDSHIRE, "2014-10-30", "2014-10-31") == ["red", "amber"]
    step = since(timeline(facts, HERTFORDSHIRE), day("2015-01-01"))
    assert step
    assert (step.on, step.precision) == (day("2014-10-31"), "by")


# Since when


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2014-01-01", None),
        ("2014-12-30", None),
        ("2014-12-31", "2014-12-31"),
        ("2015-04-09", "2014-12-31"),
        ("2015-04-10", "2015-04-10"),
        ("2016-06-01", "2015-04-10"),
        ("2017-01-01", "2017-01-01"),
        ("2030-01-01", "2017-01-01"),
    ],
)
def test_since_is_the_day_on_which_an_area_came_to_its_colour(on: str, expected: str | None) -> None:
    """A mark or another reason of the same colour does not count; red from the beginning has no day."""
    facts = known(
        declared(HERTFORDSHIRE, withdrawn="2017-01-01"), planned(HERTFORDSHIRE, on="2015-04-10", over="2016-03-31")
    )
    step = since(timeline(facts, HERTFORDSHIRE), day(on))
    assert (step.on.isoformat() if step else None) == expected


def test_since_of_a_successor_is_its_first_day() -> None:
    step = since(timeline(known(declared(CUMBRIA)), CUMBERLAND), day("2023-08-01"))
    assert step
    assert step.on == day("2023-04-01")
    assert since(timeline(known(), CUMBERLAND), day("2023-08-01")) is None


def test_since_of_an_area_that_was_amber_before_the_programme_began_is_its_beginning() -> None:
    facts = known(declared(HERTFORDSHIRE, on="2014-01-10"))
    step = since(timeline(facts, HERTFORDSHIRE), day("2015-01-01"))
    assert step
    assert step.on == day("2014-02-18")


@pytest.mark.parametrize(
    ("on", "code"),
    [
        ("2014-12-31", None),  # it has not begun
        ("2015-01-01", "E10000001"),
        ("2020-04-01", "E06000001"),
        ("2025-04-01", None),  # it has ended
    ],
)
def test_an_area_has_one_code_at_a_time(on: str, code: str | None) -> None:
    codes = (
        Code("E10000001", "county", "Northshire", None, day("2020-04-01")),
        Code("E06000001", "unitary", "Northshire", day("2020-04-01"), None),
    )
    area = Area(1, "Northshire", "northshire", day("2015-01-01"), day("2025-04-01"), "London", codes)
    found = area.code_on(day(on))
    assert (found.code if found else None) == code
