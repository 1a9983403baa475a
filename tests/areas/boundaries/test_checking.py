from datetime import date

import pytest
import shapely

from areas.boundaries.checking import check_codes, check_places
from areas.boundaries.composing import Coded
from concordat.kernel.commands import RefusedError

YEARS = range(2014, 2026)
CODES = [
    Coded(1, "E10000006", "Cumbria", until_on=date(2023, 4, 1)),
    Coded(2, "E06000063", "Cumberland", from_on=date(2023, 4, 1)),
    Coded(3, "E06000064", "Westmorland and Furness", from_on=date(2023, 4, 1)),
    Coded(4, "E08000016", "Barnsley", until_on=date(2025, 4, 1)),
    Coded(4, "E08000038", "Barnsley", from_on=date(2025, 4, 1)),
]
OF_2022 = {"E10000006", "E08000016"}
OF_2023 = {"E06000063", "E06000064", "E08000016"}
OF_2025 = {"E06000063", "E06000064", "E08000038"}


@pytest.mark.parametrize(
    ("found", "vintage"), [(OF_2022, 2014), (OF_2022, 2022), (OF_2023, 2023), (OF_2023, 2024), (OF_2025, 2025)]
)
def test_the_codes_of_the_last_day_of_the_year_are_right(found: set[str], vintage: int) -> None:
    check_codes(found, CODES, vintage, YEARS)
    with pytest.raises(RefusedError):
        check_codes(found - {max(found)}, CODES, vintage, YEARS)


@pytest.mark.parametrize(
    ("found", "vintage", "said"),
    [
        (OF_2022, 2023, "The codes in the file are those of 2014 to 2022, not of 2023."),
        (OF_2023, 2025, "The codes in the file are those of 2023 to 2024, not of 2025."),
        (OF_2025, 2014, "The codes in the file are those of 2025, not of 2014."),
        (
            {"E06000063", "E08000016"},
            2023,
            "For 31 December 2023 the file has no shape for Westmorland and Furness (E06000064).",
        ),
        (
            OF_2023 | {"E06000999"},
            2023,
            "For 31 December 2023 the file has codes that no area ever had: E06000999.",
        ),
        (
            {"E10000006", "E06000063", "E08000016"},
            2023,
            "For 31 December 2023 the file has no shape for Westmorland and Furness (E06000064) "
            "and has areas that did not exist then: Cumbria (E10000006).",
        ),
    ],
)
def test_says_in_one_sentence_what_is_wrong_with_the_codes(found: set[str], vintage: int, said: str) -> None:
    with pytest.raises(RefusedError) as refused:
        check_codes(found, CODES, vintage, YEARS)
    assert str(refused.value) == said


HERE, NEAR, THERE = (shapely.box(x, 52, x + 1, 53) for x in (-2.0, -1.5, 0.0))


def test_a_shape_may_differ_from_the_known_one_but_lies_where_it_does() -> None:
    check_places({"a": HERE, "b": THERE, "c": NEAR}, {"a": NEAR, "b": THERE})
    with pytest.raises(RefusedError, match=r"do not lie where their areas are: a, b\."):
        check_places({"a": THERE, "b": HERE}, {"a": HERE, "b": THERE})
