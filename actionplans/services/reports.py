"""Working on the report of an action: drafting it, handing it in, taking it back, returning it.

An action has one report in hand. Whoever may report on the action (`Action.objects.editable_by`) works on that one;
each save names the version that it was opened at, and a conditional UPDATE decides who was first. All days are days
in London, moments are in UTC. Accepting a report is `services.updates`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from actionplans.models import Action, ProgressUpdate
from actionplans.services.updates import lacking
from actionplans.states import ActionState
from concordat.kernel.changes import Actor, change, person, record, values_of
from concordat.kernel.models import Change
from signatories.outbox.replies import reply
from signatories.services.errors import FasterError, NotAllowedError

State = ProgressUpdate.State
UNCHANGED_AT_MOST = 2  # “no change” without a word; the third in a row says why (docs/rules.md, Actions)
# What handing in itself sets, and is no part of what the report says.
HANDING_IN = ("state", "submitted_at", "reported_on", "is_no_change")
# What is saved while somebody types is recorded no more often than this, and whenever they save it themselves.
SITTING = timedelta(minutes=10)
KEPT_ELSEWHERE = "This action is kept in another plan; update it there."
WAITS = "This report waits for the coordinator, so it is not saved while you type."
FASTER = "Somebody else has saved this report since you opened it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a person says about an action: the fields of a report that they fill in."""

    status: ActionState
    confidence: str = ""
    public_text: str = ""
    internal_note: str = ""
    completed_on: date | None = None
    outcome_note: str = ""
    merged_into_id: int | None = None
    reason: str = ""
    measure_value: str = ""
    new_timescale_text: str = ""
    new_due_on: date | None = None
    new_date_reason: str = ""

    def as_fields(self) -> dict[str, Any]:
        """The values by the fields' names."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


def in_hand(action_id: int) -> ProgressUpdate | None:
    """The report that is being worked on, or waits for acceptance; the latest, should there be several. One query."""
    return ProgressUpdate.objects.open().filter(action=action_id).select_related("author").order_by("pk").last()


@transaction.atomic
def save_report(
    action: Action,
    answer: Answer,
    *,
    version: int | None,
    hand_in: bool,
    by: Actor,
    on: date,
    now: datetime,
    is_no_change: bool = False,
    as_typed: bool = False,
    came_by: str = "",
) -> ProgressUpdate:
    """Save what somebody says about an action, as a draft or (`hand_in`) for the coordinator to accept.

    `version` is that of the report in hand when it was opened; None where there was none. A report that is handed in
    is of the day `on`. A draft that is saved `as_typed`, without its author asking for it, never takes back what waits
    for acceptance, and is told in the history with the next one that is recorded (SITTING). `came_by`: how it came, for
    the record, if not by somebody who was signed in. Raises FasterError if
    somebody else has saved it since, and NotAllowedError if the action only mirrors one that is kept elsewhere, or what
    is handed in lacks what its status needs (docs/rules.md, Actions).
    """
    if action.mirrors_id:
        raise NotAllowedError(KEPT_ELSEWHERE)
    Action.objects.select_for_update().get(pk=action.pk)  # the first report of two people at once, on PostgreSQL
    current = in_hand(action.pk)
    if (current and current.version) != version:
        raise FasterError(FASTER)
    if as_typed and current and current.state == State.SUBMITTED:
        raise NotAllowedError(WAITS)
    values = answer.as_fields() | {"reported_on": on, "is_no_change": is_no_change}
    values |= {"state": State.SUBMITTED, "submitted_at": now} if hand_in else {"state": State.DRAFT}
    wanted = ProgressUpdate(action=action, pk=current.pk if current else None, **values)
    if hand_in and (sentence := lacking(wanted)):
        raise NotAllowedError(sentence)
    if current is None:
        return _begin(wanted, by=by, came_by=came_by)
    if current.state == State.RETURNED and not hand_in:
        values["state"] = State.RETURNED  # it stays returned, with its comment, until it is handed in again
    if as_typed:
        return _save_as_typed(current, values, by=by, now=now)
    _catch_up(current)
    if hand_in:
        return _hand_in(current, values, by=by, came_by=came_by)
    return _save(current, values, verb="drafted", by=by)


@transaction.atomic
def hand_in_beside(action: Action, answer: Answer, *, by: Actor, on: date, now: datetime) -> ProgressUpdate:
    """Hand in what was decided about an action, of the day `on`. What somebody has in hand on it stays as it is.

    Raises NotAllowedError as `save_report` does.
    """
    if action.mirrors_id:
        raise NotAllowedError(KEPT_ELSEWHERE)
    values = answer.as_fields() | {"state": State.SUBMITTED, "reported_on": on, "submitted_at": now}
    wanted = ProgressUpdate(action=action, **values)
    if sentence := lacking(wanted):
        raise NotAllowedError(sentence)
    return _begin(wanted, by=by)


def _begin(wanted: ProgressUpdate, *, by: Actor, came_by: str = "") -> ProgressUpdate:
    wanted.author = person(by)
    verb = "handed in" if wanted.state == State.SUBMITTED else "created"
    try:
        with transaction.atomic():
            wanted.save(force_insert=True)
            told = {name: (None, value) for name, value in values_of(wanted).items()}
            record(wanted, verb, by=by, why=came_by, fields=told)
            return wanted
    except IntegrityError as error:
        raise FasterError(FASTER) from error


def _save(current: ProgressUpdate, values: Mapping[str, Any], *, verb: str, by: Actor) -> ProgressUpdate:
    """Set these fields of an open report if it still is what `current` is, and record what they were."""
    record(current, verb, by=by, fields=_set(current, values))
    return current


def _save_as_typed(current: ProgressUpdate, values: Mapping[str, Any], *, by: Actor, now: datetime) -> ProgressUpdate:
    """Save a draft, and record it if somebody else wrote last, or if nothing was recorded for a while."""
    last = Change.objects.about(current).last()
    goes_on = last is not None and last.by == person(by) and last.verb in ("created", "drafted")
    if last and goes_on and now - last.recorded_at < SITTING:
        _set(current, values)
        return current
    _catch_up(current)
    return _save(current, values, verb="drafted", by=by)


def _catch_up(current: ProgressUpdate) -> None:
    """Record what was saved as it was typed and is not in the history yet, as of whoever wrote last."""
    told: dict[str, Any] = {}
    last = None
    for last in Change.objects.about(current).select_related("by"):
        told |= {name: after for name, (_, after) in last.fields.items()}
    if last is None or current.state == State.SUBMITTED:
        return
    texts = {each.name: (told.get(each.name), getattr(current, each.name)) for each in fields(Answer)}
    by = last.by or last.by_command
    plain = change(current, "drafted", by=by, fields=texts).fields
    missing = {name: pair for name, pair in texts.items() if (plain[name][0] or "") != (plain[name][1] or "")}
    if missing:
        record(current, "drafted", by=by, fields=missing)


def _hand_in(current: ProgressUpdate, values: Mapping[str, Any], *, by: Actor, came_by: str) -> ProgressUpdate:
    """Hand in an open report. What the draft said before is told apart: readers are not shown it."""
    changed = _set(current, values)
    if drafted := {name: pair for name, pair in changed.items() if name not in HANDING_IN}:
        record(current, "drafted", by=by, why=came_by, fields=drafted)
    texts = values.keys() - set(HANDING_IN)
    told = {name: (None, value) for name, value in values_of(current).items() if name in texts}
    set_by_it = {name: pair for name, pair in changed.items() if name in HANDING_IN}
    record(current, "handed in", by=by, why=came_by, fields=told | set_by_it)
    return current


def _set(current: ProgressUpdate, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Set these fields if the report still is what `current` is; gives what each that changed was and is.

    Raises FasterError if somebody has saved it since.
    """
    same = ProgressUpdate.objects.filter(pk=current.pk, version=current.version, state=current.state)
    if not same.update(**values, version=F("version") + 1):
        raise FasterError(FASTER)
    before = {name: getattr(current, name) for name in values}
    current.refresh_from_db()
    return {name: (was, getattr(current, name)) for name, was in before.items() if getattr(current, name) != was}


