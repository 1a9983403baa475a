"""The bench of chasing: its table, its bars, its country, and that the obvious way plans the same."""

from typing import Any

import pytest
from django.db import connection

from actionplans.models import Action, ActionOwner
from signatories.models import ChasingPause, Notice, UpdateWindow
from tests.bench.chasing import country, measure, running
from tests.bench.chasing.measure import Planning
from tests.bench.chasing.running import Chased
from tests.bench.chasing.table import shortfalls, table

ONE = Planning(
    seconds=2.0,
    processor_seconds=0.5,
    server_seconds=1.0,
    memory=95.4,
    queries=52,
    notices=17_824,
    messages=1907,
)


def of(**values: Any) -> Chased:
    return Chased(ONE._replace(**values), ONE)


def results(most: Chased, obvious: float = 60.0) -> dict[int, Chased]:
    few = Chased(ONE, ONE, ONE._replace(seconds=obvious))
    return {10_000: few, 100_000: Chased(ONE, ONE), 1_000_000: most}


def test_the_table_has_every_figure_and_ratios() -> None:
    told = [" ".join(line.split()) for line in table(results(of(seconds=21.0))).splitlines()]
    assert told[1] == "10,000 actions, first day 2.00 s 0.50 s 1.00 s 95 MB 52 17,824 1,907"
    assert told[3].startswith("first day by the obvious way 60.00 s")
    assert told[-3:] == [
        "ten times the actions, first day × 10.5",
        "ten times the actions, the day after × 1.0",
        "the obvious way / ours × 30.0",
    ]


@pytest.mark.parametrize(
    ("measured", "missed"),
    [
        (results(of(seconds=22.0, memory=300.0)), []),
        (
            results(of(seconds=30.5)),
            [
                "Planning the first day takes 30.5 s; the bar is 30 s.",
                "With ten times the actions, first day, it takes 15.2 times as long, not 11.",
            ],
        ),
        (results(of(memory=301.0)), ["Planning the first day takes 301 MB; the bar is 300 MB."]),
        (results(Chased(ONE, ONE), obvious=58.0), ["The obvious way takes 29.0 times as long, not 30."]),
    ],
)
def test_a_bar_is_met_or_missed(measured: dict[int, Chased], missed: list[str]) -> None:
    assert shortfalls(measured) == missed


def test_of_several_runs_the_least_time_and_the_most_memory_count() -> None:
    runs = [ONE, ONE._replace(seconds=1.5, memory=99.0), ONE._replace(processor_seconds=0.4)]
    assert running.best(runs) == ONE._replace(seconds=1.5, processor_seconds=0.4, memory=99.0)


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="the country is written by PostgreSQL itself")
class TestCountry:
    @pytest.fixture(autouse=True)
    def small(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(country, "ACTIONS", 40)
        country.build(7, checked=True)

    def test_it_has_what_it_says_and_keeps_every_rule_of_the_database(self) -> None:
        connection.check_constraints()
        assert Action.objects.filter(mirrors=None).count() == 280 + 28
        assert 0 < ActionOwner.objects.values("action").distinct().count() < 308
        assert UpdateWindow.objects.open_on(country.DAY).values("partnership").distinct().count() == 1
        assert ChasingPause.objects.exists()
        assert Notice.objects.count() == 0

    def test_the_obvious_way_plans_the_same(self) -> None:
        took = measure.obvious()
        assert took.notices == Notice.objects.count() > 50
        assert took.queries > 280 * 3

    def test_planning_is_measured_on_the_first_day_and_on_the_next(self) -> None:
        first = measure.plan("0")
        assert first.notices == Notice.objects.count() > 50
        assert first.messages > 10
        assert min(first.seconds, first.processor_seconds, first.memory) > 0
        again = measure.plan("0")
        assert (again.notices, again.messages) == (0, 0)
        assert again.queries < first.queries + 5 < 80
