"""Mails at once about what became of somebody's own act: a report or a submission that came back, or was published.

The row is written in the transaction of the act; the sweep sends it (`concordat/tasks.py`), as `mailing.py` has it. The
weekly limit does not count them. Moments in UTC.
"""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models
from django.template.loader import render_to_string

from concordat.kernel.changes import Actor
from signatories.models import Person, Reply
from signatories.models.mailed import MailState
from signatories.outbox.letters import letter
from signatories.services import mailing
from signatories.services.mailing import Outcome

MOST_TRIES = 12
HANDED_IN = "You get this because you handed it in."


def reply(
    to: Iterable[Person | None],
    about: models.Model,
    *,
    subject: str,
    sentences: Iterable[str],
    page: str,
    by: Actor,
    why: str = HANDED_IN,
) -> list[Reply]:
    """Tell these people (each once, and not who acted) what became of what they did. Call it with the act itself.

    `page` is the address of the page where they go on, from the site's root; `why` says why the mail comes to them. Who
    cannot be written to is left out.
    """
    actor = getattr(by, "pk", None)
    people = {person.pk: person for person in to if person and person.is_reachable and person.pk != actor}
    site = settings.SITE_URL.rstrip("/")
    told = {"sentences": list(sentences), "link": site + page, "site": site, "why": why}
    rows = [
        Reply(
            recipient=person,
            subject_type=about._meta.label_lower,
            subject_id=about.pk,
            subject=subject[:200],
            text=render_to_string("mail/reply.txt", {"to": person, **told}),
        )
        for person in people.values()
    ]
    return Reply.objects.bulk_create(rows)


def mail(reply_id: int, *, by: Actor, now: datetime) -> None:
    """Send one, unless somebody else does, has done, or will do so later."""
    mailing.mail(Reply, reply_id, deliver=deliver, by=by, now=now, most_tries=MOST_TRIES)


def give_up_stuck(*, by: Actor, now: datetime) -> None:
    """Mark those whose sender was stopped half-way (see mailing.py)."""
    mailing.give_up_stuck(Reply, by=by, now=now, most_tries=MOST_TRIES)


def deliver(row: Reply) -> Outcome:
    """Send it, unless who was to get it has left meanwhile, or mails to them come back."""
    if not row.recipient.is_reachable:
        return Outcome(MailState.DROPPED, "Nobody is there any longer to get it.")
    mailing.send(message_about(row), row)
    return mailing.MAILED


def message_about(row: Reply) -> EmailMessage:
    """The mail."""
    host = urlsplit(settings.SITE_URL).hostname
    headers = {"Message-ID": f"<reply-{row.pk}@{host}>"}
    to = str(row.recipient.email)
    return letter(subject=row.subject, text=row.text, to=to, headers=headers, button="Open it in the tracker")
