from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import shapely

from areas.boundaries import epochs
from areas.boundaries.composing import Coded, existing_on
from areas.boundaries.epochs import NEWER, OLDER, Epoch, Prepared, from_file
from areas.boundaries.fitting import compressed_size
from concordat.kernel.commands import RefusedError
from tests.areas.boundaries.conftest import TODAY, silent
from tests.areas.boundaries.decoder import decoded, references
from tests.areas.boundaries.files import polygon, square, write_geojson

CHANGES = [
    (date(2014, 1, 1), 152),
    (date(2019, 4, 1), 151),
    (date(2020, 4, 1), 151),
    (date(2021, 4, 1), 152),
    (date(2023, 4, 1), 153),
    (date(2025, 4, 1), 153),
]
numbered = pytest.mark.parametrize("number", range(len(CHANGES)), ids=[str(day.year) for day, _ in CHANGES])


def similarity(a: shapely.Geometry, b: shapely.Geometry) -> float:
    return float(a.intersection(b).area / a.union(b).area)


def joined(shapes: Mapping[str, shapely.Geometry], *codes: str) -> shapely.Geometry:
    return shapely.union_all([shapes[code] for code in codes])


def test_there_is_one_epoch_for_each_change_since_2014(shipped: Prepared) -> None:
    assert [(epoch.from_on, len(epoch.shapes)) for epoch in shipped.epochs] == CHANGES
    assert shipped.notes == []


@numbered
def test_an_epoch_has_exactly_the_areas_of_its_days(shipped: Prepared, codes: list[Coded], number: int) -> None:
    epoch = shipped.epochs[number]
    assert epoch.shapes.keys() == {coded.code for coded in existing_on(codes, epoch.from_on)}
    assert all(shape.is_valid and shape.area > 0 for shape in epoch.shapes.values())


@numbered
def test_the_topojson_of_an_epoch_has_the_same_shapes_in_at_most_30_kb(shipped: Prepared, number: int) -> None:
    epoch = shipped.epochs[number]
    shapes = decoded(epoch.topojson)
    assert shapes.keys() == epoch.shapes.keys()
    assert all(shapes[code].symmetric_difference(epoch.shapes[code]).area < 1e-9 for code in shapes)
    assert compressed_size(epoch.topojson) < 30_000


@numbered
def test_neighbours_fit_and_share_their_borders(shipped: Prepared, number: int) -> None:
    text = shipped.epochs[number].topojson
    assert shapely.coverage_is_valid(list(decoded(text).values()))
    numbers = references(text)
    shared = {n for n in numbers if n >= 0} & {~n for n in numbers if n < 0}
    assert len(shared) > 390
    assert len(numbers) == len(set(numbers)), "an arc bounds one area on each side"


def test_no_ground_is_lost_or_won_from_one_epoch_to_the_next(shipped: Prepared) -> None:
    grounds = [shapely.union_all(list(epoch.shapes.values())) for epoch in shipped.epochs]
    assert all(similarity(ground, grounds[0]) > 0.999 for ground in grounds[1:])


@pytest.mark.parametrize(
    ("before", "old", "after", "new"),
    [
        (0, ["E06000028", "E06000029", "E10000009"], 1, ["E06000058", "E06000059"]),
        (1, ["E10000002"], 2, ["E06000060"]),
        (2, ["E10000021"], 3, ["E06000061", "E06000062"]),
        (3, ["E10000006"], 4, ["E06000063", "E06000064"]),
        (3, ["E10000023"], 4, ["E06000065"]),
        (4, ["E08000016", "E08000019"], 5, ["E08000038", "E08000039"]),
    ],
    ids=["Dorset", "Buckinghamshire", "Northamptonshire", "Cumbria", "North Yorkshire", "South Yorkshire"],
)
def test_what_replaces_areas_lies_where_they_lay(
    shipped: Prepared, before: int, old: list[str], after: int, new: list[str]
) -> None:
    was, became = joined(shipped.epochs[before].shapes, *old), joined(shipped.epochs[after].shapes, *new)
    assert similarity(was, became) > 0.995


