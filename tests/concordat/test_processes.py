"""Web, worker and beat side by side: how they are asked to stop."""

import io
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import psutil
import pytest

from concordat import processes
from tests import services

SLEEPERS = """
import signal, sys
from concordat import processes

class Early(processes.Together):
    def _start(self):
        super()._start()
        signal.raise_signal(signal.SIGTERM)

processes.Together = Early
processes.commands = lambda port: {"web": ["sleep", "60"], "worker": ["sleep", "60"]}
sys.exit(processes.run_together(1))
"""
ONE_ENDS = """
import sys
from concordat import processes
processes.commands = lambda port: {"web": ["sleep", "60"], "worker": ["sh", "-c", "exit 3"]}
sys.exit(processes.run_together(1))
"""


@pytest.fixture
def _own_signals() -> Iterator[None]:
    numbers = (signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


def python(program: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", program]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=services.ROOT, check=False)


def test_the_web_server_listens_on_this_machine_alone() -> None:
    commands = processes.commands(8001)
    assert list(commands) == ["web", "worker", "beat"]
    web = commands["web"]
    assert web[web.index("--bind") + 1] == "127.0.0.1:8001"


@pytest.mark.slow
def test_a_stop_asked_for_while_they_are_starting_stops_them_all() -> None:
    run = python(SLEEPERS)
    assert run.returncode == 0, run.stderr
    assert "web stopped" in run.stdout
    assert "worker stopped" in run.stdout


@pytest.mark.slow
def test_when_one_ends_the_others_end_too_and_its_code_tells() -> None:
    run = python(ONE_ENDS)
    assert run.returncode == 3, run.stderr
    assert "web stopped" in run.stdout


def test_a_program_is_told_alone_and_its_group_is_swept_up_afterwards() -> None:
    script = "trap 'exit 7' TERM; sleep 60 & echo $!; wait"
    with subprocess.Popen(["sh", "-c", script], stdout=subprocess.PIPE, start_new_session=True) as program:
        assert program.stdout is not None
        child = psutil.Process(int(program.stdout.readline()))
        processes.OneByOne().terminate(program.pid)
        assert program.wait() == 7
        assert not services.gone(child)
        processes.OneByOne().kill(program.pid)
        services.wait_until(lambda: services.gone(child), "the child's end")


def test_a_program_that_is_gone_need_not_be_ended() -> None:
    program = subprocess.Popen(["true"])
    program.wait()
    processes.OneByOne().terminate(program.pid)
    assert program.returncode == 0


class Closed(io.StringIO):
    """A terminal that was closed."""

    def write(self, text: str) -> int:
        raise OSError(5, "Input/output error")

    def flush(self) -> None:
        raise OSError(5, "Input/output error")


def test_output_that_goes_away_is_no_failure() -> None:
    closed, there = processes.Lasting(Closed()), io.StringIO()
    print("line", file=closed, flush=True)
    print("line", file=processes.Lasting(there), flush=True)
    assert there.getvalue() == "line\n"
    assert not closed.isatty()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.usefixtures("_own_signals")
def test_a_closed_terminal_counts_as_a_request_to_stop(number: int) -> None:
    processes.mind_signals()
    with pytest.raises(SystemExit) as leaving:
        signal.raise_signal(number)
    assert leaving.value.code == 128 + signal.SIGTERM


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The signals that this process would have sent to itself."""
    signals: list[int] = []
    kill = os.kill

    def note(pid: int, number: int) -> None:
        signals.append(number) if pid == os.getpid() else kill(pid, number)

    monkeypatch.setattr(os, "kill", note)
    return signals


def test_when_the_server_ends_we_are_asked_to_stop(asked: list[int]) -> None:
    server = subprocess.Popen(["true"])
    with processes.stopping_with(server):
        services.wait_until(lambda: asked, "the request")
    assert asked == [signal.SIGTERM]


def test_a_server_that_we_end_ourselves_asks_for_nothing(asked: list[int]) -> None:
    before = set(threading.enumerate())
    server = subprocess.Popen(["sleep", "60"])
    with processes.stopping_with(server):
        (watching,) = set(threading.enumerate()) - before
    server.kill()
    watching.join()
    assert asked == []
