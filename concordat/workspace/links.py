"""The links in reminders of a partnership: which still open, switching one off, and whether they close an action."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from concordat.accounts.gate import signed_in
from concordat.look.forms import GovukForm
from concordat.workspace.differing import number_of
from signatories.models import Partnership, SignedLink
from signatories.outbox import links

SWITCHED_OFF = "Switched off by a coordinator"


class SignInForm(GovukForm):
    """Whether an action is closed only by somebody who is signed in."""

    sign_in_to_close = forms.BooleanField(
        label="To report an action as done or not going ahead, its owner has to sign in", required=False
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def links_page(request: Any, slug: str) -> HttpResponse:
    """The links that still open, and the setting. POST `then`: `setting`, or `off-<id of a link>`."""
    partnership = get_object_or_404(Partnership.objects.visible_to(request.access), slug=slug)
    if not request.access.coordinates_partnership(partnership.pk):
        raise PermissionDenied
    standing = _standing(partnership)
    if request.method != "POST":
        form = SignInForm(initial={"sign_in_to_close": partnership.sign_in_to_close})
        return render(request, "workspace/links.html", {"partnership": partnership, "form": form, "links": standing})
    then = request.POST.get("then", "")
    if then == "setting":
        form = SignInForm(request.POST)
        form.full_clean()
        links.demand_sign_in(partnership, demanded=form.cleaned_data["sign_in_to_close"], by=request.user)
        messages.success(request, "The setting is saved. It holds for the links that were sent already too.")
        return HttpResponseRedirect(request.path)
    link = get_object_or_404(standing, pk=number_of(then.removeprefix("off-")))
    if links.revoke(link, by=request.user, now=timezone.now(), why=SWITCHED_OFF):
        messages.success(request, f"The link to {link.message.recipient} is switched off.")
    return HttpResponseRedirect(request.path)


def _standing(partnership: Partnership) -> QuerySet[SignedLink]:
    """Those that open now in mails about that partnership, the latest first."""
    about = SignedLink.objects.open_at(timezone.now()).filter(message__notices__partnership=partnership)
    return about.select_related("message__recipient").order_by("-made_at", "-pk").distinct()
