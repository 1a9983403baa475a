"""Jobs of the whole product."""

import time

from celery import shared_task
from django.core.cache import cache

HEARTBEAT = "concordat:heartbeat"


@shared_task
def heartbeat() -> None:
    """Note in the shared cache that beat and a worker are alive (seconds since 1970, UTC)."""
    cache.set(HEARTBEAT, time.time(), timeout=None)
