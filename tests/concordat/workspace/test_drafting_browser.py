"""Drafting a plan in a real browser, on a phone: begun, worded, ordered, submitted, without a fault."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from actionplans.models import ActionInVersion, PlanVersion
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
    place = make_place()
    make.cover(place.action.plan, make.make_area(name="Westshire"))
    make.make_member(partnership=place.partnership, organisation=place.police)
    other = make.make_action(plan=place.action.plan, reference="B2", text="A crisis café")
    make.make_in_version(version=place.action.in_versions.get().version, action=other, position=1)
    make.make_section(title="Urgent help")
    make.make_theme(name="Street triage")
    programme = place.partnership.programme
    programme.core_signatory_types = ["police", "ambulance_trust"]
    programme.save()
    return place


def test_a_coordinator_from_the_next_version_to_its_submission(phone: Page, place: Place, live_server: Any) -> None:
    page = signed_in(phone, place, "coordinator", live_server.url)
    page.goto(f"/workspace/partnerships/{place.partnership.slug}/")
    page.get_by_role("button", name="Begin the next version").click()
    expect(page.get_by_text("The draft is begun")).to_be_visible()
    page.get_by_role("link", name="Add and edit its actions").click()
    page.get_by_role("button", name=re.compile("Move up.*B2")).click()
    expect(page.get_by_text("is one place further up")).to_be_visible()
    page.get_by_role("link", name="Mental health nurse").click()
    page.get_by_label("What will be done?").fill("Two nurses in the control room")
    page.get_by_role("button", name="Save it in the draft").click()
    expect(page.get_by_text("Two nurses in the control room").first).to_be_visible()
    page.get_by_role("link", name="Back to the version").click()
    for label, day in (("First day of the plan", "1 4 2027"), ("Last day of the plan", "31 3 2029")):
        for part, number in zip(("Day", "Month", "Year"), day.split(), strict=True):
            page.get_by_role("group", name=label).get_by_label(part).fill(number)
    page.get_by_role("button", name="Save and submit").click()
    expect(page.get_by_text("is with the national reviewers")).to_be_visible()
    version = PlanVersion.objects.get(state="submitted")
    assert list(version.actions.values_list("text", flat=True)) == ["A crisis café", "Two nurses in the control room"]
    place.action.refresh_from_db()
    assert place.action.text == "Mental health nurse in the control room"


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_no_accessibility_fault(browser_page: Page, place: Place, live_server: Any, scheme: Any, width: int) -> None:
    draft = make.make_version(plan=place.action.plan)
    line = make.make_in_version(version=draft, action=place.action, timescale_text="by June")
    first = make.make_version(plan=make.make_plan(partnership=place.partnership))
    make.cover(first.plan, make.make_area())
    promise = make.make_promise(commitment=make.make_commitment(partnership=place.partnership))
    declaration = make.make_declaration(partnership=place.partnership)
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.set_viewport_size({"width": width, "height": 800})
    signed_in(browser_page, place, "coordinator", live_server.url)
    partnership = f"/workspace/partnerships/{place.partnership.slug}/"
    version = f"/workspace/versions/{draft.pk}/"
    faults: list[str] = []
    for address in (
        partnership,
        f"{partnership}plans/new/",
        f"{partnership}commitments/",
        f"{partnership}commitments/new/",
        f"/workspace/commitments/{promise.commitment_id}/end/",
        f"/workspace/promises/{promise.pk}/",
        version,
        f"{version}abandon/",
        f"{version}areas/",
        f"/workspace/versions/{first.pk}/areas/",
        f"{version}actions/",
        f"{version}actions/{line.pk}/",
        f"{version}actions/{line.pk}/leave-out/",
        f"/workspace/declarations/{declaration.pk}/",
    ):
        browser_page.goto(f"{live_server.url}{address}")
        found = faults_of_axe(browser_page, AA)
        faults += [f"{address}: {fault['id']} {fault['nodes'][0]['html']}" for fault in found]
        wide = browser_page.evaluate("document.documentElement.scrollWidth")
        faults += [f"{address}: {wide} pixels wide"] if wide > width else []
    assert faults == []
    assert ActionInVersion.objects.filter(version=draft).count() == 1
