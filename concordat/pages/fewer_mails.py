"""The page behind “Get fewer reminders” in a digest. Opening it changes nothing; a mail program may send the form."""

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from actionplans.chasing.digest import FEWER_SALT
from concordat.kernel.dates import today
from signatories.models import Person
from signatories.outbox.holding import want_fewer


@never_cache
@csrf_exempt  # RFC 8058: the mail program posts it without a page before; the signed link says for whom
@require_http_methods(["GET", "HEAD", "POST"])
def fewer_mails(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether somebody wants only the reminders that are needed; or that they get only these from now on."""
    person = _person(token)
    if person is None:
        return render(request, "pages/fewer_mails.html", {"is_unknown": True}, status=404)
    if request.method != "POST":
        return render(request, "pages/fewer_mails.html", {"token": token})
    want_fewer(person, by=person, on=today())
    return render(request, "pages/fewer_mails.html", {"is_done": True})


def _person(token: str) -> Person | None:
    try:
        return Person.objects.filter(pk=signing.loads(token, salt=FEWER_SALT), is_active=True).first()
    except (signing.BadSignature, ValueError, TypeError):
        return None
