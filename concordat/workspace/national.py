"""The national review: what was submitted, what it would change on the map, and the decision on it."""

from collections.abc import Callable
from datetime import date
from itertools import chain
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.models import ActionPlan, PlanVersion
from concordat import national
from concordat.accounts import typed
from concordat.accounts.gate import signed_in
from concordat.facts import COVER, national_facts
from concordat.foreseen import Turn, turns, with_declaration, with_version
from concordat.kernel.dates import today
from concordat.look.fields import PublishedText
from concordat.workspace.declarations import DECLARATION
from concordat.workspace.drafts import Kind, told
from concordat.workspace.filling import VersionedForm
from concordat.workspace.forms import Day
from concordat.workspace.lagging import steps_due
from concordat.workspace.versions import VERSION
from signatories.models import Declaration, ExpectedArea
from signatories.models.declaration import Published, Standing
from signatories.services import review
from signatories.services.errors import FasterError, NotAllowedError

PER_PAGE = 50
STEPS_SHOWN = 10


@require_safe
@signed_in
def queue(request: Any) -> HttpResponse:
    """Every submission, the one that has waited longest first, and the next steps that are due. Four queries."""
    if not request.access.is_national:
        raise PermissionDenied
    declarations = Declaration.objects.submitted().select_related("partnership", "submitted_by")
    versions = PlanVersion.objects.submitted().select_related("plan__partnership", "submitted_by")
    waiting = sorted(
        chain(
            ((DECLARATION, each, each.partnership) for each in declarations),
            ((VERSION, each, each.plan.partnership) for each in versions),
        ),
        key=lambda row: (row[1].submitted_at, row[0].word, row[1].pk),
    )
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    on = today()
    steps = steps_due(request.access, on, STEPS_SHOWN)
    return render(request, "workspace/national.html", {"page": page, "steps": steps, "on": on})


class DecisionForm(VersionedForm):
    """What the reviewer says on one of the decisions; each needs no more than its own field."""

    comment = PublishedText(
        label="What must change before it can be published?",
        help_text="The partnership reads this. It is not public.",
        at_most=4000,
    )
    publish_on = Day(label="On which day is it to be published?", help_text="A day to come. For example 27 3 2026.")
    hold_reason = PublishedText(
        label="Why is it held?", help_text="For example: the weeks before the council elections.", at_most=1000
    )
    withdraw_reason = PublishedText(
        label="Why is it withdrawn?", help_text="Anybody can read this. Name no person.", at_most=2000
    )


Step = Callable[[Any, Kind, Any, dict[str, Any], date], None]


def _publish(by: Any, kind: Kind, document: Any, filled: dict[str, Any], on: date) -> None:
    kind.approve(document, seen=filled["version"], on=on, by=by)


def _return(by: Any, kind: Kind, document: Any, filled: dict[str, Any], on: date) -> None:
    review.return_with_comment(document, seen=filled["version"], comment=filled["comment"], by=by)


def _schedule(by: Any, kind: Kind, document: Any, filled: dict[str, Any], on: date) -> None:
    if filled["publish_on"] is None:
        raise NotAllowedError("Say on which day it is to be published.")
    kind.schedule(document, seen=filled["version"], publish_on=filled["publish_on"], by=by, on=on)


def _unschedule(by: Any, kind: Kind, document: Any, filled: dict[str, Any], on: date) -> None:
    review.unschedule(document, seen=filled["version"], by=by)


def _hold(by: Any, kind: Kind, document: Any, filled: dict[str, Any], on: date) -> None:
    review.hold(document, seen=filled["version"], reason=filled["hold_reason"], by=by, on=on)


def _release(by: Any, kind: Kind, document: Any, filled: dict[str, Any], on: date) -> None:
    review.release(document, seen=filled["version"], by=by)


def _withdraw(by: Any, kind: Kind, document: Any, filled: dict[str, Any], on: date) -> None:
    kind.withdraw(document, on=on, reason=filled["withdraw_reason"], by=by)


