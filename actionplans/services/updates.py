"""Accepting the report on an action, and moving its due date. All days are days in London."""

from datetime import date

from django.db import transaction
from django.db.models import BigAutoField, Q
from django.utils import timezone

from actionplans.models import Action, ActionInVersion, DateChange, ProgressUpdate
from actionplans.proposals import on_day, told
from actionplans.states import CLOSED, ActionState
from actionplans.timescale import TimePrecision, Timescale
from actionplans.timescales import read_timescale
from concordat.kernel.changes import Actor, create, person, record, revise
from concordat.kernel.models import Change
from signatories.models import Membership, Role
from signatories.services.errors import FasterError, NotAllowedError

State = ProgressUpdate.State
WRITING = ("created", "drafted", "handed in")
BY_ITS_AUTHOR = "Accepted by its author: the partnership has no other coordinator"
MAX_ID = BigAutoField.MAX_BIGINT  # a report not yet saved comes after all others of its day


def lacking(update: ProgressUpdate) -> str | None:
    """What the report lacks or says too much, as a sentence for its author; None if it is complete."""
    return next(iter(faults(update).values()), None)


def faults(update: ProgressUpdate) -> dict[str, str]:
    """What the report lacks or says too much: a sentence for its author, by the field that it is about.

    docs/rules.md, Actions. One query, for what was reported before; of a merged one two more.
    """
    status = update.status
    completed, merged, dropped = (
        status == each for each in (ActionState.COMPLETED, ActionState.MERGED, ActionState.NOT_GOING_AHEAD)
    )
    has_reason = bool(update.reason.strip())
    late = update.completed_on is not None and update.completed_on > update.reported_on
    problems = (
        ("completed_on", "Say on which day it was completed.", completed and update.completed_on is None),
        (
            "outcome_note",
            "Say what came of it: a completed action needs an outcome.",
            completed and not update.outcome_note.strip(),
        ),
        ("completed_on", "Only a completed action has a day of completion.", not completed and update.completed_on),
        ("completed_on", "The day of completion cannot be after the day of the report.", late),
        ("merged_into", "Say which action it was merged into.", merged and update.merged_into_id is None),
        ("merged_into", "Only a merged action names the one it was merged into.", not merged and update.merged_into_id),
        ("merged_into", "An action cannot be merged into itself.", update.merged_into_id == update.action_id),
        ("merged_into", "Choose an action of the same plan.", merged and _is_elsewhere(update)),
        ("reason", "Say why it is not going ahead.", dropped and not has_reason),
        ("reason", "Say why it is reopened.", _reopens(update) and not has_reason),
        ("new_date_reason", "Say why the date moves.", update.new_due_on and not update.new_date_reason.strip()),
        ("new_due_on", "A closed action needs no new date.", update.new_due_on and status in CLOSED),
    )
    found: dict[str, str] = {}
    for field, sentence, applies in problems:
        if applies:
            found.setdefault(field, sentence)
    return found


def _is_elsewhere(update: ProgressUpdate) -> bool:
    """Whether it is merged into an action of another plan."""
    return update.merged_into is not None and update.merged_into.plan_id != update.action.plan_id


def _reopens(update: ProgressUpdate) -> bool:
    """Whether it takes up again what was reported as completed."""
    accepted = ProgressUpdate.objects.filter(action_id=update.action_id, state=State.ACCEPTED)
    before = accepted.filter(
        Q(reported_on__lt=update.reported_on) | Q(reported_on=update.reported_on, pk__lt=update.pk or MAX_ID)
    ).last()
    return before is not None and before.status == ActionState.COMPLETED and update.status not in CLOSED


def is_by(update: ProgressUpdate, by: Actor) -> bool:
    """Whether that person wrote the report or handed it in, alone or with others. One query at most."""
    author = person(by)
    if author is None:
        return False
    return update.author_id == author.pk or Change.objects.about(update).filter(by=author, verb__in=WRITING).exists()


def other_coordinators(update: ProgressUpdate, by: Actor, on: date) -> list[str]:
    """The names of those who coordinate the partnership on that day and may sign in, without that person."""
    held = Membership.objects.on(on).filter(
        role=Role.COORDINATOR, partnership=update.action.plan.partnership_id, person__is_active=True
    )
    return list(held.exclude(person=person(by)).order_by("person__name").values_list("person__name", flat=True))


def why_not_accept(update: ProgressUpdate, by: Actor, on: date) -> str:
    """Why that person does not accept the report; empty if they may. Nobody accepts their own while the partnership has
    another coordinator (docs/roles.md).
    """
    if not is_by(update, by) or not (others := other_coordinators(update, by, on)):
        return ""
    return f"You wrote this report, so another coordinator accepts it: {' or '.join(others)}."


