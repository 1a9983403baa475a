"""Reports follow one another without a gap, and end where the action's fate says."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from actionplans.states import ActionState, Confidence
from concordat.demo.moods import FATES, Due, Fate, Pending
from concordat.demo.parameters import Parameters
from concordat.demo.reporting import LONGEST, report_days, reports
from concordat.kernel.dates import add_months

ON = date(2025, 11, 3)
PUBLISHED_ON = date(2023, 6, 1)
CHANCES = Parameters(1, 1, 2014, ON).chances(0)
DAYS = [ON - timedelta(days=days) for days in (900, 800, 700, 600, 500, 400, 300, 200, 100, 10)]
EVERY_FATE = sorted({fate for fates in FATES.values() for fate in fates}, key=str)


@pytest.mark.parametrize("fate", EVERY_FATE, ids=str)
@pytest.mark.parametrize("days", [DAYS, DAYS[-1:]], ids=["many", "one"])
def test_accepted_reports_hold_until_the_next_and_the_last_is_the_fate(fate: Fate, days: list[date]) -> None:
    for place in range(2 * LONGEST):
        accepted = [report for report in reports(fate, days, place, ON) if report.state == "accepted"]
        assert all(one.until_on == other.reported_on for one, other in pairwise(accepted))
        assert all(one.reported_on < other.reported_on for one, other in pairwise(accepted))
        if accepted:
            assert (accepted[-1].until_on, accepted[-1].status) == (None, fate.state)
            assert accepted[-1].confidence == fate.confidence
        else:
            assert fate.state is ActionState.NOT_STARTED


def test_some_actions_have_the_longest_history_from_not_started_on() -> None:
    told = reports(Fate(ActionState.COMPLETED, Due.PAST), DAYS, LONGEST - 1, ON)
    assert [report.status for report in told] == ["not_started", *["in_progress"] * 3, "completed"]


def test_what_was_reopened_had_been_completed() -> None:
    told = reports(Fate(ActionState.IN_PROGRESS, Due.LATER, was_reopened=True), DAYS, 0, ON)
    assert [(report.status, report.is_reopening) for report in told] == [("completed", False), ("in_progress", True)]


@pytest.mark.parametrize("pending", Pending)
def test_a_pending_report_comes_last_and_says_what_would_be_next(pending: Pending) -> None:
    fate = Fate(ActionState.NOT_STARTED, Due.SOON, Confidence.AT_RISK, pending=pending)
    *_, last = reports(fate, DAYS, 1, ON)
    assert (last.state, last.status, last.until_on) == (pending.value, ActionState.IN_PROGRESS, None)
    assert DAYS[-1] < last.reported_on <= ON


def test_a_partnership_reports_in_its_rhythm_up_to_a_few_weeks_ago() -> None:
    days = report_days(PUBLISHED_ON, ON, 3, CHANCES)
    assert days[0] > PUBLISHED_ON
    assert all(add_months(later, -3) == earlier for earlier, later in pairwise(days))
    assert timedelta(days=5) <= ON - days[-1] <= timedelta(days=25)


def test_a_silent_one_has_missed_two_periods_of_six_months() -> None:
    days = report_days(PUBLISHED_ON, ON, 6, CHANCES, is_silent=True)
    assert days
    assert add_months(days[-1], 12) < ON


def test_there_is_no_report_before_the_publication() -> None:
    assert report_days(ON - timedelta(days=10), ON, 3, CHANCES) == []
