"""Why an area is listed: examples of each rule, and what holds for any facts."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from concordat.lagging import WORDS, AreaFacts, Contacts, Milestones, Rule, findings
from concordat.national import SignUpStatus

ON = date(2026, 11, 2)
MILESTONES = Milestones(declaration=date(2014, 12, 31), plan=date(2015, 3, 31))
WELL = AreaFacts(judged_on=ON, sign_up=SignUpStatus.GREEN, since=date(2015, 1, 5))
REACHED = Contacts(last_seen=date(2026, 10, 30))
RED, AMBER = replace(WELL, sign_up=SignUpStatus.RED, since=None), replace(WELL, sign_up=SignUpStatus.AMBER)
AT_THE_END = date(2015, 4, 10)  # the end of the records that are shipped


def told(facts: AreaFacts, contacts: Contacts = REACHED, milestones: Milestones = MILESTONES, on: date = ON) -> dict:
    return {each.rule: each.days for each in findings(facts, contacts, milestones, on)}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (WELL, {}),
        # No declaration, from the day after the milestone; later for an area that is newer, or lost it later.
        (replace(RED, judged_on=date(2014, 12, 31)), {}),
        (replace(RED, judged_on=date(2015, 1, 1)), {Rule.NO_DECLARATION: 1}),
        (replace(RED, judged_on=AT_THE_END), {Rule.NO_DECLARATION: 100}),
        (replace(RED, began_on=date(2026, 11, 1)), {Rule.NO_DECLARATION: 2}),
        (replace(RED, since=date(2026, 10, 24)), {Rule.NO_DECLARATION: 10}),
        # No plan, from the day after its milestone, or from the declaration if that came later.
        (replace(AMBER, judged_on=date(2015, 3, 31)), {}),
        (replace(AMBER, judged_on=AT_THE_END), {Rule.NO_PLAN: 10}),
        (replace(AMBER, since=ON), {Rule.NO_PLAN: 1}),
        (replace(AMBER, since=ON, judged_on=AT_THE_END), {}),
        # Out of date, off track, no recent update: from their own days, and not if these came after the records.
        (replace(WELL, plan_ended_on=date(2026, 10, 31)), {Rule.OUT_OF_DATE: 2}),
        (replace(WELL, plan_ended_on=date(2026, 10, 31), judged_on=AT_THE_END), {}),
        (replace(WELL, plan_ended_on=date.max), {}),
        (replace(WELL, off_track_since=ON), {Rule.OFF_TRACK: 1}),
        (replace(WELL, stale_since=date(2026, 10, 3)), {Rule.NO_RECENT_UPDATE: 31}),
        # Grey areas are asked for nothing.
        (replace(WELL, sign_up=SignUpStatus.GREY), {}),
    ],
)
def test_what_the_records_say(facts: AreaFacts, expected: dict[Rule, int]) -> None:
    assert told(facts) == expected


@pytest.mark.parametrize(
    ("contacts", "expected"),
    [
        (REACHED, {}),
        (Contacts(last_seen=None), {}),
        (Contacts(last_seen=date(2025, 11, 3)), {}),
        (Contacts(last_seen=date(2025, 11, 2)), {Rule.DORMANT: 1}),
        (Contacts(is_coordinated=False, none_since=date(2026, 11, 1)), {Rule.NOBODY_COORDINATES: 2}),
        (Contacts(is_coordinated=False), {Rule.NOBODY_COORDINATES: None}),
        (Contacts(is_coordinated=False, are_kept=False), {}),
    ],
)
def test_who_coordinates(contacts: Contacts, expected: dict[Rule, int | None]) -> None:
    assert told(WELL, contacts) == expected


def test_who_coordinates_is_judged_on_the_day_also_after_the_end_of_the_records() -> None:
    old = replace(RED, judged_on=AT_THE_END)
    gone = Contacts(is_coordinated=False, none_since=ON)
    assert told(old, gone) == {Rule.NO_DECLARATION: 100, Rule.NOBODY_COORDINATES: 1}


def test_without_a_milestone_nothing_was_due() -> None:
    assert told(RED, milestones=Milestones()) == told(AMBER, milestones=Milestones()) == {}


def test_the_longest_comes_first_and_what_nobody_dates_last() -> None:
    facts = replace(WELL, plan_ended_on=date(2026, 1, 1), off_track_since=date(2025, 1, 1), stale_since=ON)
    found = findings(facts, Contacts(is_coordinated=False), MILESTONES, ON)
    assert [each.rule for each in found] == [
        Rule.OFF_TRACK,
        Rule.OUT_OF_DATE,
        Rule.NO_RECENT_UPDATE,
        Rule.NOBODY_COORDINATES,
    ]


@pytest.mark.parametrize(
    ("facts", "contacts", "sentence"),
    [
        (RED, REACHED, "A declaration was due by 31 December 2014. None is recorded."),
        (AMBER, REACHED, "A plan for all of the area was due by 31 March 2015. None is recorded."),
        (
            replace(WELL, plan_ended_on=date(2026, 3, 31)),
            REACHED,
            "The time of its plan was over on 31 March 2026. No newer plan is recorded.",
        ),
        (replace(WELL, off_track_since=ON), REACHED, "At least one of its plans is off track."),
        (replace(WELL, stale_since=ON), REACHED, "No update was ever accepted for its plan."),
        (
            replace(WELL, stale_since=ON, last_update=date(2026, 3, 1)),
            REACHED,
            "One of its plans has no recent update. The last of all was on 1 March 2026.",
        ),
        (WELL, Contacts(is_coordinated=False), "Its partnership has no coordinator."),
        (
            WELL,
            Contacts(is_coordinated=False, has_partnership=False),
            "No partnership works for it, so nobody coordinates.",
        ),
        (WELL, Contacts(last_seen=date(2025, 1, 31)), "No coordinator has signed in since 31 January 2025."),
    ],
)
def test_each_reason_is_a_plain_sentence(facts: AreaFacts, contacts: Contacts, sentence: str) -> None:
    assert [each.sentence for each in findings(facts, contacts, MILESTONES, ON)] == [sentence]


def test_each_rule_has_its_words() -> None:
    assert {rule: rule.words for rule in Rule} == WORDS


days = some.dates(date(2014, 1, 1), date(2030, 1, 1))
maybe = some.none() | days
any_facts = some.builds(
    AreaFacts,
    judged_on=days,
    sign_up=some.sampled_from(SignUpStatus),
    since=maybe,
    began_on=maybe,
    plan_ended_on=maybe,
    off_track_since=maybe,
    stale_since=maybe,
    last_update=maybe,
)
any_contacts = some.builds(Contacts, is_coordinated=some.booleans(), last_seen=maybe, are_kept=some.booleans())


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(any_facts, any_contacts, some.builds(Milestones, declaration=maybe, plan=maybe), some.integers(0, 400))
def test_time_alone_takes_nobody_off_the_list(
    facts: AreaFacts, contacts: Contacts, milestones: Milestones, later: int
) -> None:
    """With the same facts a later day lists the same reasons, each so many days longer, and perhaps more of them."""
    on, then = facts.judged_on, facts.judged_on + timedelta(days=later)
    before = told(facts, contacts, milestones, on)
    after = told(replace(facts, judged_on=then), contacts, milestones, then)
    assert {rule: days and days + later for rule, days in before.items()}.items() <= after.items()
    assert all(days is None or days > 0 for days in after.values())
