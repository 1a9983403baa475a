"""Submitting, publishing and withdrawing versions of a plan. All days are days in London.

The steps between the draft and the publication are `signatories.services.review`.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from actionplans.checklist import version_checklist
from actionplans.models import ActionInVersion, ActionPlan, PlanCoverage, PlanVersion
from actionplans.services import imports
from actionplans.services.effect import take_effect
from concordat.kernel.changes import Actor, revise
from concordat.kernel.sources import Precision
from signatories.checklist import Item, lacking
from signatories.models import Declaration, DeclarationCoverage
from signatories.services import review
from signatories.services.declarations import publish, publish_due, withdraw
from signatories.services.errors import NotAllowedError

PUBLISHED_MEANWHILE = "The version was published before this file was applied. Bring the file into the next version."
IN_HAND_ALREADY = "A version of this plan is in hand already. Work on that one."


def checklist_of(version: PlanVersion, *, on: date) -> list[Item]:
    """What the version has and lacks on that day. Four queries; three for a related plan."""
    covers = _covers(version.plan, on)
    needs_declarations = version.plan.kind == ActionPlan.Kind.CONCORDAT
    return version_checklist(
        areas=len(covers),
        undeclared=_undeclared(version.plan, covers, on) if needs_declarations else [],
        actions=version.actions.count(),
        uses_colours=version.uses_colours,
        rag_key=version.rag_key,
        period_starts_on=version.period_starts_on,
        period_ends_on=version.period_ends_on,
        unexplained=[str(line) for line in ActionInVersion.every.dropped().filter(version=version, left_out_reason="")],
        next_review_on=version.next_review_on,
        on=on,
    )


@transaction.atomic
def save_version(version: PlanVersion, values: Mapping[str, Any], *, seen: int, by: Actor) -> PlanVersion:
    """Set these fields of a draft.

    Raises NotAllowedError if another version of the plan is called so, and as `review.save_draft` does.
    """
    try:
        with transaction.atomic():
            return review.save_draft(version, values, seen=seen, by=by)
    except IntegrityError as error:
        raise NotAllowedError("Another version of this plan is called so. Give this one a name of its own.") from error


@transaction.atomic
def take_up_version(version: PlanVersion, *, seen: int, by: Actor) -> PlanVersion:
    """Make a draft again of one that was abandoned.

    Raises NotAllowedError while another of its plan is in hand, and as `review.take_up_again` does.
    """
    try:
        with transaction.atomic():
            return review.take_up_again(version, seen=seen, by=by)
    except IntegrityError as error:
        raise NotAllowedError(IN_HAND_ALREADY) from error


@transaction.atomic
def submit_version(version: PlanVersion, *, seen: int, by: Actor, on: date, now: datetime) -> PlanVersion:
    """Hand it over for the national review; raises as `review.submit` does."""
    return review.submit(version, checklist_of(version, on=on), seen=seen, by=by, now=now)


@transaction.atomic
def schedule_version(version: PlanVersion, *, seen: int, publish_on: date, by: Actor, on: date) -> PlanVersion:
    """Approve it for a day to come; raises as `review.schedule` does."""
    checklist = checklist_of(version, on=on)
    return review.schedule(version, checklist, seen=seen, publish_on=publish_on, by=by, on=on)


@transaction.atomic
def approve_version(version: PlanVersion, *, seen: int, on: date, by: Actor) -> PlanVersion:
    """Publish what was submitted, as the reviewer read it.

    Raises NotAllowedError for who submitted it, with all that the checklist lacks, or while it is held, FasterError if
    it was changed since, and as `publish_version` does.
    """
    review.demand_another(version, by)
    if lacks := lacking(checklist_of(version, on=on)):
        raise NotAllowedError(f"It cannot be published yet. {lacks}")
    return publish_version(version, on=on, by=by, seen=seen)


def publish_due_versions(*, on: date, by: Actor) -> list[PlanVersion]:
    """Publish those that were approved for that day, or for one that was missed. Twice does no more than once."""
    due = PlanVersion.objects.due_to_publish(on).select_related("plan__partnership__programme")
    return publish_due(due, approve_version, on=on, by=by)


@transaction.atomic
def publish_version(
    version: PlanVersion, *, on: date, by: Actor, precision: Precision = Precision.DAY, seen: int | None = None
) -> PlanVersion:
    """Publish a version; the version live on that day is superseded by it. One entered late takes its place in the row.

    The last one's words, and what it proposes, are those of its actions from then on. With `seen` only what is
    submitted and still of that version. Raises NotAllowedError if the plan covers no area, an
    area of it has no live declaration on that day (docs/rules.md, sign-up rule 2; a related plan needs none), or it is
    published already or held.
    """
    plan = ActionPlan.objects.select_for_update().get(pk=version.plan_id)
    if plan.kind == ActionPlan.Kind.CONCORDAT:
        _demand_declarations(plan, on)
    others = plan.versions.published().exclude(pk=version.pk)
    following = others.filter(published_on__gt=on).earliest_day()
    live = others.live_on(on).first()
    if live:
        revise(live, by=by, verb="superseded", superseded_on=on)
    publish(version, on=on, precision=precision, by=by, superseded_on=following, seen=seen)
    if following is None:
        take_effect(version, on=on, by=by)
    imports.end_with(version, by=by, why=PUBLISHED_MEANWHILE)
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
    covers = _covers(plan, on)
    if not covers:
        raise NotAllowedError("A plan that covers no area cannot be published.")
    if undeclared := _undeclared(plan, covers, on):
        names = ", ".join(undeclared)
        raise NotAllowedError(f"A plan cannot be published before the declaration: none is recorded for {names}.")


def _covers(plan: ActionPlan, on: date) -> list[PlanCoverage]:
    """What the plan is for on that day or later."""
    return list(plan.coverage.exclude(until_on__lte=on).select_related("area").order_by("area__name"))


def _undeclared(plan: ActionPlan, covers: list[PlanCoverage], on: date) -> list[str]:
    """The names of the areas for which no declaration is in force."""
    live = Declaration.objects.live_on(on).filter(partnership__programme=plan.partnership.programme)
    areas = [cover.area_id for cover in covers]
    declared = list(DeclarationCoverage.objects.filter(declaration__in=live, area__in=areas))
    return list(dict.fromkeys(cover.area.name for cover in covers if not _is_declared(cover, declared, on)))


def _is_declared(cover: PlanCoverage, declared: list[DeclarationCoverage], on: date) -> bool:
    """Whether one of the declarations is for that area, or its whole, from when the plan is for it."""
    begins_on = max(on, cover.from_on or on)
    return any(
        each.area_id == cover.area_id
        and each.holds_on(begins_on)
        and (each.extent == "whole" or cover.extent == "part")
        for each in declared
    )
