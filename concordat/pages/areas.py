"""The list of areas, and the page of each: how it stands, who promised what, and whether it happened."""

from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from areas.models import Area
from concordat.area import day_shown, portrait
from concordat.area.past import former_areas, planned_changes
from concordat.asked import Asked, asked_of
from concordat.caching import public_page
from concordat.facts import national_facts
from concordat.pages.slugs import in_small_letters
from concordat.picture import picture
from concordat.sentences import REPORTED
from signatories.models import Programme


@public_page("on")
def area_list(request: HttpRequest) -> HttpResponse:
    """Every area that exists on the day (`?on=`), by region; and those of the past, with what became of them."""
    asked = asked_of(request)
    programme = Programme.objects.order_by("id").first()
    found = picture(asked.on, programme) if programme else None
    areas = sorted(found.areas if found else (), key=attrgetter("region", "name"))
    context = _dated(asked) | {
        "regions": [(region, list(in_it)) for region, in_it in groupby(areas, key=attrgetter("region"))],
        "total": len(areas),
        "former": former_areas(asked.on),
        "planned": () if asked.is_past else planned_changes(),
        "complete_to": programme.complete_to if programme else None,
    }
    return render(request, "pages/area_list.html", context, status=asked.status_code)


@public_page("on", "show")
@in_small_letters(Area)
def area_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One area on the day (`?on=`); one that has ended shows its last day. `?show=overdue` lists what is late."""
    asked, show = asked_of(request), request.GET.get("show", "")
    if show not in ("", "overdue"):
        raise Http404("There is no such choice of actions.")
    programme = Programme.objects.order_by("id").first()
    if programme is None:
        raise Http404("No programme is loaded yet.")
    facts = national_facts(programme)
    area = next((area for area in facts.areas if area.slug == slug), None)
    if area is None:
        raise Http404("There is no such area.")
    was_asked = bool(asked.text) and not asked.refusal
    on = day_shown(area, asked.on, was_asked=was_asked)
    shown = replace(asked, on=on)
    has_ended = area.until_on is not None and area.until_on <= asked.today
    context = _dated(shown) | {
        "portrait": portrait(facts, area, programme, on, horizon=on if was_asked or has_ended else asked.today),
        "area": area,
        "was_asked": was_asked,
        # An area that has ended has no page of today to go back to.
        "day_form": replace(shown, today=on) if has_ended else shown,
        "has_ended": has_ended,
        "only_overdue": show == "overdue",
        "complete_to": programme.complete_to,
        "reported": REPORTED,
    }
    return render(request, "pages/area.html", context, status=asked.status_code)


def _dated(asked: Asked) -> dict[str, object]:
    return {"asked": asked, "on": asked.on, "today": asked.today}
