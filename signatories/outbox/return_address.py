"""How a mail of ours is known again when it comes back: by a signed mark that only we can make.

The mark is that of the Message-ID with a signature: `digest-12-mfrggzdfmztwq2lk`. It stands in a header, which servers
send back, and in the address to which they send what they could not deliver (BOUNCE_ADDRESS).
"""

import base64
import hmac
import re

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.crypto import salted_hmac

HEADER = "X-Concordat-Mail"
SALT = "signatories.outbox.return_address"
KINDS = ("digest", "reply", "invitation", "enquiry")
MARK = re.compile(rf"\b((?:{'|'.join(KINDS)})-[a-z0-9][a-z0-9-]{{0,40}})-([a-z2-7]{{16}})(?![a-z0-9-])")
MESSAGE_ID = re.compile(rf"<((?:{'|'.join(KINDS)})-[a-z0-9][a-z0-9-]{{0,40}})@([^<>@\s]+)>")


def marked(message: EmailMessage) -> EmailMessage:
    """The mail, with its mark where it has a Message-ID of ours; others are left as they are."""
    found = MESSAGE_ID.fullmatch(str(message.extra_headers.get("Message-ID", "")))
    if found is None:
        return message
    mark = mark_of(found[1])
    message.extra_headers[HEADER] = mark
    if settings.BOUNCE_ADDRESS:
        mailbox, _, host = settings.BOUNCE_ADDRESS.rpartition("@")
        message.extra_headers.setdefault("From", message.from_email)
        message.from_email = f"{mailbox}+{mark}@{host}"
    return message


def mark_of(name: str) -> str:
    """The name of a mail (the first half of its Message-ID) with its signature."""
    return f"{name}-{_signature(name, settings.SECRET_KEY)}"


def names_in(text: str) -> tuple[set[str], bool]:
    """The names of our mails whose marks stand in a text with the right signature; and whether any had a wrong one."""
    names, is_forged = set(), False
    for name, signature in MARK.findall(text.lower()):
        if any(hmac.compare_digest(signature, _signature(name, key)) for key in _keys()):
            names.add(name)
        else:
            is_forged = True
    return names, is_forged


def _keys() -> list[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _signature(name: str, key: str) -> str:
    """16 small letters and digits: mail servers may change capitals."""
    digest = salted_hmac(SALT, name, secret=key, algorithm="sha256").digest()
    return base64.b32encode(digest[:10]).decode().lower()