@transaction.atomic
def accept_update(
    update: ProgressUpdate,
    *,
    by: Actor,
    on: date | None = None,
    version: int | None = None,
    decided_on: date | None = None,
    why: str = "",
) -> ProgressUpdate:
    """Accept a submitted report: from the day it was reported it is the action's state, until the next one's day.

    A report entered late takes its place among those accepted before. `on` is today: who coordinates now decides
    whether a person accepts their own (docs/roles.md), whatever day the report or the decision is of; a command writes
    no reports and needs none. `version` is the one that was read: what was saved since is not accepted unseen. A new
    due day that it proposes holds from `decided_on`, or else from the day of the report. `why`: who decided it, if
    that was not the coordinator alone, for the record. Raises NotAllowedError if it is not waiting for acceptance (a
    second person was faster), lacks what its status by now needs, or is the person's own while another coordinator
    could accept it; FasterError if it was saved since; ValueError for a person without today.
    """
    action = _held(update)
    if version is not None and update.version != version:
        raise FasterError("This report was changed since you opened it. Read it again before you accept it.")
    if person(by) is not None:
        if on is None:
            raise ValueError("Say on which day a person accepts a report.")
        if sentence := why_not_accept(update, by, on):
            raise NotAllowedError(sentence)
    if not why and is_by(update, by):
        why = BY_ITS_AUTHOR
    return _accept(update, action, by=by, decided_on=decided_on, why=why)


@transaction.atomic
def accept_decided(update: ProgressUpdate, *, by: Actor, why: str) -> ProgressUpdate:
    """Accept a report that only writes down what a board decided: whoever records it is not its author.

    Raises NotAllowedError if it lacks what its status needs.
    """
    return _accept(update, _held(update), by=by, decided_on=None, why=why)


def _held(update: ProgressUpdate) -> Action:
    """The action of the report, locked, which orders acceptances on PostgreSQL; the report is read anew."""
    action: Action = Action.objects.select_for_update().get(pk=update.action_id)
    update.refresh_from_db()
    return action


def _accept(update: ProgressUpdate, action: Action, *, by: Actor, decided_on: date | None, why: str) -> ProgressUpdate:
    if sentence := lacking(update):
        raise NotAllowedError(sentence)
    accepted = ProgressUpdate.objects.filter(action_id=update.action_id, state=State.ACCEPTED)
    key = (update.reported_on, update.pk)
    others = list(accepted.order_by("reported_on", "pk"))
    earlier = [other for other in others if (other.reported_on, other.pk) < key]
    later = [other for other in others if (other.reported_on, other.pk) > key]
    if earlier:
        ProgressUpdate.objects.filter(pk=earlier[-1].pk).update(until_on=update.reported_on)
    changed = ProgressUpdate.objects.filter(pk=update.pk, version=update.version, state=State.SUBMITTED).update(
        state=State.ACCEPTED,
        accepted_at=timezone.now(),
        accepted_by=person(by),
        until_on=later[0].reported_on if later else None,
    )
    if not changed:
        raise NotAllowedError("Only an update that waits for acceptance can be accepted.")
    update.refresh_from_db()
    record(update, "accepted", by=by, why=why, fields={"state": (State.SUBMITTED, State.ACCEPTED)})
    if update.new_due_on:
        to = proposed_timescale(update)
        decided_on = decided_on or update.reported_on
        move_date(action, to=to, decided_on=decided_on, reason=update.new_date_reason, by=by, why=why)
    return update


def proposed_timescale(update: ProgressUpdate) -> Timescale:
    """The new due day that a report proposes, as a timescale: of the period that its words name, or of that one day."""
    text, due_on = update.new_timescale_text, update.new_due_on
    assert due_on is not None  # noqa: S101 - the caller has looked
    named = read_timescale(text).current
    precision = named.precision if named.precision and named.end == due_on else TimePrecision.DAY
    return on_day(text, due_on, precision)


@transaction.atomic
def move_date(action: Action, *, to: Timescale, decided_on: date, reason: str, by: Actor, why: str = "") -> DateChange:
    """Move an action's due date from the day it was decided. The old day is kept.

    `why`: who decided it, for the record beside the public reason. A move entered late takes its place among those
    before and after. A draft that proposes no other date says the last one from then on. Raises NotAllowedError without
    a reason, or for an action kept in another plan.
    """
    if action.mirrors_id:
        raise NotAllowedError("This action is kept in another plan; move its date there.")
    if not reason.strip():
        raise NotAllowedError("Say why the date is moved.")
    action = Action.objects.select_for_update().get(pk=action.pk)
    before = action.date_changes.filter(decided_on__lte=decided_on).last()
    after = action.date_changes.filter(decided_on__gt=decided_on).first()
    if before:
        revise(before, by=by, verb="moved again", until_on=decided_on)
    move = DateChange(
        action=action,
        old_due_on=before.due_on if before else action.due_on,
        decided_on=decided_on,
        until_on=after.decided_on if after else None,
        reason=reason,
        **to.as_fields(),
    )
    create(move, by=by, why=f"{reason} ({why})" if why else reason)
    if after is None:
        _tell_drafts(move, by=by)
    return move


def _tell_drafts(move: DateChange, *, by: Actor) -> None:
    """The lines of drafts have the words of the date that holds now, unless they propose another."""
    same = Q(action=move.action) | Q(action__mirrors=move.action)
    for line in ActionInVersion.every.filter(same, version__published_on__isnull=True):
        if "timescale" not in line.proposes:
            revise(line, by=by, verb="drafted", why="Its date was moved.", timescale_text=told(move)["text"])
