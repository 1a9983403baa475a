"""Runs the bench of the national return: several times on one database, each in a process of its own."""

import os
import sys
from collections.abc import Callable
from typing import Any

from tests.bench import databases
from tests.bench.reports.measure import Returned
from tests.bench.table import aligned

RUNS = 5
BAR_SECONDS = 5.0
BAR = f"Bar: the national return of a million actions on PostgreSQL in {BAR_SECONDS:g} s. The least of {RUNS} runs."
# Takes a step of a module on the database at an address; gives what it measured.
Step = Callable[..., dict[str, Any]]


def run(server: str, step: Step, partnerships: int) -> Returned:
    """The best of several runs, which others on the machine disturbed least; each partnership has 500 open actions."""
    with databases.on_postgresql(server, f"concordat_reports_{os.getpid()}") as full:
        print("a country for the national return …", file=sys.stderr, flush=True)
        step("tests.bench.chasing.measure", full, "migrate")
        step("tests.bench.reports.measure", full, "build", str(partnerships))
        runs = [Returned(**step("tests.bench.reports.measure", full, "national")) for _ in range(RUNS)]
    return best(runs)


def best(runs: list[Returned]) -> Returned:
    """The run that took the least time by the clock, and the most memory of any."""
    return min(runs, key=lambda one: one.seconds)._replace(memory=max(one.memory for one in runs))


def table(one: Returned) -> str:
    """The figures in a table."""
    rows = [
        ["national return", ""],
        ["  actions, counted in each area", f"{one.actions:,}"],
        ["  by the clock", f"{one.seconds:.2f} s"],
        ["  of the processor", f"{one.processor_seconds:.2f} s"],
        ["  of the database's session", f"{one.server_seconds:.2f} s"],
        ["  most memory", f"{one.memory:.0f} MB"],
        ["  queries", str(one.queries)],
        ["  load of the machine", f"{one.load:.1f}"],
    ]
    return aligned(rows)


def shortfalls(one: Returned) -> list[str]:
    """What is not as it must be, in sentences; nothing if the bar is met."""
    if one.seconds <= BAR_SECONDS:
        return []
    return [f"The national return takes {one.seconds:.2f} s; the bar is {BAR_SECONDS:g} s."]
