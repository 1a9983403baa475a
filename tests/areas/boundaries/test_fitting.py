import numpy as np
import pytest
import shapely

from areas.boundaries import fitting
from areas.boundaries.fitting import Coverage, compressed_size, fitted
from areas.boundaries.topology import CELL, ORIGIN, topojson
from concordat.kernel.commands import RefusedError
from tests.areas.boundaries.conftest import silent


def jagged(*, x: float, points: int = 400) -> list[tuple[float, float]]:
    """A line from 52° to 53° north that wavers by some hundred metres."""
    noise = np.random.default_rng(1).uniform(-0.004, 0.004, points)
    noise[[0, -1]] = 0
    return list(zip(x + noise, np.linspace(52, 53, points), strict=True))


BORDER = jagged(x=-1)
WEST = shapely.Polygon([*BORDER, (-2, 53), (-2, 52)])
EAST = shapely.Polygon([*BORDER, (0, 53), (0, 52)])
SHAPES = {"E06000001": WEST, "E06000002": EAST}


def similarity(a: shapely.Geometry, b: shapely.Geometry) -> float:
    return float(a.intersection(b).area / a.union(b).area)


@pytest.mark.parametrize("metres", [0, 200, 1000])
def test_neighbours_fit_however_much_they_are_simplified(metres: int) -> None:
    simplified = Coverage(SHAPES).simplified(metres)
    west, east = simplified["E06000001"], simplified["E06000002"]
    assert shapely.coverage_is_valid([west, east])
    assert west.intersection(east).length >= 1
    assert west.union(east).area == pytest.approx(WEST.union(EAST).area, rel=0.001)
    assert similarity(west, WEST) > 0.99


def test_more_metres_leave_fewer_points() -> None:
    counts = [shapely.get_num_coordinates(Coverage(SHAPES).simplified(m)["E06000001"]) for m in (0, 200, 1000)]
    assert counts == sorted(counts, reverse=True)
    assert counts[2] < 30 < counts[0]


def test_points_lie_on_the_grid_in_four_decimals() -> None:
    points = shapely.get_coordinates(Coverage(SHAPES).simplified(0)["E06000001"])
    assert np.array_equal(points, points.round(4))
    assert (points - ORIGIN) / CELL == pytest.approx(np.rint((points - ORIGIN) / CELL), abs=1e-6)


def test_small_areas_keep_more_detail() -> None:
    small = shapely.Point(-1, 52).buffer(0.02, quad_segs=30)
    simplified = Coverage({"small": small, "large": shapely.Point(0, 54).buffer(0.4, quad_segs=30)}).simplified(1000)
    assert similarity(simplified["small"], small) > 0.95


def test_water_between_areas_stays_free() -> None:
    ring = WEST.difference(shapely.box(-1.7, 52.2, -1.3, 52.8))
    assert Coverage({"E06000001": ring}).simplified(200)["E06000001"].area == pytest.approx(ring.area, rel=0.01)


def test_borders_that_miss_each_other_by_less_than_a_cell_become_one() -> None:
    shifted = shapely.transform(EAST, lambda c: c + np.array([0.00004, 0]))
    simplified = Coverage({"E06000001": WEST, "E06000002": shifted}).simplified(0)
    assert shapely.coverage_is_valid(list(simplified.values()))
    assert simplified["E06000001"].touches(simplified["E06000002"])


def test_outer_rings_turn_anticlockwise_and_the_same_shape_is_written_the_same_way() -> None:
    one = Coverage(SHAPES).simplified(100)
    other = Coverage(dict(reversed(SHAPES.items()))).simplified(100)
    assert one["E06000001"].exterior.is_ccw
    assert one["E06000001"].wkb == other["E06000001"].wkb


def test_keeps_as_much_detail_as_may_be_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = compressed_size(topojson(Coverage(SHAPES).simplified(0)))
    assert fitted(SHAPES, silent)[1] == 0
    monkeypatch.setattr(fitting, "MOST_BYTES", whole // 2)
    shapes, metres = fitted(SHAPES, silent)
    assert compressed_size(topojson(shapes)) <= whole // 2
    assert compressed_size(topojson(Coverage(SHAPES).simplified(metres / 2))) > whole // 2


def test_tells_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int]] = []
    fitted(SHAPES, lambda done, total: told.append((done, total)))
    assert told[-1] == (1, 1)
    assert [done / total for done, total in told] == sorted(done / total for done, total in told)


def test_refuses_what_no_simplification_makes_small_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitting, "MOST_BYTES", 100)
    with pytest.raises(RefusedError, match="too many small parts"):
        fitted(SHAPES, silent)


def test_refuses_an_area_that_is_smaller_than_the_grid_can_show() -> None:
    with pytest.raises(RefusedError, match="E06000003 is too small to be drawn"):
        fitted({**SHAPES, "E06000003": shapely.box(1, 52, 1.0001, 52.0001)}, silent)
