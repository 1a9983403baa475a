"""Signing in counts tries in the shared cache. Where that is out of reach nobody signs in, and is told so plainly."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
OUR_PAGES = ("/accounts/", "/invitations/")
RETRY_SECONDS = 60


class SignInOutage:
    """Middleware: a page instead of an error when cache or queue fail beneath a sign-in page.

    To let people in without counting would let others try passwords without end. Who is signed in stays so: sessions
    are in the database.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for a minute of waiting (503), or nothing where the error is another one."""
        if not isinstance(error, RedisError | OperationalError) or not request.path.startswith(OUR_PAGES):
            return None
        log.error("Nobody can sign in: cache or queue are out of reach (%s).", type(error).__name__)
        response = render(request, "account/outage.html", status=503)
        response["Retry-After"] = str(RETRY_SECONDS)
        return response
