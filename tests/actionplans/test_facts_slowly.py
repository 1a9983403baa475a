"""The grouped SQL equals a slow, obvious count, action by action, on small random countries and several days."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from actionplans.facts import action_groups
from actionplans.models import Action, ActionInVersion, ActionPlan, PlanVersion, ProgressUpdate
from actionplans.progress import Lateness, Thresholds, cutoffs, lateness
from actionplans.services.updates import accept_update, move_date
from actionplans.states import ActionState, Confidence
from actionplans.timescale import Kind, TimePrecision, Timescale
from tests.actionplans.reporting import one_in_hand
from tests.factories import (
    make_action,
    make_earlier_must_do,
    make_in_version,
    make_partnership,
    make_plan,
    make_update,
    make_version,
)

pytestmark = pytest.mark.django_db

USUAL = Thresholds()
DAY = timedelta(days=1)
NOT_ACCEPTED = ["draft", "submitted", "returned"]

SPRING = [date(2015, 3, 2) + DAY * number for number in range(0, 120, 8)]
SOME_DAY = st.sampled_from(SPRING)
REPORTS = st.tuples(
    SOME_DAY,
    st.sampled_from(ActionState),
    st.sampled_from(["", *Confidence]),
    st.sampled_from(["accepted", "accepted", "accepted", *NOT_ACCEPTED]),
)
ACTIONS = st.fixed_dictionaries(
    {
        "due_on": st.none() | SOME_DAY,
        "must_do": st.booleans(),
        "earlier": st.lists(SOME_DAY, max_size=2, unique=True).map(sorted),
        "mirrors": st.none() | st.integers(0, 3),
        "versions": st.sets(st.integers(0, 1), min_size=1),
        "reports": st.lists(REPORTS, max_size=3).filter(one_in_hand),
        "moves": st.lists(st.tuples(SOME_DAY, st.none() | SOME_DAY), max_size=2).map(
            lambda moves: sorted(moves, key=lambda move: move[0])
        ),
    }
)
PLANS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["concordat", "concordat", "concordat", "related"]),
        "published": st.lists(SOME_DAY, min_size=2, max_size=2, unique=True).map(sorted),
        "withdrawn_on": st.none() | SOME_DAY,
        "actions": st.lists(ACTIONS, min_size=1, max_size=3),
    }
)
# Each example fills tables: looking for the smallest failing one would take minutes.
QUICKLY = [Phase.explicit, Phase.reuse, Phase.generate]
COUNTRIES = st.lists(PLANS, min_size=1, max_size=2)
THRESHOLDS = st.builds(
    Thresholds, overdue_after_working_days=st.integers(0, 12), must_do_overdue_days=st.integers(0, 60)
)


def moved(action: Action, decided_on: date, due_on: date | None) -> None:
    timescale = Timescale(kind=Kind.DATE, end=due_on, precision=TimePrecision.DAY) if due_on else Timescale()
    move_date(action, to=timescale, decided_on=decided_on, reason="Funding came late", by="test")


@contextmanager
def afterwards_gone() -> Iterator[None]:
    """One example of many in one test: nothing of it stays."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def build(country: list[dict[str, Any]], chance: Random) -> list[Action]:
    """The country's plans and actions; reports are handed in in one order and accepted in another."""
    partnership = make_partnership()
    actions: list[Action] = []
    for plan in country:
        actions += _build_plan(plan, make_plan(partnership=partnership, kind=plan["kind"]), actions)
    waiting = []
    for action, told in zip(actions, [action for plan in country for action in plan["actions"]], strict=True):
        for due in () if action.mirrors_id else told["moves"]:
            moved(action, *due)
        waiting += [] if action.mirrors_id else [_hand_in(action, *report) for report in told["reports"]]
    chance.shuffle(waiting)
    for update in waiting:
        if update.state == "submitted" and not update.internal_note:
            accept_update(update, by="test")
    return actions


def _build_plan(told: dict[str, Any], plan: ActionPlan, others: list[Action]) -> list[Action]:
    first_on, second_on = told["published"]
    withdrawn_on = told["withdrawn_on"] and max(told["withdrawn_on"], second_on)
    versions = [
        make_version(plan=plan, published_on=first_on, superseded_on=second_on),
        make_version(plan=plan, published_on=second_on, withdrawn_on=withdrawn_on),
    ]
    actions = []
    for line in told["actions"]:
        sources = [other for other in others if not other.mirrors_id]
        mirrors = sources[line["mirrors"] % len(sources)] if sources and line["mirrors"] is not None else None
        action = make_action(plan=plan, due_on=line["due_on"], must_do=line["must_do"], mirrors=mirrors)
        since = None
        for until_on in line["earlier"]:
            make_earlier_must_do(
                action=action, must_do=line["must_do"] is bool(since), from_on=since, until_on=until_on
            )
            since = until_on
        for number in line["versions"]:
            make_in_version(version=versions[number], action=action)
        actions.append(action)
    return actions


