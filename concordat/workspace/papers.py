"""The papers of a meeting: the board's paper on one partnership, frozen by its coordinator."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from concordat.accounts.gate import sent_to, signed_in
from concordat.kernel.dates import LONDON, today
from concordat.reports.board import REPORT
from concordat.reports.models import FrozenReport
from concordat.reports.services.freezing import Frozen, freeze
from concordat.sentences import in_words
from concordat.workspace.differing import number_of
from concordat.workspace.meetings import seen_meeting
from concordat.workspace.overseen import chosen_partnership, visible_partnerships
from signatories.models import BoardMeeting, Partnership
from signatories.services.errors import NotAllowedError


def papers_of(meeting: BoardMeeting, partnership: Partnership, on: date, *, coordinates: bool) -> dict[str, Any]:
    """What the page of a meeting tells of its papers on one partnership, the latest first. One query."""
    rows = FrozenReport.objects.filter(meeting=meeting, partnership=partnership, report=REPORT.name)
    frozen = list(rows.select_related("frozen_by").order_by("-number"))
    is_ahead = not meeting.is_cancelled and meeting.held_on >= on
    return {
        "frozen": frozen,
        "last_number": frozen[0].number if frozen else 0,
        "may_freeze": coordinates and is_ahead,
        "is_ahead": is_ahead,
    }


@sent_to
@signed_in
def freeze_paper(request: Any, pk: int) -> HttpResponse:
    """Keep the paper on one partnership as it is now; the number of the last one that was seen comes with it."""
    meeting = seen_meeting(request.access, pk)
    partnerships = visible_partnerships(request.access, meeting)
    partnership = chosen_partnership(partnerships, request.POST.get("partnership", ""))
    if partnership is None:
        raise Http404
    if not request.access.coordinates_partnership(partnership.pk):
        raise PermissionDenied
    seen = number_of(request.POST.get("seen", ""))
    try:
        done = freeze(meeting, partnership, seen=seen, by=request.user, on=today(), now=timezone.now())
    except NotAllowedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _told(done))
    return HttpResponseRedirect(f"{reverse('workspace-meeting', args=[pk])}?partnership={partnership.slug}#papers")


def _told(done: Frozen) -> str:
    frozen = done.report
    if done.is_new:
        return f"The paper is frozen as at {in_words(frozen.as_at)}. It never changes."
    at = timezone.localtime(frozen.frozen_at, LONDON)
    who = f" by {frozen.frozen_by}" if frozen.frozen_by else ""
    return f"The paper was frozen already, on {in_words(at.date())} at {at:%H:%M}{who}. Nothing is frozen twice."
