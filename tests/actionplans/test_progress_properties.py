"""What holds of the delivery rule for whatever actions, in whatever order. Pure; few and small examples."""

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from actionplans.progress import (
    ActionGroup,
    Lateness,
    PlanOnDay,
    Thresholds,
    cutoffs,
    delivery,
    lateness,
    tally,
    worst,
)
from actionplans.states import ActionState, Confidence, Delivery
from concordat.kernel.dates import add_months, add_working_days

DAY = timedelta(days=1)
FIRST, LAST = date(2014, 10, 1), date(2016, 9, 30)
DAYS = st.dates(FIRST, LAST)
GROUPS = st.builds(
    ActionGroup,
    state=st.sampled_from(ActionState),
    confidence=st.none() | st.sampled_from(Confidence),
    lateness=st.sampled_from(Lateness),
    must_do=st.booleans(),
    count=st.integers(1, 4),
    last_update=st.none() | DAYS,
)
LISTS = st.lists(GROUPS, max_size=6)
THRESHOLDS = st.builds(
    Thresholds,
    stale_after_months=st.integers(1, 24),
    overdue_after_working_days=st.integers(0, 20),
    must_do_overdue_days=st.integers(0, 120),
    off_track_percent=st.integers(1, 100),
)
FEW = settings(max_examples=60, deadline=None)

OPEN = {ActionState.NOT_STARTED, ActionState.IN_PROGRESS, ActionState.PAUSED}
DONE = {ActionState.COMPLETED, ActionState.BUSINESS_AS_USUAL}


def one_by_one(groups: list[ActionGroup]) -> list[ActionGroup]:
    """The same actions, each a group of its own."""
    return [replace(group, count=1) for group in groups for _ in range(group.count)]


def read_aloud(
    actions: list[ActionGroup], published_on: date, ends_on: date | None, on: date, thresholds: Thresholds
) -> Delivery | None:
    """The rule once more, slowly, as docs/rules.md words it, over single actions."""
    still_open = [each for each in actions if each.state in OPEN]
    overdue = [each for each in still_open if each.lateness in (Lateness.OVERDUE, Lateness.LONG_OVERDUE)]
    off_track = [each for each in still_open if each.confidence == Confidence.OFF_TRACK]
    late_or_off = [each for each in still_open if each in overdue or each in off_track]
    late_must_dos = [each for each in still_open if each.must_do and each.lateness == Lateness.LONG_OVERDUE]
    word = max([published_on, *(each.last_update for each in actions if each.last_update)])
    worries = [each for each in still_open if each.state == "paused" or each.confidence in ("at_risk", "off_track")]
    started = [each for each in actions if each.state in DONE or each.state == "in_progress"]
    due = [each for each in still_open if each.lateness != Lateness.NOT_DUE]
    if not actions:
        return None
    rules = [
        (not still_open and any(each.state in DONE for each in actions), Delivery.DELIVERED),
        (ends_on is not None and on > ends_on, Delivery.DELIVERED_IN_PART),
        (on > add_months(word, thresholds.stale_after_months), Delivery.NO_RECENT_UPDATE),
        (
            (late_or_off and len(late_or_off) / len(still_open) >= thresholds.off_track_percent / 100) or late_must_dos,
            Delivery.OFF_TRACK,
        ),
        (overdue or worries, Delivery.SOME_DELAYS),
        (not started and not due, Delivery.NOT_STARTED),
    ]
    return next((status for fits, status in rules if fits), Delivery.ON_TRACK)


