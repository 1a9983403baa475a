"""Recording what a board decided about an action. All days are days in London, moments in UTC.

A decision that changes the action does so through the services that accept reports and move dates, as of the day of
the meeting, in the transaction that records it. Whose actions these are, the QuerySets say; that the board oversees
their partnership on that day is checked here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.formats import date_format

from actionplans.models import Action, DateChange, MeetingDecision, ProgressUpdate
from actionplans.services.reports import KEPT_ELSEWHERE, Answer, hand_in_beside
from actionplans.services.updates import accept_decided, accept_update, move_date
from actionplans.states import ActionState
from actionplans.timescale import Kind as TimeKind
from actionplans.timescale import TimePrecision, Timescale
from concordat.kernel.changes import Actor, create, person
from signatories.models import BoardMeeting
from signatories.services.errors import FasterError, NotAllowedError
from signatories.services.meetings import open_minutes

Kind = MeetingDecision.Kind
State = ProgressUpdate.State
FASTER = "Somebody else has recorded a decision on this action at this meeting since you opened it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was decided, as a person fills it in. The reason is public, the note is not.

    `report_id` and `report_version`: the waiting report whose new date was read and agreed.
    """

    kind: Kind
    note: str = ""
    reason: str = ""
    new_due_on: date | None = None
    merged_into_id: int | None = None
    report_id: int | None = None
    report_version: int | None = None


@dataclass(frozen=True, slots=True)
class Sitting:
    """What a decision is about, who records it and when."""

    meeting: BoardMeeting
    action: Action
    by: Actor
    today: date
    now: datetime

    @property
    def day(self) -> date:
        """The day on which it was decided."""
        return self.meeting.held_on

    @property
    def told(self) -> str:
        """Who decided it, and when."""
        return f"Decided by {self.meeting.board} on {_in_words(self.day)}"


@transaction.atomic
def record_decision(
    meeting: BoardMeeting, action: Action, decided: Decided, *, seen: int, by: Actor, on: date, now: datetime
) -> MeetingDecision:
    """Write down what the meeting decided about the action, and do it, as of the day of the meeting.

    `seen` is how many decisions on the action the person saw at that meeting. Raises FasterError if there are more by
    now (the same form sent twice, or two people at once), or if the report that is agreed was changed; and
    NotAllowedError for a meeting to come or cancelled, an action that the board does not oversee, or where the facts by
    now do not allow it (docs/rules.md, Board meetings).
    """
    meeting = open_minutes(meeting, by=by, on=on)
    action = Action.objects.select_for_update().select_related("plan").get(pk=action.pk)
    _demand_overseen(meeting, action)
    if meeting.decisions.filter(action=action).count() != seen:  # nobody records meanwhile: the meeting is held
        raise FasterError(FASTER)
    sitting = Sitting(meeting, action, by, on, now)
    effect = EFFECTS[decided.kind](sitting, decided)
    decision = MeetingDecision(
        meeting=meeting,
        action=action,
        position=seen + 1,
        kind=decided.kind,
        note=decided.note.strip(),
        recorded_by=person(by),
        **effect,
    )
    return create(decision, by=by, why=sitting.told)


def _demand_overseen(meeting: BoardMeeting, action: Action) -> None:
    if action.mirrors_id:
        raise NotAllowedError(KEPT_ELSEWHERE)
    if not meeting.partnerships.filter(pk=action.plan.partnership_id).exists():
        raise NotAllowedError("The board does not oversee the partnership of this action on the day of the meeting.")


def _agree(sitting: Sitting, decided: Decided) -> Mapping[str, Any]:
    """The report that asks for the new date is accepted, and the date moved."""
    _demand_open(sitting)
    _demand_last_move(sitting)
    waiting = _waiting(sitting).filter(pk=decided.report_id, new_due_on__isnull=False).first()
    if waiting is None:
        raise NotAllowedError("No report that asks for a new date waits any more. Choose another decision.")
    accept_update(
        waiting,
        by=sitting.by,
        on=sitting.today,
        version=decided.report_version,
        decided_on=sitting.day,
        why=sitting.told,
    )
    move = DateChange.objects.filter(action=sitting.action, decided_on=sitting.day).latest("pk")
    return {"update": waiting, "date_change": move}


