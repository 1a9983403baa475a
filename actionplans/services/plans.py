"""Publishing and withdrawing versions of a plan. All days are days in London."""

from datetime import date

from django.db import transaction

from actionplans.models import ActionPlan, PlanCoverage, PlanVersion
from concordat.kernel.changes import Actor, revise
from concordat.kernel.sources import Precision
from signatories.models import Declaration, DeclarationCoverage
from signatories.services.declarations import publish, withdraw
from signatories.services.errors import NotAllowedError


@transaction.atomic
def publish_version(version: PlanVersion, *, on: date, by: Actor, precision: Precision = Precision.DAY) -> PlanVersion:
    """Publish a version; the version live on that day is superseded by it. One entered late takes its place in the row.

    Raises NotAllowedError if the plan covers no area, an area of it has no live declaration on that day
    (docs/rules.md, sign-up rule 2; a related plan needs none), or it is published already.
    """
    plan = ActionPlan.objects.select_for_update().get(pk=version.plan_id)
    if plan.kind == ActionPlan.Kind.CONCORDAT:
        _demand_declarations(plan, on)
    others = plan.versions.published().exclude(pk=version.pk)
    following = others.filter(published_on__gt=on).earliest_day()
    live = others.live_on(on).first()
    if live:
        revise(live, by=by, verb="superseded", superseded_on=on)
    publish(version, on=on, precision=precision, by=by, superseded_on=following)
    return version


@transaction.atomic
def withdraw_version(version: PlanVersion, *, on: date, reason: str, by: Actor) -> PlanVersion:
    """Withdraw a published version from that day on.

    Raises NotAllowedError without a reason, before its publication, or if it is withdrawn already.
    """
    withdraw(version, on=on, reason=reason, by=by)
    return version


def _demand_declarations(plan: ActionPlan, on: date) -> None:
    """Each area needs a declaration: for the whole of it, if the plan is for the whole."""
    covers = plan.coverage.exclude(until_on__lte=on).select_related("area").order_by("area__name")
    if not covers:
        raise NotAllowedError("A plan that covers no area cannot be published.")
    live = Declaration.objects.live_on(on).filter(partnership__programme=plan.partnership.programme)
    declared = list(DeclarationCoverage.objects.filter(declaration__in=live, area__in=covers.values("area")))
    undeclared = {cover.area.name: None for cover in covers if not _is_declared(cover, declared, on)}
    if undeclared:
        names = ", ".join(undeclared)
        raise NotAllowedError(f"A plan cannot be published before the declaration: none is recorded for {names}.")


def _is_declared(cover: PlanCoverage, declared: list[DeclarationCoverage], on: date) -> bool:
    """Whether one of the declarations is for that area, or its whole, from when the plan is for it."""
    begins_on = max(on, cover.from_on or on)
    return any(
        each.area_id == cover.area_id
        and each.holds_on(begins_on)
        and (each.extent == "whole" or cover.extent == "part")
        for each in declared
    )
