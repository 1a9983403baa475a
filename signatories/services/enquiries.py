"""Enquiries of visitors: received, answered, and emptied of what the visitor wrote. All moments are in UTC.

A `Change` says that it happened and never what was written: what is personal stands in one place alone.
"""

import hmac
import secrets
from datetime import datetime

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import IntegrityError, transaction

from concordat.kernel.changes import Actor, person, record
from signatories.models import Enquiry, Person
from signatories.models.enquiry import PERSONAL
from signatories.services.errors import NotAllowedError

# How long the texts are kept once the enquiry is answered. The privacy page says so.
KEPT_MONTHS = 12
# No two of these look alike.
LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"


def receive(
    *,
    kind: Enquiry.Kind,
    message: str,
    now: datetime,
    by: Actor,
    about: str = "",
    name: str = "",
    email: str = "",
    ticket: str = "",
) -> Enquiry:
    """Keep what a visitor sent. The same texts sent twice with the same ticket (one opened form) are one enquiry.

    Raises django.db.IntegrityError for an `about` that is no path of this site, or without a message.
    """
    reference = _reference(ticket or secrets.token_hex(), kind, about, message, name, email)
    there = Enquiry.objects.filter(reference=reference).first()
    if there:
        return there
    enquiry = Enquiry(
        reference=reference, kind=kind, about=about, message=message, name=name, email=email, received_at=now
    )
    try:
        with transaction.atomic():
            enquiry.save(force_insert=True)
            record(enquiry, "received", by=by, fields={"kind": (None, kind)})
    except IntegrityError:
        # Sent twice at the same moment: the other one was faster.
        there = Enquiry.objects.filter(reference=reference).first()
        if there is None:
            raise
        return there
    return enquiry


def _reference(*parts: str) -> str:
    """Ten letters from what was sent, which nobody can guess and nothing can be read from."""
    digest = hmac.digest(settings.SECRET_KEY.encode(), "\0".join(parts).encode(), "sha256")
    letters = "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:10])
    return f"{letters[:5]}-{letters[5:]}"


@transaction.atomic
def answer(enquiry: Enquiry, *, by: Person, now: datetime) -> None:
    """Note that somebody has dealt with it, by a reply or by putting a page right.

    Raises NotAllowedError if somebody has done so already.
    """
    open_ = Enquiry.objects.filter(pk=enquiry.pk, answered_at__isnull=True)
    if not open_.update(answered_at=now, answered_by=person(by)):
        raise NotAllowedError("Somebody has marked it as answered already.")
    enquiry.refresh_from_db()
    record(enquiry, "answered", by=by, fields={"answered_at": (None, now)})


@transaction.atomic
def redact(enquiry: Enquiry, *, by: Actor, now: datetime, why: str) -> None:
    """Delete what the visitor wrote. The row stays, with this moment as its mark.

    Raises NotAllowedError if that was done before.
    """
    whole = Enquiry.objects.filter(pk=enquiry.pk, redacted_at__isnull=True)
    if not whole.update(redacted_at=now, **dict.fromkeys(PERSONAL, "")):
        raise NotAllowedError("Its texts are deleted already.")
    enquiry.refresh_from_db()
    record(enquiry, "redacted", by=by, why=why, fields={"redacted_at": (None, now)})


def redact_old(*, by: Actor, now: datetime) -> int:
    """Delete the texts of all that were answered long enough ago; gives how many there were."""
    old = list(Enquiry.objects.answered_before(now - relativedelta(months=KEPT_MONTHS)))
    for enquiry in old:
        redact(enquiry, by=by, now=now, why=f"Answered {KEPT_MONTHS} months ago")
    return len(old)
