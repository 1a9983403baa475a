"""Who may see the pages of the workspace."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, get_script_prefix, resolve, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from concordat.accounts import second_factor, typed
from concordat.kernel.dates import today
from signatories.access import Access, access_of
from signatories.models import Person

View = Callable[..., HttpResponse]


class SignedInRequest(HttpRequest):
    """A request that came through the gate."""

    user: Person
    access: Access


def signed_in(view: View) -> View:
    """A page for people with a role: `request.access` says what they may do today.

    Others sign in first; who needs a second factor and has not used one in this session goes there; who has no role
    is told so (403). Somebody whose account was closed is nobody from the next request on.
    """
    return _gate(view, role_needed=True)


def signed_in_anybody(view: View) -> View:
    """The same for somebody without a role too: their own account."""
    return _gate(view, role_needed=False)


def _gate(view: View, *, role_needed: bool) -> View:
    @never_cache
    @wraps(view)
    def answer(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        request.access = access_of(request.user, today())
        if request.access.needs_second_factor and not second_factor.was_used(request):
            back = way_back(request, was_kept=typed.keep(request))
            return away(request, second_factor.next_step(request, back))
        if role_needed and not request.access.has_a_role:
            return render(request, "account/no_role.html", status=403)
        return view(request, *args, **kwargs)

    return answer


def proved(view: View) -> View:
    """A page on which whoever has a second factor has used it in this session, whatever their role.

    A session may be older than the second factor: without it, it neither reads recovery codes nor adds a passkey.
    """

    @wraps(view)
    def answer(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and not second_factor.was_used(request) and second_factor.is_set_up(request):
            return HttpResponseRedirect(second_factor.next_step(request))
        return view(request, *args, **kwargs)

    return answer


def to_sign_in(request: HttpRequest, back: str = "") -> HttpResponse:
    """First to the sign-in page, then back here, or to another page of ours. What was typed is kept until then."""
    was_kept = typed.keep(request)
    query = urlencode({"next": back or way_back(request, was_kept=was_kept)})
    return away(request, f"{reverse('account_login')}?{query}")


def away(request: HttpRequest, address: str) -> HttpResponse:
    """To another page as a whole, also where the answer was to take the place of a part of one (htmx)."""
    return HttpResponseClientRedirect(address) if getattr(request, "htmx", False) else HttpResponseRedirect(address)


def sent_to(view: View) -> View:
    """A step that has no page of its own: something is sent to it, and it cannot be read."""
    answer: Any = require_POST(view)
    answer.has_no_page = True
    return answer  # type: ignore[no-any-return]


def has_a_page(path: str) -> bool:
    """Whether somebody who goes to that address of ours finds a page there."""
    try:
        return not getattr(resolve(path.removeprefix(get_script_prefix().rstrip("/"))).func, "has_no_page", False)
    except Resolver404:
        return False


def way_back(request: HttpRequest, *, was_kept: bool = False) -> str:
    """The page where the person goes on: this one, if it was only read, or has something to give back.

    What was sent to may not be readable: then the page of the workspace from which it was sent, or its first page. So
    it is for a part of a page that was asked for in place.
    """
    is_whole = request.method != "POST" and not getattr(request, "htmx", False)
    if (is_whole or was_kept) and has_a_page(request.path):
        return request.get_full_path()
    first = reverse("workspace")
    try:
        page = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # no address at all
        return first
    if page.netloc != request.get_host() or not page.path.startswith(first) or not has_a_page(page.path):
        return first
    return page._replace(scheme="", netloc="", fragment="").geturl()
