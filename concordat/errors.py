"""Refusals: as a small page with crisis help for people, as application/problem+json for programs (under /api/)."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views import defaults
from django.views.decorators.csrf import csrf_exempt

METHOD = "This address answers {} alone."


class OneLine(logging.Filter):
    """A refusal (403) is told in one line: it is an answer, and no fault of the program to be traced."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, without its traceback if it is of a refusal."""
        if getattr(record, "status_code", None) == 403:
            record.exc_info = None
        return True


def problem(status: int, title: str, detail: str) -> HttpResponse:
    """An error in the form of RFC 9457."""
    told = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JsonResponse(told, status=status, content_type="application/problem+json")


def is_for_programs(request: HttpRequest) -> bool:
    """Whether the address is one of the API's."""
    return request.path_info.startswith("/api/")


# Whatever the method: a program without our cookie must hear that nothing is here, not that its cookie is missing.
@csrf_exempt
def nothing_here(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Every address under /api/ that is no other."""
    return problem(404, "There is nothing here", "The answers are at /api/v1/status and /api/v1/history.")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What cannot be read: too many parameters, a wrong host name, too large a form."""
    if is_for_programs(request):
        return problem(400, "This request cannot be read", "It is too large, or it asks another host.")
    return defaults.bad_request(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of our own; it is in the log."""
    if is_for_programs(request):
        return problem(500, "Something went wrong on our side", "Please try again later.")
    return defaults.server_error(request)


def method_told(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: Django's answer to a wrong method (405) has no body; give it one. `Allow` stays as it is."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 405 or response.streaming or response.content:
            return response
        allowed = response.headers.get("Allow", "")
        if is_for_programs(request):
            told = problem(405, "This method is not allowed", METHOD.format(allowed))
        else:
            told = render(request, "405.html", status=405)
        told.headers["Allow"] = allowed
        return told

    return answer
