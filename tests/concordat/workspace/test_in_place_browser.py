"""Reporting in place on “My work”, and drafts that save themselves, in a real browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from actionplans.models import ProgressUpdate
from concordat.kernel.dates import today
from signatories.models import Document
from tests import factories as make
from tests import sample_files as files
from tests.actionplans.reporting import report
from tests.browsers import faults_of_axe
from tests.concordat.workspace.conftest import Place, make_place
from tests.concordat.workspace.test_browser import AA, signed_in
from tests.sign_in import PASSWORD, make_account

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
A_YEAR_AGO = today().replace(year=today().year - 1, day=1)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    """A browser goes by the real time."""
    yield  # noqa: PT022 - in the place of one that does more


@pytest.fixture
def place(transactional_db: None) -> Place:
    place = make_place()
    make.make_update(action=place.action, reported_on=A_YEAR_AGO, public_text="One nurse")
    return place


@pytest.fixture
def mine(browser_page: Page, place: Place, live_server: Any) -> Page:
    """“My work” of the owner. What the browser complains of fails the test, but for answers that refuse something."""
    complaints: list[str] = []
    browser_page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    signed_in(browser_page, place, "owner", live_server.url).goto("/workspace/")
    yield browser_page  # type: ignore[misc]
    assert [each for each in complaints if "the server responded with a status of 4" not in each] == []


def row(page: Page, place: Place) -> Any:
    return page.locator(f"#action-{place.action.pk}")


def opened(page: Page, place: Place) -> Any:
    """The row with its form open; by the keyboard."""
    row(page, place).get_by_role("link", name="Report on").focus()
    page.keyboard.press("Enter")
    expect(row(page, place).get_by_role("heading", name="Report on:")).to_be_focused()
    return row(page, place)


def test_from_the_list_to_done_in_place(mine: Page, place: Place) -> None:
    """At most 4 requests and 6 things to do, from the link in a mail on."""
    asked: list[str] = []
    mine.on("request", lambda request: asked.append(request.url) if "/workspace/" in request.url else None)
    form = opened(mine, place)
    form.get_by_label("On track").check()
    form.get_by_label("What has changed?").fill("A second nurse has begun.")
    form.get_by_role("button", name="Send to the coordinator").click()
    expect(row(mine, place)).to_contain_text("Waiting for acceptance")
    expect(row(mine, place)).to_contain_text("Your report is with the coordinator of")
    expect(row(mine, place).get_by_role("link", name="Mental health nurse").first).to_be_focused()
    expect(mine.locator("#told")).to_have_text(f"Your report is with the coordinator of {place.partnership}.")
    expect(mine.locator("#to-do")).to_contain_text("Nothing needs you now.")
    assert place.action.updates.get(state="submitted").public_text == "A second nurse has begun."
    assert len(asked) <= 3  # and the list itself


def test_what_is_wrong_stands_beside_the_field_and_the_draft_closes_the_form(mine: Page, place: Place) -> None:
    form = opened(mine, place)
    form.get_by_label("Completed", exact=True).check()
    form.get_by_label("What has changed?").fill("All is done")
    form.get_by_role("button", name="Send to the coordinator").click()
    expect(form.locator(".govuk-error-summary")).to_be_focused()
    expect(form.locator(f"#action-{place.action.pk}-outcome_note_error")).to_contain_text("needs an outcome")
    expect(form.get_by_label("What has changed?")).to_have_value("All is done")
    form.get_by_role("link", name="Say what came of it").click()
    expect(form.get_by_label("What came of it?")).to_be_focused()
    form.get_by_role("button", name="Save as a draft").click()
    expect(row(mine, place)).to_contain_text("Your draft is saved.")
    expect(row(mine, place).get_by_role("link", name="Go on with the draft")).to_be_visible()
    assert place.action.updates.get(state="draft").public_text == "All is done"


def test_no_change_and_closing(mine: Page, place: Place) -> None:
    form = opened(mine, place)
    form.get_by_role("link", name="Close").click()
    expect(row(mine, place).get_by_role("link", name="Report on")).to_be_visible()
    row(mine, place).get_by_role("button", name="No change").click()
    expect(row(mine, place)).to_contain_text("Your “no change” is with the coordinator")
    assert place.action.updates.get(state="submitted").is_no_change


def test_the_third_no_change_asks_why_in_place(mine: Page, place: Place) -> None:
    for month in (1, 2):
        make.make_update(action=place.action, reported_on=today().replace(day=1, month=month), is_no_change=True)
    row(mine, place).get_by_role("button", name="No change").click()
    form = row(mine, place)
    why = form.get_by_label("Why does nothing move?")
    expect(form.locator(".govuk-error-summary")).to_be_focused()
    why.fill("The building is not ready")
    form.get_by_role("button", name="No change").click()
    expect(row(mine, place)).to_contain_text("is with the coordinator")


def test_two_at_once_in_place(mine: Page, place: Place) -> None:
    form = opened(mine, place)
    form.get_by_label("What has changed?").fill("Mine")
    report(place.action, today(), hand_in=False, by=place.people["lead"], public_text="Theirs")
    form.get_by_role("button", name="Send to the coordinator").click()
    expect(form.get_by_role("alert").first).to_be_focused()
    expect(form).to_contain_text("Jo lead has saved this report since you opened it")
    expect(form.get_by_label("Theirs: Theirs")).to_be_visible()
    form.get_by_role("button", name="Send to the coordinator").click()
    expect(row(mine, place)).to_contain_text("Waiting for acceptance")
    assert place.action.updates.get(state="submitted").public_text == "Mine"


def test_the_session_ended_meanwhile(mine: Page, place: Place) -> None:
    owner = make_account(name="Jo the other owner")
    make.make_membership("owner", person=owner, organisation=place.police)
    make.make_owner(action=place.action, person=owner)
    place.people["second"] = owner
    base = mine.url.partition("/workspace")[0]
    signed_in(mine, place, "second", base).goto("/workspace/")
    form = opened(mine, place)
    form.get_by_label("What has changed?").fill("Two sentences that took me long.")
    Session.objects.all().delete()
    form.get_by_role("button", name="Send to the coordinator").click()
    mine.wait_for_url("**/accounts/login/**")
    mine.get_by_label("Email address").fill(owner.email or "")
    mine.get_by_label("Password").fill(PASSWORD)
    mine.get_by_role("button", name="Sign in", exact=True).click()
    mine.wait_for_url(f"**/workspace/actions/{place.action.pk}/")
    expect(mine.get_by_label("What has changed?")).to_have_value("Two sentences that took me long.")
    assert not ProgressUpdate.objects.filter(state="submitted").exists()


def test_evidence_goes_with_the_report(mine: Page, place: Place, tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    sent = tmp_path / "Minutes.pdf"
    sent.write_bytes(files.pdf())
    form = opened(mine, place)
    form.get_by_text("Add evidence: a file or a link").click()
    form.get_by_label("Title").fill("Minutes of the board")
    form.get_by_label("File", exact=True).set_input_files(sent)
    form.get_by_role("button", name="Send to the coordinator").click()
    expect(row(mine, place)).to_contain_text("Waiting for acceptance")
    assert Document.objects.about(place.action).get().title == "Minutes of the board"


class TestDrafts:
    @pytest.fixture
    def page(self, browser_page: Page, place: Place, live_server: Any) -> Page:
        browser_page.clock.install()
        page = signed_in(browser_page, place, "owner", live_server.url)
        page.goto(f"/workspace/actions/{place.action.pk}/")
        return page

    def test_what_is_typed_is_saved_and_then_sent(self, page: Page, place: Place) -> None:
        text = page.get_by_label("What has changed?")
        text.press_sequentially("A second")
        page.clock.fast_forward(3100)
        expect(page.locator("[data-told]")).to_contain_text("Draft saved at ")
        assert place.action.updates.get(state="draft").public_text == "A second"
        text.press_sequentially(" nurse")
        page.clock.fast_forward(31_000)
        expect(page.locator("input[name=version]").first).to_have_value("2")
        page.get_by_role("button", name="Send to the coordinator").click()
        expect(page.get_by_text("is with the coordinator of")).to_be_visible()
        assert place.action.updates.get(state="submitted").public_text == "A second nurse"

    def test_it_stops_where_somebody_else_was_faster(self, page: Page, place: Place) -> None:
        report(place.action, today(), hand_in=False, by=place.people["lead"], public_text="Theirs")
        page.get_by_label("What has changed?").press_sequentially("Mine")
        page.clock.fast_forward(3100)
        expect(page.locator("[data-told]")).to_contain_text("Somebody else has saved this report meanwhile.")
        assert place.action.updates.get(state="draft").public_text == "Theirs"
        page.get_by_role("button", name="Save as a draft").click()
        expect(page.get_by_text("Yours: Mine")).to_be_visible()

    def test_signed_out_meanwhile(self, page: Page, place: Place) -> None:
        Session.objects.all().delete()
        page.get_by_label("What has changed?").press_sequentially("Mine")
        page.clock.fast_forward(3100)
        expect(page.locator("[data-told]")).to_contain_text("You are signed out.")
        expect(page.get_by_label("What has changed?")).to_have_value("Mine")


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_no_accessibility_fault(mine: Page, place: Place, scheme: Any, width: int) -> None:
    mine.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    mine.set_viewport_size({"width": width, "height": 900})
    found: list[str] = []

    def look(step: str) -> None:
        faults = faults_of_axe(mine, AA)
        found.extend(f"{step}: {fault['id']} {node['html'][:150]}" for fault in faults for node in fault["nodes"][:2])
        if mine.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{step}: too wide")

    look("list")
    form = opened(mine, place)
    form.get_by_text("Add evidence: a file or a link").click()
    look("open")
    form.get_by_label("Completed", exact=True).check()
    form.get_by_role("button", name="Send to the coordinator").click()
    expect(form.locator(".govuk-error-summary")).to_be_focused()
    look("refused")
    report(place.action, today(), hand_in=False, by=place.people["lead"], public_text="Theirs")
    form.get_by_role("button", name="Save as a draft").click()
    expect(form).to_contain_text("Jo lead has saved this report")
    look("both")
    form.get_by_role("button", name="Save as a draft").click()
    expect(row(mine, place)).to_contain_text("Your draft is saved.")
    look("done")
    assert found == []
