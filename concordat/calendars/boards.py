"""Rounds of updates, paper deadlines and meetings of partnerships as events of a calendar. Days in London."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from actionplans.chasing.policy import Window, windows_ahead
from actionplans.chasing.windows import days_of, limits_of
from concordat.calendars.events import Event, Revision
from concordat.calendars.recorded import Subject, recorded, together
from concordat.kernel.periods import holds_on
from concordat.sentences import in_words
from signatories.deadlines import Deadline, deadlines_ahead
from signatories.models import BoardMeeting, BoardOversight, Partnership, UpdateWindow

PAST = timedelta(days=31)  # so long a meeting that was held stays in the calendar
MEETING, PARTNERSHIP, PROGRAMME = "signatories.boardmeeting", "signatories.partnership", "signatories.programme"
Changes = Mapping[Subject, Revision]


def of_partnerships(partnerships: "QuerySet[Partnership]", read: Collection[int], on: date) -> list[Event]:
    """The rounds and deadlines of these partnerships that exist on the day; of those in `read` (ids), whose own side
    the person sees, the meetings too. Five queries, however many there are.
    """
    there = {row.pk: row for row in partnerships.filter(holds_on(on)).select_related("programme").order_by("pk")}
    ahead = deadlines_ahead(there, on)
    meetings = list(_meetings(there, read, on))
    last = {row.partnership_id: row for row in _last_windows(there)}
    changes = recorded({
        MEETING: {row.pk for row in meetings},
        PARTNERSHIP: there.keys(),
        PROGRAMME: {row.programme_id for row in there.values()},
    })  # fmt: skip
    return [
        *(event for meeting in meetings for event in _of_meeting(meeting, changes)),
        *(
            event
            for pk, partnership in there.items()
            for event in _of_partnership(partnership, ahead[pk], last.get(pk), on, changes)
        ),
    ]


def _meetings(partnerships: Iterable[int], read: Collection[int], on: date) -> Any:
    """The meetings that stand, from a month back on; `is_read`: the person sees all that is said of it."""
    seen = BoardOversight.objects.filter(holds_on(OuterRef("held_on")), board=OuterRef("board"), partnership__in=read)
    found = BoardMeeting.objects.standing().about(frozenset(partnerships)).filter(held_on__gte=on - PAST)
    return found.select_related("board").annotate(is_read=Exists(seen))


def _last_windows(partnerships: Iterable[int]) -> "QuerySet[UpdateWindow]":
    standing = UpdateWindow.objects.standing().filter(partnership__in=list(partnerships))
    later = UpdateWindow.objects.standing().filter(partnership=OuterRef("partnership"), due_on__gt=OuterRef("due_on"))
    return standing.filter(~Exists(later)).annotate(before_due_on=F("before__due_on"))


def _of_meeting(meeting: Any, changes: Changes) -> Iterable[Event]:
    """Its papers; and, for those who read it, the meeting."""
    board, page = meeting.board, f"/workspace/meetings/{meeting.pk}/" if meeting.is_read else "/workspace/"
    revision = together([changes.get((MEETING, meeting.pk))])
    yield Event(
        key=f"papers-{meeting.pk}",
        day=meeting.papers_due_on,
        title=f"Papers due: {board}",
        text=f"The board wants its papers by this day, for its meeting on {in_words(meeting.held_on)}.\n"
        "Reports on actions are wanted before.",
        address=page,
        revision=revision,
    )
    if meeting.is_read:
        yield Event(
            key=f"meeting-{meeting.pk}",
            day=meeting.held_on,
            title=f"Board meeting: {board}",
            text="\n".join(line for line in (meeting.title, meeting.place) if line) or str(board),
            address=page,
            revision=revision,
        )


def _of_partnership(
    partnership: Partnership, ahead: list[Deadline], last: Any, on: date, changes: Changes
) -> Iterable[Event]:
    """When updates are asked for; and the end of the quarter, where no meeting says by when."""
    places = (PARTNERSHIP, partnership.pk), (PROGRAMME, partnership.programme_id)
    names = {each.due_on: _name(each, partnership) for each in reversed(ahead)}
    meetings = {each.due_on: each.meeting_id for each in reversed(ahead)}
    for days in _windows(partnership, ahead, last, on):
        of_meeting = changes.get((MEETING, meetings[days.due_on] or 0))
        yield Event(
            key=f"updates-{partnership.pk}-{names[days.due_on]}",
            day=days.opens_on,
            title=f"Updates open: {partnership}",
            text=f"{partnership} asks for updates on its actions until {in_words(days.due_on)}.",
            address="/workspace/",
            revision=together([of_meeting, *(changes.get(place) for place in places)]),
        )
    for each in ahead:
        if each.meeting_id is None:
            yield Event(
                key=f"papers-{_name(each, partnership)}",
                day=each.due_on,
                title=f"Updates due: {partnership}",
                text="No board meeting ahead says when, so the last working day of the quarter counts.",
                address="/workspace/",
                revision=together(changes.get(place) for place in places),
            )


def _name(deadline: Deadline, partnership: Partnership) -> str:
    """What tells a deadline from all others, wherever it moves."""
    if deadline.meeting_id is not None:
        return str(deadline.meeting_id)
    return f"{partnership.pk}-{deadline.due_on.year}q{(deadline.due_on.month + 2) // 3}"


def _windows(partnership: Partnership, ahead: list[Deadline], last: Any, on: date) -> list[Window]:
    programme = partnership.programme
    return windows_ahead(
        [each.due_on for each in ahead],
        days_of(last) if last else None,
        last.before_due_on if last else None,
        partnership.update_every_months or programme.update_every_months,
        limits_of(programme),
        on,
    )
