"""What a board talks about at a meeting: the open actions that need it, by the organisation that leads them.

Days are days in London. Pure, but for `proposals_of`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import models

from actionplans.models import Action, ProgressUpdate
from actionplans.reading import ActionOnDay
from actionplans.states import Confidence
from actionplans.work import Work

NOBODY = "No lead organisation recorded"
USUAL_MONTHS = 3  # until the next meeting, where none is planned: a quarter


class Reason(models.TextChoices):
    """Why the board talks about an action."""

    OVERDUE = "overdue", "Overdue"
    NEW_DATE = "new_date", "Asks for a new date"
    OFF_TRACK = "off_track", "Off track"
    NO_UPDATE = "no_update", "No update"
    DUE = "due", "Due before the next meeting"


class Proposal(NamedTuple):
    """A report that waits and asks for a new date."""

    report_id: int
    version: int
    new_due_on: date
    reason: str
    reported_on: date


@dataclass(frozen=True, slots=True)
class Item:
    """One action on the agenda: why it is there, and the new date that is asked for."""

    work: Work
    reasons: tuple[Reason, ...]
    proposal: Proposal | None

    @property
    def leads_with(self) -> list[str]:
        """Who leads it besides the one under whom it stands."""
        return leads_of(self.work.action)[1:]


@dataclass(frozen=True, slots=True)
class LeadItems:
    """What one organisation leads of it, the most urgent first."""

    lead: str
    items: tuple[Item, ...]


def reasons_for(work: Work, proposal: Proposal | None, on: date, next_on: date) -> tuple[Reason, ...]:
    """Why a meeting talks about an open action on that day; `next_on` is the day of the meeting after it."""
    action = work.action
    if not action.is_open:
        return ()
    is_due = action.due_on is not None and on <= action.due_on < next_on
    applies = {
        Reason.OVERDUE: work.is_late,
        Reason.NEW_DATE: proposal is not None,
        Reason.OFF_TRACK: action.confidence == Confidence.OFF_TRACK,
        Reason.NO_UPDATE: work.lacks_update,
        Reason.DUE: is_due,
    }
    return tuple(reason for reason, is_so in applies.items() if is_so)


def agenda(works: Iterable[Work], proposals: Mapping[int, Proposal], *, on: date, next_on: date) -> list[LeadItems]:
    """The actions that a meeting talks about, each once, by lead organisation; those without a lead come last.

    One with joint leads stands under the first of them (`Item.leads_with` names the others).
    """
    groups: dict[str, list[Item]] = defaultdict(list)
    for work in works:
        proposal = proposals.get(work.action.id)
        if reasons := reasons_for(work, proposal, on, next_on):
            groups[lead_of(work.action)].append(Item(work, reasons, proposal))
    names = sorted(groups, key=lambda name: (name == NOBODY, name))
    return [LeadItems(name, tuple(groups[name])) for name in names]


def lead_of(action: ActionOnDay) -> str:
    """The name of who leads it: the accountable lead, or else the first of the joint ones."""
    return next(iter(leads_of(action)), NOBODY)


def leads_of(action: ActionOnDay) -> list[str]:
    """The names of all who answer for it, the accountable lead before joint ones; none where nobody is recorded."""
    return list(dict.fromkeys(lead.name for lead in action.leads if lead.role in ("lead", "joint")))


def proposals_of(actions: models.QuerySet[Action]) -> Mapping[int, Proposal]:
    """The report that waits with a new date, by action; the latest, should there be several. One query."""
    waiting = ProgressUpdate.objects.filter(
        action__in=actions.values("pk"), state=ProgressUpdate.State.SUBMITTED, new_due_on__isnull=False
    )
    rows = waiting.order_by("pk").values_list(
        "action_id", "pk", "version", "new_due_on", "new_date_reason", "reported_on"
    )
    return {action: Proposal(*rest) for action, *rest in rows}
