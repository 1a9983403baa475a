"""The tracker of a plan version as a file, and a blank table for those who start fresh."""

from typing import Any

from django.http import HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from actionplans.tracker import tracker
from concordat.accounts.gate import signed_in
from concordat.kernel.dates import today
from concordat.tracker import lines, workbook
from concordat.workspace.versions import VERSION

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


@require_safe
@signed_in
def tracker_file(request: Any, pk: int, ending: str) -> HttpResponse:
    """The actions of a version as they stand today, for those who see its own side."""
    on, version = today(), VERSION.seen(request.access, pk, today())
    rows = tracker(version, on)
    name = f"{slugify(f'{version.plan} {version.label}')[:80] or 'plan'}-{on.isoformat()}.{ending}"
    return _to_save(workbook(rows), name, XLSX) if ending == "xlsx" else _to_save(lines(rows), name, CSV)


@require_safe
@signed_in
def template(request: Any) -> HttpResponse:
    """A blank table, with guidance beside it."""
    return _to_save(workbook([], with_guidance=True), "crisis-care-action-plan.xlsx", XLSX)


def _to_save(content: bytes, name: str, kind: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})
