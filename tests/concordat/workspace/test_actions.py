"""Reporting on an action in the browser: what the person sees, what is kept, and that nothing typed is lost."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from actionplans.models import ProgressUpdate
from actionplans.services.reports import in_hand
from tests import factories as make
from tests.actionplans.reporting import report
from tests.concordat.workspace.conftest import TODAY, Place
from tests.plain import plain
from tests.sign_in import enter

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
FILLED = {"status": "in_progress", "confidence": "on_track", "public_text": "The first nurse has begun.", "version": ""}


def address(place: Place, step: str = "") -> str:
    return f"/workspace/actions/{place.action.pk}/{step}"


def sent(client: Client, place: Place, *, follow: bool = True, then: str = "hand_in", **fields: Any) -> Any:
    return client.post(address(place), {**FILLED, "then": then, **fields}, follow=follow)


class TestReporting:
    def test_handed_in_it_is_with_the_coordinator(self, as_: As, place: Place) -> None:
        page = plain(sent(as_("owner"), place))
        update = place.action.updates.get()
        assert (update.state, update.public_text, update.reported_on) == (
            "submitted",
            "The first nurse has begun.",
            TODAY,
        )
        assert update.author == place.people["owner"]
        assert f"is with the coordinator of {place.partnership.name}" in page

    def test_a_draft_stays_on_the_page(self, as_: As, place: Place) -> None:
        client = as_("owner")
        page = plain(sent(client, place, then="draft", status="completed"))
        assert "Your draft is saved." in page
        assert "The first nurse has begun." in page
        assert place.action.updates.get().state == "draft"

    def test_the_public_never_sees_it_before_it_is_accepted(self, as_: As, place: Place) -> None:
        client = as_("owner")
        sent(client, place, internal_note="Between us")
        client.logout()
        page = client.get(f"/actions/{place.action.pk}/").content.decode()
        assert "nurse in the control room" in page
        assert "first nurse has begun" not in page
        assert "Between us" not in page

    def test_completed_with_its_day_and_outcome(self, as_: As, place: Place) -> None:
        day = {"completed_on_0": "30", "completed_on_1": "10", "completed_on_2": "2026"}
        sent(as_("owner"), place, status="completed", outcome_note="Calls are answered at once", **day)
        assert place.action.updates.get().completed_on == date(2026, 10, 30)


BAD: dict[str, tuple[dict[str, str], str]] = {
    "no status": ({"status": ""}, "Choose how the action stands."),
    "a status that is none": ({"status": "splendid"}, "Select a valid choice."),
    "too long": ({"public_text": "x" * 2001}, "This has 2,001 characters. Make it 2,000 or fewer."),
    "a control character": ({"public_text": "Done\x00 it"}, "This has characters that cannot be shown."),
    "another control character": ({"public_text": "Done\x07 it"}, "This has characters that cannot be shown."),
    "a mark that turns the text": ({"public_text": "Done \u202eti"}, "marks that turn the direction of the text"),
    "completed without anything": ({"status": "completed"}, "Say on which day it was completed."),
    "completed tomorrow": (
        {"status": "completed", "completed_on_0": "3", "completed_on_1": "11", "completed_on_2": "2026"},
        "The day of completion cannot be in the future.",
    ),
    "no day of the calendar": (
        {"status": "completed", "completed_on_0": "31", "completed_on_1": "2", "completed_on_2": "2026"},
        "That is not a real date.",
    ),
    "another century": (
        {"new_due_on_0": "1", "new_due_on_1": "1", "new_due_on_2": "0026"},
        "Write a year from 2010 to 2099.",
    ),
    "a new date that has passed": (
        {"new_due_on_0": "30", "new_due_on_1": "6", "new_due_on_2": "2015", "new_date_reason": "Late"},
        "The new date cannot be in the past.",
    ),
    "a new date that has passed, in words": (
        {"new_timescale_text": "by the end of June 2015", "new_date_reason": "Late"},
        "The new date cannot be in the past.",
    ),
    "a new date without a reason": (
        {"new_due_on_0": "1", "new_due_on_1": "1", "new_due_on_2": "2027"},
        "Say why the date moves.",
    ),
    "merged into nothing": ({"status": "merged"}, "Say which action it was merged into."),
    "merged into an action elsewhere": ({"status": "merged", "merged_into": "999999"}, "Select a valid choice."),
    "dropped without a reason": ({"status": "not_going_ahead"}, "Say why it is not going ahead."),
    "a version that is no number": ({"version": "x"}, "Enter a whole number."),
}


@pytest.mark.parametrize(("fields", "sentence"), BAD.values(), ids=BAD)
def test_bad_input_gets_a_sentence_and_what_was_typed_stays(
    as_: As, place: Place, fields: dict[str, str], sentence: str
) -> None:
    answer = sent(as_("owner"), place, **{"internal_note": "What I typed", **fields})
    assert answer.status_code == 400
    assert sentence in plain(answer)
    assert "What I typed" in answer.content.decode()
    assert not place.action.updates.exists()


def test_a_draft_may_have_a_new_date_that_has_passed_and_today_is_none(as_: As, place: Place) -> None:
    """It is saved while it is typed, day before month before year."""
    client, passed = as_("owner"), {"new_due_on_0": "1", "new_due_on_1": "2", "new_due_on_2": "2015"}
    sent(client, place, then="draft", new_date_reason="Late", **passed)
    draft = place.action.updates.get()
    assert (draft.state, draft.new_due_on) == ("draft", date(2015, 2, 1))
    now = {"new_due_on_0": str(TODAY.day), "new_due_on_1": str(TODAY.month), "new_due_on_2": str(TODAY.year)}
    sent(client, place, version=str(draft.version), new_date_reason="Late", **now)
    draft.refresh_from_db()
    assert (draft.state, draft.new_due_on) == ("submitted", TODAY)


def test_script_is_shown_as_text(as_: As, place: Place) -> None:
    client = as_("owner")
    sent(client, place, then="draft", public_text="<script>alert(1)</script>")
    assert "<script>alert" not in client.get(address(place)).content.decode()
    assert "&lt;script&gt;alert" in client.get(address(place)).content.decode()


class TestTwoAtOnce:
    def test_the_second_sees_both_and_chooses(self, as_: As, place: Place) -> None:
        report(place.action, TODAY, hand_in=False, by=place.people["lead"], public_text="Theirs", measure_value="12")
        answer = sent(as_("owner"), place, version="", public_text="Mine", measure_value="15")
        assert answer.status_code == 409
        page = plain(answer)
        assert "Jo lead has saved this report since you opened it" in page
        for words in ("Yours: Mine", "Theirs: Theirs", "Yours: 15", "Theirs: 12"):
            assert words in page
        assert place.action.updates.get().public_text == "Theirs"

    def test_ones_own_second_window_is_told_as_such(self, as_: As, place: Place) -> None:
        report(place.action, TODAY, hand_in=False, by=place.people["owner"], public_text="There")
        page = plain(sent(as_("owner"), place, version="", public_text="Here"))
        assert "You saved this report in another window since you opened it here" in page
        assert "It was saved on 2 November 2026, 12:00." in page
        assert "In this window: Here" in page
        assert "In the other window: There" in page
        assert "Theirs" not in page

    def test_what_was_chosen_is_saved(self, as_: As, place: Place) -> None:
        report(place.action, TODAY, hand_in=False, public_text="Theirs", measure_value="12", new_due_on=TODAY)
        chosen = {"choose-public_text": "yours", "choose-measure_value": "theirs", "choose-new_due_on": "theirs"}
        sent(as_("owner"), place, version="1", then="draft", public_text="Mine", measure_value="15", **chosen)
        update = place.action.updates.get()
        assert (update.public_text, update.measure_value, update.new_due_on) == ("Mine", "12", TODAY)
        assert update.version == 2

    def test_a_third_was_faster_again(self, as_: As, place: Place) -> None:
        report(place.action, TODAY, hand_in=False, public_text="Theirs")
        report(place.action, TODAY, hand_in=False, public_text="Theirs again")
        answer = sent(as_("owner"), place, version="1", public_text="Mine")
        assert answer.status_code == 409
        assert place.action.updates.get().public_text == "Theirs again"

    def test_it_was_accepted_meanwhile(self, as_: As, place: Place) -> None:
        make.make_update(action=place.action, reported_on=TODAY)
        answer = sent(as_("owner"), place, version="1", public_text="Mine")
        assert answer.status_code == 409
        assert "was accepted meanwhile" in plain(answer)
        assert "Mine" in answer.content.decode()


class TestNoChange:
    def test_in_one_click(self, as_: As, place: Place) -> None:
        make.make_update(action=place.action, reported_on=date(2026, 7, 3), confidence="on_track")
        client = as_("owner")
        assert "No change" in plain(client.get("/workspace/"))
        page = plain(client.post(address(place, "no-change/"), follow=True))
        assert "is with the coordinator" in page
        update = in_hand(place.action.pk)
        assert update is not None
        assert (update.state, update.is_no_change, update.confidence) == ("submitted", True, "on_track")

    def test_the_third_asks_why(self, as_: As, place: Place) -> None:
        for month in (7, 8, 9):
            make.make_update(action=place.action, reported_on=date(2026, month, 3), is_no_change=month > 7)
        client = as_("owner")
        answer = client.post(address(place, "no-change/"), {"why": " "})
        assert answer.status_code == 400
        assert "Say why nothing moves." in plain(answer)
        assert "Why does nothing move?" in plain(answer)
        client.post(address(place, "no-change/"), {"why": "The building is not ready"})
        update = in_hand(place.action.pk)
        assert update is not None
        assert update.public_text == "The building is not ready"


@pytest.mark.parametrize("why", ["bad \x07", "turned \u202e", "x" * 2001, "nul \x00"])
def test_a_word_on_no_change_is_read_like_any_other(as_: As, place: Place, why: str) -> None:
    make.make_update(action=place.action, reported_on=date(2026, 8, 3))
    answer = as_("owner").post(address(place, "no-change/"), {"why": why})
    assert answer.status_code == 400
    assert "There is a problem" in plain(answer)
    assert not place.action.updates.filter(state="submitted").exists()


def test_what_only_a_draft_of_the_plan_holds_is_not_offered_to_merge_into(as_: As, place: Place) -> None:
    secret = make.make_action(plan=place.action.plan, text="Still a secret")
    make.make_in_version(version=make.make_version(plan=place.action.plan), action=secret)
    assert "Still a secret" not in as_("owner").get(address(place)).content.decode()


def test_taking_back_what_waits(as_: As, place: Place) -> None:
    report(place.action, TODAY, by=place.people["owner"])
    client = as_("owner")
    assert "waits for the coordinator" in plain(client.get(address(place)))
    assert "is a draft again" in plain(client.post(address(place, "take-back/"), {"version": "1"}, follow=True))
    assert place.action.updates.get().state == "draft"


def test_a_returned_report_says_what_is_asked_for(as_: As, place: Place) -> None:
    make.make_update(action=place.action, state="returned", review_comment="By when, please?")
    client = as_("owner")
    assert "Returned to you (1)" in plain(client.get("/workspace/"))
    assert "By when, please?" in plain(client.get(address(place)))


WHO_MAY = {
    "owner": (200, 302),
    "lead": (200, 302),
    "coordinator": (200, 302),
    "administrator": (200, 302),
    "board member": (200, 403),
    "reviewer": (200, 403),
    "nobody": (403, 403),
}


@pytest.mark.parametrize("role", WHO_MAY)
def test_who_may_read_and_who_may_report(as_: As, place: Place, role: str) -> None:
    client = as_(role)
    read, reports = WHO_MAY[role]
    assert client.get(address(place)).status_code == read
    assert sent(client, place, follow=False).status_code == reports
    assert place.action.updates.exists() == (reports == 302)


@pytest.mark.parametrize("role", ["owner", "organisation_lead", "coordinator", "board_member"])
@pytest.mark.parametrize("step", ["", "no-change/", "take-back/"])
def test_the_same_role_elsewhere_finds_nothing(client: Client, place: Place, role: str, step: str) -> None:
    stranger = make.make_person()
    make.make_membership(role, person=stranger)
    enter(client, stranger)
    assert client.post(address(place, step), FILLED | {"then": "draft"}).status_code == 404
    assert not place.action.updates.exists()


def test_who_is_not_signed_in_signs_in_first(client: Client, place: Place) -> None:
    answer = client.get(address(place))
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"?next=%2Fworkspace%2Factions%2F{place.action.pk}%2F")


@pytest.mark.parametrize("size", [1, 12])
def test_queries(as_: As, place: Place, size: int, django_assert_num_queries: Any) -> None:
    for number in range(size):
        make.make_update(action=place.action, reported_on=date(2026, 1, number + 6), author=place.people["owner"])
        make.make_action(plan=place.action.plan)
    client = as_("owner")
    with django_assert_num_queries(22):
        client.get(address(place))


class TestOfNoPlanInForce:
    """Nothing is reported on an action of a plan that has ended, or that is a draft."""

    @pytest.fixture(autouse=True)
    def _ended(self, place: Place) -> None:
        place.action.plan.versions.update(withdrawn_on=TODAY, withdrawn_reason="x")

    def test_no_form_is_offered_and_it_says_why(self, as_: As, place: Place) -> None:
        page = plain(as_("owner").get(address(place)))
        assert "This action stands in no plan in force, so nothing is reported on it." in page
        assert "Send to the coordinator" not in page

    def test_what_was_typed_meanwhile_is_not_saved_and_not_lost(self, as_: As, place: Place) -> None:
        answer = sent(as_("owner"), place)
        assert answer.status_code == 400
        assert "What you typed is still here, and not saved." in plain(answer)
        assert "The first nurse has begun." in plain(answer)
        assert not place.action.updates.exists()

    def test_nor_as_it_is_typed_or_in_place(self, as_: As, place: Place) -> None:
        client = as_("owner")
        answer = sent(client, place, then="autosave")
        assert (answer.status_code, "in no plan in force" in answer.json()["why"]) == (409, True)
        answer = client.post(address(place), FILLED, headers={"HX-Request": "true"})
        assert "The first nurse has begun." in plain(answer)
        assert "<html" not in answer.content.decode()
        assert not place.action.updates.exists()

    def test_nor_that_nothing_has_changed(self, as_: As, place: Place) -> None:
        make.make_update(action=place.action, reported_on=date(2026, 6, 1))
        answer = as_("owner").post(address(place, "no-change/"), {"why": ""})
        assert (answer.status_code, "in no plan in force" in plain(answer)) == (400, True)
        assert place.action.updates.count() == 1

    def test_a_plan_that_mirrors_it_is_in_force(self, as_: As, place: Place) -> None:
        mirror = make.make_action(mirrors=place.action)
        make.make_in_version(version=make.make_version(plan=mirror.plan, published_on=TODAY), action=mirror)
        assert "Send to the coordinator" in plain(as_("owner").get(address(place)))


def test_the_form_begins_with_what_was_last_accepted(as_: As, place: Place) -> None:
    make.make_update(action=place.action, reported_on=date(2026, 6, 1), status="paused", confidence="off_track")
    page = as_("owner").get(address(place)).content.decode()
    chosen = re.findall(r'<input[^>]*name="(\w+)"[^>]*value="(\w*)"[^>]*checked', page)
    assert chosen == [("status", "paused"), ("confidence", "off_track")]


def test_mirrors_are_read_and_not_reported_on(as_: As, place: Place) -> None:
    mirror = make.make_action(plan=place.action.plan, mirrors=make.make_action())
    make.make_lead(action=mirror, organisation=place.police)
    make.make_owner(action=mirror, person=place.people["owner"])
    answer = as_("coordinator").post(f"/workspace/actions/{mirror.pk}/", FILLED | {"then": "hand_in"})
    assert answer.status_code == 403
    assert not ProgressUpdate.objects.exists()


class TestSignedOutMeanwhile:
    """The session ended between opening the form and sending it: what was typed comes back after signing in again."""

    def sent_too_late(self, client: Client, place: Place) -> None:
        page = client.get(address(place)).content.decode()
        who = page.partition('name="who" value="')[2].partition('"')[0]
        client.session.flush()
        answer = sent(client, place, follow=False, public_text="Two sentences that took me long.", who=who)
        assert answer.status_code == 302
        assert "?next=" in answer.headers["Location"]

    def test_what_was_typed_comes_back_to_that_person(self, as_: As, place: Place) -> None:
        client = as_("owner")
        self.sent_too_late(client, place)
        assert not place.action.updates.exists()
        page = plain(as_("owner").get(address(place)))
        assert "You had been signed out. What you typed is still here, and is not saved yet." in page
        assert "Two sentences that took me long." in page
        assert "You had been signed out" not in plain(client.get(address(place)))

    def test_nobody_else_reads_it_on_the_same_computer(self, as_: As, place: Place) -> None:
        self.sent_too_late(as_("owner"), place)
        page = plain(as_("lead").get(address(place)))
        assert "took me long" not in page
        assert "took me long" not in plain(as_("owner").get(address(place)))

    def test_nothing_is_kept_of_somebody_unknown(self, client: Client, place: Place) -> None:
        sent(client, place, follow=False, public_text="Spam", who="forged:mark")
        assert "typed" not in client.session
