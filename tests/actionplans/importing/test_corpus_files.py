"""The whole corpus as real files: read, understood, and every row right or asked about."""

from collections import Counter
from collections.abc import Callable
from functools import cache

import pytest

from actionplans.importing.reading.books import read_book
from tests.actionplans.importing.corpus import EVERY
from tests.actionplans.importing.corpus.counting import count
from tests.actionplans.importing.corpus.grids import Shape
from tests.plan_files import shapes

MADE: dict[str, Callable[[Shape], bytes]] = {
    "xlsx": shapes.xlsx,
    "docx": shapes.docx,
    "ods": shapes.ods,
    "csv": shapes.comma_separated,
}
FILES = [
    (name, ending) for name, described in sorted(EVERY.items()) for ending in MADE if shapes.takes(ending, described)
]


@cache
def counted(name: str, ending: str) -> tuple[Counter[str], list[str]]:
    described = EVERY[name]
    read = read_book(MADE[ending](described), f"{name}.{ending}")
    return count(described, shapes.placed(read, described))


def test_there_are_many_files() -> None:
    assert len(FILES) >= 120
    assert {name for name, _ in FILES} == set(EVERY)


@pytest.mark.parametrize(("name", "ending"), FILES)
def test_every_row_is_right_or_asked_about(name: str, ending: str) -> None:
    counts, wrong = counted(name, ending)
    assert wrong == []
    assert counts["lost"] == counts["wrong"] == counts["too many"] == 0


def test_the_rate_over_all_files() -> None:
    total: Counter[str] = sum((counted(*file)[0] for file in FILES), Counter())
    rows = total["right"] + total["asked"] + total["wrong"] + total["lost"]
    assert rows >= 400
    assert total["right"] + total["asked"] >= 0.95 * rows
    assert total["right"] >= 0.6 * rows