def _move(sitting: Sitting, decided: Decided) -> Mapping[str, Any]:
    """The date is moved to the day that the board agreed."""
    _demand_open(sitting)
    _demand_last_move(sitting)
    if decided.new_due_on is None:
        raise NotAllowedError("Say which date was agreed.")
    if decided.new_due_on <= sitting.day:
        raise NotAllowedError("The new date must come after the day of the meeting.")
    asking = _waiting(sitting).filter(new_due_on__isnull=False).last()
    if asking is not None:
        raise NotAllowedError(
            f"A report waits that asks for {_in_words(asking.new_due_on)}. Agree that date, or return the report first "
            "and say in your comment which date the board agreed."
        )
    to = Timescale("", TimeKind.DATE, None, decided.new_due_on, TimePrecision.DAY)
    move = move_date(
        sitting.action, to=to, decided_on=sitting.day, reason=decided.reason.strip(), by=sitting.by, why=sitting.told
    )
    return {"date_change": move}


def _drop(sitting: Sitting, decided: Decided) -> Mapping[str, Any]:
    """A report of the day of the meeting says that it is not going ahead."""
    reason = decided.reason.strip()
    return _close(sitting, Answer(status=ActionState.NOT_GOING_AHEAD, reason=reason))


def _merge(sitting: Sitting, decided: Decided) -> Mapping[str, Any]:
    """A report of the day of the meeting says into which other action of the plan it is merged."""
    if decided.merged_into_id is not None:
        into = Action.objects.filter(pk=decided.merged_into_id, plan=sitting.action.plan_id).first()
        if into is None:
            raise NotAllowedError("Choose an action of the same plan.")
        if into.pk != sitting.action.pk and (closed := _closed(into)):
            raise NotAllowedError(f"The action that you chose is closed: {closed}. Choose one that goes on.")
    answer = Answer(
        status=ActionState.MERGED, merged_into_id=decided.merged_into_id, public_text=decided.reason.strip()
    )
    return _close(sitting, answer)


def _close(sitting: Sitting, answer: Answer) -> Mapping[str, Any]:
    """Close the action by a report of its own, accepted at once. A draft that somebody has in hand stays theirs."""
    _demand_open(sitting)
    later = _accepted(sitting.action).filter(reported_on__gt=sitting.day).last()
    if later is not None:
        raise NotAllowedError(
            f"A later report, of {_in_words(later.reported_on)}, is accepted and would stand over this decision. "
            "Report on the action itself, and record here “Something else”."
        )
    if _waiting(sitting).exists():
        raise NotAllowedError("A report on this action waits. Accept or return it first, then record the decision.")
    report = hand_in_beside(sitting.action, answer, by=sitting.by, on=sitting.day, now=sitting.now)
    return {"update": accept_decided(report, by=sitting.by, why=sitting.told)}


def _keep(sitting: Sitting, decided: Decided) -> Mapping[str, Any]:
    """Nothing changes."""
    return {}


def _note(sitting: Sitting, decided: Decided) -> Mapping[str, Any]:
    """Nothing changes; the note says what was decided."""
    if not decided.note.strip():
        raise NotAllowedError("Write down what was decided.")
    return {}


EFFECTS: Mapping[Kind, Callable[[Sitting, Decided], Mapping[str, Any]]] = {
    Kind.AGREED: _agree,
    Kind.MOVED: _move,
    Kind.NOT_GOING_AHEAD: _drop,
    Kind.MERGED: _merge,
    Kind.KEPT: _keep,
    Kind.ASKED: _note,
    Kind.OTHER: _note,
}


def _accepted(action: Action) -> Any:
    return ProgressUpdate.objects.accepted().filter(action=action).order_by("reported_on", "pk")


def _waiting(sitting: Sitting) -> Any:
    return ProgressUpdate.objects.filter(action=sitting.action, state=State.SUBMITTED).order_by("pk")


def _closed(action: Action) -> str:
    """How an action was closed, and when; empty for an open one."""
    last = _accepted(action).last()
    if last is None or ActionState(last.status).is_open:
        return ""
    return f"{last.get_status_display()}, reported on {_in_words(last.reported_on)}"


def _demand_open(sitting: Sitting) -> None:
    if closed := _closed(sitting.action):
        raise NotAllowedError(f"This action is closed: {closed}. Nothing is recorded.")


def _demand_last_move(sitting: Sitting) -> None:
    later = DateChange.objects.filter(action=sitting.action, decided_on__gt=sitting.day).last()
    if later is not None:
        raise NotAllowedError(
            f"The date was moved again on {_in_words(later.decided_on)}, after this meeting. "
            "That later date stands; record here “Something else”."
        )


def _in_words(day: date) -> str:
    return date_format(day, "j F Y")
