"""How people of the demonstration sign in: their addresses are known, and all share one second factor."""

import base64
import secrets

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt

from concordat.demo.people import accounts
from signatories.models import Person


def new_key() -> str:
    """A key for apps that show codes. Everybody in one demonstration has the same: it is for trying things out."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def open_accounts(key: str) -> None:
    """Let those who have an account sign in by their address, with that key as their second factor."""
    people = list(Person.objects.filter(email__in=accounts()))
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=str(person.email).lower(), verified=True, primary=True) for person in people
    )
    locked = encrypt(key)
    kind = Authenticator.Type.TOTP
    Authenticator.objects.bulk_create(
        Authenticator(user=person, type=kind, data={"secret": locked}) for person in people
    )
