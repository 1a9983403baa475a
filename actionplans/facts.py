"""What the database knows of how plans stand on a day, in a fixed number of queries however many actions there are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from actionplans.models import ActionInVersion, ActionPlan
from actionplans.progress import ActionGroup, Cutoffs, Lateness, Thresholds, cutoffs
from actionplans.states import ActionState, Confidence
from concordat.kernel.periods import holds_on
from signatories.models.declaration import live_on


def action_groups(
    on: date, thresholds: Thresholds, plans: Iterable[int] | None = None
) -> Mapping[int, list[ActionGroup]]:
    """The actions of every plan version live on that day, by plan: those that stand alike are counted together.

    Of all plans, or of those named (ids). One query, which joins the plans' own actions and those that mirror an
    action of another plan.
    """
    cut = cutoffs(on, thresholds)
    wanted = Q() if plans is None else Q(version__plan_id__in=list(plans))
    rows = _grouped("action", on, cut).filter(wanted)
    rows = rows.union(_grouped("action__mirrors", on, cut).filter(wanted), all=True)
    groups: dict[int, list[ActionGroup]] = defaultdict(list)
    for plan, state, confidence, late, must_do, mirrored, in_plan, count, last in rows:
        groups[plan].append(
            ActionGroup(
                state=ActionState(state),
                confidence=Confidence(confidence) if confidence else None,
                lateness=Lateness(late),
                must_do=must_do,
                count=count,
                last_update=last,
                mirrored_action=mirrored,
                mirrored_plan=in_plan,
            )
        )
    return groups


def _live(on: date) -> QuerySet[ActionInVersion, ActionInVersion]:
    """The actions of the concordat plans' versions that are live on the day."""
    return ActionInVersion.objects.filter(live_on(on, "version__"), version__plan__kind=ActionPlan.Kind.CONCORDAT)


def _grouped(path: str, on: date, cut: Cutoffs) -> QuerySet[Any, Any]:
    """Grouped facts of the actions that `path` leads to: the plan's own, or those that its actions mirror.

    The state on a day is the accepted update that holds then; the due day is the first one unless it was moved; a
    must-do is what was one then.
    """
    accepted = Q(**{f"{path}__updates__state": "accepted"})
    return (
        _live(on)
        .filter(**({"action__mirrors__isnull": path == "action"}))
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
        .annotate(late=_lateness(cut), counted_in=_counted_in(on))
        .values_list(
            "version__plan_id",
            "status",
            "report__confidence",
            "late",
            "duty",
            "action__mirrors_id",
            "counted_in",
        )
        .annotate(count=Count("id"), last=Max("report__reported_on"))
        .order_by()
    )


def _counted_in(on: date) -> Case:
    """The plan that counts a mirrored action itself, if its live version still has it."""
    source_is_live = Exists(_live(on).filter(action=OuterRef("action__mirrors")))
    plan = F("action__mirrors__plan_id")
    return Case(When(Q(action__mirrors__isnull=False) & source_is_live, then=plan), output_field=IntegerField())


def _holds(path: str, start: str, on: date) -> Q:
    """Whether a row that counts from `start` until its `until_on` counts on the day."""
    return Q(**{f"{path}__{start}__lte": on}) & (
        Q(**{f"{path}__until_on__isnull": True}) | Q(**{f"{path}__until_on__gt": on})
    )


def _lateness(cut: Cutoffs) -> Case:
    """`actionplans.progress.lateness`, for the database."""
    return Case(
        When(due__lt=cut.long, then=Lateness.LONG_OVERDUE.value),
        When(due__lte=cut.overdue, then=Lateness.OVERDUE.value),
        When(due__lt=cut.passed, then=Lateness.PASSED.value),
        default=Lateness.NOT_DUE.value,
        output_field=IntegerField(),
    )
