"""Accounts for tests, and browsers in which somebody is signed in."""

import time
from typing import Any

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

from signatories.models import Person
from signatories.services.people import keep_address
from tests.factories import make_person

PASSWORD = "correct horse battery staple"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def make_account(*, password: str | None = PASSWORD, second_factor: bool = False, **fields: Any) -> Person:
    """A person who can sign in, with a password unless it is None, and an app that shows codes if asked for."""
    person = make_person(**fields)
    if password is None:
        person.set_unusable_password()
    else:
        person.set_password(password)
    person.save()
    keep_address(person)
    if second_factor:
        TOTP.activate(person, SECRET)
    return person


def code_now(secret: str = SECRET, *, steps: int = 0) -> str:
    """The code that an app with that secret shows now, or so many half-minutes later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def enter(client: Client, person: Person, *, second_factor: bool = True) -> None:
    """Sign that person in, in this browser, with a second factor unless that is not wanted."""
    client.force_login(person)
    if second_factor:
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": "totp", "at": time.time()}]
        session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(person.pk)
        session.save()


def signed_in(person: Person, *, second_factor: bool = True) -> Client:
    """A browser in which that person is signed in."""
    client = Client()
    enter(client, person, second_factor=second_factor)
    return client
