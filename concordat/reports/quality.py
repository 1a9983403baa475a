"""What is missing or doubtful in the records of open actions, asked of the database: docs/rules.md, “Reports”.

Of the plans in force, and of each action where it is kept: not of those that only mirror one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest

from actionplans.facts import standing_lines
from actionplans.models import ActionLead, ActionOwner
from actionplans.models.action import LEADING
from actionplans.states import CLOSED
from actionplans.timescale import Confidence, Kind
from concordat.kernel.dates import add_months
from concordat.kernel.periods import holds_on
from concordat.picture import thresholds_of
from concordat.reports.narrowing import lines_wanted
from concordat.reports.questions import Question
from signatories.models import Programme

UNDATED_FOR_DAYS = 60  # so long after its publication an action may be without a date
AT_ONCE = 2000  # rows that are held while they are gone through
PLAN = ("version__plan__partnership__name", "version__plan__partnership__slug", "version__plan__title")

# Each flag: its name, and what it says.
FLAGS = {
    "no_lead": ("No lead", "Nobody leads it."),
    "several_leads": ("Several leads", "It is led jointly, or by all partners, and nobody is accountable alone."),
    "no_date": (
        "No date",
        f"It has no due day and is not said to recur, {UNDATED_FOR_DAYS} days after its version was published.",
    ),
    "ambiguous_date": ("Ambiguous date", "What its timescale means is still to be asked."),
    "stale": (
        "Stale",
        "No report was accepted for two update periods since the later of the last one and the publication.",
    ),
    "owner_needed": ("Owner needed", "Nobody answers for it who may report on it."),
    "inactive_organisation": ("Organisation has ended", "An organisation that leads it had ended by the day."),
}


@dataclass(frozen=True, slots=True)
class OfPlan:
    """How many open actions of a plan in force there are, how many have a flag at all, and how many have which."""

    partnership: str
    slug: str
    plan: str
    open: int
    flagged: int
    flags: dict[str, int]


class Flagged(NamedTuple):
    """An open action with at least one flag."""

    id: int
    partnership: str
    plan: str
    reference: str
    text: str
    lead: str | None
    due_on: date | None
    last_update: date | None
    flags: frozenset[str]


@dataclass(frozen=True, slots=True)
class FlaggedActions:
    """The open actions with a flag, by partnership, plan and place: one query each time they are gone through."""

    lines: QuerySet[Any, Any]
    on: date

    def __iter__(self) -> Iterator[Flagged]:
        told = ("action_id", *PLAN[:1], PLAN[2], "reference", "text", "leader", "due", "report__reported_on")
        order = (*PLAN, "version__plan_id", "position", "id")
        rows = self.lines.filter(_any()).annotate(leader=_leader(self.on)).order_by(*order)
        for row in rows.values_list(*told, *FLAGS).iterator(AT_ONCE):
            flags = zip(FLAGS, row[len(told) :], strict=True)
            yield Flagged._make((*row[: len(told)], frozenset(name for name, is_so in flags if is_so)))


def open_lines(question: Question, programme: Programme) -> QuerySet[Any, Any]:
    """The open actions of the plans in force that the question is about, each with its flags. One query of its own."""
    on = question.on
    lines = standing_lines("action", on).filter(lines_wanted(question, programme))
    lines = lines.exclude(status__in=[state.value for state in CLOSED])
    leads = ActionLead.objects.filter(holds_on(on), action=OuterRef("action"))
    owners = ActionOwner.objects.answering(on).filter(action=OuterRef("action"))
    was_moved = Q(move__isnull=False)
    flagged: QuerySet[Any, Any] = lines.annotate(
        kind=Case(When(was_moved, then=F("move__timescale_kind")), default=F("action__timescale_kind")),
        sure=Case(When(was_moved, then=F("move__timescale_confidence")), default=F("action__timescale_confidence")),
        heard=Greatest(Coalesce("report__reported_on", "version__published_on"), "version__published_on"),
        is_led=Exists(leads.filter(role=ActionLead.Role.LEAD)),
        is_shared=Exists(leads.filter(role__in=[ActionLead.Role.JOINT, ActionLead.Role.ALL])),
    ).annotate(
        no_lead=_flag(Q(is_led=False, is_shared=False)),
        several_leads=_flag(Q(is_led=False, is_shared=True)),
        no_date=_flag(
            Q(due=None, kind=Kind.NONE, version__published_on__lte=on - timedelta(days=UNDATED_FOR_DAYS))
            & ~Q(sure=Confidence.ASK)
        ),
        ambiguous_date=_flag(Q(sure=Confidence.ASK)),
        stale=_flag(_stale(programme, on)),
        owner_needed=_flag(~Q(Exists(owners))),
        inactive_organisation=_flag(Q(Exists(leads.filter(role__in=LEADING, organisation__until_on__lte=on)))),
    )
    return flagged


def _flag(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _any() -> Q:
    found = Q()
    for name in FLAGS:
        found |= Q(**{name: True})
    return found


def _stale(programme: Programme, on: date) -> Q:
    """Whether nothing was heard for longer than the rhythm of the partnership allows, like the rule of its plan."""
    rhythms = programme.partnerships.order_by().values_list("update_every_months", flat=True).distinct()
    stale = Q(pk__in=[])
    for months in rhythms:
        last = _last_day_before(on, thresholds_of(programme, months).stale_after_months)
        stale |= Q(version__plan__partnership__update_every_months=months, heard__lte=last)
    return stale


def _last_day_before(on: date, months: int) -> date:
    """The last day from which more than so many months have passed by the day."""
    day = add_months(on, -months)
    while add_months(day, months) >= on:
        day -= timedelta(days=1)
    return day


def _leader(on: date) -> Subquery:
    """Who leads it: the accountable one before a joint one, by the name of today or else as written."""
    order = Case(When(role=ActionLead.Role.LEAD, then=0), When(role=ActionLead.Role.JOINT, then=1), default=2)
    leads = ActionLead.objects.filter(holds_on(on), action=OuterRef("action")).exclude(
        role=ActionLead.Role.WORKING_WITH
    )
    return Subquery(leads.order_by(order, "id").values(name=Coalesce("organisation__name", "text"))[:1])


def of_plans(lines: QuerySet[Any, Any]) -> list[OfPlan]:
    """How many of the lines have which flag, by plan. One query."""
    flags = {f"has_{name}": Count("id", filter=Q(**{name: True})) for name in FLAGS}
    counted = lines.values(*PLAN, "version__plan_id").annotate(open=Count("id"), flagged=Count("id", filter=_any()))
    rows = counted.annotate(**flags).order_by(*PLAN, "version__plan_id")
    return [
        OfPlan(
            partnership=row[PLAN[0]],
            slug=row[PLAN[1]],
            plan=row[PLAN[2]],
            open=row["open"],
            flagged=row["flagged"],
            flags={name: row[f"has_{name}"] for name in FLAGS},
        )
        for row in rows
    ]
