"""Runs the bench: `python -m tests.bench [picture] [chasing] [national] [reports-files] [--partnerships N] …`.

Ends with 1 if a bar is not met.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.bench import databases
from tests.bench.chasing import running
from tests.bench.chasing import table as chasing_table
from tests.bench.files import running as files_running
from tests.bench.files import table as files_table
from tests.bench.importing import Imported
from tests.bench.measure import Measured
from tests.bench.pages import Pages
from tests.bench.reports import running as reports_running
from tests.bench.table import BAR_SECONDS, COLD_BAR_SECONDS, POSTGRESQL, RATES, RATIOS, SQLITE, VISIT, shortfalls, table
from tests.bench.visit import Visit
from tests.services import ROOT, STOPPING, postgresql

PARTS = ["picture", "chasing", "national", "reports-files"]


def step(module: str, address: str, folder: Path, *what: str) -> dict[str, Any]:
    """One step of a module, in a process of its own so that its memory is its own too; gives what it measured."""
    environment = os.environ | {
        "CONCORDAT_MODE": "embedded",
        "CONCORDAT_DEMO": "no",
        "CONCORDAT_VAR": str(folder),
        "DATABASE_URL": address,
        "SECRET_KEY": "only for the bench",
        "DEBUG": "no",
    }
    command = [sys.executable, "-m", module, *what]
    told = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    figures: dict[str, Any] = json.loads(told.stdout.splitlines()[-1]) if told.stdout else {}
    return figures


def measured(address: str, folder: Path, *what: str) -> Measured:
    """One measurement of the picture."""
    figures = step("tests.bench.measure", address, folder, *what)
    visit = figures["visit"] and Visit(**figures["visit"])
    imported = figures["imported"] and Imported(**figures["imported"])
    return Measured(**(figures | {"pages": Pages(**figures["pages"]), "visit": visit, "imported": imported}))


def _leave(number: int, frame: object) -> None:
    """End as after an error, so that every database and server that was made goes."""
    raise SystemExit(128 + number)


def picture(server: str, folder: Path, partnerships: int, actions: int) -> list[str]:
    """Measure the national picture on both databases and print it; gives the bars that are missed."""
    demo = f"demonstration of {partnerships} × {actions}"
    loads = {"real history": ("history",), demo: ("demo", str(partnerships), str(actions))}
    results: dict[str, dict[str, Measured]] = {POSTGRESQL: {}, SQLITE: {}}
    for loaded, what in loads.items():
        name = f"concordat_bench_{os.getpid()}_{what[0]}"
        makers = {POSTGRESQL: databases.on_postgresql(server, name), SQLITE: databases.on_sqlite(folder, name)}
        for engine, maker in makers.items():
            print(f"{engine}, {loaded} …", file=sys.stderr, flush=True)
            with maker as address:
                results[engine][loaded] = measured(address, folder, *what)
    print(table(results))
    print(f"Bar: the picture of the {demo} on {POSTGRESQL} under {BAR_SECONDS:g} s, in as many queries as the history")
    print(
        f"Bars of the real history's pages: cold under {COLD_BAR_SECONDS:g} s, and of the constant view's rate at least"
    )
    print("; ".join(f"{ratio:g} for {RATES[name]}" for name, ratio in RATIOS.items()))
    print("Bars of a visit:", "; ".join(f"{words} at most {bar:g}" for words, bar in VISIT.values()))
    return shortfalls(results)


def chased(server: str, folder: Path) -> list[str]:
    """Measure the planning of chasers on PostgreSQL and print it; gives the bars that are missed."""
    results = running.run(server, lambda address, *what: step("tests.bench.chasing.measure", address, folder, *what))
    print(chasing_table.table(results))
    print(chasing_table.BARS)
    return chasing_table.shortfalls(results)


def returned(server: str, folder: Path, partnerships: int) -> list[str]:
    """Measure the national return on PostgreSQL and print it; gives the bars that are missed."""
    result = reports_running.run(
        server, lambda module, address, *what: step(module, address, folder, *what), partnerships
    )
    print(reports_running.table(result))
    print(reports_running.BAR)
    return reports_running.shortfalls(result)


def files(server: str, folder: Path, partnerships: int) -> list[str]:
    """Measure the files of reports on PostgreSQL and print it; gives the bars that are missed."""
    results = files_running.run(
        server, lambda module, address, *what: step(module, address, folder, *what), partnerships
    )
    print(files_table.table(results))
    print(files_table.BARS)
    return files_table.shortfalls(results)


def main() -> int:
    """Measure what is asked for, print the tables and say which bars are met."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("what", nargs="*", metavar="WHAT", help=f"{', '.join(PARTS)}; all if not given")
    parser.add_argument("--partnerships", type=int, default=2000)
    parser.add_argument("--actions", type=int, default=100, help="in each plan of the picture")
    asked = parser.parse_args()
    what = asked.what or PARTS
    if unknown := {*what} - {*PARTS}:
        parser.error(f"nothing is called {', '.join(sorted(unknown))}")
    for number in STOPPING:
        signal.signal(number, _leave)
    missed: list[str] = []
    with ExitStack() as parts:
        folder = Path(parts.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        server = os.environ.get("TEST_DATABASE_URL") or parts.enter_context(postgresql())
        if "picture" in what:
            missed += picture(server, folder, asked.partnerships, asked.actions)
        if "chasing" in what:
            missed += chased(server, folder)
        if "national" in what:
            missed += returned(server, folder, asked.partnerships)
        if "reports-files" in what:
            missed += files(server, folder, asked.partnerships)
    print("All met." if not missed else "Missed:", *missed, sep="\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
