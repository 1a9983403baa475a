"""Who answers for an action: an owner hands over to a colleague; leads and coordinators give and take."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from actionplans.models import Action, ActionOwner
from actionplans.services import handover
from concordat.accounts import typed
from concordat.accounts.gate import signed_in
from concordat.kernel.dates import today
from concordat.look.forms import GovukForm
from concordat.workspace.actions import edited_action
from signatories.access import Access
from signatories.services.errors import NotAllowedError


class OwnerForm(GovukForm):
    """Somebody who has a role by which they may answer for the action."""

    person = forms.TypedChoiceField(
        label="Who answers for it from today on?",
        help_text="People with a role in an organisation that leads this action. Where no organisation is known to "
        "lead it, people of its members who take part in this partnership. Others are invited first.",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a person.", "invalid_choice": "Choose a person from the list."},
    )

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        found = {str(each.pk): each for each in people}
        choice: Any = self.fields["person"]
        choice.choices, choice.coerce = list(zip(found, told_apart(found.values()), strict=True)), found.get


def told_apart(people: Iterable[Any]) -> list[str]:
    """Each with the organisations by which they may answer; who has the name of another, with the address too."""
    people = list(people)
    names = Counter(each.name for each in people)
    parts = (
        [each.name, *dict.fromkeys(str(role.organisation) for role in each.answers_in)]
        + ([each.email] if each.email and names[each.name] > 1 else [])
        for each in people
    )
    return [", ".join(each) for each in parts]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def owners_page(request: Any, pk: int) -> HttpResponse:
    """Show who answers for the action. POST `then`: `hand_over` (my own), `give`, or `release-<id of a person>`."""
    on = today()
    action = edited_action(request.access, pk, on)
    owners = list(ActionOwner.objects.on(on).filter(action=action).select_related("person").order_by("person__name"))
    assigns = may_assign(request.access, action, on)
    within = None if assigns else request.access.owns_in
    people = handover.offered(action, on, within).exclude(pk__in=[each.person_id for each in owners])
    form = OwnerForm(typed.sent_or_kept(request), people=people)
    if request.method != "POST":
        return _page(request, action, owners, form)
    then = request.POST.get("then", "")
    own_release = f"release-{request.user.pk}"
    if not assigns and then not in ("hand_over", own_release):
        raise PermissionDenied
    if then.startswith("release-"):
        return _release(request, action, owners, then.removeprefix("release-"))
    if not form.is_valid():
        return _page(request, action, owners, form, status=400)
    to = form.cleaned_data["person"]
    try:
        if then == "hand_over":
            handover.hand_over(action, from_person=request.user, to=to, by=request.user, on=on)
        else:
            handover.give(action, to=to, by=request.user, on=on)
    except NotAllowedError as error:
        form.add_error(None, str(error))
        return _page(request, action, owners, form, status=400)
    messages.success(request, f"{to} answers for “{action}” now.")
    return HttpResponseRedirect(_next(request, action))


def may_assign(access: Access, action: Action, on: date) -> bool:
    """Whether the person says who answers for it: the coordinator, or the lead of an organisation that leads it.

    An owner only hands over what is their own, to somebody of their own organisation (docs/roles.md).
    """
    if access.coordinates_partnership(action.plan.partnership_id):
        return True
    return bool(access.leads) and Action.objects.led_by(access.leads, on).filter(pk=action.pk).exists()


def _release(request: Any, action: Action, owners: list[ActionOwner], number: str) -> HttpResponse:
    person = next((each.person for each in owners if str(each.person_id) == number), None)
    try:
        if person is None:
            raise NotAllowedError("This person does not answer for the action any more.")
        handover.release(action, person=person, by=request.user, on=today())
    except NotAllowedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{person} does not answer for “{action}” any more.")
    return HttpResponseRedirect(_next(request, action))


def _next(request: Any, action: Action) -> str:
    """Back to the owners, for those who still may report on the action; else to the person's own work."""
    stays = Action.objects.editable_by(request.access, today()).filter(pk=action.pk).exists()
    return reverse("workspace-owners", args=[action.pk]) if stays else reverse("workspace")


def _page(request: Any, action: Action, owners: list[ActionOwner], form: OwnerForm, status: int = 200) -> HttpResponse:
    context = {
        "action": action,
        "owners": owners,
        "reporting": set(
            ActionOwner.objects.may_report(today()).filter(action=action).values_list("person_id", flat=True)
        ),
        "form": form,
        "assigns": may_assign(request.access, action, today()),
        "is_mine": any(each.person_id == request.user.pk for each in owners),
        "has_candidates": bool(form.fields["person"].choices),  # type: ignore[attr-defined] # a ChoiceField
    }
    return render(request, "workspace/owners.html", context, status=status)
