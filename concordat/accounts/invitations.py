"""The page behind the link of an invitation. Opening it changes nothing."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from actionplans.services.owners import leading_of
from concordat.accounts.forms import NEW_PASSWORD_HINT
from concordat.accounts.gate import to_sign_in
from concordat.accounts.receivers import INVITATION
from concordat.kernel.dates import today
from concordat.look.fields import PublishedText
from concordat.look.forms import GovukForm
from signatories.models import Invitation, Person
from signatories.services import invitations
from signatories.services.errors import NotAllowedError


class AcceptForm(GovukForm):
    """Accept with an account that is there: nothing is asked."""


class NewAccountForm(AcceptForm):
    """Accept and make an account. Without a password the person signs in by a code or a passkey."""

    name = PublishedText(
        label="Your name",
        at_most=120,
        lines=False,
        required=True,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label="Password (optional)",
        help_text=f"{NEW_PASSWORD_HINT} Without a password you sign in with a code that we mail to you each time.",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.email = email

    def clean_name(self) -> str:
        """On one line."""
        return " ".join(self.cleaned_data["name"].split())

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if password:
            validate_password(password, Person(email=self.email, name=self.cleaned_data.get("name", "")))
        return password


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What is offered, by whom, and a button to accept; or why the link does not open, and who to ask."""
    try:
        found = invitations.find(token, now=timezone.now())
    except invitations.InvitationError as refusal:
        return _refused(request, refusal)
    account = invitations.account_for(found)
    form = _form(request, found, account)
    if request.method != "POST" or not form.is_valid():
        status = 400 if form.is_bound else 200
        told = {"form": form, "invitation": found, "post": invitations.post_of(found), "account": account}
        return render(request, "account/invitation.html", told, status=status)
    return _accept(request, found, account, form.cleaned_data)


def _form(request: HttpRequest, found: Invitation, account: Person | None) -> AcceptForm:
    sent = request.POST if request.method == "POST" else None
    if account is not None:
        return AcceptForm(sent)
    return NewAccountForm(sent, email=found.email, initial={"name": found.name})


def _accept(request: HttpRequest, found: Invitation, account: Person | None, given: dict[str, Any]) -> HttpResponse:
    """Accept it. A new account is signed in; to one that is there the link, which is good for days, opens no door."""
    leading = leading_of(found.invited_by, today())
    who = {"name": given.get("name", ""), "password": given.get("password") or None}
    try:
        person = invitations.accept(found, **who, now=timezone.now(), leading=leading)
    except NotAllowedError as refusal:
        return _refused(request, refusal)
    if request.user.is_authenticated and request.user.pk == person.pk:
        return render(request, "account/invitation_accepted.html", {"post": invitations.post_of(found)})
    if request.user.is_authenticated:
        get_adapter().logout(request)
    if account is not None:
        messages.success(request, "You have the new role. Sign in to use it.")
        return to_sign_in(request, back=reverse("workspace"))
    record_authentication(request, person, INVITATION)
    return perform_login(request, Login(user=person, email=found.email))


def _refused(request: HttpRequest, refusal: NotAllowedError) -> HttpResponse:
    told = {"sentence": str(refusal), "invitation": getattr(refusal, "invitation", None)}
    return render(request, "account/invitation_refused.html", told, status=410)
