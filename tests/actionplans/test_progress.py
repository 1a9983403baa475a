"""The delivery rule in its order, by examples (docs/rules.md): both sides of every threshold. Pure."""

from datetime import date, timedelta
from typing import Any

import pytest

from actionplans.progress import (
    ActionGroup,
    Lateness,
    PlanOnDay,
    Thresholds,
    cutoffs,
    delivery,
    lateness,
    tally,
)
from actionplans.states import ActionState, Confidence, Delivery

ON = date(2016, 2, 1)
USUAL = Thresholds()

NOT_STARTED = ActionGroup(ActionState.NOT_STARTED)
IN_PROGRESS = ActionGroup(ActionState.IN_PROGRESS)
PAUSED = ActionGroup(ActionState.PAUSED)
COMPLETED = ActionGroup(ActionState.COMPLETED)
BUSINESS_AS_USUAL = ActionGroup(ActionState.BUSINESS_AS_USUAL)
MERGED = ActionGroup(ActionState.MERGED)
DROPPED = ActionGroup(ActionState.NOT_GOING_AHEAD)
OVERDUE = ActionGroup(ActionState.IN_PROGRESS, lateness=Lateness.OVERDUE)
AT_RISK = ActionGroup(ActionState.IN_PROGRESS, Confidence.AT_RISK)
OFF_TRACK = ActionGroup(ActionState.IN_PROGRESS, Confidence.OFF_TRACK)
LATE_MUST_DO = ActionGroup(ActionState.IN_PROGRESS, lateness=Lateness.LONG_OVERDUE, must_do=True)


def standing(
    *groups: ActionGroup,
    on: date = ON,
    published_on: date = date(2016, 1, 4),
    period_ends_on: date | None = None,
    thresholds: Thresholds = USUAL,
) -> Delivery | None:
    """The status of a plan with those actions; fresh and within its period unless the test says otherwise."""
    return delivery(PlanOnDay(published_on, period_ends_on, tally(groups)), on, thresholds)


def due(due_on: date | None, *, on: date = ON, thresholds: Thresholds = USUAL, **fields: object) -> ActionGroup:
    """One open action with that due day, as it stands on the day."""
    return ActionGroup(
        **({"state": ActionState.IN_PROGRESS, "lateness": lateness(due_on, cutoffs(on, thresholds))} | fields)
    )


class TestNoActions:
    @pytest.mark.parametrize(
        "plan",
        [{}, {"period_ends_on": date(2015, 12, 31)}, {"published_on": date(2014, 1, 1)}],
        ids=["fresh", "its period over", "long without a word"],
    )
    def test_a_plan_without_recorded_actions_has_no_status(self, plan: dict[str, Any]) -> None:
        assert standing(**plan) is None


class TestDelivered:
    @pytest.mark.parametrize(
        "groups",
        [
            [COMPLETED],
            [BUSINESS_AS_USUAL],
            [COMPLETED, BUSINESS_AS_USUAL],
            [COMPLETED, MERGED],
            [BUSINESS_AS_USUAL, DROPPED],
            [COMPLETED, BUSINESS_AS_USUAL, MERGED, DROPPED],
        ],
    )
    def test_all_closed_and_one_of_them_done(self, groups: list[ActionGroup]) -> None:
        assert standing(*groups) == Delivery.DELIVERED

    @pytest.mark.parametrize("still_open", [NOT_STARTED, IN_PROGRESS, PAUSED])
    def test_not_while_one_is_open(self, still_open: ActionGroup) -> None:
        assert standing(ActionGroup(ActionState.COMPLETED, count=99), still_open) != Delivery.DELIVERED

    def test_stays_so_after_its_period_and_long_after_the_last_word(self) -> None:
        plan = {"published_on": date(2014, 1, 1), "period_ends_on": date(2015, 3, 31)}
        assert standing(COMPLETED, **plan) == Delivery.DELIVERED

    @pytest.mark.parametrize("confidence", [Confidence.AT_RISK, Confidence.OFF_TRACK])
    def test_what_the_owner_feared_before_it_was_done_no_longer_counts(self, confidence: Confidence) -> None:
        late = ActionGroup(ActionState.COMPLETED, confidence, Lateness.LONG_OVERDUE, must_do=True)
        assert standing(late) == Delivery.DELIVERED


