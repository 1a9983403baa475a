import json

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from areas.boundaries.topology import digest, from_grid, to_grid, topojson
from tests.areas.boundaries.decoder import decoded, references

# Corners are multiples of the grid's cells.
WEST = shapely.box(-2, 52.5, -1, 53.1)
EAST = shapely.box(-1, 52.5, 0, 53.1)
SOUTH = shapely.Polygon([(-2, 51.9), (0, 51.9), (0, 52.5), (-1, 52.5), (-2, 52.5)])
ENCLAVE = shapely.box(-1.6, 52.8, -1.4, 52.95)
ISLANDS = shapely.MultiPolygon([shapely.box(-6, 50.1, -5.9, 50.4), shapely.box(-6.2, 50.1, -6.1, 50.4)])


def arc_count(text: str) -> int:
    return len(json.loads(text)["arcs"])


def test_what_is_decoded_is_what_was_given() -> None:
    shapes = {"a": WEST.difference(ENCLAVE), "b": EAST, "c": ENCLAVE, "d": ISLANDS}
    back = decoded(topojson(shapes))
    assert back.keys() == shapes.keys()
    assert all(back[code].symmetric_difference(shapes[code]).area < 1e-9 for code in shapes)


def test_a_common_border_stands_in_it_once() -> None:
    text = topojson({"a": WEST, "b": EAST})
    assert arc_count(text) == 3
    (backwards,) = [~number for number in references(text) if number < 0]
    assert backwards in references(text)


def test_the_ring_around_an_enclave_stands_in_it_once() -> None:
    # The two rings begin at different corners and turn opposite ways.
    assert arc_count(topojson({"a": WEST.difference(ENCLAVE), "c": ENCLAVE})) == 2


def test_a_border_is_cut_where_a_third_area_joins() -> None:
    text = topojson({"a": WEST, "b": EAST, "c": SOUTH})
    assert arc_count(text) == 6
    assert shapely.coverage_is_valid(list(decoded(text).values()))


def test_the_order_of_the_areas_does_not_matter() -> None:
    assert topojson({"a": WEST, "b": EAST}) == topojson({"b": EAST, "a": WEST})


def test_the_only_property_is_the_code() -> None:
    (geometry,) = json.loads(topojson({"E06000001": WEST}))["objects"]["areas"]["geometries"]
    assert geometry["properties"] == {"code": "E06000001"}


def test_the_digest_is_the_beginning_of_the_sha_256() -> None:
    assert digest("abc") == "ba7816bf8f01"


@given(st.integers(0, 19_000), st.integers(0, 21_600))
def test_degrees_on_the_grid_come_back_to_the_same_cell(x: int, y: int) -> None:
    degrees = from_grid(shapely.get_coordinates(shapely.Point(x, y)))
    assert to_grid(degrees)[0] == pytest.approx((x, y), abs=1e-6)
