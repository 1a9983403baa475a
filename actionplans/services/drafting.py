"""Beginning a plan and its versions, and saying for which areas a plan is. All days are days in London."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from actionplans.models import ActionInVersion, ActionPlan, DateChange, PlanCoverage, PlanVersion
from actionplans.proposals import WORDED, told
from actionplans.services import plans
from actionplans.services.lines import follow
from areas.models import Area
from concordat.kernel.changes import Actor, create, create_many, revise
from concordat.kernel.coverage import Extent
from signatories.models import Partnership, PartnershipCoverage, PlanExpectation
from signatories.services import review
from signatories.services.errors import NotAllowedError

EVER_PUBLISHED = "A version of this plan was published. From then on a national administrator changes its areas."
CARRIED = ("action_id", "section_id", "section_text", "reference", "position")
# What the next version of a plan says as the one before does.
KEPT = ("aims", "uses_colours", "rag_key", "source", "source_note")


@transaction.atomic
def begin_plan(
    partnership: Partnership, *, title: str, by: Actor, on: date, fulfils: PlanExpectation | None = None
) -> PlanVersion:
    """A plan with its first draft, for the areas of the expectation that it fulfils, or else of its partnership.

    Gives the draft. Raises NotAllowedError without a title, for a title that a plan of the partnership has already, or
    if the expectation has its plan.
    """
    if not title.strip():
        raise NotAllowedError("Give the plan a title.")
    partnership = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if partnership.plans.filter(title=title.strip()).exists():
        raise NotAllowedError("The partnership has a plan of this title already.")
    plan = _created(ActionPlan(partnership=partnership, title=title.strip(), fulfils=fulfils), by=by)
    create_many(_coverage(plan, on), by=by)
    return create(PlanVersion(plan=plan, label="Version 1"), by=by)


def _created(plan: ActionPlan, *, by: Actor) -> ActionPlan:
    try:
        with transaction.atomic():
            return create(plan, by=by)
    except IntegrityError as error:
        raise NotAllowedError("The plan that the declaration expects there has begun already.") from error


def _coverage(plan: ActionPlan, on: date) -> list[PlanCoverage]:
    """What a new plan is for."""
    if plan.fulfils:
        areas = plan.fulfils.expected_areas.order_by("pk").values_list("area_id", flat=True)
        return [PlanCoverage(plan=plan, area_id=area) for area in areas]
    covered = plan.partnership.coverage.on(on).order_by("pk")
    return [PlanCoverage(plan=plan, area_id=each.area_id, extent=each.extent, label=each.label) for each in covered]


@transaction.atomic
def begin_version(plan: ActionPlan, *, by: Actor, on: date) -> PlanVersion:
    """A draft with all actions of the version in force on that day, or else of the last published one.

    Closed ones too: what is done stays in the plan and counts. Each has its current words; the aims, the colours and
    the source are those of that version, its period and its review are asked for anew. Raises NotAllowedError while
    another version is in hand. Six queries, whatever the number of actions.
    """
    labels = set(plan.versions.values_list("label", flat=True))
    number = next(n for n in range(len(labels) + 1, 2 * len(labels) + 2) if f"Version {n}" not in labels)
    before = version_to_carry(plan, on)
    same = {name: getattr(before, name) for name in KEPT} if before else {}
    try:
        with transaction.atomic():
            version = create(PlanVersion(plan=plan, label=f"Version {number}", **same), by=by)
    except IntegrityError as error:
        raise NotAllowedError(plans.IN_HAND_ALREADY) from error
    lines = list(before.actions.select_related("action").order_by("position", "pk")) if before else []
    create_many(_carried(lines, version), by=by)
    return version


@transaction.atomic
def take_up_again(version: PlanVersion, *, seen: int, by: Actor, on: date) -> PlanVersion:
    """Make a draft again of one that was abandoned; what was published meanwhile stands in it too.

    An action whose number the draft gives to another by now is left out of it, until somebody says why or gives one of
    them another number. Raises as `plans.take_up_version` does.
    """
    plans.take_up_version(version, seen=seen, by=by)
    own = list(ActionInVersion.every.filter(version=version).select_related("action"))
    follow(own, by=by, why="As its action is worded now.")
    has = {line.action_id for line in own}
    taken = {line.reference for line in own if line.reference and not line.is_left_out}
    before = version_to_carry(version.plan, on)
    found = before.actions.exclude(action__in=has).select_related("action").order_by("position", "pk") if before else ()
    create_many(_carried(list(found), version, taken), by=by)
    return version


def version_to_carry(plan: ActionPlan, on: date) -> PlanVersion | None:
    """The version in force on that day, or else the last published one. Two queries at most."""
    published = plan.versions.order_by("published_on", "pk")
    version: PlanVersion | None = published.live_on(on).last() or published.published_by(on).last()
    return version


def _carried(
    lines: Collection[ActionInVersion], version: PlanVersion, taken: Collection[str] = ()
) -> Iterable[ActionInVersion]:
    """The same actions in another version, in the words that they have now. One query, for the dates that moved."""
    sources = {line.action.mirrors_id or line.action_id for line in lines}
    moves = {move.action_id: move for move in DateChange.objects.filter(until_on__isnull=True, action__in=sources)}
    for line in lines:
        same = {name: getattr(line, name) for name in CARRIED}
        same |= {name: getattr(line.action, name) for name in WORDED}
        move = moves.get(line.action.mirrors_id or line.action_id)
        text = told(move)["text"] if move else line.timescale_text
        left_out = line.reference in taken
        yield ActionInVersion(version=version, text=line.action.text, timescale_text=text, is_left_out=left_out, **same)


@transaction.atomic
def add_area(
    version: PlanVersion, *, area: Area, part: str, from_on: date | None, seen: int, by: Actor, on: date
) -> PlanCoverage:
    """Let a plan of which nothing was ever published be for an area of its partnership, or for the named part of it.

    Raises NotAllowedError if it is for that already, if the partnership does not cover it on that day or covers a part
    alone, or once a version was published; and as `review.revise_parts` does.
    """
    _demand_unpublished(version)
    covers = list(PartnershipCoverage.objects.on(on).filter(partnership=version.plan.partnership_id, area=area))
    if not covers:
        raise NotAllowedError(f"The partnership does not cover {area}.")
    if not part.strip() and all(each.extent == Extent.PART for each in covers):
        raise NotAllowedError(f"The partnership covers a part of {area} alone. Say which part the plan is for.")
    review.revise_parts(version, seen=seen, verb="area added", by=by)
    extent = Extent.PART if part.strip() else Extent.WHOLE
    row = PlanCoverage(plan_id=version.plan_id, area=area, extent=extent, label=part.strip(), from_on=from_on)
    try:
        with transaction.atomic():
            return create(row, by=by)
    except IntegrityError as error:
        raise NotAllowedError(f"The plan is for {area} already.") from error


@transaction.atomic
def end_area(cover: PlanCoverage, version: PlanVersion, *, seen: int, by: Actor, on: date) -> PlanCoverage:
    """A plan of which nothing was ever published is for that area no longer. The row is kept.

    It ends today. One that was to begin today or later is said to have begun before: nothing was in force by it. Raises
    NotAllowedError once a version was published, or if it has ended, and as `review.revise_parts` does.
    """
    _demand_unpublished(version)
    review.revise_parts(version, seen=seen, verb="area ended", by=by)
    cover.refresh_from_db()
    if cover.until_on is not None and cover.until_on <= on:
        raise NotAllowedError("It has ended already.")
    begins_on = cover.from_on if cover.from_on is None or cover.from_on < on else on - timedelta(days=1)
    return revise(cover, by=by, verb="ended", from_on=begins_on, until_on=on)


def _demand_unpublished(version: PlanVersion) -> None:
    if version.plan.has_page:
        raise NotAllowedError(EVER_PUBLISHED)
