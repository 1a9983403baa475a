"""Shapes of areas as paths of an SVG. Pure: GeoJSON geometries in degrees (WGS84) in, whole units of a sheet out.

The projection is the plainest there is, equirectangular: a degree of longitude is drawn as long as it is in the middle
of the box that the frame shows. England is small enough for that: nowhere is it drawn wrong by more than 7 %.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from math import cos, radians
from typing import Any, NamedTuple, Self

Geometry = Mapping[str, Any]  # a GeoJSON Polygon or MultiPolygon
Point = tuple[int, int]
NUMBER = re.compile(r"-?\d+")


class Box(NamedTuple):
    """A part of the world in degrees: west, south, east, north."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, boxes: Iterable[Sequence[float]]) -> Self:
        """The box that holds all of these. Raises ValueError where there are none."""
        wests, souths, easts, norths = zip(*boxes, strict=True)
        return cls(min(wests), min(souths), max(easts), max(norths))


@dataclass(frozen=True, slots=True)
class Frame:
    """Where on the sheet a part of the world is drawn, and how large."""

    box: Box
    x: float
    y: float
    scale: float  # units to a degree of latitude
    squeeze: float  # how much shorter a degree of longitude is

    @classmethod
    def fitted(cls, box: Box, x: float, y: float, width: float, height: float) -> Self:
        """The box drawn as large as it fits between these edges, and in their middle."""
        squeeze = cos(radians((box.south + box.north) / 2))
        wide, high = (box.east - box.west) * squeeze, box.north - box.south
        scale = min(width / wide, height / high)
        return cls(box, x + (width - wide * scale) / 2, y + (height - high * scale) / 2, scale, squeeze)

    def point(self, longitude: float, latitude: float) -> Point:
        """The place on the sheet; y grows downward."""
        return (
            round(self.x + (longitude - self.box.west) * self.squeeze * self.scale),
            round(self.y + (self.box.north - latitude) * self.scale),
        )


def path(geometry: Geometry, frame: Frame) -> str:
    """The `d` of an SVG path that draws the shape.

    What is smaller than a unit is left out, but never the whole area: a dot then stands where it lies.
    """
    drawn = [_ring(points) for points in _outlines(geometry, frame) if len(points) > 2]
    return "".join(drawn) or _dot(next(_outlines(geometry, frame))[0])


def _outlines(geometry: Geometry, frame: Frame) -> Iterator[list[Point]]:
    """The rings of all polygons on the sheet, without points that add nothing at this size."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return (_plain([frame.point(*place[:2]) for place in ring]) for polygon in polygons for ring in polygon)


def _plain(closed: Sequence[Point]) -> list[Point]:
    """The points of a closed ring without its repeated end, without repetitions and the middles of straight lines."""
    points = [point for point, after in pairwise(closed) if point != after] or list(closed[:1])
    around = zip([points[-1], *points], points, [*points[1:], points[0]], strict=False)
    return [point for before, point, after in around if not _is_between(before, point, after)] or points


def _is_between(before: Point, point: Point, after: Point) -> bool:
    (ax, ay), (bx, by), (cx, cy) = before, point, after
    turn = (bx - ax) * (cy - by) - (by - ay) * (cx - bx)
    onward = (bx - ax) * (cx - bx) + (by - ay) * (cy - by)
    return turn == 0 and onward > 0


def _ring(points: Sequence[Point]) -> str:
    """One closed line, each point told from the one before, with no letter more than SVG needs."""
    (x, y), *_ = points
    steps = " ".join(f"{bx - ax} {by - ay}" for (ax, ay), (bx, by) in pairwise(points))
    return f"M{x} {y}l{steps}z".replace(" -", "-")


def _dot(at: Point) -> str:
    x, y = at
    return f"M{x - 1} {y - 1}h2v2h-2z"


@lru_cache(maxsize=4096)
def extent(d: str) -> tuple[int, int, int, int]:
    """From where to where a path of ours reaches: its left, top, right and bottom, in units of the sheet."""
    xs: list[int] = []
    ys: list[int] = []
    for ring in d.split("M")[1:]:
        told, is_dot, _ = ring.partition("h")
        steps = [int(each) for each in NUMBER.findall(told)]
        xs += accumulate(steps[0::2])
        ys += accumulate(steps[1::2])
        if is_dot:
            xs.append(steps[0] + 2)
            ys.append(steps[1] + 2)
    return min(xs), min(ys), max(xs), max(ys)
