"""The way of a declaration or plan version from a draft to its publication: the steps that both share.

Every step names the version that the person has `seen`, and a conditional UPDATE decides who was first. A coordinator
of the partnership drafts, submits and takes back; a national reviewer or administrator returns, schedules and holds:
whose a row is, the QuerySets say (`editable_by`, `reviewed_by`). Days are days in London, moments in UTC.

Each raises FasterError if somebody has saved it since, and NotAllowedError in any other state than it says.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F

from concordat.kernel.changes import Actor, person, record
from signatories.checklist import Item, lacking
from signatories.models.declaration import Published
from signatories.outbox.replies import reply
from signatories.services.errors import FasterError, NotAllowedError

State = Published.State
IN_HAND = (State.DRAFT, State.RETURNED)
FASTER = "Somebody else has changed this since you opened it. Read it again before you go on."
OTHER_STATE = {
    State.DRAFT: "It is a draft again: its coordinator took it back.",
    State.RETURNED: "It was returned with comments.",
    State.SUBMITTED: "It is with the national reviewers. Take it back to change it.",
    State.PUBLISHED: "It is published already.",
    State.ABANDONED: "It is abandoned. Take it up again to change it.",
}
# Where the workspace has their pages.
PAGES = {"signatories.declaration": "declarations", "actionplans.planversion": "versions"}
D = TypeVar("D", bound=Published)
NOT_ONES_OWN = "You submitted it yourself, so another national reviewer or administrator approves it."


@transaction.atomic
def save_draft(document: D, values: Mapping[str, Any], *, seen: int, by: Actor) -> D:
    """Set these fields of a draft, or of one that was returned. What says the same already is left alone."""
    current = type(document)._default_manager.get(pk=document.pk)
    is_same = all(getattr(current, name) == value for name, value in values.items())
    if is_same and current.version == seen and current.state in IN_HAND:
        return document
    return _step(document, values, seen=seen, of=IN_HAND, verb="drafted", by=by)


@transaction.atomic
def revise_parts(document: D, *, seen: int, verb: str, by: Actor) -> D:
    """Say that something which hangs on a draft is changed, in the transaction that changes it."""
    return _step(document, {}, seen=seen, of=IN_HAND, verb=verb, by=by)


@transaction.atomic
def submit(document: D, checklist: Iterable[Item], *, seen: int, by: Actor, now: datetime) -> D:
    """Hand a draft over for the national review. Raises NotAllowedError with all that the checklist lacks."""
    if lacks := lacking(checklist, submitting=True):
        raise NotAllowedError(f"It cannot be submitted yet. {lacks}")
    values = {"state": State.SUBMITTED, "submitted_at": now, "submitted_by": person(by)}
    return _step(document, values, seen=seen, of=IN_HAND, verb="submitted", by=by)


@transaction.atomic
def take_back(document: D, *, seen: int, by: Actor) -> D:
    """Make a draft again of what waits for the review; the day that it was scheduled for is forgotten.

    Raises NotAllowedError while it is held: only the reviewers end a hold.
    """
    current = type(document)._default_manager.get(pk=document.pk)
    if current.held_since and current.version == seen:  # who holds it later changes its version
        raise NotAllowedError("The national reviewers hold it. It cannot be taken back until they release it.")
    values = {"state": State.DRAFT, "submitted_at": None, "submitted_by": None, "publish_on": None}
    return _step(document, values, seen=seen, of=(State.SUBMITTED,), verb="taken back", by=by)


@transaction.atomic
def abandon(document: D, *, seen: int, reason: str, by: Actor) -> D:
    """Give up a draft, or one that was returned: it is off the working lists, and can be taken up again.

    Raises NotAllowedError without a reason.
    """
    if not reason.strip():
        raise NotAllowedError("Say why it is abandoned.")
    values = {"state": State.ABANDONED, "abandoned_reason": reason.strip()}
    return _step(document, values, seen=seen, of=IN_HAND, verb="abandoned", by=by, why=reason.strip())


@transaction.atomic
def take_up_again(document: D, *, seen: int, by: Actor) -> D:
    """Make a draft again of what was abandoned. That no other is in hand, the caller sees to."""
    values = {"state": State.DRAFT, "abandoned_reason": ""}
    return _step(document, values, seen=seen, of=(State.ABANDONED,), verb="taken up again", by=by)


@transaction.atomic
def return_with_comment(document: D, *, seen: int, comment: str, by: Actor) -> D:
    """Give it back to its coordinators, with what is asked for. Raises NotAllowedError without a comment."""
    if not comment.strip():
        raise NotAllowedError("Say what must change before it can be published.")
    values = {"state": State.RETURNED, "review_comment": comment.strip()} | NOT_APPROVED
    why = comment.strip()
    returned = _step(document, values, seen=seen, of=(State.SUBMITTED,), verb="returned", by=by, why=why)
    tell_submitter(
        returned,
        subject=f"Returned with comments: {returned}",
        sentences=[
            f"“{returned}” needs changes before it can be published.",
            f"The national reviewer asks: {why}",
            "Open it to change it and submit it again:",
        ],
        page=f"/workspace/{PAGES[returned._meta.label_lower]}/{returned.pk}/",
        by=by,
    )
    return returned


def tell_submitter(document: Published, *, subject: str, sentences: list[str], page: str, by: Actor) -> None:
    """Tell who submitted it, by a mail at once, what became of it."""
    reply([document.submitted_by], document, subject=subject, sentences=sentences, page=page, by=by)


@transaction.atomic
def schedule(document: D, checklist: Iterable[Item], *, seen: int, publish_on: date, by: Actor, on: date) -> D:
    """Approve it for a day after `on`; a job publishes it on that day, if by then the checklist is still met.

    Raises NotAllowedError for who submitted it, for a day that is not to come, or with all that the checklist lacks (a
    plan's declaration may be published by then).
    """
    demand_another(document, by)
    if publish_on <= on:
        raise NotAllowedError("Choose a day to come, or publish it now.")
    if lacks := lacking(checklist, submitting=True):
        raise NotAllowedError(f"It cannot be approved yet. {lacks}")
    values = {"publish_on": publish_on}
    return _step(document, values, seen=seen, of=(State.SUBMITTED,), verb="scheduled", by=by)


def demand_another(document: Published, by: Actor) -> None:
    """Nobody approves what they submitted (docs/roles.md). Raises NotAllowedError."""
    if is_ones_own(document, by):
        raise NotAllowedError(NOT_ONES_OWN)


def is_ones_own(document: Published, by: Actor) -> bool:
    """Whether that person submitted it."""
    return document.submitted_by_id is not None and document.submitted_by == person(by)


@transaction.atomic
def unschedule(document: D, *, seen: int, by: Actor) -> D:
    """It waits for a decision again."""
    return _step(document, {"publish_on": None}, seen=seen, of=(State.SUBMITTED,), verb="unscheduled", by=by)


@transaction.atomic
def hold(document: D, *, seen: int, reason: str, by: Actor, on: date) -> D:
    """Let nothing publish it until it is released, as in the weeks before an election.

    Raises NotAllowedError without a reason, or if it is held already.
    """
    if not reason.strip():
        raise NotAllowedError("Say why it is held.")
    if document.held_since:
        raise NotAllowedError("It is held already.")
    values = {"held_since": on, "held_reason": reason.strip()}
    return _step(document, values, seen=seen, of=(State.SUBMITTED,), verb="held", by=by, why=reason.strip())


@transaction.atomic
def release(document: D, *, seen: int, by: Actor) -> D:
    """End the hold. If the day that it was scheduled for has passed, the job publishes it next time.

    Raises NotAllowedError if it is not held.
    """
    if not document.held_since:
        raise NotAllowedError("It is not held.")
    values = {"held_since": None, "held_reason": ""}
    return _step(document, values, seen=seen, of=(State.SUBMITTED,), verb="released", by=by)


NOT_APPROVED: dict[str, Any] = {"publish_on": None, "held_since": None, "held_reason": ""}


def _step(
    document: D,
    values: Mapping[str, Any],
    *,
    seen: int,
    of: Iterable[State],
    verb: str,
    by: Actor,
    why: str = "",
) -> D:
    """One conditional UPDATE of a row that still is what the person saw, with its record. `why` is no secret."""
    same = type(document)._default_manager.filter(pk=document.pk, version=seen, state__in=list(of))
    before = type(document)._default_manager.get(pk=document.pk)
    if not same.update(**values, version=F("version") + 1):
        raise refusal(document, seen)
    document.refresh_from_db()
    changed = {name: (getattr(before, name), value) for name, value in values.items() if getattr(before, name) != value}
    record(document, verb, by=by, why=why, fields=changed)
    return document


def refusal(document: Published, seen: int | None) -> NotAllowedError:
    """Why a step on the row as that person saw it changed nothing, in a sentence for them."""
    document.refresh_from_db()
    if seen is not None and document.version != seen:
        return FasterError(FASTER)
    if document.held_since:
        return NotAllowedError("It is held: release it first.")
    return NotAllowedError(OTHER_STATE[State(document.state)])
