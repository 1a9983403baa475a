"""How often somebody may do something, counted in the shared cache for an hour or so and nowhere else."""

import ipaddress
import logging
import re
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from concordat.reach import SHARED

AN_HOUR, A_DAY = 60 * 60, 24 * 60 * 60  # seconds
WITH_PORT = re.compile(r"(?:\[(?P<six>[^\]]*)\]|(?P<four>[0-9.]+))(?::[0-9]{1,5})?", re.ASCII)
log = logging.getLogger(__name__)


def origin(request: HttpRequest) -> str:
    """Where a request comes from, unreadable: a keyed digest of the IP address. Empty if that is not known.

    The proxies that stand before us (settings.TRUSTED_PROXIES) add the address that they see to the end of
    X-Forwarded-For, some with its port; whatever the visitor wrote in there before is not believed. What they add
    that is no address counts as nothing said: then it is the address of whoever is connected to us, so that nobody
    escapes the count. Of an IPv6 address the first half counts, since the second is the visitor's own to choose.
    """
    forwarded = [part for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    seen = [*forwarded, request.META.get("REMOTE_ADDR", "")]
    address = _address(seen[-1 - min(settings.TRUSTED_PROXIES, len(forwarded))]) or _address(seen[-1])
    return salted_hmac("concordat.limits", address, algorithm="sha256").hexdigest() if address else ""


def _address(text: str) -> str:
    """The IP address, or the network that counts for it, of `192.0.2.1`, `192.0.2.1:5555`, `2001:db8::1` or
    `[2001:db8::1]:443`; empty if it is none of these.
    """
    written = WITH_PORT.fullmatch(text.strip())
    try:
        address = ipaddress.ip_address(written["six"] or written["four"] if written else text.strip())
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        return str(address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(address)


def too_many_invitations(person: Any) -> str:
    """Count one more invitation of that person; a sentence for them if it is one too many for a day, else nothing."""
    most = settings.INVITATIONS_PER_DAY
    if not too_often("invitations", str(person.pk), at_most=most, seconds=A_DAY):
        return ""
    return f"You have sent {most} invitations within a day, and that is the most. Go on tomorrow."


def too_many_files(person: Any) -> str:
    """Count one more file of that person; a sentence for them if it is one too many for an hour, else nothing."""
    most = settings.UPLOADS_PER_HOUR
    if not too_often("uploads", str(person.pk), at_most=most, seconds=AN_HOUR):
        return ""
    return f"You have added {most} files within an hour, and that is the most. Add this one in an hour."


def too_often(what: str, by: str, *, at_most: int, seconds: int) -> bool:
    """Count one more of these by that origin, and say whether that is more than so many in these seconds.

    Never where the origin is not known or the cache is out of reach: a limit must not lose a message.
    """
    if not by:
        return False
    key = f"limit:{what}:{by}"
    count = SHARED.ask(lambda: _count(key, seconds), None)
    if count is None:
        log.warning("The cache is out of reach, so nobody counts how often “%s” happens.", what)
        return False
    return count > at_most


def _count(key: str, seconds: int) -> int | None:
    if cache.add(key, 1, seconds):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:
        return 1  # it ran out between the two
