"""Digests and answers in the administration: what became of them, and the one thing that can be done about it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from concordat.kernel.models import Change
from signatories.models import Message, Reply
from tests.admin_pages import address, administrator, open_page, row_address, signed_in
from tests.factories import DAY, make_message, make_notice, make_reply, noon

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser() -> Client:
    return signed_in(administrator(name="Ada Administrator"))


@pytest.mark.parametrize(
    ("make", "state"), [(make_message, "uncertain"), (make_reply, "uncertain"), (make_reply, "given_up")]
)
def test_a_person_sends_again_what_perhaps_went_or_was_given_up(
    browser: Client, make: Callable[..., Any], state: str
) -> None:
    row = make(mail_state=state, mail_moved_at=noon(DAY), mail_tries=3)
    assert "Send it again" in open_page(browser, row_address(row)).words
    browser.post(address(type(row), "again", row.pk))
    row.refresh_from_db()
    assert (row.mail_state, row.mail_tries) == ("received", 0)
    assert [change.verb for change in Change.objects.about(row)] == ["sent again"]
    assert "Send it again" not in open_page(browser, row_address(row)).words


def test_a_digest_that_was_given_up_goes_with_the_next_one(browser: Client) -> None:
    """To send it as it was could be a second one within seven days."""
    message = make_message(mail_state="given_up", mail_moved_at=noon(DAY), mail_tries=3)
    notice = make_notice(message=message)
    page = browser.post(address(Message, "again", message.pk), follow=True)
    assert "what was given up goes with their next digest" in page.content.decode()
    message.refresh_from_db()
    notice.refresh_from_db()
    assert (message.mail_state, notice.message) == ("dropped", None)
    assert [change.verb for change in Change.objects.about(message)] == ["put back"]


@pytest.mark.parametrize("model", [Message, Reply])
def test_the_list_shows_those_that_wait_for_a_person(browser: Client, model: type[Message | Reply]) -> None:
    make = {Message: make_message, Reply: make_reply}[model]
    rows = {
        state: make(subject=f"One that is {state}", mail_state=state) for state in ("uncertain", "given_up", "mailed")
    }
    for state in ("uncertain", "given_up"):
        words = open_page(browser, f"{address(model, 'changelist')}?mail_state__exact={state}").words
        assert [rows[other].subject in words for other in rows] == [other == state for other in rows]


def test_what_went_is_not_sent_again(browser: Client) -> None:
    message = make_message(mail_state="mailed", mail_moved_at=noon(DAY))
    page = browser.post(address(Message, "again", message.pk), follow=True)
    assert "It is not sent again" in page.content.decode()
    message.refresh_from_db()
    assert message.mail_state == "mailed"


def test_opening_the_address_of_the_button_does_nothing(browser: Client) -> None:
    message = make_message(mail_state="uncertain", mail_moved_at=noon(DAY))
    assert browser.get(address(Message, "again", message.pk)).status_code == 405
    message.refresh_from_db()
    assert message.mail_state == "uncertain"
