"""A version of a plan from the inside: its own fields, its checklist, and its way to the national review."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.comparing import compare_versions
from actionplans.models import PlanVersion
from actionplans.services import drafting, plans
from concordat.accounts.gate import signed_in
from concordat.kernel.dates import today
from concordat.kernel.periods import holds_on
from concordat.look.fields import PublishedText
from concordat.picture import thresholds_of
from concordat.workspace.drafts import DraftForm, Kind, abandon_page, draft_page
from concordat.workspace.forms import Day
from signatories.access import Access
from signatories.services.review import IN_HAND


class VersionForm(DraftForm):
    """The own fields of a plan version; its actions are edited elsewhere."""

    label = PublishedText(
        label="What this version is called",
        help_text="For example: Version 2 (June 2026).",
        at_most=120,
        lines=False,
        required=True,
        error_messages={"required": "Say what this version is called."},
    )
    aims = PublishedText(label="What the plan sets out to do, in plain words", at_most=8000)
    period_starts_on = Day(label="First day of the plan", help_text="For example 27 3 2026.")
    period_ends_on = Day(label="Last day of the plan", help_text="For example 27 3 2026.")
    period_text = PublishedText(label="The period as the plan writes it (optional)", at_most=80, lines=False)
    next_review_on = Day(label="When it is next reviewed (optional)", help_text="A day to come. For example 27 3 2026.")
    uses_colours = forms.BooleanField(label="The plan marks its actions red, amber or green", required=False)
    rag_key = PublishedText(
        label="What its colours mean", help_text="Only if it uses any. In the plan’s own words.", at_most=2000
    )
    source = PublishedText(
        label="Where can the plan be read? (optional)",
        help_text="An address on the internet, or a document’s title.",
        at_most=400,
        lines=False,
    )

    def clean(self) -> dict[str, Any]:
        """A plan does not end before it begins, nor is it reviewed before."""
        cleaned = super().clean() or {}
        starts_on, ends_on = cleaned.get("period_starts_on"), cleaned.get("period_ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("period_ends_on", "The last day cannot be before the first.")
        review_on = cleaned.get("next_review_on")
        if starts_on and review_on and review_on < starts_on:
            self.add_error("next_review_on", "The review cannot be before the first day of the plan.")
        return cleaned


def _about(version: PlanVersion, access: Access, on: date) -> dict[str, Any]:
    """What the page shows besides: coverage, how many actions it has, and what it changes. Fourteen queries at most."""
    coverage = version.plan.coverage.filter(holds_on(on)).select_related("area").order_by("area__name", "label")
    return {
        "partnership": version.plan.partnership,
        "title": f"{version.plan}: {version.label}",
        "coverage": coverage,
        "actions": version.actions.count(),
        **_changes(version, on),
    }


def _changes(version: PlanVersion, on: date) -> dict[str, Any]:
    """The version in force and what this one changes of it, while it is drafted and reviewed."""
    if version.state not in (*IN_HAND, PlanVersion.State.SUBMITTED):
        return {}
    older = drafting.version_to_carry(version.plan, on)
    if older is None:
        return {}
    partnership = version.plan.partnership
    thresholds = thresholds_of(partnership.programme, partnership.update_every_months)
    return {"older": older, "compared": compare_versions(older, version, thresholds, on)}


def _visible(access: Access, on: date) -> Any:
    """Whoever sees it today sees it; `on` is for declarations, whose signatories come and go."""
    visible = PlanVersion.objects.visible_to(access)
    return visible.select_related("plan__partnership__programme", "submitted_by")


VERSION = Kind(
    word="plan version",
    route="workspace-version",
    abandon_route="workspace-version-abandon",
    review_route="workspace-national-version",
    form=VersionForm,
    visible=_visible,
    editable=PlanVersion.objects.editable_by,
    save=plans.save_version,
    submit=plans.submit_version,
    schedule=plans.schedule_version,
    approve=plans.approve_version,
    withdraw=plans.withdraw_version,
    take_up=drafting.take_up_again,
    checklist=plans.checklist_of,
    about=_about,
)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def version_page(request: Any, pk: int) -> HttpResponse:
    """One version of a plan, for those who draft it or read along."""
    return draft_page(request, VERSION, pk, today())


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def abandon(request: Any, pk: int) -> HttpResponse:
    """Give up the draft of a version."""
    return abandon_page(request, VERSION, pk, today())


@require_safe
@signed_in
def compare(request: Any, pk: int) -> HttpResponse:
    """What the version changes, beside the one that was in force before it; also while it is a draft."""
    on, version = today(), VERSION.seen(request.access, pk, today())
    partnership = version.plan.partnership
    before = version.plan.versions.published_by(version.published_on or on).exclude(pk=pk)
    older = before.order_by("published_on", "pk").last()
    thresholds = thresholds_of(partnership.programme, partnership.update_every_months)
    context = {
        "version": version,
        "older": older,
        "compared": compare_versions(older, version, thresholds, on) if older else None,
    }
    return render(request, "workspace/version_compare.html", context)
