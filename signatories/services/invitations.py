"""Invitations: somebody is asked to take a role, by a link in a mail that works once. Moments are in UTC.

A `Change` says that it happened and not to whom: the address stands in one place alone.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse

from concordat.kernel.changes import record
from signatories.access import Access, access_of
from signatories.models import Invitation, Membership, Person, Role
from signatories.models.mailed import MailState
from signatories.posts import Leading, Post, may_choose_lead, may_give, organisations_around
from signatories.services.errors import NotAllowedError
from signatories.services.people import day_of, give_role, keep_address

VALID_FOR = timedelta(days=14)
SALT = "signatories.invitation"
CLOSED = "The account with this address is closed. Ask a national administrator to open it again."
NOT_ONESELF = "You cannot invite yourself. Ask another coordinator or a national administrator."
LEAD_BY_OTHERS = (
    "This organisation has a lead already, or takes part in another partnership too. "
    "Ask its lead or a national administrator to invite one."
)
NO_LONGER = "Whoever invited you may no longer do so. Ask for a new invitation."
NOWHERE = Leading()


class InvitationError(NotAllowedError):
    """The link does not open: the message says why. `invitation` is what it was for, where that is certain."""

    def __init__(self, message: str, invitation: Invitation | None = None) -> None:
        super().__init__(message)
        self.invitation = invitation


def post_of(invitation: Invitation) -> Post:
    """The role that it offers."""
    return Post(Role(invitation.role), invitation.organisation, invitation.partnership)


# Making, sending again, taking back


@transaction.atomic
def invite(post: Post, *, name: str, email: str, by: Person, now: datetime, leading: Leading = NOWHERE) -> Invitation:
    """Ask somebody to take a role; the mail is sent by invitation_mail.py.

    Raises NotAllowedError for who may not (docs/roles.md), oneself, a post without its place, somebody who has the
    role or an open invitation to it, and a closed account.
    """
    access = _check_may_give(post, by=by, now=now, leading=leading)
    if not post.is_whole:
        raise NotAllowedError("Say in which organisation or partnership.")
    _check_lead(access, post, now=now, leading=leading)
    if _is_of(by, email):
        raise NotAllowedError(NOT_ONESELF)
    _check_can_have(post, email)
    invitation = Invitation(
        email=Person.objects.normalize_email(email),
        name=name,
        role=post.role,
        organisation=post.organisation,
        partnership=post.partnership,
        invited_by=by,
        invited_at=now,
        **_fresh(now),
    )
    try:
        with transaction.atomic():
            invitation.save(force_insert=True)
    except IntegrityError:
        raise NotAllowedError("This person is invited already. Send that invitation again, or take it back.") from None
    place = {"organisation": post.organisation, "partnership": post.partnership}
    told = {"role": post.role.value, **{name: where for name, where in place.items() if where}}
    record(invitation, "invited", by=by, fields={name: (None, value) for name, value in told.items()})
    return invitation


def _check_may_give(post: Post, *, by: Person, now: datetime, leading: Leading) -> Access:
    access = access_of(by, day_of(now))
    if not _may_give(access, post, now=now, leading=leading):
        raise NotAllowedError("You may not invite anybody to this role.")
    return access


def _may_give(access: Access, post: Post, *, now: datetime, leading: Leading) -> bool:
    around = organisations_around(access.coordinates, day_of(now)) if access.coordinates else frozenset()
    return may_give(access, post, around={*around, *leading.here} if access.coordinates else around)


def _check_lead(access: Access, post: Post, *, now: datetime, leading: Leading) -> None:
    if post.role != Role.ORGANISATION_LEAD or post.organisation is None:
        return
    if not may_choose_lead(access, post.organisation, day_of(now), leading=leading):
        raise NotAllowedError(LEAD_BY_OTHERS)


def _is_of(person: Person, email: str) -> bool:
    """Whether the address is that person's, in any case of letters."""
    return (person.email or "").lower() == email.strip().lower()


def _check_can_have(post: Post, email: str) -> None:
    person = Person.objects.filter(email__iexact=email[:254]).first()
    if person is None:
        return
    if not person.is_active:
        raise NotAllowedError(CLOSED)
    held = Membership.objects.filter(
        person=person,
        role=post.role,
        organisation=post.organisation,
        partnership=post.partnership,
        until_on__isnull=True,
    )
    if held.exists():
        raise NotAllowedError("This person has that role already.")


def _fresh(now: datetime) -> dict[str, Any]:
    return {"nonce": secrets.token_hex(16), "expires_at": now + VALID_FOR}


@transaction.atomic
def send_again(invitation: Invitation, *, by: Person, now: datetime, leading: Leading = NOWHERE) -> None:
    """Send a new link, which is valid from now; the old one opens no more.

    Raises NotAllowedError for who may not, and if it was accepted or taken back.
    """
    access = _check_may_give(post_of(invitation), by=by, now=now, leading=leading)
    _check_lead(access, post_of(invitation), now=now, leading=leading)
    before = invitation.expires_at
    fresh = _fresh(now)
    unmailed = {"mail_state": MailState.RECEIVED, "mail_tries": 0, "mail_failure": ""}
    nothing_yet = {"mail_moved_at": None, "mail_next_at": None}
    open_ = Invitation.objects.unanswered().filter(pk=invitation.pk)
    if not open_.update(**fresh, **unmailed, **nothing_yet):
        raise NotAllowedError("This invitation was accepted or taken back already.")
    invitation.refresh_from_db()
    record(invitation, "sent again", by=by, fields={"expires_at": (before, invitation.expires_at)})


