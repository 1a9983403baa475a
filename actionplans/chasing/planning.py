"""Planning a day: what is due is asked of the database, routed, and kept as notices; then digests are planned.

Done twice, or by two at once, it does no more than once. Days in London, moments in UTC.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import nullcontext
from datetime import date
from itertools import chain
from typing import NamedTuple

from django.db.models import Case, DateField, Exists, F, OuterRef, Q, Value, When
from django.utils.formats import date_format

from actionplans.chasing import facts, national
from actionplans.chasing.facts import Asked, Candidate, Rows
from actionplans.chasing.gathering import gathered
from actionplans.chasing.policy import LADDER, MILESTONE, PLAN_REVIEW, ROUND, Rule, goes_on
from actionplans.chasing.windows import limits_of, open_windows
from concordat.kernel.changes import Actor
from concordat.kernel.sending_days import is_sending_day
from concordat.kernel.statements import refresh
from signatories.models import ChasingHold, ChasingOptOut, ChasingPause, Notice, Programme
from signatories.outbox.notices import batches, keep, keep_found, plan_messages, readdress

FEWER = "Asked for fewer mails."

Key = tuple[int, str, str, int, date]


class Planned(NamedTuple):
    """What came of a day: how many windows, notices and digests are new."""

    windows: int = 0
    notices: int = 0
    messages: int = 0


class Circumstances:
    """Who is away, what is held, and who wants fewer mails on a day. Three queries."""

    def __init__(self, on: date) -> None:
        pauses = list(ChasingPause.objects.on(on).select_related("deputy").order_by("pk"))
        self.away = {row.person_id: row for row in pauses if not row.subject_type}
        self.snoozed = {(row.person_id, row.subject_type, row.subject_id): row for row in pauses if row.subject_type}
        holds = list(ChasingHold.objects.on(on).select_related("held_by"))
        self.held_partnerships = {row.partnership_id: row for row in holds if row.partnership_id}
        self.held_subjects = {(row.subject_type, row.subject_id): row for row in holds if row.subject_type}
        self.held_notices = {row.notice_id: row for row in holds if row.notice_id}
        self.want_fewer = set(ChasingOptOut.objects.on(on).values_list("person_id", flat=True))

    def hold_of(self, each: Candidate, notice_id: int | None = None) -> ChasingHold | None:
        """What holds it, if anything does; `notice_id`: the notice of it, if there is one."""
        by_subject = self.held_subjects.get((each.subject_type, each.subject_id))
        return self.held_notices.get(notice_id) or by_subject or self.held_partnerships.get(each.partnership_id)

    def silence_about(self, each: Candidate) -> str:
        """Why the person is not told now, nor anybody else; empty if somebody is."""
        # A deputy who asked for fewer gets no more early ones in somebody's place than of their own.
        if each.rule.is_optional and not self.want_fewer.isdisjoint(
            {each.person_id, self.recipient_of(each.person_id)}
        ):
            return FEWER
        if row := self.snoozed.get((each.person_id, each.subject_type, each.subject_id)):
            return f"Put off until {date_format(row.until_on, 'j F Y')}."
        return "" if self.recipient_of(each.person_id) else self.absence_of(each.person_id)

    def absence_of(self, person_id: int) -> str:
        """Until when somebody who is away is not written to."""
        return f"Paused until {date_format(self.away[person_id].until_on, 'j F Y')}."

    def recipient_of(self, person_id: int) -> int | None:
        """Who gets what is that person's: the person, or a deputy who can be written to; None while nobody does."""
        pause = self.away.get(person_id)
        if pause is None:
            return person_id
        deputy = pause.deputy
        if deputy is None or not deputy.is_reachable or deputy.pk in self.away:
            return None
        return int(deputy.pk)


def unhindered(rows: Rows, on: date, subject_type: str, subject: str) -> Rows:
    """The rows (`who`, `whose`) of which `Circumstances` knows nothing that could be in the way, nor a deputy."""
    holds = ChasingHold.objects.on(on)
    found: Rows = rows.filter(
        ~Exists(ChasingPause.objects.on(on).filter(person=OuterRef("who"))),
        ~Exists(ChasingOptOut.objects.on(on).filter(person=OuterRef("who"))),
        ~Exists(holds.filter(partnership=OuterRef("whose"))),
        ~Exists(holds.filter(subject_type=subject_type, subject_id=OuterRef(subject))),
    )
    return found


