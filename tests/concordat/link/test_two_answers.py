"""Two answers on one action: the same one twice is one report; of two that differ both are shown."""

from typing import Any

import pytest
from django.test import Client

from actionplans.models import ProgressUpdate
from actionplans.services import updates
from actionplans.services.link_answers import CAME_BY
from concordat.kernel.models import Change
from tests.actionplans.reporting import report
from tests.concordat.link.answers import ANSWERS, DONE, GOING_ON, accepted, form_in, form_of, reasons, send
from tests.concordat.link.conftest import Followed, another_action, everything
from tests.concordat.workspace.conftest import TODAY
from tests.plain import plain

pytestmark = pytest.mark.django_db


class TestTwice:
    @pytest.mark.parametrize("kind", [*ANSWERS, "no-change"])
    def test_two_clicks_of_the_same_button_are_one_report(self, browser: Client, followed: Followed, kind: str) -> None:
        accepted(followed.action)
        typed = ANSWERS[kind][0] if kind in ANSWERS else {}
        sent = form_of(browser, followed.to(kind)) | typed
        answers = [browser.post(followed.to(kind), sent) for _ in range(2)]
        assert [answer.headers["Location"] for answer in answers] == [f"../?sent={followed.action.pk}"] * 2
        assert len(followed.reports()) == 2
        assert reasons(followed.reports()[-1]) == [("handed in", CAME_BY)]

    @pytest.mark.parametrize("kind", ["on-track", "new-date", "no-change"])
    def test_also_if_it_was_accepted_between_the_two(self, browser: Client, followed: Followed, kind: str) -> None:
        accepted(followed.action)
        typed = ANSWERS[kind][0] if kind in ANSWERS else {}
        sent = form_of(browser, followed.to(kind)) | typed
        browser.post(followed.to(kind), sent)
        made = followed.reports()[-1]
        updates.accept_update(made, by=followed.place.people["coordinator"], on=TODAY)
        assert browser.post(followed.to(kind), sent).status_code == 302
        assert len(followed.reports()) == 2

    def test_the_same_word_in_the_next_round_is_a_new_report(self, browser: Client, followed: Followed) -> None:
        last = accepted(followed.action, public_text="No change since the last report.", is_no_change=True)
        send(browser, followed, "no-change", {})
        assert followed.reports()[0] == last
        assert len(followed.reports()) == 2


class TestConflict:
    def draft(self, followed: Followed, **fields: Any) -> ProgressUpdate:
        """What a colleague keeps in the workspace."""
        lead = followed.place.people["lead"]
        return report(followed.action, TODAY, by=lead, hand_in=False, **({"public_text": "Half a sent"} | fields))

    def test_a_draft_kept_elsewhere_and_an_answer_are_shown_side_by_side(
        self, browser: Client, followed: Followed
    ) -> None:
        draft = self.draft(followed, internal_note="Ask Jo first")
        assert "A draft of 2 November 2026 is in hand" in plain(browser.get(followed.to("on-track")))
        before = everything()
        both = send(browser, followed, "on-track", GOING_ON)
        page = plain(both)
        assert both.status_code == 409
        assert "A draft of a report is in hand already" in page
        assert "Somebody else saved it on 2 November 2026" in page
        assert "What has changed? Half a sent Two nurses were hired." in page
        assert "A note for the partnership (optional) Ask Jo first –" in page
        assert "Jo lead" not in page
        assert everything() == before
        sent = form_in(both)
        assert (sent["version"], sent["public_text"]) == (str(draft.version), "Two nurses were hired.")
        assert browser.post(followed.to("on-track"), sent).status_code == 302
        [made] = followed.reports()
        assert (made.pk, made.state, made.public_text) == (draft.pk, "submitted", "Two nurses were hired.")
        told = [each for change in Change.objects.about(made) for each in change.fields.get("public_text", [])]
        assert "Half a sent" in told, "what the draft said stays in the history"

    def test_one_saved_while_they_looked_is_shown_again(self, browser: Client, followed: Followed) -> None:
        self.draft(followed)
        sent = form_in(send(browser, followed, "on-track", GOING_ON))
        self.draft(followed, public_text="A whole sentence.")
        again = browser.post(followed.to("on-track"), sent)
        assert again.status_code == 409
        assert "A whole sentence. Two nurses were hired." in plain(again)
        assert followed.reports()[0].state == "draft"

    def test_what_they_sent_before_is_not_replaced_unseen(self, browser: Client, followed: Followed) -> None:
        send(browser, followed, "on-track", GOING_ON)
        both = send(browser, followed, "on-track", GOING_ON | {"public_text": "Three nurses."})
        assert both.status_code == 409
        assert "A report is with the coordinator already" in plain(both)
        assert "You saved it on 2 November 2026" in plain(both)
        browser.post(followed.to("on-track"), form_in(both))
        [made] = followed.reports()
        assert (made.public_text, made.state) == ("Three nurses.", "submitted")

    def test_one_accepted_since_is_shown_too(self, browser: Client, followed: Followed) -> None:
        accepted(followed.action)
        sent = form_of(browser, followed.to("done")) | DONE
        ProgressUpdate.objects.update(until_on=TODAY)
        accepted(followed.action, TODAY, public_text="All is stopped", status="paused")
        both = browser.post(followed.to("done"), sent)
        assert both.status_code == 409
        assert "Another report was accepted since you opened this page" in plain(both)
        assert "How does it stand? Paused Completed" in plain(both)
        assert browser.post(followed.to("done"), form_in(both)).status_code == 302
        assert followed.reports()[-1].status == "completed"

    def test_one_returned_again_since_keeps_what_they_were_not_asked_for(
        self, browser: Client, followed: Followed
    ) -> None:
        draft = self.draft(followed, internal_note="Ask Jo first")
        ProgressUpdate.objects.filter(pk=draft.pk).update(state="returned", review_comment="Why?")
        sent = form_of(browser, followed.to("done")) | DONE
        ProgressUpdate.objects.filter(pk=draft.pk).update(version=draft.version + 1)
        both = browser.post(followed.to("done"), sent)
        assert both.status_code == 409
        assert "A note for the partnership" not in plain(both), "it is the same in both"
        assert browser.post(followed.to("done"), form_in(both)).status_code == 302
        [made] = followed.reports()
        assert (made.status, made.internal_note, made.public_text) == ("completed", "Ask Jo first", "Half a sent")

    def test_no_change_beside_a_draft(self, browser: Client, followed: Followed) -> None:
        accepted(followed.action)
        self.draft(followed)
        both = send(browser, followed, "no-change", {})
        assert both.status_code == 409
        assert "Half a sent No change since the last report." in plain(both)
        assert browser.post(followed.to("no-change"), form_in(both)).status_code == 302
        assert followed.reports()[-1].is_no_change

    def test_a_merged_draft_names_its_target(self, browser: Client, followed: Followed) -> None:
        other = another_action(followed.place)
        self.draft(followed, status="merged", merged_into_id=other.pk)
        page = plain(send(browser, followed, "on-track", GOING_ON))
        assert "Which action was it merged into? Open a crisis café None" in page
