"""Web, worker and beat side by side on one machine, until one of them ends or someone asks them to stop."""

import multiprocessing
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import Any, TextIO

from django.conf import settings
from honcho.compat import ProcessManager
from honcho.manager import Manager
from honcho.printer import Printer
from honcho.process import Process

# How a shell counts a program that was asked to stop (Ctrl-C, TERM): for us a good end.
ASKED_TO_STOP = {128 + signal.SIGINT, 128 + signal.SIGTERM}


class OneByOne(ProcessManager):  # type: ignore[misc] # honcho has no types
    """Ends a program by telling it alone, not its whole group.

    A Celery worker then lets its running jobs finish; told as a group, its children drop them half-way.
    """

    def terminate(self, pid: int) -> None:
        """Ask the program to end; it looks after its own children."""
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)


class Minded(Process):  # type: ignore[misc] # honcho has no types
    """A program that ends also when the process that started it was killed and cannot tell it to."""

    def run(self, events: Any = None, ignore_signals: bool = False) -> None:
        """Run the program to its end; this is already in a process of its own."""
        os.setsid()  # what kills the starter's whole group must leave this one to tidy up
        Thread(target=self._end_when_left_alone, daemon=True).start()
        super().run(events, ignore_signals)

    def _end_when_left_alone(self) -> None:
        starter = multiprocessing.parent_process()
        assert starter is not None  # noqa: S101 - honcho starts this in a process of its own
        starter.join()
        os.kill(self._child.pid, signal.SIGTERM)


class Together(Manager):  # type: ignore[misc] # honcho has no types
    """Honcho's manager, which here also minds a request to stop while its processes are still starting.

    Without this a signal in the first tenth of a second ends it with an error and leaves the others running.
    """

    asked_to_stop = False

    def __init__(self, printer: Printer) -> None:
        super().__init__(printer)
        self._procmgr = OneByOne()
        self._process_ctor = Minded

    def terminate(self) -> None:
        """Ask all to end; once they are all there, if they are not yet."""
        self.asked_to_stop = True
        if self._all_started():
            super().terminate()

    def _any_stopped(self) -> bool:
        # The loop calls terminate() again when this is true and all have started.
        return self.asked_to_stop or super()._any_stopped()

    def sweep(self) -> None:
        """Kill what a program that died has left in its group."""
        for process in self._processes.values():
            if "pid" in process:
                self._procmgr.kill(process["pid"])


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
        "worker": [
            *celery,
            "worker",
            "--concurrency",
            "2",
            "--loglevel",
            "INFO",
            "--without-gossip",
            "--without-mingle",
        ],
        "beat": [*celery, "beat", "--loglevel", "INFO", "--pidfile="],
    }


@contextmanager
def stopping_with(server: "subprocess.Popen[bytes]") -> Iterator[None]:
    """Ask this process to stop if the server, which all others need, ends within the block."""
    done = Event()

    def watch() -> None:
        server.wait()
        if not done.is_set():
            os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        done.set()


def mind_signals() -> None:
    """End the whole on TERM, and take a closed terminal (HUP) for the same."""

    def leave(number: int, frame: Any) -> None:
        signal.signal(number, signal.SIG_IGN)  # a second one must not keep us from stopping what we started
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
    try:
        manager.loop()
    finally:
        manager.sweep()
    return 0 if manager.returncode in ASKED_TO_STOP else manager.returncode or 1
