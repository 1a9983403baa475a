from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command

from areas.boundaries.composing import existing_on
from areas.boundaries.epochs import NEWER, OLDER, Prepared
from areas.boundaries.loading import recorded_codes
from areas.management.commands import load_boundaries
from areas.models import Area, AreaCode, Boundary, BoundaryEpoch
from concordat.kernel.models import Change
from tests.areas.boundaries.files import ONS_FILE, polygon, square, write_geojson


def load(*args: str, **options: Any) -> str:
    output = StringIO()
    call_command("load_boundaries", *args, stdout=output, stderr=output, **options)
    return output.getvalue()


def counted() -> tuple[int, int, int]:
    return BoundaryEpoch.objects.count(), Boundary.objects.count(), Change.objects.count()


@pytest.mark.slow
@time_machine.travel("2026-06-01T12:00:00Z")
def test_loads_what_is_shipped_once(areas: list[Area]) -> None:
    assert load() == "Written: 6 boundary epochs, 912 shapes.\n"
    assert load() == "Written: nothing new.\n"
    assert counted() == (6, 912, 6)
    day = date(2024, 6, 1)
    epoch = BoundaryEpoch.objects.on(day)
    assert epoch is not None
    assert epoch.boundaries.count() == AreaCode.objects.existing_on(day).count() == 153


@pytest.mark.slow
@time_machine.travel("2026-06-01T12:00:00Z")
def test_loads_a_file_over_the_epoch_of_its_year(areas: list[Area]) -> None:
    done = load(str(NEWER), vintage="2025")
    assert "Written: 1 boundary epochs, 153 shapes." in done
    assert "Simplified by up to" in done
    assert BoundaryEpoch.objects.get().from_on == date(2025, 4, 1)
    assert load(str(NEWER), vintage="2025").endswith("Written: nothing new.\n")
    assert counted() == (1, 153, 1)


def test_a_dry_run_says_what_it_would_do_and_does_nothing(
    areas: list[Area], shipped: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load_boundaries, "prepare_shipped", lambda **options: shipped)
    assert load(dry_run=True) == "Would have written: 6 boundary epochs, 912 shapes.\n"
    assert counted() == (0, 0, 0)


@pytest.mark.parametrize(
    ("file", "vintage", "said"),
    [
        (None, "2023", "--vintage goes with a file; name the file too."),
        (str(NEWER), None, "Say of which year the file is, such as --vintage 2023."),
        (str(NEWER), "soon", "--vintage must be a year, not “soon”."),
        (str(NEWER), "20233", "--vintage must be a year, not “20233”."),
        (str(NEWER), "1999", "The year must be from 2014 to 2026, not 1999."),
        (str(NEWER), "2031", "The year must be from 2014 to 2026, not 2031."),
        (str(OLDER), "2023", "The codes in the file are those of 2014 to 2018, not of 2023."),
        ("no such file", "2023", "There is no file no such file."),
        (__file__, "2023", "test_load_boundaries.py is not a boundary file; wanted is GeoJSON, TopoJSON, "),
    ],
    ids=[
        "no file",
        "no year",
        "year in words",
        "year of five digits",
        "before the records",
        "in the future",
        "of another year",
        "absent",
        "not a boundary file",
    ],
)
@time_machine.travel("2026-06-01T12:00:00Z")
def test_refuses_in_one_sentence_and_changes_nothing(
    areas: list[Area], file: str | None, vintage: str | None, said: str
) -> None:
    with pytest.raises(CommandError) as refused:
        load(*([file] if file else []), vintage=vintage)
    assert str(refused.value).startswith(said)
    assert str(refused.value).count("\n") == 0
    assert counted() == (0, 0, 0)


def test_names_the_areas_that_a_file_lacks(areas: list[Area], tmp_path: Path) -> None:
    present = [coded.code for coded in existing_on(recorded_codes(), date(2023, 12, 31))][6:]
    path = write_geojson(tmp_path / "a.geojson", [(code, polygon(square(-1, 52))) for code in present])
    with pytest.raises(CommandError, match=r"no shape for Darlington \(E06000005\), .* and 1 more\.$"):
        load(str(path), vintage="2023")


def test_needs_areas(db: None) -> None:
    with pytest.raises(CommandError, match="There are no areas yet; run load_areas first"):
        load()


@pytest.mark.slow
@pytest.mark.skipif(not ONS_FILE.exists(), reason="the file of the ONS is not beside this checkout")
def test_keeps_an_official_file_when_the_shipped_shapes_are_loaded_again(areas: list[Area]) -> None:
    with time_machine.travel("2026-06-01T12:00:00Z"):
        load(str(ONS_FILE), vintage="2023")
        said = load()
    assert said == (
        "Kept the shapes from 2023-04-01 on: they are official ones.\nWritten: 5 boundary epochs, 759 shapes.\n"
    )
    assert not BoundaryEpoch.objects.get(from_on=date(2023, 4, 1)).approximate
