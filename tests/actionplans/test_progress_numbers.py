"""What the delivery rule counts: how late an action is, a plan's numbers, the worst of several plans. Pure."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from actionplans.progress import (
    ActionGroup,
    Lateness,
    Slip,
    Tally,
    Thresholds,
    cutoffs,
    lateness,
    median_slip,
    oldest_overdue,
    tally,
    worst,
)
from actionplans.states import ActionState, Confidence, Delivery

USUAL = Thresholds()


class TestPubliclyOverdue:
    """From the 10th working day after the due day on. The days are counted by hand, with England's bank holidays."""

    @pytest.mark.parametrize(
        ("due_on", "first_day"),
        [
            (date(2015, 6, 1), date(2015, 6, 15)),
            (date(2016, 1, 8), date(2016, 1, 22)),
            (date(2016, 1, 9), date(2016, 1, 22)),
            (date(2016, 1, 10), date(2016, 1, 22)),
            (date(2016, 1, 11), date(2016, 1, 25)),
            (date(2015, 3, 31), date(2015, 4, 16)),
            (date(2015, 4, 3), date(2015, 4, 20)),
            (date(2014, 12, 19), date(2015, 1, 7)),
            (date(2014, 12, 31), date(2015, 1, 15)),
            (date(2021, 12, 17), date(2022, 1, 5)),
            (date(2015, 8, 28), date(2015, 9, 14)),
            (date(2020, 5, 1), date(2020, 5, 18)),
            (date(2022, 9, 9), date(2022, 9, 26)),
            (date(2015, 11, 20), date(2015, 12, 4)),
        ],
        ids=[
            "an ordinary Monday",
            "due on a Friday",
            "due on a Saturday",
            "due on a Sunday",
            "due on the Monday after",
            "over Easter",
            "due on Good Friday",
            "over Christmas and the New Year",
            "due on New Year's Eve",
            "over Christmas and New Year on a weekend, with their substitute days",
            "over the August bank holiday",
            "over the May bank holiday of 2020, which was moved to a Friday",
            "over the one-off bank holiday of 19 September 2022",
            "over Saint Andrew's day, which is Scotland's alone",
        ],
    )
    def test_on_the_tenth_working_day_and_not_before(self, due_on: date, first_day: date) -> None:
        assert lateness(due_on, cutoffs(first_day - timedelta(days=1), USUAL)) == Lateness.PASSED
        assert lateness(due_on, cutoffs(first_day, USUAL)) == Lateness.OVERDUE

    def test_and_from_then_on(self) -> None:
        first_day = date(2015, 6, 15)
        for later in range(400):
            assert lateness(date(2015, 6, 1), cutoffs(first_day + timedelta(days=later), USUAL)) >= Lateness.OVERDUE

    @pytest.mark.parametrize(
        ("on", "expected"),
        [
            (date(2015, 5, 31), Lateness.NOT_DUE),
            (date(2015, 6, 1), Lateness.NOT_DUE),
            (date(2015, 6, 2), Lateness.PASSED),
            (date(2015, 8, 30), Lateness.OVERDUE),
            (date(2015, 8, 31), Lateness.LONG_OVERDUE),
        ],
        ids=["before", "the due day itself", "the day after", "90 days", "91 days"],
    )
    def test_every_step_on_the_way(self, on: date, expected: Lateness) -> None:
        assert lateness(date(2015, 6, 1), cutoffs(on, USUAL)) == expected

    def test_a_recurring_action_has_no_due_day_and_is_never_overdue(self) -> None:
        assert lateness(None, cutoffs(date(2099, 12, 31), USUAL)) == Lateness.NOT_DUE

    @pytest.mark.parametrize("state", ActionState)
    def test_only_an_open_action_is_overdue(self, state: ActionState) -> None:
        is_open = state in {ActionState.NOT_STARTED, ActionState.IN_PROGRESS, ActionState.PAUSED}
        assert ActionGroup(state, lateness=Lateness.OVERDUE).is_overdue is is_open
        assert ActionGroup(state, lateness=Lateness.LONG_OVERDUE).is_overdue is is_open
        assert not ActionGroup(state, lateness=Lateness.PASSED).is_overdue


