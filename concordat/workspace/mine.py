"""My work: the actions that the person answers for, or whose organisation the person leads."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actionplans.models import Action
from actionplans.work import Urgency, by_urgency, work_on
from concordat.accounts.gate import signed_in
from concordat.kernel.dates import today
from concordat.picture import thresholds_of
from signatories.models import Programme

# A group with these is open at first; the others are told in one line each.
AT_ONCE = (Urgency.RETURNED, Urgency.OVERDUE, Urgency.DUE_SOON, Urgency.NEEDS_UPDATE)


@require_safe
@signed_in
def my_work(request: Any) -> HttpResponse:
    """What there is to do, the most urgent first."""
    on = today()
    programme = Programme.objects.order_by("id").first()
    actions = Action.objects.own_work(request.access, on)
    works = work_on(actions, on, thresholds_of(programme)) if programme else []
    groups = by_urgency(works)
    to_do = sum(len(those) for urgency, those in groups if urgency in AT_ONCE)
    context = {"groups": groups, "to_do": to_do, "total": len(works), "at_once": AT_ONCE, "on": on}
    return render(request, "workspace/mine.html", context)
