"""The progress bar."""

from io import StringIO

import pytest
from django.core.management.base import OutputWrapper

from concordat.demo import progress


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that the bar reads; a test sets them."""
    seconds = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: seconds[0])
    return seconds


def test_it_is_drawn_after_a_second_and_its_line_ends_with_the_work(clock: list[float]) -> None:
    terminal = Terminal()
    bar = progress.ProgressBar(OutputWrapper(terminal))
    bar(1, 4)
    assert terminal.getvalue() == ""
    clock[0] += 1.5
    bar(2, 4)
    bar(4, 4)
    half, full = "#" * 20 + "." * 20, "#" * 40
    assert terminal.getvalue() == f"\r[{half}] 50 %\r[{full}] 100 %\n"


def test_off_a_terminal_it_is_silent(clock: list[float]) -> None:
    output = StringIO()
    bar = progress.ProgressBar(OutputWrapper(output))
    clock[0] += 5
    bar(1, 2)
    assert output.getvalue() == ""
