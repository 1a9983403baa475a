"""Saving a draft while its author types (static/js/drafts.js): answers in JSON, and never in somebody else's way."""

from datetime import date
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils import timezone

from actionplans.models import Action
from actionplans.services import reports
from concordat.workspace.reporting import report_form
from signatories.services.errors import FasterError, NotAllowedError

FASTER = "Somebody else has saved this report meanwhile. Yours is not saved as you type any more: save it to see both."


def save_as_typed(request: Any, action: Action, on: date) -> HttpResponse:
    """Save it if it still is what its author opened. Gives its new version and the time in London, or why not."""
    form, now = report_form(action, on, request.POST), timezone.now()
    if not form.is_valid():
        sentence = next(sentence for _, sentence in form.error_links())
        return JsonResponse({"why": f"Not saved as a draft yet. {sentence}"}, status=400)
    given = {"version": form.cleaned_data["version"], "by": request.user, "on": on, "now": now}
    try:
        saved = reports.save_report(action, form.answer(), hand_in=False, as_typed=True, **given)
    except FasterError:
        return JsonResponse({"why": FASTER}, status=409)
    except NotAllowedError as error:
        return JsonResponse({"why": str(error)}, status=409)
    return JsonResponse({"version": saved.version, "at": f"{timezone.localtime(now):%H:%M}"})
