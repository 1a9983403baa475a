"""What each mail says to machines: that no machine is to answer, and how it is known again when it comes back.

It is known by a mark that only we can make, that of the Message-ID with a signature: `digest-12-mfrggzdfmztwq2lk`. The
mark stands in a header, which servers send back, and in the address to which they send what they could not deliver
(BOUNCE_ADDRESS).
"""

import base64
import hmac
import re

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.crypto import salted_hmac

HEADER = "X-Concordat-Mail"
# No holiday replies (RFC 3834), and none from Exchange, which has a header of its own ([MS-OXCMAIL] 2.1.3.2.20). Not
# “All”: that would keep back, too, that a mail could not be delivered.
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "OOF, AutoReply"}
SALT = "signatories.outbox.return_address"
KINDS = ("digest", "reply", "invitation", "enquiry")
MARK = re.compile(rf"\b((?:{'|'.join(KINDS)})-[a-z0-9][a-z0-9-]{{0,40}})-([a-z2-7]{{16}})(?![a-z0-9-])")
MESSAGE_ID = re.compile(rf"<((?:{'|'.join(KINDS)})-[a-z0-9][a-z0-9-]{{0,40}})@([^<>@\s]+)>")


def marked(message: EmailMessage) -> EmailMessage:
    """The mail as it goes out: it asks for no automatic answers, and has its mark if it has a Message-ID of ours."""
    for name, value in AUTOMATIC.items():
        message.extra_headers.setdefault(name, value)
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
