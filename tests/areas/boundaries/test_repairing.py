import struct
from collections.abc import Iterable

import pytest
import shapely

from areas.boundaries.repairing import shape_of
from concordat.kernel.commands import RefusedError
from tests.areas.boundaries.files import Corner, square

BIG, SMALL = square(0, 0, 1), square(0.2, 0.2, 0.1)


def polygon(*rings: Iterable[Corner]) -> bytes:
    """Well-known binary of a polygon just as it is given, sound or not."""
    lists = [list(ring) for ring in rings]
    points = [struct.pack("<I", len(ring)) + b"".join(struct.pack("<dd", *point) for point in ring) for ring in lists]
    return struct.pack("<BII", 1, 3, len(lists)) + b"".join(points)


def multi(*polygons: bytes) -> bytes:
    return struct.pack("<BII", 1, 6, len(polygons)) + b"".join(polygons)


# A square with a flap at one corner that folds over itself: a crossing, but hardly any size.
FOLDED = [(0, 0), (1, 0), (1, 0.99), (0.98, 1.01), (1, 1.01), (0.98, 0.99), (0, 1), (0, 0)]
BOW_TIE = [(0, 0), (1, 1), (1, 0), (0, 1), (0, 0)]


@pytest.mark.parametrize(
    ("given", "area", "repaired"),
    [
        (polygon(BIG), 1, False),
        (polygon(BIG[::-1]), 1, False),
        (polygon(BIG, SMALL), 0.99, False),
        (multi(polygon(BIG), polygon(square(2, 0, 1))), 2, False),
        (polygon(BIG[:-1]), 1, True),
        (polygon(BIG, SMALL[:-1]), 0.99, True),
        (polygon(BIG, BIG), 1, True),
        (polygon(BIG, SMALL, SMALL[::-1]), 0.99, True),
        (multi(polygon(BIG), polygon([*BIG[2:], *BIG[1:3]])), 1, True),
        (polygon(FOLDED), 0.995, True),
    ],
    ids=[
        "sound",
        "other way round",
        "with a hole",
        "of two parts",
        "not closed",
        "hole not closed",
        "outer ring twice",
        "hole twice",
        "part twice",
        "crossing",
    ],
)
def test_makes_a_sound_shape_where_that_is_safe(given: bytes, area: float, repaired: bool) -> None:
    shape, was_repaired = shape_of("E06000001", given)
    assert shape.is_valid
    assert shape.geom_type == "MultiPolygon"
    assert shape.area == pytest.approx(area, abs=0.001)
    assert was_repaired is repaired


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (None, "has no shape"),
        (shapely.to_wkb(shapely.Polygon()), "has no shape"),
        (shapely.to_wkb(shapely.Point(0, 0)), "must be an area, but is a Point"),
        (shapely.to_wkb(shapely.LineString([(0, 0), (1, 1)])), "must be an area, but is a LineString"),
        (polygon([(0, 0), (1, 0), (0, 0)]), "size"),
        (polygon([(0, 0), (1, 0)]), "size"),
        (polygon(BOW_TIE), "cross themselves so that its size cannot be sure"),
        (polygon([(float("nan"), 0), *BIG[1:-1], (float("nan"), 0)]), "no shape|not numbers"),
        (polygon([(float("inf"), 0), *BIG[1:-1], (float("inf"), 0)]), "not numbers"),
    ],
)
def test_refuses_what_it_would_have_to_guess(given: bytes | None, said: str) -> None:
    with pytest.raises(RefusedError, match=said) as refused:
        shape_of("E06000001", given)
    assert "E06000001" in str(refused.value)


def test_heights_are_left_out() -> None:
    shape, was_repaired = shape_of("E06000001", shapely.to_wkb(shapely.force_3d(shapely.Polygon(BIG), 5)))
    assert not shape.has_z
    assert not was_repaired


def test_polygons_in_a_collection_are_a_shape() -> None:
    shape, _ = shape_of("E06000001", shapely.to_wkb(shapely.GeometryCollection([shapely.Polygon(BIG)])))
    assert shape.area == 1
