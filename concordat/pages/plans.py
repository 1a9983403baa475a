"""A plan's own page, and each of its versions at an address of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from actionplans.models import ActionPlan, PlanCoverage, PlanVersion
from actionplans.progress import PlanOnDay, Tally, delivery, tally
from actionplans.reading import ActionOnDay, actions_on
from actionplans.states import DONE, Delivery
from concordat.area.plans import Section, sections
from concordat.asked import Asked, asked_of
from concordat.caching import public_page
from concordat.kernel.periods import holds_on
from concordat.pages import happened
from concordat.pages.actions import action_page
from concordat.pages.dated import dated_page, horizon, standing_sentence
from concordat.picture import thresholds_of
from concordat.sentences import REPORTED, delivery_reason, last_update_sentence, numbers_in_words
from concordat.traces.parts import removals_of
from signatories.models import Document
from signatories.models.declaration import Standing

__all__ = ["action_page", "plan_page", "version_page"]


class Show(StrEnum):
    """Which of a plan's actions its page lists (`?show=`)."""

    ALL = "all"
    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"

    def includes(self, action: ActionOnDay) -> bool:
        """Whether an action is one of these."""
        return {
            Show.ALL: True,
            Show.OPEN: action.is_open,
            Show.OVERDUE: action.is_overdue,
            Show.DONE: action.state in DONE,
        }[self]


@dataclass(frozen=True, slots=True)
class PlanReading:
    """The actions of one version on a day, their numbers, and how they are carried out (a related plan: None)."""

    numbers: Tally
    actions: tuple[ActionOnDay, ...]
    delivery: Delivery | None
    reason: str

    @property
    def told(self) -> str:
        """Its numbers, to follow its status and a colon."""
        return numbers_in_words(self.numbers)

    @property
    def last_update(self) -> str:
        """When it was last heard of."""
        return last_update_sentence(self.numbers)

    def shown(self, show: Show) -> list[Section]:
        """Those asked for, by section."""
        return sections(action for action in self.actions if show.includes(action))

    def choices(self) -> list[tuple[Show, str, int]]:
        """What can be asked for: its words and its number."""
        words = {Show.ALL: "All actions", Show.OPEN: "Open", Show.OVERDUE: "Overdue", Show.DONE: "Done"}
        return [(show, words[show], sum(map(show.includes, self.actions))) for show in Show]


@public_page("on", "show")
def plan_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan on the day: its version in force then, or the last that was. One never published has no page."""
    asked = asked_of(request)
    plan = public_plan(pk, asked)
    versions = list(plan.versions.published_by(asked.on).order_by("-published_on", "-id"))
    if not versions:
        return _plan_answer(request, asked, plan, first=plan.versions.published().earliest_day())
    live = next((version for version in versions if version.standing_on(asked.on) == Standing.LIVE), None)
    return _plan_answer(
        request,
        asked,
        plan,
        version=live or versions[0],
        is_live=live is not None,
        ending="" if live else standing_sentence(versions[0], asked.on),
        versions=[(version, standing_sentence(version, asked.on)) for version in versions],
        reading=read_plan(plan, live or versions[0], asked.on, is_live=live is not None),
    )


@public_page("on", "show")
def version_page(request: HttpRequest, pk: int, version_pk: int) -> HttpResponse:
    """One version as it was worded, for ever; how its actions stand is as of the day."""
    asked = asked_of(request)
    plan = public_plan(pk, asked)
    version = get_object_or_404(plan.versions.published_by(horizon(asked)), pk=version_pk)
    standing = version.standing_on(asked.on)
    if standing == Standing.NOT_YET:
        return _plan_answer(request, asked, plan, first=version.published_on, alone=version)
    return _plan_answer(
        request,
        asked,
        plan,
        alone=version,
        version=version,
        is_live=standing == Standing.LIVE,
        ending=standing_sentence(version, asked.on),
        following=following(version, asked.on),
        reading=read_plan(plan, version, asked.on, is_live=standing == Standing.LIVE),
    )


def public_plan(pk: int, asked: Asked) -> ActionPlan:
    """The plan, if a version of it was ever published. Raises Http404."""
    public = ActionPlan.objects.published_by(horizon(asked))
    plan: ActionPlan = get_object_or_404(public.select_related("partnership__programme", "fulfils__declaration"), pk=pk)
    return plan


def read_plan(plan: ActionPlan, version: PlanVersion, on: date, *, is_live: bool) -> PlanReading:
    """The version's actions on the day. Only a concordat plan in force has a delivery status. Two queries."""
    partnership = plan.partnership
    thresholds = thresholds_of(partnership.programme, partnership.update_every_months)
    actions = tuple(actions_on([version.pk], on, thresholds))
    numbers = tally(action.group for action in actions)
    if plan.kind == ActionPlan.Kind.RELATED or not is_live or version.published_on is None:
        return PlanReading(numbers, actions, None, "")
    status = delivery(PlanOnDay(version.published_on, version.period_ends_on, numbers), on, thresholds)
    reason = delivery_reason(status, thresholds) if status else ""
    return PlanReading(numbers, actions, status, reason)


def following(version: PlanVersion, on: date) -> PlanVersion | None:
    """The version that took this one's place by the day, if one did."""
    if version.standing_on(on) != Standing.REPLACED:
        return None
    later = PlanVersion.objects.published_by(on).filter(plan=version.plan_id, published_on__gte=version.superseded_on)
    found: PlanVersion | None = later.exclude(pk=version.pk).order_by("published_on", "id").first()
    return found


def covered_on(plan: ActionPlan, on: date) -> Iterable[PlanCoverage]:
    """The areas that the plan is for on the day."""
    return plan.coverage.filter(holds_on(on)).select_related("area").order_by("area__name", "label")


def _plan_answer(request: HttpRequest, asked: Asked, plan: ActionPlan, **context: object) -> HttpResponse:
    show, reading, version = _show(request), context.get("reading"), context.get("version")
    if isinstance(version, PlanVersion):
        documents = list(Document.objects.about(version).public_by(asked.on))
        context |= {"documents": documents, "removals": removals_of(version)}
        if "alone" not in context:  # a version's own page is about its wording
            context["happened"] = happened.of_plan(plan, documents, asked.on)
    if isinstance(reading, PlanReading):
        context |= {"sections": reading.shown(show), "choices": reading.choices()}
    return dated_page(
        request,
        "pages/plan.html",
        asked,
        plan.partnership.programme,
        plan=plan,
        show=show,
        kept=[("show", show)] if show != Show.ALL else [],
        reported=REPORTED,
        is_related=plan.kind == ActionPlan.Kind.RELATED,
        partnership=plan.partnership,
        coverage=list(covered_on(plan, asked.on)),
        **context,
    )


def _show(request: HttpRequest) -> Show:
    try:
        return Show(request.GET.get("show", Show.ALL))
    except ValueError:
        raise Http404("There is no such choice of actions.") from None
