"""The claim of one worker on one order: whether it still holds, and how far the work is.

It is looked at through a connection of its own. While rows of a report come in, the worker's connection is in the
middle of reading them, and what others have written since (that the order is cancelled) it does not see on SQLite.
"""

from collections.abc import Iterable, Iterator, Sequence, Sized
from contextlib import contextmanager
from dataclasses import replace
from time import monotonic
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from concordat.reports.models import ReportOrder
from concordat.reports.shapes import Answer, Table, Value

LOOK_EVERY = 200  # rows: after so many it is looked whether the order still stands
TELL_EVERY = 1.0  # seconds: how often it is written down how far the work is
NEARLY = 99  # of 100: all rows are written, the file is not closed yet
_OURS = "WHERE id = %s AND state = 'working' AND stored_as = %s"
_TABLE = ReportOrder._meta.db_table
LOOK = f"SELECT 1 FROM {_TABLE} {_OURS}"  # noqa: S608 - names of ours
TELL = f'UPDATE {_TABLE} SET "rows" = %s, progress = %s, seen_at = %s {_OURS}'  # noqa: S608 - the same


class StoppedError(Exception):
    """The order is cancelled, or somebody else makes it: there is nothing to go on for."""


@contextmanager
def beside() -> Iterator[BaseDatabaseWrapper]:
    """A connection to the database besides the one that is in use."""
    connection = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        yield connection
    finally:
        connection.close()


class Claim:
    """How far the work on an order is: so many rows of about so many."""

    def __init__(self, order: ReportOrder, through: BaseDatabaseWrapper) -> None:
        self.order, self.through = order, through
        self.rows, self.about, self._told = 0, 0, 0.0

    @property
    def progress(self) -> int:
        """How much is done, of 100; never more than the rows that are written say."""
        return min(NEARLY, self.rows * 100 // max(self.about, self.rows, 1))

    def look(self) -> None:
        """Go on, or not: raises StoppedError. Every second it is written down how far the work is."""
        if monotonic() - self._told >= TELL_EVERY:
            self.tell()
            return
        with self.through.cursor() as cursor:
            cursor.execute(LOOK, [self.order.pk, self.order.stored_as])
            if cursor.fetchone() is None:
                raise StoppedError

    def tell(self) -> None:
        """Write down how far the work is. Raises StoppedError as `look` does."""
        seen_at = self.through.ops.adapt_datetimefield_value(timezone.now())
        with self.through.cursor() as cursor:
            cursor.execute(TELL, [self.rows, self.progress, seen_at, self.order.pk, self.order.stored_as])
            if not cursor.rowcount:
                raise StoppedError
        self._told = monotonic()

    def watched(self, answer: Answer, tables: Iterable[Table], about: int) -> Answer:
        """The same answer; as the rows of these tables are taken, it is looked whether the claim holds."""
        chosen = list(tables)
        known = [len(each.rows) for each in chosen if isinstance(each.rows, Sized)]
        self.about = sum(known) + (about if len(known) < len(chosen) else 0)
        keys = {each.key for each in chosen}
        return replace(
            answer,
            tables=tuple(
                replace(each, rows=_Watched(each.rows, self)) if each.key in keys else each for each in answer.tables
            ),
        )


class _Watched:
    """Rows that are counted as they are taken."""

    def __init__(self, rows: Any, claim: Claim) -> None:
        self._rows, self._claim = rows, claim

    def __iter__(self) -> Iterator[Sequence[Value]]:
        claim = self._claim
        for number, row in enumerate(self._rows):
            if number % LOOK_EVERY == 0:
                claim.look()
            claim.rows += 1
            yield row
