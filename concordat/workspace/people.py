"""Who has which role, who is invited: for coordinators, organisation leads and national administrators."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.services import owners
from concordat.accounts import typed
from concordat.accounts.gate import SignedInRequest, sent_to, signed_in
from concordat.kernel.administration.history import changes_of
from concordat.kernel.dates import today
from concordat.limits import too_many_invitations
from concordat.look.fields import PublishedText, Text
from concordat.look.forms import GovukForm
from concordat.tasks import mail_invitation
from concordat.workspace.circle import Circle
from concordat.workspace.telling import in_plain_words
from signatories.models import Invitation, Membership, Person, Role
from signatories.posts import Post, may_end
from signatories.services import invitations, people
from signatories.services.errors import NotAllowedError

PER_PAGE = 50


def _circle(request: SignedInRequest) -> Circle:
    """What the person answers for. Raises PermissionDenied (403) for nothing."""
    circle = Circle.of(request.access, today())
    if circle.is_empty:
        raise PermissionDenied
    return circle


def _back(anchor: str = "") -> HttpResponse:
    return HttpResponseRedirect(reverse("workspace-people") + anchor)


@signed_in
@require_safe
def people_page(request: SignedInRequest) -> HttpResponse:
    """The roles that hold today and the invitations, each with what may be done about it; `?q=` finds by name."""
    circle, asked = _circle(request), Text().to_python(request.GET.get("q", ""))[:120]
    held = circle.memberships()
    if asked:
        held = held.filter(person__name__icontains=asked)
    page = Paginator(held, PER_PAGE).get_page(request.GET.get("page"))
    invited = Paginator(circle.invitations(), PER_PAGE).get_page(request.GET.get("invitations"))
    now = timezone.now()
    context = {
        "asked": {},
        "q": asked,
        "page": page,
        "held": [{"row": row, "may_end": _may_end(request, row)} for row in page],
        "invited": invited,
        "standing": [{"row": row, "state": _state(row, now)} for row in invited],
        "stopped": circle.stopped()[:PER_PAGE],
        "others": circle.without_a_role(asked)[:PER_PAGE] if asked else [],
        "is_administrator": request.access.is_administrator,
    }
    return render(request, "workspace/people.html", context)


def _may_end(request: SignedInRequest, row: Membership) -> bool:
    return row.person_id != request.user.pk and may_end(request.access, Post.of(row))


def _state(row: Invitation, now: Any) -> str:
    """“open”, “expired” or “revoked”."""
    if row.revoked_at:
        return "revoked"
    return "open" if row.expires_at > now else "expired"


# Inviting


class InviteForm(GovukForm):
    """Who is asked to take which role, and where."""

    name = PublishedText(
        label="Name",
        at_most=120,
        lines=False,
        required=True,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label="Work email address",
        help_text="The invitation goes to it, and the person will sign in with it.",
        error_messages={"invalid": "Give an email address like name@example.org."},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label="Role")
    place = forms.ChoiceField(label="Where", required=False, help_text="Leave it empty for a national role.")

    def __init__(self, *args: Any, circle: Circle, **options: Any) -> None:
        super().__init__(*args, **options)
        self.partnerships = {f"partnership-{row.pk}": row for row in circle.partnerships_to_choose()}
        self.organisations = {f"organisation-{row.pk}": row for row in circle.organisations_to_choose()}
        roles = [(role.value, role.label) for role in circle.roles()]
        kinds: dict[str, dict[str, Any]] = {"Partnerships": self.partnerships, "Organisations": self.organisations}
        groups = [(title, [(key, str(row)) for key, row in rows.items()]) for title, rows in kinds.items() if rows]
        self.fields["role"].choices = [("", "Choose a role"), *roles]  # type: ignore[attr-defined] # a ChoiceField
        self.fields["place"].choices = [("", "Choose a place"), *groups]  # type: ignore[attr-defined] # the same
        if not circle.access.is_administrator:
            self.fields["place"].help_text = ""

    def clean_name(self) -> str:
        """On one line."""
        return " ".join(self.cleaned_data["name"].split())

    def clean(self) -> dict[str, Any] | None:
        """The post, whole: each role has its kind of place."""
        if "role" in self.cleaned_data and "place" in self.cleaned_data:
            place = self.cleaned_data["place"]
            post = Post(Role(self.cleaned_data["role"]), self.organisations.get(place), self.partnerships.get(place))
            self.cleaned_data["post"] = post
            if not post.is_whole:
                self.add_error("place", _needed(post.role))
        return super().clean()


def _needed(role: Role) -> str:
    """Which kind of place the role needs."""
    kinds = {Role.OWNER: "an organisation", Role.ORGANISATION_LEAD: "an organisation", Role.NATIONAL_REVIEWER: ""}
    kind = kinds.get(role, "a partnership")
    return f"Choose {kind} for this role." if kind else "A national role has no place. Leave this empty."


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def invite_page(request: SignedInRequest) -> HttpResponse:
    """Invite somebody. The mail goes out at once, or later if the queue is out of reach."""
    circle = _circle(request)
    form = InviteForm(typed.sent_or_kept(request), circle=circle)
    if request.method != "POST":
        return render(request, "workspace/invite.html", {"form": form})
    if form.is_valid():
        given = form.cleaned_data
        try:
            _invite(request, circle, given)
        except NotAllowedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{given['name']} is invited. We send the invitation to {given['email']}.")
            return _back("#invitations")
    return render(request, "workspace/invite.html", {"form": form}, status=400 if form.errors else 200)


@transaction.atomic
def _invite(request: SignedInRequest, circle: Circle, given: dict[str, Any]) -> None:
    """Keep the invitation, and have it mailed once it is kept."""
    if sentence := too_many_invitations(request.user):
        raise NotAllowedError(sentence)
    who = {"name": given["name"], "email": given["email"]}
    now, leading = timezone.now(), owners.leading_of(request.user, circle.on)
    invitation = invitations.invite(given["post"], **who, by=request.user, now=now, leading=leading)
    _have_it_mailed(invitation.pk)


def _have_it_mailed(invitation_id: int) -> None:
    """Once it is saved. If the queue is out of reach, the sweep mails it later."""

    def have_it_mailed() -> None:  # no partial: Django asks what failed for its name
        mail_invitation.delay(invitation_id)

    transaction.on_commit(have_it_mailed, robust=True)


@sent_to
@signed_in
def send_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """The button “Send again”: a new link, valid from now."""
    return _with_invitation(request, pk, invitations.send_again, "The invitation is sent again.", mails=True)


@sent_to
@signed_in
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """The button “Take back”."""
    return _with_invitation(request, pk, invitations.revoke, "The invitation is taken back.", mails=False)


def _with_invitation(request: SignedInRequest, pk: int, service: Any, done: str, *, mails: bool) -> HttpResponse:
    circle = _circle(request)
    invitation = get_object_or_404(circle.invitations(), pk=pk)
    try:
        with transaction.atomic():
            if mails and (sentence := too_many_invitations(request.user)):
                raise NotAllowedError(sentence)
            leading = owners.leading_of(request.user, circle.on)
            service(invitation, by=request.user, now=timezone.now(), leading=leading)
            if mails:
                _have_it_mailed(invitation.pk)
    except NotAllowedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return _back("#invitations")


# Ending


class WhyForm(GovukForm):
    """Why somebody's role or account ends: kept with the change."""

    why = PublishedText(
        label="Why",
        at_most=400,
        required=True,
        help_text="Kept with the person’s record, which national administrators see.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why."},
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def end_role_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """End somebody's role today, with a reason."""
    membership = get_object_or_404(_circle(request).memberships(), pk=pk)
    if not _may_end(request, membership):
        raise PermissionDenied

    def end(why: str) -> str:
        count = owners.end_role(membership, by=request.user, now=timezone.now(), why=why)
        return f"{membership.person} is no longer {membership}.{_handed_back(count)}"

    return _confirmed(request, "workspace/end_role.html", {"membership": membership}, end)