class TestNothingWasDone:
    """All dropped or merged, none done: that is not delivered, and the later rules decide."""

    @pytest.mark.parametrize("groups", [[DROPPED], [MERGED], [DROPPED, MERGED]], ids=["dropped", "merged", "both"])
    @pytest.mark.parametrize(
        ("plan", "expected"),
        [
            ({}, Delivery.NOT_STARTED),
            ({"period_ends_on": ON - timedelta(days=1)}, Delivery.DELIVERED_IN_PART),
            ({"published_on": date(2015, 7, 1)}, Delivery.NO_RECENT_UPDATE),
        ],
        ids=["nothing started, nothing due", "its period over", "long without a word"],
    )
    def test_all_dropped_or_merged(self, groups: list[ActionGroup], plan: dict[str, Any], expected: Delivery) -> None:
        assert standing(*groups, **plan) == expected


class TestDeliveredInPart:
    @pytest.mark.parametrize(
        ("ends_on", "expected"),
        [
            (date(2016, 1, 31), Delivery.DELIVERED_IN_PART),
            (date(2016, 2, 1), Delivery.ON_TRACK),
            (date(2016, 2, 2), Delivery.ON_TRACK),
            (None, Delivery.ON_TRACK),
        ],
        ids=["ended yesterday", "its last day", "ends tomorrow", "no end"],
    )
    def test_the_period_is_over_the_day_after_its_last_day(self, ends_on: date | None, expected: Delivery) -> None:
        assert standing(COMPLETED, IN_PROGRESS, on=date(2016, 2, 1), period_ends_on=ends_on) == expected

    @pytest.mark.parametrize(
        ("group", "published_on"),
        [(IN_PROGRESS, date(2014, 1, 1)), (OFF_TRACK, date(2016, 1, 4)), (PAUSED, date(2016, 1, 4))],
        ids=["before no recent update", "before off track", "before some delays"],
    )
    def test_comes_before_the_rules_below_it(self, group: ActionGroup, published_on: date) -> None:
        plan = {"published_on": published_on, "period_ends_on": date(2016, 1, 31)}
        assert standing(group, **plan) == Delivery.DELIVERED_IN_PART


class TestNoRecentUpdate:
    @pytest.mark.parametrize(
        ("published_on", "last_update", "months", "last_good_day"),
        [
            (date(2015, 4, 1), None, 6, date(2015, 10, 1)),
            (date(2015, 4, 1), date(2015, 6, 15), 6, date(2015, 12, 15)),
            (date(2015, 6, 15), date(2015, 4, 1), 6, date(2015, 12, 15)),
            (date(2015, 6, 15), date(2015, 6, 15), 6, date(2015, 12, 15)),
            (date(2015, 8, 31), None, 6, date(2016, 2, 29)),
            (date(2014, 8, 31), None, 6, date(2015, 2, 28)),
            (date(2015, 4, 1), None, 2, date(2015, 6, 1)),
            (date(2015, 4, 1), date(2015, 5, 20), 2, date(2015, 7, 20)),
            (date(2015, 4, 1), None, 24, date(2017, 4, 1)),
            (date(2014, 2, 28), date(2016, 2, 29), 24, date(2018, 2, 28)),
        ],
        ids=[
            "since publication",
            "since the last update",
            "published after the last update",
            "both on one day",
            "from the 31st, in a leap year",
            "from the 31st, to a short February",
            "monthly rhythm",
            "monthly rhythm, since the last update",
            "yearly rhythm",
            "yearly rhythm, from a leap day",
        ],
    )
    def test_two_update_periods_are_still_well_and_one_day_more_is_not(
        self, published_on: date, last_update: date | None, months: int, last_good_day: date
    ) -> None:
        group = ActionGroup(ActionState.IN_PROGRESS, last_update=last_update)
        plan = {"published_on": published_on, "thresholds": Thresholds(stale_after_months=months)}
        assert standing(group, on=last_good_day, **plan) == Delivery.ON_TRACK
        assert standing(group, on=last_good_day + timedelta(days=1), **plan) == Delivery.NO_RECENT_UPDATE

    @pytest.mark.parametrize("state", ActionState)
    def test_a_report_on_any_action_is_a_sign_of_life_of_the_plan(self, state: ActionState) -> None:
        reported = ActionGroup(state, last_update=date(2016, 1, 4))
        stale = {"published_on": date(2014, 1, 1)}
        assert standing(reported, IN_PROGRESS, **stale) != Delivery.NO_RECENT_UPDATE
        assert standing(ActionGroup(state), IN_PROGRESS, **stale) == Delivery.NO_RECENT_UPDATE

    @pytest.mark.parametrize(
        "group",
        [OFF_TRACK, LATE_MUST_DO, OVERDUE, PAUSED, NOT_STARTED],
        ids=["off track", "late must-do", "overdue", "paused", "not started"],
    )
    def test_comes_before_the_rules_below_it(self, group: ActionGroup) -> None:
        assert standing(group, published_on=date(2014, 1, 1)) == Delivery.NO_RECENT_UPDATE


