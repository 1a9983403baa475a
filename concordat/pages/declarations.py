"""A declaration's own page: what was promised, by whom it is signed, and which plans should follow."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from actionplans.models import PlanVersion
from concordat.area.declared import declared_on
from concordat.asked import asked_of
from concordat.caching import public_page
from concordat.kernel.periods import holds_on
from concordat.pages import happened
from concordat.pages.dated import dated_page, horizon, standing_sentence
from concordat.traces.parts import removals_of
from signatories.models import Declaration, Document
from signatories.models.declaration import Standing


@dataclass(frozen=True, slots=True)
class Expected:
    """A plan that the declaration expects, for the areas named, and the one that is it, if it was published."""

    label: str
    areas: list[str]
    version: PlanVersion | None


@public_page("on")
def declaration_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The declaration on the day. One that was never published has no page."""
    asked = asked_of(request)
    on = asked.on
    public = Declaration.objects.published_by(horizon(asked)).select_related("partnership__programme", "supersedes")
    declaration = get_object_or_404(public, pk=pk)
    programme = declaration.partnership.programme
    shared = {"declaration": declaration, "partnership": declaration.partnership}
    if declaration.standing_on(on) == Standing.NOT_YET:
        return dated_page(request, "pages/declaration.html", asked, programme, is_not_yet=True, **shared)
    documents = list(Document.objects.about(declaration).public_by(on))
    [declared] = declared_on([declaration.pk], {}, programme, on)
    return dated_page(
        request,
        "pages/declaration.html",
        asked,
        programme,
        declared=declared,
        ending=standing_sentence(declaration, on),
        coverage=declaration.coverage.filter(holds_on(last_in_force(declaration, on)))
        .select_related("area")
        .order_by("area__name", "label"),
        expected=expected_plans(declaration, on),
        documents=documents,
        happened=happened.of_declaration(declaration, documents, on),
        removals=removals_of(declaration),
        superseded_by=list(declaration.superseded_by.filter(published_on__lte=on)),
        **shared,
    )


def last_in_force(declaration: Declaration, on: date) -> date:
    """The day, or the last one on which it was in force if that was before: its coverage may have ended with it."""
    ends = [day for day in (declaration.superseded_on, declaration.withdrawn_on) if day and day <= on]
    last = min(ends) - timedelta(days=1) if ends else on
    return max(last, declaration.published_on or last)


def expected_plans(declaration: Declaration, on: date) -> list[Expected]:
    """The plans that it expects, in the order of their labels, each with its version in force on the day.

    Three queries, whatever the number of plans and areas.
    """
    expectations = list(declaration.expectations.prefetch_related("areas").order_by("label"))
    live = PlanVersion.objects.live_on(on).filter(plan__fulfils__declaration=declaration).select_related("plan")
    versions = {version.plan.fulfils_id: version for version in live}
    return [
        Expected(each.label, sorted(area.name for area in each.areas.all()), versions.get(each.pk))
        for each in expectations
    ]
