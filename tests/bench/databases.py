"""Empty databases for the bench: on a PostgreSQL server, and as SQLite files."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg2
from psycopg2.sql import SQL, Identifier


@contextmanager
def on_postgresql(server: str, name: str, like: str = "template1") -> Iterator[str]:
    """A new database on the server for as long as the block lasts, a copy of another; gives its address."""
    _run(server, "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, like)
    try:
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
    finally:
        _run(server, "DROP DATABASE {} WITH (FORCE)", name)


def _run(server: str, statement: str, *names: str) -> None:
    with closing(psycopg2.connect(server)) as connection:
        connection.autocommit = True  # a database is made outside any transaction
        with connection.cursor() as cursor:
            cursor.execute(SQL(statement).format(*map(Identifier, names)))


@contextmanager
def on_sqlite(folder: Path, name: str) -> Iterator[str]:
    """A new SQLite file in the folder; gives its address."""
    yield f"sqlite:///{quote(str(folder / name))}.sqlite3"
