"""What is behind the remarks of one partnership, however many there are. A fixed number of queries. Days in London."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Model

from actionplans.chasing import facts
from actionplans.chasing.facts import ACTION, PARTNERSHIP, Asked, Root, Rows
from actionplans.chasing.national import MILESTONE, PLAN, REVIEW_ROUND
from actionplans.chasing.policy import LADDER, Rule
from actionplans.chasing.windows import limits_of
from actionplans.models import Action, ActionPlan
from signatories.models import ChasingHold, Milestone, Notice, Partnership, ReviewRound, Role

ANSWERING = frozenset({Rule.OPENS, Rule.NUDGE, Rule.LAST_NOTICE})
CLOSING = frozenset({Rule.CLOSING, Rule.LAST_NOTICE})
MODELS: Mapping[str, type[Model]] = {
    ACTION: Action,
    PLAN: ActionPlan,
    MILESTONE: Milestone,
    REVIEW_ROUND: ReviewRound,
}


class Behind:
    """The things that remarks are about: actions, plans, national dates, rounds. At most ten queries."""

    def __init__(
        self, notices: Iterable[Notice], partnership: Partnership, on: date, holds: Iterable[ChasingHold] = ()
    ) -> None:
        notices = list(notices)
        self._in_windows = self._windows(notices, partnership, on)
        named: dict[str, set[int]] = defaultdict(set)
        for row in notices:
            named[row.subject_type].add(row.subject_id)
        for hold in holds:
            if hold.subject_id is not None:
                named[hold.subject_type].add(hold.subject_id)
        named[ACTION] |= {each for found in self._in_windows.values() for each in found}
        self._rows: dict[str, Mapping[int, Any]] = {
            kind: {row.pk: row for row in model._default_manager.filter(pk__in=named[kind])}
            for kind, model in MODELS.items()
            if named[kind]
        }

    def actions_of(self, row: Notice) -> list[Action]:
        """The actions that the remark is about, the oldest first."""
        if row.subject_type == ACTION:
            ids: Iterable[int] = [row.subject_id]
        else:
            ids = self._in_windows.get((Rule(row.rule), row.person_id), ())
        actions = self._rows.get(ACTION, {})
        return [actions[each] for each in sorted(ids) if each in actions]

    def other_of(self, row: Notice) -> Milestone | ReviewRound | ActionPlan | None:
        """The plan, national date or round that the remark is about, if it is about one."""
        found = self._rows.get(row.subject_type, {}).get(row.subject_id)
        return None if isinstance(found, Action) else found

    def title_of(self, kind: str, pk: int | None) -> str:
        """What an action, plan, national date or round is called."""
        found = self._rows.get(kind, {}).get(pk or 0)
        return title(found) if found else ""

    def _windows(
        self, notices: list[Notice], partnership: Partnership, on: date
    ) -> Mapping[tuple[Rule, int], set[int]]:
        rules = {Rule(row.rule) for row in notices if row.subject_type == PARTNERSHIP}
        found: dict[tuple[Rule, int], set[int]] = defaultdict(set)
        if not rules:
            return found
        asked = Asked(on, limits_of(partnership.programme), partnership.programme_id, partnership=partnership.pk)
        for answers, root, rows in _sources(asked):
            if not rules.isdisjoint(answers):
                for who, action in rows.order_by().values_list("who", root.key).distinct():
                    for rule in answers:
                        found[rule, who].add(action)
        return found


def _sources(asked: Asked) -> Iterator[tuple[frozenset[Rule], Root, Rows]]:
    """Which rules of a window are about which actions of whom."""
    for root in (facts.by_owner(asked), facts.without_owner(asked)):
        yield ANSWERING, root, facts.of_window(root, asked, facts.ANSWERING)
    root = facts.by_role(asked, Role.COORDINATOR)
    yield CLOSING, root, facts.of_window(root, asked, facts.CLOSING)
    for times, rule in LADDER.items():
        root = facts.by_rung(asked, times)
        yield frozenset({rule}), root, facts.of_missed(root, asked, times)


def titles_of(notices: Iterable[Notice]) -> Mapping[tuple[str, int], str]:
    """What each thing that a notice is about is called, by its kind and id. One query for each kind."""
    named: dict[str, set[int]] = defaultdict(set)
    for row in notices:
        named[row.subject_type].add(row.subject_id)
    models: Mapping[str, type[Model]] = {**MODELS, PARTNERSHIP: Partnership}
    return {
        (kind, row.pk): title(row)
        for kind, model in models.items()
        if named[kind]
        for row in model._default_manager.filter(pk__in=named[kind])
    }


def title(row: Model) -> str:
    """What an action, a plan, a national date, a round or a partnership is called."""
    return f"{row.reference} {row.text}".strip() if isinstance(row, Action) else str(row)
