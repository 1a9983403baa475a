"""One measurement in a process of its own: fills the database of DATABASE_URL, which is empty, and times the picture.

Prints one line of JSON. `python -m tests.bench.measure history` or `… demo PARTNERSHIPS ACTIONS`.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from io import StringIO
from statistics import median

ROUNDS = 5
END_OF_RECORDS = date(2015, 4, 10)
DEMO_DAY = date(2025, 11, 3)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one database gave. Times in seconds of the clock, memory in MB (the most that the process ever had)."""

    actions: int
    updates: int
    load_seconds: float
    load_memory: float
    queries: int
    first_seconds: float
    median_seconds: float


def measure(what: str, *size: str) -> Measured:
    """Load the real history or a demonstration of that size, then ask for the picture again and again."""
    from actionplans.models import Action, ProgressUpdate
    from concordat.picture import picture

    on = END_OF_RECORDS if what == "history" else DEMO_DAY
    load_seconds = _timed(lambda: _load(what, on, *size))
    load_memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = [_timed(lambda: picture(on)) for _ in range(ROUNDS)]
    return Measured(
        actions=Action.objects.count(),
        updates=ProgressUpdate.objects.count(),
        load_seconds=load_seconds,
        load_memory=load_memory,
        queries=_queries(lambda: picture(on)),
        first_seconds=seconds[0],
        median_seconds=median(seconds),
    )


def _load(what: str, on: date, *size: str) -> None:
    from django.core.management import call_command

    call_command("load_areas", stdout=StringIO())
    if what == "history":
        call_command("load_history", stdout=StringIO())
        return
    partnerships, actions = size
    options = {"partnerships": int(partnerships), "actions": int(actions), "on": on.isoformat()}
    call_command("load_demo", stdout=StringIO(), **options)


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _queries(work: Callable[[], object]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)


def main() -> None:
    """Set Django up, make the tables, measure."""
    import django
    from django.core.management import call_command

    os.environ["DJANGO_SETTINGS_MODULE"] = "concordat.settings"
    django.setup()
    call_command("migrate", verbosity=0)
    print(json.dumps(asdict(measure(*sys.argv[1:]))))


if __name__ == "__main__":
    main()
