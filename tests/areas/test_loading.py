"""The areas as the files tell them: 152 in 2014, 153 now, with every code and succession between."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from areas.loading import DATA, History, load_areas, read_history
from areas.models import Area, AreaCode, AreaSuccession
from concordat.kernel.commands import RefusedError
from concordat.kernel.models import Change

BY = "load_areas"
HEADER = "code,name,type,region,first_year,last_year,replaced_by,continues_as"
SUCCESSIONS = "predecessor,successor,on,part,source"
COUNTY = "County,North West"
day = date.fromisoformat


@pytest.fixture(scope="module")
def shipped() -> History:
    """What the project's own files say."""
    return read_history()


@pytest.fixture
def loaded(db: None, shipped: History) -> Counter[str]:
    """The project's own areas, loaded; how many of what were written."""
    return load_areas(shipped, by=BY)


def files(folder: Path, *areas: str, successions: tuple[str, ...] = ()) -> Path:
    """A folder with files of those lines."""
    (folder / "areas_history.csv").write_text("\n".join([HEADER, *areas]) + "\n", encoding="utf-8")
    (folder / "area_successions.csv").write_text("\n".join([SUCCESSIONS, *successions]) + "\n", encoding="utf-8")
    return folder


def rows() -> list[dict[str, str]]:
    with (DATA / "areas_history.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# Reading


def test_every_code_belongs_to_exactly_one_area(shipped: History) -> None:
    codes = [row.code for each in shipped.areas.values() for row in each]
    assert sorted(codes) == sorted(row["code"] for row in rows())


def test_years_run_from_april_to_march(shipped: History) -> None:
    (cumbria,) = shipped.areas["cumbria"]
    assert (cumbria.from_on, cumbria.until_on) == (None, day("2023-04-01"))
    (cumberland,) = shipped.areas["cumberland"]
    assert (cumberland.from_on, cumberland.until_on) == (day("2023-04-01"), None)


@pytest.mark.parametrize(
    ("slug", "codes"),
    [
        ("barnsley", ["E08000016", "E08000038"]),
        ("sheffield", ["E08000019", "E08000039"]),
        ("somerset", ["E10000027", "E06000066"]),
        ("north-yorkshire", ["E10000023", "E06000065"]),
    ],
)
def test_an_area_that_goes_on_has_two_codes_one_after_the_other(slug: str, codes: list[str], shipped: History) -> None:
    first, second = shipped.areas[slug]
    assert [first.code, second.code] == codes
    assert first.until_on == second.from_on
    assert not any({row["predecessor"], row["successor"]} & set(codes) for row in shipped.successions)


def test_every_area_that_was_replaced_has_its_successions_and_no_other(shipped: History) -> None:
    """The two files say the same."""
    replaced = {
        (row["code"], successor, f"{int(row['last_year']) + 1}-04-01")
        for row in rows()
        for successor in row["replaced_by"].split()
        if successor != row["continues_as"]
    }
    assert {(row["predecessor"], row["successor"], row["on"]) for row in shipped.successions} == replaced
    assert all(row["source"] for row in shipped.successions)


@pytest.mark.parametrize(
    ("areas", "sentence"),
    [
        ([f"E10000001,Here,{COUNTY},,2018,,E10000002"], "E10000002"),
        ([f"E10000001,Here,{COUNTY},,,,", f"E10000002,Here,{COUNTY},,,,"], "here"),
        ([f"E10000001,Here,{COUNTY},,2018,,E10000001"], "E10000001"),
        ([f"E10000001,Here,{COUNTY},,,,E10000001"], "E10000001"),
        ([f"E10000001,Here,{COUNTY},,2018,,E06000002", f"E06000002,Here,{COUNTY},2020,,,"], "E06000002"),
    ],
    ids=[
        "a later code that is missing",
        "two areas of one name",
        "a code that continues as itself",
        "a code that continues as itself and has no end",
        "a gap between two codes",
    ],
)
def test_files_that_make_no_sense_are_refused_in_a_sentence(areas: list[str], sentence: str, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match=sentence):
        read_history(files(tmp_path, *areas))


@pytest.mark.django_db
def test_a_succession_of_an_unknown_area_is_refused_in_a_sentence(tmp_path: Path) -> None:
    area = f"E10000001,Here,{COUNTY},,,,"
    with pytest.raises(RefusedError, match="E10000009"):
        load_areas(read_history(files(tmp_path, area, successions=("E10000009,E10000001,2019-04-01,,ONS",))), by=BY)


# Loading


def test_so_many_areas_exist_on_a_day(loaded: Counter[str]) -> None:
    expected = {
        "2014-04-01": 152,
        "2014-12-31": 152,
        "2019-03-31": 152,
        "2019-04-01": 151,  # three became two
        "2020-04-01": 151,
        "2021-03-31": 151,
        "2021-04-01": 152,  # Northamptonshire became two
        "2023-03-31": 152,
        "2023-04-01": 153,  # Cumbria became two
        "2025-04-01": 153,
        "2026-11-22": 153,
    }
    assert {on: len(AreaCode.objects.existing_on(day(on))) for on in expected} == expected
    assert {on: Area.objects.on(day(on)).count() for on in expected} == expected


def test_areas_have_everyday_names(loaded: Counter[str]) -> None:
    expected = {
        "E06000023": "Bristol",
        "E06000010": "Kingston upon Hull",
        "E06000019": "Herefordshire",
        "E09000001": "City of London",
        "E10000009": "Dorset County",
        "E06000059": "Dorset",
        "E10000002": "Buckinghamshire County",
        "E06000060": "Buckinghamshire",
        "E10000006": "Cumbria",
        "E06000066": "Somerset",
    }
    names = AreaCode.objects.filter(code__in=expected).values_list("code", "area__name")
    assert dict(names) == expected


def test_what_became_of_dorset(loaded: Counter[str]) -> None:
    found = AreaSuccession.objects.filter(on=day("2019-04-01")).values_list(
        "predecessor__name", "successor__name", "extent", "label"
    )
    assert set(found) == {
        ("Bournemouth", "Bournemouth, Christchurch and Poole", "whole", ""),
        ("Poole", "Bournemouth, Christchurch and Poole", "whole", ""),
        ("Dorset County", "Bournemouth, Christchurch and Poole", "part", "Christchurch"),
        ("Dorset County", "Dorset", "part", "all except Christchurch"),
    }


def test_every_area_has_one_of_the_nine_regions_of_england(loaded: Counter[str]) -> None:
    assert Area.objects.values("region").distinct().count() == 9
    assert Area.objects.get(slug="hertfordshire").region == "East of England"


def test_loading_says_how_many_of_what_it_wrote_and_leaves_a_change_for_each(loaded: Counter[str]) -> None:
    assert loaded == {"areas created": 159, "area codes created": 163, "area successions created": 9}
    assert Change.objects.filter(by_command=BY, verb="created").count() == 159 + 163 + 9


def test_loading_twice_writes_nothing_the_second_time(loaded: Counter[str], shipped: History) -> None:
    before = Change.objects.count()
    assert load_areas(shipped, by=BY) == {}
    assert Change.objects.count() == before


def test_loading_again_takes_what_the_files_say_now(db: None, tmp_path: Path) -> None:
    """A new release of the files: an area ends and another takes its place."""
    load_areas(read_history(files(tmp_path, f"E10000001,Here,{COUNTY},,,,")), by=BY)
    later = files(
        tmp_path,
        f"E10000001,Here,{COUNTY},,2018,E06000099,",
        "E06000099,There,Unitary authority,North West,2019,,,",
        successions=("E10000001,E06000099,2019-04-01,,ONS",),
    )
    counts = load_areas(read_history(later), by=BY)
    assert counts == {
        "areas created": 1,
        "areas changed": 1,
        "area codes created": 1,
        "area codes changed": 1,
        "area successions created": 1,
    }
    here = Area.objects.get(slug="here")
    assert here.until_on == day("2019-04-01")
    change = Change.objects.about(here).last()
    assert change
    assert change.fields == {"until_on": [None, "2019-04-01"]}


def test_loading_again_does_not_undo_the_end_of_an_area(loaded: Counter[str], shipped: History) -> None:
    """Surrey ended by a succession that the files do not know of yet: it must not rise again."""
    end = day("2027-04-01")
    Area.objects.filter(slug="surrey").update(until_on=end)
    AreaCode.objects.filter(area__slug="surrey").update(until_on=end)
    load_areas(shipped, by=BY)
    assert Area.objects.get(slug="surrey").until_on == AreaCode.objects.get(area__slug="surrey").until_on == end


# The command


def test_the_command_loads_the_areas(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_areas")
    assert capsys.readouterr().out == (
        "Written: 163 area codes created, 9 area successions created, 159 areas created.\n"
    )
    assert Area.objects.count() == 159


def test_the_commands_dry_run_writes_nothing(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_areas", "--dry-run")
    assert "Would have written: 163 area codes created" in capsys.readouterr().out
    assert not Area.objects.exists()
    assert not Change.objects.exists()


def test_the_command_refuses_bad_files_in_a_sentence_and_writes_nothing(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bad() -> Any:
        return read_history(files(tmp_path, f"E10000001,Here,{COUNTY},,2018,,E10000002"))

    monkeypatch.setattr("areas.management.commands.load_areas.read_history", bad)
    with pytest.raises(CommandError, match="has no row for it"):
        call_command("load_areas")
    assert not Area.objects.exists()
