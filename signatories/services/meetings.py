"""Planning the meetings of a board, moving and cancelling them. Days are days in London.

Who may: the coordinators of the partnerships that the board oversees on the day of the meeting (the QuerySets say).
Each change names the version that the person has `seen`, and a conditional UPDATE decides who was first.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.formats import date_format

from concordat.kernel.changes import Actor, create, record
from signatories.models import Board, BoardMeeting
from signatories.services.errors import FasterError, NotAllowedError

FASTER = "Somebody else has changed this meeting since you opened it. Read it again before you go on."
TAKEN = "A meeting of this board on that day is planned already."
CANCELLED = "This meeting is cancelled."
DECIDED = "Decisions of this meeting are recorded, so its day stays and it cannot be cancelled."


@transaction.atomic
def plan_meeting(
    board: Board, *, held_on: date, papers_due_on: date, by: Actor, title: str = "", place: str = ""
) -> BoardMeeting:
    """A meeting of the board on that day, to come or past.

    Raises NotAllowedError if one is planned on that day already, if the papers are due after it, or if there is no
    such board on that day.
    """
    _demand_sense(board, held_on, papers_due_on)
    meeting = BoardMeeting(
        board=board, held_on=held_on, papers_due_on=papers_due_on, title=title.strip(), place=place.strip()
    )
    try:
        with transaction.atomic():
            return create(meeting, by=by)
    except IntegrityError as error:
        raise NotAllowedError(TAKEN) from error


@transaction.atomic
def change_meeting(
    meeting: BoardMeeting,
    *,
    held_on: date,
    papers_due_on: date,
    seen: int,
    by: Actor,
    title: str = "",
    place: str = "",
) -> BoardMeeting:
    """Move a meeting, or say something else of it; what it said before stays in the record.

    Raises FasterError if somebody has changed it since, and NotAllowedError as `plan_meeting` does, if it is cancelled,
    or for another day once decisions of it are recorded.
    """
    _demand_sense(meeting.board, held_on, papers_due_on)
    values = {"held_on": held_on, "papers_due_on": papers_due_on, "title": title.strip(), "place": place.strip()}
    before = BoardMeeting.objects.get(pk=meeting.pk)
    is_moved = before.held_on != held_on
    if before.version == seen and not before.is_cancelled and not _differing(before, values):
        return meeting
    same = {"has_decisions": False} if is_moved else {}
    return _step(meeting, values, same, seen=seen, verb="moved" if is_moved else "changed", by=by)


@transaction.atomic
def cancel_meeting(meeting: BoardMeeting, *, reason: str, seen: int, by: Actor, on: date) -> BoardMeeting:
    """The meeting does not take place; `on` is the day on which that is said.

    Raises NotAllowedError without a reason, if it is cancelled already, or once decisions of it are recorded;
    FasterError if somebody has changed it since.
    """
    if not reason.strip():
        raise NotAllowedError("Say why the meeting is cancelled.")
    values = {"cancelled_on": on, "cancelled_reason": reason.strip()}
    return _step(meeting, values, {"has_decisions": False}, seen=seen, verb="cancelled", by=by, why=reason.strip())


@transaction.atomic
def open_minutes(meeting: BoardMeeting, *, by: Actor, on: date) -> BoardMeeting:
    """Say that a decision of the meeting is recorded, in the transaction that records it.

    From then on the meeting keeps its day. Decisions of one meeting are recorded one after the other. Raises
    NotAllowedError for a meeting to come, or one that is cancelled.
    """
    held = BoardMeeting.objects.filter(pk=meeting.pk, cancelled_on__isnull=True, held_on__lte=on)
    is_first = held.filter(has_decisions=False).update(has_decisions=True)
    if not is_first and not held.update(has_decisions=True):  # the row is held until the end, on PostgreSQL
        meeting.refresh_from_db()
        raise NotAllowedError(no_decisions_yet(meeting, on))
    meeting.refresh_from_db()
    if is_first:
        record(meeting, "minuted", by=by, fields={"has_decisions": (False, True)})
    return meeting


def no_decisions_yet(meeting: BoardMeeting, on: date) -> str:
    """Why no decision of it can be recorded on that day, as a sentence; empty if one can."""
    if meeting.is_cancelled:
        return CANCELLED
    if meeting.held_on <= on:
        return ""
    return f"This meeting is on {date_format(meeting.held_on, 'j F Y')}. Decisions can be recorded from that day on."


def _demand_sense(board: Board, held_on: date, papers_due_on: date) -> None:
    if papers_due_on > held_on:
        raise NotAllowedError("The papers cannot be due after the meeting.")
    if not board.holds_on(held_on):
        raise NotAllowedError("There is no such board on that day.")


def _differing(before: BoardMeeting, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {name: (getattr(before, name), new) for name, new in values.items() if getattr(before, name) != new}


def _step(
    meeting: BoardMeeting,
    values: Mapping[str, Any],
    same: Mapping[str, Any],
    *,
    seen: int,
    verb: str,
    by: Actor,
    why: str = "",
) -> BoardMeeting:
    """One conditional UPDATE of a meeting that still is what the person saw and is not cancelled, with its record."""
    before = BoardMeeting.objects.get(pk=meeting.pk)
    rows = BoardMeeting.objects.filter(pk=meeting.pk, version=seen, cancelled_on__isnull=True, **same)
    try:
        with transaction.atomic():
            changed = rows.update(**values, version=F("version") + 1)
    except IntegrityError as error:
        raise NotAllowedError(TAKEN) from error
    meeting.refresh_from_db()
    if not changed:
        raise _refusal(meeting, seen)
    record(meeting, verb, by=by, why=why, fields=_differing(before, values))
    return meeting


def _refusal(meeting: BoardMeeting, seen: int) -> NotAllowedError:
    """Why a change of the meeting as that person saw it did nothing, in a sentence for them."""
    if meeting.is_cancelled:
        return NotAllowedError(CANCELLED)
    return FasterError(FASTER) if meeting.version != seen else NotAllowedError(DECIDED)
