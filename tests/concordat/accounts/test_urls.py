"""Every address of the sign-in pages, for who is not signed in, who is, and who is with an app and recovery codes."""

from collections.abc import Iterator

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from django.urls import URLPattern, URLResolver

from concordat import urls
from tests.factories import make_membership
from tests.sign_in import make_account, signed_in

pytestmark = pytest.mark.django_db


def addresses(patterns: list[URLPattern | URLResolver], before: str = "/accounts/") -> Iterator[str]:
    """Each of them, with a row that is not there and a key that fits nothing."""
    for each in patterns:
        route = before + str(each.pattern).replace("<id:pk>", "99")
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, route)
        else:
            yield "/accounts/password/reset/1-none/" if "uidb36" in route else route


OURS = next(each for each in urls.urlpatterns if str(each.pattern) == "accounts/")
EVERY = list(addresses(OURS.url_patterns))
ANYBODY = {
    "/accounts/login/",
    "/accounts/login/code/",
    "/accounts/closed/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/sent/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/1-none/",
}


def test_there_are_as_many_as_we_know() -> None:
    assert len(set(EVERY)) == 29
    assert set(EVERY) >= ANYBODY


@pytest.mark.parametrize("address", EVERY)
def test_who_is_not_signed_in_gets_a_page_or_is_led_to_one(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == (200 if address in ANYBODY else 302)
    assert response.status_code != 200 or "no-store" in response["Cache-Control"]
    assert Client().post(address, {"x": "y"}).status_code in {200, 302, 405}


@pytest.mark.parametrize("address", EVERY)
@pytest.mark.parametrize("has_app", [False, True])
def test_who_is_signed_in_gets_a_page_or_is_led_to_one(address: str, has_app: bool) -> None:
    person = make_account(second_factor=has_app)
    make_membership(person=person)
    if has_app:
        RecoveryCodes.activate(person)
    browser = signed_in(person)
    expected = {200, 302, 404} if "/99/" in address or "recovery-codes" in address or "app/" in address else {200, 302}
    response = browser.get(address, follow=True)
    assert response.status_code in expected
    assert response.status_code == 404 or "no-store" in response["Cache-Control"]
    assert browser.post(address, {"x": "y"}).status_code in {*expected, 405}
