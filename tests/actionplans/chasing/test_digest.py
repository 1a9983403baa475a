"""The rendered reminders: readable, one heading, links of ours alone, no names but the item's, and how to get fewer."""

import re
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest

from actionplans.chasing import digest, example
from actionplans.chasing.placeholders import fill
from actionplans.chasing.planning import plan
from actionplans.chasing.policy import ESCALATIONS, OPTIONAL, Rule
from actionplans.chasing.words import SHIPPED
from concordat.look.build import ROOT
from signatories.models import Message, Notice
from tests.actionplans.chasing.calendar import make_place
from tests.concordat.look.test_stylesheet import contrast
from tests.factories import make_message, make_notice, make_person, make_version, make_wording

DAY = date(2026, 6, 2)
SITE = "https://tracker.example"
STYLE = (ROOT / "templates" / "mail" / "style.css").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _at_tracker(settings: Any) -> None:
    settings.SITE_URL = SITE


class Read(HTMLParser):
    """What a mail holds."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        its = dict(attrs)
        self.tags.append(tag)
        if tag == "a":
            self.links.append(str(its["href"]))
        self.loads += [str(its[name]) for name in ("src", "srcset", "background", "action") if name in its]


class TestEveryRule:
    @pytest.mark.parametrize("rule", Rule)
    def test_one_heading_no_picture_and_links_of_ours_alone(self, rule: Rule) -> None:
        html = example.as_html(rule, SHIPPED[rule], DAY)
        read = Read(html)
        assert read.tags.count("h1") == 1
        assert not {"img", "script", "form", "link", "iframe"} & set(read.tags)
        assert read.loads == []
        assert all(link.startswith(f"{SITE}/") or link == SITE for link in read.links)
        assert '<html lang="en-GB">' in html
        assert "url(" not in html

    @pytest.mark.parametrize("rule", Rule)
    def test_says_in_text_and_html_what_why_and_how_to_hand_over(self, rule: Rule) -> None:
        told = example.told(rule, SHIPPED[rule], DAY)
        text = example.as_text(rule, SHIPPED[rule], DAY)
        html = re.sub(r"\s+", " ", example.as_html(rule, SHIPPED[rule], DAY))
        (part,) = told["parts"]
        for said in (part.opening, part.why, part.hand_over, *(item.title for item in part.items)):
            assert said in text
            assert said in html
        assert "{" not in text
        assert told["subject"] == part.heading
        assert part.heading.upper() in text

    @pytest.mark.parametrize("rule", sorted(ESCALATIONS))
    def test_an_escalation_names_nobody(self, rule: Rule) -> None:
        text = example.as_text(rule, SHIPPED[rule], DAY)
        assert re.findall("Olive|Owner|Cora", text.replace("Hello Olive Owner,", "", 1)) == []


@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        ("#0b0c0c", "#ffffff"), ("#1a65a6", "#ffffff"), ("#484949", "#ffffff"), ("#ffffff", "#0f7a52"),
        ("#f3f2f1", "#1b1d1f"), ("#8ec2f0", "#1b1d1f"), ("#c9cbcd", "#1b1d1f"),
    ],
)  # fmt: skip
def test_what_is_written_can_be_read_in_light_and_dark(ink: str, paper: str) -> None:
    assert {ink, paper} <= set(re.findall("#[0-9a-f]{6}", STYLE))
    assert contrast(ink, paper) >= 4.5


@pytest.mark.django_db
class TestComposed:
    def mail(self, *rules: Rule) -> Any:
        message = make_message(recipient=make_person(name="Olive"), day=DAY)
        place = make_place()
        for rule in rules:
            make_notice(
                rule=rule.value, recipient=message.recipient, subject_id=place.action(due_on=DAY).pk, message=message
            )
        return digest.compose(message, message.notices.all(), DAY)

    def test_what_is_optional_is_unsubscribed_from_with_one_click(self) -> None:
        assert Rule.DUE_SOON in OPTIONAL
        mail = self.mail(Rule.DUE_SOON, Rule.DUE_PASSED)
        address = mail.extra_headers["List-Unsubscribe"]
        assert re.fullmatch(rf"<{SITE}/fewer-mails/[^/>]+/>", address)
        assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert address.strip("<>") in mail.body

    def test_what_is_needed_is_not(self) -> None:
        mail = self.mail(Rule.DUE_PASSED)
        assert not {"List-Unsubscribe", "List-Unsubscribe-Post"} & mail.extra_headers.keys()

    def test_a_mailbox_shows_the_first_thing_beside_the_subject_and_nothing_else(self) -> None:
        mail = self.mail(Rule.DUE_PASSED, Rule.DUE_PASSED)
        html = str(mail.alternatives[0][0])
        hidden = re.search(r'<div hidden style="display:none[^"]*">(.*?)</div>', html)
        assert hidden
        assert re.match(r"Do thing \d+, and 1 more&#847;", hidden[1])

    def test_an_action_is_listed_once_and_several_parts_have_one_heading_of_the_first_order(self) -> None:
        place = make_place()
        action = place.action(due_on=date(2026, 5, 20), text="Open a café")
        plan(DAY, by="test")
        message = Message.objects.get(recipient=place.olive)
        Notice.objects.filter(recipient=place.olive).update(message=message)
        mail = digest.compose(message, message.notices.all(), DAY)
        read = Read(str(mail.alternatives[0][0]))
        assert (read.tags.count("h1"), read.links.count(f"{SITE}/workspace/actions/{action.pk}/")) == (1, 1)
        assert mail.subject == "Please update these by 30 June 2026"
        assert "due 20 May 2026; no update yet" in mail.body

    @pytest.mark.parametrize("own_words", [False, True])
    def test_plans_of_many_partnerships_of_which_nothing_is_heard_stand_in_one_part(self, own_words: bool) -> None:
        message = make_message(recipient=make_person(name="Nat"), day=DAY)
        plans = [make_version(published_on=date(2025, 1, 6)).plan for _ in range(digest.MOST_ITEMS + 2)]
        for number, each in enumerate(plans):
            make_notice(
                rule=Rule.SILENT.value, recipient=message.recipient, message=message, partnership=each.partnership,
                subject_type="actionplans.actionplan", subject_id=each.pk, due_on=DAY - timedelta(days=number),
            )  # fmt: skip
        if own_words:
            make_wording(rule=Rule.SILENT.value, number=1, opening="Look at {partnership}.", item="since {due_on}")
        (part,) = digest.parts_of(message.notices.all(), DAY)
        names = sorted(each.partnership.name for each in plans)
        assert [item.detail.partition(";")[0] for item in part.items] == names[: digest.MOST_ITEMS]
        assert (part.more, len({item.link for item in part.items})) == (2, digest.MOST_ITEMS)
        assert part.opening == ("Look at 32 partnerships." if own_words else SHIPPED[Rule.SILENT].opening)
        mail = digest.compose(message, message.notices.all(), DAY)
        assert mail.subject == part.heading
        assert Read(str(mail.alternatives[0][0])).tags.count("h2") == 0

    def test_what_is_asked_of_coordinators_stands_apart_by_partnership(self) -> None:
        message = make_message(recipient=make_person(name="Cora"), day=DAY)
        plans = [make_version(published_on=date(2025, 1, 6)).plan for _ in range(2)]
        for each in plans:
            make_notice(
                rule=Rule.PLAN_REVIEW_0.value, recipient=message.recipient, message=message, due_on=DAY,
                partnership=each.partnership, subject_type="actionplans.actionplan", subject_id=each.pk,
            )  # fmt: skip
        openings = {part.opening for part in digest.parts_of(message.notices.all(), DAY)}
        shipped = SHIPPED[Rule.PLAN_REVIEW_0].opening
        told = {"day": digest.in_words(DAY)}
        assert openings == {fill(shipped, told | {"partnership": each.partnership.name}) for each in plans}
