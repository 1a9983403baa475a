"""How often somebody may do something, counted in the shared cache for an hour or so and nowhere else."""

import ipaddress
import logging

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from concordat.reach import SHARED

log = logging.getLogger(__name__)


def origin(request: HttpRequest) -> str:
    """Where a request comes from, unreadable: a keyed digest of the IP address. Empty if that is not known.

    The proxies that stand before us (settings.TRUSTED_PROXIES) add the address that they see to the end of
    X-Forwarded-For; whatever the visitor wrote in there before is not believed. Of an IPv6 address the first
    half counts, since the second is the visitor's own to choose.
    """
    forwarded = [part for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    seen = [*forwarded, request.META.get("REMOTE_ADDR", "")]
    try:
        address = ipaddress.ip_address(seen[-1 - min(settings.TRUSTED_PROXIES, len(forwarded))].strip())
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        address = address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False).network_address
    return salted_hmac("concordat.limits", str(address), algorithm="sha256").hexdigest()


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
