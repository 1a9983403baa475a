"""Reading the files of the real history."""

import csv
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
EVERY_OTHER_AREA = "every other area"


@dataclass(frozen=True, slots=True)
class CoveredArea:
    """One row of `partnerships_2014.csv`."""

    partnership: str
    code: str
    part: str  # empty: the whole area
    note: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Event:
    """One row of `history_2014_15.csv`. The day is in London; precision `day` or `by`."""

    scope: str
    event: str
    on: date
    precision: str
    source: str
    note: str


def covered_areas() -> list[CoveredArea]:
    """Which area each real group of 2014 worked for."""
    return [
        CoveredArea(row["partnership"], row["area_code"], _part(row["coverage"]), row["note"], row["evidence"])
        for row in _rows("partnerships_2014.csv")
    ]


def events() -> list[Event]:
    """Who declared or published when, as the sources say."""
    return [
        Event(row["scope"], row["event"], date.fromisoformat(row["on"]), row["precision"], row["source"], row["note"])
        for row in _rows("history_2014_15.csv")
    ]


def facts(name: str) -> dict[str, Any]:
    """The facts of one of the `.toml` files: national, geometry, hertfordshire or hampshire."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _part(coverage: str) -> str:
    """The part's name, which the file writes after a colon (“part: Craven”); nothing for a whole area."""
    return coverage.partition(": ")[2]
