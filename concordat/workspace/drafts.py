"""The page of a declaration or plan version before its publication: edited, checked, submitted, taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from concordat.accounts import typed
from concordat.look.fields import PublishedText
from concordat.look.forms import GovukForm
from concordat.workspace.differing import Difference, differing, number_of, said, with_version
from concordat.workspace.filling import Filling
from signatories.access import Access
from signatories.checklist import Item
from signatories.models.declaration import Published, PublishedQuerySet
from signatories.services import review
from signatories.services.errors import FasterError, NotAllowedError

MAX_VERSION = 2_147_483_647


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a declaration and a plan version do each in their own way.

    `route` is the name of its page for those who draft it, `abandon_route` of that on which they
    give it up, and `review_route` of that for those who review it.
    """

    word: str
    route: str
    abandon_route: str
    review_route: str
    form: type["DraftForm"]
    visible: Callable[[Access, date], PublishedQuerySet]
    editable: Callable[[Access], PublishedQuerySet]
    save: Callable[..., Published]
    submit: Callable[..., Published]
    schedule: Callable[..., Published]
    approve: Callable[..., Published]
    withdraw: Callable[..., Published]
    take_up: Callable[..., Published]
    checklist: Callable[..., list[Item]]
    about: Callable[[Any, Access, date], dict[str, Any]]

    def seen(self, access: Access, pk: int, on: date) -> Any:
        """The document, for somebody who sees its own side. Raises Http404 for everybody else."""
        return get_object_or_404(self.visible(access, on), pk=pk)

    def address(self, document: Published) -> str:
        """Its page for those who draft it."""
        return reverse(self.route, args=[document.pk])


class DraftForm(GovukForm):
    """The own fields of a draft. `version` is that which the person opened."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MAX_VERSION)

    def values(self) -> dict[str, Any]:
        """What was filled in, by the names of the model's fields. Only for a form without errors."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    @classmethod
    def filled(cls, document: Any) -> dict[str, Any]:
        """What the document says, for the form to begin with."""
        return {name: getattr(document, name) for name in cls.base_fields}


def draft_page(request: Any, kind: Kind, pk: int, on: date) -> HttpResponse:
    """Show it with its checklist. POST `then`: `save`, `submit` (after saving), `take_back` or `take_up`."""
    document = kind.seen(request.access, pk, on)
    may_edit = kind.editable(request.access).filter(pk=pk).exists()
    if request.method == "POST":
        if not may_edit:
            raise PermissionDenied
        return _act(request, kind, document, on)
    sent = typed.kept(request) if may_edit else None
    form = kind.form(sent, initial=kind.form.filled(document)) if may_edit else None
    return _page(request, kind, document, on, form, was_kept=sent is not None)


def _act(request: Any, kind: Kind, document: Any, on: date) -> HttpResponse:
    if request.POST.get("then") in ("take_back", "take_up"):
        return _make_a_draft(request, kind, document, on)
    form = kind.form(request.POST, initial=kind.form.filled(document))
    if not form.is_valid():
        return _page(request, kind, document, on, form, status=400)
    try:
        kind.save(document, form.values(), seen=form.cleaned_data["version"], by=request.user)
    except FasterError as error:
        return _beside(request, kind, document, on, form, error)
    except NotAllowedError as error:
        form.add_error(None, str(error))
        return _page(request, kind, document, on, form, status=400)
    if request.POST.get("then") != "submit":
        messages.success(request, "Your draft is saved.")
        return HttpResponseRedirect(kind.address(document))
    return _submit(request, kind, document, on)


def _submit(request: Any, kind: Kind, document: Any, on: date) -> HttpResponse:
    """Hand in what was saved just now; what it lacks is said, and the saved draft stays."""
    document.refresh_from_db()
    try:
        kind.submit(document, seen=document.version, by=request.user, on=on, now=timezone.now())
    except NotAllowedError as error:
        form = kind.form(with_version(request.POST, document.version), initial=kind.form.filled(document))
        form.add_error(None, f"Your draft is saved. {error}")
        return _page(request, kind, document, on, form, status=400)
    messages.success(request, f"The {kind.word} is with the national reviewers.")
    return HttpResponseRedirect(kind.address(document))


