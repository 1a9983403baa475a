"""A made-up country in the database and in the model, random events that befall both, and the days that pass."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from django.db import connection, transaction
from django.db.models import Case, OuterRef, Q, Subquery, Value, When

from actionplans import models as what
from actionplans.chasing.planning import due_now, plan
from actionplans.chasing.policy import Rule
from actionplans.chasing.sending import LAPSED, at_nine, give_up_stuck, mail
from concordat.kernel.sending_days import is_sending_day
from signatories import models as who
from signatories.models import Message, Notice
from tests.chasing_year.model import Action, Away, Due, Model, Partnership, World
from tests.chasing_year.people import OfPeople
from tests.factories import make_programme

START = date(2026, 1, 5)
ONE = timedelta(days=1)
KINDS = {
    "signatories.partnership": "partnership",
    "actionplans.action": "action",
    "actionplans.actionplan": "plan",
    "signatories.milestone": "milestone",
}
Sent = set[tuple[date, int, Due]]


@dataclass
class Size:
    partnerships: int = 200
    actions: int = 60
    years: float = 3
    seed: int = 1
    owners: int = 3


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


class Simulation(OfPeople):
    """Both sides of it. `deliver` sends the digests of a day through the real path, or in bulk."""

    def __init__(self, size: Size, *, in_bulk: bool) -> None:
        self.size, self.in_bulk = size, in_bulk
        self.chances = Random(size.seed)  # noqa: S311 - no secret
        self.world = World()
        self.meetings: dict[int, int] = {}  # the partnership of each
        self.quiet: set[int] = set()  # partnerships (ids) that hardly ever report
        self.reports: list[what.ProgressUpdate] = []  # of the day, not handed in yet
        self._people()
        self._partnerships()
        self.model = Model(self.world)

    # What there is at the start

    def _people(self) -> None:
        self.programme = make_programme()
        spare = 3 + self.size.partnerships
        count = self.size.partnerships * (self.size.owners + 3) + 3 + spare
        people = who.Person.objects.bulk_create(
            (who.Person(name=f"Person {n}", email=f"p{n}@example.org", is_superuser=n < 2) for n in range(count)),
            batch_size=2000,
        )
        self.people, self.spare = [row.pk for row in people[:-spare]], [row.pk for row in people[-spare:]]
        self.world.administrators = self.people[:2]
        for months in (5, 17):
            day = date(2026 + months // 12, months % 12 + 1, 15)
            row = who.Milestone.objects.create(programme=self.programme, name=f"Milestone {months}", due_on=day)
            self.world.milestones.append((row.pk, day))

    def _partnerships(self) -> None:
        rest = iter(self.people[2:])
        for number in range(self.size.partnerships):
            row = who.Partnership.objects.create(
                programme=self.programme,
                slug=f"p-{number}",
                name=f"Partnership {number}",
                update_every_months=self.chances.choice([None, None, 1, 2, 6]),
            )
            board = who.Board.objects.create(slug=f"b-{number}", name=f"Board {number}", kind="other")
            who.BoardOversight.objects.create(board=board, partnership=row)
            organisation = who.Organisation.objects.create(slug=f"o-{number}", name=f"Police {number}", type="police")
            coordinator, chair, lead, *owners = (next(rest) for _ in range(self.size.owners + 3))
            who.Membership.objects.bulk_create(
                [
                    who.Membership(person_id=coordinator, role="coordinator", partnership=row),
                    who.Membership(person_id=chair, role="chair", partnership=row),
                    who.Membership(person_id=lead, role="organisation_lead", organisation=organisation),
                ]
            )
            published = START - timedelta(days=self.chances.randrange(1, 400))
            series = what.ActionPlan.objects.create(partnership=row, title=f"Plan {number}")
            review = START + timedelta(days=self.chances.randrange(900)) if self.chances.random() < 0.7 else None
            version = what.PlanVersion.objects.create(
                plan=series,
                label="One",
                state="published",
                published_on=published,
                published_precision="day",
                next_review_on=review,
            )
            here = Partnership(
                row.pk, series.pk, row.update_every_months or 3, published, [coordinator], [chair], review
            )
            self.world.partnerships[row.pk] = here
            if self.chances.random() < 0.15:
                self.quiet.add(row.pk)
            if self.chances.random() < 0.8:
                self._board(here, board.pk)
            self._actions(here, version, organisation, lead, owners)

    def _board(self, here: Partnership, board: int) -> None:
        day = START + timedelta(days=self.chances.randrange(10, 120))
        while day < START + timedelta(days=int(365 * self.size.years)):
            papers = day - timedelta(days=14)
            row = who.BoardMeeting.objects.create(board_id=board, held_on=day, papers_due_on=papers)
            here.papers[row.pk] = papers
            self.meetings[row.pk] = here.id
            day += timedelta(days=self.chances.choice([7, 42, 61, 91, 91, 182]))

    def _actions(self, here: Partnership, version, organisation, lead: int, owners: list[int]) -> None:
        rows = []
        for _ in range(self.size.actions):
            recurring = self.chances.random() < 0.2
            due = START + timedelta(days=self.chances.randrange(-200, 1200)) if self.chances.random() < 0.8 else None
            fields = (
                {"timescale_kind": "recurring", "review_every_months": self.chances.choice([1, 3, 6, 12])}
                if recurring
                else {"timescale_kind": "date", "due_on": due, "timescale_precision": "day" if due else ""}
            )
            must_do = self.chances.random() < 0.2
            rows.append(what.Action(plan_id=here.plan, text="Do it", must_do=must_do, **fields))
        what.Action.objects.bulk_create(rows)
        what.ActionInVersion.objects.bulk_create(
            what.ActionInVersion(version=version, action=row, text=row.text) for row in rows
        )
        what.ActionLead.objects.bulk_create(
            what.ActionLead(action=row, organisation=organisation, role="lead") for row in rows
        )
        held = []
        for row in rows:
            action = Action(row.pk, here, [lead], row.due_on, row.review_every_months, row.must_do)
            self.world.actions.append(action)
            if self.chances.random() < 0.95:
                owner = self.chances.choice(owners)
                action.owners.append((owner, date.min, None))
                held.append(what.ActionOwner(action=row, person_id=owner))
        what.ActionOwner.objects.bulk_create(held)

    # What befalls it

    def events(self, on: date) -> None:
        """What happens on a day before its run."""
        per_day = self.size.partnerships * self.size.actions
        for rate, event in (
            (per_day / 75, self._report),
            (per_day / 700, self._move_date),
            (per_day / 1500, self._change_owner),
            (self.size.partnerships / 60, self._move_meeting),
            (self.size.partnerships / 60, self._pause),
            (self.size.partnerships / 200, self._come_back_early),
            (self.size.partnerships / 200, self._change_deputy),
            (self.size.partnerships / 120, self._hold),
            (self.size.partnerships / 250, self._change_coordinator),
            (self.size.partnerships / 90, self._want_fewer),
            (self.size.partnerships / 90, self._lose_address),
            (self.size.partnerships / 60, self._mend_address),
            (per_day / 600, self._return_report),
            (per_day / 400, self._put_off),
        ):
            for _ in range(self._times(rate)):
                event(on)
        self._hand_in(on)

    def _times(self, rate: float) -> int:
        whole = int(rate)
        return whole + (self.chances.random() < rate - whole)

    def _report(self, on: date) -> None:
        action = self.chances.choice(self.world.actions)
        if action.closed or (action.reports and action.reports[-1] >= on):
            return
        if action.partnership.id in self.quiet and self.chances.random() < 0.98:
            return
        accepted = self.chances.random() < 0.8
        closes = accepted and self.chances.random() < 0.04
        fields = {"state": "accepted", "accepted_at": noon(on)} if accepted else {"state": "submitted"}
        fields |= {"status": "business_as_usual" if closes else "in_progress", "reported_on": on}
        self.reports.append(what.ProgressUpdate(action_id=action.id, **fields))
        if accepted:
            action.accepted.append(on)
        action.reports.append(on)
        action.closed = on if closes else None

    def _hand_in(self, on: date) -> None:
        """The reports of a day, of which there are many."""
        accepted = [row.action_id for row in self.reports if row.state == "accepted"]
        before = what.ProgressUpdate.objects.filter(action__in=accepted, state="accepted", until_on=None)
        before.update(until_on=on)
        what.ProgressUpdate.objects.bulk_create(self.reports)
        self.reports = []

    def _move_date(self, on: date) -> None:
        action = self.chances.choice(self.world.actions)
        if action.due is None or action.closed:
            return
        due = action.due + timedelta(days=self.chances.choice([-20, 7, 30, 90, 200]))
        if action.former and self.chances.random() < 0.3:
            due = self.chances.choice(action.former)
        if due == action.due:
            return
        action.former.append(action.due)
        what.DateChange.objects.filter(action_id=action.id, until_on=None).update(until_on=on)
        what.DateChange.objects.create(
            action_id=action.id,
            old_due_on=action.due,
            decided_on=on,
            due_on=due,
            reason="So it is.",
            timescale_kind="date",
            timescale_precision="day",
        )
        action.due = due

    def _change_owner(self, on: date) -> None:
        action = self.chances.choice(self.world.actions)
        if any(first >= on for _, first, _ in action.owners):
            return
        what.ActionOwner.objects.filter(action_id=action.id, until_on=None).update(until_on=on)
        action.owners = [(person, first, last or on) for person, first, last in action.owners]
        if self.chances.random() < 0.7:
            peers = [other for other in self.world.actions_of[action.partnership.id] if other.owners]
            person = self.chances.choice(peers).owners[0][0] if peers else self.chances.choice(self.people[2:])
            what.ActionOwner.objects.create(action_id=action.id, person_id=person, from_on=on)
            action.owners.append((person, on, None))

    def _move_meeting(self, on: date) -> None:
        ahead = [pk for pk, here in self.meetings.items() if (self.world.partnerships[here].papers[pk] or on) > on]
        if not ahead:
            return
        pk = self.chances.choice(sorted(ahead))
        here = self.world.partnerships[self.meetings[pk]]
        if self.chances.random() < 0.3:
            who.BoardMeeting.objects.filter(pk=pk).update(cancelled_on=on, cancelled_reason="Too few people.")
            here.papers[pk] = None
            return
        row = who.BoardMeeting.objects.get(pk=pk)
        shift = timedelta(days=self.chances.choice([-7, 3, 7, 14, 60]))
        held_on, papers = row.held_on + shift, row.papers_due_on + shift
        taken = who.BoardMeeting.objects.filter(board=row.board_id, held_on=held_on, cancelled_on=None)
        if papers <= on or taken.exists():
            return
        who.BoardMeeting.objects.filter(pk=pk).update(held_on=held_on, papers_due_on=papers)
        here.papers[pk] = papers

    def _pause(self, on: date) -> None:
        person, deputy = self.chances.sample(self.people[2:], 2)
        until = on + timedelta(days=self.chances.randrange(2, 40))
        if self.world.pause_of(person, on):
            return
        stands_in = deputy if self.chances.random() < 0.5 else None
        who.ChasingPause.objects.create(person_id=person, from_on=on, until_on=until, deputy_id=stands_in)
        self.world.away.setdefault(person, []).append(Away(on, until, [stands_in]))

    def _away(self, on: date) -> tuple[int, Away] | None:
        """Somebody who is away since a day before."""
        found = [(person, pause) for person in self.world.away if (pause := self.world.pause_of(person, on))]
        found = [(person, pause) for person, pause in found if pause.first < on]
        return self.chances.choice(found) if found else None

    def _come_back_early(self, on: date) -> None:
        if found := self._away(on):
            person, pause = found
            who.ChasingPause.objects.filter(person=person, from_on=pause.first, subject_type="").update(until_on=on)
            pause.back = on

    def _change_deputy(self, on: date) -> None:
        if found := self._away(on):
            person, pause = found
            deputy = self.chances.choice([None, *self.chances.sample(self.people[2:], 3)])
            if deputy == person:
                return
            rows = who.ChasingPause.objects.filter(person=person, from_on=pause.first, subject_type="")
            rows.update(deputy=deputy)
            pause.deputies.append(deputy)

    def _put_off(self, on: date) -> None:
        action = self.chances.choice(self.world.actions)
        owners = [person for person, first, last in action.owners if first <= on and (last is None or on < last)]
        if not owners or self.world.has_put_off(owners[0], action.id, on):
            return
        until = on + timedelta(days=self.chances.choice([7, 14]))
        about = {"subject_type": "actionplans.action", "subject_id": action.id}
        who.ChasingPause.objects.create(person_id=owners[0], from_on=on, until_on=until, **about)
        self.world.put_off.setdefault((owners[0], action.id), []).append((on, until))

    def _hold(self, on: date) -> None:
        until = on + timedelta(days=self.chances.randrange(2, 60))
        fields = {"from_on": on, "until_on": until, "reason": "They told me why.", "held_by_id": self.people[0]}
        if self.chances.random() < 0.4:
            here = self.world.partnerships[self.chances.choice(sorted(self.world.partnerships))]
            who.ChasingHold.objects.create(partnership_id=here.id, **fields)
            here.holds.append((on, until))
            return
        action = self.chances.choice(self.world.actions)
        who.ChasingHold.objects.create(subject_type="actionplans.action", subject_id=action.id, **fields)
        action.holds.append((on, until))

    # The days

    def days(self) -> Iterator[date]:
        """Let the days pass; some runs are missed, some happen twice."""
        for number in range(int(365 * self.size.years)):
            on = START + timedelta(days=number)
            if self.in_bulk and number % 50 == 0:
                with connection.cursor() as cursor:
                    cursor.execute("ANALYZE")  # the tables grow from nothing, and the database plans its work by them
            self.events(on)
            if self.chances.random() < 0.03:
                continue
            for _ in range(2 if self.chances.random() < 0.05 else 1):
                self._run(on)
            self.model.run(on)
            yield on

    @transaction.atomic  # one for a day is quicker than one for each statement
    def _run(self, on: date) -> None:
        if not is_sending_day(on):
            return
        plan(on, by="test")
        now = at_nine(on)
        waiting = Message.objects.to_mail(now)
        send: Callable[[date, datetime, list[Message]], None] = self._send_in_bulk if self.in_bulk else self._send
        send(on, now, list(waiting))

    def _send(self, on: date, now: datetime, messages: list[Message]) -> None:
        give_up_stuck(by="test", now=now)
        for message in messages:
            mail(message.pk, by="test", now=now)

    def _send_in_bulk(self, on: date, now: datetime, messages: list[Message]) -> None:
        """The same without composing mails: what `fill` asks and does for each is asked and done for all at once."""
        if not messages:
            return
        ids, recipients = ({getattr(message, name) for message in messages} for name in ("pk", "recipient_id"))
        waiting = Notice.objects.waiting().filter(recipient__in=recipients)
        planned = [(row, (row.person_id, row.rule, row.subject_type, row.subject_id, row.due_on)) for row in waiting]
        due = due_now({row.person_id for row, _ in planned}, {Rule(row.rule) for row, _ in planned}, on)
        fewer = set(who.ChasingOptOut.objects.on(on).values_list("person_id", flat=True))
        lapsed = [
            row.pk
            for row, key in planned
            if key not in due or (Rule(row.rule).is_optional and fewer & {row.person_id, row.recipient_id})
        ]
        waiting.filter(pk__in=lapsed).update(dropped_on=on, dropped_why=LAPSED)
        theirs = Message.objects.filter(pk__in=ids, recipient=OuterRef("recipient")).values("pk")
        Notice.objects.going(on).filter(recipient__in=recipients).update(message=Subquery(theirs))
        carrying = Q(pk__in=Notice.objects.filter(message__in=ids).values("message"))
        mine = Message.objects.filter(pk__in=ids)
        mine.update(mail_state=Case(When(carrying, then=Value("mailed")), default=Value("dropped")), mail_moved_at=now)

    def sent(self) -> Sent:
        """What the product sent, in the model's words."""
        rows = Notice.objects.filter(message__mail_state="mailed").values_list(
            *("message__day", "recipient_id", "person_id", "rule", "subject_type", "subject_id", "due_on")
        )
        return {
            (day, recipient, Due(person, rule, KINDS[kind], subject, due_on))
            for day, recipient, person, rule, kind, subject, due_on in rows.iterator()
        }


def faults(sent: Sent) -> list[str]:
    """What the policy forbids whatever else: a double, a forbidden day, two digests within seven days."""
    found = []
    said: dict[tuple[int, Due], date] = {}
    by_person: dict[int, set[date]] = {}
    for day, recipient, due in sorted(sent):
        if not is_sending_day(day):
            found.append(f"{due} on {day}")
        if (recipient, due) in said:
            found.append(f"{due} twice, on {said[recipient, due]} and {day}")
        said[recipient, due] = day
        by_person.setdefault(recipient, set()).add(day)
    for person, on_days in by_person.items():
        ordered = sorted(on_days)
        found += [f"{person}: {a} and {b}" for a, b in itertools.pairwise(ordered) if (b - a).days < 7]
    return found
