"""What a worker does for a plan file: one step, from its claim to what it found. See `services.imports`."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import F

from actionplans.importing.keeping import book_of, remarks_of, rows_of, sheets_of
from actionplans.importing.known import Facts, facts_of, reader_for
from actionplans.importing.previewing import digest_of, lay_out
from actionplans.importing.reading.guarded import read_paste_safely, read_safely
from actionplans.importing.tables import Book, UnreadableError
from actionplans.importing.understanding.arranging import arranged
from actionplans.importing.understanding.preview import understand
from actionplans.importing.understanding.shapes import Going, Understood, quietly
from actionplans.models import ImportedRow, ImportMemory, PlanImport
from actionplans.services.imports import State, demand_in_hand
from actionplans.services.taking_over import take_over
from concordat.kernel.changes import Actor, create, record, revise
from signatories.access import access_of
from signatories.models import Person
from signatories.services.errors import NotAllowedError

log = logging.getLogger(__name__)
Progress = Callable[[int, str], None]  # how much is done, of 100, and what is being done
CHANGED_SINCE = "The plan has changed since you looked at this. Look at it again, then apply it."
BEYOND_US = (
    "Something in this file is beyond us. Copy the table of actions alone to a new, empty file, and send that. "
    "The operators of this service are told."
)
CLASHES = (
    "It could not be applied, and nothing was changed: something in it does not fit what the plan has, such as a "
    "number that two actions have, or an action merged into one that is not there. Look at the numbers and the merges."
)
NO_LONGER = (
    "It was not applied, and nothing was changed: whoever let it be applied may not do that any more. "
    "Look at it, then apply it yourself."
)
NOT_APPLIED = "It could not be applied, and nothing was changed. The operators of this service are told."
LOST = "We could not find the file that you sent. Send it again."
# The answers that hold for the partnership's next file too: how it writes, not what one row says.
REMEMBERED = ("column:", "section:", "lead:", "person:", "layout:")


def silent(done: int, what: str) -> None:
    """Nobody is told."""


def between(progress: Progress, first: int, last: int) -> Going:
    """Tells of a part of the work as of the whole, no number twice."""
    told = -1

    def going(what: str, share: float) -> None:
        nonlocal told
        done = round(first + (last - first) * share)
        if done > told:
            told = done
            progress(done, what)

    return going


def step(
    import_id: int,
    *,
    by: Actor,
    on: date,
    now: datetime,
    progress: Progress = silent,
    alive: Callable[[int], AbstractContextManager[Any]] = nullcontext,
) -> None:
    """Do what there is to do for one import, unless somebody else does.

    `alive` says all the while, from the claim on, that somebody is at work.
    """
    found = PlanImport.objects.select_related("draft__plan__partnership", "confirmed_by")
    if _claim(import_id, State.RECEIVED, State.READING, now):
        with alive(import_id):
            _read(found.get(pk=import_id), by, on, progress)
    elif _claim(import_id, State.CONFIRMED, State.APPLYING, now):
        with alive(import_id):
            _apply(found.get(pk=import_id), by, on, now, progress)


def understood_of(row: PlanImport, on: date) -> Understood:
    """What is understood of a file that was read, as the plan is by now."""
    return _understood(row, book_of(row, row.rows.all()), facts_of(row, on))


def _claim(import_id: int, state: State, to: State, now: datetime) -> bool:
    waiting = PlanImport.objects.filter(pk=import_id, state=state)
    return bool(waiting.update(state=to, claimed_at=now, tries=F("tries") + 1, version=F("version") + 1))


def _end(row: PlanImport, *, state: State, **values: object) -> bool:
    """End the step, if the claim still holds. Gives whether it did."""
    same = PlanImport.objects.filter(pk=row.pk, version=row.version, state=row.state)
    return bool(same.update(state=state, claimed_at=None, version=F("version") + 1, **values))


def _read(row: PlanImport, by: Actor, on: date, progress: Progress) -> None:
    progress(2, "Reading the file")
    kept = list(row.rows.all())
    if kept:
        book = book_of(row, kept)
    else:
        try:
            book = _book(row)
        except UnreadableError as error:
            _refuse(row, str(error), by)
            return
        row.sheets, row.remarks = sheets_of(book), remarks_of(book)
    progress(15, "Reading what the plan has")
    facts = facts_of(row, on)
    try:
        understood = _understood(row, book, facts, between(progress, 18, 72))
    except UnreadableError as error:
        _refuse(row, str(error), by)
        return
    progress(75, "Keeping what was found, row by row")
    _keep(row, kept or rows_of(book, row), understood, facts, by)
    progress(100, "Done")


def _book(row: PlanImport) -> Book:
    if row.pasted:
        return arranged(read_paste_safely(row.pasted))
    try:
        with default_storage.open(row.stored_as) as file:
            return arranged(read_safely(file, row.original_name))  # type: ignore[arg-type] # a file of Django's reads bytes
    except FileNotFoundError as error:
        log.exception("The file of plan import %s is not in the storage.", row.pk)
        raise UnreadableError(LOST) from error


def _understood(row: PlanImport, book: Book, facts: Facts, going: Going = quietly) -> Understood:
    """What the file says. Raises UnreadableError where that is beyond us: the person must not wait for ever."""
    try:
        return understand(book, facts.known, row.answers, reader_for(row, book), going)
    except Exception as error:
        log.exception("Plan import %s could not be understood.", row.pk)
        raise UnreadableError(BEYOND_US) from error


@transaction.atomic
def _refuse(row: PlanImport, sentence: str, by: Actor) -> None:
    if _end(row, state=State.REFUSED, refusal=sentence[:400]):
        record(row, "refused", by=by, why=sentence[:400], fields={"state": (row.state, State.REFUSED)})


@transaction.atomic
def _keep(
    row: PlanImport, rows: list[ImportedRow], understood: Understood, facts: Facts, by: Actor, notice: str = ""
) -> bool:
    """Keep the preview, and the rows as read where that is the first time."""
    lay_out(row, rows, understood, facts.known)
    values: dict[str, Any] = {"found": row.found, "digest": row.digest, "sheets": row.sheets, "remarks": row.remarks}
    if not _end(row, state=State.READY, tries=0, notice=notice, **values):
        return False
    _save(rows)
    record(row, "understood", by=by, fields={"state": (row.state, State.READY)})
    return True


def _save(rows: list[ImportedRow]) -> None:
    if rows and rows[0].pk is None:
        ImportedRow.objects.bulk_create(rows, batch_size=2000)
    else:
        ImportedRow.objects.bulk_create(
            rows,
            batch_size=2000,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["became", "change", "understood", "action"],
        )


def _apply(row: PlanImport, by: Actor, on: date, now: datetime, progress: Progress) -> None:
    """Apply what the person was shown, all or nothing. What would now be another thing is shown anew instead.

    So is what was confirmed by somebody who may not any more.
    """
    actor: Actor = row.confirmed_by or by
    if row.confirmed_by and not _may_still(row, row.confirmed_by, on):
        _show_again(row, by, on, NO_LONGER)
        return
    rows = list(row.rows.all())
    progress(5, "Looking at the plan once more")
    facts = facts_of(row, on)
    understood = _understood(row, book_of(row, rows), facts, between(progress, 8, 40))
    try:
        if digest_of(understood) != row.digest:
            raise NotAllowedError(CHANGED_SINCE)
        _take_over(row, rows, understood, facts, by=actor, on=on, now=now, going=between(progress, 42, 97))
    except NotAllowedError as error:
        _show_again(row, by, on, str(error))
    except IntegrityError:
        log.exception("What plan import %s would write clashes with the plan.", row.pk)
        _show_again(row, by, on, CLASHES)
    except Exception:
        log.exception("Plan import %s could not be applied.", row.pk)
        _show_again(row, by, on, NOT_APPLIED)
    progress(100, "Done")


def _may_still(row: PlanImport, person: Person, on: date) -> bool:
    """Whether that person goes on with this import, by the roles of that day and with an open account. Two queries."""
    return PlanImport.objects.editable_by(access_of(person, on)).filter(pk=row.pk).exists()


def _show_again(row: PlanImport, by: Actor, on: date, why: str) -> None:
    """Show the preview anew, as the plan is by now, with the reason why it was not applied."""
    row.draft.refresh_from_db()
    rows = list(row.rows.all())
    facts = facts_of(row, on)
    again = _understood(row, book_of(row, rows), facts)
    _keep(row, rows, again, facts, by, notice=why[:400])


@transaction.atomic
def _take_over(
    row: PlanImport,
    rows: list[ImportedRow],
    understood: Understood,
    facts: Facts,
    *,
    by: Actor,
    on: date,
    now: datetime,
    going: Going,
) -> None:
    """Write it all. Raises NotAllowedError if the plan has changed meanwhile, or is no draft now."""
    if not _end(row, state=State.APPLIED, applied_at=now):
        return
    row.draft.refresh_from_db()
    demand_in_hand(row.draft)
    if facts_of(row, on).known != facts.known:
        raise NotAllowedError(CHANGED_SINCE)
    taken = take_over(row, understood, facts, by=by, on=on, now=now, going=going)
    going("Keeping what became of each row", 0.9)
    names = [sheet[0] for sheet in row.sheets]
    new = [each for each in rows if each.change == ImportedRow.Change.NEW]
    for each in new:
        each.action_id = taken.actions[names[each.sheet], each.number]
    _save(new)
    _remember(row, understood, by=by)
    counts = {name: (None, number) for name, number in taken.counts.items()}
    record(row, "applied", by=by, fields={"state": (row.state, State.APPLIED), **counts})


def _remember(row: PlanImport, understood: Understood, *, by: Actor) -> None:
    """What the person told of how the partnership writes its plans. Of the answers the history tells no words."""
    partnership = row.draft.plan.partnership
    key = {name: [each.state, each.confidence] for name, each in (understood.rag_key or {}).items()}
    said_of_each = {**row.answers, **dict(understood.told_together)}
    told = {name: said for name, said in said_of_each.items() if name.startswith(REMEMBERED)}
    memory = ImportMemory.objects.filter(partnership=partnership).first()
    if memory is None:
        memory = create(ImportMemory(partnership=partnership), by=by)
    revise(
        memory,
        by=by,
        rag_key=key or memory.rag_key,
        quarters=row.quarters or memory.quarters,
        default_year=row.default_year or memory.default_year,
    )
    new = {name: said for name, said in told.items() if memory.answers.get(name) != said}
    if new:
        ImportMemory.objects.filter(pk=memory.pk).update(answers={**memory.answers, **new})
        record(memory, "changed", by=by, fields={"answers": (len(memory.answers), len({**memory.answers, **new}))})
