"""The page on which an administrator words the reminders: read, previewed, used, and taken back."""

import base64
import hashlib
import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from actionplans.chasing.policy import Rule
from actionplans.chasing.wording import words_on
from actionplans.chasing.words import SHIPPED
from concordat.kernel.models import Change
from signatories.models import Wording
from tests import factories as make
from tests.admin_pages import Page
from tests.concordat.workspace.conftest import TODAY
from tests.plain import plain

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
LIST, NUDGE = "/workspace/national/words/", "/workspace/national/words/nudge/"
OWN = {
    "subject": "Only days left: {day}",
    "opening": "Nobody has written to {partnership}.",
    "item": "{due}, <b>{last_update}</b>",
    "why": "You answer for them.",
    "hand_over": "Ring the coordinator of {partnership}.",
}


def form(*, then: str = "use", version: int = 1, on: Any = TODAY, **texts: str) -> dict[str, Any]:
    days = {"from_on_0": str(on.day), "from_on_1": str(on.month), "from_on_2": str(on.year)}
    return {**OWN, **days, "then": then, "version": str(version), **texts}


def framed(page: Any) -> str:
    """The mail that stands in the frame."""
    found = re.search(r'srcdoc="([^"]*)"', page.content.decode())
    assert found
    return html.unescape(found[1])


class TestList:
    def test_says_of_every_rule_whose_words_it_uses(self, as_: As) -> None:
        make.make_wording(rule="nudge", from_on=TODAY - timedelta(days=3), subject="Own subject {day}")
        make.make_wording(rule="due_soon", number=1, from_on=TODAY + timedelta(days=1))
        make.make_wording(rule="due_passed", number=1, from_on=TODAY)
        make.make_wording(rule="due_passed", number=2, from_on=TODAY, is_shipped=True, **dict.fromkeys(OWN, ""))
        words = plain(as_("administrator").get(LIST))
        assert "Reminder: an update is still missing Who answers for an action Own subject {day} Own since" in words
        assert (
            "An action is due soon Who answers for an action Actions due soon Shipped; others from 3 November 2026"
            in words
        )
        assert (
            "The day of an action has passed Who answers for an action Actions past their due date Shipped The"
            not in words
        )
        assert words.count(" Shipped") == len(Rule) - 1


