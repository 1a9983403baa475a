"""One action as its own side sees it, and the form in which somebody reports on it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actionplans.models import Action, ProgressUpdate
from actionplans.services import reports
from actionplans.work import Work, work_on
from concordat.accounts import typed
from concordat.accounts.gate import sent_to, signed_in
from concordat.kernel.dates import today
from concordat.picture import thresholds_of
from concordat.workspace.document_forms import AddDocumentForm
from concordat.workspace.documents import AUTO_ID, documents_of
from concordat.workspace.forms import NoChangeForm, ReportForm, chosen, differences, filled
from signatories.access import Access
from signatories.services.errors import FasterError, NotAllowedError

LAST_REPORTS = 12
NO_CHANGE_ID = "no_change_%s"  # two forms stand on one page


def seen_action(access: Access, pk: int, on: date) -> Action:
    """The action, for somebody who sees its own side. Raises Http404 for everybody else."""
    visible = Action.objects.visible_to(access, on).select_related("plan__partnership__programme")
    action: Action = get_object_or_404(visible, pk=pk)
    return action


def edited_action(access: Access, pk: int, on: date) -> Action:
    """The action, for somebody who may report on it. Raises Http404 or PermissionDenied (for a reader)."""
    action = seen_action(access, pk, on)
    if not may_report(access, action, on):
        raise PermissionDenied
    return action


def may_report(access: Access, action: Action, on: date) -> bool:
    """Whether that person may report on it. One query."""
    return Action.objects.editable_by(access, on).filter(pk=action.pk).exists()


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def action_page(request: Any, pk: int) -> HttpResponse:
    """Show the action with its report in hand; take what was filled in, as a draft or for the coordinator."""
    on = today()
    if request.method == "POST":
        return _take(request, edited_action(request.access, pk, on), on)
    action = seen_action(request.access, pk, on)
    if not may_report(request.access, action, on):
        return _page(request, action, on, None)
    sent = typed.kept(request)
    return _page(request, action, on, _form(action, on, sent), was_kept=sent is not None)


def _form(action: Action, on: date, data: Any = None) -> ReportForm:
    current = reports.in_hand(action.pk)
    # Those that anybody may know of: what a draft of the plan holds is not for its owners to see.
    others = Action.objects.published_by(on).filter(plan=action.plan_id).exclude(pk=action.pk).order_by("id")
    last = ProgressUpdate.objects.accepted().filter(action=action, until_on__isnull=True).first()
    initial = filled(current, last.status if last else "not_started")
    initial |= {"version": current.version if current else None}
    return ReportForm(data, initial=initial, action=action, others=others, on=on)


def _take(request: Any, action: Action, on: date) -> HttpResponse:
    current = reports.in_hand(action.pk)
    form = _form(action, on, chosen(request.POST, current) if current else request.POST)
    if not form.is_valid():
        return _page(request, action, on, form, status=400)
    version, hand_in = form.cleaned_data["version"], form.hands_in
    try:
        reports.save_report(
            action, form.answer(), version=version, hand_in=hand_in, by=request.user, on=on, now=timezone.now()
        )
    except FasterError:
        return _both(request, action, on, form)
    except NotAllowedError as error:
        form.add_error(None, str(error))
        return _page(request, action, on, form, status=400)
    if not hand_in:
        messages.success(request, "Your draft is saved.")
        return HttpResponseRedirect(reverse("workspace-action", args=[action.pk]))
    messages.success(request, f"Your report on “{action}” is with the coordinator of {action.plan.partnership}.")
    return HttpResponseRedirect(reverse("workspace"))


def _both(request: Any, action: Action, on: date, form: ReportForm) -> HttpResponse:
    """Somebody was faster: show both versions field by field, and let the person choose. Nothing typed is lost."""
    current = reports.in_hand(action.pk)
    if current is None:
        form.data = request.POST.copy()
        form.data["version"] = ""  # type: ignore[index] # a copy of a QueryDict may be changed
        form.add_error(None, "Somebody else’s report was accepted meanwhile. Check yours, then send it again.")
        return _page(request, action, on, form, status=409)
    context = {
        "action": action,
        "current": current,
        "form_data": form,
        "differences": differences(form, current),
    }
    return render(request, "workspace/both.html", context, status=409)


def _page(
    request: Any,
    action: Action,
    on: date,
    form: ReportForm | None,
    status: int = 200,
    *,
    was_kept: bool = False,
    no_change: NoChangeForm | None = None,
) -> HttpResponse:
    programme = action.plan.partnership.programme
    own = Action.objects.filter(pk=action.pk)
    [*works] = work_on(own, on, thresholds_of(programme))
    work: Work | None = works[0] if works else None
    told = list(
        ProgressUpdate.objects.accepted()
        .filter(action=action)
        .select_related("author", "accepted_by")
        .order_by("-reported_on", "-pk")[: LAST_REPORTS + 1]
    )
    context = {
        "action": action,
        "work": work,
        "form": form,
        "report": reports.in_hand(action.pk),
        "last": told[:LAST_REPORTS],
        "has_more": len(told) > LAST_REPORTS,
        "asks_why": reports.asks_why(told),
        "was_completed": bool(told) and told[0].status == "completed",
        "may_say_no_change": bool(told) and told[0].status not in ("completed", "merged", "not_going_ahead"),
        "on": on,
        "was_kept": was_kept,
        "no_change": no_change or NoChangeForm(auto_id=NO_CHANGE_ID),
        "documents": documents_of(action),
        "document_form": AddDocumentForm(auto_id=AUTO_ID),
    }
    return render(request, "workspace/action.html", context, status=status)


@sent_to
@signed_in
def no_change(request: Any, pk: int) -> HttpResponse:
    """Hand in that everything is as it was last reported."""
    on = today()
    action = edited_action(request.access, pk, on)
    form = NoChangeForm(request.POST, auto_id=NO_CHANGE_ID)
    if not form.is_valid():
        return _page(request, action, on, _form(action, on), status=400, no_change=form)
    why, version = form.cleaned_data["why"], form.cleaned_data["version"]
    try:
        reports.report_no_change(action, version=version, by=request.user, on=on, now=timezone.now(), why=why)
    except NotAllowedError as error:
        form.add_error("why", str(error))
        return _page(request, action, on, _form(action, on), status=400, no_change=form)
    messages.success(request, f"“No change” on “{action}” is with the coordinator of {action.plan.partnership}.")
    return HttpResponseRedirect(reverse("workspace"))


@sent_to
@signed_in
def take_back(request: Any, pk: int) -> HttpResponse:
    """Make a draft again of what waits for acceptance."""
    action = edited_action(request.access, pk, today())
    report = reports.in_hand(action.pk)
    try:
        if report is None:
            raise NotAllowedError("It was accepted meanwhile. Send a new report to change what it says.")
        reports.take_back(report, version=_number(request.POST.get("version")) or 0, by=request.user)
    except NotAllowedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Your report is a draft again.")
    return HttpResponseRedirect(reverse("workspace-action", args=[pk]))


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 10 else None
