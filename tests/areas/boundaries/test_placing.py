import numpy as np
import pyproj
import pytest
import shapely

from areas.boundaries.placing import placed
from concordat.kernel.commands import RefusedError

CODES = ["E06000001", "E10000016"]
DEGREES = np.array([shapely.box(-1.3, 54.6, -1.1, 54.7), shapely.box(0.1, 51, 1.4, 51.4)])


def projected(shapes: np.ndarray, crs: str) -> np.ndarray:
    transformer = pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    return shapely.transform(shapes, lambda c: np.column_stack(transformer.transform(c[:, 0], c[:, 1])))


def exchanged(shapes: np.ndarray) -> np.ndarray:
    return shapely.transform(shapes, lambda c: c[:, ::-1])


GRID = projected(DEGREES, "EPSG:27700")


@pytest.mark.parametrize(
    ("shapes", "declared", "notes"),
    [
        (DEGREES, "EPSG:4326", []),
        (DEGREES, "OGC:CRS84", []),
        (DEGREES, None, []),
        (DEGREES, "EPSG:27700", ["The file says EPSG:27700, but its coordinates are EPSG:4326: taken as that."]),
        (GRID, "EPSG:27700", ["Projected from EPSG:27700 to EPSG:4326."]),
        (
            GRID,
            "EPSG:4326",
            ["The file says EPSG:4326, but its coordinates are EPSG:27700: projected to EPSG:4326."],
        ),
        (
            GRID,
            None,
            ["The file does not say so, but its coordinates are EPSG:27700: projected to EPSG:4326."],
        ),
        (
            GRID,
            "EPSG:999999",
            [
                "The file says coordinates that nobody knows, but its coordinates are EPSG:27700: "
                "projected to EPSG:4326."
            ],
        ),
        (
            GRID,
            'LOCAL_CS["Undefined Cartesian",UNIT["metre",1]]',
            ["The file says Undefined Cartesian, but its coordinates are EPSG:27700: projected to EPSG:4326."],
        ),
        (projected(DEGREES, "EPSG:3857"), "EPSG:3857", ["Projected from EPSG:3857 to EPSG:4326."]),
        (exchanged(DEGREES), "EPSG:4326", ["Longitude and latitude were exchanged: put right."]),
    ],
)
def test_finds_the_one_reading_that_lies_in_england(shapes: np.ndarray, declared: str | None, notes: list[str]) -> None:
    moved, said = placed(CODES, shapes, declared)
    assert said == notes
    assert shapely.get_coordinates(moved) == pytest.approx(shapely.get_coordinates(DEGREES), abs=1e-6)


@pytest.mark.parametrize(
    ("shapes", "said"),
    [
        (projected(DEGREES, "EPSG:3857"), "The coordinates lie outside England, whether read as"),
        (shapely.transform(GRID, lambda c: c + 10_000_000), "The coordinates lie outside England"),
        (np.array([DEGREES[0], shapely.box(30, 51, 31, 51.4)]), "These shapes lie outside England: E10000016."),
        (np.array([GRID[0], DEGREES[1]]), "These shapes lie outside England: E06000001."),
    ],
)
def test_refuses_what_no_reading_brings_to_england(shapes: np.ndarray, said: str) -> None:
    with pytest.raises(RefusedError, match=said):
        placed(CODES, shapes, "EPSG:4326")
