"""Whether this session was opened with a second factor, and where to go if it was not."""

import base64
import hashlib
import secrets
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.encoding import force_bytes

Type = Authenticator.Type


def was_used(request: HttpRequest) -> bool:
    """Whether the person proved a second factor since this session began: a code, a recovery code, a passkey."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))  # type: ignore[arg-type]


def is_set_up(request: HttpRequest) -> bool:
    """Whether the person has an app or a passkey. One query."""
    return Authenticator.objects.filter(user=request.user.pk, type__in=[Type.TOTP, Type.WEBAUTHN]).exists()


def next_step(request: HttpRequest, back: str = "") -> str:
    """The address where the person sets up a second factor, or shows the one that they have. One query.

    From there on it goes back here, or to another page of ours.
    """
    there = set(Authenticator.objects.filter(user=request.user.pk).values_list("type", flat=True))
    if not there & {Type.TOTP, Type.WEBAUTHN}:
        return reverse("second-factor")
    page = "mfa_reauthenticate" if Type.TOTP in there else "mfa_reauthenticate_webauthn"
    return f"{reverse(page)}?{urlencode({'next': back or request.get_full_path()})}"


def _box() -> MultiFernet:
    """Locks with the site's secret key; opens with it and with those it had before (SECRET_KEY_FALLBACKS)."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"concordat.accounts.second_factor" + force_bytes(key)).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def lock(secret: str) -> str:
    """The secret as the database holds it: useless to who has the database and not the site's secret key."""
    return _box().encrypt(secret.encode()).decode()


def unlock(locked: str) -> str:
    """The secret. Where the secret key has changed it is one that no code fits, so that the person is told so."""
    try:
        return _box().decrypt(locked.encode()).decode()
    except InvalidToken:
        return base64.b32encode(secrets.token_bytes(20)).decode()
