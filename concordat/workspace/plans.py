"""Plans from the inside: beginning one, beginning its next version, and for which areas it is."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from actionplans.models import ActionPlan, PlanVersion
from actionplans.services import drafting
from areas.models import Area
from concordat.accounts.gate import sent_to, signed_in
from concordat.kernel.dates import today
from concordat.look.fields import PublishedText
from concordat.look.forms import GovukForm
from concordat.workspace.differing import number_of
from concordat.workspace.filling import Filling, VersionedForm
from concordat.workspace.forms import Day
from concordat.workspace.versions import VERSION
from signatories.models import Partnership, PartnershipCoverage, PlanExpectation
from signatories.services.errors import NotAllowedError
from signatories.services.review import IN_HAND


class PlanForm(GovukForm):
    """What a new plan is called, and whether a declaration expects it."""

    title = PublishedText(
        label="What is the plan called?",
        help_text="Name the place. For example: Crisis care action plan for Northshire.",
        at_most=200,
        lines=False,
        required=True,
        error_messages={"required": "Give the plan a title."},
    )
    fulfils = forms.ChoiceField(
        label="Is it a plan that the declaration expects?", required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, expected: list[PlanExpectation], **options: Any) -> None:
        super().__init__(*args, **options)
        self.expected = {str(each.pk): each for each in expected}
        choices = [("", "No, or none of these"), *((key, str(each)) for key, each in self.expected.items())]
        self.fields["fulfils"].choices = choices  # type: ignore[attr-defined] # a ChoiceField
        if not expected:
            del self.fields["fulfils"]

    def fulfilled(self) -> PlanExpectation | None:
        """The expectation that was chosen. Only for a form without errors."""
        return self.expected.get(self.cleaned_data.get("fulfils", ""))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def begin(request: Any, slug: str) -> HttpResponse:
    """A plan of a partnership that the person coordinates, with its first draft."""
    partnership = get_object_or_404(Partnership.objects.visible_to(request.access), slug=slug)
    if not request.access.coordinates_partnership(partnership.pk):
        raise PermissionDenied
    expected = list(PlanExpectation.objects.filter(declaration__partnership=partnership, plan__isnull=True))

    def step(form: Any) -> str:
        title, fulfils = form.cleaned_data["title"], form.fulfilled()
        version = drafting.begin_plan(partnership, title=title, fulfils=fulfils, by=request.user, on=today())
        messages.success(request, "The plan is begun. Add its actions, then submit it.")
        return VERSION.address(version)

    context = {
        "caption": str(partnership),
        "title": "Begin a plan",
        "about": "It begins with a draft that only the partnership’s own side sees.",
        "button": "Begin it",
        "back": reverse("workspace-partnership", args=[slug]),
    }
    initial = {"title": f"Crisis care action plan of {partnership}", "fulfils": ""}
    filling = Filling(make=lambda sent: PlanForm(sent, expected=expected, initial=initial), step=step, context=context)
    return filling.answer(request)


@sent_to
@signed_in
def begin_version(request: Any, pk: int) -> HttpResponse:
    """The next version of a plan, with all actions of the one in force."""
    plan = get_object_or_404(ActionPlan.objects.visible_to(request.access).select_related("partnership"), pk=pk)
    if not request.access.coordinates_partnership(plan.partnership_id):
        raise PermissionDenied
    try:
        version = drafting.begin_version(plan, by=request.user, on=today())
    except NotAllowedError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("workspace-partnership", args=[plan.partnership.slug]))
    messages.success(request, "The draft is begun, with all actions. Say for which time it is.")
    return HttpResponseRedirect(VERSION.address(version))


class AreaForm(VersionedForm):
    """One more area that a plan is for."""

    area = forms.ChoiceField(label="Which area?", error_messages={"required": "Choose an area."})
    part = PublishedText(
        label="Which part of it? (optional)",
        help_text="Empty if the plan is for the whole area.",
        at_most=120,
        lines=False,
    )
    from_on = Day(label="From which day on? (optional)", help_text="Empty: from the beginning of the plan on.")

    def __init__(self, *args: Any, areas: list[Area], **options: Any) -> None:
        super().__init__(*args, **options)
        self.areas = {str(each.pk): each for each in areas}
        choices = [("", "Choose one"), *((key, each.name) for key, each in self.areas.items())]
        self.fields["area"].choices = choices  # type: ignore[attr-defined] # a ChoiceField


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def areas_page(request: Any, pk: int) -> HttpResponse:
    """The areas of a plan of which nothing was ever published. POST adds one, or ends that of `end` (an id)."""
    on, version = today(), VERSION.seen(request.access, pk, today())
    if not VERSION.editable(request.access).filter(pk=pk).exists():
        raise PermissionDenied
    if request.method == "POST" and "end" in request.POST:
        return _end(request, version, on)
    areas = _areas(version, on)

    def step(form: Any) -> str:
        filled = dict(form.cleaned_data)
        area, seen = form.areas[filled["area"]], filled["version"]
        drafting.add_area(
            version, area=area, part=filled["part"], from_on=filled["from_on"], seen=seen, by=request.user, on=on
        )
        messages.success(request, f"The plan is for {area} now.")
        return str(request.path)

    def renew() -> int:
        version.refresh_from_db(fields=["version", "state"])
        return int(version.version)

    return Filling(
        make=lambda sent: AreaForm(sent, areas=areas, initial={"version": version.version}),
        step=step,
        renew=renew,
        template="workspace/plan_areas.html",
        context=_context(version, on),
    ).answer(request)


def _context(version: PlanVersion, on: date) -> dict[str, Any]:
    covers = version.plan.coverage.select_related("area").order_by("area__name", "label", "pk")
    return {
        "document": version,
        "current": [each for each in covers if each.until_on is None or each.until_on > on],
        "ended": [each for each in covers if each.until_on is not None and each.until_on <= on],
        "is_fixed": version.plan.has_page,
        "in_hand": version.state in IN_HAND,
    }


def _areas(version: PlanVersion, on: date) -> list[Area]:
    """Those that the partnership covers, or of which it covers a part. One query."""
    covered = PartnershipCoverage.objects.on(on).filter(partnership=version.plan.partnership_id)
    return list(Area.objects.filter(pk__in=covered.values("area")).order_by("name", "pk"))


def _end(request: Any, version: PlanVersion, on: date) -> HttpResponse:
    cover = get_object_or_404(version.plan.coverage.select_related("area"), pk=number_of(request.POST["end"]))
    seen = number_of(request.POST.get("version"))
    try:
        drafting.end_area(cover, version, seen=seen, by=request.user, on=on)
    except NotAllowedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"The plan is no longer for {cover.area}{f', {cover.label}' if cover.label else ''}.")
    return HttpResponseRedirect(request.path)