def _hand_in(action: Action, day: date, status: str, confidence: str, state: str) -> ProgressUpdate:
    """A report; one that will be accepted waits for it, one that stays waiting is marked in its internal note."""
    return make_update(
        action=action,
        reported_on=day,
        status=status,
        confidence=confidence,
        state="submitted" if state == "accepted" else state,
        internal_note="" if state == "accepted" else "stays as it is",
        reason="Said for whatever needs a reason",
    )


NEEDED = [
    f"action__{path}{rows}" for path in ("", "mirrors__") for rows in ("updates", "date_changes", "earlier_must_dos")
]
Stands = tuple[int, str, str | None, Lateness, bool]


def slowly(on: date, thresholds: Thresholds) -> dict[Stands, tuple[int, date | None]]:
    """Action by action: how many stand how on the day, and their latest report."""
    found: dict[Stands, list[date | None]] = {}
    for version in PlanVersion.objects.exclude(published_on=None).filter(plan__kind="concordat"):
        ended = [day for day in (version.superseded_on, version.withdrawn_on) if day and day <= on]
        if version.published_on > on or ended:
            continue
        lines = ActionInVersion.objects.filter(version=version).select_related("action__mirrors")
        for line in lines.prefetch_related(*NEEDED):
            stands, reported_on = _one(line.action, on, thresholds)
            found.setdefault(stands, []).append(reported_on)
    return {stands: (len(days), max((day for day in days if day), default=None)) for stands, days in found.items()}


def _one(action: Action, on: date, thresholds: Thresholds) -> tuple[Stands, date | None]:
    kept = action.mirrors or action
    reports = [update for update in kept.updates.all() if update.state == "accepted" and update.reported_on <= on]
    moves = [move for move in kept.date_changes.all() if move.decided_on <= on]
    last = max(reports, key=lambda update: (update.reported_on, update.pk), default=None)
    due_on = max(moves, key=lambda move: (move.decided_on, move.pk)).due_on if moves else kept.due_on
    stands = (
        action.plan_id,
        last.status if last else "not_started",
        last.confidence or None if last else None,
        lateness(due_on, cutoffs(on, thresholds)),
        next((row.must_do for row in kept.earlier_must_dos.all() if row.holds_on(on)), kept.must_do),
    )
    return stands, last.reported_on if last else None


def quickly(on: date, thresholds: Thresholds) -> dict[Stands, tuple[int, date | None]]:
    """The same from the grouped SQL; each group stands apart from every other."""
    rows = [
        ((plan, each.state, each.confidence, each.lateness, each.must_do), each)
        for plan, groups in action_groups(on, thresholds).items()
        for each in groups
    ]
    found: dict[Stands, tuple[int, date | None]] = {}
    for stands, group in rows:
        count, last = found.get(stands, (0, None))
        found[stands] = count + group.count, max(filter(None, [last, group.last_update]), default=None)
    return found


@settings(max_examples=15, deadline=None, phases=QUICKLY)
@given(COUNTRIES, THRESHOLDS, st.randoms(use_true_random=False))
def test_the_grouped_sql_equals_a_slow_count(
    country: list[dict[str, Any]], thresholds: Thresholds, chance: Random
) -> None:
    with afterwards_gone():
        build(country, chance)
        for on in (SPRING[2], SPRING[7], SPRING[11], SPRING[-1] + DAY * 40):
            assert quickly(on, thresholds) == slowly(on, thresholds), on


@settings(max_examples=10, deadline=None, phases=QUICKLY)
@given(
    COUNTRIES,
    SOME_DAY,
    st.lists(REPORTS, min_size=1, max_size=4).filter(one_in_hand),
    st.randoms(use_true_random=False),
)
def test_what_happened_later_or_was_not_accepted_never_changes_a_day(
    country: list[dict[str, Any]], on: date, reports: list[Any], chance: Random
) -> None:
    with afterwards_gone():
        action = chance.choice([action for action in build(country, chance) if not action.mirrors_id])
        before = quickly(on, USUAL)
        action.updates.filter(state__in=["draft", "returned"]).update(state="submitted")  # it makes room for another
        for day, status, confidence, state in reports:
            happened_on = max(day, on + DAY) if state == "accepted" else day
            update = _hand_in(action, happened_on, status, confidence, state)
            if state == "accepted":
                accept_update(update, by="test")
        moved(action, max([on, *(move.decided_on for move in action.date_changes.all())]) + DAY, date(2015, 1, 1))
        later = make_version(plan=action.plan, published_on=on + DAY, superseded_on=on + DAY * 2)
        make_in_version(action=action, version=later)
        assert quickly(on, USUAL) == before