DUE = frozenset({Rule.DUE_SOON, Rule.DUE_PASSED, Rule.MUST_DO_OVERDUE})
# What is asked of the database, and the rules by which it may be due.
GATHERED: tuple[tuple[Callable[[Asked], Iterator[Candidate]], frozenset[Rule]], ...] = (
    (facts.in_windows, frozenset({Rule.OPENS, Rule.NUDGE, Rule.CLOSING, Rule.LAST_NOTICE})),
    (facts.missed, frozenset(LADDER.values())),
    (facts.due, DUE),
    (facts.not_reviewed, frozenset({Rule.NOT_REVIEWED})),
    (national.of_plans, frozenset(PLAN_REVIEW.values())),
    (national.silent, frozenset({Rule.SILENT})),
    (national.of_milestones, frozenset(MILESTONE.values())),
    (national.of_rounds, frozenset(ROUND.values())),
)


def candidates(asked: Asked, rules: Collection[Rule] = tuple(Rule)) -> Iterator[Candidate]:
    """Everything that ought to be said by the day, by these rules and those asked along. A fixed number of queries."""
    return chain.from_iterable(gather(asked) for gather, answers in GATHERED if not answers.isdisjoint(rules))


def due_now(people: Collection[int], rules: Collection[Rule], on: date) -> set[Key]:
    """What ought to be said to these people on that day, whether it was planned or not."""
    found: set[Key] = set()
    for programme in Programme.objects.order_by("pk"):
        asked = Asked(on, limits_of(programme), programme.pk, people=people, fresh=False)
        found.update(
            (one.person_id, one.rule, one.subject_type, one.subject_id, one.due_on) for one in candidates(asked, rules)
        )
    return found


def plan(on: date, *, by: Actor) -> Planned:
    """Plan that day: open windows, keep notices of what is due, plan digests. Nothing is done on a day without sending.

    What would be planned on a day, and why the rest is not, says `actionplans.chasing.outlook`.
    """
    if not is_sending_day(on):
        return Planned()
    windows, notices = keep_due(on, by=by)
    refresh(Notice)
    readdress(on)
    return Planned(windows, notices, plan_messages(on))


def keep_due(on: date, *, by: Actor, people: Collection[int] | None = None) -> tuple[int, int]:
    """Open the windows of a day and keep notices of what is due by it, or of what these people owe; says how many."""
    circumstances, windows, notices = Circumstances(on), 0, 0
    for programme in Programme.objects.order_by("pk"):
        windows += open_windows(programme, on=on, by=by)
        asked = Asked(on, limits_of(programme), programme.pk, people=people)
        with gathered(asked) if people is None else nullcontext(asked) as asked:
            notices += _keep(asked, circumstances)
    return windows, notices


def _keep(asked: Asked, circumstances: Circumstances) -> int:
    count = 0
    for gather, _ in GATHERED:
        if gather == facts.due:
            count += _keep_what_is_plain(asked)
        for batch in batches(gather(asked)):
            count += keep(_routed(batch, circumstances, asked.on))
    return count


def _keep_what_is_plain(asked: Asked) -> int:
    """Keep what is due of actions where nothing is in the way, in the database alone; says how many. Three statements.

    It is most of what is due, and on a first day everything overdue. `_routed` sees the rest: of this nothing is fresh.
    """
    goes = Case(*(When(rule=rule.value, then=Value(goes_on(rule, asked.on))) for rule in DUE), output_field=DateField())
    count = 0
    for rows, key in facts.due_rows(asked):
        plain = unhindered(facts.untold(rows, facts.ACTION, key), asked.on, facts.ACTION, key)
        count += keep_found(plain, subject_type=facts.ACTION, subject_id=F(key), planned_on=asked.on, send_on=goes)
    return count


def _routed(batch: Iterable[Candidate], circumstances: Circumstances, on: date) -> Iterator[Notice]:
    """The notices of a batch, addressed to whom they go; what is held or not said now has none."""
    deputised: list[Notice] = []
    for each in batch:
        if circumstances.hold_of(each) or circumstances.silence_about(each):
            continue
        notice = notice_of(each, circumstances.recipient_of(each.person_id) or each.person_id, on)
        if notice.recipient_id == notice.person_id:
            yield notice
        else:
            deputised.append(notice)
    yield from _not_told_already(deputised)


def notice_of(each: Candidate, recipient_id: int, on: date) -> Notice:
    """The notice of it, planned on that day and not saved."""
    return Notice(
        recipient_id=recipient_id,
        person_id=each.person_id,
        rule=each.rule.value,
        subject_type=each.subject_type,
        subject_id=each.subject_id,
        due_on=each.due_on,
        partnership_id=each.partnership_id,
        planned_on=on,
        send_on=goes_on(each.rule, on),
    )


def _not_told_already(notices: list[Notice]) -> list[Notice]:
    """Of what goes to deputies that which they are not told anyway. One query, if there is any."""
    if not notices:
        return notices
    own = Q(recipient__in={notice.recipient_id for notice in notices})
    columns = ("recipient_id", "rule", "subject_type", "subject_id", "due_on")
    known = set(Notice.objects.standing().filter(own).values_list(*columns))
    return [notice for notice in notices if tuple(getattr(notice, name) for name in columns) not in known]
