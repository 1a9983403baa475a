"""Telling the administrators of an enquiry by email; how it is sent at most once is in mailing.py.

Each administrator gets a mail of their own, so that an address which the server refuses keeps nobody else from being
told; who has theirs is kept in `mailed_to`, and gets no second one when the others are tried again.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import DatabaseError
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse

from concordat.kernel.changes import Actor
from concordat.kernel.lines import one_kind_of_end
from signatories.models import Enquiry, Person, reachable
from signatories.models.mailed import MailState
from signatories.services import mailing
from signatories.services.mailing import NotSentError, Outcome, UncertainError, UnreachableError, said

log = logging.getLogger(__name__)


def mail(enquiry_id: int, *, by: Actor, now: datetime) -> None:
    """Tell the administrators of one enquiry, unless somebody else does, has done, or will do so later."""
    mailing.mail(Enquiry, enquiry_id, deliver=deliver, by=by, now=now)


def give_up_stuck(*, by: Actor, now: datetime) -> None:
    """Mark those whose sender was stopped half-way (see mailing.py)."""
    mailing.give_up_stuck(Enquiry, by=by, now=now)


def deliver(enquiry: Enquiry) -> Outcome:
    """Send it to all who do not have it yet. The row says whom it did not reach; the record names no address."""
    had_it = _told(enquiry)
    missed = tell(enquiry)
    have_it = _told(enquiry)
    fields: dict[str, tuple[Any, Any]] = {"mailed_to": (had_it, have_it)} if had_it != have_it else {}
    if not missed:
        return Outcome(MailState.MAILED, fields=fields)
    why = "; ".join(dict.fromkeys(miss.why for miss in missed))
    state = MailState.UNCERTAIN if any(miss.perhaps for miss in missed) else MailState.FAILED
    return Outcome(state, why, _failure(why, missed, others=have_it), fields)


@dataclass(frozen=True, slots=True)
class Miss:
    """An administrator whom the mail did not surely reach; `perhaps` it did, and then it is never sent again."""

    email: str
    why: str
    perhaps: bool = False


def tell(enquiry: Enquiry) -> list[Miss]:
    """Send it to each administrator who does not have it yet; gives those whom it did not surely reach."""
    everybody, told, missed = administrators(), _told(enquiry), list[Miss]()
    if not everybody:
        return [Miss("", "No administrator has an email address.")]
    waiting = [person for person in everybody if person.pk not in told]
    for number, person in enumerate(waiting):
        email = str(person.email)
        try:
            mailing.send(message_about(enquiry, person), enquiry)
        except UncertainError as error:
            missed.append(Miss(email, str(error), perhaps=True))
        except UnreachableError as error:
            return missed + [Miss(str(other.email), str(error)) for other in waiting[number:]]
        except NotSentError as error:
            missed.append(Miss(email, str(error)))
        except Exception as error:
            log.exception("Enquiry %s could not be mailed to one of its readers.", enquiry.reference)
            missed.append(Miss(email, said(error)))
        else:
            missed += _keep(enquiry, person)
    return missed


def _keep(enquiry: Enquiry, person: Person) -> list[Miss]:
    """Keep that a person has it; while the database stays away they are one who perhaps has it."""
    try:
        mailing.surely(partial(enquiry.mailed_to.add, person), f"Enquiry {enquiry.reference}")
    except DatabaseError as error:
        return [Miss(str(person.email), said(error), perhaps=True)]
    return []


def _told(enquiry: Enquiry) -> list[int]:
    """The keys of those who have it."""
    return sorted(enquiry.mailed_to.values_list("pk", flat=True))


def _failure(why: str, missed: list[Miss], others: list[int]) -> str:
    """Why it did not reach them, and whom, unless that is everybody."""
    lists = {
        "Not mailed to": [miss.email for miss in missed if not miss.perhaps],
        "Perhaps mailed to": [miss.email for miss in missed if miss.perhaps],
    }
    parts = [f"{words}: {', '.join(emails)}." for words, emails in lists.items() if emails]
    return " ".join([*parts, why]) if others or len(parts) > 1 else why


def administrators() -> list[Person]:
    """All who may sign in and see enquiries, and have an address."""
    people = Person.objects.filter(reachable(), Q(is_staff=True) | Q(is_superuser=True))
    return [person for person in people.order_by("email") if person.email]


def message_about(enquiry: Enquiry, to: Person) -> EmailMessage:
    """The mail about one enquiry. Its subject holds nothing that the visitor wrote; a reply goes to the visitor."""
    address = reverse("admin:signatories_enquiry_change", args=[enquiry.pk])
    context = {"enquiry": enquiry, "site": settings.SITE_URL.rstrip("/"), "address": address}
    return EmailMessage(
        subject=f"{enquiry.get_kind_display()} ({enquiry.reference})",
        body=one_kind_of_end(render_to_string("mail/enquiry.txt", context)),
        to=[str(to.email)],
        reply_to=[enquiry.email] if _is_address(enquiry.email) else [],
        headers={"Message-ID": f"<enquiry-{enquiry.reference.lower()}-{to.pk}@{urlsplit(settings.SITE_URL).hostname}>"},
    )


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
