"""The real file of the Office for National Statistics, as it is and as Shapefile and GeoPackage in its own grid."""

import statistics
import zipfile
from datetime import date
from pathlib import Path

import pyogrio.raw
import pytest
import shapely

from areas.boundaries.composing import Coded, existing_on
from areas.boundaries.epochs import Prepared, from_file
from areas.boundaries.fitting import compressed_size
from tests.areas.boundaries.conftest import TODAY, silent
from tests.areas.boundaries.decoder import decoded, references
from tests.areas.boundaries.files import ONS_FILE, write_on_grid

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not ONS_FILE.exists(), reason="the file of the ONS is not beside this checkout"),
]
OTHERS = "Areas outside England left out: 65."
PROJECTED = "Projected from EPSG:27700 to EPSG:4326."


@pytest.fixture(scope="module")
def originals() -> dict[str, shapely.Geometry]:
    """Every shape of the file by code, read without our own reader."""
    _, _, shapes, (codes,) = pyogrio.raw.read(str(ONS_FILE), columns=["CTYUA23CD"])
    return dict(zip(codes.tolist(), shapely.from_wkb(shapes), strict=True))


def as_shapefile(folder: Path, originals: dict[str, shapely.Geometry]) -> Path:
    shapes = list(originals.values())
    return write_on_grid(folder / "CTYUA_DEC_2023_UK_BSC.shp", list(originals), shapes, driver="ESRI Shapefile")


def as_zip(folder: Path, originals: dict[str, shapely.Geometry]) -> Path:
    shapefile = as_shapefile(folder, originals)
    path = folder / "boundaries.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in folder.glob(f"{shapefile.stem}.*"):
            archive.write(part, part.name)
    return path


def as_geopackage(folder: Path, originals: dict[str, shapely.Geometry]) -> Path:
    return write_on_grid(folder / "boundaries.gpkg", list(originals), list(originals.values()), driver="GPKG")


@pytest.fixture(
    scope="module",
    params=[None, as_shapefile, as_zip, as_geopackage],
    ids=["GeoJSON", "Shapefile", "zip", "GeoPackage"],
)
def prepared(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    originals: dict[str, shapely.Geometry],
    codes: list[Coded],
) -> Prepared:
    write = request.param
    path = write(tmp_path_factory.mktemp("a folder"), originals) if write else ONS_FILE
    made = from_file(path, 2023, codes, TODAY, silent)
    assert made.notes[:-1] == ([PROJECTED, OTHERS] if write else [OTHERS])
    return made


def test_every_area_keeps_its_shape(prepared: Prepared, originals: dict[str, shapely.Geometry]) -> None:
    (epoch,) = prepared.epochs
    alike = {
        code: shape.intersection(originals[code]).area / shape.union(originals[code]).area
        for code, shape in epoch.shapes.items()
    }
    assert min(alike.values()) > 0.9, min(alike, key=lambda code: alike[code])
    assert statistics.median(alike.values()) > 0.97


def test_it_holds_exactly_the_areas_of_its_epoch(prepared: Prepared, codes: list[Coded]) -> None:
    (epoch,) = prepared.epochs
    assert epoch.from_on == date(2023, 4, 1)
    assert decoded(epoch.topojson).keys() == epoch.shapes.keys()
    assert epoch.shapes.keys() == {coded.code for coded in existing_on(codes, date(2023, 12, 31))}
    assert len(epoch.shapes) == 153


def test_it_is_small_enough_to_send_and_neighbours_share_borders(prepared: Prepared) -> None:
    (epoch,) = prepared.epochs
    assert compressed_size(epoch.topojson) < 30_000
    assert shapely.coverage_is_valid(list(decoded(epoch.topojson).values()))
    numbers = references(epoch.topojson)
    shared = {n for n in numbers if n >= 0} & {~n for n in numbers if n < 0}
    assert len(shared) > 330
