"""An address that takes no mails: another one in its place, or that it works after all."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actionplans.services.owners import may_readdress
from concordat.accounts import typed
from concordat.accounts.gate import SignedInRequest, signed_in
from concordat.kernel.dates import today
from concordat.look.forms import GovukForm
from concordat.workspace.circle import Circle
from signatories.models import MailReport, Person
from signatories.models.mail_report import Kind
from signatories.outbox.bounces.status_words import came_back
from signatories.services import addresses
from signatories.services.errors import NotAllowedError

LATEST = 10  # reports that are shown


class AddressForm(GovukForm):
    """Where mails go from now on."""

    email = forms.EmailField(
        label="New email address",
        help_text="Make sure first that it is theirs, for example by phoning them. They will sign in with it.",
        error_messages={"invalid": "Give an email address like name@example.org."},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def address_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Since when and why no mails go to somebody. POST gives another address, or says that it works (`then`: again)."""
    on = today()
    person = _person(request, pk, on)
    may_change = person.pk != request.user.pk and may_readdress(request.access, person, on)
    form = AddressForm(typed.sent_or_kept(request))
    if request.method != "POST":
        return _page(request, person, form, may_change=may_change)
    if request.POST.get("then") == "again":
        return _write_again(request, person)
    if not may_change:
        raise PermissionDenied
    if form.is_valid():
        try:
            addresses.change(person, form.cleaned_data["email"], by=request.user, now=timezone.now())
            return _done(request, person)
        except NotAllowedError as refusal:
            form.add_error("email", str(refusal))
    return _page(request, person, form, may_change=may_change, status=400)


def _write_again(request: SignedInRequest, person: Person) -> HttpResponse:
    try:
        addresses.write_again(person, by=request.user)
    except NotAllowedError as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(request.path)
    return _done(request, person)


def _done(request: SignedInRequest, person: Person) -> HttpResponse:
    messages.success(request, f"Mails go to {person} again, at {person.email}.")
    is_own = person.pk == request.user.pk
    return HttpResponseRedirect(reverse("workspace-account" if is_own else "workspace-people"))


def _person(request: SignedInRequest, pk: int, on: date) -> Person:
    """Oneself, or somebody whose address one sees. Raises PermissionDenied for who answers for nobody, else Http404."""
    if pk == request.user.pk:
        return request.user
    circle = Circle.of(request.access, on)
    if circle.is_empty:
        raise PermissionDenied
    rows = Person.objects.all()
    if not request.access.is_administrator:
        rows = rows.filter(pk__in=circle.memberships().filter(shows_address=True).order_by().values("person"))
    return get_object_or_404(rows, pk=pk)


def _page(
    request: SignedInRequest, person: Person, form: AddressForm, *, may_change: bool, status: int = 200
) -> HttpResponse:
    context = {
        "person": person,
        "form": form,
        "may_change": may_change,
        "is_own": person.pk == request.user.pk,
        "reports": [_told(row) for row in MailReport.objects.filter(person=person)[:LATEST]],
    }
    return render(request, "workspace/address.html", context, status=status)


def _told(row: MailReport) -> dict[str, Any]:
    """One report in plain words; the server's own words are for national administrators."""
    says = "It was marked as unwanted." if row.kind == Kind.COMPLAINT else came_back(row.status)
    if row.kind == Kind.SOFT:
        says = f"For now: {says[:1].lower()}{says[1:]}"
    return {"on": row.reported_on, "says": says, "diagnostic": row.diagnostic}
