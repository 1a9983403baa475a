"""Making boundaries small enough to send: fewer points, on a grid, with neighbours that still share every border."""

import gzip
from bisect import bisect_left
from collections.abc import Mapping
from itertools import count

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from areas.boundaries.topology import CELL_METRES, Shapes, from_grid, to_grid, topojson
from concordat.kernel.commands import RefusedError
from concordat.kernel.progress import Progress

# A page may send 30 KB of boundaries; compression in the web server can differ a little from ours.
MOST_BYTES = 29_500
# Areas narrower than this keep more detail, in proportion: the City of London would not survive the rest's.
WIDE_METRES = 20_000
TOLERANCES = range(0, 3025, 25)  # metres
MOST_TRIES = len(TOLERANCES).bit_length()  # each halves the choice
# Points of two neighbours closer than this are one point.
SAME_POINT_METRES = 1


class Coverage:
    """A set of neighbouring areas as the lines between them, ready to be drawn more coarsely."""

    def __init__(self, shapes: Mapping[str, BaseGeometry]) -> None:
        self._codes = list(shapes)
        self._areas = shapely.transform(np.array(list(shapes.values()), dtype=object), to_grid)
        self._tree = STRtree(self._areas)
        same = SAME_POINT_METRES / CELL_METRES
        network = shapely.union_all(shapely.boundary(self._areas), grid_size=same)
        self._lines = shapely.get_parts(shapely.line_merge(network))
        line, area = self._tree.query(self._lines, predicate="dwithin", distance=2 * same)
        widths = np.full(len(self._lines), np.inf)
        np.minimum.at(widths, line, np.sqrt(shapely.area(self._areas[area])) * CELL_METRES)
        self._detail = np.minimum(1, widths / WIDE_METRES)

    def simplified(self, metres: float) -> Shapes:
        """The areas with lines that stay within so many metres of the true ones, closer along small areas.

        The lines are moved onto the grid together and areas are cut out from between them anew, so that
        they neither overlap nor leave gaps. An area that is smaller than the grid can show is missing.
        """
        coarse = shapely.simplify(self._lines, metres / CELL_METRES * self._detail, preserve_topology=False)
        network = shapely.union_all(coarse, grid_size=1)
        faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(network)))
        # The area around a face's inner point owns it; a face that nobody owns is sea.
        face, area = self._tree.query(shapely.point_on_surface(faces), predicate="within")
        return {
            code: _in_degrees(shapely.coverage_union_all(faces[face[area == index]]))
            for index, code in enumerate(self._codes)
            if (area == index).any()
        }


def _in_degrees(cells: BaseGeometry) -> BaseGeometry:
    """WGS84, written the same way each time, outer rings anticlockwise as GeoJSON wants them."""
    return shapely.orient_polygons(shapely.normalize(shapely.transform(cells, from_grid)))


def compressed_size(text: str) -> int:
    """Bytes of the text as a web server sends it."""
    return len(gzip.compress(text.encode(), 6))


def fitted(shapes: Mapping[str, BaseGeometry], progress: Progress) -> tuple[Shapes, int]:
    """The shapes with as much detail as may be sent, and the metres by which they were simplified.

    Raises RefusedError where no simplification is enough, or where an area vanishes.
    """
    coverage = Coverage(shapes)
    tries = count(1)

    def fits(metres: int) -> bool:
        text = topojson(coverage.simplified(metres))
        progress(next(tries), MOST_TRIES + 1)
        return compressed_size(text) <= MOST_BYTES

    least = bisect_left(TOLERANCES, True, key=fits)
    if least == len(TOLERANCES):
        raise RefusedError("The shapes have too many small parts to be drawn on a map of England.")
    simplified = coverage.simplified(TOLERANCES[least])
    progress(1, 1)
    for code in shapes.keys() - simplified.keys():
        raise RefusedError(f"The shape of {code} is too small to be drawn.")
    return simplified, TOLERANCES[least]
