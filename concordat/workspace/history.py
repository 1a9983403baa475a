"""What ever changed about an action: who, when, from what, to what, and why; for those who see its own side."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actionplans.models import ActionLead, ActionOwner, DateChange, MeetingDecision, ProgressUpdate
from concordat.accounts.gate import signed_in
from concordat.kernel.administration.history import changes_of, told
from concordat.kernel.dates import today
from concordat.kernel.models import Change
from concordat.workspace.actions import may_report, seen_action

PER_PAGE = 50
PARTS = dict.fromkeys((ProgressUpdate, DateChange, MeetingDecision, ActionOwner, ActionLead), "action_id")
# How a report came to be, before it was handed in: for those who write it.
DRAFTING = ("created", "drafted", "taken back")


@require_safe
@signed_in
def action_history(request: Any, pk: int) -> HttpResponse:
    """Every recorded change of the action and of what belongs to it, the newest first."""
    on = today()
    action = seen_action(request.access, pk, on)
    changes = changes_of(action, PARTS)
    if not may_report(request.access, action, on):
        changes = _without_drafts(changes)
    page = Paginator(changes, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "workspace/history.html", {"action": action, "page": page, "told": told(page)})


def _without_drafts(changes: QuerySet[Change]) -> QuerySet[Change]:
    """Readers see a report once it is handed in, and not how it was drafted."""
    return changes.exclude(Q(subject_type=ProgressUpdate._meta.label_lower, verb__in=DRAFTING))
