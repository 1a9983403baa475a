"""Links between dated pages keep the day."""

from datetime import date

import pytest

from concordat.asked import Asked
from concordat.templatetags.day_links import day_query

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("asked", "query"),
    [
        (Asked(date(2015, 4, 10), TODAY), "?on=2015-04-10"),
        (Asked(TODAY, TODAY), ""),
        (Asked(TODAY, TODAY, "x", "No."), ""),
        ("", ""),
        (None, ""),
    ],
)
def test_only_another_day_than_today_is_kept(asked: Asked | str | None, query: str) -> None:
    assert day_query(asked) == query
