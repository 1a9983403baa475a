"""Schedules of reports: begun, changed, paused, ended; and what is due by them, made once for each period.

Days are days in London, moments are in UTC. Who was faster is decided by conditional UPDATEs on the version; which
worker orders a period, by one on the last period and by the database's own rule (docs/adr/0032).
"""

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from concordat.kernel.changes import Actor, create, record
from concordat.kernel.dates import LONDON
from concordat.reports import rhythms
from concordat.reports.catalogue import REPORTS
from concordat.reports.models import ReportSchedule, Rhythm
from concordat.reports.questions import Question, SenselessError, question_of
from concordat.reports.report import Report, unfit
from concordat.reports.services.orders import Wanted, asked_with, begins_with_bom, order_period
from signatories.access import Access, access_of, accesses_of
from signatories.models import Person
from signatories.services.errors import FasterError, NotAllowedError

log = logging.getLogger(__name__)
FASTER = "Somebody else has changed this schedule since you opened it. See how it stands now."
MOST_RECIPIENTS = 50
MOST_RUNNING = 20  # schedules of one person
OF_ONE_DAY = ("on", "since", "meeting")
OWNER_MAY_NOT = "Whoever set it up may no longer read this report."
GONE = "This report cannot be made as it was asked for any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a schedule makes, how often, and until before which day."""

    report: Report
    question: Question  # its days do not count
    format: str
    rhythm: Rhythm
    from_on: date
    until_on: date | None = None
    bom: bool = False


@transaction.atomic
def begin(asked: Asked, recipients: Collection[Person], *, by: Person, on: date, now: datetime) -> ReportSchedule:
    """A new schedule of that person. Raises NotAllowedError for what the report cannot be asked, for days that make no
    sense, without anybody who gets it, and for more than MOST_RUNNING of them.
    """
    if faults := unfit(asked.report, asked.question, asked.format):
        raise NotAllowedError(" ".join(faults.values()))
    if asked.from_on < on:
        raise NotAllowedError("It cannot begin in the past.")
    _demand_days(asked.from_on, asked.until_on, on)
    _demand_recipients(recipients)
    if ReportSchedule.objects.on(on).filter(owner=by).count() >= MOST_RUNNING:
        raise NotAllowedError(f"You have {MOST_RUNNING} schedules already. End one that you no longer need.")
    lasting = {name: text for name, text in asked.question.kept.items() if name not in OF_ONE_DAY}
    row = ReportSchedule(
        report=asked.report.name,
        question=asked_with(lasting, asked.format, bom=asked.bom),
        format=asked.format,
        rhythm=asked.rhythm,
        owner=by,
        from_on=asked.from_on,
        until_on=asked.until_on,
        made_at=now,
    )
    create(row, by=by)
    row.recipients.set(recipients)
    record(row, "addressed", by=by, fields={"recipients": ([], _ids(recipients))})
    return row


@transaction.atomic
def change(
    row: ReportSchedule, recipients: Collection[Person], until_on: date | None, *, seen: int, by: Actor, on: date
) -> None:
    """Other people get it, or it ends on another day. Raises FasterError, and NotAllowedError as `begin` does."""
    _demand_days(row.from_on, until_on, on)
    _demand_recipients(recipients)
    before = _ids(row.recipients.all())
    told = {"until_on": (row.until_on, until_on), "recipients": (before, _ids(recipients))}
    _step(row, "changed", seen=seen, by=by, on=on, told=told, until_on=until_on)
    row.recipients.set(recipients)


@transaction.atomic
def pause(row: ReportSchedule, *, seen: int, by: Actor, on: date, why: str = "") -> None:
    """Nothing is made until it is resumed. Raises FasterError, and NotAllowedError if it is paused or over."""
    if row.paused_on and row.version == seen:
        raise NotAllowedError("It is paused already.")
    _step(row, "paused", seen=seen, by=by, on=on, why=why, paused_on=on, paused_why=why)


@transaction.atomic
def resume(row: ReportSchedule, *, seen: int, by: Actor, on: date) -> None:
    """It goes on with what is due from that day on; what was due meanwhile is not made. Raises as `pause` does."""
    if not row.paused_on and row.version == seen:
        raise NotAllowedError("It is not paused.")
    _step(row, "resumed", seen=seen, by=by, on=on, paused_on=None, paused_why="", from_on=max(on, row.from_on))


@transaction.atomic
def end(row: ReportSchedule, *, seen: int, by: Actor, on: date) -> None:
    """Nothing is made any more, what was missed neither. What was made stays. Raises as `pause` does."""
    until_on = max(on, row.from_on)
    last = rhythms.period_of(Rhythm(row.rhythm), on)
    _step(row, "ended", seen=seen, by=by, on=on, until_on=until_on, last_period=max(last, row.last_period or last))


@transaction.atomic
def leave(row: ReportSchedule, person: Person, *, by: Actor) -> None:
    """Somebody wants it no more. Raises NotAllowedError for who does not get it."""
    before = _ids(row.recipients.all())
    if person.pk not in before:
        raise NotAllowedError("It is not sent to you.")
    row.recipients.remove(person)
    ReportSchedule.objects.filter(pk=row.pk).update(version=F("version") + 1)
    after = [pk for pk in before if pk != person.pk]
    record(row, "left", by=by, fields={"recipients": (before, after)})


