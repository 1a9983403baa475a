"""By when a partnership's papers are due: what chasing hangs on (docs/rules.md, Board meetings). Days in London."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import F

from concordat.kernel.dates import add_working_days, last_working_day_of_quarter
from concordat.kernel.periods import holds_on
from signatories.models import BoardMeeting

PAPERS_BEFORE_WORKING_DAYS = 10
OVERSIGHT = "board__oversight__"


class Deadline(NamedTuple):
    """The next day by which papers are due, and for which meeting; None where it is the end of the quarter."""

    due_on: date
    meeting_id: int | None = None


def usual_papers_day(held_on: date) -> date:
    """The day that is suggested for the papers of a meeting: 10 working days before it."""
    return add_working_days(held_on, -PAPERS_BEFORE_WORKING_DAYS)


def next_deadline(partnership_id: int, on: date) -> Deadline:
    """The next paper deadline of one partnership, on that day or after it. One query."""
    return next_deadlines([partnership_id], on)[partnership_id]


def next_deadlines(partnership_ids: Iterable[int], on: date) -> Mapping[int, Deadline]:
    """The next paper deadline of each partnership, on that day or after it. One query, however many there are.

    It is the earliest one of the meetings, not cancelled, of the boards that oversee the partnership on the day of the
    meeting; where there is none, the last working day of the quarter.
    """
    return {partnership: ahead[0] for partnership, ahead in deadlines_ahead(partnership_ids, on).items()}


def deadlines_ahead(partnership_ids: Iterable[int], on: date) -> Mapping[int, list[Deadline]]:
    """All paper deadlines of each partnership that are known, on that day or after it, the earliest first; as in
    `next_deadlines`. One query, however many there are.
    """
    wanted = list(partnership_ids)
    found: dict[int, list[Deadline]] = {partnership: [] for partnership in wanted}
    meetings = BoardMeeting.objects.standing().filter(
        holds_on(F("held_on"), OVERSIGHT), papers_due_on__gte=on, **{f"{OVERSIGHT}partnership__in": wanted}
    )
    in_order = meetings.order_by("papers_due_on", "held_on", "pk")
    for partnership, due_on, meeting in in_order.values_list(f"{OVERSIGHT}partnership", "papers_due_on", "pk"):
        found[partnership].append(Deadline(due_on, meeting))
    by_quarter = [Deadline(last_working_day_of_quarter(on))]
    return {partnership: ahead or by_quarter for partnership, ahead in found.items()}
