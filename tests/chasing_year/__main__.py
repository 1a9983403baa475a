"""`python -m tests.chasing_year [--partnerships N] [--actions N] [--years N] [--seed S]`: 1 on a difference."""

import argparse
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from tests.chasing_year.simulation import Simulation, Size, faults  # noqa: E402


def main() -> int:
    """Simulate, compare, and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.chasing_year", description=__doc__)
    parser.add_argument("--partnerships", type=int, default=200)
    parser.add_argument("--actions", type=int, default=60, help="of each partnership")
    parser.add_argument("--years", type=float, default=3)
    parser.add_argument("--seed", type=int, default=1)
    size = Size(**vars(parser.parse_args()))
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        return _compare(size)
    finally:
        teardown_databases(databases, verbosity=0)


def _compare(size: Size) -> int:
    began = time.monotonic()
    simulation = Simulation(size, in_bulk=True)
    count = 0
    for count, on in enumerate(simulation.days(), 1):
        if count % 50 == 0:
            known, sent = simulation.model.sent, simulation.sent()
            print(f"{on}: {len(sent):,} remarks, {time.monotonic() - began:,.0f} s", flush=True)
            if known != sent:
                break
    known, sent = simulation.model.sent, simulation.sent()
    digests = len({(day, recipient) for day, recipient, _ in sent})
    wrong = [*faults(sent), *(f"too much: {each}" for each in sorted(sent - known))]
    wrong += [f"too little: {each}" for each in sorted(known - sent)]
    print(f"{count} days run, {digests:,} digests with {len(sent):,} remarks; {len(wrong)} differences or faults.")
    for line in wrong[:20]:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
