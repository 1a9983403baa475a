"""Documents in a real browser: no accessibility fault, right when narrow, a file is refused in words and then taken."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Page

from signatories.models import Document
from signatories.services import documents
from tests import factories as make
from tests import sample_files as files
from tests.browsers import faults_of_axe
from tests.concordat.workspace.conftest import NOON, Place
from tests.sign_in import enter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    """A browser and a server's threads go by the real time."""
    yield  # noqa: PT022 - in the place of one that does more


@pytest.fixture
def coordinator(browser_page: Page, live_server: Any, place: Place, tmp_path: Path, settings: Any) -> Page:
    settings.MEDIA_ROOT = tmp_path / "media"
    client = Client()
    enter(client, place.people["coordinator"])
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    browser_page.context.add_cookies([session])
    browser_page.set_viewport_size({"width": 320, "height": 900})
    return browser_page


def faults(page: Page) -> list[str]:
    found = faults_of_axe(page)
    told = [f"{page.url}: {fault['id']} {node['html'][:160]}" for fault in found for node in fault["nodes"][:2]]
    across = page.evaluate("document.documentElement.scrollWidth")
    return told if across <= 320 else [*told, f"{page.url}: {across} pixels wide"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_fault(coordinator: Page, place: Place, tmp_path: Path, scheme: str) -> None:
    page, action = coordinator, place.action
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    make.make_document(subject=action, visibility="public", html_alternative="https://example.org/page")
    make.make_document(subject=action, visibility="public", html_alternative="The same in words")
    make.make_document(subject=action, withdrawn_at=NOON, withdrawn_reason="It named a patient")
    found = []
    for address in (f"/workspace/actions/{action.pk}/", f"/actions/{action.pk}/"):
        page.goto(address)
        found += faults(page)
    page.goto(f"/workspace/actions/{action.pk}/evidence/")
    page.get_by_label("Title").fill("Minutes of the board")
    sent = tmp_path / "Minutes.pdf"
    sent.write_bytes(files.WEB_PAGE)
    page.get_by_label("File", exact=True).set_input_files(sent)
    page.get_by_role("button", name="Add it").click()
    assert page.locator("#document_file_error").inner_text().endswith("give its address as a link.")
    assert page.get_by_label("Title").input_value() == "Minutes of the board"
    found += faults(page)
    sent.write_bytes(files.pdf())
    page.get_by_label("File", exact=True).set_input_files(sent)
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**#documents")
    document = Document.objects.get(title="Minutes of the board")
    page.goto(f"/workspace/documents/{document.pk}/")
    found += faults(page)
    assert found == []


def test_a_file_is_saved_and_not_opened(coordinator: Page, place: Place) -> None:
    file = SimpleUploadedFile("a.pdf", files.pdf())
    document = documents.add_file(place.action, file, title="What we found", by="a_command", now=NOON)
    coordinator.goto(f"/workspace/documents/{document.pk}/")
    with coordinator.expect_download() as saving:
        coordinator.get_by_role("link", name="PDF, 1 KB").click()
    assert saving.value.suggested_filename == "what-we-found.pdf"
    assert Path(saving.value.path()).read_bytes() == files.pdf()
