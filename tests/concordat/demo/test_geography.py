"""Which areas the partnerships get."""

from collections import Counter
from datetime import date

import pytest

from areas.models import Area, Region
from concordat.demo.geography import laid_out, settled_areas
from concordat.demo.parameters import Parameters
from concordat.demo.stories import STORIES
from concordat.kernel.commands import RefusedError
from tests.factories import make_area

ON = date(2025, 11, 3)


def areas(count: int) -> list[Area]:
    return [Area(pk=number, slug=f"area-{number}") for number in range(count)]


def laid(partnerships: int, count: int, seed: int = 1) -> list[list[Area]]:
    return list(laid_out(Parameters(partnerships, 1, seed, ON), areas(count)))


@pytest.mark.parametrize(("partnerships", "count"), [(1, 6), (22, 150), (60, 150), (500, 150), (44, 7)])
def test_every_partnership_gets_as_many_different_areas_as_its_story_has(partnerships: int, count: int) -> None:
    for number, own in enumerate(laid(partnerships, count)):
        story = STORIES[number % len(STORIES)]
        assert len({area.pk for area in own}) == len(own) == story.new_areas + len(story.shared)


def test_where_there_is_room_areas_are_shared_only_by_intent_and_some_are_left_out() -> None:
    times = Counter(area.pk for own in laid(60, 150) for area in own)
    shared = sum(len(STORIES[number % len(STORIES)].shared) for number in range(60))
    assert sum(count - 1 for count in times.values()) == shared
    assert 20 < 150 - len(times) < 50


def test_beyond_that_every_area_has_several_partnerships() -> None:
    times = Counter(area.pk for own in laid(500, 150) for area in own)
    assert len(times) == 150
    assert min(times.values()) >= 5


def test_another_seed_begins_elsewhere() -> None:
    assert laid(5, 150, seed=1) != laid(5, 150, seed=2)


@pytest.mark.django_db
def test_new_areas_are_left_out_and_neighbours_share_a_region() -> None:
    make_area(name="B", region=Region.LONDON)
    make_area(name="A", region=Region.SOUTH_WEST)
    make_area(name="C", region=Region.LONDON, from_on=date(2009, 4, 1))
    make_area(name="New", region=Region.LONDON, from_on=date(2021, 4, 1))
    make_area(name="Gone", region=Region.LONDON, until_on=date(2020, 4, 1))
    assert [area.name for area in settled_areas(ON)] == ["B", "C", "A"]


@pytest.mark.django_db
def test_without_areas_it_is_refused() -> None:
    with pytest.raises(RefusedError, match="Load the areas first"):
        settled_areas(ON)
