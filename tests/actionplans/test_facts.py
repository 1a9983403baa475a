"""What the database says of actions on a day: as at any date, mirrored or not, and equal to a slow, obvious count."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from actionplans.course import Duty, Life
from actionplans.facts import action_groups
from actionplans.lives import version_lives
from actionplans.models import Action, ActionPlan, ProgressUpdate
from actionplans.progress import ActionGroup, Lateness, Thresholds
from actionplans.reading import actions_on
from actionplans.services.updates import accept_update, move_date
from actionplans.states import ActionState, Confidence
from actionplans.timescale import Kind, TimePrecision, Timescale
from tests.factories import (
    make_action,
    make_date_change,
    make_earlier_must_do,
    make_in_version,
    make_plan,
    make_update,
    make_version,
    noon,
)

pytestmark = pytest.mark.django_db

USUAL = Thresholds()
DAY = timedelta(days=1)
PUBLISHED = date(2015, 1, 5)
NOT_ACCEPTED = ["draft", "submitted", "returned"]


def live_action(*, plan: ActionPlan | None = None, **fields: Any) -> Action:
    """An action in a version of its plan that is live from 5 January 2015 on."""
    action = make_action(plan=plan or make_plan(), **fields)
    version = action.plan.versions.first() or make_version(plan=action.plan, published_on=PUBLISHED)
    make_in_version(version=version, action=action)
    return action


def accepted(action: Action, reported_on: date, status: str = "in_progress", **fields: Any) -> ProgressUpdate:
    """A report as people hand it in and accept it."""
    update = make_update(action=action, reported_on=reported_on, status=status, state="submitted", **fields)
    return accept_update(update, by="test")


def moved(action: Action, decided_on: date, due_on: date | None) -> None:
    timescale = Timescale(kind=Kind.DATE, end=due_on, precision=TimePrecision.DAY) if due_on else Timescale()
    move_date(action, to=timescale, decided_on=decided_on, reason="Funding came late", by="test")


def of(plan: ActionPlan, on: date) -> list[ActionGroup]:
    return action_groups(on, USUAL).get(plan.pk, [])


def alone(action: Action, on: date) -> ActionGroup:
    """How the only action of its plan stands."""
    [group] = of(action.plan, on)
    assert group.count == 1
    return group


class TestState:
    @pytest.mark.parametrize(
        ("on", "state", "last_update"),
        [
            (date(2015, 4, 30), "not_started", None),
            (date(2015, 5, 1), "in_progress", date(2015, 5, 1)),
            (date(2015, 6, 30), "in_progress", date(2015, 5, 1)),
            (date(2015, 7, 1), "completed", date(2015, 7, 1)),
            (date(2025, 1, 1), "completed", date(2015, 7, 1)),
        ],
        ids=["before the first report", "its day", "until the next", "the next one's day", "for ever"],
    )
    def test_is_the_last_accepted_report_of_that_day_or_before(
        self, on: date, state: str, last_update: date | None
    ) -> None:
        action = live_action()
        accepted(action, date(2015, 5, 1))
        accepted(action, date(2015, 7, 1), "completed")
        assert (alone(action, on).state, alone(action, on).last_update) == (state, last_update)

    def test_counts_from_the_day_reported_whenever_it_was_accepted(self) -> None:
        action = live_action()
        make_update(action=action, reported_on=date(2015, 5, 1), accepted_at=noon(date(2019, 1, 1)))
        assert alone(action, date(2015, 5, 1)).state == "in_progress"

    @pytest.mark.parametrize("state", NOT_ACCEPTED)
    def test_nothing_that_is_not_accepted_counts(self, state: str) -> None:
        action = live_action()
        accepted(action, date(2015, 5, 1))
        make_update(action=action, reported_on=date(2015, 6, 1), status="completed", state=state)
        group = alone(action, date(2015, 7, 1))
        assert (group.state, group.last_update) == ("in_progress", date(2015, 5, 1))

    @pytest.mark.parametrize(
        ("on", "state"),
        [
            (date(2015, 5, 31), "in_progress"),
            (date(2015, 6, 1), "paused"),
            (date(2015, 6, 30), "paused"),
            (date(2015, 7, 1), "completed"),
        ],
    )
    def test_a_report_entered_late_takes_its_place_between_two(self, on: date, state: str) -> None:
        action = live_action()
        accepted(action, date(2015, 5, 1))
        accepted(action, date(2015, 7, 1), "completed")
        accepted(action, date(2015, 6, 1), "paused")
        assert alone(action, on).state == state

    @pytest.mark.parametrize("first_to_be_accepted", [0, 1], ids=["in their order", "the other way round"])
    def test_of_two_reports_of_one_day_the_one_handed_in_last_holds(self, first_to_be_accepted: int) -> None:
        action = live_action()
        handed_in = [
            make_update(action=action, reported_on=date(2015, 5, 1), status=status, state="submitted")
            for status in ("paused", "completed")
        ]
        for update in (handed_in[first_to_be_accepted], handed_in[1 - first_to_be_accepted]):
            accept_update(update, by="test")
        assert alone(action, date(2015, 4, 30)).state == "not_started"
        assert alone(action, date(2015, 5, 1)).state == "completed"
        assert alone(action, date(2015, 6, 1)).state == "completed"

    def test_the_owners_confidence_is_that_of_the_day(self) -> None:
        action = live_action()
        accepted(action, date(2015, 5, 1), confidence="off_track")
        accepted(action, date(2015, 6, 1))
        assert alone(action, date(2015, 5, 31)).confidence == Confidence.OFF_TRACK
        assert alone(action, date(2015, 6, 1)).confidence is None


class TestDueDay:
    # 31 March 2015 lies before Easter: overdue in public from 16 April. 31 March 2016: from 14 April.
    FIRST_DUE, THEN_DUE, DECIDED = date(2015, 3, 31), date(2016, 3, 31), date(2015, 5, 1)

    @pytest.mark.parametrize(
        ("on", "late"),
        [
            (date(2015, 3, 31), Lateness.NOT_DUE),
            (date(2015, 4, 1), Lateness.PASSED),
            (date(2015, 4, 15), Lateness.PASSED),
            (date(2015, 4, 16), Lateness.OVERDUE),
            (date(2015, 6, 29), Lateness.OVERDUE),
            (date(2015, 6, 30), Lateness.LONG_OVERDUE),
        ],
    )
    def test_every_step_of_lateness(self, on: date, late: Lateness) -> None:
        assert alone(live_action(due_on=self.FIRST_DUE), on).lateness == late

    def test_a_recurring_action_is_never_late(self) -> None:
        recurring = live_action(timescale_kind="recurring", review_every_months=3)
        assert alone(recurring, date(2040, 1, 1)).lateness == Lateness.NOT_DUE

    @pytest.mark.parametrize(
        ("on", "late"),
        [
            (date(2015, 4, 30), Lateness.OVERDUE),
            (date(2015, 5, 1), Lateness.NOT_DUE),
            (date(2016, 3, 31), Lateness.NOT_DUE),
            (date(2016, 4, 13), Lateness.PASSED),
            (date(2016, 4, 14), Lateness.OVERDUE),
        ],
        ids=["the day before it was decided", "from the decision", "the new day", "after it", "overdue again"],
    )
    def test_a_moved_date_holds_from_its_decision_and_can_be_missed_again(self, on: date, late: Lateness) -> None:
        action = live_action(due_on=self.FIRST_DUE)
        moved(action, self.DECIDED, self.THEN_DUE)
        assert alone(action, on).lateness == late

    def test_moved_to_no_date_it_is_no_longer_late(self) -> None:
        action = live_action(due_on=self.FIRST_DUE)
        moved(action, self.DECIDED, None)
        assert alone(action, self.DECIDED - DAY).lateness == Lateness.OVERDUE
        assert alone(action, self.DECIDED).lateness == Lateness.NOT_DUE
        assert alone(action, date(2030, 1, 1)).lateness == Lateness.NOT_DUE

    def test_an_action_without_a_date_gets_one(self) -> None:
        action = live_action()
        moved(action, self.DECIDED, date(2015, 5, 29))
        assert alone(action, date(2015, 4, 30)).lateness == Lateness.NOT_DUE
        assert alone(action, date(2015, 6, 30)).lateness == Lateness.OVERDUE

    def test_moved_forward_it_may_be_overdue_at_once(self) -> None:
        action = live_action(due_on=self.THEN_DUE)
        moved(action, self.DECIDED, self.FIRST_DUE)
        assert alone(action, self.DECIDED - DAY).lateness == Lateness.NOT_DUE
        assert alone(action, self.DECIDED).lateness == Lateness.OVERDUE

    def test_moved_twice_and_twice_on_one_day_the_last_move_of_the_day_holds(self) -> None:
        action = live_action(due_on=self.FIRST_DUE)
        moved(action, date(2015, 5, 1), date(2015, 6, 1))
        moved(action, date(2015, 9, 1), date(2015, 9, 2))
        moved(action, date(2015, 9, 1), date(2016, 1, 1))
        assert alone(action, date(2015, 8, 31)).lateness == Lateness.LONG_OVERDUE
        assert alone(action, date(2015, 10, 1)).lateness == Lateness.NOT_DUE


class TestVersions:
    @pytest.mark.parametrize(
        ("on", "states"),
        [
            (date(2015, 1, 4), []),
            (date(2015, 1, 5), ["in_progress", "not_started"]),
            (date(2015, 8, 31), ["in_progress", "not_started"]),
            (date(2015, 9, 1), ["in_progress", "in_progress", "paused"]),
            (date(2016, 2, 29), ["in_progress", "in_progress", "paused"]),
            (date(2016, 3, 1), []),
        ],
        ids=["before", "first version", "its last day", "next version", "its last day again", "withdrawn"],
    )
    def test_the_actions_of_the_version_live_on_the_day(self, on: date, states: list[str]) -> None:
        plan = make_plan()
        first = make_version(plan=plan, published_on=PUBLISHED, superseded_on=date(2015, 9, 1))
        second = make_version(plan=plan, published_on=date(2015, 9, 1), withdrawn_on=date(2016, 3, 1))
        carried, dropped, new, newer = (make_action(plan=plan) for _ in range(4))
        for version, actions in ((first, [carried, dropped]), (second, [carried, new, newer])):
            for action in actions:
                make_in_version(version=version, action=action)
        accepted(carried, PUBLISHED)
        accepted(new, date(2015, 2, 1), "paused")
        accepted(newer, date(2015, 2, 1))
        assert sorted(group.state for group in of(plan, on) for _ in range(group.count)) == states

    def test_a_draft_does_not_count(self) -> None:
        line = make_in_version(version=make_version())
        assert of(line.action.plan, date(2030, 1, 1)) == []

    def test_an_action_outside_every_version_does_not_count(self) -> None:
        inside = live_action()
        make_action(plan=inside.plan)
        assert alone(inside, date(2016, 1, 1)).count == 1

    def test_a_related_plan_never_counts(self) -> None:
        related = live_action(plan=make_plan(kind="related"))
        assert of(related.plan, date(2016, 1, 1)) == []


class TestMustDo:
    """It decides the delivery status of its plan: a publication changes it for no day before."""

    DAYS = (date(2015, 7, 31), date(2015, 8, 1), date(2015, 8, 31), date(2015, 9, 1))

    def told(self, action: Action) -> list[bool]:
        """On each of these days, as it is counted; as it is shown it is the same."""
        version = action.in_versions.get().version_id
        counted = [alone(action, on).must_do for on in self.DAYS]
        assert [actions_on([version], on, USUAL)[0].must_do for on in self.DAYS] == counted
        return counted

    def test_before_between_and_after(self) -> None:
        action = live_action(due_on=date(2015, 1, 31), must_do=False)
        make_earlier_must_do(action=action, must_do=False, until_on=date(2015, 8, 1))
        make_earlier_must_do(action=action, must_do=True, from_on=date(2015, 8, 1), until_on=date(2015, 9, 1))
        assert self.told(action) == [False, True, True, False]
        [version] = version_lives()[action.plan_id]
        assert version.actions == (
            Life(date(2015, 1, 31), False, (), (), (
                Duty(date.min, date(2015, 8, 1), False), Duty(date(2015, 8, 1), date(2015, 9, 1), True)
            )),
        )  # fmt: skip

    def test_of_the_action_that_is_mirrored(self) -> None:
        source = make_action(due_on=date(2015, 1, 31))
        make_earlier_must_do(action=source, must_do=True, until_on=date(2015, 8, 1))
        mirror = live_action(mirrors=source)
        assert self.told(mirror) == [True, False, False, False]


class TestMirrored:
    def test_it_has_its_sources_state_due_day_and_duty(self) -> None:
        source = live_action(due_on=date(2015, 3, 31), must_do=True)
        accepted(source, date(2015, 5, 1), "paused", confidence="at_risk")
        mirror = live_action(mirrors=source, due_on=date(2030, 1, 1))
        group = alone(mirror, date(2015, 6, 30))
        assert (group.state, group.confidence, group.last_update) == ("paused", "at_risk", date(2015, 5, 1))
        assert (group.lateness, group.must_do) == (Lateness.LONG_OVERDUE, True)

    def test_it_names_the_live_plan_that_counts_it_itself(self) -> None:
        source = live_action()
        mirror = live_action(mirrors=source)
        assert alone(mirror, date(2015, 6, 30)).mirrored_plan == source.plan_id
        assert alone(source, date(2015, 6, 30)).mirrored_plan is None

    def test_it_follows_its_sources_moved_date(self) -> None:
        source = live_action(due_on=date(2015, 3, 31))
        mirror = live_action(mirrors=source)
        moved(source, date(2015, 5, 1), date(2016, 3, 31))
        assert alone(mirror, date(2015, 4, 30)).lateness == Lateness.OVERDUE
        assert alone(mirror, date(2015, 5, 1)).lateness == Lateness.NOT_DUE

    def test_it_follows_a_source_whose_own_plan_is_not_live(self) -> None:
        source = make_action(due_on=date(2015, 3, 31))
        accepted(source, date(2015, 5, 1), "completed")
        assert alone(live_action(mirrors=source), date(2015, 6, 1)).state == "completed"


def test_actions_that_stand_alike_are_counted_together() -> None:
    plan = make_plan()
    for day in (date(2015, 5, 1), date(2015, 6, 1), date(2015, 4, 1)):
        accepted(live_action(plan=plan), day)
    late = live_action(plan=plan, due_on=date(2015, 3, 31))
    assert Counter(of(plan, date(2015, 6, 1))) == Counter(
        [
            ActionGroup(state=ActionState.IN_PROGRESS, count=3, last_update=date(2015, 6, 1)),
            ActionGroup(lateness=Lateness.OVERDUE, earliest_due=date(2015, 3, 31)),
        ]
    )
    assert late.plan == plan


@pytest.mark.parametrize("actions", [1, 50])
def test_one_query_whatever_the_number_of_actions(
    actions: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for _ in range(actions):
        source = live_action(due_on=date(2015, 3, 31))
        make_update(action=source, reported_on=date(2015, 5, 1))
        make_date_change(action=source, decided_on=date(2015, 6, 1), due_on=date(2016, 1, 1))
        live_action(plan=source.plan, mirrors=source)
    with django_assert_num_queries(1):
        assert len(action_groups(date(2015, 7, 1), USUAL)) == actions


def test_of_some_plans_only() -> None:
    wanted, other = live_action(), live_action()
    assert action_groups(date(2015, 7, 1), USUAL, plans=[wanted.plan_id]).keys() == {wanted.plan_id}
    assert action_groups(date(2015, 7, 1), USUAL).keys() == {wanted.plan_id, other.plan_id}
    assert action_groups(date(2015, 7, 1), USUAL, plans=[]) == {}
