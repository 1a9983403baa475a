"""The course of a plan's delivery: each change of its status, and none that the rule of a single day would not give."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionplans.course import Duty, Life, Move, Report, Step, VersionLife, course
from actionplans.progress import (
    ActionGroup,
    Lateness,
    PlanOnDay,
    Thresholds,
    cutoffs,
    delivery,
    late_from,
    lateness,
    tally,
)
from actionplans.states import ActionState, Confidence, Delivery

PUBLISHED = date(2015, 1, 5)
UNTIL = date(2016, 12, 31)
USUAL = Thresholds()
DAY = timedelta(days=1)


def told(versions: Sequence[VersionLife], until: date = UNTIL, thresholds: Thresholds = USUAL) -> list[tuple[str, str]]:
    return [
        (str(step.on), step.status.value if step.status else "none") for step in course(versions, thresholds, until)
    ]


def completed(on: date, state: ActionState = ActionState.COMPLETED) -> Report:
    return Report(on, None, state)


def test_a_plan_without_actions_says_nothing() -> None:
    assert told([VersionLife(PUBLISHED)]) == []


def test_a_plan_whose_versions_are_all_still_to_come_says_nothing() -> None:
    assert told([VersionLife(UNTIL + DAY, actions=(Life(),))]) == []


def test_a_version_replaced_on_its_own_day_says_nothing() -> None:
    assert told([VersionLife(PUBLISHED, until_on=PUBLISHED, actions=(Life(),))]) == []


def test_from_its_publication_to_silence() -> None:
    assert told([VersionLife(PUBLISHED, actions=(Life(),))]) == [
        ("2015-01-05", "not_started"),
        ("2015-07-06", "no_recent_update"),
    ]


def test_from_late_to_done() -> None:
    """Due on Tuesday 31 March 2015; the tenth working day after it, with Easter between, is 16 April."""
    report = completed(date(2015, 5, 1))
    life = Life(due_on=date(2015, 3, 31), reports=(report,))
    assert told([VersionLife(PUBLISHED, actions=(life,))]) == [
        ("2015-01-05", "not_started"),
        ("2015-04-01", "on_track"),  # something is due now, and nothing overdue in public yet
        ("2015-04-16", "off_track"),
        ("2015-05-01", "delivered"),
    ]


def test_a_moved_date_takes_the_lateness_away_and_brings_another() -> None:
    move = Move(date(2015, 4, 20), None, date(2015, 6, 30))
    life = Life(due_on=date(2015, 3, 31), moves=(move,), reports=(Report(PUBLISHED, None, ActionState.IN_PROGRESS),))
    assert told([VersionLife(PUBLISHED, actions=(life,))], until=date(2015, 7, 20)) == [
        ("2015-01-05", "on_track"),
        ("2015-04-16", "off_track"),
        ("2015-04-20", "on_track"),
        ("2015-07-06", "no_recent_update"),
    ]


def test_a_newer_version_brings_its_own_actions() -> None:
    first = VersionLife(PUBLISHED, date(2015, 6, 1), actions=(Life(reports=(completed(date(2015, 3, 2)),)),))
    second = VersionLife(date(2015, 6, 1), actions=(Life(),))
    assert told([first, second]) == [
        ("2015-01-05", "not_started"),
        ("2015-03-02", "delivered"),
        ("2015-06-01", "not_started"),
        ("2015-12-02", "no_recent_update"),
    ]


def test_a_withdrawn_plan_says_nothing_from_then_on() -> None:
    version = VersionLife(PUBLISHED, date(2015, 3, 1), actions=(Life(),))
    assert told([version]) == [("2015-01-05", "not_started"), ("2015-03-01", "none")]


def test_the_end_of_its_period() -> None:
    report = completed(date(2015, 2, 2))
    version = VersionLife(PUBLISHED, period_ends_on=date(2015, 3, 31), actions=(Life(), Life(reports=(report,))))
    assert told([version])[-1] == ("2015-04-01", "delivered_in_part")


def test_nothing_after_the_last_day_asked_for() -> None:
    assert told([VersionLife(PUBLISHED, actions=(Life(),))], until=date(2015, 7, 5)) == [("2015-01-05", "not_started")]


@pytest.mark.parametrize("due_on", [date(2015, 4, 2), date(2015, 12, 24), date(2016, 2, 29), date(2016, 5, 1)])
@pytest.mark.parametrize(
    "thresholds",
    [USUAL, Thresholds(overdue_after_working_days=0), Thresholds(must_do_overdue_days=3), Thresholds(6, 0, 0, 1)],
)
def test_late_from_names_the_days_on_which_lateness_changes(due_on: date, thresholds: Thresholds) -> None:
    days = [due_on + DAY * number for number in range(-3, 130)]
    late = {day: lateness(due_on, cutoffs(day, thresholds)) for day in days}
    for step, first in late_from(due_on, thresholds).items():
        assert first == min(day for day in days if late[day] >= step), step


DATES = st.dates(date(2015, 1, 1), date(2015, 12, 31))


@st.composite
def spans(draw: st.DrawFn) -> list[tuple[date, date | None]]:
    starts = sorted(draw(st.lists(DATES, max_size=3)))
    return list(zip(starts, [*starts[1:], None], strict=False))


@st.composite
def lives(draw: st.DrawFn) -> Life:
    return Life(
        due_on=draw(st.none() | DATES),
        must_do=draw(st.booleans()),
        reports=tuple(
            Report(*span, draw(st.sampled_from(ActionState)), draw(st.none() | st.sampled_from(Confidence)))
            for span in draw(spans())
        ),
        moves=tuple(Move(*span, draw(st.none() | DATES)) for span in draw(spans())),
        earlier=tuple(Duty(*span, draw(st.booleans())) for span in draw(spans()) if span[1]),
    )


@st.composite
def versions_of_a_plan(draw: st.DrawFn) -> list[VersionLife]:
    begun = sorted(draw(st.lists(DATES, min_size=1, max_size=3, unique=True)))
    ends: list[date | None] = [*begun[1:], draw(st.none() | st.just(begun[-1] + 100 * DAY))]
    return [
        VersionLife(start, end, draw(st.none() | DATES), tuple(draw(st.lists(lives(), max_size=3))))
        for start, end in zip(begun, ends, strict=True)
    ]


def on_a_day(versions: list[VersionLife], on: date, thresholds: Thresholds) -> Delivery | None:
    """The same question for one day, slowly: every action on its own, by the rule of a single day."""
    live = [version for version in versions if version.is_live(on)]
    if not live:
        return None
    cut = cutoffs(on, thresholds)
    groups = []
    for version in live:
        for life in version.actions:
            report = next((each for each in life.reports if each.holds(on)), None)
            move = next((each for each in life.moves if each.holds(on)), None)
            due_on = move.due_on if move else life.due_on
            duty = next((each for each in life.earlier if each.holds(on)), None)
            groups.append(
                ActionGroup(
                    state=report.state if report else ActionState.NOT_STARTED,
                    confidence=report.confidence if report else None,
                    lateness=lateness(due_on, cut),
                    must_do=duty.must_do if duty else life.must_do,
                    last_update=report.from_on if report else None,
                )
            )
    return delivery(PlanOnDay(live[-1].published_on, live[-1].period_ends_on, tally(groups)), on, thresholds)


@settings(max_examples=60, deadline=None)
@given(versions_of_a_plan(), st.sampled_from([USUAL, Thresholds(2, 3, 20, 50)]))
def test_the_course_is_the_rule_of_a_single_day_on_every_day(versions: list[VersionLife], usual: Thresholds) -> None:
    last = date(2016, 9, 30)
    steps = course(versions, usual, last)
    assert all(one.status is not other.status for one, other in pairwise(steps))
    status: Delivery | None = None
    days = {step.on: step for step in steps}
    for number in range((last - date(2014, 12, 31)).days + 1):
        on = date(2014, 12, 31) + number * DAY
        status = days.get(on, Step(on, status)).status
        assert status is on_a_day(versions, on, usual), on


def test_the_lateness_words_are_in_order() -> None:
    assert list(late_from(PUBLISHED, USUAL)) == [Lateness.PASSED, Lateness.OVERDUE, Lateness.LONG_OVERDUE]