def test_areas_that_go_on_keep_their_shape(shipped: Prepared) -> None:
    first, last = shipped.epochs[0].shapes, shipped.epochs[-1].shapes
    differing = {code for code in first.keys() & last.keys() if not first[code].equals(last[code])}
    # Their neighbours were divided, which puts a corner into the common border.
    assert differing <= {"E10000014", "E06000057"}


@pytest.mark.parametrize(
    ("code", "longitude", "latitude"),
    [("E06000053", -6.3, 49.92), ("E09000001", -0.09, 51.515), ("E06000017", -0.65, 52.65), ("E06000046", -1.3, 50.68)],
    ids=["Isles of Scilly", "City of London", "Rutland", "Isle of Wight"],
)
def test_small_areas_are_there(shipped: Prepared, code: str, longitude: float, latitude: float) -> None:
    assert all(epoch.shapes[code].contains(shapely.Point(longitude, latitude)) for epoch in shipped.epochs)


def test_the_shipped_shapes_say_what_they_are(shipped: Prepared) -> None:
    epoch = shipped.epochs[1]
    assert epoch.approximate
    assert epoch.vintage == 2019
    assert epoch.source_note.startswith("Approximate. ")
    assert epoch.attribution.startswith("Source: Office for National Statistics licensed under the Open Government")
    assert epoch.attribution.endswith("Coastline: Natural Earth.")


def test_an_epoch_of_which_a_shape_is_missing_is_left_out_and_told(
    codes: list[Coded], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[date] = []
    monkeypatch.setattr(epochs, "_approximate", lambda composed: drawn.append(composed.from_on))
    surrey = next(coded for coded in codes if coded.code == "E10000030")
    divided = [
        *(coded for coded in codes if coded is not surrey),
        replace(surrey, until_on=date(2026, 4, 1)),
        Coded(1000, "E06000070", "East Surrey", from_on=date(2026, 4, 1)),
        Coded(1001, "E06000071", "West Surrey", from_on=date(2026, 4, 1)),
    ]
    prepared = epochs.shipped(divided, TODAY, silent)
    assert drawn == [day for day, _ in CHANGES]
    assert prepared.notes == [
        "No shapes are shipped from 2026-04-01 on, for want of East Surrey, West Surrey: load a file of official ones."
    ]


@pytest.fixture(scope="module")
def official(codes: list[Coded]) -> Epoch:
    """What comes of a TopoJSON file of the areas of 2025."""
    prepared = from_file(NEWER, 2025, codes, TODAY, silent)
    (epoch,) = prepared.epochs
    assert prepared.notes[-1].startswith("Simplified by up to ")
    return epoch


def test_a_file_is_for_the_epoch_of_the_last_day_of_its_year(official: Epoch) -> None:
    assert official.from_on == date(2025, 4, 1)
    assert official.vintage == 2025
    assert not official.approximate
    assert official.source == f"{NEWER.name}, boundaries of December 2025"
    assert official.attribution.endswith("database right 2025.")


def test_a_file_is_simplified_to_what_may_be_sent_and_stays_true(official: Epoch, shipped: Prepared) -> None:
    assert 25_000 < compressed_size(official.topojson) < 30_000
    finest = shipped.epochs[-1].shapes
    assert all(similarity(official.shapes[code], finest[code]) > 0.97 for code in finest)


@pytest.mark.parametrize("vintage", [2013, 2027, 0, 9999])
def test_refuses_a_year_of_which_nothing_is_known(codes: list[Coded], vintage: int) -> None:
    with pytest.raises(RefusedError, match=f"The year must be from 2014 to 2026, not {vintage}"):
        from_file(NEWER, vintage, codes, TODAY, silent)


def test_refuses_a_file_of_another_year(codes: list[Coded]) -> None:
    with pytest.raises(RefusedError, match="The codes in the file are those of 2014 to 2018, not of 2025"):
        from_file(OLDER, 2025, codes, TODAY, silent)


def test_refuses_shapes_that_lie_elsewhere(tmp_path: Path, codes: list[Coded]) -> None:
    here = polygon(square(-1, 52))
    path = write_geojson(tmp_path / "a.geojson", [(c.code, here) for c in existing_on(codes, date(2023, 12, 31))])
    with pytest.raises(RefusedError, match="These shapes do not lie where their areas are: E06000001, E06000002"):
        from_file(path, 2023, codes, TODAY, silent)
