"""`manage.py run` for real, in a folder whose name has a space."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from concordat import embedded
from concordat.management.commands import run
from tests import services

OURS = ("CONCORDAT_", "DATABASE_URL", "REDIS_URL", "DJANGO_", "SECRET_KEY", "SITE_URL", "PORT", "TEST_")


def environment(folder: Path, port: int) -> dict[str, str]:
    """What a person's terminal has who has set nothing but these two."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return plain | {"CONCORDAT_VAR": str(folder), "PORT": str(port), "CONCORDAT_MODE": "embedded"}


def command(folder: Path, port: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `manage.py run` to its end."""
    return subprocess.run(
        [sys.executable, "manage.py", "run", *arguments],
        cwd=services.ROOT,
        env=environment(folder, port),
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


@dataclass
class Started:
    """A tracker that answers, and all its processes."""

    port: int
    main: subprocess.Popen[bytes]
    output: Path

    def __post_init__(self) -> None:
        services.wait_until(lambda: self.get("healthz") == "ok" or self.main.poll() is not None, "the web server", 60)
        services.wait_until(lambda: " ready." in self.said() or self.main.poll() is not None, "the worker", 60)
        assert self.main.poll() is None, self.said()
        self.family = [self.one, *self.one.children(recursive=True)]

    @property
    def one(self) -> psutil.Process:
        """The process that a person started."""
        return psutil.Process(self.main.pid)

    def get(self, path: str) -> str:
        """What the web server answers; nothing while it does not."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{path}", timeout=10) as answer:
                return str(answer.read().decode())
        except OSError:
            return ""

    def said(self) -> str:
        """All that was printed."""
        return self.output.read_text(encoding="utf-8", errors="replace")

    def process(self, word: str) -> psutil.Process:
        """The first of the processes whose command line has this word."""
        return next(one for one in self.family if any(word in part for part in one.cmdline()))

    def ended(self) -> int:
        """Its exit code, once every one of its processes is gone."""
        code = self.main.wait(60)
        services.wait_until(lambda: all(services.gone(one) for one in self.family), "the end of all processes")
        return code


@contextmanager
def started(folder: Path) -> Iterator[Started]:
    port = embedded.free_port()
    output = folder.parent / "output"
    with output.open("wb") as file:
        main = subprocess.Popen(
            [sys.executable, "manage.py", "run"],
            cwd=services.ROOT,
            env=environment(folder, port),
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield Started(port, main, output)
    finally:
        services.stop(main)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder that `manage.py run --prepare-only` has prepared, and what it printed."""
    folder = tmp_path_factory.mktemp("run") / "a folder"
    first = command(folder, 8000, "--prepare-only")
    assert first.returncode == 0, first.stderr
    return folder, first.stdout


@pytest.mark.slow
def test_preparing_shows_the_password_once_and_does_nothing_twice(prepared: tuple[Path, str]) -> None:
    folder, printed = prepared
    assert re.search(r"First administrator: admin@example\.org\nPassword, shown only this once: \S{16}\n", printed)
    again = command(folder, 8000, "--prepare-only")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


@pytest.mark.slow
def test_it_answers_and_stops_with_all_its_processes(prepared: tuple[Path, str]) -> None:
    folder, _ = prepared
    with started(folder) as tracker:
        assert tracker.get("readyz") == "ok"
        names = [" ".join(one.cmdline()) for one in tracker.family]
        for word in ("valkey-server", "gunicorn", "concordat worker", "concordat beat"):
            assert any(word in name for name in names), names
        same_folder = command(folder, embedded.free_port())
        same_port = command(folder.parent / "another", tracker.port)
        tracker.main.terminate()
        assert tracker.ended() == 0
    assert (same_folder.returncode, same_folder.stdout) == (1, "")
    assert same_folder.stderr == (
        f"The tracker is already running from this folder (process {tracker.main.pid}); stop it first.\n"
    )
    assert (same_port.returncode, same_port.stdout) == (1, "")
    assert same_port.stderr == f"Port {tracker.port} cannot be used here; choose another: PORT=8001 make run\n"
    assert not (folder.parent / "another" / "redis").exists()


@pytest.mark.slow
@pytest.mark.parametrize("word", ["worker", "valkey-server"])
def test_when_one_is_killed_all_end_and_the_exit_code_tells(prepared: tuple[Path, str], word: str) -> None:
    folder, _ = prepared
    with started(folder) as tracker:
        tracker.process(word).send_signal(signal.SIGKILL)
        assert tracker.ended() not in (0, None)


@pytest.mark.slow
def test_when_its_whole_group_is_killed_nothing_stays_behind(prepared: tuple[Path, str]) -> None:
    folder, _ = prepared
    with started(folder) as tracker:
        os.killpg(tracker.main.pid, signal.SIGKILL)
        assert tracker.ended() == -signal.SIGKILL


def test_a_port_in_use_is_refused_in_one_sentence() -> None:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        with pytest.raises(embedded.StartError, match=f"^Port {port} cannot be used here; choose another"):
            run.check_port(port)


@pytest.mark.parametrize("port", [-1, 70_000])
def test_a_number_that_is_no_port_is_refused(port: int) -> None:
    with pytest.raises(embedded.StartError, match=f"Port {port} cannot be used"):
        run.check_port(port)


def test_a_free_port_is_fine() -> None:
    port = embedded.free_port()
    run.check_port(port)
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", port))


def test_a_server_that_is_named_is_used_and_none_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://queue.example/0")
    with run.redis_server() as server:
        assert server is None
    assert os.environ["REDIS_URL"] == "redis://queue.example/0"


def test_a_port_that_is_no_number_is_refused_before_anything_starts(tmp_path: Path) -> None:
    variables = environment(tmp_path / "none", 0) | {"PORT": "http"}
    refused = subprocess.run(
        [sys.executable, "manage.py", "run"],
        cwd=services.ROOT,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (refused.returncode, refused.stderr) == (1, "PORT must be a whole number, not “http”.\n")
