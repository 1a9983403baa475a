"""Jobs through the real broker to a real worker."""

import time

import pytest
from django.core.cache import cache

from concordat.tasks import HEARTBEAT, heartbeat
from tests import services


def test_the_heartbeat_notes_when_it_ran() -> None:
    before = time.time()
    heartbeat()
    assert before <= cache.get(HEARTBEAT) <= time.time()


@pytest.mark.slow
def test_the_heartbeat_goes_through_broker_and_worker_into_the_shared_cache(
    celery_worker_process: services.Worker,
) -> None:
    assert cache.get(HEARTBEAT) is None
    heartbeat.delay()
    services.wait_until(lambda: cache.get(HEARTBEAT), "the heartbeat")
    assert celery_worker_process.poll() is None
