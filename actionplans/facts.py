"""What the database knows of how plans stand on a day, in a fixed number of queries however many actions there are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import (
    Aggregate,
    Case,
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from actionplans.models import ActionInVersion, ActionPlan
from actionplans.progress import ActionGroup, Cutoffs, Lateness, Slip, Thresholds, cutoffs
from actionplans.states import ActionState, Confidence
from concordat.kernel.periods import holds_on
from signatories.models.declaration import live_on

STATES = {state.value: state for state in ActionState}
CONFIDENCES = {"": None, **{confidence.value: confidence for confidence in Confidence}}
PLACES = {late: 3 * place for place, late in enumerate(Lateness)}  # of each lateness in a row of groups


def action_groups(
    on: date, thresholds: Thresholds, plans: Iterable[int] | None = None
) -> Mapping[int, list[ActionGroup]]:
    """The actions of every plan version live on that day, by plan: those that stand alike are counted together.

    Of all plans, or of those named (ids). One query, which joins the plans' own actions and those that mirror an
    action of another plan.
    """
    wanted = Q() if plans is None else Q(version__plan_id__in=list(plans))
    groups: dict[int, list[ActionGroup]] = defaultdict(list)
    for _, plan, group in _groups("version__plan_id", on, thresholds, wanted):
        groups[plan].append(group)
    return groups


def action_groups_by(
    key: str, on: date, thresholds: Thresholds, only: Q | None = None
) -> Mapping[Any, Mapping[int, list[ActionGroup]]]:
    """The same, apart for each value of `key`, then by plan.

    `key` is a path from `ActionInVersion`; in it `{action}` leads to the action, or to the one that is mirrored. An
    action with several values counts for each of them. `only`: of these lines alone. One query.
    """
    found: dict[Any, dict[int, list[ActionGroup]]] = defaultdict(lambda: defaultdict(list))
    for value, plan, group in _groups(key, on, thresholds, only or Q()):
        found[value][plan].append(group)
    return found


def _groups(key: str, on: date, thresholds: Thresholds, only: Q) -> Iterator[tuple[Any, int, ActionGroup]]:
    cut = cutoffs(on, thresholds)
    rows = _grouped("action", key, on, cut, only).union(_grouped("action__mirrors", key, on, cut, only), all=True)
    for value, plan, state, confidence, must_do, mirrored, in_plan, *by_lateness in rows:
        for late, place in PLACES.items():
            count, last, due = by_lateness[place : place + 3]
            if count:
                group = ActionGroup(
                    state=STATES[state],
                    confidence=CONFIDENCES[confidence or ""],
                    lateness=late,
                    must_do=must_do,
                    count=count,
                    last_update=last,
                    earliest_due=due,
                    mirrored_action=mirrored,
                    mirrored_plan=in_plan,
                )
                yield value, plan, group


def _live(on: date) -> QuerySet[ActionInVersion, ActionInVersion]:
    """The actions of the concordat plans' versions that are live on the day."""
    return ActionInVersion.objects.filter(live_on(on, "version__"), version__plan__kind=ActionPlan.Kind.CONCORDAT)


def slips(on: date) -> Mapping[int, list[Slip]]:
    """By how many days the due day of each action that was moved lies after its first one, by plan.

    Of the versions live on that day; merged actions and those without both days say nothing. One query.
    """
    rows = _slipped("action", on).union(_slipped("action__mirrors", on), all=True)
    found: dict[int, list[Slip]] = defaultdict(list)
    for plan, slip, *rest in rows:
        found[plan].append(Slip(slip.days, *rest))
    return found


def _slipped(path: str, on: date) -> QuerySet[Any, Any]:
    first = F(f"{path}__due_on")
    rows: QuerySet[Any, Any] = (
        standing_lines(path, on)
        .annotate(first=first, moved_to=F("move__due_on"))
        .filter(moved_to__isnull=False, first__isnull=False)
        .exclude(status=ActionState.MERGED)
        .annotate(slip=ExpressionWrapper(F("moved_to") - F("first"), DurationField()), **_mirrored(path, on))
        .values_list("version__plan_id", "slip", "mirrored", "counted_in")
        .annotate(count=Count("id"))
        .values_list("version__plan_id", "slip", "count", "mirrored", "counted_in")
        .order_by()
    )
    return rows


