"""Whether the shared server (cache, limits, queue) answers: who can do without it does not wait for it twice."""

import logging
from collections.abc import Callable
from time import monotonic
from typing import TypeVar

from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")
# How long this process does without the server once it did not answer.
SECONDS = 10
LOST = (RedisError, OSError, OperationalError)


class Reach:
    """What this process knows of a server that may be gone or hang."""

    def __init__(self) -> None:
        self._out_until = 0.0

    def is_out(self) -> bool:
        """Whether it did not answer within the last SECONDS."""
        return monotonic() < self._out_until

    def ask(self, question: Callable[[], Answer], otherwise: Answer) -> Answer:
        """What the server answers; the other thing if it does not, and at once for SECONDS after that.

        Each question that is asked waits as long as its own connection lets it.
        """
        if self.is_out():
            return otherwise
        try:
            return question()
        except LOST as error:
            self._out_until = monotonic() + SECONDS
            log.warning("The shared server is out of reach (%s); doing without for %s seconds.", error, SECONDS)
            return otherwise

    def forget(self) -> None:
        """Ask it again at once."""
        self._out_until = 0.0


# Cache and queue are one server (settings.REDIS_URL), so what one finds out counts for the other.
SHARED = Reach()
