"""The reports for people who sign in: the list of them, each as a page, and each as a file."""

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.accounts.gate import signed_in
from concordat.asked import asked_of
from concordat.kernel.dates import today
from concordat.reports.asking import asking_of
from concordat.reports.catalogue import REPORTS
from concordat.reports.formats import FORMATS, Format
from concordat.reports.formats.pdf import PdfError
from concordat.reports.models import FrozenReport
from concordat.reports.papers.facts import meetings_about
from concordat.reports.questions import Question, SenselessError, question_of, unknown_in
from concordat.reports.report import WHOLE, Report, answered, readers_of_the_partnership, unfit
from concordat.reports.shapes import Answer
from concordat.reports.shown import alone, parts
from concordat.reports.sizes import is_large
from signatories.access import Access
from signatories.models import BoardMeeting, Organisation, Partnership, Programme

NO_TABLE = "There is no such table in it."
PLAIN = "text/plain; charset=utf-8"
STREAMED = frozenset({"csv", "json"})  # the formats that are handed out while their rows come in


@require_safe
@signed_in
def report_list(request: Any) -> HttpResponse:
    """Every report, with what it is for, as at the day asked for; those that the person may not read are left out."""
    asked = asked_of(request)
    reports = [each for each in REPORTS.values() if _may_read_any(each, request.access, asked.on)]
    rows = [(each, formats_of(each), to_choose(each, request.access)) for each in reports]
    context = {"reports": rows, "asked": asked, "on": asked.on}
    return render(request, "reports/list.html", context, status=asked.status_code)


@require_safe
@signed_in
def report_page(request: Any, name: str) -> HttpResponse:
    """One report as a page. What makes no sense is said beside its field, and nothing is answered then (400)."""
    report = _report(name)
    question, refused = _asked(request.GET)
    refused = refused or _missing(report, question, request.GET) or _elsewhere(question)
    asking = asking_of(report, question, request.access, request.GET, refused)
    needed = to_choose(report, request.access)
    lacks = bool(needed) and not getattr(question, needed)
    if not (lacks and asking.offers(needed)):
        demand(report, request.access, question)
    is_too_large = not (refused or lacks) and is_large(report, question)
    answer = None if refused or lacks or is_too_large else _answered(report, question)
    if answer and request.GET.get("table", "") not in ("", *(each.key for each in answer.tables)):
        raise Http404(NO_TABLE)
    context = {
        "report": report,
        "question": question,
        "form": asking,
        "answer": answer,
        "frozen": _frozen(report, question, request.access) if answer else None,
        "is_too_large": is_too_large,
        "parts": parts(answer, request.GET) if answer else [],
        "pictures_alone": alone(answer) if answer else [],
        "formats": formats_of(report),
        "address": urlencode(question.kept),
        "same_day": urlencode({name: text for name, text in question.kept.items() if name != "since"}),
    }
    return render(request, "reports/page.html", context, status=400 if refused else 200)


def _may_read_any(report: Report, access: Access, on: date) -> bool:
    """Whether the person may read the report: of everything, or of one of the places that are theirs. No query."""
    plain = Question(on, on)
    if report.may_read(access, plain):
        return True
    named = [replace(plain, partnership=Partnership(pk=pk)) for pk in access.reads]
    named += [replace(plain, organisation=Organisation(pk=pk)) for pk in access.leads]
    return any(report.may_read(access, each) for each in named if getattr(each, to_choose(report, access), None))


def to_choose(report: Report, access: Access) -> str:
    """What the person has to choose first: what the report needs, or one of the partnerships whose side they see."""
    of_own = report.may_read is readers_of_the_partnership and bool(access.reads) and not access.is_national
    return report.needs or ("partnership" if of_own else "")


def _frozen(report: Report, question: Question, access: Access) -> FrozenReport | None:
    """The paper that the board was given for the meeting asked for, or for the next one. One query, or none."""
    if question.partnership is None or "meeting" not in report.takes:
        return None
    rows = FrozenReport.objects.visible_to(access).select_related("meeting__board", "frozen_by")
    found: FrozenReport | None = rows.for_meeting(
        question.partnership, report.name, question.meeting, question.on
    ).first()
    return found


def _asked(given: Any) -> tuple[Question, dict[str, str]]:
    """The question and what of it makes no sense: that is left out of it, so that the rest can be judged."""
    unknown = unknown_in(given)
    try:
        return question_of(given, today()), unknown
    except SenselessError as error:
        refused = {**error.sentences, **unknown}
    sensible = {name: text for name, text in given.items() if name not in refused and name != "since"}
    return question_of(sensible, today()), refused


def _missing(report: Report, question: Question, given: Any) -> dict[str, str]:
    """What the report does not heed, or lacks. That nothing was chosen yet is no fault."""
    refused = unfit(report, question, "html")
    if report.needs not in given:
        refused.pop(report.needs, None)
    return refused


def _elsewhere(question: Question) -> dict[str, str]:
    """Where the meeting is about other partnerships, or was cancelled: another partnership was chosen since."""
    if not (question.meeting and question.partnership):
        return {}
    if meetings_about(question.partnership, question.on).filter(pk=question.meeting).exists():
        return {}
    return {"meeting": "That meeting is not about this partnership, or is cancelled. Choose another one."}


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
        refused = unknown_in(request.GET) | unfit(report, question, kind, request.GET.get("table", ""))
    except SenselessError as error:
        refused = dict(error.sentences)
    if refused:
        return HttpResponse(" ".join(refused.values()) + "\n", status=400, content_type=PLAIN)
    demand(report, request.access, question)
    if kind not in STREAMED and is_large(report, question, kind):
        order = reverse("workspace-order-new", args=[name])
        return HttpResponseRedirect(f"{order}?{urlencode({'format': kind, **question.kept})}")
    return handed_out(request, _answered(report, question), written, file_name(report, question, kind))


def handed_out(request: Any, answer: Answer, written: Format, name: str) -> Any:
    """An answer as a file of that name, or of it the table that the address asks for. Raises Http404 for none."""
    table = request.GET.get("table", "")
    if table and written.name == "pdf":
        return HttpResponse(f"{WHOLE}\n", status=400, content_type=PLAIN)
    try:
        pieces = written.write(answer, table=table, bom=request.GET.get("bom") == "yes")
    except KeyError:
        raise Http404(NO_TABLE) from None
    except PdfError as refusal:
        return HttpResponse(f"{refusal}\n", status=503, content_type=PLAIN)
    response = StreamingHttpResponse(pieces, content_type=written.content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def demand(report: Report, access: Access, question: Question) -> None:
    """Raises Http404 for somebody else's partnership or organisation, PermissionDenied for a report of others."""
    if not report.may_read(access, question):
        if question.partnership or question.organisation:
            raise Http404("There is no such report.")
        raise PermissionDenied


def formats_of(report: Report) -> list[Format]:
    """The formats in which the report is written."""
    return [each for each in FORMATS.values() if each.name != "pdf" or report.has_pdf]


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
        return answered(report, question)
    except (Programme.DoesNotExist, BoardMeeting.DoesNotExist):
        raise Http404("Nothing is recorded here yet.") from None
