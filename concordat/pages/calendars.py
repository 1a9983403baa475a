"""Calendars to subscribe to: one's own and a partnership's at a private address, an area's for anybody."""

import hashlib
from collections.abc import Callable
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.utils.http import parse_etags
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from actionplans.models import Action, ActionInVersion, ActionPlan, PlanCoverage
from areas.models import Area
from concordat.caching import public_page, release
from concordat.calendars.actions import lines_of, of_actions
from concordat.calendars.boards import of_partnerships
from concordat.calendars.events import Event, calendar
from concordat.kernel.dates import today
from concordat.kernel.models import Revision
from concordat.kernel.periods import holds_on
from concordat.pages.slugs import in_small_letters
from signatories.access import Access, access_of
from signatories.models import Partnership
from signatories.models.declaration import live_on
from signatories.services.calendars import EndedAddressError, find

CONTENT_TYPE = "text/calendar; charset=utf-8"
OWN_SIDE, PUBLIC = "/workspace/actions/{}/", "/actions/{}/"
ENDED = "This address of a calendar has ended. Whoever it belonged to finds out more at {}/workspace/calendars/\n"
# A calendar program keeps it for itself and asks each time whether it is still so.
HEADERS = {"Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
Made = tuple[str, list[Event]]


@csrf_exempt  # nothing can be done by it
@require_safe
def own_deadlines(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody answers for, and the rounds of the partnerships for which they do or whose side they see."""
    return _private(request, token, _own)


@csrf_exempt
@require_safe
def partnership_deadlines(request: HttpRequest, token: str, slug: str) -> HttpResponse:
    """A partnership's actions, rounds and meetings, for somebody who sees its own side."""

    def make(access: Access, on: date) -> Made:
        partnerships = Partnership.objects.visible_to(access).filter(slug=slug)
        partnership = get_object_or_404(partnerships)
        lines = ActionInVersion.objects.filter(live_on(on, "version__"), version__plan__partnership=partnership)
        events = [*of_actions(lines, on, OWN_SIDE), *of_partnerships(partnerships, {partnership.pk}, on)]
        return f"{partnership}: deadlines", events

    return _private(request, token, make)


def _private(request: HttpRequest, token: str, make: Callable[[Access, date], Made]) -> HttpResponse:
    """What `make` gives for the person of the address. Without a role, or once it has ended, it opens no more (410)."""
    try:
        address = find(token)
    except EndedAddressError:
        return _ended()
    if address is None:
        raise Http404("There is no such calendar.")
    on = today()
    access = access_of(address.person, on)
    if not access.has_a_role:
        return _ended()
    etag = _etag(request, on)
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponseNotModified(headers=HEADERS | {"ETag": etag})
    name, events = make(access, on)
    return HttpResponse(_file(name, events, is_private=True), CONTENT_TYPE, headers=HEADERS | {"ETag": etag})


def _ended() -> HttpResponse:
    told = ENDED.format(settings.SITE_URL.rstrip("/"))
    return HttpResponse(told, "text/plain; charset=utf-8", 410, headers=HEADERS)


def _etag(request: HttpRequest, on: date) -> str:
    """What the answer hangs on: the program, the facts, the day, the address. One query."""
    parts = (release(), Revision.current(), on.isoformat(), settings.SITE_URL, request.path)
    return f'W/"{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()[:32]}"'


def _own(access: Access, on: date) -> Made:
    """What my own calendar holds. Thirteen queries."""
    lines = lines_of(Action.objects.own_work(access, on)).filter(live_on(on, "version__"))
    answered_for = lines.order_by().values("version__plan__partnership")
    partnerships = Partnership.objects.filter(pk__in=answered_for) | Partnership.objects.filter(pk__in=access.reads)
    events = [*of_actions(lines, on, OWN_SIDE), *of_partnerships(partnerships, access.reads, on)]
    return "Crisis care deadlines", events


@public_page()
@in_small_letters(Area)
def area_deadlines(request: HttpRequest, slug: str) -> HttpResponse:
    """The open actions of the plans in force for an area, as everybody may read them."""
    on, area = today(), get_object_or_404(Area, slug=slug)
    covers = PlanCoverage.objects.filter(holds_on(on), area=area, plan=OuterRef("version__plan"))
    kind = ActionPlan.Kind.CONCORDAT
    lines = ActionInVersion.objects.filter(live_on(on, "version__"), Exists(covers), version__plan__kind=kind)
    events = of_actions(lines, on, PUBLIC)
    return HttpResponse(_file(f"{area.name}: crisis care deadlines", events, is_private=False), CONTENT_TYPE)


def _file(name: str, events: list[Event], *, is_private: bool) -> bytes:
    site = settings.SITE_URL.rstrip("/")
    return calendar(name, events, site=site, host=urlsplit(site).hostname or "localhost", is_private=is_private)
