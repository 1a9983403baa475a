"""Runs the bench of chasing: each size several times on copies of one database, each step in a process of its own."""

import os
import sys
from collections.abc import Callable
from typing import Any, NamedTuple

from tests.bench import databases
from tests.bench.chasing.measure import Planning

PARTNERSHIPS = {10_000: 20, 100_000: 200, 1_000_000: 2000}  # by the number of open actions
RUNS = 3
# Takes a step (“plan 0”) on the database at an address; gives what it measured.
Step = Callable[..., dict[str, Any]]


class Chased(NamedTuple):
    """What one size took: the first day ever, on which everything overdue is told of, and the day after it."""

    first: Planning
    second: Planning
    obvious: Planning | None = None


def run(server: str, step: Step) -> dict[int, Chased]:
    """Measure every size; the smallest also by the obvious way."""
    name = f"concordat_chasing_{os.getpid()}"
    found: dict[int, Chased] = {}
    with databases.on_postgresql(server, name) as tables:
        step(tables, "migrate")
        for actions, partnerships in PARTNERSHIPS.items():
            print(f"chasing over {actions:,} actions …", file=sys.stderr, flush=True)
            with databases.on_postgresql(server, f"{name}_full", like=name) as full:
                step(full, "build", str(partnerships))
                first, second = _days(server, f"{name}_full", step)
                obvious = None if found else _obvious(server, f"{name}_full", step)
                found[actions] = Chased(first, second, obvious)
    return found


def _days(server: str, full: str, step: Step) -> tuple[Planning, Planning]:
    first, second = [], []
    for _ in range(RUNS):
        with databases.on_postgresql(server, f"{full}_copy", like=full) as copy:
            first.append(Planning(**step(copy, "plan", "0")))
            step(copy, "settle")
            second.append(Planning(**step(copy, "plan", "1")))
    return best(first), best(second)


def _obvious(server: str, full: str, step: Step) -> Planning:
    with databases.on_postgresql(server, f"{full}_copy", like=full) as copy:
        return Planning(**step(copy, "obvious"))


def best(runs: list[Planning]) -> Planning:
    """The least time of several runs, which others on the machine disturbed least, and the most memory."""
    return runs[0]._replace(
        seconds=min(one.seconds for one in runs),
        processor_seconds=min(one.processor_seconds for one in runs),
        server_seconds=min(one.server_seconds for one in runs),
        memory=max(one.memory for one in runs),
    )
