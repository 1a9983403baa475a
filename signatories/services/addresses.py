"""Addresses that take no mails: we stop writing to them until somebody mends that. Days in London, moments in UTC.

Whose mails come back keeps their actions and may sign in; chasing passes them over, so that an action for which nobody
else answers needs an owner, and its coordinator is written to (docs/rules.md, Chasing).
"""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from concordat.kernel.changes import Actor, record
from signatories.models import MailStop, Person
from signatories.outbox.notices import say_again
from signatories.services.errors import NotAllowedError
from signatories.services.people import keep_address, shut_out

STOPPED, AGAIN, CHANGED = "mails stopped", "mails again", "address changed"
TAKEN = "Another person has this address."
NOT_STOPPED = "Mails to this person are not stopped."


@transaction.atomic
def stop(person: Person, reason: MailStop, *, by: Actor, on: date, why: str) -> bool:
    """Write to somebody no more from that day on; says whether that is new. `why` is kept and names no address."""
    going = Person.objects.filter(pk=person.pk, mail_stopped_on__isnull=True)
    if not going.update(mail_stopped_on=on, mail_stopped_why=reason):
        return False
    fields = {"mail_stopped_on": (None, on), "mail_stopped_why": ("", reason.value)}
    person.refresh_from_db()
    record(person, STOPPED, by=by, why=why, fields=fields)
    return True


@transaction.atomic
def write_again(person: Person, *, by: Actor, why: str = "") -> None:
    """Their address takes mails, as it is: what came back and still holds is said again with what is due.

    Raises NotAllowedError if mails are not stopped (any more).
    """
    person.refresh_from_db()
    fields = {
        "mail_stopped_on": (person.mail_stopped_on, None),
        "mail_stopped_why": (person.mail_stopped_why, ""),
    }
    stopped = Person.objects.filter(pk=person.pk, mail_stopped_on__isnull=False)
    if not stopped.update(mail_stopped_on=None, mail_stopped_why=""):
        raise NotAllowedError(NOT_STOPPED)
    person.refresh_from_db()
    record(person, AGAIN, by=by, why=why, fields=fields)
    say_again(person, by=by, why=why or "Mails reach them again")


@transaction.atomic
def change(person: Person, email: str, *, by: Person, now: datetime, why: str = "") -> None:
    """Another address in place of one whose mails come back: mails go there, and the person signs in with it.

    They are signed out everywhere, and no link that was mailed to them opens: whoever has the old mailbox gets in no
    more. Who may do this says
    `actionplans.services.owners.may_readdress`. Raises NotAllowedError if mails are not stopped, or for an address that
    is none, is the present one, or another person's.
    """
    email = Person.objects.normalize_email(email.strip())
    _check(person, email)
    before = person.email
    try:
        with transaction.atomic():
            stopped = Person.objects.filter(pk=person.pk, email=before, mail_stopped_on__isnull=False)
            if not stopped.update(email=email):
                raise NotAllowedError(NOT_STOPPED)
    except IntegrityError as error:
        raise NotAllowedError(TAKEN) from error
    record(person, CHANGED, by=by, why=why, fields={"email": (before, email)})
    leave_the_old(person, by=by, now=now)


@transaction.atomic
def leave_the_old(person: Person, *, by: Actor, now: datetime, but: str | None = None) -> None:
    """What follows once somebody's address was changed, whether or not mails to the old one came back: mails go to the
    new one, the person signs in with it alone, and whoever has the old mailbox gets in no more.

    `but` is the key of the session in which people change their own.
    """
    if person.mail_stopped_on is not None:
        write_again(person, by=by, why="It has another address")
    keep_address(person)
    shut_out(person, by=by, now=now, but=but)


def _check(person: Person, email: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise NotAllowedError("Give an email address like name@example.org.") from None
    if email == (person.email or "").lower():
        raise NotAllowedError("This is the address that they have. If it works again, say so below.")
    if Person.objects.filter(email__iexact=email).exclude(pk=person.pk).exists():
        raise NotAllowedError(TAKEN)
