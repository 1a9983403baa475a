"""The administration's door: the same sign-in as everywhere, with a second factor."""

from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from concordat.accounts import second_factor
from concordat.accounts.gate import to_sign_in


class GatedSite(AdminSite):
    """Whoever may enter (`is_staff`) has used a second factor in this session."""

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and second_factor.was_used(request)

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Where somebody is sent who may not enter: to what is missing, then to the page that they asked for."""
        asked = request.GET.get("next", "")
        back = asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else reverse("admin:index")
        if not request.user.is_authenticated:
            return to_sign_in(request, back)
        if not super().has_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(back if second_factor.was_used(request) else second_factor.next_step(request, back))

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:  # type: ignore[override]
        """A password is changed where everybody changes theirs."""
        return HttpResponseRedirect(reverse("account_change_password"))