@transaction.atomic
def report_no_change(
    action: Action, *, version: int | None, by: Actor, on: date, now: datetime, why: str = "", came_by: str = ""
) -> ProgressUpdate:
    """Hand in that everything is as it was last reported; the third time in a row needs a word why.

    `came_by` is as in `save_report`. Raises NotAllowedError where nothing was ever accepted, the action is closed, or
    the third has no word; FasterError if somebody has saved a report since.
    """
    accepted = ProgressUpdate.objects.accepted().filter(action=action)
    last = list(accepted.order_by("-reported_on", "-pk")[:UNCHANGED_AT_MOST])
    if not last:
        raise NotAllowedError("Nothing is reported on this action yet. Say how it stands.")
    if not ActionState(last[0].status).is_open:
        raise NotAllowedError("This action is closed. Say what has changed to reopen it.")
    if asks_why(last) and not why.strip():
        raise NotAllowedError("It is the third report in a row without a change. Say why nothing moves.")
    same = unchanged(last[0], why)
    return save_report(
        action, same, version=version, hand_in=True, is_no_change=True, by=by, on=on, now=now, came_by=came_by
    )


def unchanged(last: ProgressUpdate, why: str) -> Answer:
    """What a report says by which everything is as in the `last` one."""
    return Answer(
        status=ActionState(last.status),
        confidence=last.confidence,
        measure_value=last.measure_value,
        public_text=why.strip() or "No change since the last report.",
    )