def standing_lines(path: str, on: date) -> QuerySet[Any, Any]:
    """The actions that `path` leads to, as they stand: the plan's own, or those that its actions mirror.

    The state on a day is the accepted update that holds then; the due day is the first one unless it was moved; a
    must-do is what was one then.
    """
    accepted = Q(**{f"{path}__updates__state": "accepted"})
    lines: QuerySet[Any, Any] = _live(on)
    rows: QuerySet[Any, Any] = (
        lines.filter(**({"action__mirrors__isnull": path == "action"}))
        .annotate(
            report=FilteredRelation(
                f"{path}__updates", condition=accepted & _holds(f"{path}__updates", "reported_on", on)
            ),
            move=FilteredRelation(f"{path}__date_changes", condition=_holds(f"{path}__date_changes", "decided_on", on)),
            earlier=FilteredRelation(
                f"{path}__earlier_must_dos", condition=holds_on(on, f"{path}__earlier_must_dos__")
            ),
        )
        .annotate(
            due=Case(When(move__isnull=False, then=F("move__due_on")), default=F(f"{path}__due_on")),
            status=Coalesce(F("report__status"), Value(ActionState.NOT_STARTED.value)),
            duty=Coalesce(F("earlier__must_do"), F(f"{path}__must_do")),
        )
    )
    return rows


def _grouped(path: str, key: str, on: date, cut: Cutoffs, only: Q) -> QuerySet[Any, Any]:
    """Grouped facts of the actions that `path` leads to; those of each lateness are counted apart within a group.

    The database knows how many values the columns of a group have, and so that all groups fit into its memory; it
    could not know that of what is worked out from due days, and would sort every action instead.
    """
    rows: QuerySet[Any, Any] = (
        standing_lines(path, on)
        .filter(only)
        .annotate(key=F(key.format(action=path)), **_mirrored(path, on))
        .values_list(
            "key",
            "version__plan_id",
            "status",
            "report__confidence",
            "duty",
            "mirrored",
            "counted_in",
        )
        .annotate(**_by_lateness(cut))
        .order_by()
    )
    return rows


def _by_lateness(cut: Cutoffs) -> dict[str, Aggregate]:
    """How many are how late, their latest report and their earliest due day: as `actionplans.progress.lateness`."""
    found: dict[str, Aggregate] = {}
    for late, is_so in (
        (Lateness.NOT_DUE, Q(due__isnull=True) | Q(due__gte=cut.passed)),
        (Lateness.PASSED, Q(due__gt=cut.overdue, due__lt=cut.passed)),
        (Lateness.OVERDUE, Q(due__gte=cut.long, due__lte=cut.overdue)),
        (Lateness.LONG_OVERDUE, Q(due__lt=cut.long)),
    ):
        found |= {
            f"count_{late.value}": Count("id", filter=is_so),
            f"last_{late.value}": Max("report__reported_on", filter=is_so),
            f"due_{late.value}": Min("due", filter=is_so),
        }
    return found


def _mirrored(path: str, on: date) -> dict[str, F | Value | Case]:
    """Which action is mirrored, and the plan that counts it itself, if its live version still has it.

    Neither for a plan's own actions.
    """
    if path == "action":
        return {"mirrored": Value(None, IntegerField()), "counted_in": Value(None, IntegerField())}
    source_is_live = Exists(_live(on).filter(action=OuterRef("action__mirrors")))
    plan = F("action__mirrors__plan_id")
    return {
        "mirrored": F("action__mirrors_id"),
        "counted_in": Case(When(source_is_live, then=plan), output_field=IntegerField()),
    }


def _holds(path: str, start: str, on: date) -> Q:
    """Whether a row that counts from `start` until its `until_on` counts on the day."""
    return Q(**{f"{path}__{start}__lte": on}) & (
        Q(**{f"{path}__until_on__isnull": True}) | Q(**{f"{path}__until_on__gt": on})
    )
