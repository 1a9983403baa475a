"""TopoJSON of a set of areas: borders that two areas share stand in it once, on a grid, as small differences."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

# The grid: squares of about 33 m in the middle of England. Shapes on it have degrees of four decimals.
ORIGIN = np.array([-7.0, 49.5])
CELL = np.array([0.0005, 0.0003])
CELL_METRES = 33.4
DECIMALS = 4

Point = tuple[int, int]
Ring = list[Point]  # closed: the first point comes again at the end
Arc = tuple[Point, ...]
Coordinates = npt.NDArray[np.float64]
Shapes = dict[str, BaseGeometry]  # by GSS code


def to_grid(degrees: Coordinates) -> Coordinates:
    """Degrees as cells of the grid, with fractions."""
    cells: Coordinates = (degrees - ORIGIN) / CELL
    return cells


def from_grid(cells: Coordinates) -> Coordinates:
    """Whole cells of the grid as degrees."""
    degrees: Coordinates = np.round(cells * CELL + ORIGIN, DECIMALS)
    return degrees


def digest(text: str) -> str:
    """The first 12 hex digits of the SHA-256 of the text."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def topojson(shapes: Mapping[str, BaseGeometry]) -> str:
    """TopoJSON of shapes on the grid (WGS84) by code; the object is `areas`, each with its property `code`.

    The same shapes give the same text, in whatever order they come.
    """
    rings = {code: _rings(shape) for code, shape in sorted(shapes.items())}
    arcs = _Arcs(ring for polygons in rings.values() for polygon in polygons for ring in polygon)
    geometries = [_geometry(code, polygons, arcs) for code, polygons in rings.items()]
    topology = {
        "type": "Topology",
        "transform": {"scale": CELL.tolist(), "translate": ORIGIN.tolist()},
        "objects": {"areas": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": [_differences(arc) for arc in arcs.numbers],
    }
    return json.dumps(topology, separators=(",", ":"))


def _rings(shape: BaseGeometry) -> list[list[Ring]]:
    """The rings of each polygon in whole cells, the outer one first."""
    on_grid = shapely.transform(shape, lambda degrees: np.rint(to_grid(degrees)))
    return [[_points(ring) for ring in (part.exterior, *part.interiors)] for part in shapely.get_parts(on_grid)]


def _points(ring: BaseGeometry) -> Ring:
    return [(x, y) for x, y in shapely.get_coordinates(ring).astype(int).tolist()]


class _Arcs:
    """The lines between the points where borders meet, each once, numbered as they are met."""

    def __init__(self, rings: Iterable[Ring]) -> None:
        self.numbers: dict[Arc, int] = {}
        self.meetings = _meetings(rings)

    def references(self, ring: Ring) -> list[int]:
        """The arcs that make up the ring; one that runs the other way is told by ~number."""
        return [self._reference(arc) for arc in self._cut(ring)]

    def _cut(self, ring: Ring) -> list[Arc]:
        """The ring cut at the meetings; where it has none, it begins at its least point, as its twin then does."""
        points = ring[:-1]
        start = next((i for i, point in enumerate(points) if point in self.meetings), points.index(min(points)))
        turned = [*points[start:], *points[: start + 1]]
        cuts = [i for i, point in enumerate(turned) if point in self.meetings] or [0, len(points)]
        return [tuple(turned[a : b + 1]) for a, b in pairwise(cuts)]

    def _reference(self, arc: Arc) -> int:
        if arc[::-1] in self.numbers:
            return ~self.numbers[arc[::-1]]
        return self.numbers.setdefault(arc, len(self.numbers))


def _meetings(rings: Iterable[Ring]) -> set[Point]:
    """The points that not every ring through them goes through from the same neighbours."""
    neighbours: dict[Point, set[frozenset[Point]]] = defaultdict(set)
    for ring in rings:
        points = ring[:-1]
        for before, point, after in zip([points[-1], *points], points, ring[1:], strict=False):
            neighbours[point].add(frozenset((before, after)))
    return {point for point, pairs in neighbours.items() if len(pairs) > 1}


def _geometry(code: str, polygons: list[list[Ring]], arcs: _Arcs) -> dict[str, object]:
    references = [[arcs.references(ring) for ring in polygon] for polygon in polygons]
    if len(references) == 1:
        return {"type": "Polygon", "properties": {"code": code}, "arcs": references[0]}
    return {"type": "MultiPolygon", "properties": {"code": code}, "arcs": references}


def _differences(arc: Arc) -> list[list[int]]:
    return [list(arc[0]), *([x - before_x, y - before_y] for (before_x, before_y), (x, y) in pairwise(arc))]
