"""What ever changed about an object: who, when, from what to what, and why; for those who see its own side."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from actionplans.models import Action, ProgressUpdate
from concordat.accounts.gate import signed_in
from concordat.kernel.administration.history import changes_of
from concordat.kernel.dates import today
from concordat.kernel.models import Change
from concordat.traces.parts import NO_PARTS, PARTS
from concordat.workspace.kinds import KINDS
from concordat.workspace.telling import in_plain_words
from signatories.access import Access

PER_PAGE = 50
# How a report came to be, before it was handed in: for those who write it.
DRAFTING = ("created", "drafted", "taken back")


@require_safe
@signed_in
def history_page(request: Any, kind: str, pk: int) -> HttpResponse:
    """Every recorded change of the object and of what belongs to it, the newest first."""
    on = today()
    its = KINDS.get(kind)
    if its is None:
        raise Http404
    row: Model = get_object_or_404(its.visible_to(request.access, on), pk=pk)
    changes = _seen(changes_of(row, PARTS.get(its.model, NO_PARTS)), request.access, on)
    page = Paginator(changes, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "row": row,
        "noun": row._meta.verbose_name,
        "name": row.text if isinstance(row, Action) else str(row),
        "back": its.address(row),
        "page": page,
        "told": in_plain_words(page, row),
    }
    return render(request, "workspace/history.html", context)


def _seen(changes: QuerySet[Change], access: Access, on: date) -> QuerySet[Change]:
    """Readers see a report once it is handed in, and not how it was drafted."""
    if access.is_administrator:
        return changes
    own = Action.objects.editable_by(access, on).order_by().values("pk")
    written = ProgressUpdate.objects.filter(action__in=own).order_by().values("pk")
    drafting = Q(subject_type=ProgressUpdate._meta.label_lower, verb__in=DRAFTING)
    return changes.exclude(drafting & ~Q(subject_id__in=written))
