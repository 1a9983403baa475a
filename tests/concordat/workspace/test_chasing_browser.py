"""The console of chasing in a real browser: read a mail before it goes, hold it, let it go, try a day, settle one.

With and without JavaScript, on a phone of 320 pixels; and no page with a fault.
"""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from actionplans.chasing.planning import keep_due
from concordat.kernel.dates import today
from concordat.kernel.models import Change
from signatories.models import ChasingHold, Message, Notice
from tests import factories as make
from tests.browsers import faults_of_axe
from tests.concordat.workspace.conftest import Place, make_place
from tests.sign_in import enter

pytestmark = [pytest.mark.slow]
AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(autouse=True)
def _today() -> None:
    """The browser goes by the real time, and so do its sessions."""


@pytest.fixture
def place(transactional_db: None) -> Place:
    """A partnership with an overdue action, of which its owner is to be told, and a digest that perhaps went."""
    found = make_place()
    make.make_update(action=found.action, reported_on=today() - timedelta(days=30), state="accepted")
    action = make.make_action(
        plan=found.action.plan, reference="A1", text="Open a crisis café", due_on=today() - timedelta(days=3)
    )
    make.make_in_version(version=found.action.plan.versions.get(), action=action)
    make.make_owner(action=action, person=found.people["owner"])
    keep_due(today(), by="test")
    message = make.make_message(
        recipient=make.make_person(name="Ravi"), day=today() - timedelta(days=20), mail_state="uncertain",
        mail_moved_at=timezone.now() - timedelta(days=20), subject="Due soon", text="Hello Ravi",
    )  # fmt: skip
    make.make_notice(message=message, partnership=found.partnership, subject_id=action.pk, planned_on=message.day)
    return found


def sign_in(page: Page, url: str, place: Place, role: str) -> None:
    client = Client()
    enter(client, place.people[role])
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}])


def test_from_the_partnership_to_a_mail_a_hold_and_a_decision(phone: Page, live_server: Any, place: Place) -> None:
    page = phone
    sign_in(page, live_server.url, place, "coordinator")
    page.goto(f"/workspace/partnerships/{place.partnership.slug}/")
    page.get_by_role("link", name="Chasing: who is reminded of what next").click()
    expect(page.get_by_role("heading", name="What goes next")).to_be_visible()
    expect(page.get_by_text("It was due on")).to_be_visible()

    page.get_by_role("link", name="Read the email to Jo owner").click()
    inside = page.frame_locator("iframe[title='The email with its formatting']")
    expect(inside.get_by_role("heading", name="Actions past their due date")).to_be_visible()
    expect(inside.get_by_role("link", name="A1 Open a crisis café").first).to_be_visible()
    expect(page.get_by_role("region", name="As plain text")).to_contain_text("* A1 Open a crisis café")
    page.get_by_role("link", name="Back to what goes next").click()

    page.get_by_role("link", name="Hold it").click()
    page.get_by_role("button", name="Hold them").click()
    expect(page.get_by_role("link", name="Say why reminders are held.")).to_be_visible()
    page.get_by_label("Why are reminders held?").fill("I phoned.")
    page.get_by_role("button", name="Hold them").click()
    expect(page.get_by_text("to Jo owner” are held.")).to_be_visible()
    expect(page.get_by_text("Why: I phoned.")).to_be_visible()
    assert ChasingHold.objects.get().notice == Notice.objects.get(message=None)
    page.get_by_role("button", name="Release").click()
    expect(page.get_by_text("Reminders are released.")).to_be_visible()
    expect(page.get_by_text("Nothing is held.")).to_be_visible()

    next_year = date(today().year + 1, 6, 2)
    page.goto(f"/workspace/chasing/partnerships/{place.partnership.slug}/?on={next_year}")
    expect(page.get_by_text("This is a simulation.")).to_be_visible()
    page.get_by_role("link", name="Show today").click()

    page.get_by_role("link", name="Look at it").click()
    page.get_by_role("link", name="To Ravi").click()
    page.get_by_label("How do you know?").fill("I phoned, and nothing had come.")
    page.get_by_role("button", name="Send it again").click()
    expect(page.get_by_text("It is sent again, on a working day")).to_be_visible()
    # By what was written, for a worker of another test may have taken it up since.
    again = Change.objects.get(verb="sent again", subject_id=str(Message.objects.get().pk))
    assert (again.fields["mail_state"], again.why) == (["uncertain", "received"], "I phoned, and nothing had come.")


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_no_fault_on_any_page(browser_page: Page, live_server: Any, place: Place, scheme: str, width: int) -> None:
    chair = make.make_membership("chair", partnership=place.partnership).person
    overdue = make.make_action(plan=place.action.plan, due_on=today() - timedelta(days=200), must_do=True)
    make.make_in_version(version=place.action.plan.versions.get(), action=overdue)
    make.make_pause(person=chair, from_on=today(), until_on=today() + timedelta(days=9))
    make.make_hold(subject_type="actionplans.action", subject_id=place.action.pk)
    make.make_job_day(day=today(), begun=3, ended=1, failed=1, begun_at=timezone.now(), ended_at=timezone.now(),
                      failed_at=timezone.now(), failure="OSError")  # fmt: skip
    keep_due(today(), by="test")
    here = f"partnerships/{place.partnership.slug}/"
    reader, message = place.people["owner"].pk, Message.objects.get()
    notice = Notice.objects.filter(message=None).earliest("pk")
    pages = {
        "administrator": ["", "jobs/", "messages/"],
        "coordinator": [
            *(here, f"{here}?on=2027-06-02", f"{here}?on=x", f"notices/{notice.pk}/hold/"),
            *(f"{here}people/{reader}/", f"{here}people/{reader}/send/", f"messages/{message.pk}/"),
        ],
    }
    browser_page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    browser_page.set_viewport_size({"width": width, "height": 900})
    faults = []
    for role, addresses in pages.items():
        sign_in(browser_page, live_server.url, place, role)
        for address in addresses:
            browser_page.goto(f"/workspace/chasing/{address}")
            found = faults_of_axe(browser_page, AA)
            faults += [f"{address}: {fault['id']} {node['html'][:160]}" for fault in found for node in fault["nodes"]]
            across = browser_page.evaluate("document.documentElement.scrollWidth")
            if across > width:
                faults.append(f"{address}: {across} pixels wide")
            if browser_page.locator("h1").count() != 1:
                faults.append(f"{address}: not one h1")
    assert faults == []
