"""An action of “My work” with its report form, in its place in the list: what htmx asks for and swaps in.

Each answer is the row of the action alone. The same addresses without htmx are whole pages (`actions.py`).
"""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from actionplans.models import Action
from actionplans.services import reports
from concordat.workspace.differing import saved_last
from concordat.workspace.forms import NoChangeForm, ReportForm, differences
from concordat.workspace.mine import listed
from concordat.workspace.reporting import around, report_form


def is_asked_for(request: Any) -> bool:
    """Whether the answer takes the place of a row."""
    return bool(getattr(request, "htmx", False))


def auto_id(action: Action) -> str:
    """The ids of the fields: several forms may be open in one list."""
    return f"action-{action.pk}-%s"


def no_change_form(action: Action, *sent: Any) -> NoChangeForm:
    """The form beside that of the report."""
    return NoChangeForm(*sent, auto_id=f"action-{action.pk}-no-change-%s")


def opened(
    request: Any,
    action: Action,
    on: date,
    form: ReportForm | None = None,
    status: int = 200,
    *,
    no_change: NoChangeForm | None = None,
) -> HttpResponse:
    """The row with its form open."""
    context = around(action, request.user) | {
        "form": form or report_form(action, on, auto_id=auto_id(action)),
        "no_change": no_change or no_change_form(action),
    }
    return render(request, "workspace/in_place/opened.html", context, status=status)


def both(request: Any, action: Action, form: ReportForm) -> HttpResponse:
    """Two versions of a report, field by field; in the place of its row, or as a page."""
    current = reports.in_hand(action.pk)
    assert current is not None  # noqa: S101 - the caller has looked
    context = {
        "action": action,
        "current": current,
        "saved": saved_last(current, request.user),
        "form_data": form,
        "differences": differences(form, current),
    }
    template = "workspace/in_place/both.html" if is_asked_for(request) else "workspace/both.html"
    return render(request, template, context, status=409)


def closed(request: Any, action: Action, on: date, told: str = "") -> HttpResponse:
    """The row as it is in the list, with what was done, if anything."""
    context = listed(request, on)
    works = [work for _, those in context["groups"] for work in those if work.action.id == action.pk]
    context |= {"work": works[0] if works else None, "action": action, "told": told, "is_swapped": True}
    return render(request, "workspace/in_place/closed.html", context)
