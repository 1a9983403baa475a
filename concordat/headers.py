"""What no middleware of Django or of a package says to browsers: who may load our answers, and who may keep them."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

# Addresses that are there for other sites to show.
FOR_OTHER_SITES = frozenset({"map-svg"})


def resource_policy(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: other sites load nothing of ours, but for what is made for them (Cross-Origin-Resource-Policy)."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        match = request.resolver_match
        is_open = match is not None and match.view_name in FOR_OTHER_SITES
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin" if is_open else "same-origin"
        return response

    return answer


def kept_by_nobody(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a refusal (400, 403, 404) at an address for people who sign in is kept nowhere, as its page is not.

    It is raised past the view, and so gets no header from `gate.signed_in`, which gives it to every page.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code >= HTTPStatus.BAD_REQUEST and hasattr(request, "access"):
            add_never_cache_headers(response)
        return response

    return answer
