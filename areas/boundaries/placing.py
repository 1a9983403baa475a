"""Where shapes lie: whatever coordinates a file uses, out come longitude and latitude (WGS84) within England."""

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
import pyproj
import shapely
from pyproj.exceptions import ProjError

from areas.boundaries.sentences import listed
from concordat.kernel.commands import RefusedError

Geometries = npt.NDArray[np.object_]
Coordinates = npt.NDArray[np.float64]

WGS84, BRITISH_GRID = "EPSG:4326", "EPSG:27700"
# The box that the database accepts: west, south, east, north in degrees.
ENGLAND = (-7.0, 49.5, 2.5, 56.0)


def placed(codes: list[str], shapes: Geometries, declared: str | None) -> tuple[Geometries, list[str]]:
    """The shapes in WGS84, and notes on what was done to get there.

    What the file declares is tried first; where that does not lead to England, the other readings of the same
    numbers are. No two of them can both lie in England, so the one that does is certain.
    Raises RefusedError where none puts every shape within England.
    """
    best = np.zeros(len(codes), dtype=bool)
    for moved, note in _readings(shapes, declared):
        inside = _in_england(moved)
        if inside.all():
            return moved, [note] if note else []
        best = max(best, inside, key=np.count_nonzero)
    if not best.any():
        raise RefusedError(
            "The coordinates lie outside England, whether read as longitude and latitude or as British National Grid."
        )
    outside = {code for code, lies_inside in zip(codes, best, strict=True) if not lies_inside}
    raise RefusedError(f"These shapes lie outside England: {listed(outside)}.")


def _readings(shapes: Geometries, declared: str | None) -> Iterator[tuple[Geometries, str]]:
    """Each way in which the numbers can be read, with the note that it needs."""
    name = _name(declared) if declared else ""
    if declared and name != WGS84:
        yield _projected(shapes, declared), f"Projected from {name} to {WGS84}."
    else:
        yield shapes, ""
    says = f"The file says {name}" if declared else "The file does not say so"
    yield _projected(shapes, BRITISH_GRID), f"{says}, but its coordinates are {BRITISH_GRID}: projected to {WGS84}."
    yield shapes, f"{says}, but its coordinates are {WGS84}: taken as that."
    yield _moved(shapes, lambda c: c[:, ::-1]), "Longitude and latitude were exchanged: put right."


def _name(declared: str) -> str:
    """A short name of the coordinates that the file declares."""
    try:
        crs = pyproj.CRS.from_user_input(declared)
    except ProjError:
        return "coordinates that nobody knows"
    if crs.equals(pyproj.CRS(WGS84), ignore_axis_order=True):
        return WGS84
    code = crs.to_epsg(min_confidence=70)
    return f"EPSG:{code}" if code else str(crs.name)


def _projected(shapes: Geometries, crs: str) -> Geometries:
    """The shapes in WGS84; infinite coordinates where the projection does not reach."""
    try:
        transformer = pyproj.Transformer.from_crs(crs, WGS84, always_xy=True)
    except ProjError:
        return _moved(shapes, lambda c: np.full_like(c, np.inf))

    def degrees(coordinates: Coordinates) -> Coordinates:
        return np.column_stack(transformer.transform(coordinates[:, 0], coordinates[:, 1]))

    return _moved(shapes, degrees)


def _moved(shapes: Geometries, by: Callable[[Coordinates], Coordinates]) -> Geometries:
    moved: Geometries = shapely.transform(shapes, by)
    return moved


def _in_england(shapes: Geometries) -> npt.NDArray[np.bool_]:
    west, south, east, north = shapely.bounds(shapes).T
    within: npt.NDArray[np.bool_] = (
        (west >= ENGLAND[0]) & (south >= ENGLAND[1]) & (east <= ENGLAND[2]) & (north <= ENGLAND[3])
    )
    return within
