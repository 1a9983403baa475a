"""The printed sheet of the national map: what is drawn where. Pure: a picture and paths in, the words and shapes out.

A sheet is 1,280 units wide, for A4 upright. England stands at the right; legend, London and Scilly in the sea at the
left.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from textwrap import wrap
from typing import NamedTuple

from areas.models import Region
from concordat.drawing import Box, Frame, Geometry, path
from concordat.palette import LENSES, NONE, Paint
from concordat.picture import AreaOnDay, Picture

# Boxes a little larger than what they show, so that every sheet shows the same, whatever file the shapes are from.
ENGLAND = Frame.fitted(Box(-5.73, 49.95, 1.78, 55.82), 230, 212, 1030, 1345)
LONDON = Frame.fitted(Box(-0.515, 51.28, 0.34, 51.7), 44, 790, 500, 390)
SCILLY = Frame.fitted(Box(-6.38, 49.87, -6.25, 49.98), 60, 1294, 200, 146)
# West of this lie the Isles of Scilly alone.
WEST_OF_CORNWALL = -6

LEGEND_TOP, SIGN_UP_STEP, DELIVERY_STEP = 238, 108, 56
FOOT_TOP, FOOT_STEP, FOOT_LETTERS = 1612, 36, 92

TITLES = {
    "signup": "Signing up, area by area",
    "delivery": "Delivering the plans, area by area",
}


class Paths(NamedTuple):
    """How one area is drawn: on the map of England, and again where London is enlarged."""

    of_england: str
    of_london: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """One area as it stands on the day."""

    code: str
    status: str
    said: str
    d: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the legend."""

    y: int
    status: str
    paint: Paint
    count: int
    name: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that the template writes down."""

    title: str
    told: str
    legend: list[Row]
    england: list[tuple[Paint, list[Shape]]]
    london: list[tuple[Paint, list[Shape]]]
    foot: list[tuple[int, str]]
    height: int


def paths_of(geometry: Geometry, region: str, west: float) -> Paths:
    """The paths of one area: of Scilly in its corner, of London twice."""
    frame = SCILLY if west < WEST_OF_CORNWALL else ENGLAND
    return Paths(path(geometry, frame), path(geometry, LONDON) if region == Region.LONDON else "")


def sheet(picture: Picture, lens: str, paths: Mapping[str, Paths], sentences: Sequence[str]) -> Sheet:
    """The sheet of one lens. `paths` are those of the day by the areas' slugs; the sentences go to its foot."""
    counts = picture.sign_up_counts if lens == "signup" else picture.delivery_counts
    legend = list(_legend(lens, counts))
    foot = list(_foot([*_missing(picture, paths), *sentences]))
    return Sheet(
        title=TITLES[lens],
        told=_told(picture, legend),
        legend=legend,
        england=_painted(lens, _shapes(picture, lens, {slug: each.of_england for slug, each in paths.items()})),
        london=_painted(lens, _shapes(picture, lens, {slug: each.of_london for slug, each in paths.items()})),
        foot=foot,
        height=FOOT_TOP + len(foot) * FOOT_STEP,
    )


def _legend(lens: str, counts: Mapping[str, int]) -> Iterator[Row]:
    step = SIGN_UP_STEP if lens == "signup" else DELIVERY_STEP
    for number, (status, paint) in enumerate(LENSES[lens].items()):
        yield Row(LEGEND_TOP + number * step, status, paint, counts[status], paint.name, paint.meaning)


def _told(picture: Picture, legend: Iterable[Row]) -> str:
    """The whole map as one sentence, for those who do not see it."""
    rows = [
        f"{row.count} {row.name.lower()}{f' ({row.meaning})' if row.meaning else ''}" for row in legend if row.count
    ]
    return f"Of {len(picture.areas)} areas: {', '.join(rows)}."


def _shapes(picture: Picture, lens: str, drawn: Mapping[str, str]) -> Iterator[Shape]:
    for area in picture.areas:
        if d := drawn.get(area.slug):
            status, words = _standing(area, lens)
            yield Shape(area.code, status, f"{area.name}: {words}", d)


def _standing(area: AreaOnDay, lens: str) -> tuple[str, str]:
    """The status and what is said of it."""
    if lens == "delivery":
        status = area.delivery.value if area.delivery else NONE
        return status, LENSES[lens][status].name.lower()
    reason = area.sign_up.reason
    return area.sign_up.status.value, f"{area.sign_up.status.value}, {reason[:1].lower()}{reason[1:]}"


def _painted(lens: str, shapes: Iterable[Shape]) -> list[tuple[Paint, list[Shape]]]:
    """The shapes by status. Those with dark borders come last, so that no light one covers them."""
    paints = LENSES[lens]
    by_status = {status: list(group) for status, group in groupby(sorted(shapes, key=_status), key=_status)}
    order = sorted(by_status, key=lambda status: (paints[status].edge != "#ffffff", status))
    return [(paints[status], by_status[status]) for status in order]


def _status(shape: Shape) -> str:
    return shape.status


def _missing(picture: Picture, paths: Mapping[str, Paths]) -> list[str]:
    """A sentence on the areas without a shape, where there are any."""
    names = [area.name for area in picture.areas if area.slug not in paths]
    if not names:
        return []
    if len(names) == len(picture.areas):
        return ["No boundaries are loaded yet, so no area can be drawn."]
    return [f"Not drawn, as their boundaries are not loaded: {', '.join(names)}."]


def _foot(sentences: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The sentences in lines, each with its place."""
    for number, line in enumerate(wrap(" ".join(sentences), FOOT_LETTERS)):
        yield FOOT_TOP + number * FOOT_STEP, line
