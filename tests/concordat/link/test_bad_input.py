"""Bad input of every kind in every text field of the signed link, as in the workspace; and no form is forgotten."""

import html
import importlib
import pkgutil
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.test import Client

from concordat import link
from concordat.kernel.models import Change
from concordat.link import forms as own
from concordat.link.standing import Kind
from concordat.look.fields import PublishedText
from tests import factories as make
from tests.concordat.link.conftest import Followed
from tests.concordat.workspace.conftest import TODAY
from tests.concordat.workspace.test_bad_input import BAD, SCRIPT, sent

pytestmark = pytest.mark.django_db
FORMS: dict[Kind, type[forms.Form]] = {**own.FORMS, Kind.NO_CHANGE: own.UnchangedForm}


def text_fields() -> Iterator[tuple[Kind, str]]:
    """Each text field of each form."""
    for kind, form in FORMS.items():
        for name, field in form.base_fields.items():
            if isinstance(field, PublishedText):
                yield kind, name


@pytest.mark.parametrize(("kind", "name"), [*text_fields()])
def test_text(browser: Client, followed: Followed, kind: Kind, name: str) -> None:
    for months in (1, 2, 3):  # three times “no change”: then it is asked why
        make.make_update(
            action=followed.action,
            reported_on=TODAY - timedelta(days=120 - 30 * months),
            until_on=TODAY - timedelta(days=90 - 30 * months) if months < 3 else None,
            is_no_change=True,
        )
    field: Any = FORMS[kind].base_fields[name]
    before, address = Change.objects.count(), followed.to(kind)
    for bad, (made, sentence) in BAD.items():
        typed = made(field)
        answer = sent(browser, address, {"status": "in_progress", name: typed})
        page = answer.content.decode()
        assert answer.status_code == 400, bad
        assert sentence in page.partition(f'id="id_{name}_error"')[2].partition("</div>")[0], bad
        assert typed.encode("utf-8", "surrogatepass").decode("utf-8", "replace")[:40] in html.unescape(page), bad
    answer = sent(browser, address, {name: f"{SCRIPT} \x07"})
    assert SCRIPT not in answer.content.decode()
    assert SCRIPT in html.unescape(answer.content.decode())
    assert Change.objects.count() == before


@pytest.mark.parametrize("name", ["version", "accepted"])
@pytest.mark.parametrize("value", ["x", "-1", "9" * 30, "\0", "1.5"])
def test_what_nobody_types_and_makes_no_sense(browser: Client, followed: Followed, name: str, value: str) -> None:
    answer = browser.post(followed.to("not-going-ahead"), {"reason": "No money", name: value})
    assert answer.status_code in (400, 409)
    assert followed.reports() == []


@pytest.mark.parametrize("name", ["version", "accepted"])
@pytest.mark.parametrize("kind", ["on-track", "new-date", "done", "not-going-ahead", "no-change"])
def test_a_report_that_there_never_was_is_no_fault_of_ours(
    browser: Client, followed: Followed, kind: str, name: str
) -> None:
    """Who writes a number into the form that belongs to no report reads their own words again, and sends them."""
    typed = {"status": "in_progress", "public_text": "Going on", "reason": "No money", "outcome_note": "Done"}
    typed |= {"completed_on_0": "1", "completed_on_1": "11", "completed_on_2": "2026", "new_date_reason": "Late"}
    typed |= {"new_due_on_0": "1", "new_due_on_1": "11", "new_due_on_2": "2027", name: "7"}
    answer = browser.post(followed.to(kind), typed)
    assert answer.status_code == 400 if kind == "no-change" else 409
    assert followed.reports() == []
    if kind != "no-change":
        shown = answer.context["form"]
        assert (shown["version"].value(), shown["accepted"].value()) == ("", "0")
        assert "is gone. Read yours again" in answer.content.decode()
        assert browser.post(followed.to(kind), shown.data.dict()).status_code == 302


@pytest.mark.parametrize("person", ["", "x", "-1", "9" * 30, "\0"])
def test_nobody_to_hand_over_to(browser: Client, followed: Followed, person: str) -> None:
    answer = browser.post(followed.to("hand-over"), {"person": person})
    assert answer.status_code == 400
    assert followed.action.owners.count() == 1


def test_every_form_with_a_text_is_tried() -> None:
    found = set()
    for name in {module.name for module in pkgutil.iter_modules(link.__path__)} - {"urls"}:
        for each in vars(importlib.import_module(f"concordat.link.{name}")).values():
            if not (isinstance(each, type) and issubclass(each, forms.Form)):
                continue
            has_text = any(isinstance(field, PublishedText) for field in each.base_fields.values())
            if has_text and each.__module__.startswith("concordat.link"):
                found.add(each)
    assert found == set(FORMS.values())