class TestOffTrack:
    @pytest.mark.parametrize("late", [OVERDUE, OFF_TRACK], ids=["overdue", "off track"])
    @pytest.mark.parametrize(
        ("bad", "well", "expected"),
        [
            (6, 19, Delivery.SOME_DELAYS),
            (249, 751, Delivery.SOME_DELAYS),
            (1, 3, Delivery.OFF_TRACK),
            (25, 75, Delivery.OFF_TRACK),
            (251, 749, Delivery.OFF_TRACK),
            (1, 0, Delivery.OFF_TRACK),
        ],
        ids=["24 %", "24.9 %", "25 %", "25 of 100", "25.1 %", "the only one"],
    )
    def test_a_quarter_of_the_open_actions(self, late: ActionGroup, bad: int, well: int, expected: Delivery) -> None:
        groups = ActionGroup(late.state, late.confidence, late.lateness, count=bad), ActionGroup(count=well)
        assert standing(*groups) == expected

    def test_overdue_and_off_track_actions_count_together(self) -> None:
        assert standing(OVERDUE, ActionGroup(count=7)) == Delivery.SOME_DELAYS
        assert standing(OVERDUE, OFF_TRACK, ActionGroup(count=6)) == Delivery.OFF_TRACK

    def test_an_action_that_is_both_overdue_and_off_track_counts_once(self) -> None:
        both = ActionGroup(ActionState.IN_PROGRESS, Confidence.OFF_TRACK, Lateness.OVERDUE)
        assert standing(both, ActionGroup(count=6)) == Delivery.SOME_DELAYS  # 1 of 7, not 2 of 7
        assert standing(both, ActionGroup(count=3)) == Delivery.OFF_TRACK

    @pytest.mark.parametrize("closed", [COMPLETED, BUSINESS_AS_USUAL, MERGED, DROPPED])
    def test_closed_actions_are_not_in_the_share(self, closed: ActionGroup) -> None:
        many_closed = ActionGroup(closed.state, count=96)
        assert standing(OVERDUE, ActionGroup(count=3), many_closed) == Delivery.OFF_TRACK
        late_but_closed = ActionGroup(closed.state, Confidence.OFF_TRACK, Lateness.OVERDUE, count=96)
        assert standing(late_but_closed, IN_PROGRESS) == Delivery.ON_TRACK

    @pytest.mark.parametrize("still_open", [NOT_STARTED, IN_PROGRESS, PAUSED])
    def test_every_open_action_is_in_the_share(self, still_open: ActionGroup) -> None:
        assert standing(OVERDUE, ActionGroup(still_open.state, count=4)) == Delivery.SOME_DELAYS

    @pytest.mark.parametrize(
        ("days", "expected"), [(90, Delivery.SOME_DELAYS), (91, Delivery.OFF_TRACK)], ids=["90 days", "91 days"]
    )
    def test_a_must_do_more_than_90_days_overdue(self, days: int, expected: Delivery) -> None:
        late = due(ON - timedelta(days=days), must_do=True)
        assert standing(late, ActionGroup(count=99)) == expected

    def test_only_a_must_do_puts_the_whole_plan_off_track_by_itself(self) -> None:
        late = due(ON - timedelta(days=400))
        assert standing(late, ActionGroup(count=99)) == Delivery.SOME_DELAYS

    @pytest.mark.parametrize("closed", [COMPLETED, BUSINESS_AS_USUAL, MERGED, DROPPED])
    def test_a_closed_must_do_is_not_overdue(self, closed: ActionGroup) -> None:
        late = due(ON - timedelta(days=400), must_do=True, state=closed.state)
        assert standing(late, IN_PROGRESS) == Delivery.ON_TRACK


class TestSomeDelays:
    @pytest.mark.parametrize(
        "group",
        [OVERDUE, AT_RISK, PAUSED, OFF_TRACK],
        ids=["one overdue below the share", "one at risk", "one paused", "one off track below the share"],
    )
    def test_one_action_among_many(self, group: ActionGroup) -> None:
        assert standing(group, ActionGroup(ActionState.IN_PROGRESS, count=99)) == Delivery.SOME_DELAYS

    @pytest.mark.parametrize("group", [AT_RISK, PAUSED], ids=["at risk", "paused"])
    def test_however_many_are_at_risk_or_paused_the_plan_is_not_off_track(self, group: ActionGroup) -> None:
        assert standing(ActionGroup(group.state, group.confidence, count=40)) == Delivery.SOME_DELAYS

    def test_comes_before_not_started(self) -> None:
        assert standing(ActionGroup(confidence=Confidence.AT_RISK)) == Delivery.SOME_DELAYS

    def test_an_owner_who_says_on_track_does_not_hide_what_is_overdue(self) -> None:
        hopeful = ActionGroup(ActionState.IN_PROGRESS, Confidence.ON_TRACK, Lateness.OVERDUE)
        assert standing(hopeful, ActionGroup(count=9)) == Delivery.SOME_DELAYS


