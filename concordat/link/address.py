"""Keeping the token of a signed link out of logs, error reports and headers: it opens a page without a password.

It is taken off the path before anything else reads the request. What is left, `/u/-/12/done`, is what Django resolves,
logs and reports, and what a server that writes an access log from our environment finds there.
"""

import re
from collections.abc import Callable
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse
from django.utils.encoding import escape_uri_path
from django.views.decorators.debug import sensitive_variables

from concordat.kernel.tokens import A_LINK, FIRST

STAND_IN = f"{FIRST}-"  # the path of every link, as the list of addresses has it
PATH = re.compile(rf"{FIRST}([^/]+)(/.*)?", re.DOTALL)
REPEATING = ("RAW_URI", "REQUEST_URI")  # where servers put the address as it was asked for
SEALED = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


class Token:
    """The token of a link. Whoever prints it by accident, or reports the variables of a fault, prints none of it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return "<the token of a link>"

    def reveal(self) -> str:
        """What it is."""
        return self._text


class LinkRequest(HttpRequest):
    """A request by a signed link."""

    token: Token


def sealed(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, the first of all: hides the token from all others, and tells browsers to keep it to themselves."""

    @sensitive_variables("found")
    def answer(request: HttpRequest) -> HttpResponse:
        if FIRST in (referrer := unquote(request.META.get("HTTP_REFERER", ""))):
            request.META["HTTP_REFERER"] = _hidden(referrer)
        found = PATH.fullmatch(request.path_info)
        if found is None:
            return get_response(request)
        token = Token(found[1])
        _take_off(request, rest=found[2] or "/")
        request.token = token  # type: ignore[attr-defined] # for the view
        response = get_response(request)
        _lead_to_https(response, token)
        for name, value in SEALED.items():
            response.headers[name] = value
        return response

    return answer


def _take_off(request: HttpRequest, *, rest: str) -> None:
    """Leave the path without its token, here and in the server's own environment, from which it writes its log.

    There it stands as it was asked for, with any letter as a number (`/%75/`): what repeats the address is written
    anew, and elsewhere it is looked for behind such numbers too.
    """
    prefix = request.path.removesuffix(request.path_info)
    for name, value in request.META.items():
        if isinstance(value, str) and FIRST in (plain := unquote(value)):
            request.META[name] = _hidden(plain)
    request.path_info = request.META["PATH_INFO"] = STAND_IN + rest
    request.path = prefix + request.path_info
    query = request.META.get("QUERY_STRING", "")
    asked = escape_uri_path(request.path) + (f"?{query}" if query else "")
    request.META |= {name: asked for name in REPEATING if name in request.META}


def _hidden(text: str) -> str:
    return A_LINK.sub(STAND_IN, text)


def _lead_to_https(response: HttpResponse, token: Token) -> None:
    """Whoever came by http:// is led to the same link by https://: to the address that they asked for themselves."""
    where = response.headers.get("Location", "")
    if response.status_code == 301 and where.startswith("https://"):
        response.headers["Location"] = where.replace(STAND_IN, FIRST + token.reveal(), 1)
