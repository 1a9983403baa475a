"""Loading the areas: every upper-tier area of England since 2014, the codes it has had, and what became of it."""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import models
from django.utils.text import slugify

from areas.models import Area, AreaCode, AreaSuccession, Kind
from concordat.kernel.changes import Actor, create, revise
from concordat.kernel.commands import RefusedError
from concordat.kernel.coverage import Extent

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One row of `areas_history.csv`: years run from 1 April to 31 March."""

    code: str
    name: str
    kind: str
    region: str
    from_on: date | None
    until_on: date | None
    continues_as: str


@dataclass(slots=True)
class History:
    """The areas as the files tell them: each with its codes, oldest first."""

    areas: dict[str, list[CodeRow]] = field(default_factory=dict)  # by slug
    successions: list[dict[str, str]] = field(default_factory=list)

    def slug_of(self, code: str) -> str:
        """The area that has or had that code."""
        slug = next((slug for slug, rows in self.areas.items() if any(row.code == code for row in rows)), None)
        if slug is None:
            raise RefusedError(f"area_successions.csv names {code}, but areas_history.csv has no row for it.")
        return slug


def read_history(folder: Path = DATA) -> History:
    """Read `areas_history.csv` and `area_successions.csv`.

    A code that `continues_as` another is the same area re-coded, or the same council that went on as another kind.
    Raises RefusedError where the files do not make sense.
    """
    rows = {row["code"]: _code_row(row) for row in _read(folder / "areas_history.csv")}
    history = History(successions=_read(folder / "area_successions.csv"))
    later = {row.continues_as for row in rows.values() if row.continues_as}
    if missing := later - rows.keys():
        raise RefusedError(
            f"areas_history.csv names {', '.join(sorted(missing))} as a later code, but has no row for it."
        )
    for row in rows.values():
        if row.continues_as and (row.until_on is None or rows[row.continues_as].from_on != row.until_on):
            raise RefusedError(f"areas_history.csv: {row.continues_as} must begin when {row.code} ends, not otherwise.")
        if row.code in later:
            continue
        codes = [row]
        while codes[-1].continues_as:
            codes.append(rows[codes[-1].continues_as])
        slug = slugify(_name(codes, rows.values()))
        if slug in history.areas:
            raise RefusedError(f"areas_history.csv has two areas that would both be called “{slug}”.")
        history.areas[slug] = codes
    return history


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _code_row(row: dict[str, str]) -> CodeRow:
    return CodeRow(
        code=row["code"],
        name=row["name"],
        kind=slugify(row["type"]).replace("-", "_"),
        region=row["region"],
        from_on=date(int(row["first_year"]), 4, 1) if row["first_year"] else None,
        until_on=date(int(row["last_year"]) + 1, 4, 1) if row["last_year"] else None,
        continues_as=row["continues_as"],
    )


def _name(codes: list[CodeRow], rows: Iterable[CodeRow]) -> str:
    """The everyday name: “Bristol”, not “Bristol, City of”; an abolished county whose name lives on is “… County”."""
    plain = codes[-1].name.removesuffix(", City of").removesuffix(", County of")
    namesakes = {row.code for row in rows if row.name == codes[-1].name} - {row.code for row in codes}
    if namesakes and codes[-1].kind == Kind.COUNTY and codes[-1].until_on:
        return f"{plain} County"
    return plain


def load_areas(history: History, *, by: Actor) -> Counter[str]:
    """Write the areas, their codes and successions; what is already so is left alone.

    Returns how many of each were created or changed. Call it in a transaction.
    """
    counts: Counter[str] = Counter()
    rows = [code for codes in history.areas.values() for code in codes]
    for slug, codes in history.areas.items():
        area = _keep(
            Area,
            counts,
            by,
            key={"slug": slug},
            name=_name(codes, rows),
            region=codes[-1].region,
            from_on=codes[0].from_on,
            until_on=codes[-1].until_on,
        )
        for row in codes:
            _keep(
                AreaCode,
                counts,
                by,
                key={"code": row.code},
                area=area,
                kind=row.kind,
                official_name=row.name,
                from_on=row.from_on,
                until_on=row.until_on,
            )
    _load_successions(history, counts, by)
    return counts


def _load_successions(history: History, counts: Counter[str], by: Actor) -> None:
    areas = {area.slug: area for area in Area.objects.all()}
    for row in history.successions:
        _keep(
            AreaSuccession,
            counts,
            by,
            key={
                "predecessor": areas[history.slug_of(row["predecessor"])],
                "successor": areas[history.slug_of(row["successor"])],
                "on": date.fromisoformat(row["on"]),
            },
            extent=Extent.PART if row["part"] else Extent.WHOLE,
            label=row["part"],
            source=row["source"],
        )


def _keep(model: type[models.Model], counts: Counter[str], by: Actor, *, key: dict[str, Any], **values: Any) -> Any:
    """The row with that key, created or brought to those values. An end that the files do not know yet is kept."""
    row = model._default_manager.filter(**key).first()
    what = str(model._meta.verbose_name_plural)
    if row is None:
        counts[f"{what} created"] += 1
        return create(model(**key, **values), by=by)
    said = {name: value for name, value in values.items() if value is not None}
    if any(getattr(row, name) != value for name, value in said.items()):
        counts[f"{what} changed"] += 1
        revise(row, by=by, **said)
    return row
