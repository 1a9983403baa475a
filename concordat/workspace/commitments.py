"""“You said / We will” from the inside: what a partnership answers to people. What is saved is public at once."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from actionplans.models import Action, Commitment, Promise, Theme
from actionplans.proposals import timescale_of, told
from actionplans.services import commitments
from actionplans.timescale import TimePrecision
from concordat.accounts.gate import signed_in
from concordat.kernel.dates import today
from concordat.kernel.sources import Precision
from concordat.look.fields import PublishedText
from concordat.workspace import when
from concordat.workspace.differing import number_of
from concordat.workspace.filling import Filling, VersionedForm
from concordat.workspace.forms import Day
from signatories.models import Partnership
from signatories.services.errors import NotAllowedError

PUBLIC = "Anybody can read it as soon as it is saved. Name no person."


class CommitmentForm(VersionedForm):
    """What people asked for."""

    you_said = PublishedText(
        label="You said",
        help_text="What people asked for, in their words.",
        at_most=2000,
        required=True,
        error_messages={"required": "Write what people said."},
    )
    theme = forms.ChoiceField(label="Theme", required=False)
    made_on = Day(label="When was it said?", help_text="For example 27 3 2026. Empty if no day is recorded.")
    made_precision = forms.ChoiceField(
        label="How exact is that day?", choices=Precision.choices, required=False, widget=forms.RadioSelect
    )
    source = PublishedText(
        label="Where can that be read? (optional)",
        help_text="An address on the internet, or a document’s title.",
        at_most=400,
        lines=False,
    )

    def __init__(self, sent: Any, *, commitment: Commitment | None, on: date) -> None:
        super().__init__(sent, initial=self._at_first(commitment, on))
        themes = [("", "None of these"), *((str(each.pk), each.name) for each in Theme.objects.all())]
        self.fields["theme"].choices = themes  # type: ignore[attr-defined] # a ChoiceField
        self.on = on

    @staticmethod
    def _at_first(commitment: Commitment | None, on: date) -> dict[str, Any]:
        if commitment is None:
            return {"made_on": on, "made_precision": str(Precision.DAY), "version": 1}
        own = {name: getattr(commitment, name) for name in ("you_said", "made_on", "source", "version")}
        precision = commitment.made_precision or str(Precision.DAY)
        return own | {"theme": str(commitment.theme_id or ""), "made_precision": precision}

    def clean_made_on(self) -> date | None:
        """Raises ValidationError for a day to come: what is saved is shown at once."""
        day: date | None = self.cleaned_data["made_on"]
        if day is not None and day > self.on:
            raise forms.ValidationError("The day cannot be in the future.")
        return day

    def values(self) -> dict[str, Any]:
        """What was filled in, by the fields of the model. Only for a form without errors."""
        filled = self.cleaned_data
        values = {name: filled[name] for name in ("you_said", "made_on", "source")}
        values["made_precision"] = (filled["made_precision"] or str(Precision.DAY)) if filled["made_on"] else ""
        return values | {"theme": Theme.objects.get(pk=filled["theme"]) if filled["theme"] else None}


class PromiseForm(VersionedForm):
    """One answer to what people asked for."""

    we_will = PublishedText(
        label="We will",
        help_text="What the partnership does about it.",
        at_most=2000,
        required=True,
        error_messages={"required": "Write what the partnership will do."},
    )
    is_hope = forms.BooleanField(
        label="It is a hope, not a promise", help_text="For words like “we aspire to”.", required=False
    )
    timescale_text = PublishedText(label="By when, in words (optional)", at_most=400, lines=False)
    due_on = Day(
        label="The last day of that time",
        help_text="For example 27 3 2026. Empty: it is taken from the words above, if they say it.",
    )
    precision = forms.ChoiceField(
        label="Of what is it the last day?", choices=when.LAST_DAY_OF, required=False, widget=forms.RadioSelect
    )
    actions = forms.MultipleChoiceField(
        label="Which actions keep it?",
        help_text="How these actions stand is how the promise stands.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, sent: Any, *, commitment: Commitment, promise: Promise | None, actions: list[Action]) -> None:
        self.promise, self.found = promise, {str(each.pk): each for each in actions}
        super().__init__(sent, initial={"version": commitment.version, **self._at_first(promise)})
        choices = [(key, str(each)) for key, each in self.found.items()]
        self.fields["actions"].choices = choices  # type: ignore[attr-defined] # a ChoiceField
        if not actions:
            del self.fields["actions"]
        if promise and (understood := when.understood(promise.timescale_text, promise.due_on)):
            self.fields["timescale_text"].help_text = understood

    def clean(self) -> dict[str, Any]:
        """The due day, from the words where none is given; said beside its field where they do not say it."""
        cleaned = super().clean() or {}
        before = self.promise.timescale_text if self.promise else ""
        self.understood = when.settle(self, cleaned, before=before)
        return cleaned

    @staticmethod
    def _at_first(promise: Promise | None) -> dict[str, Any]:
        if promise is None:
            return {"precision": str(TimePrecision.DAY)}
        return {
            "we_will": promise.we_will,
            "is_hope": promise.is_hope,
            "timescale_text": promise.timescale_text,
            "due_on": promise.due_on,
            "precision": promise.timescale_precision or str(TimePrecision.DAY),
            "actions": [str(pk) for pk in promise.actions.order_by("pk").values_list("pk", flat=True)],
        }

    def values(self) -> dict[str, Any]:
        """What was filled in, by the fields of the model. A timescale that stays keeps how it was understood."""
        filled = self.cleaned_data
        due_on = filled["due_on"].isoformat() if filled["due_on"] else ""
        typed = {"text": filled["timescale_text"], "due_on": due_on, "precision": filled["precision"]}
        values = {"we_will": filled["we_will"], "is_hope": filled["is_hope"]}
        if self.promise and told(self.promise) == typed:
            return values
        return values | timescale_of(typed, self.promise or Promise()).as_fields()

    def chosen(self) -> list[Action]:
        """The actions by which it is kept. Only for a form without errors."""
        return [self.found[key] for key in self.cleaned_data.get("actions", ())]


class EndForm(VersionedForm):
    """Why a commitment is no longer made."""

    reason = PublishedText(
        label="Why is it no longer made?",
        help_text="It is kept with the commitment.",
        at_most=2000,
        required=True,
        error_messages={"required": "Say why it is no longer made."},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def commitments_page(request: Any, slug: str) -> HttpResponse:
    """What people said and what the partnership answers. POST `up` or `down` (`promise-up`, …) with an id."""
    partnership = get_object_or_404(Partnership.objects.visible_to(request.access), slug=slug)
    may_edit = request.access.coordinates_partnership(partnership.pk)
    if request.method == "POST":
        if not may_edit:
            raise PermissionDenied
        return _move(request, partnership)
    promises = Prefetch("promises", Promise.objects.prefetch_related("actions"))
    every = list(partnership.commitments.select_related("theme").prefetch_related(promises))
    context = {
        "partnership": partnership,
        "current": [each for each in every if each.ended_on is None],
        "ended": [each for each in every if each.ended_on is not None],
        "may_edit": may_edit,
    }
    return render(request, "workspace/commitments.html", context)


def _move(request: Any, partnership: Partnership) -> HttpResponse:
    step = next((name for name in ("up", "down", "promise-up", "promise-down") if name in request.POST), "")
    pk, up = number_of(request.POST.get(step)), step.endswith("up")
    try:
        if step.startswith("promise"):
            promise = get_object_or_404(Promise.objects.filter(commitment__partnership=partnership), pk=pk)
            commitments.move_promise(promise, up=up, by=request.user)
        else:
            commitment = get_object_or_404(partnership.commitments, pk=pk)
            commitments.move_commitment(commitment, up=up, by=request.user)
    except NotAllowedError as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(_back(partnership))


def _back(partnership: Partnership) -> str:
    return reverse("workspace-commitments", args=[partnership.slug])


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def add(request: Any, slug: str) -> HttpResponse:
    """A new “You said”."""
    partnership = get_object_or_404(Partnership.objects.visible_to(request.access), slug=slug)
    if not request.access.coordinates_partnership(partnership.pk):
        raise PermissionDenied
    on = today()

    def step(form: Any) -> str:
        commitment = commitments.add_commitment(partnership, form.values(), by=request.user)
        messages.success(request, "It is saved, and public. Now add what the partnership will do.")
        return reverse("workspace-promise-new", args=[commitment.pk])

    return Filling(
        make=lambda sent: CommitmentForm(sent, commitment=None, on=on),
        step=step,
        beside={commitments.SaidAlreadyError: "you_said"},
        context=_words(partnership, "Add what people said", "Save it: it becomes public"),
    ).answer(request)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit(request: Any, pk: int) -> HttpResponse:
    """What people said, in other words."""
    commitment, on = _edited(request, pk), today()

    def step(form: Any) -> str:
        seen = form.cleaned_data["version"]
        commitments.save_commitment(commitment, form.values(), seen=seen, by=request.user)
        messages.success(request, "It is saved, and public.")
        return _back(commitment.partnership)

    return Filling(
        make=lambda sent: CommitmentForm(sent, commitment=commitment, on=on),
        step=step,
        renew=lambda: _renewed(commitment),
        beside={commitments.SaidAlreadyError: "you_said"},
        context=_words(commitment.partnership, "You said", "Save it: it becomes public"),
    ).answer(request)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def end(request: Any, pk: int) -> HttpResponse:
    """A commitment leaves the public pages, from today on."""
    commitment = _edited(request, pk)

    def step(form: Any) -> str:
        filled = form.cleaned_data
        commitments.end_commitment(
            commitment, seen=filled["version"], reason=filled["reason"], by=request.user, on=today()
        )
        messages.success(request, "It is no longer made from today on. Pages of earlier days still show it.")
        return _back(commitment.partnership)

    words = _words(commitment.partnership, f"No longer make the commitment “{commitment}”", "End it from today on")
    about = "It leaves the public pages from today on. Pages of earlier days still show it."
    about += " A promise that will not happen stays: its actions say why."
    return Filling(
        make=lambda sent: EndForm(sent, initial={"version": commitment.version}),
        step=step,
        renew=lambda: _renewed(commitment),
        context=words | {"about": about, "is_warning": True},
    ).answer(request)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def add_promise(request: Any, pk: int) -> HttpResponse:
    """One more “We will”."""
    return _promise_page(request, _edited(request, pk), None)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit_promise(request: Any, pk: int) -> HttpResponse:
    """A “We will”, in other words or by other actions."""
    seen = Promise.objects.filter(commitment__in=Commitment.objects.visible_to(request.access).values("pk"))
    promise = get_object_or_404(seen, pk=pk)
    promise.commitment = _edited(request, promise.commitment_id)
    return _promise_page(request, promise.commitment, promise)


def _promise_page(request: Any, commitment: Commitment, promise: Promise | None) -> HttpResponse:
    actions = _linkable(commitment, promise)

    def step(form: Any) -> str:
        values, seen = form.values(), form.cleaned_data["version"]
        if promise:
            commitments.save_promise(promise, values, actions=form.chosen(), seen=seen, by=request.user)
        else:
            commitments.add_promise(commitment, values, actions=form.chosen(), seen=seen, by=request.user)
        messages.success(request, f"It is saved, and public.{form.understood}")
        return _back(commitment.partnership)

    def renew() -> int:
        if promise:
            promise.refresh_from_db(fields=[field.attname for field in Promise._meta.concrete_fields])
        return _renewed(commitment)

    words = _words(commitment.partnership, "We will", "Save it: it becomes public")
    return Filling(
        make=lambda sent: PromiseForm(sent, commitment=commitment, promise=promise, actions=actions),
        step=step,
        renew=renew,
        beside={commitments.SaidAlreadyError: "we_will"},
        context=words | {"quoted": commitment.you_said},
    ).answer(request)


def _linkable(commitment: Commitment, promise: Promise | None) -> list[Action]:
    """The actions of the partnership that stand in a published version, or keep the promise already. One query."""
    own = Action.objects.filter(plan__partnership=commitment.partnership_id)
    found = own.published_by(today())
    if promise:
        found = found | own.filter(pk__in=promise.actions.values("pk"))
    return list(found.select_related("plan").order_by("plan__title", "plan_id", "pk"))


def _edited(request: Any, pk: int) -> Commitment:
    """The commitment, for somebody who edits it. Raises Http404, or PermissionDenied for a reader."""
    visible = Commitment.objects.visible_to(request.access).select_related("partnership")
    commitment: Commitment = get_object_or_404(visible, pk=pk)
    if not request.access.coordinates_partnership(commitment.partnership_id):
        raise PermissionDenied
    return commitment


def _renewed(commitment: Commitment) -> int:
    fields = [field.attname for field in Commitment._meta.concrete_fields]
    commitment.refresh_from_db(fields=fields)
    return commitment.version


def _words(partnership: Partnership, title: str, button: str) -> dict[str, Any]:
    back = _back(partnership)
    return {"caption": str(partnership), "title": title, "about": PUBLIC, "button": button, "back": back}
