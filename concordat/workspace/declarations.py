"""Declarations from the inside: drafting one, signing it, and withdrawing a signature."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from concordat.accounts.gate import sent_to, signed_in
from concordat.kernel.dates import today
from concordat.kernel.periods import holds_on
from concordat.look.fields import PublishedText
from concordat.look.forms import GovukForm
from concordat.workspace.differing import number_of
from concordat.workspace.drafts import DraftForm, Kind, abandon_page, draft_page
from concordat.workspace.filling import Filling, VersionedForm
from concordat.workspace.forms import Day
from signatories.access import Access
from signatories.checklist import SECTIONS, SignOff, sign_off
from signatories.models import Declaration, Organisation, Partnership, PartnershipMember, Signature
from signatories.models.organisation import OrganisationType, signs_as
from signatories.services import declarations, signatures
from signatories.services.errors import NotAllowedError
from signatories.services.review import IN_HAND

PER_PAGE = 50


class DeclarationForm(DraftForm):
    """The own fields of a declaration."""

    title = PublishedText(
        label="Title",
        at_most=200,
        lines=False,
        required=True,
        error_messages={"required": "Give the declaration a title."},
    )
    summary = PublishedText(
        label="What it promises, in plain words", help_text="Anybody can read this once it is published.", at_most=8000
    )
    sections_covered = forms.MultipleChoiceField(
        label="Which areas of the Concordat does it cover?",
        help_text="A declaration must cover all four.",
        choices=[(letter, f"{letter}: {words}") for letter, words in SECTIONS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    made_on = Day(label="Date on the declaration (optional)", help_text="For example 27 3 2026.")
    source = PublishedText(
        label="Where can the signed statement be read?",
        help_text="An address on the internet, or a document’s title.",
        at_most=400,
        lines=False,
    )


def _about(declaration: Declaration, access: Access, on: date) -> dict[str, Any]:
    """What the page shows besides: coverage, signatures, and what the person may do with them. Seven queries."""
    signed = list(declaration.signatures.select_related("organisation"))
    own = Signature.objects.editable_by(access).filter(declaration=declaration, withdrawn_on__isnull=True)
    may_sign = signatures.may_be_signed(declaration, on) and signers(access, declaration, on).exists()
    in_hand = declaration.state in IN_HAND
    return {
        "partnership": declaration.partnership,
        "title": declaration.title,
        "other_areas": in_hand and declarations.is_for_other_areas(declaration, on),
        "coverage": declaration.coverage.filter(holds_on(on)).select_related("area").order_by("area__name", "label"),
        "signatures": [each for each in signed if each.withdrawn_on is None],
        "withdrawn": [each for each in signed if each.withdrawn_on is not None],
        "has_signatures": True,
        "sign_off": _sign_off(declaration, signed, on),
        "may_sign": may_sign,
        "withdrawable": set(own.values_list("pk", flat=True)),
    }


def _sign_off(declaration: Declaration, signed: Iterable[Signature], on: date) -> list[SignOff]:
    """Each kind of body that must sign, with those that have and the members that have not. One query."""
    standing = [each for each in signed if each.withdrawn_on is None and each.kind == Signature.Kind.SIGNATORY]
    members = PartnershipMember.objects.on(on).filter(
        partnership=declaration.partnership_id, organisation__isnull=False
    )
    names = members.order_by("organisation__name").values_list("organisation__name", "organisation__type")
    return sign_off(
        declaration.partnership.programme.core_signatory_types,
        signed=[(each.as_type, each.name_as_signed, each.organisation.name) for each in standing],
        members=[(name, kind, signs_as(kind)) for name, kind in names.distinct()],
    )


def _visible(access: Access, on: date) -> Any:
    return Declaration.objects.visible_to(access, on).select_related("partnership__programme", "submitted_by")


DECLARATION = Kind(
    word="declaration",
    route="workspace-declaration",
    abandon_route="workspace-declaration-abandon",
    review_route="workspace-national-declaration",
    form=DeclarationForm,
    visible=_visible,
    editable=Declaration.objects.editable_by,
    save=declarations.save_declaration,
    submit=declarations.submit_declaration,
    schedule=declarations.schedule_declaration,
    approve=declarations.approve_declaration,
    withdraw=declarations.withdraw_declaration,
    take_up=declarations.take_up_declaration,
    checklist=declarations.checklist_of,
    about=_about,
)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def declaration_page(request: Any, pk: int) -> HttpResponse:
    """One declaration, for those who draft it, sign it or read along."""
    return draft_page(request, DECLARATION, pk, today())


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def abandon(request: Any, pk: int) -> HttpResponse:
    """Give up the draft of a declaration."""
    return abandon_page(request, DECLARATION, pk, today())


@require_safe
@signed_in
def declaration_list(request: Any) -> HttpResponse:
    """The declarations whose own side the person sees, those in hand first."""
    on = today()
    visible = Declaration.objects.visible_to(request.access, on).select_related("partnership")
    visible = visible.exclude(state=Declaration.State.ABANDONED)
    ordered = visible.order_by(F("published_on").desc(nulls_first=True), "-pk")
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "workspace/declarations.html", {"page": page, "on": on})


@sent_to
@signed_in
def begin(request: Any, slug: str) -> HttpResponse:
    """Begin a declaration of a partnership that the person coordinates."""
    partnership = get_object_or_404(Partnership.objects.visible_to(request.access), slug=slug)
    if not request.access.coordinates_partnership(partnership.pk):
        raise PermissionDenied
    title = f"Declaration of {partnership.name}"
    try:
        declaration = declarations.begin_declaration(partnership, title=title, by=request.user, on=today())
    except NotAllowedError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("workspace-partnership", args=[slug]))
    return HttpResponseRedirect(DECLARATION.address(declaration))


@sent_to
@signed_in
def take_over_areas(request: Any, pk: int) -> HttpResponse:
    """Let a draft be for what its partnership covers today."""
    on = today()
    declaration = DECLARATION.seen(request.access, pk, on)
    if not Declaration.objects.editable_by(request.access).filter(pk=pk).exists():
        raise PermissionDenied
    try:
        seen = number_of(request.POST.get("version"))
        declarations.take_over_areas(declaration, seen=seen, by=request.user, on=on)
    except NotAllowedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The declaration is for the areas of the partnership now.")
    return HttpResponseRedirect(DECLARATION.address(declaration))


class SignForm(VersionedForm):
    """An organisation puts its name under a declaration."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Which organisation signs?",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an organisation.", "invalid_choice": "Choose one from the list."},
    )
    as_types = forms.MultipleChoiceField(
        label="As what does it sign?",
        help_text="A council may be several of these. The organisation’s name is kept as it is today.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose as what it signs."},
    )
    signer_role = PublishedText(
        label="Role of the person who signs",
        help_text="For example: Chief Constable. The role is published, no name.",
        at_most=160,
        lines=False,
        required=True,
        error_messages={"required": "Say in which role it is signed."},
    )
    signed_on = Day(label="Date of the signature", help_text="For example 27 3 2026.")
    statement = PublishedText(label="What the organisation says on signing (optional)", at_most=2000)
    agreed = forms.BooleanField(label="The organisation commits itself to this declaration")

    def __init__(self, *args: Any, organisations: Any, types: Collection[str], on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on = on
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined] # a ModelChoiceField
        self.fields["as_types"].choices = [  # type: ignore[attr-defined] # a ChoiceField
            (value, label) for value, label in OrganisationType.choices if value in types
        ]

    def clean_signed_on(self) -> date:
        """Raises ValidationError for none and for a day to come."""
        day: date | None = self.cleaned_data["signed_on"]
        if day is None:
            raise forms.ValidationError("Say on which day it was signed.")
        if day > self.on:
            raise forms.ValidationError("The day of the signature cannot be in the future.")
        return day


