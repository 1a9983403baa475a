"""Taking personal data out of the records: out of the texts, out of the record of their changes, out of typed drafts.

What is left is a mark in each place, and `Redaction` rows that say who did it, when and why, and never what was there.
What we keep of mails is looked through; those in people's mailboxes are not called back, and backups made before still
hold the words (docs/rules.md).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, models, transaction

from actionplans.models import (
    Action,
    ActionInVersion,
    ActionLead,
    ActionPlan,
    Commitment,
    DateChange,
    ImportedRow,
    PlanImport,
    PlanVersion,
    ProgressUpdate,
    Promise,
)
from concordat.accounts import typed
from concordat.kernel.changes import change as told
from concordat.kernel.models import Change, Redaction
from concordat.kernel.passages import MARK, Sought, in_texts, spans
from concordat.traces.finding import (
    Place,
    Subject,
    changes_of_field,
    changes_with,
    chosen,
    counts_versions,
    find,
    rows_with,
)
from concordat.traces.texts import TEXTS, with_texts
from signatories.models import Document, Person
from signatories.services.documents import remove_file
from signatories.services.errors import NotAllowedError

NOWHERE = "The words stand nowhere any more. Look again."
REPEATS = "The reason has the words that are to be removed. Give it without them."
ALIKE = (
    "One of the texts cannot be replaced as a whole: it must be an address, or another row would say the same. "
    "Remove only the words that tell of somebody. Nothing is removed."
)
# Rows that are edited under the version of another, and the way there.
EDITED_WITH: dict[type[models.Model], tuple[type[models.Model], str]] = {
    ActionInVersion: (PlanVersion, "version"),
    Promise: (Commitment, "commitment"),
}
# In which order the rows of actions are locked: as those do who draft, publish, accept and move dates. The rest before.
IN_ORDER = (Action, ActionInVersion, ActionLead, ProgressUpdate, DateChange)
LOCKED_IN_ORDER = [
    *(label for label in TEXTS if label not in {model._meta.label_lower for model in IN_ORDER}),
    *(model._meta.label_lower for model in IN_ORDER),
]
# A longer text in the record of changes is emptied as a whole: SQLite compares none of more than 50,000 bytes.
LONGEST = 10_000


@transaction.atomic
def remove_words(
    sought: Sought,
    root: models.Model,
    *,
    whole: tuple[Subject, str] | None = None,
    also: Collection[str] = (),
    category: str,
    reason: str,
    by: Person,
    now: datetime,
) -> list[Redaction]:
    """Put a mark in the place of the words: in the object and what belongs to it, and where else `also` says (keys).

    `whole` is the row and field whose text goes as a whole, with all that it said before. `now` is in UTC. Raises
    NotAllowedError if the words stand nowhere, the reason repeats them, or a text must not be the mark alone.
    """
    if spans(reason, sought.words):
        raise NotAllowedError(REPEATS)
    _lock_wholes(sought)
    found = find(sought, root)
    places = [*found.own, *chosen(found.elsewhere, also)]
    if not places and whole is None:
        raise NotAllowedError(NOWHERE)
    try:
        with transaction.atomic():
            done = _from_rows(sought, [place for place in places if place.field != Redaction.RECORD])
    except IntegrityError as error:
        raise NotAllowedError(ALIKE) from error
    done.update(_from_plan_files(done))
    subjects = {place.subject for place in places if place.field == Redaction.RECORD}
    done.update(_from_record(sought, subjects, whole, now))
    typed.forget(lambda text: bool(sought.spans(text)))
    if not done:
        raise NotAllowedError(NOWHERE)
    return _say_so(done, category=category, reason=reason, by=by, now=now)


@transaction.atomic
def remove_document_file(
    document: Document, *, category: str, reason: str, by: Person, now: datetime
) -> list[Redaction]:
    """Delete the file of a document. Raises NotAllowedError for a link, or if it is removed already."""
    remove_file(document, by=by, now=now, why=Redaction.Category(category).label)
    row = Redaction(
        subject_type=document._meta.label_lower, subject_id=document.pk, field=Redaction.FILE, places=1,
        category=category, reason=reason, by=by, at=now,
    )  # fmt: skip
    row.save(force_insert=True)
    return [row]


def _lock_wholes(sought: Sought) -> None:
    """Wait for those who draft or publish something in which the words may stand, and let the others wait.

    They lock the plan, its version or the commitment first, and then what hangs on it. So do we: nobody waits for one
    who waits for them, and what they write meanwhile is found. Three queries. SQLite lets one write at a time.
    """
    lines, versions, plans, promises, own = (
        rows_with(sought, model._meta.label_lower)
        for model in (ActionInVersion, PlanVersion, ActionPlan, Promise, Commitment)
    )
    wanted = models.Q(pk__in=versions.values("pk")) | models.Q(pk__in=lines.values("version"))
    of_plans = PlanVersion.objects.filter(wanted)
    _lock(ActionPlan, models.Q(pk__in=plans.values("pk")) | models.Q(pk__in=of_plans.order_by().values("plan")))
    _lock(PlanVersion, wanted)
    _lock(Commitment, models.Q(pk__in=own.values("pk")) | models.Q(pk__in=promises.values("commitment")))


def _lock(model: type[models.Model], wanted: models.Q) -> None:
    rows = model._base_manager.filter(wanted).order_by("pk").select_for_update(no_key=True)
    list(rows.values_list("pk", flat=True))


def _from_rows(sought: Sought, places: Iterable[Place]) -> dict[tuple[Subject, str], int]:
    """Put the marks into the texts, with the rows locked; gives in how many places of which."""
    fields: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for place in places:
        fields[place.label][place.pk].add(place.field)
    done: dict[tuple[Subject, str], int] = {}
    for label in sorted(fields, key=LOCKED_IN_ORDER.index):
        wanted = fields[label]
        changed: list[Any] = []
        for row in rows_with(sought, label).filter(pk__in=wanted).select_for_update(no_key=True):
            for field in wanted[row.pk]:
                if times := _from_field(sought, row, field):
                    done[(label, row.pk), field] = times
            changed.append(row)
        _save(changed, {field for named in wanted.values() for field in named})
    return done


def _from_plan_files(done: Collection[tuple[Subject, str]]) -> dict[tuple[Subject, str], int]:
    """Of plan files in whose rows the words stood: put the mark in the place of the file. Two queries.

    Words cannot be taken out of a file of any format with certainty; its rows as read are kept without them.
    """
    rows = {pk for (label, pk), _ in done if label == ImportedRow._meta.label_lower}
    own = {pk for (label, pk), _ in done if label == PlanImport._meta.label_lower}
    wanted = models.Q(rows__in=rows) | models.Q(pk__in=own)
    found = PlanImport.objects.filter(wanted).exclude(stored_as="").distinct().order_by()
    told: dict[tuple[Subject, str], int] = {}
    for pk, stored_as in found.values_list("pk", "stored_as"):
        default_storage.delete(stored_as)
        default_storage.save(stored_as, ContentFile(MARK.encode()))
        told[(PlanImport._meta.label_lower, pk), Redaction.FILE] = 1
    return told


def _from_field(sought: Sought, row: models.Model, field: str) -> int:
    """Put the marks into the texts of that field; gives in how many places."""
    times = 0
    room: int | None = getattr(row._meta.get_field(field), "max_length", None)

    def without(text: str, longest: int | None) -> str:
        nonlocal times
        times += len(sought.spans(text))
        marked, most = sought.without(text), longest or room
        return marked if most is None or len(marked) <= most else MARK  # alone where they do not fit

    setattr(row, field, with_texts(field, getattr(row, field), without))
    return times


def _save(rows: list[Any], fields: set[str]) -> None:
    """Save them at once. Where a row, or that which it is edited with, has a version, who has it open is told."""
    if not rows:
        return
    model = type(rows[0])
    if counts_versions(model):
        for row in rows:
            row.version += 1
        fields = fields | {"version"}
    model._base_manager.bulk_update(rows, sorted(fields), batch_size=500)
    if model in EDITED_WITH:
        whole, key = EDITED_WITH[model]
        edited = model._base_manager.filter(pk__in=[row.pk for row in rows]).order_by().values(key)
        whole._base_manager.filter(pk__in=edited).update(version=models.F("version") + 1)


def _from_record(
    sought: Sought, subjects: Collection[Subject], whole: tuple[Subject, str] | None, now: datetime
) -> dict[tuple[Subject, str], int]:
    """Put the marks into the recorded changes of these rows; gives in how many places of those of each."""
    changed: dict[int, Change] = {}
    done: dict[tuple[Subject, str], int] = defaultdict(int)
    for each in changes_with(sought):
        subject = (each.subject_type, each.subject_id)
        if subject in subjects and (times := _redact(each, sought)):
            changed[each.pk] = each
            done[subject, Redaction.RECORD] += times
    if whole:
        row, field = whole
        for each in changes_of_field(row, field):
            done[row, Redaction.RECORD] += _empty(changed.setdefault(each.pk, each), field)
    for each in changed.values():
        each.redacted_at = now
    Change.objects.bulk_update(changed.values(), ["why", "fields", "redacted_at"], batch_size=200)
    return {place: times for place, times in done.items() if times}


def _redact(change: Change, sought: Sought) -> int:
    """Put the marks into one recorded change; gives in how many places."""
    times = 0

    def without(text: str) -> str:
        nonlocal times
        found = len(sought.spans(text))
        times += found
        return MARK if found and len(text) > LONGEST else sought.without(text)

    change.why, change.fields = without(change.why), in_texts(change.fields, without)
    return times


def _empty(change: Change, field: str) -> int:
    """Put the mark alone into all that one recorded change says of that field; gives in how many places."""
    before = change.fields[field]
    change.fields[field] = [in_texts(value, lambda text: MARK if text else text) for value in before]
    return sum(was != now for was, now in zip(before, change.fields[field], strict=True))


def _say_so(
    done: dict[tuple[Subject, str], int], *, category: str, reason: str, by: Person, now: datetime
) -> list[Redaction]:
    """Write what was removed where, and a change of each row, which renews the revision: no page stays as it was."""
    shared = {"category": category, "reason": reason, "by": by, "at": now}
    rows = [
        Redaction(subject_type=label, subject_id=pk, field=field, places=places, **shared)
        for ((label, pk), field), places in done.items()
    ]
    Redaction.objects.bulk_create(rows, batch_size=500)
    why = Redaction.Category(category).label
    subjects = dict.fromkeys(subject for subject, _ in done)
    Change.objects.bulk_create(
        [told(apps.get_model(label)(pk=pk), "redacted", by=by, why=why) for label, pk in subjects], batch_size=500
    )
    return rows
