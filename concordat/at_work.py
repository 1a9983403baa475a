"""How far a worker has come with a row, and that it is alive.

Both are in the shared cache: a transaction shows its rows to nobody.
"""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.cache import cache

from concordat.reach import SHARED

NOTHING = (0, "")
SECONDS = 600  # it is of no use later
BEAT, QUIET = 4, 15  # seconds: how often a worker says that it is alive, and how long that holds


@dataclass(frozen=True, slots=True)
class AtWork:
    """What workers say of rows of one kind."""

    kind: str

    def tell(self, row_id: int, done: int, what: str) -> None:
        """Say how much of a step is done, of 100, and what is being done."""
        SHARED.ask(lambda: cache.set(self._done(row_id), (done, what), timeout=SECONDS), None)

    def told(self, row_id: int) -> tuple[int, str]:
        """How much of it is done, of 100, and what is being done; 0 and nothing where nobody has told."""
        done: tuple[int, str] = SHARED.ask(lambda: cache.get(self._done(row_id), NOTHING), NOTHING)
        return done

    @contextmanager
    def alive(self, row_id: int) -> Iterator[None]:
        """Say every few seconds, from a thread of its own, that somebody is at work on it.

        For who has claimed the row. Of two the later one is heard, and each takes back only what it has said itself.
        """
        done, mine = threading.Event(), secrets.token_hex(8)
        SHARED.ask(lambda: cache.set(self._alive(row_id), mine, timeout=QUIET), None)
        thread = threading.Thread(target=self._go_on_beating, args=(row_id, mine, done), daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()
            SHARED.ask(lambda: self._said(row_id) == mine and cache.delete(self._alive(row_id)), None)

    def is_alive(self, row_id: int) -> bool | None:
        """Whether somebody has said so within the last QUIET seconds; None where the cache does not answer."""
        said: bool | None = SHARED.ask(lambda: bool(self._said(row_id)), None)
        return said

    def _go_on_beating(self, row_id: int, mine: str, done: threading.Event) -> None:
        while not done.wait(BEAT):
            SHARED.ask(lambda: self._beat(row_id, mine), None)

    def _beat(self, row_id: int, mine: str) -> None:
        if self._said(row_id) in (None, mine):
            cache.set(self._alive(row_id), mine, timeout=QUIET)

    def _said(self, row_id: int) -> str | None:
        said: str | None = cache.get(self._alive(row_id))
        return said

    def _done(self, row_id: int) -> str:
        return f"concordat:{self.kind}:{row_id}"

    def _alive(self, row_id: int) -> str:
        return f"concordat:{self.kind}-alive:{row_id}"


PLAN_FILES = AtWork("plan-import")
ORDERS = AtWork("report-order")
