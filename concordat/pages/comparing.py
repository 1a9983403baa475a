"""Two published versions of a plan beside each other, for everybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from actionplans.comparing import compare_versions
from actionplans.models import PlanVersion
from concordat.asked import asked_of
from concordat.caching import public_page
from concordat.pages.dated import dated_page, horizon
from concordat.pages.plans import public_plan
from concordat.picture import thresholds_of


@public_page("on", "with")
def compare_page(request: HttpRequest, pk: int, version_pk: int) -> HttpResponse:
    """What a version changed, beside the one before it, or beside the one asked for (`?with=`, an id)."""
    asked = asked_of(request)
    plan = public_plan(pk, asked)
    published = plan.versions.published_by(horizon(asked)).order_by("published_on", "pk")
    newer: PlanVersion = get_object_or_404(published, pk=version_pk)
    others = [each for each in published if each.pk != newer.pk]
    older = _other(others, newer, request.GET.get("with"))
    if (older.published_on, older.pk) > (newer.published_on, newer.pk):
        older, newer = newer, older
    partnership = plan.partnership
    thresholds = thresholds_of(partnership.programme, partnership.update_every_months)
    return dated_page(
        request,
        "pages/compare.html",
        asked,
        partnership.programme,
        plan=plan,
        partnership=partnership,
        older=older,
        newer=newer,
        others=others,
        compared=compare_versions(older, newer, thresholds, asked.today),
    )


def _other(others: list[PlanVersion], version: PlanVersion, asked: str | None) -> PlanVersion:
    """The version to compare with. Raises Http404 if there is none."""
    if asked:
        found = next((each for each in others if str(each.pk) == asked), None)
    else:
        key = (version.published_on, version.pk)
        earlier = [each for each in others if (each.published_on, each.pk) < key]
        found = earlier[-1] if earlier else None
    if found is None:
        raise Http404("There is no such version to compare with.")
    return found
