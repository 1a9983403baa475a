"""Bad input of every kind in every text field of the workspace: a sentence beside the field, and nothing is lost.

The fields are found in the forms themselves. Only the answer in words is looked at here; what each form demands
besides stands in the tests of its page.
"""

import html
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from actionplans.models import ProgressUpdate
from concordat.kernel.models import Change
from concordat.look.fields import PublishedText
from signatories.models import Document
from tests import sample_files as files
from tests.concordat.workspace.conftest import TODAY, Place
from tests.concordat.workspace.every_form import FORMS, REPORT, make_there
from tests.plain import plain

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
SCRIPT = "<script>alert(1)</script>"


BAD: dict[str, tuple[Callable[[PublishedText], str], str]] = {
    "over-long": (lambda field: "x" * (field.at_most + 1), "or fewer."),
    "a control character": (lambda field: "Bell \x07 rings", "characters that cannot be shown"),
    "NUL": (lambda field: "Nothing \0 here", "characters that cannot be shown"),
    "an escape": (lambda field: "Red \x1b[31m", "characters that cannot be shown"),
    "a right-to-left mark": (lambda field: "Turned \u202e round", "marks that turn the direction"),
    "an isolating mark": (lambda field: "Turned \u2067 round", "marks that turn the direction"),
    "half a character": (lambda field: "Half \ud800 of it", "characters that cannot be shown"),
}


def text_fields() -> Iterator[tuple[str, str]]:
    """Each text field of each form."""
    return ((form, name) for form, its in FORMS.items() for name, _ in its.texts())


def sent(client: Client, address: str, data: dict[str, str]) -> Any:
    """Send it as a browser does, or worse: half a character goes as the bytes that it would have."""
    body = urlencode(data, errors="surrogatepass")
    return client.post(address, body, content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize(("form", "name"), [*text_fields()])
def test_text(as_: As, place: Place, form: str, name: str) -> None:
    there, its = make_there(place), FORMS[form]
    client, where = as_(its.role), its.address(there)
    field_id = its.ids.format(its.prefix + name)
    field: Any = its.fields.base_fields[name]
    before = Change.objects.count()
    for kind, (made, sentence) in BAD.items():
        typed = made(field)
        answer = sent(client, where, its.sent(there, name, typed))
        page = answer.content.decode()
        assert answer.status_code == 400, kind
        beside = page.partition(f'id="{field_id}_error"')[2].partition("</div>")[0]
        assert sentence in beside, kind
        kept = typed.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        assert kept[:40] in html.unescape(page), kind
    answer = sent(client, where, its.sent(there, name, f"{SCRIPT} \x07"))
    assert SCRIPT not in answer.content.decode()
    assert SCRIPT in html.unescape(answer.content.decode())
    assert Change.objects.count() == before


DAYS: dict[str, tuple[dict[str, str], str, str]] = {
    "completed tomorrow": (
        {"status": "completed", "completed_on_0": "3", "completed_on_1": "11", "completed_on_2": "2026"},
        "completed_on",
        "The day of completion cannot be in the future.",
    ),
    "a new date before the start": (
        {"new_due_on_0": "1", "new_due_on_1": "3", "new_due_on_2": "2026", "new_date_reason": "Because"},
        "new_due_on",
        "The new date cannot be before the start, 1 April 2026.",
    ),
    "no day of the calendar": (
        {"new_due_on_0": "31", "new_due_on_1": "2", "new_due_on_2": "2027"},
        "new_due_on",
        "That is not a real date.",
    ),
    "letters": ({"new_due_on_0": "a", "new_due_on_1": "\0", "new_due_on_2": "\u202e"}, "new_due_on", "not a real date"),
}


@pytest.mark.parametrize("kind", DAYS)
def test_days(as_: As, place: Place, kind: str) -> None:
    fields, name, sentence = DAYS[kind]
    place.action.starts_on, place.action.timescale_kind = TODAY.replace(month=4, day=1), "range"
    place.action.due_on, place.action.timescale_precision = TODAY.replace(month=12), "day"
    place.action.save()
    answer = as_("owner").post(f"/workspace/actions/{place.action.pk}/", {**REPORT, "public_text": "Typed", **fields})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in page.partition(f'id="id_{name}_error"')[2].partition("</div>")[0]
    assert "Typed" in page
    assert not ProgressUpdate.objects.exists()


FILES: dict[str, tuple[bytes, str, str]] = {
    "30 MB": (b"%PDF-1.7\n" + b" " * (30 * files.MEGABYTE), "a.pdf", "This file has 30 MB, and the most we take"),
    "a zip bomb": (files.bomb(), "a.xlsx", "This file unpacks to far more than it should"),
    "a PDF that is a web page": (files.WEB_PAGE, "a.pdf", "This is named .pdf but it is a web page."),
    "nothing": (b"", "a.pdf", "This file is empty."),
}


@pytest.mark.parametrize("kind", FILES)
def test_files_within_a_report(as_: As, place: Place, kind: str) -> None:
    holds, name, sentence = FILES[kind]
    sent = {"evidence-title": "Minutes", "evidence-file": SimpleUploadedFile(name, holds), "public_text": "Typed"}
    answer = as_("owner").post(f"/workspace/actions/{place.action.pk}/", {**REPORT, **sent})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in html.unescape(page.partition('id="id_evidence-file_error"')[2].partition("</div>")[0])
    assert 'href="#id_evidence-file"' in page
    assert "Typed" in page
    assert 'value="Minutes"' in page
    assert "choose it again before you send this: browsers do not keep it" in plain(answer)
    assert not ProgressUpdate.objects.exists()
    assert not Document.objects.exists()


def test_the_address_of_evidence_is_read_like_any_other(as_: As, place: Place) -> None:
    sent = {"evidence-title": "Minutes", "evidence-url": "javascript:alert(1)"}
    answer = as_("owner").post(f"/workspace/actions/{place.action.pk}/", {**REPORT, **sent})
    assert answer.status_code == 400
    assert "Write the whole address, like https://" in plain(answer)


@pytest.mark.parametrize("q", ["\0", "\ud800", "\u202e", "x" * 5000, SCRIPT])
def test_what_is_looked_for(as_: As, place: Place, q: str) -> None:
    answer = as_("coordinator").get(f"/workspace/people/?q={quote(q, errors='surrogatepass')}")
    assert answer.status_code == 200
    assert SCRIPT not in answer.content.decode()
