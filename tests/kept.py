"""What a file's tests begin with is loaded once, and for the later ones written again as it was."""

import sqlite3
from collections.abc import Callable

from django.contrib.contenttypes.models import ContentType
from django.db import connection


class Kept:
    """What a command loads in seconds: on SQLite a copy of the whole database is kept, and put back in a moment.

    For tests with real transactions, which leave every table empty; the others share a transaction around their file.
    """

    def __init__(self, load: Callable[[], None]) -> None:
        self.load = load
        self.copy: sqlite3.Connection | None = None

    def put(self) -> None:
        """Load it, or put back what was loaded before; elsewhere than on SQLite it is loaded each time."""
        if connection.vendor != "sqlite":
            self.load()
            return
        if self.copy is None:
            self.load()
            self.copy = sqlite3.connect(":memory:", check_same_thread=False)
            _copy(_here(), self.copy)
            return
        _copy(self.copy, _here())
        ContentType.objects.clear_cache()  # which each emptying of the tables numbers anew


def _here() -> sqlite3.Connection:
    connection.ensure_connection()
    database: sqlite3.Connection = connection.connection
    return database


def _copy(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    sqlite3.Connection.backup(source, target)
