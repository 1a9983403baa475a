"""Opening a boundary file of any format: out come its rows, a code and a shape each, as they stand in the file."""

import logging
import re
import warnings
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

import pyogrio
import pyogrio.raw

from areas.boundaries.sentences import WANTED_LEVEL, listed
from concordat.kernel.commands import RefusedError

FORMATS = "GeoJSON, TopoJSON, a Shapefile (also zipped) or a GeoPackage"
DRIVERS = {"GeoJSON", "TopoJSON", "ESRI Shapefile", "GPKG"}
GEOPACKAGE, SHAPEFILE, ZIP, JSON = b"SQLite format 3\0", b"\0\0\x27\x0a", b"PK\x03\x04", b"{"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"

# The field that holds the GSS code: CTYUA23CD, utla19cd, or just “code”.
CODE_FIELD = re.compile(r"(?i)^(ctyua|utla)\d\d(cd)$")
# What the fields of ONS files of other levels are called: LAD23CD, WD23CD and so on.
OTHER_LEVEL = re.compile(r"(?i)^(lad|wd|cty|rgn|ctry|cauth|cal|pcon|par|lsoa|msoa)\d\dcd$")


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one layer. `crs` is what the file says of its coordinates, or None."""

    codes: list[str]
    geometries: list[bytes | None]  # well-known binary
    crs: str | None


def open_rows(path: Path) -> Rows:
    """Read the codes and shapes of a boundary file.

    Raises RefusedError where the file cannot be read or has no field of codes.
    """
    source = _source(path)
    with _quiet():
        try:
            layer, field = _layer_and_field(source, path.name)
            meta, _, geometries, (codes,) = pyogrio.raw.read(source, layer=layer, columns=[field])
        except (RuntimeError, ValueError, OSError):
            raise _damaged(path) from None
    if geometries is None:
        raise RefusedError(f"{path.name} has no shapes in it.")
    return Rows([_text(code) for code in codes], list(geometries), meta["crs"])


def _text(code: Any) -> str:
    return "" if code is None else str(code).strip().upper()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep GDAL's own warnings from the terminal: what matters is found and told in plain words later."""
    logger = logging.getLogger("pyogrio")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


def _source(path: Path) -> str:
    """What GDAL is to open. The file's first bytes decide, so that nothing but these formats ever gets to GDAL."""
    head = _first_bytes(path)
    if not head:
        raise RefusedError(f"{path.name} is empty.")
    if head.startswith(ZIP):
        return _zipped(path)
    if head.startswith(SHAPEFILE):
        # GDAL takes a Shapefile that was cut off for one whose last areas have no shape.
        if path.stat().st_size < 2 * int.from_bytes(head[24:28], "big"):
            raise _damaged(path)
        _check_parts(path, [file.name for file in path.parent.iterdir()])
    elif not head.startswith(GEOPACKAGE) and not head.removeprefix(BYTE_ORDER_MARK).lstrip().startswith(JSON):
        raise RefusedError(f"{path.name} is not a boundary file; wanted is {FORMATS}.")
    return str(path)


def _damaged(path: Path) -> RefusedError:
    return RefusedError(f"{path.name} cannot be read: it is damaged or incomplete.")


def _first_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(64)
    except FileNotFoundError:
        raise RefusedError(f"There is no file {path}.") from None
    except IsADirectoryError:
        raise RefusedError(f"{path.name} is a folder; name the boundary file in it.") from None
    except (OSError, ValueError):
        raise RefusedError(f"{path.name} cannot be opened.") from None


def _zipped(path: Path) -> str:
    """The one Shapefile in a zip."""
    try:
        with zipfile.ZipFile(path) as archive:
            damaged = archive.testzip()
            names = archive.namelist()
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError):
        damaged, names = path.name, []
    if damaged:
        raise RefusedError(f"{path.name} cannot be unpacked: it is damaged or locked.")
    shapefiles = [name for name in names if name.lower().endswith(".shp") and not name.startswith("__MACOSX/")]
    if len(shapefiles) != 1:
        raise RefusedError(f"{path.name} must hold exactly one Shapefile, but holds {len(shapefiles)}.")
    _check_parts(PurePath(shapefiles[0]), [PurePath(name).name for name in names])
    return f"/vsizip/{{{path.resolve()}}}/{shapefiles[0]}"


def _check_parts(shapefile: PurePath, names: Collection[str]) -> None:
    """A Shapefile is several files of one name; without .prj the coordinates themselves tell what they are."""
    present = {name.lower() for name in names}
    missing = {part for part in (".dbf", ".shx") if shapefile.with_suffix(part).name.lower() not in present}
    if missing:
        raise RefusedError(f"The Shapefile {shapefile.name} lacks its part {listed(missing)}, which belongs beside it.")


def _layer_and_field(source: str, name: str) -> tuple[str, str]:
    """The layer that has a field of codes, and that field."""
    layers = [layer for layer, _ in pyogrio.list_layers(source)]
    described = {layer: pyogrio.read_info(source, layer=layer) for layer in layers}
    if any(layer["driver"] not in DRIVERS for layer in described.values()):
        raise RefusedError(f"{name} is not a boundary file; wanted is {FORMATS}.")
    if not any(layer["features"] for layer in described.values()):
        raise RefusedError(f"{name} has no areas in it.")
    found = [(layer, field) for layer, about in described.items() for field in _code_fields(list(about["fields"]))]
    if len(found) > 1:
        raise RefusedError(f"{name} has several fields of codes ({listed([f for _, f in found])}); keep one of them.")
    if not found:
        raise _no_codes(name, {str(field) for about in described.values() for field in about["fields"]})
    return found[0]


def _code_fields(fields: list[str]) -> list[str]:
    """ONS's own field goes before one called “code”."""
    return [f for f in fields if CODE_FIELD.match(f)] or [f for f in fields if f.lower() == "code"]


def _no_codes(name: str, fields: set[str]) -> RefusedError:
    if other := {field for field in fields if OTHER_LEVEL.match(field)}:
        return RefusedError(f"{name} holds another level of areas ({listed(other)}); {WANTED_LEVEL}.")
    return RefusedError(f"{name} has no field of GSS codes, such as CTYUA23CD.")
