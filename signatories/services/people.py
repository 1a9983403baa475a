"""People's accounts and roles. Days are days in London, moments are in UTC."""

from datetime import date, datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from concordat.kernel.changes import Actor, create, record
from concordat.kernel.dates import LONDON
from signatories.access import access_of
from signatories.models import Membership, Person
from signatories.outbox import links
from signatories.outbox.holding import part_from_deputies
from signatories.posts import Post, may_end
from signatories.services.errors import NotAllowedError

NOT_OWN = "You cannot take this from yourself. Ask another coordinator or a national administrator."
ADMINISTRATORS_ALONE = "Only a national administrator may do this."


def day_of(now: datetime) -> date:
    """The day in London at that moment."""
    return now.astimezone(LONDON).date()


@transaction.atomic
def keep_address(person: Person) -> None:
    """Let the person sign in with their email address, and with no other that they had before.

    The sign-in pages look addresses up in small letters. We only hold addresses that somebody answers for: an
    invitation reached it, or an administrator wrote it down.
    """
    email = (person.email or "").lower()
    EmailAddress.objects.filter(user=person).exclude(email=email).delete()
    if email:
        EmailAddress.objects.update_or_create(user=person, email=email, defaults={"verified": True, "primary": True})


@transaction.atomic
def give_role(person: Person, post: Post, *, by: Actor, on: date) -> Membership:
    """Give somebody the role from that day on; one that they hold already stays as it is."""
    place = {"role": post.role, "organisation": post.organisation, "partnership": post.partnership}
    held = Membership.objects.filter(person=person, until_on__isnull=True, **place).first()
    return held or create(Membership(person=person, from_on=on, **place), by=by)


@transaction.atomic
def end_role(membership: Membership, *, by: Person, now: datetime, why: str = "") -> None:
    """End somebody's role today: from now on they no longer have it.

    Raises NotAllowedError for who may not (docs/roles.md), for one's own role, and where somebody was faster.
    """
    on = day_of(now)
    if membership.person_id == by.pk:
        raise NotAllowedError(NOT_OWN)
    if not may_end(access_of(by, on), Post.of(membership)):
        raise NotAllowedError("You may not end this role.")
    _end(membership, by=by, on=on, why=why)


def _end(membership: Membership, *, by: Actor, on: date, why: str) -> None:
    if not Membership.objects.filter(pk=membership.pk, until_on__isnull=True).update(until_on=on):
        raise NotAllowedError("Somebody has ended this role already.")
    membership.refresh_from_db()
    record(membership, "ended", by=by, why=why, fields={"until_on": (None, on)})
    part_from_deputies(membership.person, by=by, on=on, why=why)


@transaction.atomic
def close_account(person: Person, *, by: Person, now: datetime, why: str) -> None:
    """Let somebody in no more: their roles end today, they are signed out everywhere. Their name stays.

    Their actions are handed back by `actionplans.services.owners.leave`, which calls this.
    Raises NotAllowedError unless a national administrator does it, without a reason, or for a closed account.
    """
    on = day_of(now)
    if not access_of(by, on).is_administrator:
        raise NotAllowedError(ADMINISTRATORS_ALONE)
    if person.pk == by.pk:
        raise NotAllowedError(NOT_OWN)
    if not why.strip():
        raise NotAllowedError("Say why the account is closed.")
    if not Person.objects.filter(pk=person.pk, is_active=True).update(is_active=False):
        raise NotAllowedError("This account is closed already.")
    person.refresh_from_db()
    record(person, "account closed", by=by, why=why, fields={"is_active": (True, False)})
    for membership in Membership.objects.filter(person=person, until_on__isnull=True).order_by("pk"):
        _end(membership, by=by, on=on, why=why)
    shut_out(person, by=by, now=now)


@transaction.atomic
def open_account(person: Person, *, by: Person, now: datetime) -> None:
    """Let somebody in again whose account was closed. They have no role until they are given one, and no link of before
    opens: not one either that was made while the account was being closed.

    Raises NotAllowedError unless a national administrator does it, or if the account is open.
    """
    if not access_of(by, day_of(now)).is_administrator:
        raise NotAllowedError(ADMINISTRATORS_ALONE)
    if not Person.objects.filter(pk=person.pk, is_active=False).update(is_active=True):
        raise NotAllowedError("This account is open already.")
    person.refresh_from_db()
    record(person, "account opened again", by=by, fields={"is_active": (False, True)})
    links.revoke_all(person, by=by, now=now)


@transaction.atomic
def shut_out(person: Person, *, by: Actor, now: datetime, but: str | None = None) -> None:
    """End what lets somebody in without asking again: every link that was mailed to them, and every session, apart from
    the one with that key.
    """
    links.revoke_all(person, by=by, now=now)
    end_sessions(person, but=but)


def end_sessions(person: Person, *, but: str | None = None) -> None:
    """Sign somebody out of every browser, apart from the one whose session has that key."""
    for session in UserSession.objects.filter(user=person).exclude(session_key=but or ""):
        session.end()


@transaction.atomic
def forget_second_factors(person: Person, *, by: Person, now: datetime) -> None:
    """For somebody who has lost phone and recovery codes: they set up new ones when they next sign in.

    Raises NotAllowedError unless a national administrator does it for somebody else, or if there are none.
    """
    if not access_of(by, day_of(now)).is_administrator:
        raise NotAllowedError(ADMINISTRATORS_ALONE)
    if person.pk == by.pk:
        raise NotAllowedError(NOT_OWN)
    if not Authenticator.objects.filter(user=person).delete()[0]:
        raise NotAllowedError("There is no second factor to take away.")
    record(person, "second factors taken away", by=by)
    end_sessions(person)
