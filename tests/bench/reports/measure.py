"""One step in a process of its own, on the database of DATABASE_URL; prints one line of JSON, if it measures.

`python -m tests.bench.reports.measure build PARTNERSHIPS`, or `… national`.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from typing import NamedTuple


class Returned(NamedTuple):
    """What the national return took. Times in seconds; memory in MB, the most that this process ever had.

    Of the processor: this process's, and its database session's where that is on this machine, without its workers.
    """

    seconds: float
    processor_seconds: float
    server_seconds: float
    memory: float
    queries: int
    rows: int
    actions: int
    load: float  # of the machine, over a minute


def build(partnerships: str) -> None:
    """Fill the tables, and let the database look at them as it would by night."""
    from django.db import connection

    from tests.bench.reports import country

    country.build(int(partnerships))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def national() -> Returned:
    """The return of the day with its comparison, every row made."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from concordat.reports.catalogue import REPORTS
    from concordat.reports.questions import question_of
    from tests.bench.chasing.measure import server_time
    from tests.bench.reports.country import DAY

    question = question_of({"on": DAY.isoformat()}, DAY)
    server = server_time()
    with CaptureQueriesContext(connection) as queries:
        clock, processor, of_server = time.perf_counter(), time.process_time(), server()
        table = REPORTS["national"].answer(question).table()
        rows = list(table.dicts)
        took = time.perf_counter() - clock, time.process_time() - processor, server() - of_server
    return Returned(
        *took,
        memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        queries=len(queries),
        rows=len(rows),
        actions=sum(int(str(row["total"])) for row in rows),
        load=os.getloadavg()[0],
    )


STEPS: dict[str, Callable[..., Returned | None]] = {"build": build, "national": national}


def main() -> None:
    """Set Django up and take the step."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "concordat.settings"
    django.setup()
    if took := STEPS[sys.argv[1]](*sys.argv[2:]):
        print(json.dumps(took._asdict()))


if __name__ == "__main__":
    main()
