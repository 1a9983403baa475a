"""What a publication would change on the map."""

from datetime import date, timedelta

from concordat.foreseen import turns, with_declaration, with_version
from concordat.national import Area, Cover, Declaration, Expectation, Facts, Plan, Publication, Version

DAY = date(2026, 5, 1)
EARLIER = date(2020, 1, 1)
BATH, KENT = Area(1, "Bath", "bath"), Area(2, "Kent", "kent")


def declared(id_: int, *areas: int, on: date = EARLIER) -> Declaration:
    return Declaration(id_, Publication(on), tuple(Cover(area) for area in areas))


def planned(id_: int, *areas: int, fulfils: int | None = None, on: date | None = EARLIER) -> Plan:
    versions = (Version(id_ * 10, Publication(on)),) if on else ()
    return Plan(id_, tuple(Cover(area) for area in areas), versions, fulfils)


def told(before: Facts, after: Facts, on: date = DAY) -> list[tuple[str, str, str]]:
    return [(turn.area.name, turn.before.status.value, turn.after.status.value) for turn in turns(before, after, on)]


def test_a_declaration_turns_its_areas_amber() -> None:
    facts = Facts((KENT, BATH), declarations=(declared(1, 1),))
    after = with_declaration(facts, declared(2, 1, 2, on=DAY), None)
    assert told(facts, after) == [("Kent", "red", "amber")]
    assert told(facts, after, DAY - timedelta(days=1)) == []


def test_an_area_that_the_new_one_leaves_out_turns_red() -> None:
    facts = Facts((BATH, KENT), declarations=(declared(1, 1, 2),))
    after = with_declaration(facts, declared(2, 2, on=DAY), supersedes=1)
    assert told(facts, after) == [("Bath", "amber", "red")]


def test_what_it_supersedes_may_be_over_already() -> None:
    old = Declaration(1, Publication(EARLIER, superseded_on=date(2021, 1, 1)), (Cover(1),))
    after = with_declaration(Facts((BATH,), declarations=(old,)), declared(2, 1, on=DAY), supersedes=1)
    assert after.declarations[0] == old


def test_a_first_version_turns_its_areas_green() -> None:
    facts = Facts((BATH, KENT), declarations=(declared(1, 1, 2),))
    after = with_version(facts, planned(1, 1, on=None), Version(5, Publication(DAY)))
    assert told(facts, after) == [("Bath", "amber", "green")]


def test_the_next_version_ends_the_one_in_force() -> None:
    facts = Facts((BATH,), declarations=(declared(1, 1),), plans=(planned(1, 1),))
    after = with_version(facts, planned(1, 1, on=None), Version(11, Publication(DAY)))
    assert told(facts, after) == []
    [plan] = after.plans
    assert [version.publication.superseded_on for version in plan.versions] == [DAY, None]


def test_one_of_two_expected_plans_changes_the_reason_alone() -> None:
    expects = (Expectation(1, "North", frozenset({1})), Expectation(2, "South", frozenset({1})))
    declaration = Declaration(1, Publication(EARLIER), (Cover(1),), expects)
    facts = Facts((BATH,), declarations=(declaration,))
    part = Plan(1, (Cover(1, "North"),), (), fulfils=1)
    [turn] = turns(facts, with_version(facts, part, Version(5, Publication(DAY))), DAY)
    assert (turn.before.reason, turn.after.reason) == ("Declaration made", "1 of 2 plans published")
