"""Ordering a report in a real browser, on a phone: waited for, cancelled, fetched; with and without JavaScript."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from concordat.kernel.dates import today
from concordat.reports.models import ReportOrder, ReportSchedule
from concordat.reports.services import making
from tests import factories as make
from tests.browsers import faults_of_axe
from tests.concordat.workspace.conftest import Place, make_place
from tests.concordat.workspace.test_browser import AA, signed_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(autouse=True)
def _today() -> None:
    """A browser goes by the real time."""


@pytest.fixture(autouse=True)
def _busy_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The workers have other things to do: the test itself does what they would."""
    monkeypatch.setattr("concordat.workspace.orders.hand_to_worker", lambda *_: None)


@pytest.fixture
def place(transactional_db: None) -> Place:
    make.make_area(name="Hertfordshire")
    return make_place()


def working(row: ReportOrder, **fields: Any) -> None:
    """A worker has it, and is as far as that."""
    now = timezone.now()
    claimed = {"state": "working", "claimed_at": now, "seen_at": now, "stored_as": "documents/x"}
    ReportOrder.objects.filter(pk=row.pk).update(**claimed, **fields)


def ready(row: ReportOrder) -> None:
    """The worker makes it, all the way."""
    waits = {"state": "waiting", "claimed_at": None, "seen_at": None, "stored_as": ""}
    ReportOrder.objects.filter(pk=row.pk).update(**waits)
    making.make(row.pk, by="take_order", on=today(), now=timezone.now())


def journey(page: Page, place: Place, look: Callable[[], None] = lambda: None) -> None:
    """Order it, cancel it, order it again, wait, fetch it; then have it sent each month."""
    page.goto("/reports/national.html?on=2026-10-01")
    page.get_by_role("link", name="Order it as a file").click()
    expect(page.get_by_role("heading", name="National status return on 1 October 2026")).to_be_visible()
    look()
    page.get_by_label("CSV", exact=True).check()
    page.get_by_role("button", name="Order it").click()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    look()
    page.get_by_role("button", name="Cancel it").click()
    expect(page.get_by_text("It is cancelled.")).to_be_visible()
    look()
    page.get_by_role("button", name="Order it again").click()
    page.get_by_role("button", name="Order it").click()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    row = ReportOrder.objects.latest("pk")
    working(row, rows=1234, progress=40)
    page.goto(page.url)
    expect(page.get_by_text("40 %, 1,234 rows")).to_be_visible()
    expect(page.get_by_label("How much is done")).to_have_attribute("value", "40")
    look()
    ready(row)
    page.goto(page.url)
    button = page.get_by_role("button", name="Download the file (CSV")
    expect(button).to_be_visible()
    look()
    with page.expect_download() as download:
        button.click()
    assert download.value.suggested_filename == "concordat-national-2026-10-01.csv"
    assert "Hertfordshire" in Path(download.value.path()).read_text(encoding="utf-8")
    page.get_by_role("link", name="Back to the ordered reports").click()
    expect(page.get_by_text("Ready", exact=True)).to_be_visible()
    look()
    page.goto("/reports/national.html")
    page.get_by_role("link", name="have it made regularly").click()
    page.get_by_label("On the first working day of each month").check()
    page.get_by_label("CSV", exact=True).check()
    page.get_by_label("Who gets it?").fill("nobody@example.org")
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("link", name="You cannot have it sent to this address")).to_be_visible()
    look()
    page.get_by_label("Who gets it?").fill(str(place.people["owner"].email))
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_text("It is set up.")).to_be_visible()
    look()
    page.get_by_role("button", name="Pause it").click()
    expect(page.get_by_text("Nothing is made until you resume it.")).to_be_visible()
    look()
    page.get_by_role("link", name="Back to the regular reports").click()
    expect(page.get_by_text("Paused since")).to_be_visible()
    look()


def test_from_the_report_to_its_file(phone: Page, place: Place, live_server: Any) -> None:
    journey(signed_in(phone, place, "reviewer", live_server.url), place)
    row = ReportSchedule.objects.get()
    assert (list(row.recipients.all()), row.paused_on) == ([place.people["owner"]], today())


def test_the_page_that_waits_finds_out_by_itself(browser_page: Page, place: Place, live_server: Any) -> None:
    row = make.make_report_order(ordered_by=place.people["reviewer"])
    page = signed_in(browser_page, place, "reviewer", live_server.url)
    page.goto(f"/workspace/orders/{row.pk}/")
    expect(page.get_by_role("status")).to_have_text("Waiting for its turn")
    working(row, rows=0, progress=0)
    expect(page.get_by_role("status")).to_have_text("Gathering the facts")
    working(row, rows=500, progress=50)
    expect(page.get_by_text("50 %, 500 rows")).to_be_visible()
    expect(page.get_by_label("How much is done")).to_have_js_property("value", 50)
    ready(row)
    expect(page.get_by_role("button", name="Download the file")).to_be_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_no_accessibility_fault(browser_page: Page, place: Place, live_server: Any, scheme: Any, width: int) -> None:
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.set_viewport_size({"width": width, "height": 800})
    faults: list[str] = []

    def look() -> None:
        found = faults_of_axe(browser_page, AA)
        faults.extend(f"{browser_page.url}: {fault['id']} {fault['nodes'][0]['html'][:200]}" for fault in found)
        wide = browser_page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        faults.extend([f"{browser_page.url}: {wide} pixels too wide"] if wide > 0 else [])

    journey(signed_in(browser_page, place, "reviewer", live_server.url), place, look)
    assert faults == []