def _step(
    row: ReportSchedule,
    verb: str,
    *,
    seen: int,
    by: Actor,
    on: date,
    told: dict[str, Any] | None = None,
    why: str = "",
    **values: Any,
) -> None:
    """Set these if nobody went on since it was `seen`. Raises FasterError, and NotAllowedError for one that is over."""
    if row.is_over(on) and row.version == seen:
        raise NotAllowedError("It has ended.")
    before = {name: getattr(row, name) for name in values}
    if not ReportSchedule.objects.filter(pk=row.pk, version=seen).update(**values, version=F("version") + 1):
        raise FasterError(FASTER)
    row.refresh_from_db()
    fields = told or {name: (before[name], value) for name, value in values.items() if before[name] != value}
    record(row, verb, by=by, why=why, fields=fields)


def _demand_days(from_on: date, until_on: date | None, on: date) -> None:
    if until_on is not None and (until_on <= from_on or until_on <= on):
        raise NotAllowedError("The day on which it ends must be in the future, and after its first day.")


def _demand_recipients(recipients: Collection[Person]) -> None:
    if not recipients:
        raise NotAllowedError("Say who gets it.")
    if len(recipients) > MOST_RECIPIENTS:
        raise NotAllowedError(f"At most {MOST_RECIPIENTS} people get it. Send the address of the report to the others.")


def _ids(people: Iterable[Person]) -> list[int]:
    return sorted(person.pk for person in people)


# What is due


def order_due(*, by: Actor, now: datetime) -> int:
    """Order what is due by all schedules, what was missed too; says how many orders that were.

    Twice does no more than once. A schedule that cannot be followed never stops the others.
    """
    if not rhythms.is_time(now):
        return 0
    on = now.astimezone(LONDON).date()
    rows = list(ReportSchedule.objects.filter(paused_on=None, from_on__lte=on).select_related("owner").order_by("pk"))
    due = [(row, periods) for row in rows if (periods := _due(row, on))]
    accesses = accesses_of([row.owner for row, _ in due], on)
    count = 0
    for row, periods in due:
        try:
            count += _order(row, periods, accesses[row.owner], by=by, on=on, now=now)
        except Exception:
            log.exception("What is due by schedule %s of a report could not be ordered.", row.pk)
    return count


def _due(row: ReportSchedule, on: date) -> list[tuple[date, date]]:
    found = rhythms.due(
        Rhythm(row.rhythm), from_on=row.from_on, until_on=row.until_on, last_period=row.last_period, on=on
    )
    return list(found)


def asked_by(row: ReportSchedule, day: date, period: date) -> Wanted | None:
    """What it asks on that day: as at the day, compared with the day of the period before, or with what the report
    compares with of itself. None if it cannot be.
    """
    report = REPORTS.get(row.report)
    if report is None:
        return None
    days = {"on": day.isoformat()}
    if "since" in report.takes and not report.usual_since:
        days["since"] = rhythms.due_on(rhythms.moved(Rhythm(row.rhythm), period, -1)).isoformat()
    try:
        question = question_of({**row.question, **days}, day)
    except SenselessError:
        return None
    if unfit(report, question, row.format):
        return None
    return Wanted(report=report, question=question, format=row.format, bom=begins_with_bom(row.question))


def _order(
    row: ReportSchedule, periods: list[tuple[date, date]], access: Access, *, by: Actor, on: date, now: datetime
) -> int:
    count = 0
    for period, day in periods:
        wanted = asked_by(row, day, period)
        if wanted is None or not wanted.report.may_read(access, wanted.question):
            pause(row, seen=row.version, by=by, on=on, why=OWNER_MAY_NOT if wanted else GONE)
            return count
        count += _order_one(row, wanted, period, by=by, now=now)
    return count


@transaction.atomic
def _order_one(row: ReportSchedule, wanted: Wanted, period: date, *, by: Actor, now: datetime) -> int:
    """Order one period, unless somebody else did, or the schedule is another by now. Gives how many that were."""
    same = ReportSchedule.objects.filter(pk=row.pk, version=row.version, last_period=row.last_period)
    if not same.update(last_period=period):
        return 0
    row.last_period = period
    try:
        with transaction.atomic():
            order_period(wanted, row, period, by=by, now=now)
    except IntegrityError:
        log.warning("Schedule %s: the period from %s was ordered before.", row.pk, period)
        return 0
    return 1


def may_get(report: Report, question: Question, people: Iterable[Person], on: date) -> list[Person]:
    """Those of them who may read it today, and to whom we may write. One query."""
    accesses = accesses_of(people, on)
    return [each for each, access in accesses.items() if each.is_reachable and report.may_read(access, question)]


def owner_may_read(row: ReportSchedule, on: date) -> bool:
    """Whether it could go on: its owner may read what it makes."""
    wanted = asked_by(row, on, rhythms.period_of(Rhythm(row.rhythm), on))
    return wanted is not None and wanted.report.may_read(access_of(row.owner, on), wanted.question)
