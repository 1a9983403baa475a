"""The signed link in a digest: for whom, for what, how long, and what of it is kept."""

from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
import time_machine
from django.core import mail as outbox
from django.utils import timezone

from actionplans.chasing.digest import compose
from actionplans.chasing.planning import plan
from actionplans.chasing.sending import at_nine, mail
from signatories.models import Message, SignedLink
from signatories.outbox import links
from signatories.outbox.holding import pause
from signatories.services import mailing
from tests.actionplans.chasing.calendar import Place, make_place, run
from tests.factories import (
    make_action,
    make_in_version,
    make_lead,
    make_membership,
    make_owner,
    make_partnership,
    make_pause,
    make_plan,
    make_programme,
    make_version,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)
NOW = at_nine(DAY)
OVERDUE = date(2026, 5, 20)


@pytest.fixture(autouse=True)
def _at_nine(settings: Any) -> Iterator[None]:
    settings.SITE_URL = "https://tracker.example"
    with time_machine.travel(NOW, tick=False):
        yield


def parts(letter: Any) -> tuple[str, str]:
    """The text and the HTML of the one mail that went to them."""
    return letter.body, letter.alternatives[0][0]


def letter_to(address: str) -> tuple[str, str]:
    [letter] = [each for each in outbox.outbox if each.to == [address]]
    return parts(letter)


def overdue(place: Place, text: str = "Open a crisis café", **fields: Any) -> Any:
    return place.action(text=text, due_on=OVERDUE, **fields)


def test_each_action_and_the_whole_mail_are_answered_by_the_link() -> None:
    place = make_place()
    one, two = overdue(place), overdue(place, "Train the staff")
    run(DAY)
    [link] = SignedLink.objects.all()
    base = f"https://tracker.example/u/{links.token_of(link)}/"
    text, html = letter_to("olive@example.org")
    for action in (one, two):
        assert f"Answer: {base}{action.pk}\n" in text
        assert html.count(f'href="{base}{action.pk}"') == 2  # its title and its button
    assert f"Answer without a password:\n{base}\n" in text
    assert f'href="{base}">Answer now, without a password</a>' in html
    for each in (text, html):
        assert "work until 1 July 2026 and are yours alone" in each
        assert "/workspace/actions/" not in each
    assert link.action_ids == [one.pk, two.pk]
    assert link.message.recipient == place.olive
    assert links.find(links.token_of(link), now=timezone.now()) == link


def test_the_record_of_the_message_opens_nothing() -> None:
    overdue(make_place())
    run(DAY)
    message = Message.objects.get(recipient__name="Olive")
    token = links.token_of(message.link)
    assert token in letter_to("olive@example.org")[0]
    assert token not in repr(list(Message.objects.values()))
    assert f"Answer: https://tracker.example/u/…/{message.link.action_ids[0]}" in message.text


def test_whoever_only_coordinates_signs_in() -> None:
    """What a coordinator may do asks for a second factor."""
    place = make_place()
    action = overdue(place, owner=None)
    run(DAY)
    assert not SignedLink.objects.exists()
    text, html = letter_to("cora@example.org")
    assert "/u/" not in text + html
    assert f"https://tracker.example/workspace/actions/{action.pk}/" in text
    assert ">Open my work</a>" in html


def test_of_several_only_what_is_their_own() -> None:
    """Cora coordinates, and answers for one action besides."""
    place = make_place()
    make_membership("owner", organisation=place.organisation, person=place.cora)
    own, others = overdue(place, "Hers", owner=place.cora), overdue(place, "Nobody's", owner=None)
    run(DAY)
    [link] = SignedLink.objects.filter(message__recipient=place.cora)
    text, _ = letter_to("cora@example.org")
    assert link.action_ids == [own.pk]
    assert f"/u/{links.token_of(link)}/{own.pk}" in text
    assert f"/workspace/actions/{others.pk}/" in text


