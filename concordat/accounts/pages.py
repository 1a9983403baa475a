"""One's own account: roles, sessions, sign-ins, second factors."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from concordat.accounts.browsers import in_words
from concordat.accounts.gate import SignedInRequest, sent_to, signed_in_anybody, to_sign_in
from concordat.kernel.dates import today
from signatories.access import access_of
from signatories.models import Membership, SignedLink, SignIn
from signatories.outbox import links
from signatories.services.sign_ins import KEPT_MONTHS

LATEST = 20  # sign-ins that are shown
Type = Authenticator.Type


@never_cache
@require_safe
def second_factor_page(request: HttpRequest) -> HttpResponse:
    """What a second factor is, and the ways to set one up. Whose role asks for one is led here."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    access = access_of(request.user, today())
    return render(request, "account/second_factor.html", {"access": access, **_second_factors(request.user)})


@signed_in_anybody
@require_safe
def account(request: SignedInRequest) -> HttpResponse:
    """Who I am here, where I am signed in, when I signed in, and with what."""
    sessions = UserSession.objects.purge_and_list(request.user)
    memberships = Membership.objects.on(today()).filter(person=request.user)
    context = {
        "access": request.access,
        "memberships": memberships.select_related("organisation", "partnership"),
        "sessions": [_told(session, request) for session in sorted(sessions, key=lambda each: each.created_at)],
        "sign_ins": SignIn.objects.filter(person=request.user)[:LATEST],
        "kept_months": KEPT_MONTHS,
        "links": list(SignedLink.objects.open_at(timezone.now()).filter(message__recipient=request.user)),
        "has_password": request.user.has_usable_password(),
        **_second_factors(request.user),
    }
    return render(request, "account/account.html", context)


def _told(session: UserSession, request: SignedInRequest) -> dict[str, Any]:
    """A session as its owner sees it."""
    return {
        "pk": session.pk,
        "browser": in_words(session.user_agent),
        "since": session.created_at,
        "is_this": session.session_key == request.session.session_key,
    }


def _second_factors(person: Any) -> dict[str, Any]:
    """What the person has set up. One query."""
    kinds: dict[str, list[Authenticator]] = {}
    for each in Authenticator.objects.filter(user=person).order_by("created_at"):
        kinds.setdefault(each.type, []).append(each)
    recovery = kinds.get(Type.RECOVERY_CODES)
    return {
        "app": Type.TOTP in kinds,
        "passkeys": kinds.get(Type.WEBAUTHN, []),
        "recovery_codes": len(RecoveryCodes(recovery[0]).get_unused_codes()) if recovery else None,
    }


@sent_to
@signed_in_anybody
def switch_off_links(request: SignedInRequest) -> HttpResponse:
    """Let no link in an email that I got open anything any more."""
    links.revoke_all(request.user, by=request.user, now=timezone.now())
    messages.success(request, "The links in your emails are switched off. The next email has a new one.")
    return HttpResponseRedirect(reverse("workspace-account"))


@sent_to
@signed_in_anybody
def end_session(request: SignedInRequest, pk: int) -> HttpResponse:
    """The button “Sign out there”."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    if session.session_key == request.session.session_key:
        return HttpResponseRedirect(reverse("account_logout"))
    session.end()
    messages.success(request, "That browser is signed out.")
    return HttpResponseRedirect(f"{reverse('workspace-account')}#sessions")