# Each decision: the step, the field that it is about, and what is said when it is done.
STEPS: dict[str, tuple[Step, str | None, str]] = {
    "publish": (_publish, None, "is published"),
    "return": (_return, "comment", "is returned with your comment"),
    "schedule": (_schedule, "publish_on", "is approved, and is published on its day"),
    "unschedule": (_unschedule, None, "waits for a decision again"),
    "hold": (_hold, "hold_reason", "is held: nothing publishes it until it is released"),
    "release": (_release, None, "is no longer held"),
    "withdraw": (_withdraw, "withdraw_reason", "is withdrawn from today on"),
}
DECIDED = ("publish", "return")  # after these there is nothing left to do on the page


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def declaration_page(request: Any, pk: int) -> HttpResponse:
    """One declaration that was submitted, or published."""
    return _submission(request, DECLARATION, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def version_page(request: Any, pk: int) -> HttpResponse:
    """One plan version that was submitted, or published."""
    return _submission(request, VERSION, pk)


def _submission(request: Any, kind: Kind, pk: int) -> HttpResponse:
    """Show it with its checklist and what it would change. POST `then`: one of STEPS."""
    on = today()
    document = kind.seen(request.access, pk, on)
    if not type(document).objects.reviewed_by(request.access).filter(pk=pk).exists():
        raise PermissionDenied
    if request.method != "POST":
        sent = typed.kept(request)
        return _page(request, kind, document, on, DecisionForm(sent))
    form = DecisionForm(request.POST)
    then = request.POST.get("then", "")
    if then not in STEPS:
        form.add_error(None, "Choose what to do with it.")
    if not form.is_valid():
        return _page(request, kind, document, on, form, status=400)
    return _decide(request, kind, document, on, form, then)


def _decide(request: Any, kind: Kind, document: Any, on: date, form: DecisionForm, then: str) -> HttpResponse:
    step, field, done = STEPS[then]
    try:
        step(request.user, kind, document, form.cleaned_data, on)
    except NotAllowedError as error:
        document.refresh_from_db()
        is_late = isinstance(error, FasterError)
        form.add_error(None if is_late else field, str(error))
        return _page(request, kind, document, on, form, status=409 if is_late else 400)
    messages.success(request, f"“{document}” {done}.")
    there = "workspace-national" if then in DECIDED else kind.review_route
    return HttpResponseRedirect(reverse(there, args=[] if then in DECIDED else [document.pk]))


def _page(
    request: Any,
    kind: Kind,
    document: Any,
    on: date,
    form: DecisionForm,
    status: int = 200,
) -> HttpResponse:
    waits = document.state == Published.State.SUBMITTED
    foreseen_on = max(document.publish_on or on, on)
    context = {
        "kind": kind,
        "document": document,
        "said": told(kind, document),
        "checklist": kind.checklist(document, on=on),
        "form": form,
        "waits": waits,
        "is_own": review.is_ones_own(document, request.user),
        "may_withdraw": document.standing_on(on) in (Standing.LIVE, Standing.REPLACED),
        "turns": foreseen(document, foreseen_on) if waits else [],
        "foreseen_on": foreseen_on,
        "address": reverse(kind.review_route, args=[document.pk]),
        "on": on,
        **kind.about(document, request.access, on),
    }
    return render(request, "workspace/submission.html", context, status=status)


def foreseen(document: Declaration | PlanVersion, on: date) -> list[Turn]:
    """The areas that would stand otherwise on that day if it were published on it. Eight queries at most."""
    publication = national.Publication(on)
    if isinstance(document, Declaration):
        facts = national_facts(document.partnership.programme)
        declared = national.Declaration(
            document.pk, publication, _covers(document.coverage), tuple(_expectations(document))
        )
        return turns(facts, with_declaration(facts, declared, document.supersedes_id), on)
    plan = document.plan
    if plan.kind != ActionPlan.Kind.CONCORDAT:
        return []
    facts = national_facts(plan.partnership.programme)
    planned = national.Plan(plan.pk, _covers(plan.coverage), (), plan.fulfils_id)
    version = national.Version(document.pk, publication, document.period_ends_on)
    return turns(facts, with_version(facts, planned, version), on)


def _covers(coverage: Any) -> tuple[national.Cover, ...]:
    return tuple(national.Cover(*row) for row in coverage.order_by("pk").values_list(*COVER))


def _expectations(declaration: Declaration) -> list[national.Expectation]:
    """The plans that it expects. One query."""
    areas: dict[tuple[int, str], set[int]] = {}
    rows = ExpectedArea.objects.filter(expectation__declaration=declaration)
    for expectation, label, area in rows.values_list("expectation_id", "expectation__label", "area_id"):
        areas.setdefault((expectation, label), set()).add(area)
    return [national.Expectation(*key, frozenset(those)) for key, those in sorted(areas.items())]