def test_a_deputy_answers_for_nothing_that_is_not_theirs() -> None:
    place = make_place()
    overdue(place)
    make_pause(
        person=place.olive, deputy=place.chair, from_on=DAY - timedelta(days=1), until_on=DAY + timedelta(days=9)
    )
    run(DAY)
    assert not SignedLink.objects.exists()
    assert "/u/" not in letter_to("chair@example.org")[0]


def test_those_that_are_not_listed_are_answered_too() -> None:
    place = make_place()
    actions = [overdue(place, f"Action {number}") for number in range(33)]
    run(DAY)
    [link] = SignedLink.objects.all()
    assert link.action_ids == [action.pk for action in actions]
    text, html = letter_to("olive@example.org")
    assert f"* and 3 more: https://tracker.example/u/{links.token_of(link)}/" in text
    assert f'<a href="https://tracker.example/u/{links.token_of(link)}/">3 more</a>' in html


def test_it_opens_as_long_as_the_programme_says_and_of_two_the_shorter() -> None:
    place = make_place()
    overdue(place)
    type(place.partnership.programme).objects.update(link_days=20)
    partnership = make_partnership(programme=make_programme(link_days=7))
    version = make_version(plan=make_plan(partnership=partnership), published_on=date(2025, 1, 6))
    action = make_action(plan=version.plan, due_on=OVERDUE)
    make_in_version(version=version, action=action)
    make_lead(action=action, organisation=place.organisation)
    make_owner(action=action, person=place.olive)
    run(DAY)
    link = SignedLink.objects.get(message__recipient=place.olive)
    assert link.action_ids == [place.actions[0].pk, action.pk]
    assert link.last_day == DAY + timedelta(days=7)


def test_looking_at_a_mail_makes_no_link() -> None:
    overdue(make_place())
    plan(DAY, by="test")
    message = Message.objects.get(recipient__name="Olive")
    text, html = parts(compose(message, message.recipient.notices.all(), DAY))
    assert "Open a crisis café" in text
    assert "/u/" not in text + html
    assert not SignedLink.objects.exists()


def test_one_sent_again_by_hand_has_the_same_link_unless_it_was_switched_off() -> None:
    overdue(make_place())
    run(DAY)
    message = Message.objects.get(recipient__name="Olive")
    first = links.token_of(message.link)
    Message.objects.filter(pk=message.pk).update(mail_state="uncertain")

    def again() -> str:
        mailing.send_again(Message, message.pk, by="test", now=NOW, why="She has nothing")
        mail(message.pk, by="test", now=NOW)
        return parts(outbox.outbox[-1])[0]

    assert first in again()
    links.revoke(SignedLink.objects.get(), by="test", now=NOW)
    Message.objects.filter(pk=message.pk).update(mail_state="uncertain")
    assert "/u/" not in again()


def test_the_text_of_the_mail_survives_the_way() -> None:
    """Long lines are folded on the way; the link comes out whole."""
    overdue(make_place())
    run(DAY)
    [letter] = [each for each in outbox.outbox if each.to == ["olive@example.org"]]
    whole: EmailMessage = message_from_bytes(letter.message().as_bytes(), policy=default)
    token = links.token_of(SignedLink.objects.get())
    for part in whole.iter_parts():
        assert token in part.get_content()


def test_whoever_stands_in_answers_by_the_link_where_a_role_of_theirs_would_let_them() -> None:
    """Dan is of the police; the second action is led by others for whom Olive works too."""
    place = make_place()
    dan = place.colleague("Dan")
    own, other = overdue(place), overdue(place, "Of others")
    elsewhere = make_membership("owner", person=place.olive).organisation
    other.leads.update(organisation=elsewhere)
    pause(place.olive, from_on=DAY, until_on=DAY + timedelta(days=30), deputy=dan, by=place.olive)
    run(DAY)
    [link] = SignedLink.objects.all()
    assert (link.message.recipient, link.action_ids) == (dan, [own.pk])
    text, _ = letter_to("dan@example.org")
    assert f"https://tracker.example/workspace/actions/{other.pk}/" in text
