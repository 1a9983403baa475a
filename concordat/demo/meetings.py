"""Made-up meetings of the boards, past and to come, and a few decisions of the last one. Nothing is drawn for them."""

from datetime import date, timedelta

from actionplans.models import Action, MeetingDecision
from concordat.demo.group import Group
from concordat.demo.wording import ASKED_OF_LEAD, CANCELLED, KEPT, PLACE
from concordat.kernel.dates import add_months, add_working_days, is_working_day
from signatories.deadlines import usual_papers_day
from signatories.models import Board, BoardMeeting

USUAL_MONTHS = 3
PAST, AHEAD = 4, 3
CANCELLED_ONE = 2  # of those past, counted back from the last; of every third board


def meet(group: Group, board: Board) -> None:
    """The meetings of a board, in the rhythm of its partnership; the group remembers the last one that was held."""
    months = group.story.update_every_months or USUAL_MONTHS
    first_ahead = group.on + timedelta(days=12 + group.number * 5 % 60)
    for count in range(-PAST, AHEAD):
        held_on = _working_day(add_months(first_ahead, count * months))
        meeting = BoardMeeting(board=board, held_on=held_on, papers_due_on=usual_papers_day(held_on), place=PLACE)
        if count == -CANCELLED_ONE and group.number % 3 == 0:
            meeting.cancelled_on, meeting.cancelled_reason = held_on - timedelta(days=3), CANCELLED
        group.batch.add(meeting)
        if held_on < group.on:
            group.last_meeting = meeting


def decide(group: Group, actions: list[Action]) -> None:
    """What the last meeting said about the first actions of the partnership: one question, and one kept as it is."""
    meeting = group.last_meeting
    kinds = ((MeetingDecision.Kind.ASKED, ASKED_OF_LEAD), (MeetingDecision.Kind.KEPT, KEPT))
    if meeting is None:
        return
    meeting.has_decisions = True
    for action, (kind, note) in zip(actions, kinds, strict=False):
        group.batch.add(
            MeetingDecision(
                meeting=meeting, action=action, kind=kind, note=note, recorded_by=group.people["coordinator"]
            )
        )


def _working_day(day: date) -> date:
    return day if is_working_day(day) else add_working_days(day, 1)
