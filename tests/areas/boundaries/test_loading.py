from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely
from django.db import IntegrityError
from pytest_django.fixtures import DjangoAssertNumQueries

from areas.boundaries import epochs, loading
from areas.boundaries.composing import Coded
from areas.boundaries.epochs import NEWER, Epoch, Prepared
from areas.boundaries.loading import prepare_file, prepare_shipped, recorded_codes, store
from areas.models import Area, AreaCode, Boundary, BoundaryEpoch
from concordat.kernel.commands import RefusedError
from concordat.kernel.models import Change
from tests.areas.boundaries.conftest import TODAY, silent
from tests.factories import make_area, make_code

DAY = date(2014, 1, 1)


def epoch(code: str = "E06000001", *, digest: str = "0123456789ab", from_on: date = DAY, **facts: Any) -> Epoch:
    """One small epoch of one square area."""
    made = Epoch(
        from_on=from_on,
        vintage=2014,
        approximate=True,
        source="A made-up source",
        source_note="",
        attribution="Nobody",
        shapes={code: shapely.orient_polygons(shapely.box(-1, 52, 0, 53))},
        topojson=f"topology {digest}",
        digest=digest,
    )
    return replace(made, **facts)


@pytest.fixture
def area(db: None) -> Area:
    return make_area(code="E06000001")


def test_writes_the_epoch_and_the_shape_of_its_area(area: Area) -> None:
    assert store([epoch()], by="load_boundaries") == {"boundary epochs": 1, "shapes": 1}
    written = BoundaryEpoch.objects.get()
    assert (written.from_on, written.vintage, written.approximate) == (DAY, 2014, True)
    assert (written.topojson, written.digest) == ("topology 0123456789ab", "0123456789ab")
    assert (written.source, written.attribution) == ("A made-up source", "Nobody")
    shape = Boundary.objects.get()
    assert (shape.epoch, shape.area) == (written, area)
    assert (shape.west, shape.south, shape.east, shape.north) == (-1, 52, 0, 53)
    assert (shape.label_longitude, shape.label_latitude) == pytest.approx((-0.5, 52.5), abs=0.01)
    ring = [[0, 52], [0, 53], [-1, 53], [-1, 52], [0, 52]]
    assert shape.geometry == {"type": "Polygon", "coordinates": [[[float(x), float(y)] for x, y in ring]]}


def test_tells_who_changed_what(area: Area) -> None:
    store([epoch()], by="load_boundaries")
    store([epoch(digest="ba9876543210", vintage=2015)], by="load_boundaries")
    first, second = Change.objects.about(BoundaryEpoch.objects.get())
    assert (first.verb, first.by_command) == ("boundaries loaded", "load_boundaries")
    assert first.fields["digest"] == [None, "0123456789ab"]
    assert second.fields == {
        "digest": ["0123456789ab", "ba9876543210"],
        "vintage": [2014, 2015],
        "source": ["A made-up source", "A made-up source"],
    }


def test_the_same_again_changes_nothing(area: Area) -> None:
    store([epoch()], by="load_boundaries")
    shape = Boundary.objects.get()
    assert store([epoch()], by="load_boundaries") == {"boundary epochs": 0, "shapes": 0}
    assert Boundary.objects.get().pk == shape.pk
    assert Change.objects.count() == 1


@pytest.mark.parametrize(
    "difference", [{"source": "Another"}, {"vintage": 2016}, {"approximate": False}, {"digest": "ba9876543210"}]
)
def test_any_difference_replaces_the_epoch_and_leaves_the_others(area: Area, difference: dict[str, Any]) -> None:
    later = epoch(from_on=date(2019, 4, 1))
    store([epoch(), later], by="load_boundaries")
    kept = Boundary.objects.get(epoch__from_on=later.from_on)
    assert store([epoch(**difference), later], by="load_boundaries") == {"boundary epochs": 1, "shapes": 1}
    assert BoundaryEpoch.objects.count() == Boundary.objects.count() == 2
    assert Boundary.objects.get(epoch__from_on=later.from_on).pk == kept.pk


