"""Telling the administrators of an enquiry by email; how it is sent at most once is in mailing.py."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse

from concordat.kernel.changes import Actor
from signatories.models import Enquiry, Person
from signatories.services import mailing
from signatories.services.mailing import NotSentError


def mail(enquiry_id: int, *, by: Actor, now: datetime) -> None:
    """Tell the administrators of one enquiry, unless somebody else does, has done, or will do so later."""
    mailing.mail(Enquiry, enquiry_id, message_about=message_about, by=by, now=now)


def give_up_stuck(*, by: Actor, now: datetime) -> None:
    """Mark those whose sender was stopped half-way (see mailing.py)."""
    mailing.give_up_stuck(Enquiry, by=by, now=now)


def administrators() -> list[str]:
    """The addresses of all who may sign in and see enquiries."""
    people = Person.objects.filter(Q(is_staff=True) | Q(is_superuser=True), is_active=True, email__isnull=False)
    return [email for email in people.order_by("email").values_list("email", flat=True) if email]


def message_about(enquiry: Enquiry) -> EmailMessage:
    """The mail about one enquiry. Its subject holds nothing that the visitor wrote; a reply goes to the visitor.

    Raises NotSentError if there is nobody to send it to.
    """
    to = administrators()
    if not to:
        raise NotSentError("No administrator has an email address.")
    address = reverse("admin:signatories_enquiry_change", args=[enquiry.pk])
    context = {"enquiry": enquiry, "site": settings.SITE_URL.rstrip("/"), "address": address}
    return EmailMessage(
        subject=f"{enquiry.get_kind_display()} ({enquiry.reference})",
        body=render_to_string("mail/enquiry.txt", context),
        to=to,
        reply_to=[enquiry.email] if _is_address(enquiry.email) else [],
        headers={
            "Message-ID": f"<enquiry-{enquiry.reference.lower()}@{urlsplit(settings.SITE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",  # no holiday replies to the visitor
        },
    )


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
