"""Web, worker and beat side by side on one machine, until one of them ends or someone asks them to stop."""

import os
import shlex
import signal
import subprocess
import sys
from contextlib import suppress
from threading import Thread
from typing import Any, TextIO

from django.conf import settings
from honcho.manager import Manager
from honcho.printer import Printer

# How a shell counts a program that was asked to stop (Ctrl-C, TERM): for us a good end.
ASKED_TO_STOP = {128 + signal.SIGINT, 128 + signal.SIGTERM}


class Together(Manager):
    """Honcho's manager, which here also minds a request to stop while its processes are still starting.

    Without this a signal in the first tenth of a second ends it with an error and leaves the others running.
    """

    asked_to_stop = False

    def terminate(self) -> None:
        """Ask all to end; once they are all there, if they are not yet."""
        self.asked_to_stop = True
        if self._all_started():
            super().terminate()

    def _any_stopped(self) -> bool:
        # The loop calls terminate() again when this is true and all have started.
        return self.asked_to_stop or super()._any_stopped()


class Lasting:
    """Output that may go away (a closed terminal) without keeping the processes from being stopped."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.isatty = stream.isatty

    def write(self, text: str) -> None:
        with suppress(OSError):
            self.stream.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self.stream.flush()


def commands(port: int) -> dict[str, list[str]]:
    """The three programs by name; the web server listens on that port of the loopback interface."""
    celery = [sys.executable, "-m", "celery", "--app", "concordat"]
    return {
        "web": [
            *(sys.executable, "-m", "gunicorn", "concordat.wsgi", "--bind", f"127.0.0.1:{port}"),
            *("--preload", "--workers", "2", "--threads", "2", "--no-control-socket"),
        ],
        "worker": [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO", "--without-gossip"],
        "beat": [*celery, "beat", "--loglevel", "INFO", "--pidfile="],
    }


def stop_when_it_ends(server: "subprocess.Popen[bytes]") -> None:
    """Ask this process to stop, from a thread, when the server that all others need has ended."""

    def watch() -> None:
        server.wait()
        os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=watch, daemon=True).start()


def mind_signals() -> None:
    """End the whole on TERM, and take a closed terminal (HUP) for the same."""

    def leave(number: int, frame: Any) -> None:
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGHUP, lambda number, frame: os.kill(os.getpid(), signal.SIGTERM))


def run_together(port: int) -> int:
    """Run the three until one ends or TERM or Ctrl-C comes; then stop all of them.

    The answer is an exit code: 0 when it was asked to stop, else that of the process that ended, or 1.
    """
    manager = Together(Printer(Lasting(sys.stdout)))
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    for name, command in commands(port).items():
        manager.add_process(name, "exec " + shlex.join(command), env=environment, cwd=settings.BASE_DIR)
    manager.loop()
    return 0 if manager.returncode in ASKED_TO_STOP else manager.returncode or 1
