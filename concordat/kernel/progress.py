"""A progress bar for a person at a terminal, once something takes over a second."""

import time
from collections.abc import Callable
from typing import Any

WIDTH = 40
PATIENCE = 1.0  # seconds

Progress = Callable[[int, int], None]  # how much is done, of how much


class ProgressBar:
    """Draws itself over and over on one line of a command's `output`; on anything but a terminal it stays silent."""

    def __init__(self, output: Any, clock: Callable[[], float] = time.monotonic) -> None:
        self._output, self._clock, self._began = output, clock, clock()

    def __call__(self, done: int, total: int) -> None:
        """Say how much is done; the last call ends the line."""
        if not self._output.isatty() or self._clock() - self._began < PATIENCE:
            return
        full = WIDTH * done // total
        ending = "\n" if done == total else ""
        self._output.write(f"\r[{'#' * full}{'.' * (WIDTH - full)}] {100 * done // total} %{ending}", ending="")
        self._output.flush()
