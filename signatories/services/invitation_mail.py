"""The mail with the link of an invitation; how it is sent at most once is in mailing.py. Moments are in UTC."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from concordat.kernel.changes import Actor
from signatories.models import Invitation
from signatories.outbox.letters import letter
from signatories.services import mailing
from signatories.services.invitations import link_of, post_of


def mail(invitation_id: int, *, by: Actor, now: datetime) -> None:
    """Send one invitation, unless somebody else does, has done, or will do so later, or nobody can accept it."""
    mailing.mail(Invitation, invitation_id, deliver=mailing.one(message_about), by=by, now=now)


def give_up_stuck(*, by: Actor, now: datetime) -> None:
    """Mark those whose sender was stopped half-way (see mailing.py); whoever invited may send them again."""
    mailing.give_up_stuck(Invitation, by=by, now=now)


def message_about(invitation: Invitation) -> EmailMessage:
    """The mail to the person who is invited. A reply goes to whoever invited."""
    inviter = invitation.invited_by
    told = {"invitation": invitation, "post": post_of(invitation), "link": link_of(invitation)}
    told["site"] = settings.SITE_URL.rstrip("/")
    return letter(
        subject="You are invited to the Concordat Tracker",
        text=render_to_string("mail/invitation.txt", told),
        to=invitation.email,
        button="Accept the invitation",
        reply_to=[inviter.email] if inviter.email else [],
        headers={
            "Message-ID": f"<invitation-{invitation.pk}-{invitation.nonce[:12]}@{urlsplit(settings.SITE_URL).hostname}>"
        },
    )
