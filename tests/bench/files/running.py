"""Runs the bench of files: each several times, in turn with what it is measured by, so that a busy hour meets both."""

import os
import sys
from collections.abc import Callable
from typing import Any, NamedTuple

from tests.bench import databases
from tests.bench.files.measure import Written

RUNS = 3
ROWS = 100_000  # of the workbook
CHASING, FILES = "tests.bench.chasing.measure", "tests.bench.files.measure"
# Takes a step of a module on the database at an address; gives what it measured.
Step = Callable[..., dict[str, Any]]


class Files(NamedTuple):
    """What our files took, and what they are measured by."""

    tracker: Written
    copy: Written
    workbook: Written
    bare: Written


def run(server: str, step: Step, partnerships: int) -> Files:
    """Measure all four; each partnership has 500 open actions."""
    name = f"concordat_files_{os.getpid()}"
    found: dict[str, list[Written]] = {each: [] for each in Files._fields}
    with databases.on_postgresql(server, name) as full:
        print("a country for the tracker …", file=sys.stderr, flush=True)
        step(CHASING, full, "migrate")
        step(CHASING, full, "build", str(partnerships))
        for _ in range(RUNS):
            for each, *what in (("tracker",), ("copy",), ("workbook", str(ROWS)), ("bare", str(ROWS))):
                print(f"{each} …", file=sys.stderr, flush=True)
                found[each].append(Written(**step(FILES, full, each, *what)))
    return Files(**{each: best(runs) for each, runs in found.items()})


def best(runs: list[Written]) -> Written:
    """The least time of several runs, which others on the machine disturbed least, and the most memory."""
    return runs[0]._replace(
        seconds=min(one.seconds for one in runs),
        processor_seconds=min(one.processor_seconds for one in runs),
        server_seconds=min(one.server_seconds for one in runs),
        memory=max(one.memory for one in runs),
    )
