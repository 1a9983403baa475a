"""One answer of each kind, and how a browser sends it."""

from datetime import date
from typing import Any

from django.test import Client

from actionplans.models import Action, ProgressUpdate
from concordat.kernel.models import Change
from tests import factories as make
from tests.concordat.link.conftest import Followed

BEFORE = date(2026, 7, 1)
GOING_ON = {"status": "in_progress", "confidence": "on_track", "public_text": "Two nurses were hired."}
NEW_DATE = {
    "status": "in_progress",
    "new_timescale_text": "",
    **{"new_due_on_0": "30", "new_due_on_1": "6", "new_due_on_2": "2027"},
    "new_date_reason": "The building is late.",
}
DONE = {
    **{"completed_on_0": "1", "completed_on_1": "11", "completed_on_2": "2026"},
    "outcome_note": "A nurse is there day and night.",
}
DROPPED = {"reason": "The force has no money for it."}
ANSWERS: dict[str, tuple[dict[str, str], dict[str, Any]]] = {
    "on-track": (
        GOING_ON,
        {"status": "in_progress", "confidence": "on_track", "public_text": "Two nurses were hired."},
    ),
    "new-date": (
        NEW_DATE,
        {"status": "in_progress", "new_due_on": date(2027, 6, 30), "new_date_reason": "The building is late."},
    ),
    "done": (
        DONE,
        {"status": "completed", "completed_on": date(2026, 11, 1), "outcome_note": "A nurse is there day and night."},
    ),
    "not-going-ahead": (DROPPED, {"status": "not_going_ahead", "reason": "The force has no money for it."}),
}


def accepted(action: Action, on: date = BEFORE, **fields: Any) -> ProgressUpdate:
    """What was reported before."""
    return make.make_update(action=action, reported_on=on, **({"status": "in_progress"} | fields))


def form_of(browser: Client, address: str) -> dict[str, str]:
    """What the form of a page holds that nobody types."""
    context = browser.get(address).context
    form = context["form"]
    return {field.name: str(field.value() if field.value() is not None else "") for field in form.hidden_fields()}


def send(browser: Client, followed: Followed, kind: str, typed: dict[str, str], **besides: str) -> Any:
    """Open the form and send it."""
    return browser.post(followed.to(kind), form_of(browser, followed.to(kind)) | typed | besides)


def reasons(row: Any) -> list[tuple[str, str]]:
    return [(change.verb, change.why) for change in Change.objects.about(row)]


def form_in(answer: Any) -> dict[str, str]:
    """What the hidden form of “both versions” would send."""
    form = answer.context["form_data"]
    return {**form.data.dict()}
