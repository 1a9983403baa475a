"""A plan file on its way into a draft version: taken in, answered, confirmed, abandoned; and the work in between.

Reading, understanding and applying are done by a worker, one step at a time: it claims the row by a conditional UPDATE,
and only who still holds the claim at the end writes anything. A worker that is killed loses nothing and does nothing
twice: a sweep takes its claim away and the step is done again. Days are days in London, moments are in UTC.
"""

import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import F

from actionplans.models import ImportMemory, PlanImport, PlanVersion
from actionplans.models.importing import STUCK_AFTER
from concordat.kernel.changes import Actor, create, person, record
from signatories.documents.checking import harmless_name, sha256_of
from signatories.documents.formats import LARGEST, LARGEST_MB
from signatories.services.documents import unguessable_name
from signatories.services.errors import FasterError, NotAllowedError
from signatories.services.review import IN_HAND, OTHER_STATE

log = logging.getLogger(__name__)
State = PlanImport.State
FASTER = "Somebody else has gone on with this import since you opened it. See how it stands now."
OPEN_ALREADY = "A file is being brought into this version already. Go on with that one, or abandon it."
EMPTY = "This file is empty. Choose another one."
TOO_LARGE = f"This file is too large: the most we take is {LARGEST_MB} MB. Copy the table to a new, empty file."
NO_ROOM = "We could not keep this file: there is no room for it just now. Try again later. The operators are told."
MOST_TRIES = 3
STOPPED = "We began to read this file three times and were stopped each time. Copy the table to a new, empty file."


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the person says of a file besides."""

    as_at: date
    quarters: str = ""
    default_year: int | None = None


def take_file(draft: PlanVersion, file: "File[bytes]", told: Told, *, by: Actor, now: datetime) -> PlanImport:
    """Keep a plan file for a draft. Reading it is for a worker.

    Within a larger transaction, who undoes that must delete the file too (`stored_as`). Raises NotAllowedError for an
    empty or too large file, where the storage is full, while another is open, or if the version is no draft.
    """
    if not file.size:
        raise NotAllowedError(EMPTY)
    if file.size > LARGEST:
        raise NotAllowedError(TOO_LARGE)
    name = harmless_name(file.name or "") or "plan"
    digest = sha256_of(file)  # type: ignore[arg-type] # a file of Django's reads bytes
    file.seek(0)
    try:
        stored_as = default_storage.save(unguessable_name(), file)
    except OSError as error:
        log.exception("A plan file cannot be stored.")
        raise NotAllowedError(NO_ROOM) from error
    row = PlanImport(draft=draft, original_name=name, sha256=digest, size=file.size, stored_as=stored_as)
    try:
        return _begin(row, told, by=by, now=now)
    except BaseException:
        default_storage.delete(stored_as)
        raise


def take_paste(draft: PlanVersion, text: str, told: Told, *, by: Actor, now: datetime) -> PlanImport:
    """Keep a pasted table for a draft. Raises NotAllowedError as `take_file` does."""
    content = text.encode()
    if not text.strip():
        raise NotAllowedError("Paste the table, with its headings.")
    digest = hashlib.sha256(content).hexdigest()
    return _begin(PlanImport(draft=draft, pasted=text, sha256=digest, size=len(content)), told, by=by, now=now)


def _begin(row: PlanImport, told: Told, *, by: Actor, now: datetime) -> PlanImport:
    demand_in_hand(row.draft)
    memory = ImportMemory.objects.filter(partnership=row.draft.plan.partnership_id).first()
    row.as_at, row.uploaded_by, row.uploaded_at = told.as_at, person(by), now
    row.quarters = told.quarters or (memory.quarters if memory else "")
    row.default_year = told.default_year or (memory.default_year if memory else None)
    try:
        with transaction.atomic():
            return create(row, by=by)
    except IntegrityError as error:
        if row.draft.imports.open().exists():
            raise NotAllowedError(OPEN_ALREADY) from error
        raise


def demand_in_hand(draft: PlanVersion) -> None:
    """Raises NotAllowedError if the version is no draft now."""
    if draft.state not in IN_HAND:
        raise NotAllowedError(OTHER_STATE[PlanVersion.State(draft.state)])


@transaction.atomic
def answer(plan_import: PlanImport, answers: Mapping[str, str], *, seen: int, by: Actor) -> PlanImport:
    """Add answers to its questions; an empty one takes an answer back. The file is then understood anew.

    Raises FasterError if somebody went on since, and NotAllowedError unless it is ready to look at.
    """
    _demand(plan_import, State.READY, seen)
    kept = {key: said for key, said in {**plan_import.answers, **answers}.items() if said}
    _go_on(plan_import, seen, verb="answered", by=by, state=State.RECEIVED, answers=kept, tries=0, notice="")
    return plan_import


@transaction.atomic
def confirm(plan_import: PlanImport, *, seen: int, by: Actor) -> PlanImport:
    """Let it be applied as the person was shown it.

    Raises NotAllowedError while a question is open that must not be, where nothing was found, or if the version is no
    draft now; and as `answer` does.
    """
    _demand(plan_import, State.READY, seen)
    demand_in_hand(plan_import.draft)
    if plan_import.must_be_answered:
        raise NotAllowedError("Answer all questions first: nothing is guessed.")
    if not plan_import.found["counts"]["actions"]:
        raise NotAllowedError("We found no action in this file, so there is nothing to apply.")
    _go_on(
        plan_import, seen, verb="confirmed", by=by, state=State.CONFIRMED, confirmed_by=person(by), tries=0, notice=""
    )
    return plan_import


@transaction.atomic
def abandon(plan_import: PlanImport, *, seen: int, by: Actor) -> PlanImport:
    """Give it up. The file and its rows are kept. Raises as `answer` does; it may also wait to be read."""
    state = State.RECEIVED if plan_import.state == State.RECEIVED else State.READY
    _demand(plan_import, state, seen)
    _go_on(plan_import, seen, verb="abandoned", by=by, state=State.ABANDONED)
    return plan_import


def _demand(plan_import: PlanImport, state: State, seen: int) -> None:
    """Raises NotAllowedError in another state. Who was faster is found out by the UPDATE alone."""
    if plan_import.version == seen and plan_import.state != state:
        raise NotAllowedError(SAID_OF[State(plan_import.state)])


SAID_OF = {
    State.RECEIVED: "The file is not read yet. Wait a moment.",
    State.READING: "The file is being read. Wait a moment.",
    State.READY: "The file is ready to look at.",
    State.CONFIRMED: "It waits to be applied. Wait a moment.",
    State.APPLYING: "It is being applied. Wait a moment.",
    State.APPLIED: "It is applied already.",
    State.REFUSED: "The file could not be read.",
    State.ABANDONED: "This import was abandoned. Bring the file in again.",
}


def _go_on(plan_import: PlanImport, seen: int, *, verb: str, by: Actor, **values: object) -> None:
    """Set these if nobody went on since it was `seen`. Raises FasterError."""
    same = PlanImport.objects.filter(pk=plan_import.pk, version=seen, state=plan_import.state)
    if not same.update(version=F("version") + 1, **values):
        raise FasterError(FASTER)
    fields = {"state": (plan_import.state, values["state"])}
    if "answers" in values:
        # How many alone: the words may be names of persons.
        fields["answers"] = (len(plan_import.answers), len(values["answers"]))  # type: ignore[assignment, arg-type] # of numbers
    plan_import.refresh_from_db()
    record(plan_import, verb, by=by, fields=fields)


def end_with(draft: PlanVersion, *, by: Actor, why: str) -> None:
    """Abandon what is on its way into a version that is no draft any more; a worker at it then writes nothing."""
    for each in draft.imports.open():
        _go_on(each, each.version, verb="abandoned", by=by, state=State.ABANDONED, claimed_at=None, notice=why)


def nobody_knows(import_id: int) -> bool | None:
    """Where no worker says that it is alive."""
    return None


def free_stuck(*, by: Actor, now: datetime, is_alive: Callable[[int], bool | None] = nobody_knows) -> None:
    """Take their claims away from workers that were stopped: the step is done again, at most three times.

    `is_alive` tells whether the worker of an import says so, or None: then it is waited for longer than any step takes.
    """
    for each in PlanImport.objects.perhaps_stuck(now):
        claimed_at = each.claimed_at or now
        if claimed_at >= now - STUCK_AFTER and is_alive(each.pk) is not False:
            continue
        reading = each.state == State.READING
        if each.tries < MOST_TRIES:
            values: dict[str, object] = {"state": State.RECEIVED if reading else State.CONFIRMED}
        elif reading:
            values = {"state": State.REFUSED, "refusal": STOPPED}
        else:
            values = {"state": State.READY, "tries": 0, "notice": "It could not be applied. Nothing was changed."}
        same = PlanImport.objects.filter(pk=each.pk, version=each.version)
        with transaction.atomic():
            if same.update(version=F("version") + 1, claimed_at=None, **values):
                record(each, "freed", by=by, fields={"state": (each.state, values["state"])})