@transaction.atomic
def revoke(invitation: Invitation, *, by: Person, now: datetime, leading: Leading = NOWHERE) -> None:
    """Take it back: its link opens no more.

    Raises NotAllowedError for who may not, and if it was accepted or taken back.
    """
    _check_may_give(post_of(invitation), by=by, now=now, leading=leading)
    if not _take_back(invitation, by=by, now=now):
        raise NotAllowedError("This invitation was accepted or taken back already.")


def _take_back(invitation: Invitation, *, by: Person, now: datetime, why: str = "") -> bool:
    if not Invitation.objects.unanswered().filter(pk=invitation.pk).update(revoked_at=now):
        return False
    invitation.refresh_from_db()
    record(invitation, "taken back", by=by, why=why, fields={"revoked_at": (None, now)})
    return True


@transaction.atomic
def take_back_those_of(person: Person, *, by: Person, now: datetime, leading: Leading = NOWHERE) -> None:
    """Take back the invitations that somebody made and, as a role or the account has ended, may no longer make."""
    access = access_of(person, day_of(now))
    made = Invitation.objects.unanswered().filter(invited_by=person).select_related("organisation", "partnership")
    for invitation in made:
        if not _may_give(access, post_of(invitation), now=now, leading=leading):
            _take_back(invitation, by=by, now=now, why="Whoever made it may no longer do so")


# The link


def token_of(invitation: Invitation) -> str:
    """What the link holds: which invitation, and the nonce of its last mail; signed."""
    return signing.dumps([invitation.pk, invitation.nonce], salt=SALT)


def link_of(invitation: Invitation) -> str:
    """The whole address of the page where it is accepted."""
    return settings.SITE_URL.rstrip("/") + reverse("invitation", args=[token_of(invitation)])


def find(token: str, *, now: datetime) -> Invitation:
    """The invitation that the link of a mail is for, still open at that moment.

    Raises InvitationError with the sentence for whoever followed the link.
    """
    try:
        pk, nonce = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise InvitationError("This link is not whole. Copy all of it from the email.") from None
    invitation = Invitation.objects.select_related("invited_by", "organisation", "partnership").filter(pk=pk).first()
    if invitation is None:
        raise InvitationError("We do not know this invitation.")
    if sentence := _why_not(invitation, nonce, now):
        raise InvitationError(sentence, invitation)
    return invitation


def _why_not(invitation: Invitation, nonce: str, now: datetime) -> str:
    """Why the link does not open; empty if it does."""
    reasons = {
        "This invitation has been used. Sign in with your email address.": invitation.accepted_at is not None,
        "This invitation was taken back.": invitation.revoked_at is not None,
        "We have sent you a newer email. Use the link in that one.": invitation.nonce != nonce,
        "This invitation has run out.": invitation.expires_at <= now,
    }
    return next((sentence for sentence, applies in reasons.items() if applies), "")


def account_for(invitation: Invitation) -> Person | None:
    """The person who has an account with its address, in any case of letters."""
    return Person.objects.filter(email__iexact=invitation.email).first()


def accept(
    invitation: Invitation, *, name: str, now: datetime, password: str | None = None, leading: Leading = NOWHERE
) -> Person:
    """Take the role: the person is made or found by the address, and has the role from today.

    `name` and `password` are those of a new account; one that is there keeps its own. Without a password the person
    signs in by code or passkey. The link works once: of two who follow it at the same moment one succeeds.
    `leading` is as seen by whoever made the invitation, who still has to be one who may.
    Raises InvitationError if it can no longer be accepted, and NotAllowedError for a closed account.
    """
    try:
        with transaction.atomic():
            return _accept(invitation, name=name, password=password, now=now, leading=leading)
    except IntegrityError:
        # Somebody was faster and has made the account or the role: by this invitation, or by another one to the same
        # address. The second time what they made is found.
        pass
    try:
        with transaction.atomic():
            return _accept(invitation, name=name, password=password, now=now, leading=leading)
    except IntegrityError:
        sentence = "This invitation has been used. Sign in with your email address."
        raise InvitationError(sentence, invitation) from None


def _check_still_given(invitation: Invitation, *, now: datetime, leading: Leading) -> None:
    """Raises InvitationError if whoever made it could not make it now."""
    by, post = Person.objects.get(pk=invitation.invited_by_id), post_of(invitation)
    if _is_of(by, invitation.email):
        raise InvitationError(NO_LONGER, invitation)
    try:
        access = _check_may_give(post, by=by, now=now, leading=leading)
        _check_lead(access, post, now=now, leading=leading)
    except NotAllowedError:
        raise InvitationError(NO_LONGER, invitation) from None


def _accept(invitation: Invitation, *, name: str, now: datetime, password: str | None, leading: Leading) -> Person:
    person = account_for(invitation)
    if person is None:
        person = Person.objects.create_user(invitation.email, password, name=name)
        record(person, "created", by=person, why="By invitation")
    elif not person.is_active:
        raise NotAllowedError(CLOSED)
    open_ = Invitation.objects.open_at(now).filter(pk=invitation.pk, nonce=invitation.nonce)
    if not open_.update(accepted_at=now, accepted_by=person):
        current = Invitation.objects.get(pk=invitation.pk)
        raise InvitationError(_why_not(current, invitation.nonce, now) or "This invitation is no longer open.", current)
    _check_still_given(invitation, now=now, leading=leading)
    invitation.refresh_from_db()
    keep_address(person)
    record(invitation, "accepted", by=person, fields={"accepted_at": (None, now)})
    give_role(person, post_of(invitation), by=person, on=day_of(now))
    return person
