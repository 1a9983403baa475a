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
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.bench.importing import Imported, measure_import
from tests.bench.pages import Pages, measure_pages
from tests.bench.visit import Visit, measure_visit

ROUNDS = 5
END_OF_RECORDS = date(2015, 4, 10)
DEMO_DAY = date(2025, 11, 3)


class Took(NamedTuple):
    """How long something took: by the clock, and of the processor for this process. In seconds."""

    clock: float
    processor: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What one database gave. Memory in MB, the most that this process (without a server's) ever had.

    Times are in seconds of the clock; those of the processor are this process's own and bear a busy machine better.
    """

    actions: int
    updates: int
    load_seconds: float
    load_processor_seconds: float
    load_memory: float
    queries: int
    first_seconds: float
    median_seconds: float
    median_processor_seconds: float
    pages: Pages
    visit: Visit | None
    imported: Imported | None = None


def measure(what: str, *size: str) -> Measured:
    """Load the real history or a demonstration of that size, then ask for the picture again and again."""
    from actionplans.models import Action, ProgressUpdate
    from concordat.picture import picture

    on = END_OF_RECORDS if what == "history" else DEMO_DAY
    load = _timed(lambda: _load(what, on, *size))
    load_memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rounds = [_timed(lambda: picture(on)) for _ in range(ROUNDS)]
    return Measured(
        actions=Action.objects.count(),
        updates=ProgressUpdate.objects.count(),
        load_seconds=load.clock,
        load_processor_seconds=load.processor,
        load_memory=load_memory,
        queries=_queries(lambda: picture(on)),
        first_seconds=rounds[0].clock,
        median_seconds=median(each.clock for each in rounds),
        median_processor_seconds=median(each.processor for each in rounds),
        pages=measure_pages(Path(os.environ["CONCORDAT_VAR"]), _busy_area(on), on),
        visit=measure_visit(Path(os.environ["CONCORDAT_VAR"])) if what == "history" else None,
        imported=measure_import() if what == "history" else None,
    )


def _busy_area(on: date) -> str:
    """The slug of the area with the most actions."""
    from concordat.picture import picture

    return max(picture(on).areas, key=lambda area: area.actions.total).slug


def _load(what: str, on: date, *size: str) -> None:
    from django.core.management import call_command

    call_command("load_areas", stdout=StringIO())
    if what == "history":
        call_command("load_boundaries", stdout=StringIO())
        call_command("load_history", stdout=StringIO())
        return
    partnerships, actions = size
    options = {"partnerships": int(partnerships), "actions": int(actions), "on": on.isoformat()}
    call_command("load_demo", stdout=StringIO(), **options)


def _timed(work: Callable[[], object]) -> Took:
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return Took(time.perf_counter() - clock, time.process_time() - processor)


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
