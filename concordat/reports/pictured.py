"""The pictures that several reports show of the areas on a day: the map, and how the areas of each region stand."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from areas.models import BoundaryEpoch, Region
from concordat.outlines import epoch_on, outlines
from concordat.palette import LENSES, NONE
from concordat.picture import AreaOnDay, Picture
from concordat.reports.drawing.bars import Bar, made_up
from concordat.reports.drawing.england import england
from concordat.reports.drawing.svg import Named
from concordat.reports.shapes import Picture as Drawn
from concordat.sentences import counted
from concordat.sheet import Paths, sheet

LENS = {"signup": "Signing up", "delivery": "Delivery"}


def status_of(area: AreaOnDay, lens: str) -> str:
    """How the area stands in that lens; `none` where no actions are recorded."""
    if lens == "signup":
        return area.sign_up.status.value
    return area.delivery.value if area.delivery else NONE


def maps(
    found: Picture, areas: Sequence[AreaOnDay], lenses: Sequence[str], tables: Sequence[str]
) -> tuple[list[Drawn], tuple[str, ...]]:
    """The map of these areas in each lens, the others pale, each with the key of the table of its numbers; and a note
    on whose shapes these are. At most three queries."""
    epoch = epoch_on(found.on)
    paths, foot = outlines(epoch), _foot(epoch)
    shown = replace(found, areas=tuple(areas))
    chosen = {area.slug for area in areas}
    elsewhere = [paths[each.slug] for each in found.areas if each.slug in paths and each.slug not in chosen]
    drawn = [_map(shown, lens, table, paths, foot, elsewhere) for lens, table in zip(lenses, tables, strict=True)]
    said = " ".join(foot)
    return drawn, (f"Maps: {said[:1].lower()}{said[1:]}",) if said else ()


def _foot(epoch: BoundaryEpoch | None) -> list[str]:
    """What has to be said of the shapes, and whose they are."""
    if epoch is None:
        return []
    return [*(["Boundaries are approximate."] if epoch.approximate else []), epoch.attribution]


def _map(
    shown: Picture, lens: str, table: str, paths: Mapping[str, Paths], foot: Sequence[str], elsewhere: Sequence[Paths]
) -> Drawn:
    drawn = sheet(shown, lens, paths, foot)
    named = Named(f"map-{lens}", f"{LENS[lens]}, area by area", drawn.told)
    return Drawn(named.key, named.title, england(named, lens, drawn, elsewhere), named.told, table)


def by_region(areas: Sequence[AreaOnDay], lens: str, table: str) -> Drawn:
    """A bar for each region that has areas among these."""
    paints = LENSES[lens]
    bars = []
    for region in Region.values:
        found = Counter(status_of(area, lens) for area in areas if area.region == region)
        if found:
            bars.append(Bar(region, found, counted(found.total(), "area")))
    told = "; ".join(f"{bar.name}: {_said(bar.counts, lens)}" for bar in bars)
    named = Named(f"regions-{lens}", f"{LENS[lens]}, by region", f"{told}.")
    return Drawn(named.key, named.title, made_up(named, lens, tuple(paints.values()), bars), named.told, table)


def _said(counts: Mapping[str, int], lens: str) -> str:
    names = {status: paint.name.lower() for status, paint in LENSES[lens].items()}
    return ", ".join(f"{counts[status]} {name}" for status, name in names.items() if counts.get(status))
