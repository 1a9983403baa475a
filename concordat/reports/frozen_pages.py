"""Papers that were frozen: each as a page, and as a file of every format. Who may read is asked each time."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from concordat.accounts.gate import signed_in
from concordat.kernel.dates import LONDON
from concordat.reports.catalogue import REPORTS
from concordat.reports.models import FrozenReport
from concordat.reports.pages import formats_of, handed_out
from concordat.reports.services.freezing import last_frozen, thawed
from concordat.reports.shapes import Answer
from concordat.reports.shown import alone, parts
from concordat.sentences import in_words
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
        "files": formats_of(REPORTS[frozen.report]),
        "later": last if last and last.number > frozen.number else None,
        "removed_on": removals_of(frozen).days(),
    }
    return render(request, "reports/frozen.html", context)


@require_safe
@signed_in
def frozen_file(request: Any, pk: int, kind: str) -> Any:
    """The same as a file. `?table=` names another table than the first, `?bom=yes` begins a CSV with a mark."""
    frozen = seen_frozen(request.access, pk)
    written = next((each for each in formats_of(REPORTS[frozen.report]) if each.name == kind), None)
    if written is None:
        raise Http404("There is no such format.")
    return handed_out(request, marked(frozen), written, file_name(frozen, kind))


def seen_frozen(access: Access, pk: int) -> FrozenReport:
    """The frozen paper, for somebody who reads its partnership. Raises Http404 for everybody else."""
    rows = FrozenReport.objects.visible_to(access).select_related("meeting__board", "partnership", "frozen_by")
    found: FrozenReport = get_object_or_404(rows, pk=pk)
    return found


def marked(frozen: FrozenReport) -> Answer:
    """What was frozen, with a note that says so: a file goes where no page stands beside it."""
    answer, at = thawed(frozen), localtime(frozen.frozen_at, LONDON)
    by = f" by {frozen.frozen_by}" if frozen.frozen_by else ""
    note = f"Frozen on {in_words(at.date())} at {at:%H:%M}{by}, and not changed since but for personal data removed."
    return replace(answer, notes=(note, *answer.notes))


def file_name(frozen: FrozenReport, kind: str) -> str:
    """What the file is called: the report, of whom, of which day, the number of a later one."""
    parts = ["concordat", frozen.report, frozen.partnership.slug, frozen.as_at.isoformat(), "frozen"]
    return "-".join(parts + ([str(frozen.number)] if frozen.number > 1 else [])) + f".{kind}"
