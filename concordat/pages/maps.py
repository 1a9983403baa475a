"""The map as the server draws it, and the boundaries from which browsers draw theirs."""

import gzip
import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

import brotli
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from areas.models import BoundaryEpoch
from concordat.asked import asked_of
from concordat.caching import accepted_encoding, public_page
from concordat.outlines import epoch_on, outlines
from concordat.palette import LENSES, TILE
from concordat.picture import picture
from concordat.sheet import sheet
from signatories.models import Programme

PLAIN = "text/plain; charset=utf-8"
# These bytes never change under this name.
FOREVER = "public, max-age=31536000, immutable"
# Made once in a process and sent many times: as small as they get.
SMALLEST: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=11),
    "gzip": lambda body: gzip.compress(body, compresslevel=9, mtime=0),
    "identity": lambda body: body,
}


@public_page("on", "lens")
def map_svg(request: HttpRequest) -> HttpResponse:
    """The map of England on a day (`?on=`) in one lens (`?lens=signup|delivery`), for print and without JavaScript."""
    asked, lens = asked_of(request), request.GET.get("lens") or "signup"
    if asked.refusal:
        return HttpResponseBadRequest(asked.refusal, content_type=PLAIN)
    if lens not in LENSES:
        sentence = f"“{lens[:40]}” is not a way to look at the map. Choose lens=signup or lens=delivery."
        return HttpResponseBadRequest(sentence, content_type=PLAIN)
    try:
        found = picture(asked.on)
    except Programme.DoesNotExist:
        raise Http404("Nothing is recorded here yet.") from None
    epoch = epoch_on(asked.on)
    context = {
        "sheet": sheet(found, lens, outlines(epoch), _foot(epoch)),
        "on": asked.on,
        "complete_to": found.complete_to if found.is_beyond_records else None,
        "is_demonstration": settings.DEMO,
        "tile": TILE,
    }
    return HttpResponse(render_to_string("map.svg", context), content_type="image/svg+xml")


def _foot(epoch: BoundaryEpoch | None) -> list[str]:
    """What has to be said of the shapes, and whose map this is."""
    approximate = ["Boundaries are approximate."] if epoch and epoch.approximate else []
    attribution = [epoch.attribution] if epoch else []
    return [*approximate, *attribution, f"Concordat Tracker, {settings.SITE_URL}"]


@require_safe
def boundaries(request: HttpRequest, name: str) -> HttpResponseBase:
    """The boundaries of one epoch as TopoJSON, `<first day>-<digest>`; kept by browsers for ever."""
    encoding = accepted_encoding(request)
    body = stored(name, encoding)
    headers = {
        "Cache-Control": FOREVER,
        "Vary": "Accept-Encoding",
        "ETag": f'"{name}-{encoding}"',
        "Content-Length": str(len(body)),
    }
    if encoding != "identity":
        headers["Content-Encoding"] = encoding
    content = b"" if request.method == "HEAD" else body
    response = HttpResponse(content, content_type="application/json", headers=headers)
    return get_conditional_response(request, etag=headers["ETag"], response=response) or response


@lru_cache(maxsize=64)
def stored(name: str, encoding: str) -> bytes:
    """The file of that name, compressed. Raises Http404 where there is none."""
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d)-([0-9a-f]{12})", name, re.ASCII)
    if not found:
        raise Http404
    try:
        from_on = date.fromisoformat(found[1])
    except ValueError:
        raise Http404 from None
    text = BoundaryEpoch.objects.filter(from_on=from_on, digest=found[2]).values_list("topojson", flat=True).first()
    if text is None:
        raise Http404
    return SMALLEST[encoding](text.encode())
