"""Numbers in 100: what is complete is rounded down, a share to the nearest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.reports.numbers import percent, share


@pytest.mark.parametrize(
    ("part", "whole", "complete", "of_all"),
    [
        (0, 152, 0, 0),
        (1, 152, 0, 1),
        (1, 1000, 0, 1),
        (58, 152, 38, 38),
        (34, 152, 22, 22),
        (56, 152, 36, 37),
        (1, 8, 12, 13),
        (151, 152, 99, 99),
        (999, 1000, 99, 99),
        (152, 152, 100, 100),
        (0, 0, None, None),
    ],
)
def test_complete_and_share(part: int, whole: int, complete: int | None, of_all: int | None) -> None:
    assert (percent(part, whole), share(part, whole)) == (complete, of_all)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=6).filter(any))
def test_shares_are_near_and_neither_none_nor_all_by_rounding(parts: list[int]) -> None:
    whole = sum(parts)
    shares = [share(part, whole) or 0 for part in parts]
    for part, told in zip(parts, shares, strict=True):
        assert abs(told - 100 * part / whole) <= (0.5 if 0.5 <= 100 * part / whole <= 99.5 else 1)
        assert (told == 0, told == 100) == (part == 0, part == whole)
