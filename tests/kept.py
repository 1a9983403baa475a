"""What the tests of a file begin with is loaded once, and for the later ones put back as it was."""

import sqlite3
from collections.abc import Callable
from typing import Generic, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import connection

Told = TypeVar("Told")


class Kept(Generic[Told]):
    """What a command loads in seconds: on SQLite a copy of the whole database is kept, and put back in a moment.

    For tests with real transactions, which leave every table empty; the others share a transaction around their file.
    """

    def __init__(self, load: Callable[[], Told]) -> None:
        self.load = load
        self.kept: tuple[sqlite3.Connection, Told] | None = None

    def put(self) -> Told:
        """Load it, or put back what was loaded before (elsewhere than on SQLite load it each time); what it told."""
        if connection.vendor != "sqlite":
            return self.load()
        if self.kept is None:
            told = self.load()
            self.kept = sqlite3.connect(":memory:"), told
            _here().backup(self.kept[0])
            return told
        copy, told = self.kept
        copy.backup(_here())
        ContentType.objects.clear_cache()  # each emptying of the tables numbers them anew
        return told


def _here() -> sqlite3.Connection:
    connection.ensure_connection()
    database: sqlite3.Connection = connection.connection
    return database
