"""The public pages of the national picture. Thin: they read the request, ask for the picture, and show it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actionplans.states import Delivery
from concordat.asked import FIRST, day_asked
from concordat.kernel.dates import today
from concordat.national import SignUpStatus
from concordat.picture import picture
from signatories.models import Programme

# How each sign-up status is said in words; the map's colour never stands alone.
WORDS = {
    SignUpStatus.RED: "no declaration recorded",
    SignUpStatus.AMBER: "declaration made",
    SignUpStatus.GREEN: "action plan published",
}


@require_safe
def front_page(request: HttpRequest) -> HttpResponse:
    """Counts and table of every area on the day asked for (`?on=`), or on the last day that can be shown."""
    now = today()
    refusal = ""
    try:
        on = day_asked(request.GET.get("on") or None, now)
    except ValueError as error:
        refusal, on = str(error), now
    programme = Programme.objects.order_by("id").first()
    found = picture(on, programme) if programme else None
    counts = found.sign_up_counts if found else {}
    return render(
        request,
        "national.html",
        {
            "picture": found,
            "delivery": [
                (Delivery(status).label.lower() if status in Delivery else "with no actions recorded", count)
                for status, count in (found.delivery_counts if found else {}).items()
            ],
            "areas": sorted(found.areas, key=lambda area: area.name) if found else [],
            "on": on,
            "first_day": FIRST,
            "today": now,
            "asked": request.GET.get("on", "")[:40],
            "refusal": refusal,
            "counts": [(status.value, words, counts.get(status.value, 0)) for status, words in WORDS.items()],
        },
        status=400 if refusal else 200,
    )
