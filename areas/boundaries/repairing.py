"""Repairing shapes: rings that cross themselves, are not closed or come twice. What cannot be sure is refused."""

import warnings
from collections.abc import Iterable

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from concordat.kernel.commands import RefusedError

# A repair that changes the size of an area by more than this share changes what the shape says.
MOST_CHANGE = 0.01
AREAL = {"Polygon", "MultiPolygon"}


def shape_of(code: str, wkb: bytes | None) -> tuple[MultiPolygon, bool]:
    """The shape of one row, valid and of polygons only, and whether it was repaired.

    Raises RefusedError where there is no shape, where it is not an area, or where a repair would change its size.
    """
    geometry, was_closed = _parsed(wkb)
    polygons = _polygons(code, geometry)
    once = [_rings_once(polygon) for polygon in _once(polygons)]
    shape = MultiPolygon(once)
    is_valid = shape.is_valid
    if not is_valid:
        shape = _made_valid(code, shape)
    if not shape.area:
        raise RefusedError(f"The shape of {code} has no size.")
    return shape, was_closed or not is_valid or _ring_count(once) < _ring_count(polygons)


def _parsed(wkb: bytes | None) -> tuple[BaseGeometry | None, bool]:
    """The geometry, and whether a ring had to be closed for it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        geometry = shapely.from_wkb(wkb, on_invalid="ignore")
        if geometry is not None:
            return geometry, False
        return shapely.from_wkb(wkb, on_invalid="fix"), True


def _polygons(code: str, geometry: BaseGeometry | None) -> list[Polygon]:
    if geometry is None or geometry.is_empty:
        raise RefusedError(f"{code} has no shape in the file.")
    if not np.isfinite(shapely.get_coordinates(geometry)).all():
        raise RefusedError(f"The shape of {code} has coordinates that are not numbers.")
    parts = shapely.get_parts(shapely.force_2d(geometry))
    for kind in {part.geom_type for part in parts} - AREAL:
        raise RefusedError(f"The shape of {code} must be an area, but is a {kind}.")
    return list(shapely.get_parts(parts))


def _once(polygons: Iterable[Polygon]) -> list[Polygon]:
    """Each polygon once, wherever its rings begin and whichever way they turn."""
    return list({shapely.normalize(polygon).wkb: polygon for polygon in polygons}.values())


def _rings_once(polygon: Polygon) -> Polygon:
    """Without holes that come twice, or that are the outer ring once more."""
    outside = Polygon(polygon.exterior)
    holes = _once([Polygon(ring) for ring in polygon.interiors])
    return Polygon(polygon.exterior, [hole.exterior for hole in holes if hole.normalize() != outside.normalize()])


def _ring_count(polygons: Iterable[Polygon]) -> int:
    return sum(1 + len(polygon.interiors) for polygon in polygons)


def _made_valid(code: str, shape: MultiPolygon) -> MultiPolygon:
    """The shape without crossings, if that hardly changes its size."""
    made = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    polygons = [part for part in shapely.get_parts(made) if part.geom_type == "Polygon"]
    repaired = MultiPolygon(polygons)
    if abs(repaired.area - shape.area) > MOST_CHANGE * shape.area:
        raise RefusedError(f"The rings of {code} cross themselves so that its size cannot be sure.")
    return repaired
