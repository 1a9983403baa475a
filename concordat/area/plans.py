"""The plans that touch an area on a day, with their actions by section."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from actionplans.models import ActionPlan, PlanCoverage, PlanVersion
from actionplans.progress import PlanOnDay, Tally, Thresholds, delivery, tally
from actionplans.reading import ActionOnDay, actions_on
from actionplans.states import Delivery
from concordat import national
from concordat.kernel.periods import holds, holds_on
from concordat.picture import thresholds_of
from concordat.sentences import (
    delivery_reason,
    last_update_sentence,
    listed,
    numbers_in_words,
    published_sentence,
    shared_sentence,
)
from signatories.models import Programme

OPEN_AT_ONCE = 8  # a plan with no more actions than these shows them without a click


@dataclass(frozen=True, slots=True)
class Section:
    """The actions of a plan under one heading, in plain words."""

    heading: str
    actions: tuple[ActionOnDay, ...]

    @property
    def numbers(self) -> Tally:
        return tally(action.group for action in self.actions)


@dataclass(frozen=True, slots=True)
class LivePlan:
    """A plan whose version is live on the day. `part`: which part of the area it is for, if not the whole."""

    id: int
    version: PlanVersion
    part: str
    shared: str
    delivery: Delivery | None
    reason: str
    numbers: Tally
    is_over: bool
    actions: tuple[ActionOnDay, ...]

    @property
    def title(self) -> str:
        return self.version.plan.title

    @property
    def published(self) -> str:
        """Since when this version is public, in words."""
        return published_sentence(self.version.published_on or date.max, self.version.published_precision)

    @property
    def told(self) -> str:
        """Its numbers, to follow its status and a colon."""
        return numbers_in_words(self.numbers)

    @property
    def last_update(self) -> str:
        """When it was last heard of."""
        return last_update_sentence(self.numbers)

    @property
    def is_short(self) -> bool:
        """Whether all its actions can be shown at once."""
        return len(self.actions) <= OPEN_AT_ONCE

    @property
    def sections(self) -> list[Section]:
        """All its actions by section, in the order of the plan template."""
        return sections(self.actions)

    @property
    def overdue_sections(self) -> list[Section]:
        """The overdue ones alone."""
        return sections(action for action in self.actions if action.is_overdue)


def sections(actions: Iterable[ActionOnDay]) -> list[Section]:
    """Actions under their headings: the template's sections in order, then what stands outside of them."""
    found: dict[tuple[int, str], list[ActionOnDay]] = defaultdict(list)
    for action in actions:
        found[_place(action)].append(action)
    return [Section(heading, tuple(grouped)) for (_, heading), grouped in sorted(found.items())]


def _place(action: ActionOnDay) -> tuple[int, str]:
    if action.section:
        return action.section.position, action.section.plain_title or action.section.title
    return 1_000_000, action.section_text or "Other actions"


def plans_on(
    facts: national.Facts,
    area: int,
    sign_up: national.SignUp,
    partnerships: Collection[int],
    programme: Programme,
    on: date,
) -> tuple[list[LivePlan], list[PlanVersion]]:
    """The plans that count for the area on the day, and the related ones that do not. Three queries.

    The delivery of each is derived from the same actions that the page lists.
    """
    live = {plan.id: plan for plan in facts.plans if plan.id in sign_up.plans}
    ids = [version.id for plan in live.values() if (version := plan.live_version(on))]
    versions = _versions(ids, area, partnerships, on)
    counting = [version for version in versions if version.plan.kind == ActionPlan.Kind.CONCORDAT]
    actions = _by_version(actions_on([version.id for version in counting], on, thresholds_of(programme)))
    parts = parts_held(facts.plans_of.get(area, ()), on)
    found = [
        _live_plan(
            version,
            actions[version.id],
            part=parts.get(version.plan_id, ""),
            shared=shared_with(facts, live[version.plan_id], area, on),
            thresholds=thresholds_of(programme, live[version.plan_id].update_every_months),
            on=on,
        )
        for version in counting
    ]
    return found, [version for version in versions if version.plan.kind == ActionPlan.Kind.RELATED]


def _by_version(actions: Iterable[ActionOnDay]) -> Mapping[int, list[ActionOnDay]]:
    found: dict[int, list[ActionOnDay]] = defaultdict(list)
    for action in actions:
        found[action.version_id].append(action)
    return found


def _versions(ids: list[int], area: int, partnerships: Collection[int], on: date) -> QuerySet[Any, Any]:
    """Those versions, and the live ones of related plans for the area.

    A related plan that does not say for which areas it is is for those of its partnership.
    """
    coverage = PlanCoverage.objects.filter(plan=OuterRef("plan"))
    covers_area = Exists(coverage.filter(holds_on(on), area=area))
    covers_its_own = Q(~Exists(coverage), plan__partnership__in=partnerships)
    related = Q(covers_area | covers_its_own, plan__kind=ActionPlan.Kind.RELATED)
    return (
        PlanVersion.objects.live_on(on)
        .filter(related | Q(id__in=ids))
        .select_related("plan__partnership")
        .order_by("plan__title", "plan_id")
    )


def _live_plan(
    version: PlanVersion, actions: list[ActionOnDay], *, part: str, shared: int, thresholds: Thresholds, on: date
) -> LivePlan:
    assert version.published_on is not None  # noqa: S101 - only published ones are live
    numbers = tally(action.group for action in actions)
    stands = delivery(PlanOnDay(version.published_on, version.period_ends_on, numbers), on, thresholds)
    return LivePlan(
        id=version.plan_id,
        version=version,
        part=part,
        shared=shared_sentence(shared),
        delivery=stands,
        reason=delivery_reason(stands, thresholds) if stands else "",
        numbers=numbers,
        is_over=version.period_ends_on is not None and version.period_ends_on < on,
        actions=tuple(actions),
    )


def parts_held(
    covered: Iterable[tuple[national.Plan | national.Declaration, national.Cover]], on: date
) -> dict[int, str]:
    """For which parts of the area each document is on the day, by its id; empty where it is for the whole."""
    labels: dict[int, list[str]] = defaultdict(list)
    for document, cover in covered:
        if cover_holds(cover, on):
            labels[document.id].append(cover.label)
    return {id_: "" if "" in parts else listed(sorted(parts)) for id_, parts in labels.items()}


def cover_holds(cover: national.Cover, on: date) -> bool:
    """Whether a document is for that area on the day."""
    return holds(cover.from_on, cover.until_on, on)


def shared_with(facts: national.Facts, plan: national.Plan, area: int, on: date) -> int:
    """For how many other areas that exist on the day the plan is as well."""
    covered = {cover.area for cover in plan.covers if cover_holds(cover, on) and facts.area[cover.area].exists(on)}
    return len(covered - {area})


def awaited(facts: national.Facts, area: int, declarations: Iterable[national.Declaration], on: date) -> list[str]:
    """The plans that the declarations expect for the area and that are not published on the day, by their labels."""
    return [
        expectation.label
        for declaration in declarations
        for expectation in declaration.expects
        if area in expectation.areas
        and not ((plan := facts.plan_fulfilling.get(expectation.id)) and plan.live_version(on))
    ]
