"""One's own account."""

from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from tests.admin_pages import open_page, queries_of
from tests.factories import make_membership, make_partnership, make_sign_in
from tests.sign_in import PASSWORD, make_account, signed_in

URL = "/workspace/account/"

pytestmark = pytest.mark.django_db


def by_password(email: str, **headers: str) -> Client:
    browser = Client(headers=headers)
    browser.post("/accounts/login/", {"login": email, "password": PASSWORD})
    return browser


def test_shows_roles_of_today_and_what_keeps_the_account_safe() -> None:
    person = make_account(name="Zoë Smith", email="zoe@example.org")
    make_membership(person=person, role="chair", partnership=make_partnership(name="Northshire partnership"))
    make_membership(person=person, role="board_member", until_on=make_partnership().until_on or "2015-04-01")
    page = open_page(signed_in(person, second_factor=False), URL)
    assert "Signed in as Zoë Smith" in page.words
    assert "Your roles Chair, Northshire partnership " in page.words
    assert "Your second factors None." in page.words
    assert page.links["/accounts/password/change/"] == "Change it"


def test_who_has_no_password_may_choose_one() -> None:
    person = make_account(password=None)
    page = open_page(signed_in(person), URL)
    assert page.links["/accounts/password/set/"] == "Choose one"


def test_another_browser_is_signed_out_from_here() -> None:
    make_account(email="ada@example.org")
    here = by_password("ada@example.org", user_agent="Firefox/139.0 Windows")
    there = by_password("ada@example.org", user_agent="Safari/18 iPhone")
    words = open_page(here, URL).words
    assert "Firefox on Windows" in words
    assert "Safari on iPhone" in words
    session = UserSession.objects.get(session_key=there.session.session_key)
    assert here.post(f"{URL}sessions/{session.pk}/end/").headers["Location"] == f"{URL}#sessions"
    assert there.get(URL).status_code == 302
    assert "That browser is signed out." in open_page(here, URL).words


def test_nobody_ends_a_session_of_somebody_else() -> None:
    make_account(email="ada@example.org")
    there = by_password("ada@example.org")
    session = UserSession.objects.get()
    other = signed_in(make_membership("owner").person)
    assert other.post(f"{URL}sessions/{session.pk}/end/").status_code == 404
    assert other.get(f"{URL}sessions/{session.pk}/end/").status_code == 405
    assert there.get(URL).status_code == 200


def test_sign_ins_of_one_s_own_are_shown_and_no_others() -> None:
    person = make_account()
    make_sign_in(person=person, how="refused", second_factor=True, browser="Firefox on Windows")
    make_sign_in(person=person, how="code", second_factor=True)
    make_sign_in(browser="Somebody else’s browser")
    words = open_page(signed_in(person), URL).words
    assert "Refused: wrong password or code of the second factor Firefox on Windows" in words
    assert "With a code by email and a second factor" in words
    assert "Somebody else’s" not in words


def test_takes_the_same_queries_for_many_roles_and_sign_ins() -> None:
    counts = []
    for number in (1, 30):
        person = make_account()
        for _ in range(number):
            make_membership("owner", person=person)
            make_sign_in(person=person)
        counts.append(queries_of(signed_in(person), URL))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("path", ["", "second-factor/", "second-factor/app/add/", "password/change/"])
def test_these_pages_are_nobody_elses_to_keep(path: str) -> None:
    response: Any = signed_in(make_account(second_factor=False)).get(f"/accounts/{path}", follow=True)
    assert response.status_code == 200
