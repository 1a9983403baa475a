from pathlib import Path
from typing import Any

import pytest

from areas.boundaries.reading import read
from concordat.kernel.commands import RefusedError
from tests.areas.boundaries.files import polygon, square, write_geojson

HERE, THERE = polygon(square(-1, 52)), polygon(square(-2, 52))
OVERLAPPING = polygon(square(-1.05, 52))


def test_keeps_the_upper_tier_of_england_and_says_what_it_left_out(tmp_path: Path) -> None:
    path = write_geojson(tmp_path / "a.geojson", [("E06000001", HERE), ("W06000001", THERE), ("S12000005", THERE)])
    file = read(path)
    assert {code: shape.area for code, shape in file.shapes.items()} == {"E06000001": pytest.approx(0.01)}
    assert file.notes == ("Areas outside England left out: 2.",)


def test_says_what_it_repaired_and_projected(tmp_path: Path) -> None:
    unclosed = polygon(square(400_000, 300_000, 10_000)[:-1])
    path = write_geojson(tmp_path / "a.geojson", [("E06000001", unclosed)], crs="urn:ogc:def:crs:EPSG::27700")
    assert read(path).notes == (
        "Projected from EPSG:27700 to EPSG:4326.",
        "Areas whose rings were repaired: 1 (E06000001).",
    )


def test_areas_of_other_countries_need_no_sound_shape(tmp_path: Path) -> None:
    path = write_geojson(tmp_path / "a.geojson", [("E06000001", HERE), ("S12000005", None)])
    assert list(read(path).shapes) == ["E06000001"]


def test_rows_of_one_code_are_parts_of_one_area(tmp_path: Path) -> None:
    path = write_geojson(tmp_path / "a.geojson", [("E06000001", HERE), ("E06000001", THERE)])
    assert read(path).shapes["E06000001"].area == pytest.approx(0.02)


@pytest.mark.parametrize("again", [HERE, OVERLAPPING])
def test_refuses_rows_of_one_code_that_overlap(tmp_path: Path, again: dict[str, Any]) -> None:
    path = write_geojson(tmp_path / "a.geojson", [("E06000001", HERE), ("E06000001", again)])
    with pytest.raises(RefusedError, match="E06000001 comes more than once, with shapes that overlap"):
        read(path)


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (["E06000001", "E07000008"], r"another level of areas \(E07000008\); wanted are counties and unitary"),
        (["E05000026", "E05000027"], r"another level of areas \(E05000026, E05000027\); wanted are counties"),
        (["E92000001"], "another level of areas"),
        (["S12000005", "W06000001"], "a.geojson holds no area of England; wanted are counties"),
        (["E06000001", None], "a.geojson has an area without a code"),
        (["E06000001", "Kent"], "a.geojson has codes that are no GSS codes: KENT"),
        ([1, 2], "no GSS codes: 1, 2"),
    ],
)
def test_refuses_codes_of_another_kind(tmp_path: Path, codes: list[Any], said: str) -> None:
    path = write_geojson(tmp_path / "a.geojson", [(code, HERE) for code in codes])
    with pytest.raises(RefusedError, match=said):
        read(path)
