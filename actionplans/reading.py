"""Single actions as they stand on a day, for the pages that show them one by one: two queries, however many there are.

How they are counted is `actionplans.facts`; both follow docs/rules.md and give the same numbers.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.formats import date_format

from actionplans.models import ActionInVersion, ActionLead, DateChange
from actionplans.models.action import moved_on
from actionplans.models.update import reported_on
from actionplans.progress import ActionGroup, Cutoffs, Lateness, Thresholds, cutoffs, lateness
from actionplans.states import CLOSED, ActionState, Confidence
from concordat.kernel.periods import holds_on


class LeadOnDay(NamedTuple):
    """Who leads an action or works on it. The slug is empty where the organisation is not known."""

    role: ActionLead.Role
    name: str
    slug: str


class SectionOfPlan(NamedTuple):
    """The section of the plan template that an action stands under."""

    code: str
    title: str
    plain_title: str
    position: int


@dataclass(frozen=True, slots=True)
class ActionOnDay:
    """An action as one version of its plan words it, and as it stands on the day.

    One that mirrors an action of another plan has the state, the dates and the updates of that one; its wording, its
    section and its outcome are its own.
    """

    id: int
    version_id: int
    plan_id: int
    reference: str
    text: str
    section: SectionOfPlan | None
    section_text: str
    state: ActionState
    confidence: Confidence | None
    due_on: date | None
    timescale_text: str
    first_due_on: date | None
    times_moved: int
    lateness: Lateness
    must_do: bool
    footprint: str
    outcome: str
    outcome_measure: str
    leads: tuple[LeadOnDay, ...]
    last_update: date | None
    last_text: str
    completed_on: date | None
    mirrors: int | None

    @property
    def group(self) -> ActionGroup:
        """The action alone, as the delivery rule counts it."""
        return ActionGroup(self.state, self.confidence, self.lateness, self.must_do, last_update=self.last_update)

    @property
    def is_open(self) -> bool:
        return self.group.is_open

    @property
    def is_overdue(self) -> bool:
        """Whether it is overdue in public: so many working days after its due day."""
        return self.group.is_overdue

    @property
    def disagreement(self) -> str:
        """A sentence where the owner says on track and the due day has passed; else empty."""
        return disagreement(self.state, self.confidence, self.due_on, self.lateness)


def disagreement(state: str, confidence: str | None, due_on: date | None, late: Lateness) -> str:
    """A sentence where the owner of an open action says on track and the due day has passed; else empty."""
    says_on_track = confidence == Confidence.ON_TRACK and state not in CLOSED
    if not says_on_track or due_on is None or late < Lateness.PASSED:
        return ""
    return _passed(due_on)


@lru_cache(maxsize=4096)
def _passed(due_on: date) -> str:
    return f"Owner says on track; due date passed {date_format(due_on, 'j F Y')}"


def actions_on(
    version_ids: Iterable[int], on: date, thresholds: Thresholds, *, only: Iterable[int] | None = None
) -> list[ActionOnDay]:
    """The actions of those versions as they stand on the day (London), by version and then as the version orders them.

    `only`: of these actions alone (ids). Two queries: the actions, and who leads them. Whether a version is live on
    the day is the caller's business.
    """
    wanted = Q(version__in=list(version_ids)) & (Q() if only is None else Q(action__in=list(only)))
    rows = [*_rows("action", wanted, on).union(_rows("action__mirrors", wanted, on), all=True)]
    leads = leads_on({row[key] for row in rows for key in ("action_id", "action__mirrors_id") if row[key]}, on)
    cut = cutoffs(on, thresholds)
    rows.sort(key=lambda row: (row["version_id"], row["position"], row["id"]))
    return [_action(row, leads, cut) for row in rows]


def leads_on(action_ids: Iterable[int], on: date) -> Mapping[int, tuple[LeadOnDay, ...]]:
    """Who leads each of the actions on the day and who works on it, the accountable one first. One query."""
    found: dict[int, list[LeadOnDay]] = defaultdict(list)
    rows = ActionLead.objects.filter(holds_on(on), action__in=list(action_ids))
    for action, role, text, name, slug in rows.order_by("id").values_list(
        "action_id", "role", "text", "organisation__name", "organisation__slug"
    ):
        found[action].append(LeadOnDay(ActionLead.Role(role), name or text, slug or ""))
    order = list(ActionLead.Role)
    return {action: tuple(sorted(leads, key=lambda lead: order.index(lead.role))) for action, leads in found.items()}


def _rows(path: str, wanted: Q, on: date) -> QuerySet[Any, dict[str, Any]]:
    """What is told of the actions that `lines_on` gives: the same for both paths, so that the two can be one query."""
    rows: QuerySet[Any, dict[str, Any]] = lines_on(path, wanted, on).values(
        *("id", "version_id", "action_id", "action__mirrors_id", "action__plan_id"),
        *("reference", "text", "section_text", "position", "footprint", "outcome", "outcome_measure"),
        *("section__code", "section__title", "section__plain_title", "section__position"),
        *("confidence", "last_update", "last_text", "completed_on", "state", "must_do"),
        *("first_due_on", "due_on", "timescale", "times_moved"),
    )
    return rows


def lines_on(path: str, wanted: Q, on: date) -> QuerySet[ActionInVersion, ActionInVersion]:
    """The actions wanted that `path` leads on from, in no order: a plan's own, or those that mirror another plan's.

    Each with how it stands on the day: the report, the moved date and the earlier must-do that hold then.
    """
    moves = DateChange.objects.filter(action=OuterRef(f"{path}_id"), decided_on__lte=on).order_by().values("action")
    return (
        ActionInVersion.objects.filter(wanted, action__mirrors__isnull=path == "action")
        .annotate(
            report=FilteredRelation(f"{path}__updates", condition=reported_on(on, f"{path}__updates__")),
            move=FilteredRelation(f"{path}__date_changes", condition=moved_on(on, f"{path}__date_changes__")),
            earlier=FilteredRelation(
                f"{path}__earlier_must_dos", condition=holds_on(on, f"{path}__earlier_must_dos__")
            ),
        )
        .annotate(
            confidence=F("report__confidence"),
            last_update=F("report__reported_on"),
            last_text=F("report__public_text"),
            completed_on=F("report__completed_on"),
            state=Coalesce(F("report__status"), Value(ActionState.NOT_STARTED.value)),
            must_do=Coalesce(F("earlier__must_do"), F(f"{path}__must_do")),
            first_due_on=F(f"{path}__due_on"),
            due_on=of_timescale("due_on", path),
            timescale=of_timescale("timescale_text", path),
            # Of one that never moved by then nothing is counted.
            times_moved=Case(
                When(move__isnull=False, then=Subquery(moves.annotate(times=Count("id")).values("times"))), default=0
            ),
        )
        .order_by()
    )


def of_timescale(field: str, path: str) -> Case:
    """A field of the timescale that holds on the day: of the last move by then, or else as first planned."""
    return Case(When(move__isnull=False, then=F(f"move__{field}")), default=F(f"{path}__{field}"))


def _action(row: Mapping[str, Any], leads: Mapping[int, tuple[LeadOnDay, ...]], cut: Cutoffs) -> ActionOnDay:
    own = leads.get(row["action_id"]) or leads.get(row["action__mirrors_id"], ())
    section = SectionOfPlan(*(row[f"section__{name}"] for name in SectionOfPlan._fields))
    return ActionOnDay(
        id=row["action_id"],
        version_id=row["version_id"],
        plan_id=row["action__plan_id"],
        reference=row["reference"],
        text=row["text"],
        section=section if section.code else None,
        section_text=row["section_text"],
        state=ActionState(row["state"]),
        confidence=Confidence(row["confidence"]) if row["confidence"] else None,
        due_on=row["due_on"],
        timescale_text=row["timescale"],
        first_due_on=row["first_due_on"],
        times_moved=row["times_moved"],
        lateness=lateness(row["due_on"], cut),
        must_do=row["must_do"],
        footprint=row["footprint"],
        outcome=row["outcome"],
        outcome_measure=row["outcome_measure"],
        leads=own,
        last_update=row["last_update"],
        last_text=row["last_text"] or "",
        completed_on=row["completed_on"],
        mirrors=row["action__mirrors_id"],
    )
