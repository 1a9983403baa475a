"""Two people do the same thing at the same moment: real threads with connections of their own, on either database.

Each case runs a few rounds on fresh rows, so that the threads meet in more than one way. Whoever comes second
is told so in a sentence or takes the next place; nobody meets a deadlock, and what holds when stays a chain.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import pairwise
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from actionplans.models import Action, ActionPlan, PlanVersion, ProgressUpdate
from actionplans.services.drafting import begin_version
from actionplans.services.plans import IN_HAND_ALREADY, publish_version
from actionplans.services.updates import accept_update, move_date
from actionplans.timescale import Kind, TimePrecision, Timescale
from concordat.kernel.models import Change
from signatories.services.errors import NotAllowedError
from tests.actionplans.reporting import report
from tests.factories import (
    make_action,
    make_area,
    make_declaration,
    make_in_version,
    make_person,
    make_plan,
    make_update,
    make_version,
)

pytestmark = pytest.mark.django_db(transaction=True)

APRIL, MAY, JUNE, JULY = (date(2015, month, 1) for month in (4, 5, 6, 7))
ROUNDS = 4
DONE = "done"
Step = Callable[[], Any]


@pytest.fixture(autouse=True)
def _a_database_that_threads_share(transactional_db: None) -> None:
    """On SQLite a file: threads of one process do not meet in memory as processes do in a file."""
    in_memory = connection.vendor == "sqlite" and connection.is_in_memory_db()
    assert not in_memory, "the tests' SQLite database must be a file"


def at_once(*steps: Step) -> list[str]:
    """What each step came to, in its own thread: done, or the name of what it raised. All are let go together."""
    gate = Barrier(len(steps), timeout=10)
    outcomes = [""] * len(steps)
    threads = [Thread(target=_take, args=(step, gate, outcomes, number)) for number, step in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"
    return outcomes


def _take(step: Step, gate: Barrier, outcomes: list[str], number: int) -> None:
    try:
        connection.ensure_connection()
        gate.wait()
        step()
        outcomes[number] = DONE
    except Exception as error:
        outcomes[number] = f"{type(error).__name__}: {error}"
    finally:
        connection.close()


def waiting(action: Action, reported_on: date) -> ProgressUpdate:
    return make_update(action=action, reported_on=reported_on, state="submitted")


def acceptance(update: ProgressUpdate, by: Any = "test") -> Step:
    """Accepting it from a page of one's own, read before anybody accepted it."""
    return partial(accept_update, ProgressUpdate.objects.get(pk=update.pk), by=by, on=JULY)


def chain(action: Action) -> list[tuple[date, date | None]]:
    reports = action.updates.filter(state="accepted").order_by("reported_on", "id")
    return list(reports.values_list("reported_on", "until_on"))


def expected_chain(*days: date) -> list[tuple[date, date | None]]:
    return list(pairwise([*sorted(days), None]))


class TestAccepting:
    def test_the_same_report_exactly_one_of_two_people_wins(self) -> None:
        for _ in range(ROUNDS):
            action, people = make_action(), [make_person(), make_person()]
            make_update(action=action, reported_on=APRIL)
            update = waiting(action, MAY)
            outcomes = at_once(*(acceptance(update, by=person) for person in people))
            assert sorted(outcomes) == [
                "NotAllowedError: Only an update that waits for acceptance can be accepted.",
                DONE,
            ]
            winner = people[outcomes.index(DONE)]
            update.refresh_from_db()
            assert (update.state, update.accepted_by) == ("accepted", winner)
            assert [change.by for change in Change.objects.about(update)] == [winner]
            assert chain(action) == expected_chain(APRIL, MAY)

    @pytest.mark.parametrize(
        ("days", "before"),
        [
            ([MAY, JUNE], []),
            ([JUNE, MAY], [APRIL, JULY]),
            ([MAY, MAY], [MAY]),
            ([JULY, MAY, APRIL, JUNE], []),
        ],
        ids=["the first ones", "between two", "all of one day", "four people"],
    )
    def test_different_reports_of_one_action_both_win_and_stay_a_chain(
        self, days: list[date], before: list[date]
    ) -> None:
        for _ in range(ROUNDS):
            action = make_action()
            for day in before:
                accept_update(waiting(action, day), by="test")
            steps = [acceptance(waiting(action, day)) for day in days]
            assert at_once(*steps) == [DONE] * len(days)
            assert chain(action) == expected_chain(*before, *days)

    def test_while_others_report_on_the_action_and_move_its_date(self) -> None:
        for _ in range(ROUNDS):
            action = make_action(due_on=date(2015, 3, 31))
            target, other = make_action(plan=action.plan), make_action(plan=action.plan)
            outcomes = at_once(
                acceptance(waiting(action, MAY)),
                partial(report, other, JUNE, "paused"),
                partial(move_date, action, to=_to(JULY), decided_on=MAY, reason="Late funding", by="test"),
                partial(report, target, JUNE, "merged", merged_into_id=action.pk),
            )
            assert outcomes == [DONE] * 4
            assert chain(action) == expected_chain(MAY)
            assert action.date_changes.count() == other.updates.filter(state="submitted").count() == 1


