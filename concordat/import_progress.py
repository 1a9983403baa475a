"""How far a worker has come with a plan file, and that it is alive.

Both are in the shared cache: a transaction shows its rows to nobody.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache

from concordat.reach import SHARED

NOTHING = (0, "")
SECONDS = 600  # it is of no use later
BEAT, QUIET = 4, 15  # seconds: how often a worker says that it is alive, and how long that holds


def tell(import_id: int, done: int, what: str) -> None:
    """Say how much of a step is done, of 100, and what is being done."""
    SHARED.ask(lambda: cache.set(_key(import_id), (done, what), timeout=SECONDS), None)


def told(import_id: int) -> tuple[int, str]:
    """How much of it is done, of 100, and what is being done; 0 and nothing where nobody has told."""
    done: tuple[int, str] = SHARED.ask(lambda: cache.get(_key(import_id), NOTHING), NOTHING)
    return done


@contextmanager
def alive(import_id: int) -> Iterator[None]:
    """Say every few seconds, from a thread of its own, that somebody is at work on it."""
    done = threading.Event()
    _beat(import_id)
    thread = threading.Thread(target=_go_on_beating, args=(import_id, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        SHARED.ask(lambda: cache.delete(_alive(import_id)), None)


def is_alive(import_id: int) -> bool | None:
    """Whether somebody has said so within the last QUIET seconds; None where the cache does not answer."""
    said: bool | None = SHARED.ask(lambda: bool(cache.get(_alive(import_id))), None)
    return said


def _go_on_beating(import_id: int, done: threading.Event) -> None:
    while not done.wait(BEAT):
        _beat(import_id)


def _beat(import_id: int) -> None:
    SHARED.ask(lambda: cache.set(_alive(import_id), 1, timeout=QUIET), None)


def _key(import_id: int) -> str:
    return f"concordat:plan-import:{import_id}"


def _alive(import_id: int) -> str:
    return f"concordat:plan-import-alive:{import_id}"
