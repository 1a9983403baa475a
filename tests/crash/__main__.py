"""`python -m tests.crash`: a day of digests while its parts break, 1 if it is not as it must be."""

import argparse
import logging
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random
from typing import Any

from concordat import embedded
from tests import services
from tests.crash import parts

PRODUCTION = {
    "CONCORDAT_MODE": "production",
    "CONCORDAT_DEMO": "no",
    "SECRET_KEY": "only for this test",
    "ALLOWED_HOSTS": "tracker.example",
    "SITE_URL": "https://tracker.example",
    "DJANGO_SETTINGS_MODULE": "tests.crash.settings",
    "LOG_LEVEL": "WARNING",
}


def main() -> int:
    """Start the parts, break them, and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=50, help="of workers, each with all of its processes")
    parser.add_argument("--flushes", type=int, default=2, help="of the broker")
    parser.add_argument("--restarts", type=int, default=1, help="of the database, without a warning")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pace", type=float, default=15, help="how much faster the day goes by")
    parser.add_argument("--slowness", type=float, default=0.4, help="seconds until the mail server greets, at most")
    parser.add_argument("--minutes", type=float, default=30, help="after which it is broken off")
    parser.add_argument("--tables-of", metavar="ADDRESS", help="of a migrated PostgreSQL, instead of all migrations")
    parser.add_argument("--keep", action="store_true", help="the logs of the programs")
    asked = vars(parser.parse_args())
    for number in services.STOPPING:
        signal.signal(number, services._leave)
    with ExitStack() as stack:
        return _run(stack, asked)


def _run(stack: ExitStack, asked: dict[str, Any]) -> int:
    began = time.monotonic()
    folder = stack.enter_context(_folder(keep=asked.pop("keep")))
    pace, slowness, minutes = (asked.pop(name) for name in ("pace", "slowness", "minutes"))
    chances = Random(asked["seed"])  # noqa: S311 - no secret
    database = stack.enter_context(parts.database())
    (folder / "static").mkdir()  # nothing of it is asked for
    url, port = embedded.new_url(), embedded.free_port()
    stack.enter_context(embedded.serve(folder / "redis", url))
    office = stack.enter_context(parts.post_office(port, chances, slowness))
    os.environ |= PRODUCTION | {
        "CONCORDAT_VAR": str(folder),
        "DATABASE_URL": database.url,
        "REDIS_URL": url,
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "CRASH_PACE": str(pace),
    }
    if tables := asked.pop("tables_of"):
        database.take_tables(tables)
    run = _prepared(folder, asked, database, office, chances, began + minutes * 60)
    prepared = time.monotonic()
    in_time = True
    stack.callback(run.stop)
    try:
        run.start()
        run.break_parts()
        broken = time.monotonic()
        run.settle()
    except TimeoutError:
        in_time = False
        broken = time.monotonic()
    run.stop()
    from tests.crash.run import figures

    found = figures(run)
    found.rows += [
        ("seconds to prepare", f"{prepared - began:.0f}"),
        ("seconds while parts broke", f"{broken - prepared:.0f}"),
        ("seconds until all had its final state", f"{time.monotonic() - broken:.0f}"),
        ("seconds in all", f"{time.monotonic() - began:.0f}"),
    ]
    if not in_time:
        found.wrong.append(f"it was broken off after {minutes} minutes")
    return told(found, asked["seed"])


def _prepared(folder: Path, asked: dict[str, Any], database: Any, office: Any, chances: Random, deadline: float) -> Any:
    """The run, with its people in the database; from its start on the day goes by."""
    import django

    django.setup()
    logging.disable(logging.WARNING)
    import redis
    from django.conf import settings
    from django.core.management import call_command

    from tests.crash import run
    from tests.crash.settings import begin

    size = run.Size(**asked)
    call_command("migrate", verbosity=0)
    run.people(size.messages)
    begin(time.time())
    broker = redis.Redis.from_url(settings.REDIS_URL)
    workers = [parts.worker(number, folder) for number in (1, 2)]
    return run.Run(size, database, broker, office, workers, parts.beat(folder), deadline, chances)


@contextmanager
def _folder(*, keep: bool) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="crash "))
    try:
        yield folder
    finally:
        if keep:
            print(f"The logs are in {folder}.")
        else:
            shutil.rmtree(folder, ignore_errors=True)


def told(found: Any, seed: int) -> int:
    """Print the figures as one table, and what is wrong; gives the exit code."""
    width = max(len(name) for name, _ in found.rows)
    print(f"Seed {seed}")
    for name, figure in found.rows:
        print(f"{name:<{width}}  {figure:>8,}" if isinstance(figure, int) else f"{name:<{width}}  {figure:>8}")
    print("It is as it must be." if not found.wrong else f"It is not as it must be: {'; '.join(found.wrong)}.")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
