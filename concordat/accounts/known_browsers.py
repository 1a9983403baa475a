"""Browsers in which somebody has signed in before: a stranger's tries do not lock them (docs/adr/0010-sign-in.md).

A cookie of the sign-in pages holds, signed by us, for whom the browser is known: a digest of the email address and a
number of its own. It opens nothing. It only lets the tries of that browser for that address be counted apart, as OWASP
calls it a device cookie. Of a browser in which several people sign in, the last ten are known.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac

COOKIE = "known-browser"
SALT = "concordat.accounts.known_browsers"
DAYS = 180  # since the last sign-in
MOST = 10  # people


def counted_apart(request: HttpRequest, email: str) -> str:
    """What to add to the key by which tries for that address are counted: empty for a browser that is not known."""
    return _known(request).get(_digest(email), "")


def remember(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Somebody has signed in with that address, with all that it takes. A number that leaked is good no longer."""
    known = _known(request)
    known.pop(_digest(email), None)
    known[_digest(email)] = secrets.token_hex(8)
    last = dict(list(known.items())[-MOST:])
    response.set_cookie(
        COOKIE,
        signing.dumps(last, salt=SALT),
        max_age=DAYS * 24 * 60 * 60,
        path=reverse("account_login").removesuffix("login/"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _known(request: HttpRequest) -> dict[str, str]:
    """The number of each address by its digest, in the order of the last sign-ins."""
    try:
        known: dict[str, str] = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=DAYS * 24 * 60 * 60)
    except signing.BadSignature:
        return {}
    return known


def _digest(email: str) -> str:
    return salted_hmac(SALT, email.strip().lower(), algorithm="sha256").hexdigest()[:24]