class TestRule:
    def test_offers_the_placeholders_the_shipped_words_and_a_mail_in_them(self, as_: As) -> None:
        page = as_("administrator").get(NUDGE)
        words = plain(page)
        assert "You may use {day} (the day that it is about: 30 June 2026, needed), {partnership}" in words
        assert "Nothing yet: these are the words that came with the program." in words
        assert Page(page).values["subject"] == ["Still to update by {day}"]
        assert "<h1>Still to update by 30 November 2026</h1>" in framed(page)
        assert "STILL TO UPDATE BY 30 NOVEMBER 2026" in words
        assert "A mailbox shows: Still to update by 30 November 2026 A1.2 Plain-English page" in words

    def test_lets_the_style_of_mails_through_and_no_other(self, as_: As) -> None:
        page = as_("administrator").get(NUDGE)
        style = re.search(r"(?s)<style>(.*?)</style>", framed(page))
        assert style
        digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
        policy = page.headers["Content-Security-Policy"]
        assert f"style-src 'self' 'sha256-{digest}'" in policy
        assert "unsafe" not in policy
        assert "sha256" not in as_("administrator").get(LIST).headers["Content-Security-Policy"]
        assert "style=" not in framed(page)

    def test_a_preview_shows_what_was_typed_and_saves_nothing(self, as_: As) -> None:
        page = as_("administrator").post(NUDGE, form(then="preview"))
        mail = framed(page)
        assert "<h1>Only days left: 30 November 2026</h1>" in mail
        assert "due 30 November 2026, &lt;b&gt;last update 2 September 2026&lt;/b&gt;" in mail
        assert "was due 24 October 2026, &lt;b&gt;no update yet&lt;/b&gt;" in mail
        assert "Ring the coordinator of Northshire and Southborough." in mail
        assert "Preview of what you typed: it is not saved" in plain(page)
        assert Page(page).values["opening"] == [OWN["opening"]]
        assert not Wording.objects.exists()

    def test_words_are_used_from_their_day_on_and_the_history_says_so(self, as_: As) -> None:
        later = TODAY + timedelta(days=7)
        answer = as_("administrator").post(NUDGE, form(on=later, opening="One.\nTwo."), follow=True)
        assert "These words are used from 9 November 2026 on: reminder" in plain(answer)
        assert words_on(TODAY)[Rule.NUDGE] == SHIPPED[Rule.NUDGE]
        assert words_on(later)[Rule.NUDGE].opening == "One. Two."
        page = plain(as_("administrator").get(NUDGE))
        assert "From 9 November 2026: own words Decided on 2 November 2026, 12:00 by Jo administrator." in page
        assert [change.verb for change in Change.objects.about(Wording.objects.get())] == ["created"]

    def test_back_to_the_shipped_words(self, as_: As) -> None:
        client = as_("administrator")
        assert "Back to the shipped words" not in plain(client.get(NUDGE))
        client.post(NUDGE, form())
        assert "Back to the shipped words" in plain(client.get(NUDGE))
        answer = client.post(NUDGE, {"then": "shipped", "version": "2"}, follow=True)
        assert "The shipped words are used from now on: reminder" in plain(answer)
        assert words_on(TODAY) == SHIPPED
        again = client.post(NUDGE, {"then": "shipped", "version": "3"}, follow=True)
        assert "These are the shipped words already." in plain(again)
        assert Wording.objects.count() == 2

    @pytest.mark.parametrize("then", ["use", "shipped", "preview"])
    def test_a_second_administrator_is_shown_what_the_first_has_decided(self, as_: As, then: str) -> None:
        make.make_wording(rule="nudge", from_on=TODAY, subject="Theirs {day}")
        page = as_("administrator").post(NUDGE, form(then=then, subject="Mine {day}"))
        if then == "preview":
            assert page.status_code == 200
            return
        words = plain(page)
        assert page.status_code == 409
        assert (
            "Somebody else has decided on these words meanwhile. What you typed is still here, and not saved." in words
        )
        assert "Theirs {day} Mine {day}" in words
        assert Page(page).values["version"] == ["2"]
        assert Wording.objects.count() == 1
        as_("administrator").post(NUDGE, form(version=2, subject="Mine {day}"))
        assert words_on(TODAY)[Rule.NUDGE].subject == "Mine {day}"

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"subject": "Soon"}, "“{day}” is missing."),
            ({"opening": "{settings.SECRET_KEY}"}, "Braces stand only around a placeholder."),
            ({"opening": "{name}, hurry"}, "“{name}” is no placeholder here. You may use {day} {partnership}."),
            ({"item": "see https://evil.example {due}"}, "Links are put in by the program."),
            ({"why": ""}, "Fill in “Why it came”."),
            ({"from_on_0": "1"}, "Choose today or a later day"),
            ({"from_on_0": "", "from_on_1": "", "from_on_2": ""}, "Say from which day on these words are used."),
            ({"from_on_0": "x"}, ""),
        ],
        ids=str,
    )
    @pytest.mark.parametrize("then", ["use", "preview"])
    def test_a_fault_is_said_beside_its_field_and_nothing_is_lost(
        self, as_: As, then: str, wrong: dict[str, str], sentence: str
    ) -> None:
        page = as_("administrator").post(NUDGE, form(then=then) | wrong)
        assert page.status_code == 400
        assert sentence in plain(page)
        assert Page(page).values["hand_over"] == [OWN["hand_over"]]
        assert not Wording.objects.exists()

    def test_a_version_that_makes_no_sense_changes_nothing(self, as_: As) -> None:
        make.make_wording(rule="nudge", from_on=TODAY)
        for version in ("", "x", "9" * 30, "-1", "0"):
            as_("administrator").post(NUDGE, form() | {"version": version})
            as_("administrator").post(NUDGE, {"then": "shipped", "version": version})
        assert Wording.objects.count() == 1

    def test_there_is_no_page_of_a_rule_that_there_is_not(self, as_: As) -> None:
        assert as_("administrator").get("/workspace/national/words/nonsense/").status_code == 404
