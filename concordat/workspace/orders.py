"""Reports that a worker makes: ordered, waited for, cancelled, fetched. Each is for its orderer or its schedule."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from concordat.accounts.gate import sent_to, signed_in
from concordat.handing import hand_to_worker
from concordat.kernel.dates import today
from concordat.look.forms import GovukForm
from concordat.reports.asking import told_in_words
from concordat.reports.catalogue import REPORTS
from concordat.reports.formats import FORMATS
from concordat.reports.models import ReportOrder, ReportSchedule, State
from concordat.reports.pages import demand, file_name, formats_of, to_choose
from concordat.reports.questions import BESIDE, Question, SenselessError, question_of, unknown_in
from concordat.reports.report import Report, unfit
from concordat.reports.services import orders
from concordat.reports.services.making import RefusedError, asked_in
from concordat.reports.sizes import about_rows
from concordat.reports.tasks import take_order
from concordat.sentences import counted
from concordat.workspace.filling import Filling
from signatories.services.errors import NotAllowedError

PER_PAGE = 50
WITHOUT_ROWS = frozenset({"pdf"})  # formats in which people count pages
TABLE = re.compile(r"[a-z_]{0,40}")


def bom_field() -> forms.BooleanField:
    """Whether a CSV begins with the mark (BOM) that `?bom=yes` asks for."""
    return forms.BooleanField(
        label="Begin a CSV with a mark, so that Excel shows letters such as é rightly", required=False
    )


class OrderForm(GovukForm):
    """In which format, and whether a mail tells that it is ready. What is asked stands in its address."""

    format = forms.ChoiceField(
        label="Which file?", widget=forms.RadioSelect, error_messages={"required": "Choose a kind of file."}
    )
    bom = bom_field()
    wants_mail = forms.BooleanField(label="Email me a link when it is ready", required=False)

    def __init__(self, *args: Any, report: Report, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["format"].choices = [(each.name, each.title) for each in formats_of(report)]  # type: ignore[attr-defined] # its field


class UnansweredError(Exception):
    """The question makes no sense, or lacks what has to be chosen first. The report's page (`address`) says so."""

    def __init__(self, report: Report, given: QueryDict) -> None:
        super().__init__(report.name)
        kept = {name: given.getlist(name) for name in given if name not in BESIDE}
        self.address = f"{reverse('report-page', args=[report.name])}?{urlencode(kept, doseq=True)}".rstrip("?")


def asked(request: Any, name: str, on: date) -> tuple[Report, Question]:
    """The report of that name, and the question in the address.

    Raises UnansweredError for what makes no sense, Http404 for what is not theirs to ask, and PermissionDenied for a
    report of others.
    """
    report = REPORTS.get(name)
    if report is None:
        raise Http404("There is no such report.")
    try:
        question = question_of(request.GET, on)
    except SenselessError as error:
        raise UnansweredError(report, request.GET) from error
    first = to_choose(report, request.access)
    if unknown_in(request.GET) or unfit(report, question, "") or (first and not getattr(question, first)):
        raise UnansweredError(report, request.GET)
    demand(report, request.access, question)
    return report, question


def address_of(report: Report, question: Question) -> str:
    """The page of the report that answers the question."""
    return f"{reverse('report-page', args=[report.name])}?{urlencode(question.kept)}"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def order_form(request: Any, name: str) -> HttpResponse:
    """Order a report, asked by the address as its page is."""
    try:
        report, question = asked(request, name, today())
    except UnansweredError as unanswered:
        return HttpResponseRedirect(unanswered.address)
    table = request.GET.get("table", "")
    if not TABLE.fullmatch(table):
        raise Http404("There is no such table in it.")

    def step(form: Any) -> str:
        filled = form.cleaned_data
        wanted = orders.Wanted(
            report=report, question=question, format=filled["format"], table=table, bom=filled["bom"]
        )
        wants_mail = filled["wants_mail"]
        row = orders.order(wanted, wants_mail=wants_mail, by=request.user, now=timezone.now())
        hand_to_worker(take_order, row.pk)
        return reverse("workspace-order", args=[row.pk])

    is_marked = request.GET.get("bom") == "yes"
    initial = {"format": request.GET.get("format", ""), "bom": is_marked, "wants_mail": True}
    return Filling(
        make=lambda sent: OrderForm(sent, report=report, initial=initial),
        step=step,
        template="workspace/order_form.html",
        context={
            "report": report,
            "question": question,
            "rows": f"{about_rows(report, question):,}",
            "address": request.get_full_path(),
            "back": address_of(report, question),
        },
    ).answer(request)


@dataclass(frozen=True, slots=True)
class Shown:
    """One order in words: the report's name, and what is asked of it."""

    row: ReportOrder
    title: str
    day: date | None
    about: dict[str, str]


def shown(rows: Sequence[ReportOrder]) -> list[Shown]:
    """What the pages say of them. At most four queries, however many."""
    return [_shown(row, about) for row, about in zip(rows, told_in_words([row.question for row in rows]), strict=True)]


