"""Answers for programs that look after or over the service: is it alive, can it work, and may they read it?"""

from collections.abc import Callable

from django.core.cache import cache
from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

PLAIN = "text/plain; charset=utf-8"


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Always “ok”: this process answers, whatever the others do."""
    return HttpResponse("ok", content_type=PLAIN)


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """“ok” when the database and the cache answer; else 503 and a line for each that does not."""
    failures = [f"{name} does not answer" for name, answers in PARTS.items() if not answers()]
    return HttpResponse("\n".join(failures) or "ok", content_type=PLAIN, status=503 if failures else 200)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Every search engine may read every page: it is all public."""
    return HttpResponse("User-agent: *\nAllow: /\n", content_type=PLAIN)


def database_answers() -> bool:
    """Whether the database carries out a statement."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError:
        return False


def cache_answers() -> bool:
    """Whether the shared cache, which is also the queue's server, gives back what it is given."""
    try:
        cache.set("concordat:ready", "yes", timeout=60)
        return bool(cache.get("concordat:ready") == "yes")
    except (RedisError, OSError):
        return False


PARTS: dict[str, Callable[[], bool]] = {"database": database_answers, "cache": cache_answers}
