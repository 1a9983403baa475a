"""A partnership's own page: where it works, who takes part, what it declared and planned, and how that stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from actionplans.facts import action_groups
from actionplans.models import ActionPlan, PlanVersion
from actionplans.progress import ActionGroup, PlanOnDay, Thresholds, delivery, tally
from actionplans.states import Delivery
from concordat.area.people import statements_on
from concordat.area.promises import Asking, asked_for
from concordat.asked import asked_of
from concordat.caching import public_page
from concordat.kernel.periods import holds_on
from concordat.pages import happened
from concordat.pages.dated import dated_page, day_within, life_sentence, standing_sentence
from concordat.pages.slugs import in_small_letters
from concordat.picture import thresholds_of
from concordat.sentences import numbers_in_words
from concordat.traces.parts import removals_of
from signatories.models import (
    BoardOversight,
    Declaration,
    Partnership,
    PartnershipCoverage,
    PartnershipMember,
    Statement,
)
from signatories.models.declaration import Standing


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan of the partnership as its page lists it: the version that counts on the day, or the last that did."""

    version: PlanVersion
    is_live: bool
    delivery: Delivery | None
    sentence: str  # its numbers; or what became of it

    @property
    def plan(self) -> ActionPlan:
        return self.version.plan

    @property
    def is_related(self) -> bool:
        return self.plan.kind == ActionPlan.Kind.RELATED


@dataclass(frozen=True)
class PartnershipOnDay:
    """All that the page tells. Where it works and who takes part: on the day, or on its last day before that."""

    coverage: QuerySet[PartnershipCoverage, PartnershipCoverage]
    formerly: QuerySet[PartnershipCoverage, PartnershipCoverage]
    parent: Partnership | None
    children: QuerySet[Partnership, Partnership]
    members: QuerySet[PartnershipMember, PartnershipMember]
    boards: QuerySet[BoardOversight, BoardOversight]
    declarations: list[tuple[Declaration, str]]
    plans: list[PlanLine]
    askings: tuple[Asking, ...]
    statements: QuerySet[Statement, Statement]


@public_page("on")
@in_small_letters(Partnership)
def partnership_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The partnership on the day; one that has ended as it was on its last day."""
    asked = asked_of(request)
    partnership = get_object_or_404(Partnership.objects.select_related("programme", "parent"), slug=slug)
    return dated_page(
        request,
        "pages/partnership.html",
        asked,
        partnership.programme,
        partnership=partnership,
        life=life_sentence(partnership, "This partnership", asked.on),
        told=partnership_on(partnership, asked.on),
        happened=happened.of_partnership(partnership, asked.on),
        removals=removals_of(partnership),
    )


def partnership_on(partnership: Partnership, on: date) -> PartnershipOnDay:
    """What is told of a partnership on a day. Eleven queries once all of it is read."""
    day = day_within(partnership, on)
    coverage = partnership.coverage.select_related("area").order_by("area__name", "label")
    return PartnershipOnDay(
        coverage=coverage.filter(holds_on(day)),
        formerly=coverage.filter(until_on__lte=day),
        parent=partnership.parent if partnership.parent and partnership.parent.holds_on(day) else None,
        children=partnership.children.filter(holds_on(day)),
        members=partnership.members.filter(holds_on(day)).select_related("organisation").order_by("name_as_written"),
        boards=partnership.oversight.filter(holds_on(day)).select_related("board").order_by("board__name"),
        declarations=declarations_by(partnership, on),
        plans=plans_by(partnership, on),
        askings=asked_for([partnership.pk], on),
        statements=statements_on([partnership.pk], on),
    )


def declarations_by(partnership: Partnership, on: date) -> list[tuple[Declaration, str]]:
    """The declarations published by the day, the newest first, each with what became of it. One query."""
    rows = Declaration.objects.published_by(on).filter(partnership=partnership).order_by("-published_on", "-id")
    return [(row, standing_sentence(row, on)) for row in rows]


def plans_by(partnership: Partnership, on: date) -> list[PlanLine]:
    """The plans published by the day with how they are carried out, concordat plans first. Two queries."""
    rows = PlanVersion.objects.published_by(on).filter(plan__partnership=partnership).select_related("plan")
    versions = list(rows.order_by("plan__kind", "plan__title", "plan_id", "-published_on", "-id"))
    thresholds = thresholds_of(partnership.programme, partnership.update_every_months)
    groups = action_groups(on, thresholds, plans={version.plan_id for version in versions})
    return [
        plan_line(list(of_plan), groups, thresholds, on) for _, of_plan in groupby(versions, lambda each: each.plan_id)
    ]


def plan_line(
    versions: list[PlanVersion], groups: Mapping[int, Iterable[ActionGroup]], thresholds: Thresholds, on: date
) -> PlanLine:
    """One plan from its versions published by the day, the newest first.

    A related plan has no delivery status: it does not count for the map.
    """
    live = next((version for version in versions if version.standing_on(on) == Standing.LIVE), None)
    shown = live or versions[0]
    if live is None or live.published_on is None:
        return PlanLine(shown, False, None, standing_sentence(shown, on))
    if live.plan.kind == ActionPlan.Kind.RELATED:
        return PlanLine(live, True, None, "")
    numbers = tally(groups.get(live.plan_id, ()))
    status = delivery(PlanOnDay(live.published_on, live.period_ends_on, numbers), on, thresholds)
    return PlanLine(live, True, status, numbers_in_words(numbers))
