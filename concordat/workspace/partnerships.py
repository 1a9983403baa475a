"""A partnership from the inside: what is late, missing, waiting or without an owner."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from actionplans.models import Action, ActionPlan, PlanImport, PlanVersion, ProgressUpdate
from actionplans.work import Urgency, Work, work_on
from concordat.accounts.gate import signed_in
from concordat.kernel.dates import today
from concordat.picture import thresholds_of
from concordat.sentences import in_order
from concordat.workspace.meetings import boards_ahead, days_left
from concordat.workspace.silence import in_partnership
from signatories.models import Partnership
from signatories.models.board import BoardOversight
from signatories.services.rounds import open_rounds_for

ABANDONED = PlanVersion.State.ABANDONED
HEADINGS = {
    "to_accept": "Reports to accept",
    "overdue": "Overdue",
    "disagreeing": "The owner says on track, the date has passed",
    "missing": "No report in the last update period",
    "without_owner": "Nobody answers for it",
    "returned": "Returned, not yet sent again",
}


@require_safe
@signed_in
def dashboard(request: Any, slug: str) -> HttpResponse:
    """What needs somebody's attention in one partnership, for those who see its own side."""
    on = today()
    visible = Partnership.objects.visible_to(request.access).select_related("programme")
    partnership = get_object_or_404(visible, slug=slug)
    actions = Action.objects.filter(plan__partnership=partnership, mirrors__isnull=True)
    works = work_on(actions, on, thresholds_of(partnership.programme, partnership.update_every_months))
    ahead, deadline = boards_ahead(partnership, on)
    context = {
        "partnership": partnership,
        "ahead": ahead,
        "late": [each for each in ahead if each.meeting.papers_due_on < on],
        "deadline": deadline,
        "left": days_left(deadline.due_on, on),
        "total": len(works),
        "open": sum(work.action.is_open for work in works),
        "groups": [(name, HEADINGS[name], found) for name, found in attention(works).items()],
        **_documents(partnership),
        "may_draft": request.access.coordinates_partnership(partnership.pk),
        "boards": list(BoardOversight.objects.on(on).filter(partnership=partnership).select_related("board")),
        "rounds": open_rounds_for(partnership, on),
        "reminders": in_partnership(partnership, on),
        "on": on,
    }
    return render(request, "workspace/partnership.html", context)


def _documents(partnership: Partnership) -> dict[str, Any]:
    """Its plans with their versions, and its declarations; what was abandoned is apart. Three queries."""
    declarations = list(partnership.declarations.order_by("-pk"))
    every = PlanVersion.objects.filter(plan__partnership=partnership).select_related("plan").order_by("-pk")
    versions = list(every.annotate(has_import=Exists(PlanImport.objects.open().filter(draft=OuterRef("pk")))))
    of_plan: dict[int, list[PlanVersion]] = defaultdict(list)
    for version in versions:
        if version.state != ABANDONED:
            of_plan[version.plan_id].append(version)
    apart = [("workspace-declaration", each) for each in declarations if each.state == ABANDONED]
    current = [each for each in declarations if each.state != ABANDONED]
    return {
        "plans": [_of_plan(plan, of_plan[plan.pk]) for plan in partnership.plans.all()],
        "declarations": current,
        "declaration_in_hand": any(each.published_on is None for each in current),
        "abandoned": apart + [("workspace-version", each) for each in versions if each.state == ABANDONED],
    }


def _of_plan(plan: ActionPlan, versions: list[PlanVersion]) -> dict[str, Any]:
    in_hand = any(version.published_on is None for version in versions)
    return {"plan": plan, "versions": versions, "in_hand": in_hand}


def attention(works: list[Work]) -> dict[str, list[Work]]:
    """The actions that need somebody, by why; one action may need it for several reasons."""
    reasons: dict[str, Callable[[Work], bool]] = {
        "to_accept": lambda work: work.urgency == Urgency.WAITING,
        "overdue": lambda work: work.is_late,
        "disagreeing": lambda work: bool(work.action.disagreement),
        "missing": lambda work: work.lacks_update,
        "without_owner": lambda work: work.needs_owner,
        "returned": lambda work: work.report is not None and work.report.state == ProgressUpdate.State.RETURNED,
    }
    return {name: [work for work in works if applies(work)] for name, applies in reasons.items()}


@require_safe
@signed_in
def partnership_list(request: Any) -> HttpResponse:
    """The partnerships whose own side the person sees."""
    found = sorted(Partnership.objects.visible_to(request.access), key=lambda each: in_order(each.name))
    return render(request, "workspace/partnerships.html", {"partnerships": found})
