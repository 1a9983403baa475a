"""Orders of reports: given, cancelled, freed where a worker was stopped, emptied after their time.

Which worker makes one, and who may end it, is decided by conditional UPDATEs (docs/adr/0032). Moments are in UTC.
"""

import hashlib
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import F, Max

from concordat.kernel.changes import Actor, create, record
from concordat.kernel.models import Redaction
from concordat.reports.models import ReportOrder, ReportSchedule, State
from concordat.reports.models.order import STUCK_AFTER
from concordat.reports.questions import Question
from concordat.reports.report import Report, unfit
from signatories.models import Person
from signatories.services.errors import NotAllowedError

log = logging.getLogger(__name__)
MOST_OPEN = 5  # orders of one person under way: the workers have others to serve too
MOST_TRIES = 3
STOPPED = "We began to make it three times and were stopped each time. The operators of this service are told."
TOO_MANY = f"You have {MOST_OPEN} orders under way. Wait until one of them is ready, or cancel one."
SAID_OF = {
    State.READY: "It is ready already.",
    State.FAILED: "It could not be made, so there is nothing to cancel.",
    State.CANCELLED: "It was cancelled already.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is ordered. `table`: of a format with one table alone, another than the first; `bom`: see `asked_with`."""

    report: Report
    question: Question
    format: str
    table: str = ""
    bom: bool = False

    @property
    def values(self) -> dict[str, Any]:
        """The same as an order keeps it."""
        question = asked_with(self.question.kept, self.format, bom=self.bom)
        told = {"report": self.report.name, "question": question, "format": self.format, "table": self.table}
        return {**told, "digest": hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()}


def asked_with(question: Mapping[str, str], format_: str, *, bom: bool) -> dict[str, str]:
    """What is asked as it is kept: of a CSV, whether it begins with the mark by which spreadsheets know UTF-8."""
    return {**question, **({"bom": "yes"} if bom and format_ == "csv" else {})}


def begins_with_bom(question: Mapping[str, str]) -> bool:
    """Whether what was kept asks for that mark."""
    return question.get("bom") == "yes"


def order(wanted: Wanted, *, wants_mail: bool, by: Person, now: datetime) -> ReportOrder:
    """Keep an order; making it is for a worker. The same again, while it is under way, is the same order.

    Raises NotAllowedError for what the report cannot be asked, and for somebody who has too many under way.
    """
    if faults := unfit(wanted.report, wanted.question, wanted.format, wanted.table):
        raise NotAllowedError(" ".join(faults.values()))
    row = ReportOrder(**wanted.values, ordered_by=by, ordered_at=now, wants_mail=wants_mail)
    under_way = ReportOrder.objects.open().filter(ordered_by=by, schedule=None)
    alike = under_way.filter(digest=row.digest)
    if found := alike.first():
        return found
    if under_way.count() >= MOST_OPEN:
        raise NotAllowedError(TOO_MANY)
    try:
        with transaction.atomic():
            return create(row, by=by)
    except IntegrityError:
        if found := alike.first():
            return found
        raise


def order_period(wanted: Wanted, schedule: ReportSchedule, period: Any, *, by: Actor, now: datetime) -> ReportOrder:
    """Keep the order of a schedule for one of its periods. Raises IntegrityError where there is one."""
    told = {"ordered_by": schedule.owner, "ordered_at": now, "schedule": schedule, "period": period}
    return create(ReportOrder(**wanted.values, **told), by=by)


@transaction.atomic
def cancel(row: ReportOrder, *, by: Actor) -> None:
    """Give it up, also while it is being made: its worker stops. Raises NotAllowedError once it has ended."""
    before = ReportOrder.objects.get(pk=row.pk)
    ended = {"state": State.CANCELLED, "claimed_at": None, "seen_at": None}
    changed = ReportOrder.objects.open().filter(pk=row.pk).update(**ended, version=F("version") + 1)
    row.refresh_from_db()
    if not changed:
        raise NotAllowedError(SAID_OF[State(row.state)])
    record(row, "cancelled", by=by, fields={"state": (before.state, row.state)})


def nobody_knows(order_id: int) -> bool | None:
    """Where no worker says that it is alive."""
    return None


def free_stuck(*, by: Actor, now: datetime, is_alive: Callable[[int], bool | None] = nobody_knows) -> None:
    """Take their claims away from workers that were stopped: it is made again from the beginning, three times at most.

    `is_alive` tells whether the worker of an order says so, or None: then it is waited for longer.
    """
    for each in ReportOrder.objects.perhaps_stuck(now):
        alive = is_alive(each.pk)
        if alive or (alive is None and each.seen_at and each.seen_at >= now - STUCK_AFTER):
            continue
        values: dict[str, Any] = {"state": State.WAITING, "progress": 0, "rows": 0}
        if each.tries >= MOST_TRIES:
            log.error("Order %s of a report was begun %s times and never ended.", each.pk, each.tries)
            values = {"state": State.FAILED, "failure": STOPPED}
        same = ReportOrder.objects.filter(
            pk=each.pk, state=State.WORKING, stored_as=each.stored_as, seen_at=each.seen_at
        )
        freed = {"claimed_at": None, "seen_at": None, "version": F("version") + 1}
        with transaction.atomic():
            if same.update(**freed, **values):
                record(each, "freed", by=by, fields={"state": (each.state, values["state"])})


def last_removal() -> datetime | None:
    """When personal data was last removed from the records: older files may still hold it. One query."""
    at: datetime | None = Redaction.objects.aggregate(last=Max("at"))["last"]
    return at


def empty_old(*, by: Actor, now: datetime) -> int:
    """Delete the files that are kept no longer; their rows and histories stay. Says how many.

    The file goes first: whoever is stopped in between leaves a row whose file is looked for again.
    """
    count = 0
    for each in ReportOrder.objects.with_a_file_to_go(now, last_removal()).order_by("pk").iterator():
        default_storage.delete(each.stored_as)
        emptied_at = now if each.state == State.READY else None
        with transaction.atomic():
            same = ReportOrder.objects.filter(pk=each.pk, stored_as=each.stored_as)
            if same.update(stored_as="", emptied_at=emptied_at, version=F("version") + 1) and emptied_at:
                record(each, "emptied", by=by, fields={"emptied_at": (None, now)})
                count += 1
    return count
