"""The console of chasing: every partnership in one line, and what goes next in one of them, as of any day."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from actionplans.chasing.behind import Behind
from actionplans.chasing.held import holds_of
from actionplans.chasing.outlook import Outlook, Survey, as_if_opened, outlook
from actionplans.chasing.policy import ESCALATIONS, Rule
from actionplans.chasing.windows import limits_of
from concordat.accounts.gate import SignedInRequest, signed_in
from concordat.asked import Asked, asked_of
from concordat.kernel.dates import today
from concordat.kernel.sending_days import is_sending_day, next_sending_day
from concordat.sentences import in_order
from concordat.templatetags.day_links import day_query
from concordat.workspace.chased import Telling, people_of
from signatories.access import Access
from signatories.models import JobDay, Message, Notice, Partnership
from signatories.models.mailed import MailState

PER_PAGE = 25
PLANNER = "plan_chasing"
# What a person has to look at: nobody knows whether it went, or it is not tried again.
UNSETTLED = (MailState.UNCERTAIN, MailState.GIVEN_UP)


def looks_after(access: Access) -> None:
    """Raises PermissionDenied (403) for whoever coordinates nothing and is no national administrator."""
    if not (access.coordinates or access.is_administrator):
        raise PermissionDenied


def looked_after(access: Access) -> Any:
    """The partnerships whose chasing somebody looks after."""
    rows = Partnership.objects.select_related("programme")
    return rows if access.is_administrator else rows.filter(pk__in=access.coordinates)


def partnership_of(request: SignedInRequest, slug: str) -> Partnership:
    """The partnership, for somebody who looks after its chasing. Raises PermissionDenied or Http404."""
    looks_after(request.access)
    partnership: Partnership = get_object_or_404(looked_after(request.access), slug=slug)
    return partnership


def last_run() -> JobDay | None:
    """The day on which chasing was last planned, with when and how it ended. One query."""
    return JobDay.objects.filter(job=PLANNER).order_by("-day").first()


@dataclass(frozen=True, slots=True)
class Troubles:
    """How many digests wait for a decision, were refused for now, and are being sent at this moment."""

    unsettled: int
    failed: int
    sending: int


def troubles(rows: Any) -> Troubles:
    """Those of the digests. One query."""
    counts = dict(rows.order_by().values_list("mail_state").annotate(count=Count("pk")))

    def of(*states: MailState) -> int:
        return sum(counts.get(state, 0) for state in states)

    return Troubles(of(*UNSETTLED), of(MailState.FAILED), of(MailState.CLAIMED, MailState.MAILING))


# All partnerships


@dataclass(frozen=True, slots=True)
class Row:
    """One partnership in numbers: remarks that go, to how many people, and escalations; what is held or stuck."""

    partnership: Partnership
    remarks: int
    readers: int
    escalations: int
    held: int
    unsettled: int


@require_safe
@signed_in
def overview(request: SignedInRequest) -> HttpResponse:
    """Every partnership that the person looks after; who looks after one alone goes on to it.

    A national administrator sees another day too: what a run on that day would find everywhere.
    """
    looks_after(request.access)
    asked = asked_of(request)
    partnerships = sorted(looked_after(request.access), key=lambda each: in_order(each.name))
    if not request.access.is_administrator and len(partnerships) == 1:
        only = reverse("workspace-chasing-partnership", args=[partnerships[0].slug])
        return HttpResponseRedirect(only + day_query(asked))
    page = Paginator(partnerships, PER_PAGE).get_page(request.GET.get("page"))
    is_simulated = asked.is_past and request.access.is_administrator
    context = {
        "asked": asked,
        "page": page,
        "rows": _simulated(page, outlook(asked.on)) if is_simulated else _planned(page),
        "is_simulated": is_simulated,
        "sends": is_sending_day(asked.on),
        "troubles": troubles(Message.objects.visible_to(request.access)),
        "last_run": last_run(),
    }
    return render(request, "workspace/chasing.html", context, status=asked.status_code)


def _planned(page: "Page[Partnership]") -> list[Row]:
    """The partnerships with what is planned and has still to go. Five queries."""
    ids = [row.pk for row in page]

    def by_partnership(rows: Any, what: str = "pk") -> dict[int, int]:
        counts = rows.filter(partnership__in=ids).order_by().values_list("partnership")
        return dict(counts.annotate(count=Count(what, distinct=True)))

    to_go = Notice.objects.to_go()
    remarks, readers = by_partnership(to_go), by_partnership(to_go, "recipient")
    escalations = by_partnership(to_go.filter(rule__in=[str(rule) for rule in ESCALATIONS]))
    unsettled = by_partnership(Notice.objects.filter(message__mail_state__in=UNSETTLED), "message")
    held = by_partnership(to_go.held(today()))
    return [
        Row(row, *(counts.get(row.pk, 0) for counts in (remarks, readers, escalations, held, unsettled)))
        for row in page
    ]


def _simulated(page: "Page[Partnership]", found: Outlook) -> list[Row]:
    """The partnerships with what a run on another day would find."""
    goes = [each.notice for each in found.remarks]
    remarks = Counter(row.partnership_id for row in goes)
    readers = Counter(partnership for partnership, _ in {(row.partnership_id, row.recipient_id) for row in goes})
    escalations = Counter(row.partnership_id for row in goes if Rule(row.rule).is_escalation)
    held = Counter(each.notice.partnership_id for each in found.held)
    return [Row(row, remarks[row.pk], readers[row.pk], escalations[row.pk], held[row.pk], 0) for row in page]


# One partnership


@require_safe
@signed_in
def console(request: SignedInRequest, slug: str) -> HttpResponse:
    """What goes next in a partnership, to whom, when and why; what is held or not said. `?on=`: as of another day."""
    partnership = partnership_of(request, slug)
    asked = asked_of(request)
    context = {
        "partnership": partnership,
        "asked": asked,
        "sends": is_sending_day(asked.on),
        "next_day": next_sending_day(asked.on),
        "troubles": troubles(_digests_of(partnership)),
        "last_run": last_run(),
        **_told(request, partnership, asked),
    }
    return render(request, "workspace/chasing_partnership.html", context, status=asked.status_code)


def _told(request: SignedInRequest, partnership: Partnership, asked: Asked) -> dict[str, Any]:
    """The remarks of the page, by digest, and what does not go. A fixed number of queries."""
    on = asked.on
    holds = list(holds_of(partnership.pk).on(on).select_related("held_by", "notice"))
    survey = Survey(on, partnership.pk)
    with as_if_opened(on, survey.partnerships):
        found = survey.outlook()
        behind = Behind(found.notices, partnership, on, holds)
    telling = Telling(behind, people_of(found, holds), limits_of(partnership.programme), request.access)
    digests = telling.digests(found.remarks)
    page = Paginator(digests, PER_PAGE).get_page(request.GET.get("page"))
    return {
        "page": page,
        "digests": [telling.digest(group, on) for group in page],
        "escalations": [telling.line(each.notice) for each in found.remarks if Rule(each.notice.rule).is_escalation],
        "today": sum(day == on for day, *_ in digests),
        "later": sum(day != on for day, *_ in digests),
        "held": telling.held(holds, found.held),
        "unsaid": telling.unsaid(found.suppressed),
    }


def _digests_of(partnership: Partnership) -> Any:
    """The digests with something of the partnership."""
    return Message.objects.filter(pk__in=Notice.objects.filter(partnership=partnership).values("message"))
