"""A progress bar for a person at a terminal, once something takes over a second."""

import time
from typing import Any

WIDTH = 40


class ProgressBar:
    """Draws itself over and over on one line of `output`; on anything but a terminal it stays silent."""

    def __init__(self, output: Any) -> None:
        self._output = output
        self._began = time.monotonic()
        self._is_drawn = False

    def __call__(self, done: int, total: int) -> None:
        """Say how much is done; the last call ends the line."""
        if not self._output.isatty() or time.monotonic() - self._began < 1:
            return
        full = WIDTH * done // total
        self._output.write(f"\r[{'#' * full}{'.' * (WIDTH - full)}] {100 * done // total} %", ending="")
        self._output.flush()
        self._is_drawn = True
        if done == total:
            self._output.write("")
