"""A form that was opened before its person signed in anew: never done, never lost."""

import re
from typing import Any

import pytest
from django.test import Client

from actionplans.models import ProgressUpdate
from tests import factories as make
from tests.plain import plain
from tests.sign_in import PASSWORD, make_account

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
WHO = re.compile(r'name="who" value="([^"]+)"')
TYPED = "Two sentences that took me long."


@pytest.fixture
def browser() -> Client:
    """A browser that shows its forms' tokens, in which an owner has signed in."""
    police, owner = make.make_organisation(), make_account(email="jo@example.org")
    action = make.make_action(lead=police)
    version = make.make_version(plan=action.plan, published_on=make.DAY)
    make.make_in_version(version=version, action=action)
    make.make_membership("owner", person=owner, organisation=police)
    make.make_owner(action=action, person=owner)
    client = Client(enforce_csrf_checks=True)
    sign_in(client)
    client.address = f"/workspace/actions/{action.pk}/"  # type: ignore[attr-defined]
    return client


def sign_in(client: Client, email: str = "jo@example.org") -> None:
    token = TOKEN.findall(client.get("/accounts/login/").content.decode())[0]
    done = client.post("/accounts/login/", {"login": email, "password": PASSWORD, "csrfmiddlewaretoken": token})
    assert done.status_code == 302


def sign_out(client: Client) -> None:
    token = TOKEN.findall(client.get("/accounts/logout/").content.decode())[0]
    client.post("/accounts/logout/", {"csrfmiddlewaretoken": token})


def opened(client: Client) -> dict[str, str]:
    page = client.get(client.address).content.decode()  # type: ignore[attr-defined]
    marks = {"csrfmiddlewaretoken": TOKEN.findall(page)[-1], "who": WHO.findall(page)[-1]}
    return marks | {"status": "in_progress", "public_text": TYPED, "then": "hand_in", "version": ""}


def sent(client: Client, form: dict[str, str], **options: Any) -> Any:
    return client.post(client.address, form, **options)  # type: ignore[attr-defined]


def test_after_signing_in_anew_in_another_tab_the_form_comes_back_filled(browser: Client) -> None:
    form = opened(browser)
    sign_out(browser)
    sign_in(browser)
    answer = sent(browser, form)
    assert answer.status_code == 302
    page = browser.get(answer.headers["Location"])
    assert not ProgressUpdate.objects.exists()
    assert "What you typed is still here, and is not saved yet." in plain(page)
    assert TYPED in plain(page)
    fresh = TOKEN.findall(page.content.decode())[-1]
    sent(browser, form | {"csrfmiddlewaretoken": fresh})
    assert ProgressUpdate.objects.get().public_text == TYPED


def test_in_place_it_leads_to_the_page_as_a_whole(browser: Client) -> None:
    form = opened(browser)
    sign_out(browser)
    sign_in(browser)
    answer = sent(browser, form, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == browser.address  # type: ignore[attr-defined]
    assert TYPED in plain(browser.get(answer.headers["HX-Redirect"]))


def test_signed_out_it_leads_to_sign_in_first(browser: Client) -> None:
    form = opened(browser)
    sign_out(browser)
    answer = sent(browser, form)
    assert answer.headers["Location"].startswith("/accounts/login/?next=%2Fworkspace%2Factions%2F")
    sign_in(browser)
    assert TYPED in plain(browser.get(browser.address))  # type: ignore[attr-defined]


def test_what_another_person_typed_is_not_shown(browser: Client) -> None:
    form = opened(browser)
    make_account(email="sam@example.org")
    sign_out(browser)
    sign_in(browser, "sam@example.org")
    answer = sent(browser, form)
    assert answer.status_code == 403
    assert "Your form could not be sent" in plain(answer)
    assert "typed" not in browser.session


@pytest.mark.parametrize("mark", ["", "forged:mark"])
def test_words_that_another_website_sends_are_not_laid_before_anybody(browser: Client, mark: str) -> None:
    answer = sent(browser, opened(browser) | {"who": mark, "csrfmiddlewaretoken": "x" * 32})
    assert answer.status_code == 403
    assert "Your form could not be sent" in plain(answer)
    assert TYPED not in plain(browser.get(browser.address))  # type: ignore[attr-defined]