def test_an_epoch_that_lacks_a_shape_is_written_anew(area: Area) -> None:
    store([epoch()], by="load_boundaries")
    Boundary.objects.all().delete()
    assert store([epoch()], by="load_boundaries") == {"boundary epochs": 1, "shapes": 1}


def test_writes_all_or_nothing(area: Area) -> None:
    store([epoch()], by="load_boundaries")
    bad = epoch(from_on=date(2019, 4, 1), shapes={"E06000001": shapely.box(30, 52, 31, 53)})
    with pytest.raises(IntegrityError):
        store([epoch(digest="ba9876543210"), bad], by="load_boundaries")
    assert BoundaryEpoch.objects.get().digest == "0123456789ab"
    assert Boundary.objects.count() == 1


def test_takes_the_same_queries_for_any_number_of_areas(
    area: Area, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    more = {make_code().code: shapely.box(-1, 52, 0, 53) for _ in range(20)}
    with django_assert_num_queries(9):
        store([epoch()], by="load_boundaries")
    with django_assert_num_queries(9):
        store([epoch(digest="ba9876543210", shapes={**epoch().shapes, **more})], by="load_boundaries")


def test_a_code_counts_while_both_it_and_its_area_hold(db: None) -> None:
    area = make_area(code="E06000001", name="Old", from_on=date(2009, 4, 1), until_on=date(2023, 4, 1))
    AreaCode.objects.filter(area=area).update(from_on=None, until_on=date(2025, 4, 1))
    assert recorded_codes() == [Coded(area.pk, "E06000001", "Old", date(2009, 4, 1), date(2023, 4, 1))]


def test_without_areas_there_is_nothing_to_load(db: None) -> None:
    with pytest.raises(RefusedError, match="There are no areas yet; run load_areas first"):
        prepare_shipped(today=TODAY, progress=silent)


def test_official_shapes_are_kept_unless_they_are_of_other_areas(area: Area, monkeypatch: pytest.MonkeyPatch) -> None:
    later = epoch(from_on=date(2019, 4, 1))
    monkeypatch.setattr(epochs, "shipped", lambda codes, today, progress: Prepared([epoch(), later]))
    store([epoch(approximate=False), later], by="load_boundaries")
    prepared = prepare_shipped(today=TODAY, progress=silent)
    assert prepared.epochs == [later]
    assert prepared.notes == ["Kept the shapes from 2014-01-01 on: they are official ones."]
    Boundary.objects.filter(epoch__from_on=DAY).update(area=make_area())
    assert prepare_shipped(today=TODAY, progress=silent).epochs == [epoch(), later]


def test_a_file_is_read_against_the_recorded_areas(areas: list[Area], monkeypatch: pytest.MonkeyPatch) -> None:
    def from_file(path: Path, vintage: int, codes: list[Coded], *rest: Any) -> Prepared:
        return Prepared(notes=[f"{path.name} {vintage} {len(codes)}"])

    monkeypatch.setattr(loading.epochs, "from_file", from_file)
    prepared = prepare_file(NEWER, 2025, today=TODAY, progress=silent)
    assert prepared.notes == [f"{NEWER.name} 2025 {AreaCode.objects.count()}"]


def test_every_real_area_has_one_shape_in_each_epoch_it_exists_in(areas: list[Area], shipped: Prepared) -> None:
    assert store(shipped.epochs, by="load_boundaries") == {"boundary epochs": 6, "shapes": 912}
    for written in BoundaryEpoch.objects.all():
        existing = AreaCode.objects.existing_on(written.from_on).values_list("area_id", flat=True)
        shown = written.boundaries.values_list("area_id", flat=True)
        assert sorted(shown) == sorted(existing)
    for shape in Boundary.objects.all():
        assert shapely.contains_xy(
            shapely.geometry.shape(shape.geometry), shape.label_longitude, shape.label_latitude
        ), shape