@FEW
@given(LISTS, st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(groups: list[ActionGroup], chance: random.Random) -> None:
    shuffled = list(groups)
    chance.shuffle(shuffled)
    assert tally(shuffled) == tally(groups)


@FEW
@given(LISTS)
def test_how_actions_are_grouped_never_matters(groups: list[ActionGroup]) -> None:
    assert tally(one_by_one(groups)) == tally(groups)


@settings(max_examples=200, deadline=None)
@given(LISTS, DAYS, st.none() | DAYS, DAYS, THRESHOLDS)
def test_it_is_the_rule_as_it_is_worded(
    groups: list[ActionGroup], published_on: date, ends_on: date | None, on: date, thresholds: Thresholds
) -> None:
    expected = read_aloud(one_by_one(groups), published_on, ends_on, on, thresholds)
    assert delivery(PlanOnDay(published_on, ends_on, tally(groups)), on, thresholds) == expected


@FEW
@given(st.lists(GROUPS, min_size=1, max_size=6), DAYS, st.none() | DAYS, DAYS)
def test_a_merged_action_changes_nothing_for_the_others(
    groups: list[ActionGroup], published_on: date, ends_on: date | None, on: date
) -> None:
    merged = ActionGroup(ActionState.MERGED, Confidence.OFF_TRACK, Lateness.LONG_OVERDUE, must_do=True)
    assert tally([*groups, merged]).total == tally(groups).total
    assert delivery(PlanOnDay(published_on, ends_on, tally([*groups, merged])), on, Thresholds()) == delivery(
        PlanOnDay(published_on, ends_on, tally(groups)), on, Thresholds()
    )


@FEW
@given(st.lists(st.none() | st.sampled_from(Delivery), max_size=6), st.randoms(use_true_random=False))
def test_the_worst_is_one_of_them_in_whatever_order(statuses: list[Delivery | None], chance: random.Random) -> None:
    shuffled = list(statuses)
    chance.shuffle(shuffled)
    found = worst(statuses)
    assert worst(shuffled) == found
    assert found in statuses or not statuses
    assert all(worst([found, each]) == found for each in statuses)


@FEW
@given(DAYS, THRESHOLDS)
def test_the_later_it_was_due_the_less_late_it_is(on: date, thresholds: Thresholds) -> None:
    cut = cutoffs(on, thresholds)
    steps = [lateness(on - DAY * before, cut) for before in range(-3, 150)]
    assert steps == sorted(steps)
    assert steps[3] == Lateness.NOT_DUE < steps[4]


@FEW
@given(DAYS, THRESHOLDS)
def test_the_cutoffs_alone_sort_due_days_as_the_database_does(on: date, thresholds: Thresholds) -> None:
    """By what `Cutoffs` promises, the latest step first, without asking whether the day has passed at all."""
    cut = cutoffs(on, thresholds)
    assert cut.long <= cut.overdue + DAY <= cut.passed == on
    for due_on in (on - DAY * before for before in range(-2, 130)):
        steps = [due_on < cut.long, due_on <= cut.overdue, due_on < cut.passed, True]
        assert lateness(due_on, cut) == Lateness(3 - steps.index(True))


@FEW
@given(DAYS, THRESHOLDS)
def test_an_open_action_only_gets_later_as_days_pass(due_on: date, thresholds: Thresholds) -> None:
    steps = [lateness(due_on, cutoffs(due_on + DAY * after, thresholds)) for after in range(0, 130, 3)]
    assert all(earlier <= later for earlier, later in pairwise(steps))


def plainly(due_on: date, publicly_overdue_on: date, on: date, thresholds: Thresholds) -> Lateness:
    """How late it is, by the plain definition."""
    if on <= due_on:
        return Lateness.NOT_DUE
    if on < publicly_overdue_on:
        return Lateness.PASSED
    return Lateness.LONG_OVERDUE if (on - due_on).days > thresholds.must_do_overdue_days else Lateness.OVERDUE


def test_lateness_is_the_plain_definition_for_every_due_day_in_a_year() -> None:
    """Every due day of 2015 on every day until five weeks later, and on the days about the 90th."""
    usual = Thresholds()
    year = [date(2015, 1, 1) + DAY * number for number in range(365)]
    cut = {on: cutoffs(on, usual) for on in (year[0] + DAY * number for number in range(365 + 95))}
    for due_on in year:
        overdue_on = add_working_days(due_on, usual.overdue_after_working_days)
        for on in (due_on + DAY * number for number in (*range(35), *range(88, 94))):
            assert lateness(due_on, cut[on]) == plainly(due_on, overdue_on, on, usual), (due_on, on)


@FEW
@given(DAYS, st.integers(0, 6), st.integers(0, 12))
def test_lateness_is_the_plain_definition_for_any_thresholds(
    due_on: date, working_days: int, must_do_days: int
) -> None:
    """Small thresholds, which cross each other: a must-do may be long overdue as soon as it is overdue in public."""
    thresholds = Thresholds(overdue_after_working_days=working_days, must_do_overdue_days=must_do_days)
    overdue_on = max(add_working_days(due_on, working_days), due_on + DAY)
    for on in (due_on + DAY * number for number in range(-1, 16)):
        assert lateness(due_on, cutoffs(on, thresholds)) == plainly(due_on, overdue_on, on, thresholds), on
