"""Papers that were frozen: each as a page, and as a file of every format. Who may read is asked each time."""

from typing import Any

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from concordat.accounts.gate import signed_in
from concordat.reports.catalogue import REPORTS
from concordat.reports.formats import FORMATS
from concordat.reports.freezing import last_frozen, thawed
from concordat.reports.models import FrozenReport
from concordat.reports.shown import alone, parts
from concordat.traces.parts import removals_of
from signatories.access import Access


@require_safe
@signed_in
def frozen_page(request: Any, pk: int) -> HttpResponse:
    """A paper as the board was given it, with who froze it and when."""
    frozen = seen_frozen(request.access, pk)
    last = last_frozen(frozen.meeting, frozen.partnership)
    answer = thawed(frozen)
    context = {
        "frozen": frozen,
        "answer": answer,
        "parts": parts(answer, request.GET),
        "pictures_alone": alone(answer),
        "files": formats_of(frozen),
        "later": last if last and last.number > frozen.number else None,
        "removed_on": removals_of(frozen).days(),
    }
    return render(request, "reports/frozen.html", context)


@require_safe
@signed_in
def frozen_file(request: Any, pk: int, kind: str) -> Any:
    """The same as a file. `?table=` names another table than the first, `?bom=yes` begins a CSV with a mark."""
    frozen = seen_frozen(request.access, pk)
    written = next((each for each in formats_of(frozen) if each.name == kind), None)
    if written is None:
        raise Http404("There is no such format.")
    try:
        pieces = written.write(thawed(frozen), table=request.GET.get("table", ""), bom=request.GET.get("bom") == "yes")
    except KeyError:
        raise Http404("There is no such table in it.") from None
    response = StreamingHttpResponse(pieces, content_type=written.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file_name(frozen, kind)}"'
    return response


def seen_frozen(access: Access, pk: int) -> FrozenReport:
    """The frozen paper, for somebody who reads its partnership. Raises Http404 for everybody else."""
    rows = FrozenReport.objects.visible_to(access).select_related("meeting__board", "partnership", "frozen_by")
    found: FrozenReport = get_object_or_404(rows, pk=pk)
    return found


def formats_of(frozen: FrozenReport) -> list[Any]:
    """The formats in which it is written."""
    report = REPORTS.get(frozen.report)
    return [each for each in FORMATS.values() if each.name != "pdf" or (report is not None and report.has_pdf)]


def file_name(frozen: FrozenReport, kind: str) -> str:
    """What the file is called: the report, of whom, of which day, the number of a later one."""
    parts = ["concordat", frozen.report, frozen.partnership.slug, frozen.as_at.isoformat(), "frozen"]
    return "-".join(parts + ([str(frozen.number)] if frozen.number > 1 else [])) + f".{kind}"
