"""What every command that writes shares: one transaction, `--dry-run`, a summary, one plain sentence on bad input."""

from collections import Counter
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, OperationalError, ProgrammingError

from actionplans.models import Theme
from concordat.kernel.changes import create
from concordat.kernel.commands import RefusedError, WritingCommand, told_plainly
from concordat.kernel.models import Change

pytestmark = pytest.mark.django_db


class Writes(WritingCommand):
    """Writes two themes."""

    def write(self, **options: Any) -> Counter[str]:
        for name in ("Training", "Housing"):
            create(Theme(name=name, slug=name.lower()), by="writes")
        return Counter({"themes": 2, "changes": 2, "mistakes": 0})


class Refuses(Writes):
    """Writes two themes and then finds the input bad."""

    def write(self, **options: Any) -> Counter[str]:
        super().write(**options)
        raise RefusedError("Line 7 has no area.")


class HasNothingToDo(WritingCommand):
    def write(self, **options: Any) -> Counter[str]:
        return Counter({"themes": 0})


def test_it_writes_and_says_how_many_of_what(capsys: pytest.CaptureFixture[str]) -> None:
    call_command(Writes())
    assert Theme.objects.count() == Change.objects.count() == 2
    assert capsys.readouterr().out == "Written: 2 changes, 2 themes.\n"


def test_dry_run_says_what_it_would_write_and_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    call_command(Writes(), "--dry-run")
    assert not Theme.objects.exists()
    assert not Change.objects.exists()
    assert capsys.readouterr().out == "Would have written: 2 changes, 2 themes.\n"


def test_after_a_dry_run_the_real_run_writes_all(capsys: pytest.CaptureFixture[str]) -> None:
    call_command(Writes(), dry_run=True)
    call_command(Writes())
    assert Theme.objects.count() == 2


@pytest.mark.parametrize(
    ("dry_run", "words"), [(False, "Written: nothing new.\n"), (True, "Would have written: nothing")]
)
def test_nothing_to_do_is_said_plainly(dry_run: bool, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    call_command(HasNothingToDo(), dry_run=dry_run)
    assert capsys.readouterr().out.startswith(words)


@pytest.mark.parametrize("dry_run", [False, True])
def test_bad_input_is_one_plain_sentence_and_changes_nothing(dry_run: bool) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command(Refuses(), dry_run=dry_run)
    assert (str(refusal.value), refusal.value.returncode) == ("Line 7 has no area.", 1)
    assert not Theme.objects.exists()
    assert not Change.objects.exists()


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (RefusedError("Line 7 has no area."), "Line 7 has no area."),
        (IntegrityError("twice"), "Somebody wrote the same at the same moment; try again. (twice)"),
        (OperationalError("no table"), "The database is not ready; has manage.py migrate been run? (no table)"),
        (ProgrammingError("no table"), "The database is not ready; has manage.py migrate been run? (no table)"),
        (DatabaseError("not a database"), "The database cannot be read. (not a database)"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_what_a_person_at_a_terminal_can_mend_is_said_in_a_sentence(error: Exception, sentence: str) -> None:
    with pytest.raises(CommandError) as told, told_plainly():
        raise error
    assert str(told.value) == sentence


def test_a_mistake_in_the_program_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError), told_plainly():
        raise ZeroDivisionError


def test_two_who_write_the_same_at_once_are_told_so_and_nothing_is_written() -> None:
    call_command(Writes())
    with pytest.raises(CommandError, match="Somebody wrote the same"):
        call_command(Writes())
    assert Theme.objects.count() == Change.objects.count() == 2


def test_a_command_that_does_not_say_what_it_writes_is_an_error() -> None:
    with pytest.raises(NotImplementedError):
        call_command(WritingCommand())
