"""Freezing the paper of a board: what it was given for a meeting is kept, and never changes (docs/adr/0031)."""

from datetime import date, datetime
from typing import NamedTuple

from django.db import IntegrityError, transaction

from concordat.kernel.changes import Actor, person, record, values_of
from concordat.reports.board import REPORT, answer
from concordat.reports.kept import SHAPE, answer_of, digest_of, lines_of
from concordat.reports.models import FrozenLine, FrozenReport
from concordat.reports.questions import Question, usual_since
from concordat.reports.shapes import Answer
from signatories.models import BoardMeeting, Partnership
from signatories.services.errors import NotAllowedError

AT_ONCE = 500  # lines to a statement
NO_MEETING = "This meeting is cancelled, or it was held already. Its paper is frozen by the day of the meeting."
NO_PLAN = "No action plan of the partnership is in force, so there is no paper to freeze."


class Frozen(NamedTuple):
    """A paper that is frozen, and whether it is by this very step."""

    report: FrozenReport
    is_new: bool


@transaction.atomic
def freeze(meeting: BoardMeeting, partnership: Partnership, *, seen: int, by: Actor, on: date, now: datetime) -> Frozen:
    """Keep the board paper of one partnership for a meeting as it is on that day (London); `now` is in UTC.

    `seen` is the number of the last paper of the two that the person has seen; 0 for none. Where somebody has frozen
    one since, or nothing in it would be another, that one is given back and nothing is written: sent twice, or by two
    at once, it is frozen once. Raises NotAllowedError for a meeting that is cancelled or was held before that day, and
    where no plan is in force.
    """
    standing = BoardMeeting.objects.select_for_update(no_key=True).standing()
    if not standing.filter(pk=meeting.pk, held_on__gte=on).exists():
        raise NotAllowedError(NO_MEETING)
    last = last_frozen(meeting, partnership)
    if last and last.number != seen:
        return Frozen(last, is_new=False)
    found = answer(Question(on, usual_since(on), partnership=partnership, meeting=meeting.pk))
    if not found.table("plan").rows:
        raise NotAllowedError(NO_PLAN)
    row, lines = _written(found, meeting, partnership)
    if last and (last.as_at, last.digest) == (row.as_at, row.digest):
        return Frozen(last, is_new=False)
    row.number, row.frozen_by, row.frozen_at = last.number + 1 if last else 1, person(by), now
    try:
        with transaction.atomic():
            return Frozen(_save(row, lines, by=by), is_new=True)
    except IntegrityError:
        faster = last_frozen(meeting, partnership)
        if faster is None or faster.number < row.number:
            raise
        return Frozen(faster, is_new=False)


def last_frozen(meeting: BoardMeeting, partnership: Partnership) -> FrozenReport | None:
    """The last paper that was frozen of a partnership for a meeting. One query."""
    rows = FrozenReport.objects.filter(meeting=meeting, partnership=partnership, report=REPORT.name)
    found: FrozenReport | None = rows.order_by("-number").first()
    return found


def thawed(frozen: FrozenReport) -> Answer:
    """What was frozen, for a page or a file; words that were removed since are not in it. One query.

    Raises UnreadableError if somebody has tampered with it.
    """
    return answer_of(frozen.lines.order_by("number").values_list("told", flat=True))


def _written(found: Answer, meeting: BoardMeeting, partnership: Partnership) -> tuple[FrozenReport, list[FrozenLine]]:
    told = list(lines_of(found))
    row = FrozenReport(
        meeting=meeting,
        partnership=partnership,
        report=found.name,
        as_at=found.on,
        shape=SHAPE,
        length=len(told),
        digest=digest_of(told),
    )
    return row, [FrozenLine(frozen=row, number=number, told=line) for number, line in enumerate(told, 1)]


def _save(row: FrozenReport, lines: list[FrozenLine], *, by: Actor) -> FrozenReport:
    row.save(force_insert=True)
    FrozenLine.objects.bulk_create(lines, batch_size=AT_ONCE)
    record(row, "frozen", by=by, fields={name: (None, value) for name, value in values_of(row).items()})
    return row