def _make_a_draft(request: Any, kind: Kind, document: Any, on: date) -> HttpResponse:
    """Of what waits for the review, or of what was abandoned."""
    seen = number_of(request.POST.get("version"))
    try:
        if request.POST.get("then") == "take_up":
            kind.take_up(document, seen=seen, by=request.user, on=on)
        else:
            review.take_back(document, seen=seen, by=request.user)
    except NotAllowedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"The {kind.word} is a draft again.")
    return HttpResponseRedirect(kind.address(document))


def _beside(request: Any, kind: Kind, document: Any, on: date, form: DraftForm, error: NotAllowedError) -> HttpResponse:
    """Somebody was faster: their words beside those that were typed, which stay in the form."""
    document.refresh_from_db()
    kept = kind.form(with_version(request.POST, document.version), initial=kind.form.filled(document))
    kept.add_error(None, f"{error} What you typed is still here, and not saved.")
    differences = differing(kept, kind.form(initial=kind.form.filled(document)))
    return _page(request, kind, document, on, kept, status=409, differences=differences)


def told(kind: Kind, document: Any) -> list[tuple[str, str]]:
    """What the document says, field by field, for those who only read it."""
    form = kind.form(initial=kind.form.filled(document))
    return [(str(field.label).removesuffix(" (optional)"), said(field)) for field in form.visible_fields()]


class AbandonForm(GovukForm):
    """Why a draft is given up."""

    reason = PublishedText(
        label="Why is it abandoned?",
        help_text="Those who see the partnership’s own side read this. It is not public.",
        at_most=2000,
        required=True,
        error_messages={"required": "Say why it is abandoned."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MAX_VERSION)


def abandon_page(request: Any, kind: Kind, pk: int, on: date) -> HttpResponse:
    """Give up a draft of somebody who edits it. It stays in the record, and can be taken up again."""
    document = kind.seen(request.access, pk, on)
    if not kind.editable(request.access).filter(pk=pk).exists():
        raise PermissionDenied

    def step(form: GovukForm) -> str:
        filled = form.cleaned_data
        review.abandon(document, seen=filled["version"], reason=filled["reason"], by=request.user)
        messages.success(request, f"The {kind.word} is abandoned. It can be taken up again.")
        return kind.address(document)

    def renew() -> int:
        document.refresh_from_db()
        return int(document.version)

    return Filling(
        make=lambda sent: AbandonForm(sent, initial={"version": document.version}),
        step=step,
        renew=renew,
        context={
            "caption": str(document),
            "title": f"Abandon this draft of a {kind.word}",
            "about": "It is no longer among the drafts to work on. Nothing of it is deleted.",
            "button": "Abandon it",
            "is_warning": True,
            "back": kind.address(document),
        },
    ).answer(request)


def _page(
    request: Any,
    kind: Kind,
    document: Any,
    on: date,
    form: DraftForm | None,
    status: int = 200,
    *,
    was_kept: bool = False,
    differences: list[Difference] | None = None,
) -> HttpResponse:
    in_hand = document.state in review.IN_HAND
    context = {
        "kind": kind,
        "document": document,
        "address": kind.address(document),
        "checklist": kind.checklist(document, on=on),
        "may_edit": form is not None,
        "form": form if in_hand or (form is not None and form.is_bound) else None,
        "in_hand": in_hand,
        "was_kept": was_kept,
        "differences": differences,
        "on": on,
        "who": typed.who(request.user),
        "said": told(kind, document),
        "may_review": request.access.is_national,
        **kind.about(document, request.access, on),
    }
    return render(request, "workspace/draft.html", context, status=status)
