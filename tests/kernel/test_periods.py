"""From the first day until the first day no longer, in Python and in the database alike."""

from datetime import date

import pytest

from areas.models import Area, AreaCode
from concordat.kernel.periods import holds, holds_on
from tests.factories import make_area

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (date(2015, 4, number) for number in (6, 7, 8, 9))

# From, until, and the days among those four on which it holds.
PERIODS = [
    (None, None, [MONDAY, TUESDAY, WEDNESDAY, THURSDAY]),
    (TUESDAY, None, [TUESDAY, WEDNESDAY, THURSDAY]),
    (None, THURSDAY, [MONDAY, TUESDAY, WEDNESDAY]),
    (TUESDAY, THURSDAY, [TUESDAY, WEDNESDAY]),
    (TUESDAY, WEDNESDAY, [TUESDAY]),
]
WEEK = [MONDAY, TUESDAY, WEDNESDAY, THURSDAY]
periods = pytest.mark.parametrize(("from_on", "until_on", "days"), PERIODS)


@periods
def test_it_holds_from_its_first_day_and_no_longer_on_its_last(
    from_on: date | None, until_on: date | None, days: list[date]
) -> None:
    assert [on for on in WEEK if holds(from_on, until_on, on)] == days


def test_an_empty_or_reversed_period_holds_on_no_day() -> None:
    assert not any(holds(TUESDAY, TUESDAY, on) or holds(THURSDAY, TUESDAY, on) for on in WEEK)


@periods
def test_a_row_says_the_same(from_on: date | None, until_on: date | None, days: list[date]) -> None:
    row = Area(from_on=from_on, until_on=until_on)
    assert [on for on in WEEK if row.holds_on(on)] == days


@periods
@pytest.mark.django_db
def test_the_database_says_the_same(from_on: date | None, until_on: date | None, days: list[date]) -> None:
    make_area(from_on=from_on, until_on=until_on)
    assert [on for on in WEEK if Area.objects.on(on).exists()] == days
    assert [on for on in WEEK if Area.objects.filter(holds_on(on)).exists()] == days


@periods
@pytest.mark.django_db
def test_the_database_says_the_same_of_a_row_that_another_leads_to(
    from_on: date | None, until_on: date | None, days: list[date]
) -> None:
    area = make_area()
    AreaCode.objects.filter(area=area).update(from_on=from_on, until_on=until_on)
    assert [on for on in WEEK if Area.objects.filter(holds_on(on, "codes__")).exists()] == days


@pytest.mark.parametrize(
    ("until_on", "last"), [(None, None), (THURSDAY, WEDNESDAY), (date(2019, 4, 1), date(2019, 3, 31))]
)
def test_the_last_day_is_the_one_before_it_no_longer_holds(until_on: date | None, last: date | None) -> None:
    assert Area(until_on=until_on).last_day == last
