"""Areas and the codes they have had; which of them exist on a day; the boundaries of a day."""

from datetime import date
from typing import Any

import pytest

from areas.models import AreaCode, BoundaryEpoch
from tests.factories import make_area, make_boundary, make_code, make_epoch, make_succession

pytestmark = pytest.mark.django_db
CHANGE = date(2023, 4, 1)
BEFORE, AFTER = date(2023, 3, 31), date(2024, 1, 1)


def codes_on(day: date) -> list[tuple[str, str]]:
    return [(row.code, row.area.name) for row in AreaCode.objects.existing_on(day)]


def test_an_area_that_is_not_there_yet_or_no_longer_is_in_no_list() -> None:
    make_area(name="Cumbria", code="E10000006", until_on=CHANGE)
    make_area(name="Cumberland", code="E06000063", from_on=CHANGE)
    make_area(name="Kent", code="E10000016")
    assert codes_on(BEFORE) == [("E10000006", "Cumbria"), ("E10000016", "Kent")]
    assert codes_on(CHANGE) == codes_on(AFTER) == [("E06000063", "Cumberland"), ("E10000016", "Kent")]


def test_an_area_that_goes_on_with_another_code_stays_in_the_list_with_the_code_and_kind_of_the_day() -> None:
    somerset = make_area(name="Somerset", code="E10000027", kind="county")
    AreaCode.objects.update(until_on=CHANGE)
    make_code(area=somerset, code="E06000066", kind="unitary_authority", from_on=CHANGE)
    found = [AreaCode.objects.existing_on(day).get() for day in (BEFORE, CHANGE)]
    assert [(row.code, row.kind, row.area) for row in found] == [
        ("E10000027", "county", somerset),
        ("E06000066", "unitary_authority", somerset),
    ]


def test_a_code_that_outlived_its_area_counts_no_longer() -> None:
    area = make_area(until_on=CHANGE)
    AreaCode.objects.filter(area=area).update(until_on=None)
    assert codes_on(CHANGE) == []


def test_areas_are_ordered_by_code() -> None:
    for code in ("E09000001", "E06000002", "E10000003", "E06000001"):
        make_area(code=code)
    assert [code for code, _ in codes_on(AFTER)] == ["E06000001", "E06000002", "E09000001", "E10000003"]


def test_the_list_of_areas_takes_one_query(django_assert_num_queries: Any) -> None:
    for _ in range(3):
        make_area()
    with django_assert_num_queries(1):
        assert len(codes_on(AFTER)) == 3


def test_an_area_has_one_address_for_ever() -> None:
    assert make_area(slug="hertfordshire").get_absolute_url() == "/areas/hertfordshire/"


def test_areas_codes_successions_and_boundaries_say_what_they_are() -> None:
    old, new = make_area(name="Cumbria", code="E10000006"), make_area(name="Cumberland")
    epoch = make_epoch(from_on=CHANGE)
    assert [
        str(each) for each in (old, old.codes.get(), make_succession(predecessor=old, successor=new, on=CHANGE))
    ] == [
        "Cumbria",
        "E10000006",
        "Cumbria → Cumberland, 2023-04-01",
    ]
    assert str(epoch) == "Boundaries from 2023-04-01"
    assert str(make_boundary(epoch=epoch, area=old)) == "Cumbria, Boundaries from 2023-04-01"


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2014-01-01", None), ("2014-04-01", 2014), ("2023-03-31", 2014), ("2023-04-01", 2023), ("2030-01-01", 2023)],
)
def test_the_boundaries_of_a_day_are_those_last_begun(on: str, expected: int | None) -> None:
    make_epoch(from_on=CHANGE, vintage=2023)
    make_epoch(from_on=date(2014, 4, 1), vintage=2014)
    epoch = BoundaryEpoch.objects.on(date.fromisoformat(on))
    assert (epoch.vintage if epoch else None) == expected
