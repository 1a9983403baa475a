"""The reports for people who sign in: the list of them, each as a page, and each as a file."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from actionplans.models import Theme
from areas.models import Region
from concordat.accounts.gate import signed_in
from concordat.kernel.dates import today
from concordat.reports.catalogue import REPORTS
from concordat.reports.formats import FORMATS
from concordat.reports.questions import STATUSES, Question, SenselessError, question_of
from concordat.reports.report import Report, unfit
from concordat.reports.sizes import is_large
from signatories.access import Access
from signatories.models import BoardMeeting, Programme

STREAMED = frozenset({"csv"})  # the formats that are handed out while their rows come in


@require_safe
@signed_in
def report_list(request: Any) -> HttpResponse:
    """Every report, with what it is for; those that the person may not read are left out."""
    plain = Question(today(), today())
    reports = [each for each in REPORTS.values() if each.needs or each.may_read(request.access, plain)]
    return render(request, "reports/list.html", {"reports": reports})


@require_safe
@signed_in
def report_page(request: Any, name: str) -> HttpResponse:
    """One report as a page. What makes no sense is said beside its field, and today is shown instead (400)."""
    report = _report(name)
    refused: dict[str, str] = {}
    try:
        question = question_of(request.GET, today())
        refused = unfit(report, question, "html")
    except SenselessError as error:
        question, refused = Question(today(), today()), dict(error.sentences)
    demand(report, request.access, question)
    is_too_large = not refused and is_large(report, question)
    answer = None if refused or is_too_large else _answered(report, question)
    context = {
        "report": report,
        "question": question,
        "refused": refused,
        "answer": answer,
        "is_too_large": is_too_large,
        "formats": [each for each in FORMATS.values() if each.name != "pdf" or report.has_pdf],
        "regions": Region.values,
        "statuses": STATUSES,
        "themes": Theme.objects.all(),
        "address": request.GET.urlencode(),
    }
    return render(request, "reports/page.html", context, status=400 if refused else 200)


@require_safe
@signed_in
def report_file(request: Any, name: str, kind: str) -> Any:
    """One report as a file. `?table=` names another table than the first, `?bom=yes` begins a CSV with a mark.

    A large one that is not written as its rows come is ordered instead, on a page of its own.
    """
    report = _report(name)
    written = FORMATS.get(kind)
    if written is None:
        raise Http404("There is no such format.")
    try:
        question = question_of(request.GET, today())
        refused = unfit(report, question, kind)
    except SenselessError as error:
        refused = dict(error.sentences)
    if refused:
        return HttpResponse(" ".join(refused.values()) + "\n", status=400, content_type="text/plain; charset=utf-8")
    demand(report, request.access, question)
    if kind not in STREAMED and is_large(report, question):
        order = reverse("workspace-order-new", args=[name])
        return HttpResponseRedirect(f"{order}?{urlencode({'format': kind, **question.kept})}")
    answer = _answered(report, question)
    try:
        pieces = written.write(answer, table=request.GET.get("table", ""), bom=request.GET.get("bom") == "yes")
    except KeyError:
        raise Http404("There is no such table in it.") from None
    response = StreamingHttpResponse(pieces, content_type=written.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file_name(report, question, kind)}"'
    return response


def demand(report: Report, access: Access, question: Question) -> None:
    """Raises Http404 for somebody else's partnership or organisation, PermissionDenied for a report of others."""
    if not report.may_read(access, question):
        if question.partnership or question.organisation:
            raise Http404("There is no such report.")
        raise PermissionDenied


def file_name(report: Report, question: Question, kind: str) -> str:
    """What the file is called: the report, of what, on which day."""
    about = [each.slug for each in (question.partnership, question.organisation) if each]
    return "-".join(["concordat", report.name, *about, question.on.isoformat()]) + f".{kind}"


def _report(name: str) -> Report:
    if name not in REPORTS:
        raise Http404("There is no such report.")
    return REPORTS[name]


def _answered(report: Report, question: Question) -> Any:
    try:
        return report.answer(question)
    except (Programme.DoesNotExist, BoardMeeting.DoesNotExist):
        raise Http404("Nothing is recorded here yet.") from None
