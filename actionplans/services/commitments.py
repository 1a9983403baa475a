"""“You said / We will”: adding, editing, ordering and ending what a partnership answers to people.

What is saved is public at once. Each step names the version of the commitment that the person has seen; a conditional
UPDATE decides who was first, and raises FasterError for the other. Days are days in London.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from actionplans.models import Action, Commitment, Promise
from concordat.kernel.changes import Actor, change, create, record, revise
from concordat.kernel.models import Change
from signatories.models import Partnership
from signatories.services.errors import FasterError, NotAllowedError
from signatories.services.review import FASTER


class SaidAlreadyError(NotAllowedError):
    """The same words stand there already."""


@transaction.atomic
def add_commitment(partnership: Partnership, values: Mapping[str, Any], *, by: Actor) -> Commitment:
    """What people asked for, at the end of the list. Raises SaidAlreadyError."""
    last = partnership.commitments.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    return _commitment(Commitment(partnership=partnership, position=position, **values), by=by)


@transaction.atomic
def save_commitment(commitment: Commitment, values: Mapping[str, Any], *, seen: int, by: Actor) -> Commitment:
    """Set these fields. Raises SaidAlreadyError, FasterError, and NotAllowedError if it is ended."""
    _claim(commitment, seen)
    return _commitment(commitment, by=by, **values)


@transaction.atomic
def end_commitment(commitment: Commitment, *, seen: int, reason: str, by: Actor, on: date) -> Commitment:
    """It is on no public page from that day on; pages of earlier days still show it.

    Raises NotAllowedError without a reason, if it was made after that day, or if it is ended, and FasterError.
    """
    if not reason.strip():
        raise NotAllowedError("Say why it is no longer made.")
    if commitment.made_on and commitment.made_on > on:
        raise NotAllowedError("It cannot end before the day on which it was made.")
    _claim(commitment, seen)
    return revise(commitment, by=by, verb="ended", why=reason.strip(), ended_on=on, ended_reason=reason.strip())


@transaction.atomic
def move_commitment(commitment: Commitment, *, up: bool, by: Actor) -> None:
    """Let it change places with the one before it (or after it). Raises NotAllowedError at either end."""
    rows = list(Commitment.objects.filter(partnership=commitment.partnership_id, ended_on__isnull=True))
    _swap(rows, commitment, up=up, by=by)


@transaction.atomic
def add_promise(
    commitment: Commitment, values: Mapping[str, Any], *, actions: Iterable[Action], seen: int, by: Actor
) -> Promise:
    """One more answer. Raises as `save_promise` does."""
    _claim(commitment, seen)
    last = commitment.promises.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    promise = _promise(Promise(commitment=commitment, position=position, **values), by=by)
    _link(promise, actions, by=by)
    return promise


@transaction.atomic
def save_promise(
    promise: Promise, values: Mapping[str, Any], *, actions: Iterable[Action], seen: int, by: Actor
) -> Promise:
    """Set these fields, and the actions by which it is kept.

    Raises SaidAlreadyError, FasterError, and NotAllowedError for an action of another partnership or if the commitment
    is ended.
    """
    _claim(promise.commitment, seen)
    _promise(promise, by=by, **values)
    _link(promise, actions, by=by)
    return promise


@transaction.atomic
def move_promise(promise: Promise, *, up: bool, by: Actor) -> None:
    """Let it change places with the one before it (or after it). Raises NotAllowedError at either end."""
    _swap(list(promise.commitment.promises.all()), promise, up=up, by=by)


def _claim(commitment: Commitment, seen: int) -> None:
    """Be the one who changes what is still as it was seen. A conditional UPDATE decides."""
    same = Commitment.objects.filter(pk=commitment.pk, version=seen, ended_on__isnull=True)
    if same.update(version=F("version") + 1):
        commitment.version = seen + 1
        return
    commitment.refresh_from_db()
    if commitment.version != seen:
        raise FasterError(FASTER)
    raise NotAllowedError("It is ended already.")


def _commitment(commitment: Commitment, *, by: Actor, **values: Any) -> Commitment:
    try:
        with transaction.atomic():
            return revise(commitment, by=by, **values) if commitment.pk else create(commitment, by=by)
    except IntegrityError as error:
        raise SaidAlreadyError("The partnership has a commitment in these words already.") from error


def _promise(promise: Promise, *, by: Actor, **values: Any) -> Promise:
    try:
        with transaction.atomic():
            return revise(promise, by=by, **values) if promise.pk else create(promise, by=by)
    except IntegrityError as error:
        raise SaidAlreadyError("This answer is given already.") from error


def _link(promise: Promise, actions: Iterable[Action], *, by: Actor) -> None:
    """Say by which actions it is kept."""
    actions = list(actions)
    partnership = promise.commitment.partnership_id
    if any(action.plan.partnership_id != partnership for action in actions):
        raise NotAllowedError("Choose actions of this partnership.")
    before, wanted = sorted(promise.actions.values_list("pk", flat=True)), sorted(action.pk for action in actions)
    if before == wanted:
        return
    promise.actions.set(actions)
    record(promise, "changed", by=by, fields={"actions": (before, wanted)})


def _swap(rows: list[Any], row: Any, *, up: bool, by: Actor) -> None:
    """Number the rows anew with this one before, or after, its neighbour. What keeps its number is left alone."""
    place = next((number for number, each in enumerate(rows) if each.pk == row.pk), None)
    if place is None:
        raise NotAllowedError("It is ended already.")
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        raise NotAllowedError(f"It is the {'first' if up else 'last'} already.")
    rows[place], rows[other] = rows[other], rows[place]
    changed, changes = [], []
    for position, each in enumerate(rows):
        if each.position != position:
            changes.append(change(each, "moved", by=by, fields={"position": (each.position, position)}))
            each.position = position
            changed.append(each)
    type(row)._default_manager.bulk_update(changed, ["position"], batch_size=400)
    Change.objects.bulk_create(changes, batch_size=400)