class TestNotStarted:
    @pytest.mark.parametrize(
        "groups",
        [
            [NOT_STARTED],
            [due(None, state=ActionState.NOT_STARTED)],
            [due(ON + timedelta(days=1), state=ActionState.NOT_STARTED)],
            [due(ON, state=ActionState.NOT_STARTED)],
            [NOT_STARTED, DROPPED],
            [NOT_STARTED, MERGED],
            [ActionGroup(confidence=Confidence.ON_TRACK)],
        ],
        ids=[
            "no word of it",
            "no due day",
            "due tomorrow",
            "its due day itself",
            "another dropped",
            "another merged",
            "and the owner is content",
        ],
    )
    def test_nothing_started_and_nothing_due(self, groups: list[ActionGroup]) -> None:
        assert standing(*groups) == Delivery.NOT_STARTED

    def test_not_once_a_due_day_has_passed_even_inside_the_ten_working_days(self) -> None:
        late = due(ON - timedelta(days=1), state=ActionState.NOT_STARTED)
        assert late.lateness == Lateness.PASSED
        assert standing(late, ActionGroup(count=9)) == Delivery.ON_TRACK

    @pytest.mark.parametrize("closed", [COMPLETED, DROPPED, MERGED])
    def test_a_closed_action_is_no_longer_due(self, closed: ActionGroup) -> None:
        past = due(ON - timedelta(days=1), state=closed.state)
        expected = Delivery.ON_TRACK if closed is COMPLETED else Delivery.NOT_STARTED
        assert standing(past, NOT_STARTED) == expected


class TestOnTrack:
    @pytest.mark.parametrize(
        "groups",
        [
            [IN_PROGRESS],
            [NOT_STARTED, IN_PROGRESS],
            [NOT_STARTED, COMPLETED],
            [NOT_STARTED, BUSINESS_AS_USUAL],
            [ActionGroup(ActionState.IN_PROGRESS, Confidence.ON_TRACK)],
            [due(ON + timedelta(days=30))],
        ],
        ids=["under way", "one under way", "one completed", "one business as usual", "content", "due in a month"],
    )
    def test_otherwise(self, groups: list[ActionGroup]) -> None:
        assert standing(*groups) == Delivery.ON_TRACK


class TestThresholds:
    """They are the programme's, not ours."""

    def test_the_share(self) -> None:
        half = Thresholds(off_track_percent=50)
        assert standing(OVERDUE, ActionGroup(count=2), thresholds=half) == Delivery.SOME_DELAYS
        assert standing(OVERDUE, ActionGroup(count=1), thresholds=half) == Delivery.OFF_TRACK
        assert standing(OVERDUE, ActionGroup(count=99), thresholds=Thresholds(off_track_percent=1)) == (
            Delivery.OFF_TRACK
        )

    @pytest.mark.parametrize(
        ("days", "expected"), [(30, Delivery.SOME_DELAYS), (31, Delivery.OFF_TRACK)], ids=["30 days", "31 days"]
    )
    def test_the_days_of_a_must_do(self, days: int, expected: Delivery) -> None:
        month = Thresholds(must_do_overdue_days=30)
        late = due(ON - timedelta(days=days), must_do=True, thresholds=month)
        assert standing(late, ActionGroup(count=99), thresholds=month) == expected

    @pytest.mark.parametrize(
        ("working_days", "first_day"),
        [(0, date(2015, 6, 2)), (1, date(2015, 6, 2)), (5, date(2015, 6, 8)), (20, date(2015, 6, 29))],
    )
    def test_the_working_days_until_an_action_is_publicly_overdue(self, working_days: int, first_day: date) -> None:
        thresholds = Thresholds(overdue_after_working_days=working_days)
        day_before = first_day - timedelta(days=1)
        assert lateness(date(2015, 6, 1), cutoffs(first_day, thresholds)) == Lateness.OVERDUE
        assert lateness(date(2015, 6, 1), cutoffs(day_before, thresholds)) < Lateness.OVERDUE

    def test_a_must_do_is_never_long_overdue_before_it_is_publicly_overdue(self) -> None:
        impatient = Thresholds(must_do_overdue_days=3)
        assert lateness(date(2015, 6, 1), cutoffs(date(2015, 6, 12), impatient)) == Lateness.PASSED
        assert lateness(date(2015, 6, 1), cutoffs(date(2015, 6, 15), impatient)) == Lateness.LONG_OVERDUE
