"""The policy's tables, and what holds for every day."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplans.chasing.policy import (
    MILESTONE,
    PLAN_REVIEW,
    Limits,
    Rule,
    Window,
    coordinator_step,
    countdown,
    digest_days,
    due_step,
    free_on,
    goes_on,
    is_must_do_overdue,
    last_reviewed_by,
    may_put_off,
    milestone_step,
    opens,
    owner_step,
    put_off_until,
    review_due_on,
    silent_on,
    window,
    windows_ahead,
)
from concordat.kernel.sending_days import is_sending_day

LIMITS = Limits()
DUE = date(2026, 6, 30)
DAYS = window(DUE, LIMITS)
days = st.dates(date(2015, 1, 1), date(2030, 12, 31))


def test_a_window_is_counted_in_working_days() -> None:
    assert DAYS[:4] == (date(2026, 6, 2), date(2026, 6, 16), date(2026, 6, 23), date(2026, 6, 25))
    assert DAYS.due_on == DUE
    over_easter = window(date(2026, 4, 14), LIMITS)
    assert over_easter == (date(2026, 3, 13), date(2026, 3, 27), date(2026, 4, 7), date(2026, 4, 9), date(2026, 4, 14))


@pytest.mark.parametrize(
    ("on", "owner", "coordinator"),
    [
        (date(2026, 6, 2), Rule.OPENS, None),
        (date(2026, 6, 15), Rule.OPENS, None),
        (date(2026, 6, 16), Rule.NUDGE, None),
        (date(2026, 6, 22), Rule.NUDGE, None),
        (date(2026, 6, 23), Rule.NUDGE, Rule.CLOSING),
        (date(2026, 6, 25), Rule.LAST_NOTICE, Rule.LAST_NOTICE),
        (date(2026, 6, 30), Rule.LAST_NOTICE, Rule.LAST_NOTICE),
    ],
)
def test_the_latest_step_of_a_window_is_said(on: date, owner: Rule, coordinator: Rule | None) -> None:
    assert (owner_step(DAYS, on), coordinator_step(DAYS, on)) == (owner, coordinator)


@pytest.mark.parametrize(
    ("last_due_on", "every", "on", "opened"),
    [
        (None, 3, date(2026, 6, 1), False),
        (None, 3, date(2026, 6, 2), True),
        (None, 3, date(2026, 6, 30), True),
        (date(2026, 3, 31), 3, date(2026, 6, 2), True),
        (date(2026, 4, 30), 3, date(2026, 6, 2), True),
        (date(2026, 5, 1), 3, date(2026, 6, 2), False),  # short of the rhythm
        (date(2026, 5, 1), 1, date(2026, 6, 2), True),
        (date(2026, 6, 2), 1, date(2026, 6, 2), False),  # it would open within the last one
        (date(2026, 6, 23), 1, date(2026, 6, 24), False),  # a second board a week later
        (date(2025, 6, 30), 12, date(2026, 6, 2), True),
        (date(2025, 9, 30), 12, date(2026, 6, 2), False),
    ],
)
def test_when_a_window_opens(last_due_on: date | None, every: int, on: date, opened: bool) -> None:
    assert opens(DUE, last_due_on, every, LIMITS, on) == (DAYS if opened else None)


@pytest.mark.parametrize(
    ("on", "rule"),
    [
        (date(2026, 5, 30), None),
        (date(2026, 5, 31), Rule.DUE_SOON),
        (date(2026, 6, 30), Rule.DUE_SOON),
        (date(2026, 7, 1), Rule.DUE_PASSED),
        (date(2027, 7, 1), Rule.DUE_PASSED),
    ],
)
def test_due_in_thirty_days_and_passed(on: date, rule: Rule | None) -> None:
    assert due_step(DUE, on, LIMITS) == rule


@pytest.mark.parametrize(
    ("before", "review", "milestone"),
    [
        (61, None, None),
        (60, Rule.PLAN_REVIEW_60, Rule.MILESTONE_60),
        (31, Rule.PLAN_REVIEW_60, Rule.MILESTONE_60),
        (30, Rule.PLAN_REVIEW_30, Rule.MILESTONE_30),
        (14, Rule.PLAN_REVIEW_30, Rule.MILESTONE_14),
        (1, Rule.PLAN_REVIEW_30, Rule.MILESTONE_14),
        (0, Rule.PLAN_REVIEW_0, Rule.MILESTONE_0),
        (-30, Rule.PLAN_REVIEW_0, Rule.MILESTONE_0),
        (-31, Rule.PLAN_REVIEW_0, None),
    ],
)
def test_the_steps_towards_a_day(before: int, review: Rule | None, milestone: Rule | None) -> None:
    on = DUE - timedelta(days=before)
    assert (countdown(DUE, on, PLAN_REVIEW), milestone_step(DUE, on)) == (review, milestone)
    assert MILESTONE[0] == Rule.MILESTONE_0


def test_a_must_do_is_escalated_after_ninety_days_and_a_silent_plan_after_six_months() -> None:
    assert not is_must_do_overdue(DUE, DUE + timedelta(days=90), LIMITS)
    assert is_must_do_overdue(DUE, DUE + timedelta(days=91), LIMITS)
    assert silent_on(date(2026, 8, 31), LIMITS) == date(2027, 2, 28)


def test_an_escalation_is_seen_two_sending_days_before_it_goes() -> None:
    assert goes_on(Rule.MISSED_1, date(2026, 7, 1)) == date(2026, 7, 1)
    assert goes_on(Rule.MISSED_2, date(2026, 7, 2)) == date(2026, 7, 6)
    assert goes_on(Rule.SILENT, date(2025, 12, 19)) == date(2026, 1, 6)


def test_one_digest_in_any_seven_days() -> None:
    monday = date(2026, 6, 1)
    assert free_on(None, monday) == monday
    assert free_on(monday, date(2026, 6, 2)) == date(2026, 6, 8)
    assert free_on(date(2026, 5, 18), date(2026, 5, 19)) == date(2026, 5, 26)  # the 25th is a bank holiday


@given(days, st.integers(1, 36))
def test_whose_review_is_due_is_the_same_from_both_ends(on: date, every: int) -> None:
    last = last_reviewed_by(on, every)
    assert review_due_on(last, every) <= on < review_due_on(last + timedelta(days=1), every)


@given(days, st.sampled_from(Rule))
def test_nothing_goes_on_a_forbidden_day(on: date, rule: Rule) -> None:
    assert is_sending_day(goes_on(rule, on))
    assert goes_on(rule, on) >= on


def test_only_early_words_may_be_switched_off_and_no_escalation() -> None:
    assert {rule.value for rule in Rule if rule.is_optional} == {
        *("due_soon", "plan_review_60", "plan_review_30", "milestone_60", "milestone_30", "round_60", "round_30")
    }
    assert {rule.value for rule in Rule if rule.is_escalation} == {"missed_2", "missed_3", "must_do_overdue", "silent"}


@pytest.mark.parametrize(
    ("put_off", "expected"),
    [(14, [7, 14]), (21, [7, 14, 21]), (7, [7]), (13, [7]), (5, [5]), (1, [1]), (0, [])],
)
def test_reminders_are_put_off_by_weeks(put_off: int, expected: list[int]) -> None:
    on = date(2026, 6, 2)
    found = put_off_until(on, replace(LIMITS, put_off=put_off))
    assert [(day - on).days for day in found] == expected


@pytest.mark.parametrize(
    ("days_ago", "expected"),
    [([], True), ([1], True), ([1, 30], False), ([0, 0], False), ([89, 1], False), ([90, 1], True), ([-1, 5], True)],
)
def test_twice_within_ninety_days(days_ago: list[int], expected: bool) -> None:
    on = date(2026, 6, 2)
    assert may_put_off((on - timedelta(days=count) for count in days_ago), on) is expected


class TestWindowsAhead:
    """Papers by 18 June 2026: updates are asked for from 20 May, by 17 September from 19 August."""

    ON = date(2026, 5, 4)
    JUNE, LATE_JUNE, SEPTEMBER = date(2026, 6, 18), date(2026, 6, 25), date(2026, 9, 17)

    def ahead(self, *deadlines: date, last: Window | None = None, **options: Any) -> list[tuple[date, date]]:
        given: dict[str, Any] = {"before": None, "every_months": 3, "limits": LIMITS, "on": self.ON} | options
        return [(each.opens_on, each.due_on) for each in windows_ahead(deadlines, last, **given)]

    def test_each_deadline_has_its_own(self) -> None:
        assert self.ahead(self.JUNE, self.SEPTEMBER) == [
            (date(2026, 5, 20), self.JUNE),
            (date(2026, 8, 19), self.SEPTEMBER),
        ]

    def test_boards_near_each_other_share_one(self) -> None:
        assert self.ahead(self.JUNE, self.LATE_JUNE, self.SEPTEMBER) == [
            (date(2026, 5, 20), self.JUNE),
            (date(2026, 8, 19), self.SEPTEMBER),
        ]

    def test_one_that_passed_not_long_ago_serves_the_next(self) -> None:
        last = window(date(2026, 4, 30), LIMITS)
        assert self.ahead(self.JUNE, self.SEPTEMBER, last=last) == [(date(2026, 8, 19), self.SEPTEMBER)]

    def test_an_open_one_keeps_its_days(self) -> None:
        last = window(self.JUNE, LIMITS)._replace(opens_on=date(2026, 5, 12))
        assert self.ahead(self.JUNE, last=last, on=date(2026, 5, 21)) == [(date(2026, 5, 12), self.JUNE)]

    def test_an_open_one_follows_a_moved_deadline(self) -> None:
        last, on = window(self.JUNE, LIMITS), date(2026, 5, 29)
        assert self.ahead(self.LATE_JUNE, last=last, on=on) == [(date(2026, 5, 20), self.LATE_JUNE)]

    def test_one_whose_deadline_moved_far_away_opens_anew(self) -> None:
        last, on = window(self.JUNE, LIMITS), date(2026, 5, 21)
        assert self.ahead(self.SEPTEMBER, last=last, on=on) == [(date(2026, 8, 19), self.SEPTEMBER)]
        near = date(2026, 9, 1)
        assert self.ahead(self.SEPTEMBER, last=last, before=near, on=on) == []


@pytest.mark.parametrize(
    ("first_days", "last", "expected"),
    [
        (["2026-06-02"], None, {"2026-06-02": "2026-06-02"}),
        (["2026-06-06"], None, {"2026-06-06": "2026-06-08"}),  # a Saturday
        (["2026-06-02"], "2026-05-29", {"2026-06-02": "2026-06-05"}),
        # What may go two days later waits for the next digest; what may go before it goes with it.
        (["2026-06-02", "2026-06-04"], None, {"2026-06-02": "2026-06-02", "2026-06-04": "2026-06-09"}),
        (["2026-06-02", "2026-06-04"], "2026-05-29", {"2026-06-02": "2026-06-05", "2026-06-04": "2026-06-05"}),
        (["2026-12-18", "2026-12-21"], None, {"2026-12-18": "2026-12-18", "2026-12-21": "2027-01-04"}),
        ([], None, {}),
    ],
)
def test_the_days_of_the_digests(first_days: list[str], last: str | None, expected: dict[str, str]) -> None:
    found = digest_days(map(date.fromisoformat, first_days), date.fromisoformat(last) if last else None)
    assert {str(day): str(goes) for day, goes in found.items()} == expected


@pytest.mark.parametrize(
    ("on", "every", "last"),
    [
        ("2026-06-15", 3, "2026-03-15"),
        ("2026-02-28", 3, "2025-11-30"),
        ("2026-03-01", 3, "2025-12-01"),
        ("2028-02-29", 12, "2027-02-28"),
        ("2026-06-15", 32_767, "0001-01-01"),
        ("2026-06-15", 12 * 2025, "0001-01-01"),
    ],
)
def test_the_last_report_whose_review_is_due(on: str, every: int, last: str) -> None:
    """At the end of February three days of November are due at once: the latest of them counts."""
    assert last_reviewed_by(date.fromisoformat(on), every) == date.fromisoformat(last)
