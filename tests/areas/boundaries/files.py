"""Boundary files made for tests."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import pyproj
import shapely

Corner = tuple[float, float]

# The real file lies beside the checkout where there is one; it may not be copied into the project.
ONS_FILE = Path(__file__).parents[4] / "shared" / "data" / "ons" / "ctyua_dec2023_bsc.geojson"


def square(west: float, south: float, size: float = 0.1) -> list[Corner]:
    """A closed ring, anticlockwise."""
    east, north = west + size, south + size
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]


def polygon(*rings: Iterable[Corner]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[list(point) for point in ring] for ring in rings]}


def write_geojson(path: Path, rows: Iterable[tuple[Any, Any]], *, field: str = "CTYUA23CD", crs: str = "") -> Path:
    """A GeoJSON file of (code, geometry) rows; `crs` is the old member that names the coordinates."""
    features = [{"type": "Feature", "properties": {field: code}, "geometry": shape} for code, shape in rows]
    collection: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if crs:
        collection["crs"] = {"type": "name", "properties": {"name": crs}}
    path.write_text(json.dumps(collection), encoding="utf-8")
    return path


def write_on_grid(path: Path, codes: list[str], shapes: Any, *, driver: str) -> Path:
    """A Shapefile or GeoPackage in British National Grid of shapes in degrees."""
    transformer = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)
    metres = shapely.transform(shapes, lambda c: np.column_stack(transformer.transform(c[:, 0], c[:, 1])))
    pyogrio.raw.write(
        str(path),
        shapely.to_wkb(metres),
        [np.array(codes, dtype=object)],
        ["CTYUA23CD"],
        geometry_type="MultiPolygon",
        crs="EPSG:27700",
        driver=driver,
        promote_to_multi=True,
    )
    return path
