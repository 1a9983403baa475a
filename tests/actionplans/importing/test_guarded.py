"""Reading in a process of its own: the same book, the same sentences, and an end to what takes too much."""

import os

import pytest

from actionplans.importing.reading import guarded, limits
from actionplans.importing.reading.books import read_book
from actionplans.importing.reading.guarded import read_paste_safely, read_safely
from actionplans.importing.reading.pasting import read_paste
from actionplans.importing.reading.transfer import book_of, lines_of
from actionplans.importing.tables import UnreadableError
from tests.plan_files import opendocuments, workbooks
from tests.plan_files.corpus import CORPUS


@pytest.mark.parametrize("name", list(CORPUS))
def test_a_book_outlives_its_transfer(name: str) -> None:
    book = read_book(CORPUS[name](), name)
    assert book_of(lines_of(book)) == book


def test_a_transfer_that_was_cut_short_is_no_book() -> None:
    lines = list(lines_of(read_book(workbooks.simple(), "plan.xlsx")))
    with pytest.raises(ValueError, match="before the book does"):
        book_of(lines[:-1])
    with pytest.raises(ValueError, match=r"Unterminated|Expecting|delimiter"):
        book_of([*lines[:-1], lines[-1][:8]])


def test_the_same_book_as_in_this_process() -> None:
    content = opendocuments.ods_values()
    assert read_safely(content, "../Plan of Surrey.ods") == read_book(content, "Plan of Surrey.ods")
    assert read_paste_safely("Ref\tAction\n1.1\t“Café”") == read_paste("Ref\tAction\n1.1\t“Café”")


def test_the_same_sentence_as_in_this_process() -> None:
    with pytest.raises(UnreadableError, match="damaged or not complete"):
        read_safely(workbooks.simple()[:-30], "plan.xlsx")


@pytest.mark.parametrize(
    ("program", "seconds"),
    [
        ("import time; time.sleep(60)", 0.5),
        ("import os; os.abort()", 20.0),
        ("import resource; resource.setrlimit(resource.RLIMIT_AS, (2**28, 2**28)); x = bytes(2**29)", 20.0),
        ('print(\'{"sheet":["Plan","",false,[]]}\')', 20.0),
    ],
    ids=["too long", "killed", "too much memory", "ended early"],
)
def test_an_end_before_the_book_is_a_plain_sentence(
    program: str, seconds: float, monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    (tmp_path / "dying.py").write_text(program)
    monkeypatch.setattr(guarded, "CHILD", "dying")
    monkeypatch.setattr(guarded, "ROOT", tmp_path)
    with pytest.raises(UnreadableError) as error:
        read_safely(workbooks.simple(), "plan.xlsx", seconds)
    assert str(error.value) == limits.TOO_HEAVY


def test_it_sees_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    seen = tmp_path / "seen"
    (tmp_path / "looking.py").write_text(
        f"import os, pathlib; pathlib.Path({str(seen)!r}).write_text(repr(os.environ))"
    )
    monkeypatch.setenv("SECRET_KEY", "only for this test")
    monkeypatch.setattr(guarded, "CHILD", "looking")
    monkeypatch.setattr(guarded, "ROOT", tmp_path)
    with pytest.raises(UnreadableError):
        read_safely(workbooks.simple(), "plan.xlsx")
    assert os.environ["SECRET_KEY"] == "only for this test"
    assert "SECRET_KEY" not in seen.read_text()


def test_too_much_is_not_even_begun() -> None:
    with pytest.raises(UnreadableError, match="more than 20 MB"):
        read_safely(bytes(20 * 1024 * 1024 + 1), "plan.csv")
    with pytest.raises(UnreadableError, match="too long"):
        read_paste_safely("x" * (limits.LONGEST_PASTE + 1))