def _shown(row: ReportOrder, about: dict[str, str]) -> Shown:
    report = REPORTS.get(row.report)
    day = date.fromisoformat(row.question["on"]) if "on" in row.question else None
    return Shown(row, report.title if report else row.report, day, about)


@require_safe
@signed_in
def order_list(request: Any) -> HttpResponse:
    """One's own orders, and what schedules have made for one, the latest first. Two queries."""
    rows = ReportOrder.objects.visible_to(request.access).select_related("schedule", "ordered_by")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "workspace/orders.html", {"page": page, "orders": shown(list(page))})


def _found(request: Any, pk: int) -> ReportOrder:
    """The order, for those whom it is for. Raises Http404 for everybody else."""
    rows = ReportOrder.objects.select_related("schedule", "ordered_by")
    found: ReportOrder = get_object_or_404(rows.visible_to(request.access), pk=pk)
    return found


def _asked_today(request: Any, row: ReportOrder) -> tuple[Report, Question]:
    """What it asks, for who may read that by the roles of today. Raises as `demand` does."""
    try:
        report, question = asked_in(row, today())
    except RefusedError as error:
        raise Http404(str(error)) from error
    demand(report, request.access, question)
    return report, question


@require_safe
@signed_in
def order_page(request: Any, pk: int) -> HttpResponse:
    """One order: how far it is, or its file, or what became of it."""
    row = _found(request, pk)
    is_own = row.ordered_by_id == request.user.pk
    context = {
        "order": row,
        "shown": shown([row])[0],
        "told": told_of(row),
        "is_own": is_own,
        "deliveries": row.deliveries.select_related("person", "reply") if is_own else [],
        "is_removed": _is_removed(row),
        "is_kept": row.is_kept(timezone.now()),
        "rows": _rows(row),
        "again": again(row),
        "format": format_of(row),
    }
    return render(request, "workspace/order.html", context)


def _rows(row: ReportOrder) -> str:
    """How many rows are written, in words; empty for none, and where nobody counts rows."""
    return counted(row.rows, "row") if row.rows and row.format not in WITHOUT_ROWS else ""


def format_of(row: ReportOrder | ReportSchedule) -> str:
    """The kind of file in words."""
    title = FORMATS[row.format].title if row.format in FORMATS else row.format
    return f"{title} with a mark for Excel" if orders.begins_with_bom(row.question) else title


def again(row: ReportOrder) -> str:
    """The address at which the same is ordered once more."""
    asked_for = urlencode({"format": row.format, "table": row.table, **row.question})
    return f"{reverse('workspace-order-new', args=[row.report])}?{asked_for}"


def _is_removed(row: ReportOrder) -> bool:
    """Whether personal data was removed from the records since it was made: then its file may still hold it."""
    if row.state != State.READY or not row.stored_as:
        return False
    removed_at = orders.last_removal()
    return removed_at is not None and row.made_at is not None and row.made_at <= removed_at


def told_of(row: ReportOrder) -> dict[str, Any]:
    """How far it is, for the page that waits: whether it goes on, of 100, and in words."""
    words, told = State(row.state).label, f"{row.progress} %"
    if row.state == State.WORKING and not row.rows:
        words, told = "Gathering the facts", "No row is written yet"
    elif row.state == State.WORKING:
        words, told = "Writing the file", ", ".join(filter(None, [f"{row.progress} %", _rows(row)]))
    return {"at_work": row.is_open, "done": row.progress, "words": words, "told": told}


@require_safe
@signed_in
def progress(request: Any, pk: int) -> HttpResponse:
    """How far it is, for the page that waits."""
    answer = JsonResponse(told_of(_found(request, pk)))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@sent_to
@signed_in
def cancel(request: Any, pk: int) -> HttpResponse:
    """Give it up, whether it waits or is being made."""
    row = _found(request, pk)
    if not ReportOrder.objects.editable_by(request.access).filter(pk=pk).exists():
        raise PermissionDenied
    try:
        orders.cancel(row, by=request.user)
    except NotAllowedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "It is cancelled.")
    return HttpResponseRedirect(reverse("workspace-order", args=[pk]))


@require_safe
@signed_in
def file(request: Any, pk: int) -> HttpResponse:
    """The file, only ever to be saved: for who may read the report by the roles of today."""
    row = _found(request, pk)
    report, question = _asked_today(request, row)
    if row.state != State.READY or not row.stored_as:
        raise Http404("It has no file.")
    if _is_removed(row) or not row.is_kept(timezone.now()):
        return HttpResponseRedirect(reverse("workspace-order", args=[pk]))
    try:
        held = default_storage.open(row.stored_as)
    except FileNotFoundError:
        raise Http404("Its file is gone.") from None
    name, kind = file_name(report, question, row.format), FORMATS[row.format].content_type
    answer = FileResponse(held, as_attachment=True, filename=name, content_type=kind)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer  # type: ignore[return-value] # a streamed answer is no HttpResponse, but views may give it
