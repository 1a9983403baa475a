"""The pages of the signed link: the actions that an email asked about, one of them, and switching the link off."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from actionplans.models import ActionOwner, ProgressUpdate
from actionplans.services import link_answers, reports
from actionplans.services.link_answers import Seen
from concordat.link.opening import NOT_IN_IT, Row, Visit, by_link, refused, row_of, rows_of
from concordat.link.standing import Standing, ids, numbers, offered
from concordat.sentences import in_words
from signatories.outbox import links
from signatories.services.errors import NotAllowedError

AT_MOST = 200  # actions answered at once


@by_link("GET", "HEAD")
def overview(request: Any, visit: Visit) -> HttpResponse:
    """What the email asks about: what can be answered, what is sent, and what is no longer asked."""
    return _overview(request, visit, rows_of(visit))


def _overview(request: Any, visit: Visit, rows: list[Row], *, fault: str = "", status: int = 200) -> HttpResponse:
    to_answer = [row for row in rows if row.is_answerable and not row.waits]
    context = {
        "visit": visit,
        "to_answer": to_answer,
        "tickable": any(row.may_be_ticked for row in to_answer),
        "waiting": [row for row in rows if row.is_answerable and row.waits],
        "rest": [row for row in rows if not row.is_answerable],
        "told": list(_told(request, rows)),
        "left": [row for row in rows if row.action.pk in ids(request.GET.get("left", "")) and row.is_answerable],
        "fault": fault,
    }
    return render(request, "link/overview.html", context, status=status)


def _told(request: Any, rows: list[Row]) -> Iterator[str]:
    """What has been done by the last step, as far as it is so. One query after a step, else none."""
    sent, handed = ids(request.GET.get("sent", "")), ids(request.GET.get("handed", ""))
    reports_ = ProgressUpdate.objects.filter(action__in=sent, state=ProgressUpdate.State.SUBMITTED) if sent else ()
    by_action = {report.action_id: report for report in reports_}
    for row in rows:
        report = by_action.get(row.action.pk)
        if report and row.is_answerable:
            asks = f" It asks for {in_words(report.new_due_on)} as the new date." if report.new_due_on else ""
            yield f"Your answer on “{row.action}” is with the coordinator of {row.action.plan.partnership}.{asks}"
        if row.action.pk in handed and row.standing is Standing.NOT_YOURS:
            yield f"You have handed over “{row.action}”."


@by_link("POST")
def no_change(request: Any, visit: Visit) -> HttpResponse:
    """Hand in for each action that was ticked that nothing has changed. One that is refused leaves the others."""
    ticked = numbers(request.POST.getlist("action")[:AT_MOST])
    rows = rows_of(visit, ticked)
    if not rows:
        return _overview(
            request, visit, rows_of(visit), fault="Tick the actions on which nothing has changed.", status=400
        )
    sent, left = [], []
    for row in rows:
        seen = Seen(None, ticked[row.action.pk])
        try:
            if not row.is_answerable:
                raise NotAllowedError(row.standing.sentence)
            link_answers.no_change(row.action, seen=seen, why="", by=visit.person, on=visit.on, now=visit.now)
        except NotAllowedError:
            left.append(row.action.pk)
        else:
            sent.append(row.action.pk)
    return HttpResponseRedirect(f"./?sent={_joined(sent)}&left={_joined(left)}")


def _joined(numbers: list[int]) -> str:
    return ",".join(map(str, numbers))


@by_link("GET", "HEAD")
def action_page(request: Any, visit: Visit, pk: int) -> HttpResponse:
    """One action: how it stands, what is in hand, and what may be answered."""
    row = row_of(visit, pk)
    if row is None:
        return refused(request, NOT_IN_IT, 404)
    if not row.is_answerable:
        return not_answerable(request, visit, row)
    report = reports.in_hand(pk)
    is_owner = is_owned(row, visit)
    context = {
        "visit": visit,
        "row": row,
        "report": report,
        "kinds": offered(was_reported=bool(row.accepted), has_report=report is not None, is_owner=is_owner),
    }
    return render(request, "link/action.html", context)


def is_owned(row: Row, visit: Visit) -> bool:
    """Whether the person answers for it themself, and does not only lead the organisation that does. One query."""
    owners = ActionOwner.objects.on(visit.on).filter(action=row.action, person=visit.person, until_on__isnull=True)
    return bool(owners.exists())


def not_answerable(request: Any, visit: Visit, row: Row) -> HttpResponse:
    """What has become of it since the email."""
    return render(request, "link/not_answerable.html", {"visit": visit, "row": row}, status=410)


@by_link("GET", "HEAD", "POST")
def switch_off(request: Any, visit: Visit) -> HttpResponse:
    """Ask whether the link is to stop working; or that it does."""
    if request.method != "POST":
        return render(request, "link/switch_off.html", {"visit": visit})
    links.revoke(visit.link, by=visit.person, now=visit.now, why=link_answers.CAME_BY)
    return render(request, "link/switched_off.html")
