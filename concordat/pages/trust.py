"""The pages of law and trust: accessibility, privacy, cookies, licence. They change when somebody edits them."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from concordat.accounts import known_browsers
from concordat.caching import public_page
from concordat.reports.models.order import KEPT_FOR
from signatories.outbox import keeping
from signatories.services import sign_ins
from signatories.services.enquiries import KEPT_MONTHS

# The day on which somebody last compared each page with what the product does.
REVIEWED_ON = date(2026, 11, 26)


@public_page()
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement in the form that the regulations of 2018 ask of public bodies."""
    return render(request, "pages/accessibility.html", {**_everywhere(), "site": settings.SITE_URL})


@public_page()
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of whom, why, for how long, and what people may ask."""
    return render(
        request,
        "pages/privacy.html",
        {
            **_everywhere(),
            "kept_months": KEPT_MONTHS,
            "sign_ins_kept_months": sign_ins.KEPT_MONTHS,
            "mails_kept_months": keeping.kept_months(),
            "reports_kept_days": KEPT_FOR.days,
        },
    )


@public_page()
def cookies(request: HttpRequest) -> HttpResponse:
    """Every cookie that the product can set, by the names and ages that it sets them with."""
    ages = {
        "csrf_name": settings.CSRF_COOKIE_NAME,
        "csrf_days": settings.CSRF_COOKIE_AGE // 86_400,
        "session_name": settings.SESSION_COOKIE_NAME,
        "session_days": settings.SESSION_COOKIE_AGE // 86_400,
        "known_name": known_browsers.COOKIE,
        "known_days": known_browsers.DAYS,
    }
    return render(request, "pages/cookies.html", {**_everywhere(), **ages})


@public_page()
def licence(request: HttpRequest) -> HttpResponse:
    """Who may use what, under which terms, and how to quote it."""
    return render(request, "pages/licence.html", {**_everywhere(), "site": settings.SITE_URL.rstrip("/")})


def _everywhere() -> dict[str, object]:
    return {"operator": settings.OPERATOR, "reviewed_on": REVIEWED_ON}
