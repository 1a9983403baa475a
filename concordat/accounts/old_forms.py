"""A form that was opened before its person signed in anew, in another tab perhaps: its proof does not fit any more.

Django's answer to that (settings.CSRF_FAILURE_VIEW). What it asks for is never done; what was typed is not lost.
"""

from django.http import HttpRequest, HttpResponse
from django.views import csrf

from concordat.accounts import typed
from concordat.accounts.gate import away, to_sign_in, way_back


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Back to the form, filled with what was typed; by the sign-in page, if need be.

    Only for a form that this person opened here: another website does not know the mark that it holds (`typed.who`),
    so it cannot lay words before anybody. Everything else gets the page that says what to do.
    """
    if not typed.keep(request):
        return csrf.csrf_failure(request, reason)
    if not request.user.is_authenticated:
        return to_sign_in(request)
    return away(request, way_back(request, was_kept=True))
