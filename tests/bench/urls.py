"""The addresses of the product, and one that always gives the same bytes: what the pages are compared with."""

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

from concordat.urls import urlpatterns as product


@lru_cache(maxsize=1)
def _body() -> bytes:
    return (settings.VAR_DIR / "constant").read_bytes()


def constant(request: HttpRequest) -> HttpResponse:
    """The bytes of the first page as it travels, without any work."""
    headers = {"Content-Encoding": "br", "Vary": "Accept-Encoding", "Cache-Control": "public, no-cache"}
    return HttpResponse(_body(), headers=headers)


urlpatterns = [*product, path("constant", constant)]
