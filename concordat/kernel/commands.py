"""What every command that changes facts shares: `--dry-run`, a summary with counts, one plain sentence on bad input."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, IntegrityError, OperationalError, ProgrammingError, transaction


class RefusedError(Exception):
    """The input cannot be taken; the message is one plain sentence for the person who gave it."""


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn what a person at a terminal can mend into one plain sentence (a CommandError)."""
    try:
        yield
    except RefusedError as refusal:
        raise CommandError(str(refusal)) from refusal
    except IntegrityError as clash:
        raise CommandError(f"Somebody wrote the same at the same moment; try again. ({clash})") from clash
    except (OperationalError, ProgrammingError) as error:
        raise CommandError(f"The database is not ready; has manage.py migrate been run? ({error})") from error
    except DatabaseError as error:
        raise CommandError(f"The database cannot be read. ({error})") from error


class WritingCommand(BaseCommand):
    """Runs `write` in one transaction, which `--dry-run` rolls back, and prints what it counted."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Do everything, say what it was, and undo it.")

    def write(self, **options: Any) -> Counter[str]:
        """Do the work and return how many of what were written.

        Raises RefusedError on bad input.
        """
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        with told_plainly(), transaction.atomic():
            counts = self.write(**options)
            transaction.set_rollback(options["dry_run"])
        written = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()) if count)
        self.stdout.write(f"{'Would have written' if options['dry_run'] else 'Written'}: {written or 'nothing new'}.")