def _to(due_on: date) -> Timescale:
    return Timescale(kind=Kind.DATE, end=due_on, precision=TimePrecision.DAY)


class TestMovingADate:
    def test_both_moves_of_one_day_are_kept_one_after_the_other(self) -> None:
        for _ in range(ROUNDS):
            action = make_action(due_on=APRIL)
            outcomes = at_once(*(_move(action, to, MAY) for to in (JUNE, JULY)))
            assert outcomes == [DONE, DONE]
            first, second = action.date_changes.order_by("id")
            assert (first.old_due_on, first.until_on) == (APRIL, MAY)
            assert (second.old_due_on, second.until_on) == (first.due_on, None)

    def test_the_earlier_decision_comes_first_whichever_is_written_first(self) -> None:
        for _ in range(ROUNDS):
            action = make_action(due_on=APRIL)
            earlier, later = at_once(_move(action, JULY, MAY), _move(action, JULY, JUNE))
            assert (earlier, later) == (DONE, DONE)
            decided = list(action.date_changes.order_by("decided_on").values_list("decided_on", "until_on"))
            assert decided == expected_chain(MAY, JUNE)


def _move(action: Action, to: date, decided_on: date) -> Step:
    read = Action.objects.get(pk=action.pk)
    return partial(move_date, read, to=_to(to), decided_on=decided_on, reason="Late funding", by="test")


def _declared_plan() -> ActionPlan:
    area = make_area()
    make_declaration(areas=[area], published_on=date(2014, 12, 1))
    return make_plan(areas=[area])


def _publication(version: PlanVersion, on: date) -> Step:
    return partial(publish_version, PlanVersion.objects.get(pk=version.pk), on=on, by="test")


def _lives(plan: ActionPlan) -> list[tuple[date, date | None]]:
    rows = plan.versions.order_by("published_on", "superseded_on", "id")
    return sorted(rows.values_list("published_on", "superseded_on"), key=lambda life: (life[0], life[1] or date.max))


class TestPublishing:
    def test_the_same_version_exactly_one_of_two_people_wins(self) -> None:
        for _ in range(ROUNDS):
            plan = _declared_plan()
            make_version(plan=plan, published_on=APRIL)
            version = make_version(plan=plan)
            outcomes = at_once(_publication(version, MAY), _publication(version, JUNE))
            assert sorted(outcomes) == ["NotAllowedError: It is published already.", DONE]
            assert _lives(plan) == expected_chain(APRIL, (MAY, JUNE)[outcomes.index(DONE)])
            assert Change.objects.about(version).count() == 1

    def test_of_two_people_who_begin_the_next_version_exactly_one_wins(self) -> None:
        for _ in range(ROUNDS):
            plan = _declared_plan()
            line = make_in_version(version=make_version(plan=plan, published_on=APRIL))
            outcomes = at_once(*[partial(begin_version, plan, by="test", on=JUNE)] * 2)
            assert sorted(outcomes) == [f"NotAllowedError: {IN_HAND_ALREADY}", DONE]
            assert list(plan.versions.in_hand().get().actions.values_list("action", flat=True)) == [line.action_id]


def test_a_refusal_reaches_its_own_thread_alone() -> None:
    """What the cases above lean on: a step that fails is told apart from one that succeeds."""

    def refuse() -> None:
        raise NotAllowedError("Not now.")

    assert at_once(refuse, lambda: None) == ["NotAllowedError: Not now.", DONE]
