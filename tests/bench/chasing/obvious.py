"""The obvious way to plan a day, as the peers do it: one query for each action, and one for each recipient.

The rules are the policy's own functions; who is away and what is held is looked up once. Only what hangs on actions is
planned, which is nearly everything: its notices are to be those of the product.
"""

from datetime import date
from functools import cache
from typing import NamedTuple

from actionplans.chasing.facts import ACTION, ANSWERED, PARTNERSHIP, Candidate
from actionplans.chasing.planning import Circumstances
from actionplans.chasing.policy import (
    LADDER,
    Limits,
    Rule,
    Window,
    coordinator_step,
    due_step,
    goes_on,
    is_must_do_overdue,
    owner_step,
    review_due_on,
)
from actionplans.models import ActionInVersion, ProgressUpdate
from actionplans.models.action import LEADING, moved_on
from actionplans.states import CLOSED
from concordat.kernel.periods import holds
from signatories.models import Membership, Notice, UpdateWindow
from signatories.models.declaration import live_on


class Report(NamedTuple):
    """What is asked of a report."""

    state: str
    status: str
    reported_on: date
    until_on: date | None


class Obvious:
    """The plan of one day; `told` counts its notices."""

    def __init__(self, on: date) -> None:
        self.on, self.limits, self.told = on, Limits(), 0
        self.circumstances = Circumstances(on)
        self.deputised: list[tuple[int, Candidate]] = []
        self.members = cache(self._members)
        self.windows = cache(self._windows)

    def plan(self) -> None:
        """Go through every action that stands in a plan in force."""
        lines = ActionInVersion.objects.filter(live_on(self.on, "version__"), action__mirrors=None).order_by("pk")
        for line in lines.select_related("version", "action__plan").iterator(chunk_size=2000):
            self._of(line)
        for recipient, each in self.deputised:
            self._keep(recipient, each)

    def _of(self, line: ActionInVersion) -> None:
        action, partnership = line.action, line.action.plan.partnership_id
        reports = [Report(*row) for row in action.updates.values_list(*Report._fields)]
        if any(self._closes(report) for report in reports):
            return
        reported = [report.reported_on for report in reports if report.state in ANSWERED]
        move = action.date_changes.filter(moved_on(self.on)).first()
        due_on, every = (row := move or action).due_on, row.review_every_months
        owners = [row.person for row in action.owners.on(self.on).select_related("person")]
        owners = [person.pk for person in owners if person.is_active and person.email]
        answering = owners or self.members("coordinator", partnership=partnership)
        self._of_windows(line, answering, max(reported, default=date.min))
        if due_on:
            if rule := due_step(due_on, self.on, self.limits):
                self._tell(answering, rule, ACTION, action.pk, due_on, partnership)
            if action.must_do and is_must_do_overdue(due_on, self.on, self.limits):
                chairs = self.members("chair", partnership=partnership)
                self._tell(chairs, Rule.MUST_DO_OVERDUE, ACTION, action.pk, due_on, partnership)
        elif every:
            review_on = review_due_on(max(reported, default=line.version.published_on), every)
            if review_on <= self.on:
                self._tell(answering, Rule.NOT_REVIEWED, ACTION, action.pk, review_on, partnership)

    def _closes(self, report: Report) -> bool:
        accepted = report.state == ProgressUpdate.State.ACCEPTED and report.status in CLOSED
        return accepted and holds(report.reported_on, report.until_on, self.on)

    def _of_windows(self, line: ActionInVersion, answering: list[int], reported_on: date) -> None:
        action, partnership = line.action, line.action.plan.partnership_id
        if (ACTION, action.pk) in self.circumstances.held_subjects:
            return
        snoozed = self.circumstances.snoozed
        answering = [person for person in answering if (person, ACTION, action.pk) not in snoozed]
        passed, now = self.windows(partnership)
        if now and reported_on < now.opens_on:
            self._tell(answering, owner_step(now, self.on), PARTNERSHIP, partnership, now.due_on, partnership)
            if rule := coordinator_step(now, self.on):
                coordinators = self.members("coordinator", partnership=partnership)
                self._tell(coordinators, rule, PARTNERSHIP, partnership, now.due_on, partnership)
        for times, rule in LADDER.items():
            if len(passed) < times or reported_on >= passed[-times].opens_on:
                return
            stood = action.in_versions.filter(version__published_on__lte=passed[-times].opens_on)
            if stood.exists():
                self._tell(self._rung(line, times), rule, PARTNERSHIP, partnership, passed[-1].due_on, partnership)

    def _rung(self, line: ActionInVersion, times: int) -> list[int]:
        if times != 2:
            role = "coordinator" if times == 1 else "chair"
            return self.members(role, partnership=line.action.plan.partnership_id)
        leads = line.action.leads.on(self.on).filter(role__in=LEADING).values_list("organisation_id", flat=True)
        return [person for lead in leads for person in self.members("organisation_lead", organisation=lead)]

    def _members(self, role: str, **place: int) -> list[int]:
        rows = Membership.objects.on(self.on).filter(role=role, person__is_active=True, **place)
        return list(rows.exclude(person__email=None).order_by("pk").values_list("person_id", flat=True))

    def _windows(self, partnership: int) -> tuple[list[Window], Window | None]:
        """Those that have passed, and the open one."""
        rows = UpdateWindow.objects.standing().filter(partnership=partnership).order_by("due_on")
        windows = [Window(*row) for row in rows.values_list(*Window._fields)]
        passed = [window for window in windows if window.due_on < self.on]
        is_open = [window for window in windows if window.opens_on <= self.on <= window.due_on]
        return passed, is_open[0] if is_open else None

    def _tell(self, people: list[int], rule: Rule, kind: str, subject: int, due_on: date, whose: int) -> None:
        for person in people:
            each = Candidate(person, rule, kind, subject, due_on, whose)
            if self.circumstances.hold_of(each) or self.circumstances.silence_about(each):
                continue
            key = {"rule": rule, "subject_type": kind, "subject_id": subject, "due_on": due_on}
            if Notice.objects.standing().filter(person=person, **key).exists():
                continue
            recipient = self.circumstances.recipient_of(person) or person
            if recipient == person:
                self._keep(recipient, each)
            else:
                self.deputised.append((recipient, each))

    def _keep(self, recipient: int, each: Candidate) -> None:
        _, made = Notice.objects.get_or_create(
            recipient_id=recipient,
            rule=each.rule,
            subject_type=each.subject_type,
            subject_id=each.subject_id,
            due_on=each.due_on,
            defaults={
                "person_id": each.person_id,
                "partnership_id": each.partnership_id,
                "planned_on": self.on,
                "send_on": goes_on(each.rule, self.on),
            },
        )
        self.told += made
