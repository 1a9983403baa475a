"""Opening rounds of updates, and letting them follow the partnership's next paper deadline. Days in London."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce

from actionplans.chasing.policy import Limits, Window, followed_to, opens
from concordat.kernel.changes import Actor, create_many, revise
from concordat.kernel.periods import holds_on
from signatories.deadlines import next_deadlines
from signatories.models import Partnership, Programme, UpdateWindow


def limits_of(programme: Programme) -> Limits:
    """What the programme sets."""
    return Limits(
        opens=programme.window_opens_days,
        nudge=programme.nudge_days,
        closing=programme.closing_days,
        last_notice=programme.last_notice_days,
        due_soon=programme.due_soon_days,
        must_do_overdue=programme.must_do_overdue_days,
        silent_months=programme.silent_after_months,
        put_off=programme.put_off_days,
    )


class Steps(NamedTuple):
    """What is to be done by a day: the windows that open, and open ones with the days of a moved deadline."""

    opening: list[UpdateWindow]
    moving: list[tuple[UpdateWindow, Window | None]]  # None: it is withdrawn


def steps(programme: Programme, on: date, only: Collection[int] | None = None) -> Steps:
    """What is to be done with the windows by that day; `only` those of these partnerships. Three queries."""
    limits = limits_of(programme)
    rhythm = Coalesce("update_every_months", F("programme__update_every_months"))
    partnerships = Partnership.objects.filter(holds_on(on), programme=programme).order_by("pk")
    if only is not None:
        partnerships = partnerships.filter(pk__in=only)
    every = dict(partnerships.values_list("pk", rhythm))
    deadlines = next_deadlines(every, on)
    last = _last_windows(programme)
    found = Steps([], [])
    for each, months in every.items():
        due_on, known = deadlines[each].due_on, last.get(each)
        if known is not None and known.due_on >= on:
            if known.due_on != due_on:
                found.moving.append((known, followed_to(due_on, days_of(known), limits, on)))
            continue
        days = opens(due_on, known.due_on if known else None, months, limits, on)
        if days is not None:
            found.opening.append(UpdateWindow(partnership_id=each, before=known, **days._asdict()))
    return found


@transaction.atomic
def take(todo: Steps, *, on: date, by: Actor) -> int:
    """Open the windows, and let the open ones follow a moved deadline; says how many opened.

    One query for each window that moved. Two at once: the uniqueness of the rows refuses the second, which opens none.
    """
    for row, days in todo.moving:
        _follow(row, days, by=by, on=on)
    try:
        return len(create_many(todo.opening, by=by))
    except IntegrityError:
        return 0


def open_windows(programme: Programme, *, on: date, by: Actor) -> int:
    """Take the steps of that day; says how many windows opened."""
    return take(steps(programme, on), on=on, by=by)


def _last_windows(programme: Programme) -> dict[int, UpdateWindow]:
    """The last window of each partnership that was not withdrawn. One query."""
    standing = UpdateWindow.objects.standing()
    later = standing.filter(partnership=OuterRef("partnership"), due_on__gt=OuterRef("due_on"))
    rows = standing.filter(~Exists(later), partnership__programme=programme)
    return {row.partnership_id: row for row in rows}


def days_of(row: UpdateWindow) -> Window:
    """Its days, as the policy has them."""
    return Window(*(getattr(row, name) for name in Window._fields))


def _follow(row: UpdateWindow, days: Window | None, *, by: Actor, on: date) -> None:
    """The deadline moved: the window goes with it, or is withdrawn if it would not be open by now."""
    if days is None:
        revise(row, by=by, verb="withdrawn", withdrawn_on=on)
        return
    revise(row, by=by, verb="moved", **days._asdict())
