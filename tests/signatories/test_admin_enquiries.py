"""Enquiries in the admin: who sees what visitors wrote, and the two things that can be done about it."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from concordat.kernel.models import Change
from signatories.models import Enquiry
from tests.admin_pages import address, administrator, open_page, row_address, signed_in
from tests.factories import DAY, make_change, make_enquiry, make_person, noon

WORDS = {"message": "Why is it red?", "name": "Zoë", "email": "zoe@example.org", "about": "/areas/essex/"}
PERSONAL = ("Why is it red?", "Zoë", "zoe@example.org")


@pytest.fixture
def ada(db: None) -> Any:
    return administrator(name="Ada Administrator")


@pytest.fixture
def browser(ada: Any) -> Client:
    return signed_in(ada)


@pytest.fixture
def enquiry(db: None) -> Enquiry:
    return make_enquiry(**WORDS)


def verbs() -> list[str]:
    return list(Change.objects.order_by("id").values_list("verb", flat=True))


def press(browser: Client, enquiry: Enquiry, button: str, **values: str) -> str:
    """Press a button of the enquiry's page; gives the words of the page that comes."""
    url = address(Enquiry, button, enquiry.pk)
    response = browser.post(url, values, follow=True)
    assert response.redirect_chain == [(row_address(enquiry), 302)]
    return open_page(browser, url=row_address(enquiry)).words + response.content.decode()


def test_the_list_shows_open_ones_first_and_nothing_that_is_personal(browser: Client, enquiry: Enquiry) -> None:
    answered = make_enquiry(answered_at=noon(DAY))
    page = open_page(browser, address(Enquiry))
    assert page.words.index(enquiry.reference) < page.words.index(answered.reference)
    assert "/areas/essex/" in page.words
    assert "Not mailed yet" in page.words
    assert not any(words in page.words for words in PERSONAL)


def test_its_page_shows_what_was_written_and_leads_to_the_page_it_is_about(browser: Client, enquiry: Enquiry) -> None:
    page = open_page(browser, row_address(enquiry))
    assert all(words in page.words for words in PERSONAL)
    assert page.links["/areas/essex/"] == "/areas/essex/"


def test_what_was_written_is_shown_as_text(browser: Client) -> None:
    hostile = make_enquiry(message="<script>alert(1)</script>", about='/"><script>alert(2)</script>')
    page = browser.get(row_address(hostile)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_it_shows_why_a_mail_did_not_go(browser: Client) -> None:
    failure = "The mail server refused it: SMTPDataError 554"
    row = make_enquiry(mail_state="failed", mail_failure=failure, mail_next_at=noon(DAY))
    assert "Could not be mailed, will be tried again" in open_page(browser, address(Enquiry)).words
    assert failure in open_page(browser, row_address(row)).words
    uncertain = make_enquiry(mail_state="uncertain")
    listed = open_page(browser, f"{address(Enquiry)}?mail_state__exact=uncertain")
    assert uncertain.reference in listed.words
    assert row.reference not in listed.words


def test_answering_says_who_and_can_be_done_once(browser: Client, ada: Any, enquiry: Enquiry) -> None:
    assert "It is marked as answered." in press(browser, enquiry, "answer")
    enquiry.refresh_from_db()
    assert enquiry.answered_by == ada
    assert "Mark as answered" not in open_page(browser, row_address(enquiry)).words
    assert "Somebody has marked it as answered already." in press(browser, enquiry, "answer")
    assert verbs() == ["answered"]
    assert enquiry.reference not in open_page(browser, f"{address(Enquiry)}?answered=no").words
    assert enquiry.reference in open_page(browser, f"{address(Enquiry)}?answered=yes").words


def test_what_was_written_is_deleted_on_request_by_somebody_who_is_sure(browser: Client, enquiry: Enquiry) -> None:
    assert "Nothing is deleted." in press(browser, enquiry, "redact")
    enquiry.refresh_from_db()
    assert enquiry.message == WORDS["message"]
    assert "What was written is deleted." in press(browser, enquiry, "redact", sure="yes")
    words = open_page(browser, row_address(enquiry)).words
    assert not any(personal in words for personal in PERSONAL)
    assert "deleted already" in press(browser, enquiry, "redact", sure="yes")
    assert verbs() == ["redacted"]


@pytest.mark.parametrize("button", ["answer", "redact"])
def test_a_button_is_for_those_who_may_and_needs_to_be_pressed(browser: Client, enquiry: Enquiry, button: str) -> None:
    url = address(Enquiry, button, enquiry.pk)
    reader = make_person(is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename="view_enquiry"))
    sent = {"sure": "yes"}
    assert browser.get(url).status_code == 405
    assert signed_in(reader).post(url, sent).status_code == 403
    assert signed_in(make_person()).post(url, sent).url.startswith("/admin/login/")
    assert browser.post(address(Enquiry, button, 10**9), sent).status_code == 404
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(administrator())
    assert careful.post(url, sent).status_code == 403
    enquiry.refresh_from_db()
    assert (enquiry.answered_at, enquiry.redacted_at) == (None, None)


def test_somebody_who_may_only_look_sees_no_button(enquiry: Enquiry) -> None:
    reader = make_person(is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename="view_enquiry"))
    words = open_page(signed_in(reader), row_address(enquiry)).words
    assert "Why is it red?" in words
    assert "Mark as answered" not in words
    assert "Delete what was written" not in words


def test_its_history_names_it_by_its_reference(browser: Client, enquiry: Enquiry) -> None:
    make_change(subject_type="signatories.enquiry", subject_id=enquiry.pk, verb="received")
    words = open_page(browser, "/admin/kernel/change/").words
    assert f"enquiry: A question, {enquiry.reference}" in words
    assert not any(personal in words for personal in PERSONAL)
