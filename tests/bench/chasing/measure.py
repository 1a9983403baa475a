"""One step in a process of its own, on the database of DATABASE_URL; prints one line of JSON, if it measures.

`python -m tests.bench.chasing.measure migrate`, `… build PARTNERSHIPS`, `… plan DAYS` (so many days after the day),
`… settle` (the digests planned have gone), or `… obvious`.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

import psutil


class Planning(NamedTuple):
    """What planning a day took. Memory in MB, the most that this process ever had; times in seconds.

    Of the processor: this process's, and its database session's where that is on this machine.
    """

    seconds: float
    processor_seconds: float
    server_seconds: float
    memory: float
    queries: int
    notices: int
    messages: int


def migrate() -> None:
    """Make the tables."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def build(partnerships: str) -> None:
    """Fill them, and let the database look at them as it would by night."""
    from django.db import connection

    from tests.bench.chasing import country

    country.build(int(partnerships))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def plan(days: str) -> Planning:
    """Plan a day as the worker does."""
    from actionplans.chasing import planning
    from tests.bench.chasing.country import DAY

    return _measured(lambda: planning.plan(DAY + timedelta(days=int(days)), by="bench"))


# The digests of the day went, spread over the last fortnight.
SENT = (
    "UPDATE signatories_notice SET message_id = m.id FROM signatories_message m "
    "WHERE m.recipient_id = signatories_notice.recipient_id AND send_on = planned_on",
    "UPDATE signatories_message SET day = day - (recipient_id % 14)::int",
    "UPDATE signatories_message SET mail_state = 'mailed', mail_tries = 1, mail_moved_at = day + TIME '09:00'",
    "VACUUM ANALYZE signatories_notice, signatories_message",
)


def settle() -> None:
    """Let the digests go: half of the people then get none on the next day."""
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in SENT:
            cursor.execute(statement)


def obvious() -> Planning:
    """The same notices by the obvious way. Raises RuntimeError if they are others."""
    from django.db import transaction

    from actionplans.chasing import planning
    from actionplans.chasing.windows import open_windows
    from signatories.models import Programme
    from tests.bench.chasing.country import DAY
    from tests.bench.chasing.obvious import Obvious

    with transaction.atomic():
        planning.plan(DAY, by="bench")
        planned = _notices()
        transaction.set_rollback(True)
    open_windows(Programme.objects.get(), on=DAY, by="bench")
    took = _measured(Obvious(DAY).plan)
    if _notices() != planned:
        raise RuntimeError("The obvious way plans other notices.")
    return took


def _notices() -> set[Any]:
    """What is planned of actions and partnerships: nobody writes by the obvious way of plans and milestones."""
    from signatories.models import Notice

    rows = Notice.objects.filter(subject_type__in=["actionplans.action", "signatories.partnership"])
    return set(rows.values_list("recipient", "person", "rule", "subject_type", "subject_id", "due_on", "send_on"))


def _measured(work: Callable[[], object]) -> Planning:
    from django.db import connection

    from signatories.models import Message, Notice

    asked = 0

    def counting(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal asked
        asked += 1
        return execute(*arguments)

    known = Notice.objects.count(), Message.objects.count()
    server = server_time()
    clock, processor, of_server = time.perf_counter(), time.process_time(), server()
    with connection.execute_wrapper(counting):
        work()
    return Planning(
        seconds=time.perf_counter() - clock,
        processor_seconds=time.process_time() - processor,
        server_seconds=server() - of_server,
        memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        queries=asked,
        notices=Notice.objects.count() - known[0],
        messages=Message.objects.count() - known[1],
    )


def server_time() -> Callable[[], float]:
    """The processor time of our database session; always 0 where its process is not on this machine."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    process = psutil.Process(pid) if psutil.pid_exists(pid) else None
    if process is None or not process.name().startswith("postgres"):
        return lambda: 0.0
    return lambda: sum(process.cpu_times()[:2])


STEPS: dict[str, Callable[..., Planning | None]] = {
    "migrate": migrate,
    "build": build,
    "plan": plan,
    "settle": settle,
    "obvious": obvious,
}


def main() -> None:
    """Set Django up and take the step."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "concordat.settings"
    django.setup()
    if took := STEPS[sys.argv[1]](*sys.argv[2:]):
        print(json.dumps(took._asdict()))


if __name__ == "__main__":
    main()
