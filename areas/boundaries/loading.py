"""Loading boundaries: writing the epochs, with the shape of every area, and a `Change` for each epoch."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import shapely
from django.db import transaction

from areas.boundaries import epochs
from areas.boundaries.composing import Coded
from areas.boundaries.epochs import Epoch, Prepared
from areas.boundaries.topology import DECIMALS
from areas.models import AreaCode, Boundary, BoundaryEpoch
from concordat.kernel.changes import Actor, change
from concordat.kernel.commands import RefusedError
from concordat.kernel.models import Change
from concordat.kernel.progress import Progress

# What an epoch says of itself; `topojson` goes with its digest.
FACTS = ("vintage", "approximate", "source", "source_note", "attribution", "digest")
TOLD = ("digest", "vintage", "source")
# How exactly the point for a label is sought, in degrees.
LABEL_STEP = 0.005


def prepare_shipped(*, today: date, progress: Progress) -> Prepared:
    """The shipped approximate shapes of every epoch until today; takes seconds and writes nothing.

    Epochs that hold the shapes of an official file are left as they are. Raises RefusedError where there are
    no areas.
    """
    prepared = epochs.shipped(recorded_codes(), today, progress)
    official = _areas_by_day(approximate=False)
    areas = _areas_by_code()
    kept = [epoch for epoch in prepared.epochs if official.get(epoch.from_on) == {areas[code] for code in epoch.shapes}]
    prepared.epochs = [epoch for epoch in prepared.epochs if epoch not in kept]
    prepared.notes += [f"Kept the shapes from {epoch.from_on} on: they are official ones." for epoch in kept]
    return prepared


def prepare_file(path: Path, vintage: int, *, today: date, progress: Progress) -> Prepared:
    """The epoch of 31 December of that year with the shapes of an official file; writes nothing.

    Raises RefusedError where the file is not a sound one of exactly the areas of that day.
    """
    return epochs.from_file(path, vintage, recorded_codes(), today, progress)


def recorded_codes() -> list[Coded]:
    """Every code that an area has had, for as long as both the code and the area held.

    Raises RefusedError where there are none.
    """
    codes = [
        Coded(
            area=row.area_id,
            code=row.code,
            name=row.official_name,
            from_on=max(filter(None, (row.from_on, row.area.from_on)), default=None),
            until_on=min(filter(None, (row.until_on, row.area.until_on)), default=None),
        )
        for row in AreaCode.objects.select_related("area").order_by("code")
    ]
    if not codes:
        raise RefusedError("There are no areas yet; run load_areas first.")
    return codes


@transaction.atomic
def store(prepared: Sequence[Epoch], *, by: Actor) -> Counter[str]:
    """Write the epochs that differ from what is there, each with all its shapes; returns how many of each."""
    areas = _areas_by_code()
    before = {row.from_on: row for row in BoundaryEpoch.objects.defer("topojson")}
    held = _areas_by_day()
    changed = [
        epoch
        for epoch in prepared
        if not _says_the_same(before.get(epoch.from_on), epoch)
        or held.get(epoch.from_on) != {areas[code] for code in epoch.shapes}
    ]
    rows = BoundaryEpoch.objects.bulk_create(
        [_row(epoch) for epoch in changed],
        update_conflicts=True,
        unique_fields=["from_on"],
        update_fields=[*FACTS, "topojson"],
    )
    Boundary.objects.filter(epoch__in=rows).delete()
    boundaries = [b for row, epoch in zip(rows, changed, strict=True) for b in _boundaries(row, epoch, areas)]
    Boundary.objects.bulk_create(boundaries, batch_size=500)
    Change.objects.bulk_create([_change(before.get(row.from_on), row, by) for row in rows])
    return Counter({"boundary epochs": len(rows), "shapes": len(boundaries)})


def _areas_by_code() -> dict[str, int]:
    return dict(AreaCode.objects.values_list("code", "area_id"))


def _areas_by_day(**of_epochs: bool) -> dict[date, set[int]]:
    """Which areas have a shape in each epoch, by its first day."""
    areas = defaultdict(set)
    shapes = Boundary.objects.filter(epoch__in=BoundaryEpoch.objects.filter(**of_epochs))
    for from_on, area in shapes.values_list("epoch__from_on", "area_id"):
        areas[from_on].add(area)
    return areas


def _says_the_same(row: BoundaryEpoch | None, epoch: Epoch) -> bool:
    return row is not None and all(getattr(row, fact) == getattr(epoch, fact) for fact in FACTS)


def _row(epoch: Epoch) -> BoundaryEpoch:
    facts = {fact: getattr(epoch, fact) for fact in FACTS}
    return BoundaryEpoch(from_on=epoch.from_on, topojson=epoch.topojson, **facts)


def _change(before: BoundaryEpoch | None, after: BoundaryEpoch, by: Actor) -> Change:
    fields = {fact: (getattr(before, fact, None), getattr(after, fact)) for fact in TOLD}
    return change(after, "boundaries loaded", by=by, fields=fields)


def _boundaries(row: BoundaryEpoch, epoch: Epoch, areas: Mapping[str, int]) -> Iterator[Boundary]:
    shapes = list(epoch.shapes.values())
    circles = shapely.maximum_inscribed_circle(shapes, tolerance=LABEL_STEP)
    labels = shapely.get_coordinates(shapely.get_point(circles, 0)).round(DECIMALS).tolist()
    boxes = shapely.bounds(shapes).tolist()
    described = zip(epoch.shapes, shapely.to_geojson(shapes), boxes, labels, strict=True)
    for code, geometry, (west, south, east, north), (longitude, latitude) in described:
        yield Boundary(
            epoch=row,
            area_id=areas[code],
            geometry=json.loads(geometry),
            west=west,
            south=south,
            east=east,
            north=north,
            label_longitude=longitude,
            label_latitude=latitude,
        )
