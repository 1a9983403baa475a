"""Real parts for the tests, and that none of them stays behind."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from tests import services

SHOW = """
import json, os, sys, time
names = ("TEST_DATABASE_URL", "TEST_REDIS_URL")
print(json.dumps({name: os.environ.get(name) for name in names}), flush=True)
time.sleep(float(sys.argv[1]))
sys.exit(7)
"""
PLAIN = {name: value for name, value in os.environ.items() if not name.startswith("TEST_")}


@contextmanager
def started(seconds: float, **given: str) -> Iterator["subprocess.Popen[bytes]"]:
    """The command that shows what it was given, then waits and ends with 7."""
    command = [sys.executable, "-m", "tests.services", "--", sys.executable, "-c", SHOW, str(seconds)]
    with subprocess.Popen(command, cwd=services.ROOT, env=PLAIN | given, stdout=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            services.stop(process)


def shown(process: "subprocess.Popen[bytes]") -> dict[str, str]:
    assert process.stdout is not None
    return json.loads(process.stdout.readline())


def test_servers_that_are_named_are_handed_on_and_so_is_the_exit_code() -> None:
    named = {"TEST_DATABASE_URL": "postgresql://db.example/x", "TEST_REDIS_URL": "redis://queue.example/0"}
    with started(0, **named) as process:
        assert shown(process) == named
        assert process.wait() == 7


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_what_it_started_ends_with_it(number: int) -> None:
    with started(600) as process:
        urls = shown(process)
        folder = Path(urls["TEST_DATABASE_URL"].partition("host=")[2])
        pid = int((folder / "postmaster.pid").read_text(encoding="utf-8").split()[0])
        family = [psutil.Process(pid), *psutil.Process(process.pid).children(recursive=True)]
        assert {"postgres", "valkey-server"} <= {one.name() for one in family}
        process.send_signal(number)
        process.send_signal(number)
        assert process.wait() == 128 + number
    assert all(services.gone(one) for one in family)
    assert not folder.parent.exists()


@pytest.mark.slow
def test_its_servers_end_even_when_it_is_killed() -> None:
    with started(600) as process:
        folder = Path(shown(process)["TEST_DATABASE_URL"].partition("host=")[2])
        pid = int((folder / "postmaster.pid").read_text(encoding="utf-8").split()[0])
        left = [psutil.Process(pid), *psutil.Process(process.pid).children(recursive=True)]
        command = next(one for one in left if SHOW in one.cmdline())
        left.remove(command)
        process.kill()
        services.wait_until(lambda: all(services.gone(one) for one in left), "the end of the servers")
        command.kill()
    shutil.rmtree(folder.parent)


def test_without_a_command_it_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert services.main(["pytest"]) == 2
    assert capsys.readouterr().err.startswith("Usage: python -m tests.services -- COMMAND")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("postgresql://me@localhost:5433/postgres", "postgresql://me@localhost:5433/one%20two"),
        ("postgresql://me:@/postgres?host=/tmp/x", "postgresql://me:@/one%20two?host=/tmp/x"),
        ("sqlite:////a/b", "sqlite:///one%20two"),
    ],
)
def test_a_worker_gets_the_test_database(monkeypatch: pytest.MonkeyPatch, given: str, expected: str) -> None:
    monkeypatch.setenv("DATABASE_URL", given)
    assert services.database_url("one two") == expected


def test_waiting_in_vain_says_what_for() -> None:
    with pytest.raises(AssertionError, match="in vain for the moon"):
        services.wait_until(lambda: False, "the moon", seconds=0)


def test_a_process_that_will_not_end_is_ended() -> None:
    script = "trap '' TERM; echo ready; while :; do sleep 0.05; done"
    with subprocess.Popen(["sh", "-c", script], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert services.stop(process, seconds=0.2) == -signal.SIGKILL