def _handed_back(count: int) -> str:
    return f" {count} action{'s need' if count != 1 else ' needs'} a new owner." if count else ""


def _confirmed(
    request: SignedInRequest, template: str, context: dict[str, Any], act: Callable[[str], str]
) -> HttpResponse:
    """The page that asks why, and what comes of it."""
    form = WhyForm(typed.sent_or_kept(request))
    if request.method != "POST":
        return render(request, template, {"form": form, **context})
    if form.is_valid():
        try:
            messages.success(request, act(form.cleaned_data["why"]))
        except NotAllowedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return _back()
    return render(request, template, {"form": form, **context}, status=400 if form.errors else 200)


# One person, for national administrators


def _person(request: SignedInRequest, pk: int) -> Person:
    if not request.access.is_administrator:
        raise PermissionDenied
    return get_object_or_404(Person, pk=pk)


@signed_in
@require_safe
def person_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody's roles, what an administrator may do about the account, and what was done about both, and why."""
    person = _person(request, pk)
    held = Membership.objects.filter(person=person).select_related("organisation", "partnership")
    page = Paginator(changes_of(person, [(Membership, "person")]), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "person": person,
        "held": held.order_by("-until_on", "pk"),
        "page": page,
        "told": in_plain_words(page, person),
    }
    return render(request, "workspace/person.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def close_account_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody has left: their roles end and their actions need an owner."""
    person = _person(request, pk)

    def close(why: str) -> str:
        count = owners.leave(person, by=request.user, now=timezone.now(), why=why)
        return f"The account of {person} is closed.{_handed_back(count)}"

    return _confirmed(request, "workspace/close_account.html", {"person": person}, close)


@sent_to
@signed_in
def open_account(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let somebody in again whose account was closed."""
    person = _person(request, pk)
    try:
        people.open_account(person, by=request.user, now=timezone.now())
    except NotAllowedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"The account of {person} is open again. Invite them to a role.")
    return HttpResponseRedirect(reverse("workspace-person", args=[person.pk]))


@sent_to
@signed_in
def forget_second_factors(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody has lost phone and recovery codes; the administrator has made sure that it is them."""
    person = _person(request, pk)
    try:
        people.forget_second_factors(person, by=request.user, now=timezone.now())
    except NotAllowedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{person} sets up a second factor when they next sign in.")
    return HttpResponseRedirect(reverse("workspace-person", args=[person.pk]))
