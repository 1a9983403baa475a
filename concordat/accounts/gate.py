"""Who may see the pages of the workspace."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from concordat.accounts import typed
from concordat.kernel.dates import today
from signatories.access import access_of

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """A page for people with a role: `request.access` says what they may do today. Others sign in first."""

    @never_cache
    @wraps(view)
    def answer(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        request.access = access_of(request.user, today())
        if not request.access.has_a_role:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return answer


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """First to the sign-in page, then back here. What was typed is kept until then."""
    typed.keep(request)
    return HttpResponseRedirect(f"{reverse('admin:login')}?{urlencode({'next': request.get_full_path()})}")
