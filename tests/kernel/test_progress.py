from io import StringIO

from concordat.kernel.progress import ProgressBar


class Terminal(StringIO):
    """A terminal that keeps what it showed; writes as a command's output does."""

    def write(self, text: str, ending: str = "\n") -> int:
        return super().write(text + ending)

    def isatty(self) -> bool:
        return True


class Pipe(Terminal):
    def isatty(self) -> bool:
        return False


def shown_by(output: Terminal, *, seconds: float) -> str:
    """What a bar shows whose two steps come that many seconds after its beginning."""
    times = iter([0.0, seconds, seconds])
    bar = ProgressBar(output, clock=lambda: next(times))
    bar(1, 2)
    bar(2, 2)
    return output.getvalue()


def test_draws_over_its_own_line_and_ends_it_at_the_end() -> None:
    assert shown_by(Terminal(), seconds=1.5) == f"\r[{'#' * 20}{'.' * 20}] 50 %\r[{'#' * 40}] 100 %\n"


def test_is_silent_while_it_takes_less_than_a_second() -> None:
    assert shown_by(Terminal(), seconds=0.9) == ""


def test_is_silent_where_nobody_watches() -> None:
    assert shown_by(Pipe(), seconds=5) == ""
