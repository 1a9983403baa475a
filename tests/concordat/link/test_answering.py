"""What each answer by a signed link does in the database, and what it is kept from doing."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from actionplans.models import ActionOwner, ProgressUpdate
from actionplans.services.link_answers import CAME_BY
from concordat.kernel.models import Change
from tests import factories as make
from tests.actionplans.reporting import report
from tests.concordat.link.answers import ANSWERS, BEFORE, DONE, GOING_ON, NEW_DATE, accepted, form_of, reasons, send
from tests.concordat.link.conftest import Followed, another_action, everything, follow
from tests.concordat.workspace.conftest import TODAY, Place
from tests.plain import plain

pytestmark = pytest.mark.django_db
BY_WORDS = {"new_due_on_0": "", "new_due_on_1": "", "new_due_on_2": ""}


class TestEachAnswer:
    @pytest.mark.parametrize("was_reported", [False, True])
    @pytest.mark.parametrize("kind", ANSWERS)
    def test_is_a_report_of_that_person_that_waits(
        self, browser: Client, followed: Followed, kind: str, was_reported: bool
    ) -> None:
        if was_reported:
            accepted(followed.action, confidence="at_risk", measure_value="4")
        typed, expected = ANSWERS[kind]
        answer = send(browser, followed, kind, typed)
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"../?sent={followed.action.pk}"
        made = followed.reports()[-1]
        assert {name: getattr(made, name) for name in expected} == expected
        assert (made.state, made.author, made.reported_on) == ("submitted", followed.owner, TODAY)
        empty = {"internal_note", "measure_value", "merged_into_id", "public_text", "outcome_note", "reason"}
        assert not any(getattr(made, name) for name in empty - expected.keys())
        assert reasons(made) == [("handed in", CAME_BY)]
        assert Change.objects.about(made).get().by == followed.owner
        page = plain(browser.get(f"{followed.base}?sent={followed.action.pk}"))
        assert "Your answer on “B1 Mental health nurse in the control room” is with the coordinator" in page
        assert "All is sent" in page

    def test_no_change_is_as_it_was_last_reported(self, browser: Client, followed: Followed) -> None:
        accepted(followed.action, confidence="at_risk", measure_value="4", public_text="Interviews")
        page = plain(browser.get(followed.to("no-change")))
        assert "Reported on 1 July 2026 In progress, at risk Interviews" in page
        assert "Why does nothing move?" not in page
        assert send(browser, followed, "no-change", {}).headers["Location"] == f"../?sent={followed.action.pk}"
        made = followed.reports()[-1]
        assert (made.is_no_change, made.status, made.confidence) == (True, "in_progress", "at_risk")
        assert (made.measure_value, made.state, made.author) == ("4", "submitted", followed.owner)
        assert reasons(made) == [("handed in", CAME_BY)]

    def test_the_third_no_change_says_why(self, browser: Client, followed: Followed) -> None:
        accepted(followed.action, BEFORE, is_no_change=True, until_on=BEFORE + timedelta(days=31))
        accepted(followed.action, BEFORE + timedelta(days=31), is_no_change=True)
        assert "Why does nothing move?" in plain(browser.get(followed.to("no-change")))
        refused = send(browser, followed, "no-change", {})
        assert refused.status_code == 400
        assert "Say why nothing moves." in plain(refused)
        assert send(browser, followed, "no-change", {"why": "We wait for the lease."}).status_code == 302
        assert followed.reports()[-1].public_text == "We wait for the lease."

    def test_no_change_needs_something_before(self, browser: Client, followed: Followed) -> None:
        assert "Nothing has changed since last time" not in plain(browser.get(f"{followed.base}{followed.action.pk}"))
        refused = send(browser, followed, "no-change", {})
        assert refused.status_code == 400
        assert "Nothing is reported on this action yet. Say how it stands." in plain(refused)
        assert followed.reports() == []

    def test_a_new_date_in_words_is_read_and_told(self, browser: Client, followed: Followed) -> None:
        words = NEW_DATE | BY_WORDS | {"new_timescale_text": "June 2027"}
        assert send(browser, followed, "new-date", words).status_code == 302
        assert followed.reports()[-1].new_due_on == date(2027, 6, 30)
        page = plain(browser.get(f"{followed.base}?sent={followed.action.pk}"))
        assert "It asks for 30 June 2027 as the new date." in page

    @pytest.mark.parametrize(
        ("kind", "typed", "sentence"),
        [
            ("done", {}, "Say on which day it was completed."),
            ("done", DONE | {"outcome_note": " "}, "a completed action needs an outcome"),
            ("done", DONE | {"completed_on_1": "12"}, "The day of completion cannot be in the future."),
            ("new-date", NEW_DATE | {"new_date_reason": ""}, "Say why the date moves."),
            ("new-date", {"status": "in_progress", "new_date_reason": "Late"}, "Give the new date."),
            ("new-date", NEW_DATE | {"new_due_on_0": "31"}, "That is not a real date."),
            ("new-date", NEW_DATE | {"new_due_on_2": "2015"}, "The new date cannot be in the past."),
            ("new-date", NEW_DATE | {"new_due_on_1": "10", "new_due_on_2": "2026"}, "cannot be in the past."),
            ("new-date", NEW_DATE | BY_WORDS | {"new_timescale_text": "June 2015"}, "cannot be in the past."),
            ("new-date", NEW_DATE | {"new_timescale_text": "soon", "new_due_on_0": ""}, "must include a day"),
            ("on-track", {}, "Choose how the action stands."),
            ("on-track", {"status": "completed"}, "is not one of the available choices"),
            ("on-track", GOING_ON | {"confidence": "sure"}, "is not one of the available choices"),
            ("not-going-ahead", {}, "Say why it is not going ahead."),
        ],
    )
    def test_what_it_lacks_is_said_and_nothing_typed_is_lost(
        self, browser: Client, followed: Followed, kind: str, typed: dict[str, str], sentence: str
    ) -> None:
        refused = send(browser, followed, kind, typed)
        assert refused.status_code == 400
        assert sentence in plain(refused)
        page = refused.content.decode()
        assert all(text in page for name, text in typed.items() if name.endswith(("note", "reason", "text")))
        assert followed.reports() == []

    def test_nothing_but_what_the_answer_asks_for_is_taken(self, browser: Client, followed: Followed) -> None:
        more = {
            "status": "merged",
            "internal_note": "Psst",
            "then": "draft",
            "evidence-title": "x",
            "state": "accepted",
        }
        assert send(browser, followed, "done", DONE, **more).status_code == 302
        [made] = followed.reports()
        assert (made.status, made.internal_note, made.state) == ("completed", "", "submitted")

    def test_what_the_coordinator_returned_is_there_to_be_mended(self, browser: Client, followed: Followed) -> None:
        accepted(followed.action)
        returned = make.make_update(
            action=followed.action, reported_on=TODAY, status="in_progress", state="returned",
            review_comment="Since when?", public_text="Hired", author=followed.owner,
        )  # fmt: skip
        page = browser.get(followed.to("on-track"))
        assert "Since when?" in plain(page)
        assert "Hired</textarea>" in page.content.decode()
        assert send(browser, followed, "on-track", GOING_ON).status_code == 302
        returned.refresh_from_db()
        assert (returned.state, returned.public_text) == ("submitted", "Two nurses were hired.")

    @pytest.mark.parametrize(
        ("kind", "stays"),
        [
            ("on-track", {"new_due_on", "new_timescale_text", "new_date_reason"}),
            ("new-date", {"public_text", "confidence"}),
            ("done", {"public_text"}),
            ("not-going-ahead", {"public_text"}),
        ],
    )
    def test_what_a_returned_report_says_besides_stays(
        self, browser: Client, followed: Followed, kind: str, stays: set[str]
    ) -> None:
        """Another kind of answer asks for other fields: what stands in the rest is not emptied unseen."""
        accepted(followed.action)
        returned = self.returned(followed)
        was = {name: getattr(returned, name) for name in {*stays, "internal_note", "measure_value"}}
        opened = plain(browser.get(followed.to(kind)))
        assert "stays as you reported it:" in opened
        assert "the note for the partnership, what the measure is" in opened
        assert "Jo knows" not in opened
        typed, said = ANSWERS[kind]
        sent = form_of(browser, followed.to(kind)) | typed
        for _ in range(2):  # the same once more is the same report
            assert browser.post(followed.to(kind), sent).headers["Location"] == f"../?sent={followed.action.pk}"
        _, made = followed.reports()
        assert {name: getattr(made, name) for name in was | said} == was | said
        assert (made.pk, made.state) == (returned.pk, "submitted")
        assert (made.confidence, made.new_due_on) == (
            was.get("confidence", said.get("confidence", "")),
            was.get("new_due_on", said.get("new_due_on")),
        )

    def returned(self, followed: Followed, **fields: Any) -> ProgressUpdate:
        own = {
            **{
                "confidence": "at_risk",
                "public_text": "One nurse.",
                "internal_note": "Jo knows",
                "measure_value": "42",
            },
            **{"new_due_on": date(2027, 3, 31), "new_timescale_text": "spring 2027", "new_date_reason": "The lease."},
        }
        return make.make_update(
            action=followed.action, author=followed.owner, reported_on=TODAY, status="in_progress", state="returned",
            review_comment="Say more.", **(own | fields),
        )  # fmt: skip

    def test_but_no_new_date_that_has_passed(self, browser: Client, followed: Followed) -> None:
        self.returned(followed, new_due_on=TODAY - timedelta(days=1))
        assert "the new date" not in plain(browser.get(followed.to("on-track")))
        assert send(browser, followed, "on-track", GOING_ON).status_code == 302
        [made] = followed.reports()
        assert (made.new_due_on, made.new_date_reason, made.measure_value) == (None, "", "42")


class TestHandingOver:
    @pytest.fixture
    def colleague(self, place: Place) -> Any:
        person = make.make_person(name="Ann Colleague", email="ann@police.example")
        make.make_membership("owner", person=person, organisation=place.police)
        return person

    def test_a_colleague_answers_instead_from_today(self, browser: Client, followed: Followed, colleague: Any) -> None:
        page = plain(browser.get(followed.to("hand-over")))
        assert "Ann Colleague, Northshire Police" in page
        assert "@" not in page
        answer = browser.post(followed.to("hand-over"), {"person": str(colleague.pk)})
        assert answer.headers["Location"] == f"../?handed={followed.action.pk}"
        before, after = ActionOwner.objects.filter(action=followed.action).order_by("pk")
        assert (before.person, before.until_on) == (followed.owner, TODAY)
        assert (after.person, after.from_on, after.until_on) == (colleague, TODAY, None)
        assert [*reasons(before), *reasons(after)] == [("ended", CAME_BY), ("created", CAME_BY)]
        page = plain(browser.get(f"{followed.base}?handed={followed.action.pk}"))
        assert "You have handed over “B1 Mental health nurse in the control room”." in page
        assert "You do not answer for this action any more." in page

    def test_twice_is_once(self, browser: Client, followed: Followed, colleague: Any) -> None:
        for _ in range(2):
            answer = browser.post(followed.to("hand-over"), {"person": str(colleague.pk)})
            assert answer.headers["Location"] == f"../?handed={followed.action.pk}"
        assert ActionOwner.objects.filter(action=followed.action).count() == 2

    def test_who_cannot_be_told_apart_or_is_elsewhere_is_not_offered(
        self, browser: Client, followed: Followed, colleague: Any
    ) -> None:
        twin = make.make_person(name="Ann Colleague", email="another@police.example")
        make.make_membership("owner", person=twin, organisation=followed.place.police)
        stranger = make.make_membership("owner").person
        page = plain(browser.get(followed.to("hand-over")))
        assert "Ann Colleague" not in page
        before = everything()
        for somebody in (colleague, twin, stranger, followed.owner):
            refused = browser.post(followed.to("hand-over"), {"person": str(somebody.pk)})
            assert refused.status_code == 400
            assert "Choose a person from the list." in plain(refused)
        assert everything() == before

    def test_the_lead_who_does_not_answer_for_it_does_not_hand_it_over(
        self, browser: Client, place: Place, colleague: Any
    ) -> None:
        message = make.make_message(recipient=place.people["lead"], day=TODAY)
        followed = Followed(place, make.make_link(message=message, actions=[place.action]))
        assert browser.post(followed.to("hand-over"), {"person": str(colleague.pk)}).status_code == 404
        assert ActionOwner.objects.count() == 1


class TestWhatIsNoLongerTheirs:
    @pytest.fixture(params=["handed over", "left the post", "closed", "no plan in force", "not in the email"])
    def gone(self, request: Any, followed: Followed) -> tuple[int, str]:
        """What became of the action, and how its page says so."""
        action, owner = followed.action, followed.owner
        match request.param:
            case "handed over":
                ActionOwner.objects.filter(action=action).update(until_on=TODAY)
                return 410, "You do not answer for this action any more. It was handed over, or your role has ended."
            case "left the post":
                owner.memberships.update(until_on=TODAY)
                return 410, "You do not answer for this action any more. It was handed over, or your role has ended."
            case "closed":
                accepted(action, status="completed", completed_on=BEFORE, outcome_note="Done")
                return 410, "This action is closed, so nothing is asked of you."
            case "no plan in force":
                action.plan.versions.update(withdrawn_on=TODAY, withdrawn_reason="A mistake")
                return 410, "This action stands in no plan in force, so nothing is asked of you."
        type(followed.link).objects.update(action_ids=[another_action(followed.place).pk])
        return 404, "The email did not ask you about this action"

    def test_its_pages_say_so_and_nothing_is_done(
        self, browser: Client, followed: Followed, gone: tuple[int, str]
    ) -> None:
        status, sentence = gone
        before = everything()
        addresses = [f"{followed.base}{followed.action.pk}", *map(followed.to, (*ANSWERS, "no-change", "hand-over"))]
        for address in addresses:
            page = browser.get(address)
            assert (page.status_code, sentence in plain(page)) == (status, True)
        for kind, (typed, _) in ANSWERS.items():
            assert browser.post(followed.to(kind), typed | {"accepted": "0"}).status_code == status
        browser.post(f"{followed.base}no-change", {"action": f"{followed.action.pk}-0"})
        browser.post(followed.to("hand-over"), {"person": str(followed.place.people["lead"].pk)})
        assert everything() == before

    def test_the_list_says_so_too(self, browser: Client, followed: Followed, gone: tuple[int, str]) -> None:
        page = plain(browser.get(followed.base))
        if gone[0] == 410:
            assert gone[1] in page
            assert "Nothing to answer (1)" in page
        else:
            assert "nurse in the control room" not in page


class TestSignInToClose:
    @pytest.fixture(autouse=True)
    def _demanded(self, followed: Followed) -> None:
        type(followed.place.partnership).objects.update(sign_in_to_close=True)

    @pytest.mark.parametrize("kind", ["done", "not-going-ahead"])
    def test_closing_asks_for_it(self, browser: Client, followed: Followed, kind: str) -> None:
        page = browser.get(followed.to(kind))
        assert "asks for a sign-in before an action is closed." in plain(page)
        assert f'href="/workspace/actions/{followed.action.pk}/"' in page.content.decode()
        assert "<form" not in page.content.decode().partition("<main")[2]
        typed, _ = ANSWERS[kind]
        refused = browser.post(followed.to(kind), typed | {"accepted": "0"})  # opened before it was demanded
        assert refused.status_code == 403
        assert "asks you to sign in before you say this." in plain(refused)
        assert all(text in refused.content.decode() for text in typed.values())
        assert followed.reports() == []

    @pytest.mark.parametrize("kind", ["on-track", "new-date"])
    def test_the_rest_does_not(self, browser: Client, followed: Followed, kind: str) -> None:
        assert send(browser, followed, kind, ANSWERS[kind][0]).status_code == 302
        assert followed.reports()[-1].state == "submitted"


class TestSeveralAtOnce:
    def ticks(self, browser: Client, followed: Followed) -> list[str]:
        page = browser.get(followed.base).content.decode()
        return [part.partition('"')[0] for part in page.split('name="action" value="')[1:]]

    def test_one_button_for_all_that_were_ticked(self, browser: Client, place: Place) -> None:
        actions = [another_action(place, f"Action {number}") for number in range(3)]
        for action in actions[:2]:
            accepted(action)
        followed = follow(place, *actions)
        ticked = self.ticks(browser, followed)
        assert len(ticked) == 2  # nothing was reported on the third
        for _ in range(2):
            answer = browser.post(f"{followed.base}no-change", {"action": ticked})
            assert answer.headers["Location"] == f"./?sent={actions[0].pk},{actions[1].pk}&left="
        made = ProgressUpdate.objects.filter(state="submitted")
        assert [(each.is_no_change, each.author) for each in made] == [(True, followed.owner)] * 2
        page = plain(browser.get(f"{followed.base}?sent={actions[0].pk},{actions[1].pk}&left="))
        assert page.count("is with the coordinator") == 2

    def test_what_needs_a_word_or_has_a_draft_is_left_and_leads_to_its_form(
        self, browser: Client, place: Place
    ) -> None:
        moving, stuck, drafted = (another_action(place, text) for text in ("Moving", "Stuck", "Drafted"))
        accepted(moving)
        accepted(stuck, BEFORE, is_no_change=True, until_on=BEFORE + timedelta(days=31))
        accepted(stuck, BEFORE + timedelta(days=31), is_no_change=True)
        accepted(drafted)
        followed = follow(place, moving, stuck, drafted)
        ticked = self.ticks(browser, followed)
        report(drafted, TODAY, by=followed.owner, hand_in=False)
        answer = browser.post(f"{followed.base}no-change", {"action": ticked})
        where = answer.headers["Location"]
        assert where == f"./?sent={moving.pk}&left={stuck.pk},{drafted.pk}"
        page = browser.get(followed.base + where.removeprefix("./"))
        assert "These need more than a tick: Stuck Drafted" in plain(page)
        assert followed.to("no-change", stuck) in page.content.decode()

    @pytest.mark.parametrize("ticked", [[], ["x"], ["99999-0"]])
    def test_nothing_ticked_is_said(self, browser: Client, followed: Followed, ticked: list[str]) -> None:
        accepted(followed.action)
        answer = browser.post(f"{followed.base}no-change", {"action": ticked})
        assert answer.status_code == 400
        assert "Tick the actions on which nothing has changed." in plain(answer)


def test_what_is_shown_holds_no_address_and_no_name_of_others(browser: Client, followed: Followed) -> None:
    place = followed.place
    make.make_owner(action=place.action, person=place.people["lead"])
    accepted(place.action, internal_note="Told by Jo lead", author=place.people["lead"], public_text="Interviews")
    report(place.action, TODAY, by=place.people["lead"], hand_in=False, public_text="Half", internal_note="Psst")
    for below in ("", f"{place.action.pk}", f"{place.action.pk}/on-track", f"{place.action.pk}/no-change"):
        page = plain(browser.get(followed.base + below))
        assert "nurse in the control room" in page
        assert not any(word in page for word in ("Jo lead", "Jo coordinator", "Told by", "Psst", "Half", "@"))


@pytest.mark.parametrize("kind", ["nonsense", "merged", "ON-TRACK", "no_change"])
def test_an_answer_that_there_is_not(browser: Client, followed: Followed, kind: str) -> None:
    for answer in (browser.get(followed.to(kind)), browser.post(followed.to(kind), GOING_ON)):
        assert answer.status_code == 404
        assert "This answer does not fit the action." in plain(answer)
