"""Reading a boundary file: any of the usual formats in, a code and a sound shape in WGS84 for each area out."""

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from areas.boundaries.opening import Rows, open_rows
from areas.boundaries.placing import placed
from areas.boundaries.repairing import shape_of
from areas.boundaries.sentences import WANTED_LEVEL, listed
from areas.boundaries.topology import Shapes
from concordat.kernel.commands import RefusedError

# Codes of the Government Statistical Service; England's begin with E.
GSS_CODE = re.compile(r"^[EWSNKJLM][0-9]{8}$")
UPPER_TIER = ("E06", "E08", "E09", "E10")
# Two rows of one code are parts of one area if they overlap by less than this share of the smaller.
MOST_OVERLAP = 0.001


@dataclass(frozen=True, slots=True)
class BoundaryFile:
    """The shapes of a file by GSS code, and what was done to get them, a sentence each."""

    shapes: Shapes
    notes: tuple[str, ...]


def read(path: Path) -> BoundaryFile:
    """Read the upper-tier areas of England from a boundary file.

    Raises RefusedError, with one plain sentence, where the file is not one, is damaged, is of another level,
    or has a shape that cannot be repaired without guessing.
    """
    rows = open_rows(path)
    kept = _upper_tier(rows, path.name)
    codes = [rows.codes[index] for index in kept]
    shapes, repaired = zip(*(shape_of(rows.codes[index], rows.geometries[index]) for index in kept), strict=True)
    moved, notes = placed(codes, np.array(shapes, dtype=object), rows.crs)
    if mended := {code for code, was in zip(codes, repaired, strict=True) if was}:
        notes.append(f"Areas whose rings were repaired: {len(mended)} ({listed(mended)}).")
    if ignored := len(rows.codes) - len(kept):
        notes.append(f"Areas outside England left out: {ignored}.")
    return BoundaryFile(_merged(codes, list(moved)), tuple(notes))


def _upper_tier(rows: Rows, name: str) -> list[int]:
    """Which rows are upper-tier areas of England; those of the other countries are not wanted."""
    strange = {code for code in rows.codes if not GSS_CODE.match(code)}
    if "" in strange:
        raise RefusedError(f"{name} has an area without a code.")
    if strange:
        raise RefusedError(f"{name} has codes that are no GSS codes: {listed(strange)}.")
    other = {code for code in rows.codes if code.startswith("E") and not code.startswith(UPPER_TIER)}
    if other:
        raise RefusedError(f"{name} holds another level of areas ({listed(other)}); {WANTED_LEVEL}.")
    kept = [index for index, code in enumerate(rows.codes) if code.startswith(UPPER_TIER)]
    if not kept:
        raise RefusedError(f"{name} holds no area of England; {WANTED_LEVEL}.")
    return kept


def _merged(codes: list[str], shapes: list[BaseGeometry]) -> Shapes:
    """One shape for each code: some files have a row for each part of an area."""
    parts = defaultdict(list)
    for code, shape in zip(codes, shapes, strict=True):
        parts[code].append(shape)
    return {code: _whole(code, shapes) for code, shapes in parts.items()}


def _whole(code: str, parts: list[BaseGeometry]) -> BaseGeometry:
    if len(parts) == 1:
        return parts[0]
    whole = shapely.union_all(parts)
    overlap = sum(part.area for part in parts) - whole.area
    if overlap > MOST_OVERLAP * min(part.area for part in parts):
        raise RefusedError(f"{code} comes more than once, with shapes that overlap.")
    return whole
