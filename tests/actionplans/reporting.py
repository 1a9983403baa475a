"""Handing in a report, as tests need it."""

from datetime import date
from typing import Any

from actionplans.models import Action, ProgressUpdate
from actionplans.services.reports import Answer, in_hand, save_report
from actionplans.states import ActionState
from concordat.kernel.changes import Actor
from tests.factories import noon

UNSEEN: Any = object()


def report(
    action: Action,
    on: date,
    status: str = "in_progress",
    *,
    by: Actor = "test",
    version: int | None = UNSEEN,
    hand_in: bool = True,
    **details: Any,
) -> ProgressUpdate:
    """Save a report as somebody who has just read it, or one of that version."""
    if version is UNSEEN:
        current = in_hand(action.pk)
        version = current and current.version
    answer = Answer(status=ActionState(status), **details)
    return save_report(action, answer, version=version, hand_in=hand_in, by=by, on=on, now=noon(on))


def one_in_hand(reports: list[Any]) -> bool:
    """Whether at most one of these made-up reports (their state stands last) is in hand, as the database demands."""
    return sum(state in ("draft", "returned") for *_, state in reports) < 2