def signers(access: Access, declaration: Declaration, on: date) -> Any:
    """The members of the partnership for which the person may sign, or record a signature on paper."""
    members = PartnershipMember.objects.on(on).filter(partnership=declaration.partnership_id)
    found = Organisation.objects.filter(pk__in=members.values("organisation")).order_by("name", "pk")
    if access.coordinates_partnership(declaration.partnership_id):
        return found
    return found.filter(pk__in=access.leads)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def sign(request: Any, pk: int) -> HttpResponse:
    """Sign for an organisation that the person leads; a coordinator records what was signed on paper."""
    on = today()
    declaration = DECLARATION.seen(request.access, pk, on)
    organisations = signers(request.access, declaration, on)
    if not organisations.exists():
        raise PermissionDenied
    options = {"organisations": organisations, "types": _kinds(request.user, organisations), "on": on}
    only = organisations.first() if organisations.count() == 1 else None
    first = {"organisation": only, "signed_on": on, "as_types": [only.type] if only else []}

    def make(sent: Any) -> SignForm:
        return SignForm(sent, initial=first | {"version": declaration.version}, **options)

    def step(form: Any) -> str:
        filled = {name: value for name, value in form.cleaned_data.items() if name not in ("agreed", "version")}
        seen, on_paper = form.cleaned_data["version"], filled["organisation"].pk not in request.access.leads
        signatures.sign(declaration, **filled, seen=seen, on_paper=on_paper, by=request.user, on=on)
        messages.success(request, f"{filled['organisation']} has signed “{declaration}”.")
        return DECLARATION.address(declaration)

    def renew() -> int:
        declaration.refresh_from_db()
        return int(declaration.version)

    is_coordinator = request.access.coordinates_partnership(declaration.partnership_id)
    context = {
        "declaration": declaration,
        "is_coordinator": is_coordinator,
        "lacks_words": signatures.why_not_sign(declaration),
    }
    return Filling(make=make, step=step, renew=renew, template="workspace/sign.html", context=context).answer(request)


def _kinds(person: Any, organisations: Any) -> frozenset[str]:
    """The kinds of body as which one of these organisations may sign; every kind for a national administrator."""
    if signatures.may_sign_as_any(person):
        return frozenset(OrganisationType.values)
    return frozenset().union(*(signs_as(each) for each in organisations.values_list("type", flat=True)))


class WithdrawForm(GovukForm):
    """Why a signature is withdrawn."""

    reason = PublishedText(
        label="Why is it withdrawn?",
        help_text="Name no person.",
        at_most=2000,
        required=True,
        error_messages={"required": "Say why the signature is withdrawn."},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def withdraw_signature(request: Any, pk: int) -> HttpResponse:
    """An organisation no longer stands by a declaration, from today on."""
    on = today()
    visible = Declaration.objects.visible_to(request.access, on)
    shown = Signature.objects.filter(declaration__in=visible.values("pk")).select_related("declaration")
    signature: Signature = get_object_or_404(shown, pk=pk)
    if not Signature.objects.editable_by(request.access).filter(pk=pk).exists():
        raise PermissionDenied

    def step(form: Any) -> str:
        signatures.withdraw_signature(signature, on=on, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"The signature of {signature} is withdrawn.")
        return DECLARATION.address(signature.declaration)

    context = {"signature": signature, "declaration": signature.declaration}
    template = "workspace/withdraw_signature.html"
    return Filling(make=WithdrawForm, step=step, template=template, context=context).answer(request)
