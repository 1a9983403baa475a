"""Holding what would go, with a reason, and releasing it: one remark, all about an action, or a whole partnership."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from actionplans.chasing.held import visible_holds
from actionplans.chasing.policy import Rule
from actionplans.chasing.reasons import name_of
from actionplans.models import Action
from concordat.accounts.gate import SignedInRequest, sent_to, signed_in
from concordat.kernel.dates import today
from concordat.look.fields import PublishedText
from concordat.look.forms import GovukForm
from concordat.sentences import in_words
from concordat.workspace.chased import named
from concordat.workspace.chasing import looked_after, looks_after, partnership_of
from concordat.workspace.filling import Filling
from concordat.workspace.forms import Day
from signatories.models import ChasingHold, Notice, Partnership
from signatories.outbox import holding
from signatories.services.errors import NotAllowedError

Choices = dict[str, tuple[str, Any]]  # what may be held: how it is called, and the row


class HoldForm(GovukForm):
    """What is held, why, and until when."""

    what = forms.ChoiceField(
        label="What do you hold?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you hold."},
    )
    reason = PublishedText(
        label="Why?",
        help_text="Coordinators of the partnership and national administrators read this.",
        at_most=1000,
        required=True,
        error_messages={"required": "Say why it is held."},
    )
    until_on = Day(
        label="From which day may it go again? (optional)",
        help_text="For example 27 3 2026. Empty: until somebody releases it.",
    )

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["what"].choices = [(key, name) for key, (name, _) in choices.items()]  # type: ignore[attr-defined] # its field


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def hold_notice(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hold one remark that is planned; or with it all about its action, or its partnership."""
    looks_after(request.access)
    rows = Notice.objects.visible_to(request.access).select_related("partnership", "recipient")
    row = get_object_or_404(rows, pk=pk, partnership__isnull=False)
    partnership: Any = row.partnership
    name = f"{name_of(Rule(row.rule))}, {in_words(row.due_on)}, to {named(row.recipient, request.access)}"
    choices: Choices = {"notice": (f"This alone: {name}", row)}
    if row.subject_type == "actionplans.action":
        choices |= _about(Action.objects.get(pk=row.subject_id))
    return _hold(request, partnership, choices | _all(partnership), initial="notice")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def hold_action(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hold everything about an action, or its partnership."""
    looks_after(request.access)
    rows = Action.objects.filter(plan__partnership__in=looked_after(request.access))
    action = get_object_or_404(rows.select_related("plan__partnership"), pk=pk)
    partnership = action.plan.partnership
    return _hold(request, partnership, _about(action) | _all(partnership), initial="action")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def hold_partnership(request: SignedInRequest, slug: str) -> HttpResponse:
    """Hold everything of a partnership."""
    partnership = partnership_of(request, slug)
    return _hold(request, partnership, _all(partnership), initial="partnership")


def _about(action: Action) -> Choices:
    return {"action": (f"Everything about “{f'{action.reference} {action.text}'.strip()[:120]}”", action)}


def _all(partnership: Partnership) -> Choices:
    return {"partnership": (f"Everything of {partnership}", partnership)}


def _hold(request: SignedInRequest, partnership: Partnership, choices: Choices, *, initial: str) -> HttpResponse:
    back = reverse("workspace-chasing-partnership", args=[partnership.slug])

    def step(form: Any) -> str:
        filled = form.cleaned_data
        _, subject = choices[filled["what"]]
        holding.hold(subject, reason=filled["reason"], from_on=today(), until_on=filled["until_on"], by=request.user)
        until = f"until {in_words(filled['until_on'])}" if filled["until_on"] else "until somebody releases it"
        messages.success(request, f"It is held {until}.")
        return f"{back}#held"

    context = {
        "title": "Hold what would go",
        "caption": partnership.name,
        "about": "Nothing of it goes while it is held. Nobody outside the partnership is told.",
        "button": "Hold it",
        "back": back,
    }
    return Filling(
        make=lambda sent: HoldForm(sent, initial={"what": initial}, choices=choices), step=step, context=context
    ).answer(request)


@sent_to
@signed_in
def release(request: SignedInRequest, pk: int) -> HttpResponse:
    """The button “Release”."""
    looks_after(request.access)
    rows = visible_holds(request.access).select_related("partnership", "notice__partnership")
    row = get_object_or_404(rows, pk=pk)
    try:
        holding.release(row, by=request.user, on=today())
    except NotAllowedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "It is released: what is still due goes with the next digest.")
    partnership = _partnership_of(row)
    if partnership is None:
        return HttpResponseRedirect(reverse("workspace-chasing"))
    return HttpResponseRedirect(f"{reverse('workspace-chasing-partnership', args=[partnership.slug])}#held")


def _partnership_of(row: ChasingHold) -> Partnership | None:
    """The partnership of what is held; none for what is national."""
    if row.partnership or row.notice:
        return row.partnership or (row.notice.partnership if row.notice else None)
    places = {
        "actionplans.action": "plans__actions",
        "actionplans.actionplan": "plans",
        "signatories.partnership": "pk",
    }
    way = places.get(row.subject_type)
    return Partnership.objects.filter(**{way: row.subject_id}).first() if way else None
