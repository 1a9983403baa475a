"""My work: the actions that the person answers for, or whose organisation the person leads."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplans.models import Action, ProgressUpdate
from actionplans.services.reports import in_hand, report_no_change
from actionplans.work import Urgency, by_urgency, work_on
from concordat.accounts.gate import sent_to, signed_in
from concordat.kernel.dates import today
from concordat.picture import thresholds_of
from concordat.sentences import counted, in_order
from concordat.workspace.silence import own
from signatories.access import Access
from signatories.models import Partnership, Programme
from signatories.services.errors import NotAllowedError

# A group with these is open at first; the others are told in one line each.
AT_ONCE = (Urgency.RETURNED, Urgency.OVERDUE, Urgency.DUE_SOON, Urgency.NEEDS_UPDATE)


AT_MOST = 200  # actions answered at once


@sent_to
@signed_in
def no_change(request: Any) -> HttpResponse:
    """Hand in for each of the actions that were ticked (`action`: its id) that nothing has changed.

    Each stands alone: one that is refused says why and leaves the others.
    """
    on, ticked = today(), _ids(request.POST.getlist("action")[:AT_MOST])
    actions = Action.objects.own_work(request.access, on).filter(pk__in=ticked).order_by("id")
    sent = 0
    for action in actions:
        current = in_hand(action.pk)
        try:
            if current is not None:
                raise NotAllowedError("A report on it is in hand already.")
            report_no_change(action, version=None, by=request.user, on=on, now=timezone.now())
        except NotAllowedError as error:
            messages.error(request, f"“{action}”: {error}")
        else:
            sent += 1
    if sent:
        messages.success(request, f"“No change” on {counted(sent, 'action')} is with the coordinator.")
    elif not ticked:
        messages.error(request, "Tick the actions on which nothing has changed.")
    return HttpResponseRedirect(reverse("workspace"))


def _ids(texts: list[str]) -> set[int]:
    """The ids among what was sent; whatever is none, or larger than the database knows, is left out."""
    return {int(each) for each in texts if each.isascii() and each.isdecimal() and len(each) < 19}


@require_safe
@signed_in
def my_work(request: Any) -> HttpResponse:
    """What there is to do, the most urgent first."""
    return render(request, "workspace/mine.html", listed(request, today()))


def listed(request: Any, on: date) -> dict[str, Any]:
    """The person's own work in its groups; without any, the partnerships to go on to. At most nine queries."""
    programme = Programme.objects.order_by("id").first()
    actions = Action.objects.own_work(request.access, on)
    works = work_on(actions, on, thresholds_of(programme)) if programme else []
    groups = by_urgency(works)
    to_do = sum(len(those) for urgency, those in groups if urgency in AT_ONCE)
    context = {"groups": groups, "to_do": to_do, "total": len(works), "at_once": AT_ONCE, "on": on}
    context["gone"] = drafts_gone(request.access, on)
    context["own"] = own(request.user, on)
    if not works and not request.access.is_national:
        context["partnerships"] = sorted(
            Partnership.objects.visible_to(request.access), key=lambda each: in_order(each.name)
        )
    context["tickable"] = {work.urgency for work in works if work.may_say_no_change and work.urgency in AT_ONCE}
    return context


def drafts_gone(access: Access, on: date) -> list[ProgressUpdate]:
    """Drafts that the person began on actions that they may not report on any more: they went with the action."""
    began = ProgressUpdate.objects.filter(author=access.person, state=ProgressUpdate.State.DRAFT)
    kept = Action.objects.editable_by(access, on).order_by().values("pk")
    return list(began.exclude(action__in=kept).select_related("action").order_by("-reported_on", "-pk"))
