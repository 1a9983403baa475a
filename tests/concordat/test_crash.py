"""The crash test at a small size; `python -m tests.crash` is the same with 2,000 messages and 50 kills."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from tests import services

SMALL = ("--messages", "60", "--kills", "3", "--flushes", "1", "--restarts", "1", "--pace", "200", "--slowness", "0.2")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="it is of PostgreSQL")
def test_killed_workers_a_flushed_broker_and_a_database_that_restarts_lose_and_double_nothing() -> None:
    """On parts of its own, which nobody else misses while they are away."""
    tables = services.database_url(str(connection.settings_dict["NAME"]))
    command = [sys.executable, "-m", "tests.crash", *SMALL, "--minutes", "4", "--tables-of", tables]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    figures = dict(line.rsplit(maxsplit=1) for line in done.stdout.splitlines() if line)
    assert (done.returncode, figures["messages"], figures["workers killed"]) == (0, "60", "3"), (
        done.stdout + done.stderr
    )
    assert (figures["doubled"], figures["without a final state"], figures["said to be sent, but lost"]) == ("0",) * 3
