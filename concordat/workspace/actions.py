"""One action as its own side sees it, and the form in which somebody reports on it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actionplans.models import Action, ActionInVersion, MeetingDecision
from actionplans.services import reports
from actionplans.services.evidence import EvidenceError
from actionplans.work import work_on
from concordat.accounts import typed
from concordat.accounts.gate import sent_to, signed_in
from concordat.kernel.dates import today
from concordat.picture import thresholds_of
from concordat.workspace import in_place
from concordat.workspace.autosave import save_as_typed
from concordat.workspace.differing import number_of
from concordat.workspace.document_forms import AddDocumentForm
from concordat.workspace.documents import AUTO_ID, documents_of
from concordat.workspace.forms import AUTOSAVE, NoChangeForm, ReportForm
from concordat.workspace.reporting import around, report_form, save
from concordat.workspace.silence import about_action
from signatories.access import Access
from signatories.models.declaration import live_on
from signatories.services.errors import FasterError, NotAllowedError

NOT_IN_FORCE = "This action stands in no plan in force, so nothing is reported on it."
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


def decisions_on(decisions: Any) -> list[MeetingDecision]:
    """Decisions with all that a page says of them, in the order in which they were recorded. One query."""
    return list(
        decisions.select_related(
            "action", "meeting__board", "recorded_by", "date_change", "update__merged_into"
        ).order_by("meeting__held_on", "pk")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def action_page(request: Any, pk: int) -> HttpResponse:
    """Show the action with its report in hand; take what was filled in, as a draft or for the coordinator.

    To htmx it answers with the action's row of “My work” alone: its form open, or (`?closed`) not.
    """
    on = today()
    if request.method == "POST":
        action = edited_action(request.access, pk, on)
        if not stands_in_force(action, on):
            return _not_in_force(request, action, on, request.POST, request.FILES)
        if request.POST.get("then") == AUTOSAVE:
            return save_as_typed(request, action, on)
        return _take(request, action, on)
    if in_place.is_asked_for(request):
        action = edited_action(request.access, pk, on)
        return in_place.closed(request, action, on) if "closed" in request.GET else in_place.opened(request, action, on)
    action = seen_action(request.access, pk, on)
    if not may_report(request.access, action, on):
        return _page(request, action, on, None)
    if not stands_in_force(action, on):
        return _not_in_force(request, action, on, typed.kept(request))
    sent = typed.kept(request)
    return _page(request, action, on, report_form(action, on, sent))


def stands_in_force(action: Action, on: date) -> bool:
    """Whether it stands in a plan in force, there or as a mirror: nobody is asked for reports on others. One query."""
    same = Q(action=action) | Q(action__mirrors=action)
    return ActionInVersion.objects.filter(same, live_on(on, "version__")).exists()


def _not_in_force(request: Any, action: Action, on: date, *sent: Any) -> HttpResponse:
    """No form, and why; but what somebody typed while the plan came to its end is given back to them."""
    if not any(sent):
        return _page(request, action, on, None, may_not=NOT_IN_FORCE)
    if request.POST.get("then") == AUTOSAVE:
        return JsonResponse({"why": NOT_IN_FORCE}, status=409)
    is_in_place = in_place.is_asked_for(request)
    form = report_form(action, on, *sent, auto_id=in_place.auto_id(action) if is_in_place else "id_%s")
    form.add_error(None, f"{NOT_IN_FORCE} What you typed is still here, and not saved.")
    show = in_place.opened if is_in_place else _page
    return show(request, action, on, form, status=400)


def _take(request: Any, action: Action, on: date) -> HttpResponse:
    is_in_place = in_place.is_asked_for(request)
    ids = in_place.auto_id(action) if is_in_place else "id_%s"
    form = report_form(action, on, request.POST, request.FILES, auto_id=ids)
    show = in_place.opened if is_in_place else _page
    if not form.is_valid():
        return show(request, action, on, form, status=400)
    try:
        save(request, action, form, on=on, now=timezone.now())
    except FasterError:
        return _both(request, action, on, form)
    except EvidenceError as error:
        form.evidence.add_error("file" if request.FILES else "url", str(error))
        return show(request, action, on, form, status=400)
    except NotAllowedError as error:
        form.add_error(None, str(error))
        return show(request, action, on, form, status=400)
    return _done(request, action, on, "report" if form.hands_in else "", form.understood)


def _done(request: Any, action: Action, on: date, sent: str, understood: str = "") -> HttpResponse:
    """What follows once it is saved: `sent` is what the coordinator has now, or nothing; and how a date was read."""
    if in_place.is_asked_for(request):
        told = f"Your {sent} is with the coordinator of {action.plan.partnership}." if sent else "Your draft is saved."
        return in_place.closed(request, action, on, told + understood)
    if not sent:
        messages.success(request, "Your draft is saved.")
        return HttpResponseRedirect(reverse("workspace-action", args=[action.pk]))
    told = f"Your {sent} on “{action}” is with the coordinator of {action.plan.partnership}.{understood}"
    messages.success(request, told)
    return HttpResponseRedirect(reverse("workspace"))


def _both(request: Any, action: Action, on: date, form: ReportForm) -> HttpResponse:
    """Somebody was faster: show both versions field by field, and let the person choose. Nothing typed is lost."""
    current = reports.in_hand(action.pk)
    if current is None:
        form.data = request.POST.copy()
        form.data["version"] = ""  # type: ignore[index] # a copy of a QueryDict may be changed
        form.add_error(None, "Somebody else’s report was accepted meanwhile. Check yours, then send it again.")
        show = in_place.opened if in_place.is_asked_for(request) else _page
        return show(request, action, on, form, status=409)
    return in_place.both(request, action, form)


def _page(
    request: Any,
    action: Action,
    on: date,
    form: ReportForm | None,
    status: int = 200,
    *,
    no_change: NoChangeForm | None = None,
    may_not: str = "You can read this action but not report on it.",
) -> HttpResponse:
    actions = Action.objects.filter(pk=action.pk)
    [*works] = work_on(actions, on, thresholds_of(action.plan.partnership.programme))
    context = around(action, request.user) | {
        "work": works[0] if works else None,
        "form": form,
        "may_not": may_not,
        "on": on,
        "no_change": no_change or NoChangeForm(auto_id=NO_CHANGE_ID),
        "decisions": decisions_on(MeetingDecision.objects.filter(action=action)),
        "documents": documents_of(action),
        "reminders": about_action(action, request.user, on),
        "may_hold": request.access.coordinates_partnership(action.plan.partnership_id),
        "document_form": AddDocumentForm(auto_id=AUTO_ID),
    }
    return render(request, "workspace/action.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def no_change(request: Any, pk: int) -> HttpResponse:
    """Hand in that everything is as it was last reported. GET: the action, with what was typed to that."""
    on = today()
    action = edited_action(request.access, pk, on)
    if not stands_in_force(action, on):
        return _page(request, action, on, None, status=400 if request.method == "POST" else 200, may_not=NOT_IN_FORCE)
    is_in_place = in_place.is_asked_for(request)
    sent = typed.sent_or_kept(request)
    form = in_place.no_change_form(action, sent) if is_in_place else NoChangeForm(sent, auto_id=NO_CHANGE_ID)
    if request.method != "POST":
        report = report_form(action, on)
        return _page(request, action, on, report, no_change=form)
    if form.is_valid():
        why, version = form.cleaned_data["why"], form.cleaned_data["version"]
        try:
            reports.report_no_change(action, version=version, by=request.user, on=on, now=timezone.now(), why=why)
        except NotAllowedError as error:
            form.add_error("why", str(error))
        else:
            return _done(request, action, on, "“no change”")
    if is_in_place:
        return in_place.opened(request, action, on, status=400, no_change=form)
    return _page(request, action, on, report_form(action, on), status=400, no_change=form)


@sent_to
@signed_in
def take_back(request: Any, pk: int) -> HttpResponse:
    """Make a draft again of what waits for acceptance."""
    action = edited_action(request.access, pk, today())
    report = reports.in_hand(action.pk)
    try:
        if report is None:
            raise NotAllowedError("It was accepted meanwhile. Send a new report to change what it says.")
        reports.take_back(report, version=number_of(request.POST.get("version")), by=request.user)
    except NotAllowedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Your report is a draft again.")
    return HttpResponseRedirect(reverse("workspace-action", args=[pk]))
