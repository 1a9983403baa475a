"""The actions that somebody works on, as their own side sees them: how urgent each is, and its report in hand.

What the public sees is `actionplans.reading`; here an action is overdue from the day after its due day (docs/rules.md).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db import models

from actionplans.models import Action, ActionInVersion, ActionOwner, ProgressUpdate
from actionplans.progress import Lateness, Thresholds
from actionplans.reading import ActionOnDay, actions_on
from concordat.kernel.dates import add_months
from signatories.models.declaration import live_on

DUE_SOON_DAYS = 30


class Urgency(models.IntegerChoices):
    """Why an action stands where it does in somebody's list: the most urgent first."""

    RETURNED = 1, "Returned to you"
    OVERDUE = 2, "Overdue"
    DUE_SOON = 3, "Due in the next 30 days"
    NEEDS_UPDATE = 4, "Needs an update"
    WAITING = 5, "Waiting for acceptance"
    ON_COURSE = 6, "Nothing to do now"
    CLOSED = 7, "Closed"


class Report(NamedTuple):
    """The report in hand of an action."""

    id: int
    state: str
    version: int
    reported_on: date
    author_id: int | None
    author: str


class Place(NamedTuple):
    """The plan in which an action stands, and whose it is."""

    version_id: int
    plan_id: int
    plan_title: str
    partnership_name: str
    partnership_slug: str
    update_every_months: int


class Unreached(NamedTuple):
    """Somebody who answers for an action and gets no mails, since that day."""

    person_id: int
    name: str
    since: date
    why: str


@dataclass(frozen=True, slots=True)
class Work:
    """One action in somebody's list. `unreached` are those of the owners to whom no mails go."""

    action: ActionOnDay
    place: Place
    report: Report | None
    owners: tuple[str, ...]
    urgency: Urgency
    needs_update: bool
    unreached: tuple[Unreached, ...] = ()

    @property
    def needs_owner(self) -> bool:
        """Whether it is open, and nobody answers for it who may report on it and gets mails."""
        return self.action.is_open and len(self.owners) == len(self.unreached)

    @property
    def is_late(self) -> bool:
        """Whether its due day has passed and it is open: what the owner's side calls overdue."""
        return self.action.is_open and self.action.lateness >= Lateness.PASSED

    @property
    def lacks_update(self) -> bool:
        """Whether it is open, nothing waits, and the last accepted report is older than the partnership's rhythm."""
        waits = self.report is not None and self.report.state == ProgressUpdate.State.SUBMITTED
        return self.action.is_open and not waits and self.needs_update

    @property
    def may_say_no_change(self) -> bool:
        """Whether it can be answered with one tick: it is open, was reported on before, and no report is in hand."""
        return self.action.is_open and self.action.last_update is not None and self.report is None

    @property
    def has_draft(self) -> bool:
        """Whether somebody has begun a report and not handed it in."""
        return self.report is not None and self.report.state == ProgressUpdate.State.DRAFT


def urgency(action: ActionOnDay, report_state: str | None, every_months: int, on: date) -> Urgency:
    """How urgent an action is for those who report on it. Days in London."""
    if report_state == ProgressUpdate.State.RETURNED:
        return Urgency.RETURNED
    if report_state == ProgressUpdate.State.SUBMITTED:
        return Urgency.WAITING
    if not action.is_open:
        return Urgency.CLOSED
    if action.lateness >= Lateness.PASSED:
        return Urgency.OVERDUE
    if action.due_on is not None and action.due_on <= on + timedelta(days=DUE_SOON_DAYS):
        return Urgency.DUE_SOON
    return Urgency.NEEDS_UPDATE if needs_update(action, every_months, on) else Urgency.ON_COURSE


def needs_update(action: ActionOnDay, every_months: int, on: date) -> bool:
    """Whether the last accepted report is older than the rhythm of so many months; of a closed action too."""
    return action.last_update is None or add_months(action.last_update, every_months) <= on


def work_on(actions: models.QuerySet[Action], on: date, thresholds: Thresholds) -> list[Work]:
    """Those of the actions that stand in a plan in force on the day, the most urgent first, then by their due days.

    Five queries, however many there are.
    """
    places = _places(actions, on)
    ids = places.keys()
    versions = {place.version_id for place in places.values()}
    reports, owners = _reports(ids), _owners(ids, on)
    found = [
        Work(
            action=action,
            place=(place := places[action.id]),
            report=(report := reports.get(action.id)),
            owners=tuple(each.name for each in owners.get(action.id, ())),
            unreached=tuple(_unreached(owners.get(action.id, ()))),
            needs_update=needs_update(action, place.update_every_months, on),
            urgency=urgency(action, report.state if report else None, place.update_every_months, on),
        )
        for action in actions_on(versions, on, thresholds, only=ids)
    ]
    return sorted(found, key=lambda work: (work.urgency, work.action.due_on or date.max, work.action.id))


def by_urgency(works: Iterable[Work]) -> list[tuple[Urgency, list[Work]]]:
    """The list in its groups; no group is empty."""
    groups: dict[Urgency, list[Work]] = defaultdict(list)
    for work in works:
        groups[work.urgency].append(work)
    return sorted(groups.items())


def _places(actions: models.QuerySet[Action], on: date) -> Mapping[int, Place]:
    lines = ActionInVersion.objects.filter(live_on(on, "version__"), action__in=actions.values("pk"))
    every = models.functions.Coalesce(
        "version__plan__partnership__update_every_months",
        "version__plan__partnership__programme__update_every_months",
    )
    partnership = "version__plan__partnership"
    rows = lines.order_by("id").values_list(
        *("action_id", "version_id", "version__plan_id", "version__plan__title"),
        *(f"{partnership}__name", f"{partnership}__slug"),
        every,
    )
    return {action: Place(*rest) for action, *rest in rows}


def _reports(ids: Iterable[int]) -> Mapping[int, Report]:
    """The latest one that is open, by action."""
    rows = ProgressUpdate.objects.open().filter(action__in=list(ids)).order_by("id")
    return {
        action: Report(pk, state, version, day, author, name or "somebody")
        for action, pk, state, version, day, author, name in rows.values_list(
            *("action_id", "id", "state", "version", "reported_on", "author_id", "author__name")
        )
    }


class _Owner(NamedTuple):
    person_id: int
    name: str
    stopped_on: date | None
    stopped_why: str


def _owners(ids: Iterable[int], on: date) -> Mapping[int, list[_Owner]]:
    """Those who answer for each action on the day, and may report on it."""
    owners: dict[int, list[_Owner]] = defaultdict(list)
    rows = ActionOwner.objects.may_report(on).filter(action__in=list(ids)).order_by("person__name")
    columns = ("person_id", "person__name", "person__mail_stopped_on", "person__mail_stopped_why")
    for action, *told in rows.values_list("action_id", *columns):
        owners[action].append(_Owner(*told))
    return owners


def _unreached(owners: Iterable[_Owner]) -> Iterator[Unreached]:
    for each in owners:
        if each.stopped_on is not None:
            yield Unreached(each.person_id, each.name, each.stopped_on, each.stopped_why)
