"""The bench of files: its table, its bars, and that both sides of a ratio write the same."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection  # noqa: F401 - asked by a mark
from openpyxl import load_workbook

from tests.bench.chasing import country
from tests.bench.files import measure, running
from tests.bench.files.measure import Written
from tests.bench.files.running import Files
from tests.bench.files.table import shortfalls, table

ONE = Written(seconds=2.0, processor_seconds=0.5, server_seconds=1.0, memory=95.4, rows=1000, size=2_000_000)


def of(**values: Any) -> Files:
    return Files(ONE._replace(rows=1001, **values), ONE, ONE, ONE)


def test_the_table_has_every_figure_and_ratios() -> None:
    told = [" ".join(line.split()) for line in table(of(seconds=21.0)).splitlines()]
    assert told[1] == "tracker as lines of text 21.00 s 0.50 s 1.00 s 95 MB 1,001 2"
    assert told[2].startswith("COPY of the same columns 2.00 s")
    assert told[-4:] == [
        "tracker / COPY × 10.50",
        "of the processor × 1.00",
        "workbook / bare loop × 1.00",
        "of the processor × 1.00",
    ]


@pytest.mark.parametrize(
    ("measured", "missed"),
    [
        (of(seconds=24.0, memory=200.0), []),
        (of(seconds=24.2), ["The tracker takes 12.1 times as long as COPY; the bar is 12."]),
        (of(memory=201.0), ["The tracker takes 201 MB; the bar is 200 MB."]),
        (
            of()._replace(workbook=ONE._replace(processor_seconds=1.4)),
            ["A workbook takes 1.60 times as long as a bare loop; the bar is 1.5."],
        ),
        (of()._replace(copy=ONE._replace(rows=999)), ["The tracker has 1,000 actions, COPY 999."]),
    ],
)
def test_a_bar_is_met_or_missed(measured: Files, missed: list[str]) -> None:
    assert shortfalls(measured) == missed


def test_of_several_runs_the_least_time_and_the_most_memory_count() -> None:
    runs = [ONE, ONE._replace(seconds=1.5, memory=99.0), ONE._replace(processor_seconds=0.4)]
    assert running.best(runs) == ONE._replace(seconds=1.5, processor_seconds=0.4, memory=99.0)


def test_a_workbook_and_a_bare_loop_write_the_same_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCORDAT_VAR", str(tmp_path))
    written = {}

    def kept(work: Any, rows: int = 0) -> Written:
        (tmp_path / "written.xlsx").write_bytes(b"".join(work()))
        book = load_workbook(tmp_path / "written.xlsx")
        written[rows] = [row for row in book.worksheets[0].values if row[0] != "Column 0"]
        return ONE

    monkeypatch.setattr(measure, "_measured", kept)
    found = []
    for step in (measure.workbook, measure.bare):
        step("20")
        found.append(written.pop(20))
    assert found[0] == found[1]
    assert len(found[0]) == 20


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="the country is written by PostgreSQL itself")
def test_the_tracker_and_copy_have_the_same_actions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(country, "ACTIONS", 40)
    country.build(7)
    tracker, copy = measure.tracker(), measure.copy()
    assert tracker.rows - 1 == copy.rows == 280 + 28 + 2
    assert tracker.size > 20_000
    assert min(tracker.seconds, copy.seconds, tracker.memory) > 0
