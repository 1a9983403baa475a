"""Where other programs hand something in: reports of mails that came back (docs/bounces.md).

The body is the report itself (RFC 822), at most a megabyte. Two headers prove who sent it, and when:
`X-Concordat-Timestamp` (seconds since 1970) and `X-Concordat-Signature` (`sha256=` and the HMAC in hex of the
timestamp, a full stop and the body, by one of BOUNCE_HOOK_SECRETS). What is sent twice changes nothing.
"""

import hmac

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from concordat.errors import problem
from concordat.limits import origin, too_often
from signatories.models.mail_report import Outcome
from signatories.outbox.bounces.reading import MOST_BYTES
from signatories.outbox.bounces.taking import HOOK, count, take

MOST_SECONDS = 300  # that a timestamp may be wrong by
AT_MOST, WITHIN = 120, 60  # reports from one address in so many seconds
NOT_SIGNED = "The signature is missing, wrong or older than five minutes. Nothing was changed."


@csrf_exempt  # a program sends it, without a page or a cookie; the signature says who
@never_cache
@require_POST
def bounces(request: HttpRequest) -> HttpResponse:
    """Take one report, and say what became of it. Without a secret in the settings there is nothing here (404)."""
    if not settings.BOUNCE_HOOK_SECRETS:
        raise Http404
    if too_often("bounces", origin(request), at_most=AT_MOST, seconds=WITHIN):
        refusal = problem(429, "Too many at once", "Send the rest in a minute.")
        refusal.headers["Retry-After"] = str(WITHIN)
        return refusal
    body = _body(request)
    if body is None:
        return problem(413, "Too large", f"A report has at most {MOST_BYTES:,} bytes.")
    now = timezone.now()
    if not _is_signed(request, body, seconds=now.timestamp()):
        count(HOOK, Outcome.FORGED, now=now)
        return problem(403, "Not signed", NOT_SIGNED)
    return JsonResponse({"outcome": take(body, way=HOOK, by="bounce_hook", now=now).value})


def _body(request: HttpRequest) -> bytes | None:
    """What was sent; None if it is too large. No more than a megabyte of it is ever read."""
    body: bytes = request.read(MOST_BYTES + 1)
    return body if len(body) <= MOST_BYTES else None


def _is_signed(request: HttpRequest, body: bytes, *, seconds: float) -> bool:
    stamp = request.headers.get("X-Concordat-Timestamp", "")
    given = request.headers.get("X-Concordat-Signature", "")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12) or abs(seconds - int(stamp)) > MOST_SECONDS:
        return False
    return any(hmac.compare_digest(given.encode(), signature_of(stamp, body, key).encode()) for key in _secrets())


def _secrets() -> list[str]:
    found: list[str] = settings.BOUNCE_HOOK_SECRETS
    return found


def signature_of(stamp: str, body: bytes, secret: str) -> str:
    """What the header `X-Concordat-Signature` says for a body that was sent at that second."""
    return "sha256=" + hmac.digest(secret.encode(), stamp.encode() + b"." + body, "sha256").hex()
