"""The bench: its table, its bars, and a measurement of a very small country."""

from dataclasses import asdict, replace

import pytest
from django.db import connection

from actionplans.models import Action, ProgressUpdate
from tests.bench import pages
from tests.bench.importing import Imported
from tests.bench.measure import Measured, measure
from tests.bench.pages import Pages
from tests.bench.table import POSTGRESQL, SQLITE, Results, shortfalls, table
from tests.bench.visit import Visit
from tests.services import database_url

PAGES = Pages(
    constant=1000.0,
    front=800.0,
    area=700.0,
    status=750.0,
    known=900.0,
    cold_first_seconds=0.25,
    cold_seconds=0.1,
)
VISIT = Visit(
    first_bytes=120_000, boundary_bytes=28_500, second_bytes=900, largest_paint_seconds=1.5, slider_milliseconds=40
)
ONE = Measured(
    actions=1200,
    updates=3400,
    load_seconds=10.0,
    load_processor_seconds=8.0,
    load_memory=90.4,
    queries=13,
    first_seconds=0.9,
    median_seconds=0.5,
    median_processor_seconds=0.4,
    pages=PAGES,
    visit=VISIT,
    imported=Imported(preview_seconds=4.2, again_seconds=2.9, apply_seconds=8.5, queries=104),
)


def results(small: Measured, large: Measured) -> Results:
    return {
        POSTGRESQL: {"small": small, "large": large},
        SQLITE: {"small": ONE, "large": replace(ONE, load_seconds=20)},
    }


def test_the_table_has_every_figure_and_ratios() -> None:
    lines = table(results(ONE, replace(ONE, median_seconds=2.0))).splitlines()
    told = [" ".join(line.split()) for line in lines]
    assert told[0] == "PostgreSQL SQLite SQLite / PostgreSQL"
    assert "small 1,200 actions, 3,400 reports 1,200 actions, 3,400 reports" in told
    assert "loading, by the clock 10.000 s 20.000 s × 2.0" in told
    assert "most memory 90 MB 90 MB" in told
    assert "a 304, a second 900 (× 0.90 of the constant) 900 (× 0.90 of the constant)" in told
    assert "first visit, bytes 120,000 120,000" in told
    assert "a plan file of 5,000 rows read and shown 4.2 4.2" in told
    assert told[-1] == "picture, large / small × 4.0 × 1.0"


@pytest.mark.parametrize(
    ("small", "large", "missed"),
    [
        (ONE, ONE, []),
        (ONE, replace(ONE, median_seconds=2.99), []),
        (ONE, replace(ONE, median_seconds=3.0), ["The picture takes 3.00 s on PostgreSQL; the bar is 3 s."]),
        (
            ONE,
            replace(ONE, queries=14),
            ["PostgreSQL: the number of queries grows with the size: 13 for the small, 14 for the large."],
        ),
        (
            replace(ONE, visit=replace(VISIT, first_bytes=160_001, largest_paint_seconds=2.25)),
            ONE,
            [
                "PostgreSQL: first visit, bytes: 160,001, not 160,000.",
                "PostgreSQL: largest paint on a slow phone, seconds: 2.25, not 2.",
            ],
        ),
        (
            replace(ONE, pages=replace(PAGES, front=499.0, known=699.0, cold_seconds=0.3)),
            ONE,
            [
                "PostgreSQL: the first page takes 0.300 s cold.",
                "PostgreSQL: the first page has 0.50 of the constant view's rate, not 0.5.",
                "PostgreSQL: a 304 has 0.70 of the constant view's rate, not 0.7.",
            ],
        ),
    ],
)
def test_a_bar_is_met_or_missed(small: Measured, large: Measured, missed: list[str]) -> None:
    assert shortfalls(results(small, large)) == missed


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_measurement_loads_what_it_is_asked_for_and_times_picture_and_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url(connection.settings_dict["NAME"]))
    for name in ("ROUNDS", "REQUESTS", "COLD_DAYS"):
        monkeypatch.setattr(pages, name, 2)
    measured = measure("demo", "3", "2")
    assert measured.actions == Action.objects.count() == 11  # five plans with 2 each, and one that mirrors
    assert measured.updates == ProgressUpdate.objects.count()
    assert 0 < measured.queries < 30
    assert min(measured.load_seconds, measured.load_processor_seconds, measured.load_memory) > 0
    assert measured.median_seconds > 0
    assert min(asdict(measured.pages).values()) > 0


def test_a_plan_file_that_takes_too_long_is_told() -> None:
    slow = replace(ONE, imported=Imported(preview_seconds=11.0, again_seconds=2.9, apply_seconds=8.5, queries=104))
    told = shortfalls(results(slow, ONE))
    assert told == ["PostgreSQL: a plan file of 5,000 rows read and shown: 11.0, not 10."]
