"""The coordinator's queue: reports that wait, each beside what was reported before; accept it, or return it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.models import ProgressUpdate
from actionplans.services.reports import return_report
from actionplans.services.updates import accept_update, why_not_accept
from concordat.accounts import typed
from concordat.accounts.gate import sent_to, signed_in
from concordat.kernel.dates import LONDON, today
from concordat.look.fields import PublishedText
from concordat.sentences import counted
from concordat.workspace.comparison import compared
from concordat.workspace.differing import number_of
from concordat.workspace.documents import documents_of
from concordat.workspace.filling import VersionedForm
from signatories.models import Document
from signatories.services.errors import FasterError, NotAllowedError

PER_PAGE = 50


class ReviewForm(VersionedForm):
    """What the coordinator says on returning a report."""

    comment = PublishedText(
        label="What do you need before you can accept it?",
        help_text="Those who report on the action read this. It is not public.",
        at_most=2000,
    )


@require_safe
@signed_in
def queue(request: Any) -> HttpResponse:
    """Every report that waits for this person, the one that has waited longest first."""
    if not (request.access.coordinates or request.access.is_administrator):
        raise PermissionDenied
    waiting = ProgressUpdate.objects.waiting_for(request.access).select_related("action__plan__partnership", "author")
    page = Paginator(waiting.order_by(F("submitted_at").asc(nulls_first=True), "pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "workspace/review.html", {"page": page, "on": today()})


@sent_to
@signed_in
def accept_many(request: Any) -> HttpResponse:
    """Accept each report that was ticked (`report`: its id and the version that was shown, `7-2`).

    Each stands alone: one that is refused, or was changed since, says why and leaves the others.
    """
    if not (request.access.coordinates or request.access.is_administrator):
        raise PermissionDenied
    pairs = (each.partition("-") for each in request.POST.getlist("report")[:PER_PAGE])
    ticked = {number_of(pk): number_of(version) for pk, _, version in pairs}
    seen = ProgressUpdate.objects.seen_by(request.access, today())
    if not request.access.is_administrator:
        seen = seen.filter(action__plan__partnership__in=request.access.coordinates)
    accepted = 0
    for update in seen.filter(pk__in=ticked).select_related("action__plan__partnership", "author").order_by("pk"):
        try:
            accept_update(update, by=request.user, on=today(), version=ticked[update.pk], decided_on=today())
        except NotAllowedError as error:
            messages.error(request, f"“{update.action}”: {error}")
        else:
            accepted += 1
    if accepted:
        messages.success(request, f"{counted(accepted, 'report')} accepted: what they say is public now.")
    elif not ticked:
        messages.error(request, "Tick the reports that you accept.")
    return HttpResponseRedirect(reverse("workspace-review"))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def report_page(request: Any, pk: int) -> HttpResponse:
    """One report beside what was reported before. POST accepts it (`then=accept`) or returns it."""
    update = _update(request, pk)
    if request.method != "POST":
        sent = typed.kept(request)
        form = ReviewForm(sent, initial={"version": update.version})
        return _page(request, update, form)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _page(request, update, form, status=400)
    version, accepts = form.cleaned_data["version"], request.POST.get("then") == "accept"
    try:
        if accepts:
            accept_update(update, by=request.user, on=today(), version=version, decided_on=today())
        else:
            return_report(update, version=version, comment=form.cleaned_data["comment"], by=request.user)
    except FasterError as error:
        update.refresh_from_db()
        fresh = ReviewForm(initial={"version": update.version, "comment": form.cleaned_data["comment"]})
        messages.error(request, str(error))
        return _page(request, update, fresh, status=409)
    except NotAllowedError as error:
        form.add_error(None if accepts else "comment", str(error))
        return _page(request, update, form, status=400)
    told = "is accepted and public" if accepts else "is returned with your comment"
    messages.success(request, f"The report on “{update.action}” {told}.")
    return HttpResponseRedirect(reverse("workspace-review"))


def _update(request: Any, pk: int) -> ProgressUpdate:
    """The report, for somebody who decides on it. Raises Http404 for outsiders and PermissionDenied for readers."""
    partnership = "action__plan__partnership"
    seen = ProgressUpdate.objects.seen_by(request.access, today()).select_related(partnership, "author", "merged_into")
    update: ProgressUpdate = get_object_or_404(seen, pk=pk)
    if not request.access.coordinates_partnership(update.action.plan.partnership_id):
        raise PermissionDenied
    return update


def _page(request: Any, update: ProgressUpdate, form: ReviewForm, status: int = 200) -> HttpResponse:
    accepted = ProgressUpdate.objects.accepted().filter(action=update.action_id)
    before = accepted.exclude(pk=update.pk).filter(reported_on__lte=update.reported_on).last()
    context = {
        "report": update,
        "action": update.action,
        "before": before,
        "rows": compared(before, update),
        "form": form,
        "documents": _evidence(update),
        "waits": update.state == ProgressUpdate.State.SUBMITTED,
        "why_not_accept": why_not_accept(update, request.user, today()),
    }
    return render(request, "workspace/report.html", context, status=status)


def _evidence(update: ProgressUpdate) -> list[Document]:
    """What was added as evidence of the action since the day on which the report was begun. One query."""
    begun = min(update.recorded_at.astimezone(LONDON).date(), update.reported_on)
    return [each for each in documents_of(update.action) if each.uploaded_at.astimezone(LONDON).date() >= begun]
