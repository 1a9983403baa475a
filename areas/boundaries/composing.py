"""Composing boundaries: two sets of shapes and the codes that areas have had in, the areas of every epoch out.

Pure: days are days in Europe/London, `until_on` is the first day on which something no longer holds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import shapely
from shapely.geometry.base import BaseGeometry

from areas.boundaries.topology import Shapes
from concordat.kernel.periods import holds

# The records begin in 2014: the first epoch serves any day from then on.
FIRST_DAY = date(2014, 1, 1)


@dataclass(frozen=True, slots=True)
class Coded:
    """An area under one of its codes, for as long as both hold."""

    area: int
    code: str
    name: str
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Composed:
    """The areas of one epoch by their codes in it; `missing` are those of which neither set has a shape."""

    from_on: date
    shapes: Shapes
    missing: tuple[Coded, ...] = ()


def existing_on(codes: Iterable[Coded], day: date) -> list[Coded]:
    """The areas of a day under the codes they have on it."""
    return [coded for coded in codes if holds(coded.from_on, coded.until_on, day)]


def epoch_days(codes: Iterable[Coded], last: date) -> list[date]:
    """The first days of the epochs until `last`: the records' first day, and each on which an area or code changed."""
    changes = {day for coded in codes for day in (coded.from_on, coded.until_on) if day}
    return [FIRST_DAY, *sorted(day for day in changes if FIRST_DAY < day <= last)]


def compose(codes: Sequence[Coded], older: Shapes, newer: Shapes, last: date) -> list[Composed]:
    """The shapes of every epoch until `last`.

    The newer set is used wherever it has the area. An area that has ended comes from the older set, and as long
    as it exists its neighbours do too, so that they fit. A shape belongs to the area, whichever code it came under.
    """
    area_of = {coded.code: coded.area for coded in codes}
    olds = {area_of[code]: shape for code, shape in older.items() if code in area_of}
    news = {area_of[code]: shape for code, shape in newer.items() if code in area_of}
    return [_epoch(day, existing_on(codes, day), olds, news) for day in epoch_days(codes, last)]


def _epoch(
    day: date, existing: list[Coded], olds: Mapping[int, BaseGeometry], news: Mapping[int, BaseGeometry]
) -> Composed:
    ended = shapely.union_all([olds[c.area] for c in existing if c.area in olds and c.area not in news])
    shapes, missing = {}, []
    for coded in existing:
        old, new = olds.get(coded.area), news.get(coded.area)
        use_old = old is not None and (new is None or old.intersects(ended))
        shape = old if use_old else new
        if shape is None:
            missing.append(coded)
        else:
            shapes[coded.code] = shape
    return Composed(day, shapes, tuple(missing))
