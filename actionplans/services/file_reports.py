"""How actions stand by a plan file, as accepted reports of the day of the file; set-based.

docs/adr/0016-a-file-on-its-way.md. Days are days in London, moments are in UTC.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction

from actionplans.importing.understanding.comparison import CLOSED, NEW, REPORTED, progress_text
from actionplans.importing.understanding.shapes import Compared, Missing
from actionplans.models import ProgressUpdate
from actionplans.states import ActionState
from concordat.kernel.changes import Actor, change, create_many, person
from concordat.kernel.models import Change

BATCH = 400
STATES = {"done": ActionState.COMPLETED, "dropped": ActionState.NOT_GOING_AHEAD, "merged": ActionState.MERGED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What a file says of how an action stands: the fields of a report."""

    status: str
    confidence: str = ""
    public_text: str = ""
    completed_on: date | None = None
    outcome_note: str = ""
    merged_into_id: int | None = None
    reason: str = ""


def of_line(one: Compared, as_at: date, by_reference: Mapping[str, int]) -> Filed | None:
    """What is to be reported of an action of the file; None where that says nothing new."""
    said, text, before = one.line, progress_text(one.line), one.action.status if one.action else None
    if one.change == NEW:
        tells = text or said.confidence or said.status not in (None, ActionState.NOT_STARTED)
    else:
        tells = any(each.name in REPORTED for each in one.differences)
    if not tells:
        return None
    status = said.status or before or str(ActionState.NOT_STARTED)
    source = f"As in the plan of {as_at:%-d %B %Y}."
    completed = said.completed.end if said.completed else None
    is_done, is_open = status == ActionState.COMPLETED, status not in CLOSED
    reopened = before == ActionState.COMPLETED and is_open
    return Filed(
        status=status,
        confidence=said.confidence or "" if is_open else "",
        public_text=text,
        completed_on=min(completed or as_at, as_at) if is_done else None,
        outcome_note=(text or source) if is_done else "",
        merged_into_id=by_reference.get(said.merged_into) if status == ActionState.MERGED else None,
        reason=(text or source) if status == ActionState.NOT_GOING_AHEAD or reopened else "",
    )


def of_missing(one: Missing, as_at: date, by_reference: Mapping[str, int]) -> Filed | None:
    """What is to be reported of an action that the file no longer lists, as the person chose.

    Nothing where no report may be added to those that there are: then it can only be carried on.
    """
    if one.decision not in STATES or one.action.held:
        return None
    source = one.note or f"No longer in the plan of {as_at:%-d %B %Y}."
    status = STATES[one.decision]
    return Filed(
        status=status,
        public_text=source,
        completed_on=as_at if status == ActionState.COMPLETED else None,
        outcome_note=source if status == ActionState.COMPLETED else "",
        merged_into_id=by_reference.get(one.merged_into) if status == ActionState.MERGED else None,
        reason=one.note if status == ActionState.NOT_GOING_AHEAD else "",
    )


@transaction.atomic
def file_reports(
    filed: Sequence[tuple[int, Filed]],
    before: Mapping[int, ProgressUpdate],
    *,
    as_at: date,
    by: Actor,
    now: datetime,
    why: str,
) -> list[ProgressUpdate]:
    """Accept these reports, each of another action, as of the day of the file.

    `before` are the accepted ones that hold on that day: they end with it. None of the actions has a later one or one
    in hand; where somebody was faster, the database refuses it (IntegrityError).
    """
    ended = [before[action] for action, _ in filed if action in before]
    for row in ended:
        row.until_on = as_at
    ProgressUpdate.objects.bulk_update(ended, ["until_on"], batch_size=BATCH)
    Change.objects.bulk_create(
        (change(row, "changed", by=by, fields={"until_on": (None, as_at)}, why=why) for row in ended), batch_size=BATCH
    )
    accepted = {"state": ProgressUpdate.State.ACCEPTED, "accepted_at": now, "accepted_by": person(by)}
    rows = [
        ProgressUpdate(action_id=action, reported_on=as_at, author=person(by), **accepted, **_values(each))
        for action, each in filed
    ]
    return create_many(rows, by=by, why=why)


def _values(filed: Filed) -> dict[str, object]:
    return {each.name: getattr(filed, each.name) for each in fields(filed)}