class TestTally:
    EVERY_STATE = tuple(ActionGroup(state, count=2**power) for power, state in enumerate(ActionState))

    def test_every_state_has_its_number(self) -> None:
        numbers = tally(self.EVERY_STATE)
        assert [getattr(numbers, state.value) for state in ActionState] == [1, 2, 4, 8, 16, 32, 64]

    def test_merged_actions_are_left_out_and_those_not_going_ahead_stand_beside(self) -> None:
        numbers = tally(self.EVERY_STATE)
        assert (numbers.total, numbers.merged, numbers.not_going_ahead) == (127 - 32, 32, 64)

    def test_done_is_completed_and_business_as_usual(self) -> None:
        assert tally(self.EVERY_STATE).done == 8 + 16

    def test_open_is_what_is_neither_done_nor_dropped_nor_merged(self) -> None:
        assert tally(self.EVERY_STATE).open == 1 + 2 + 4

    def test_of_nothing(self) -> None:
        assert tally([]) == Tally()

    def test_the_last_update_is_the_newest_of_all(self) -> None:
        days = date(2015, 5, 1), None, date(2015, 7, 1), date(2015, 6, 1)
        assert tally(ActionGroup(last_update=day) for day in days).last_update == date(2015, 7, 1)

    def test_delays_of_open_actions_alone_are_counted(self) -> None:
        worst_of_all = {"confidence": Confidence.OFF_TRACK, "lateness": Lateness.LONG_OVERDUE, "must_do": True}
        numbers = tally(ActionGroup(group.state, count=group.count, **worst_of_all) for group in self.EVERY_STATE)
        assert (numbers.overdue, numbers.off_track, numbers.past_due, numbers.must_do_long_overdue) == (7, 7, 7, 7)
        assert (numbers.overdue_or_off_track, numbers.at_risk) == (7, 0)

    def test_each_kind_of_delay_has_its_number(self) -> None:
        passed = ActionGroup(lateness=Lateness.PASSED, must_do=True, count=8)
        at_risk = ActionGroup(confidence=Confidence.AT_RISK, count=2)
        off_track = ActionGroup(ActionState.IN_PROGRESS, Confidence.OFF_TRACK)
        overdue = ActionGroup(ActionState.IN_PROGRESS, lateness=Lateness.OVERDUE)
        late_must_do = ActionGroup(ActionState.IN_PROGRESS, lateness=Lateness.LONG_OVERDUE, must_do=True)
        assert tally([at_risk, off_track, overdue, passed, late_must_do]) == Tally(
            total=13,
            not_started=10,
            in_progress=3,
            at_risk=2,
            off_track=1,
            overdue=2,
            overdue_or_off_track=3,
            past_due=10,
            must_do_long_overdue=1,
        )


class TestWorst:
    FROM_WORST = (
        Delivery.OFF_TRACK,
        Delivery.NO_RECENT_UPDATE,
        Delivery.SOME_DELAYS,
        Delivery.DELIVERED_IN_PART,
        Delivery.NOT_STARTED,
        Delivery.ON_TRACK,
        Delivery.DELIVERED,
    )

    @pytest.mark.parametrize(("bad", "better"), list(pairwise(FROM_WORST)))
    def test_of_two_plans_the_worse_one_counts(self, bad: Delivery, better: Delivery) -> None:
        assert worst([bad, better]) == worst([better, bad]) == bad

    def test_a_plan_without_recorded_actions_says_nothing(self) -> None:
        assert worst([None, Delivery.DELIVERED, None]) == Delivery.DELIVERED

    @pytest.mark.parametrize("statuses", [[], [None], [None, None]])
    def test_no_plan_or_none_with_actions(self, statuses: list[None]) -> None:
        assert worst(statuses) is None


class TestSlips:
    @pytest.mark.parametrize(
        ("days", "middle"),
        [
            ([], None),
            ([30], 30),
            ([30, 60], 45),
            ([30, 61], 45),
            ([60, 30, 400], 60),
            ([-10, 0, 10, 20], 5),
            ([-3, 0], -2),
        ],
        ids=["none moved", "one", "two", "two, rounded down", "three", "brought forward too", "below zero"],
    )
    def test_the_middle_one_is_told(self, days: list[int], middle: int | None) -> None:
        assert median_slip(Slip(each) for each in days) == middle

    def test_those_alike_count_each(self) -> None:
        assert median_slip([Slip(100, count=1), Slip(10, count=3)]) == 10
        assert median_slip([Slip(100, count=3), Slip(10, count=3)]) == 55


def test_the_oldest_overdue_is_the_earliest_due_day_of_those_overdue_in_public() -> None:
    groups = [
        ActionGroup(lateness=Lateness.LONG_OVERDUE, earliest_due=date(2015, 3, 1)),
        ActionGroup(lateness=Lateness.OVERDUE, earliest_due=date(2015, 5, 1)),
        ActionGroup(lateness=Lateness.PASSED, earliest_due=date(2015, 1, 1)),
        ActionGroup(ActionState.COMPLETED, lateness=Lateness.LONG_OVERDUE, earliest_due=date(2014, 1, 1)),
    ]
    assert oldest_overdue(groups) == date(2015, 3, 1)
    assert oldest_overdue(groups[2:]) is None
