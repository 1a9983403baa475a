"""Freezing a board's paper in a real browser, on a phone: from the meeting to the paper and its files."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from concordat.kernel.dates import today
from concordat.reports.models import FrozenReport
from concordat.sentences import in_words
from tests import factories as make
from tests.browsers import faults_of_axe
from tests.concordat.workspace.conftest import Place, make_place
from tests.concordat.workspace.test_browser import AA, signed_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(autouse=True)
def _today() -> None:
    """A browser goes by the real time."""


@pytest.fixture
def place(transactional_db: None) -> Place:
    return make_place()


def faults(page: Page) -> list[str]:
    return [each["id"] for each in faults_of_axe(page, AA)]


def test_from_the_meeting_to_the_paper(browser_page: Page, place: Place, live_server: Any) -> None:
    meeting = make.make_meeting(partnership=place.partnership, held_on=today() + timedelta(days=9))
    page = signed_in(browser_page, place, "coordinator", live_server.url)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{live_server.url}/workspace/meetings/{meeting.pk}/")
    page.get_by_role("button", name="Freeze the board paper").click()
    expect(page.get_by_text("It never changes.").first).to_be_visible()
    assert faults(page) == []
    page.get_by_role("link", name=f"Board paper as at {in_words(today())}").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Board paper as at {in_words(today())}")
    expect(page.get_by_text("No update provided", exact=True).first).to_be_visible()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").click()
    frozen = FrozenReport.objects.get()
    assert download.value.suggested_filename.endswith(f"{frozen.as_at}-frozen.pdf")
    page.get_by_role("link", name="the same report by today’s records").click()
    expect(page.get_by_label("Meeting")).to_have_value(str(meeting.pk))
    assert faults(page) == []
    page.go_back()
    page.get_by_role("link", name="The meeting", exact=True).click()
    expect(page.get_by_role("button", name="Freeze a further paper")).to_be_visible()
