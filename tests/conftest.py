"""What every test may lean on: a real Redis-protocol server, a real worker, a real browser."""

import gc
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
import redis
from django.conf import settings
from django.db import connection, connections

from concordat.caching import AT_HAND
from concordat.reach import SHARED
from tests import browsers, guards, services

# A file of so many tests takes long, however short each is.
MANY = 200
# The fixtures by which a test asks for the database, itself or through others.
DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever drives a browser can be left out with -m "not browser", what asks no database with -m database."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if "browser_page" in fixtures:
            item.add_marker("browser")
        if item.get_closest_marker("django_db") or fixtures & DATABASE:
            item.add_marker("database")
    _begin_with_the_long_files(items)


def _begin_with_the_long_files(items: list[pytest.Item]) -> None:
    """Files with slow tests, a browser or hundreds of tests come first: at the end no process waits for another's.

    Files stay whole, and otherwise in the order that chance gave them. (pytest-xdist by itself begins with the files
    of most tests, and so ends with those of the longest: Makefile tells it not to.)
    """
    count = Counter(item.path for item in items)
    slow = {item.path for item in items if item.get_closest_marker("slow") or item.get_closest_marker("browser")}
    items.sort(key=lambda item: item.path not in slow and count[item.path] < MANY)


def pytest_collection_finish() -> None:
    """Spare the collector of garbage what stays to the end anyway: modules, and many thousands of tests.

    To look through them again and again took a fifth of the processor's time.
    """
    gc.collect()
    gc.freeze()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what cannot be without a browser; from here and not from a fixture, so that one line tells of all."""
    if item.get_closest_marker("browser"):
        browsers.program()


@pytest.fixture(scope="session", autouse=True)
def redis_client() -> Iterator[redis.Redis]:
    """The server of the settings: the one that TEST_REDIS_URL names, else one started for this process."""
    server = services.redis_at(settings.REDIS_URL, settings.VAR_DIR / "redis")
    with server, closing(redis.Redis.from_url(settings.REDIS_URL)) as client:
        yield client


@pytest.fixture(autouse=True)
def _empty_cache_and_queue(redis_client: redis.Redis) -> None:
    """No test finds what another left in the cache or the queue, or that another found them out of reach.

    The queue's bindings stay: Celery declares them only once for each connection.
    """
    AT_HAND.clear()
    SHARED.forget()
    left = [key for key in redis_client.keys("*") if not key.startswith(b"_kombu")]
    if left:
        redis_client.delete(*left)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Let tests with real transactions empty the tables: all triggers of the database step aside for that alone."""
    empty = connection.ops.sql_flush

    def sql_flush(*args: Any, **options: Any) -> list[str]:
        emptying = empty(*args, **options)
        aside, back = guards.aside() if emptying else ([], [])
        return [*aside, *emptying, *back]

    connection.ops.sql_flush = sql_flush


@pytest.fixture(scope="session")
def _worker(django_db_setup: None, redis_client: redis.Redis) -> Iterator[services.Worker]:
    with services.worker(connection.settings_dict["NAME"]) as process:
        yield process


@pytest.fixture
def celery_worker_process(transactional_db: None, _worker: services.Worker) -> services.Worker:
    """A real Celery worker process on this test's broker and database; rows are committed, so it sees them."""
    return _worker


@pytest.fixture(scope="session")
def chromium() -> Iterator[browsers.Browser]:
    with browsers.chromium() as browser:
        yield browser


@pytest.fixture
def browser_page(chromium: browsers.Browser, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A page of a fresh Chromium profile whose base address is the live server.

    An error that the page's own JavaScript does not catch fails the test.
    """
    # Playwright keeps an event loop running in this thread while its page is in use, so that Django takes the
    # test's own plain queries for asynchronous ones and gives them a connection apart, which nobody else closes.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with chromium.page(live_server.url) as page:
        yield page
        connections.close_all()