def asks_why(last: list[ProgressUpdate]) -> bool:
    """Whether one more “no change” would be the third in a row; `last` are the last accepted ones."""
    return len(last) >= UNCHANGED_AT_MOST and all(each.is_no_change for each in last[:UNCHANGED_AT_MOST])


@transaction.atomic
def take_back(update: ProgressUpdate, *, version: int, by: Actor) -> ProgressUpdate:
    """Make a draft again of a report that waits for acceptance.

    Raises FasterError if it was saved, accepted or returned since.
    """
    _demand(update, version, State.SUBMITTED)
    try:
        with transaction.atomic():
            return _save(update, {"state": State.DRAFT, "submitted_at": None}, verb="taken back", by=by)
    except IntegrityError as error:
        raise NotAllowedError("Another report on this action is in hand already.") from error


@transaction.atomic
def return_report(update: ProgressUpdate, *, version: int, comment: str, by: Actor) -> ProgressUpdate:
    """Give a report back to those who report on the action, with what is asked for.

    Raises NotAllowedError without a comment or while another one is in hand; FasterError if it was saved, accepted or
    returned since.
    """
    if not comment.strip():
        raise NotAllowedError("Say what you need before you can accept it.")
    _demand(update, version, State.SUBMITTED)
    try:
        with transaction.atomic():
            values = {"state": State.RETURNED, "review_comment": comment.strip()}
            returned = _save(update, values, verb="returned", by=by)
            _tell_returned(returned, by=by)
            return returned
    except IntegrityError as error:
        raise NotAllowedError("Another report on this action is in hand already.") from error


def _tell_returned(update: ProgressUpdate, *, by: Actor) -> None:
    """Tell who wrote the report, by a mail at once, that it came back and why."""
    action = update.action
    reply(
        [update.author],
        update,
        subject=f"Your report came back: {action}",
        sentences=[
            f"Your report on the action “{action}” needs a change before it can be accepted.",
            f"The coordinator asks: {update.review_comment}",
            "Open the action to change it and hand it in again:",
        ],
        page=f"/workspace/actions/{action.pk}/",
        by=by,
    )


def _demand(update: ProgressUpdate, version: int, state: str) -> None:
    """Read the row anew, and raise FasterError if it is no longer what the person saw."""
    update.refresh_from_db()
    if update.version != version or update.state != state:
        raise FasterError(FASTER)
