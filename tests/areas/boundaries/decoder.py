"""A TopoJSON decoder of its own, so that what is written is read by other code than wrote it."""

import json
from typing import Any

import shapely

Arcs = list[list[tuple[float, float]]]


def decoded(text: str) -> dict[str, shapely.MultiPolygon]:
    """The shapes of a TopoJSON text by code, in degrees."""
    topology = json.loads(text)
    arcs = _arcs(topology)
    shapes = {}
    for geometry in topology["objects"]["areas"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        rings = [[_ring(arcs, ring) for ring in polygon] for polygon in polygons]
        shapes[geometry["properties"]["code"]] = shapely.MultiPolygon([(ring[0], ring[1:]) for ring in rings])
    return shapes


def references(text: str) -> list[int]:
    """Every reference to an arc, as it stands."""
    geometries = json.loads(text)["objects"]["areas"]["geometries"]
    return [int(number) for geometry in geometries for number in _flat(geometry["arcs"])]


def _flat(nested: Any) -> list[int]:
    return [number for part in nested for number in _flat(part)] if isinstance(nested, list) else [nested]


def _arcs(topology: dict[str, Any]) -> Arcs:
    (kx, ky), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            line.append((x * kx + tx, y * ky + ty))
        arcs.append(line)
    return arcs


def _ring(arcs: Arcs, numbers: list[int]) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for number in numbers:
        line = arcs[number] if number >= 0 else arcs[~number][::-1]
        assert not points or points[-1] == line[0], "the arcs of a ring must join"
        points += line[1:] if points else line
    assert points[0] == points[-1], "a ring must be closed"
    return points
