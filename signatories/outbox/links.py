"""The signed link in a digest: made, found again, taken back (docs/adr/0020-the-signed-link.md). Moments are in UTC.

What the link holds is in no table. It is a signature over the message, its recipient and the row's nonce, so that
neither a copy of the database nor the secret key alone opens anything.
"""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from concordat.kernel.changes import Actor, record, revise
from concordat.kernel.dates import LONDON
from concordat.kernel.tokens import FIRST, HIDDEN
from signatories.models import Message, Partnership, Person, SignedLink
from signatories.services.errors import NotAllowedError

SALT = "signatories.signed-link"
SWITCHED_OFF = "It was switched off."
NOT_WHOLE = "Copy the whole link from the email, or press its button there."


class LinkError(NotAllowedError):
    """The link does not open; the message says why, to whoever followed it."""

    status = 404


class UnknownLinkError(LinkError):
    """Nobody signed it, or it is another person's."""


class EndedLinkError(LinkError):
    """It opened once: it has run out or was taken back, or the account was closed."""

    status = 410


@transaction.atomic
def keep(message: Message, action_ids: Iterable[int], *, until: date, now: datetime) -> SignedLink | None:
    """The link of a message that is about to be sent, for these actions, up to and with that day in London.

    Sent again, a message has the same link, for what it then holds. None if it was taken back: that stays so.
    """
    ends = datetime.combine(until + timedelta(days=1), time(), tzinfo=LONDON)
    values = {"action_ids": sorted(action_ids), "expires_at": ends}
    link, is_new = SignedLink.objects.get_or_create(
        message=message, defaults={**values, "nonce": secrets.token_hex(16), "made_at": now}
    )
    if not is_new:
        if not SignedLink.objects.filter(pk=link.pk, revoked_at__isnull=True).update(**values):
            return None
        link.refresh_from_db()
    link.message = message
    return link


def signer() -> signing.Signer:
    """What signs the tokens, by the site's key; those of its former keys still hold."""
    return signing.Signer(salt=SALT)


def token_of(link: SignedLink) -> str:
    """What stands in the link's path. It is not to be kept, logged or shown to anybody but its recipient."""
    return signer().sign_object([link.message_id, link.message.recipient_id, link.nonce])


def address_of(link: SignedLink) -> str:
    """The whole address of its page. It ends with a slash: programs that find links in a text leave out a last dash."""
    return f"{settings.SITE_URL.rstrip('/')}{FIRST}{token_of(link)}/"


def shown_address() -> str:
    """How that address is shown to others than its reader: it opens nothing."""
    return f"{settings.SITE_URL.rstrip('/')}{FIRST}{HIDDEN}/"


@sensitive_variables("token")
def find(token: str, *, now: datetime) -> SignedLink:
    """The link with that token, if it opens at that moment. One query.

    Raises UnknownLinkError for what nobody signed, or signed for somebody else; EndedLinkError for one that has run
    out or was taken back, or whose recipient's account is closed.
    """
    try:
        message, person, nonce = signer().unsign_object(token)
        link = SignedLink.objects.select_related("message__recipient").filter(message=message).first()
    except (signing.BadSignature, ValueError, TypeError):
        raise UnknownLinkError(NOT_WHOLE) from None
    if link is None or link.message.recipient_id != person:
        raise UnknownLinkError(NOT_WHOLE)
    if link.revoked_at or link.nonce != nonce or not link.message.recipient.is_active:
        raise EndedLinkError(SWITCHED_OFF)
    if link.expires_at <= now:
        raise EndedLinkError("It has run out. The next email has a new one.")
    return link


def keep_open(link: SignedLink) -> None:
    """Make sure, until the end of the transaction, that nobody takes the link back. One query.

    Raises EndedLinkError if somebody has.
    """
    standing = SignedLink.objects.select_for_update().filter(pk=link.pk, revoked_at__isnull=True)
    if standing.first() is None:
        raise EndedLinkError(SWITCHED_OFF)


def demand_sign_in(partnership: Partnership, *, demanded: bool, by: Actor) -> None:
    """Whether a link reports no action of that partnership as closed: its owner signs in for that."""
    revise(partnership, by=by, sign_in_to_close=demanded)


@transaction.atomic
def revoke(link: SignedLink, *, by: Actor, now: datetime, why: str = "") -> bool:
    """Take it back: it opens no more, for nobody. Says whether it was this call that did it."""
    standing = SignedLink.objects.filter(pk=link.pk, revoked_at__isnull=True)
    if not standing.update(revoked_at=now, nonce=secrets.token_hex(16)):
        return False
    record(link, "taken back", by=by, why=why, fields={"revoked_at": (None, now)})
    return True


def revoke_all(person: Person, *, by: Actor, now: datetime) -> int:
    """Take back every link to that person that still opens; says how many. One query, and two for each."""
    return sum(
        revoke(link, by=by, now=now) for link in SignedLink.objects.open_at(now).filter(message__recipient=person)
    )
