"""Public pages, whole, kept for as long as the facts behind them stay the same (docs/adr/0008-pages-by-revision.md)."""

import gzip
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache, wraps
from threading import Lock
from time import monotonic, sleep
from typing import Any
from weakref import WeakValueDictionary

import brotli
from cachetools import LRUCache
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, QueryDict
from django.utils.http import parse_etags
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from concordat.kernel.dates import today
from concordat.kernel.models import Revision
from concordat.reach import SHARED

View = Callable[..., HttpResponse]
# A page of a day that nobody asks for again does not stay for long.
SECONDS = 600
# Browsers and proxies may keep a page, and ask each time whether it is still so.
CACHE_CONTROL = "public, no-cache"
# What a process keeps of it in its own memory, in bytes: the pages asked for last.
Page = tuple[str, bytes]
AT_HAND: LRUCache[str, Page] = LRUCache(16 * 1024 * 1024, getsizeof=lambda page: len(page[1]))
HAND_LOCK = Lock()
# One lock for each page that is being made in this process; it goes away with the last who holds or awaits it.
MAKING: WeakValueDictionary[str, Lock] = WeakValueDictionary()
# For how many seconds a request waits for another to make its page, and how often it looks whether it is there.
WAIT, LOOK_AGAIN = 15, 0.1
PACKAGES = ("concordat", "areas", "signatories", "actionplans")
ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=6),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
    "identity": lambda body: body,
}


def public_page(*parameters: str) -> Callable[[View], View]:
    """A page that is the same for everybody; of its address only these parameters count.

    The view sees no other parameters, so that nobody can leave one in a page that others are shown. Only a full
    answer (200) is kept. It answers GET and HEAD alone, and 304 to those who have the page already.
    """

    def decorate(view: View) -> View:
        @csrf_exempt  # nothing can be done by it, and who sends something is to hear that: 405 and not 403
        @require_safe
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            _leave_only(request, parameters)
            if settings.DEBUG:
                return view(request, *args, **kwargs)
            return _kept(request, lambda: view(request, *args, **kwargs))

        return answer

    return decorate


def _leave_only(request: HttpRequest, parameters: tuple[str, ...]) -> None:
    """Take every other parameter from the request, and those that were left empty."""
    asked = QueryDict(mutable=True)
    for name in parameters:
        if value := request.GET.get(name):
            asked[name] = value
    request.GET = asked  # type: ignore[assignment] # mutable while it is filled
    request.META["QUERY_STRING"] = asked.urlencode()
    asked._mutable = False


def _kept(request: HttpRequest, make: Callable[[], HttpResponse]) -> HttpResponse:
    key = _key(request)
    etag = f'W/"{key}"'
    headers = {"ETag": etag, "Cache-Control": CACHE_CONTROL, "Vary": "Accept-Encoding"}
    if etag in parse_etags(request.META.get("HTTP_IF_NONE_MATCH", "")):
        return HttpResponseNotModified(headers=headers)
    encoding = accepted_encoding(request)
    kept = f"page:{key}:{encoding}"
    found = _read(kept)
    if found is None:
        with _one_at_a_time(kept):
            found = _read(kept)  # another has made it in the meantime
            if found is None:
                made = make()
                if made.status_code != 200:
                    return made
                found = (made.headers["Content-Type"], ENCODINGS[encoding](made.content))
                _write(kept, found)
    content_type, body = found
    if encoding != "identity":
        headers["Content-Encoding"] = encoding
    headers["Content-Length"] = str(len(body))
    return HttpResponse(b"" if request.method == "HEAD" else body, content_type, headers=headers)


@contextmanager
def _one_at_a_time(key: str) -> Iterator[None]:
    """Hold the others back who would make the same page, here and in other processes.

    After a change every page is to be made anew: all that ask for one at once would otherwise all make it. Nobody
    waits longer than WAIT seconds in all: after that one makes it, whatever the others do.
    """
    until = monotonic() + WAIT
    with HAND_LOCK:
        lock = MAKING.setdefault(key, Lock())
    is_ours = lock.acquire(timeout=WAIT)
    try:
        with _one_process_at_a_time(key, until):
            yield
    finally:
        if is_ours:
            lock.release()


@contextmanager
def _one_process_at_a_time(key: str, until: float) -> Iterator[None]:
    """Wait while another process makes the page, by a mark in the shared cache; without the cache do not wait.

    The mark of a process that was killed goes away by itself.
    """
    mark = f"making:{key}"
    while not (is_ours := SHARED.ask(lambda: cache.add(mark, 1, timeout=WAIT), None)):
        if is_ours is None or monotonic() >= until or _read(key) is not None:
            break
        sleep(LOOK_AGAIN)
    try:
        yield
    finally:
        if is_ours:
            SHARED.ask(lambda: cache.delete(mark), None)


def accepted_encoding(request: HttpRequest) -> str:
    """The best of brotli, gzip and no compression that the browser takes."""
    accepted = {}
    for offer in request.headers.get("Accept-Encoding", "").lower().split(","):
        name, _, quality = offer.partition(";")
        accepted[name.strip()] = quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((name for name in ("br", "gzip") if accepted.get(name)), "identity")


def _key(request: HttpRequest) -> str:
    """What the page depends on: the program, the facts, the day, what the settings have it print, the address."""
    site = (str(settings.DEMO), settings.SITE_URL, settings.OPERATOR)
    parts = (release(), Revision.current(), today().isoformat(), *site, request.get_full_path())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


@lru_cache(maxsize=1)
def release() -> str:
    """A digest of this program: of its code, its templates and the names of its static files. Read once."""
    files = [file for package in PACKAGES for file in (settings.BASE_DIR / package).rglob("*.py")]
    files += [file for file in (settings.BASE_DIR / "templates").rglob("*") if file.is_file()]
    files += [manifest for manifest in [settings.STATIC_ROOT / "staticfiles.json"] if manifest.is_file()]
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _read(key: str) -> Page | None:
    """What this process has at hand, or else the shared cache; without either the page is made anew."""
    with HAND_LOCK:
        found: Page | None = AT_HAND.get(key)
    if found is None:
        found = SHARED.ask(lambda: cache.get(key), None)
        if found is not None:
            _keep_at_hand(key, found)
    return found


def _write(key: str, page: Page) -> None:
    _keep_at_hand(key, page)
    SHARED.ask(lambda: cache.set(key, page, timeout=SECONDS), None)


def _keep_at_hand(key: str, page: Page) -> None:
    with HAND_LOCK, suppress(ValueError):  # a page larger than all that may be at hand
        AT_HAND[key] = page
