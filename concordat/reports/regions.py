"""How the areas of each region stand on a day, and by how much due dates slipped: small tables with a picture each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from actionplans.progress import Slip
from areas.models import Region
from concordat.palette import LENSES
from concordat.picture import AreaOnDay
from concordat.reports.drawing.bars import ranges
from concordat.reports.drawing.svg import Named
from concordat.reports.pictured import status_of
from concordat.reports.shapes import Column, Kind, Picture, Table, column, filled

NAMES = {lens: {status: paint.name for status, paint in paints.items()} for lens, paints in LENSES.items()}
# The most days that fall into each range; what is later than all of them falls into the last.
RANGES = (
    (0, "Not later"),
    (92, "Up to 3 months"),
    (183, "Over 3 months"),
    (366, "Over 6 months"),
    (731, "Over a year"),
    (None, "Over 2 years"),
)


@dataclass(frozen=True, slots=True)
class OfRegion:
    """A region and its areas on the day."""

    region: str
    areas: Sequence[AreaOnDay]

    def number(self, lens: str, status: str) -> int:
        """How many of them stand so."""
        return sum(status_of(area, lens) == status for area in self.areas)


def _standing(lens: str, status: str) -> Column[OfRegion]:
    def number(row: OfRegion) -> int:
        return row.number(lens, status)

    name = NAMES[lens][status]
    return column(status, name, number, f"Areas that stand at “{name.lower()}”.", Kind.NUMBER)


REGIONS: Sequence[Column[OfRegion]] = (
    column("region", "Region", lambda row: row.region, "One of the nine regions of England."),
    column("areas", "Areas", lambda row: len(row.areas), "Areas that exist on the day.", Kind.NUMBER),
    *(_standing("signup", status) for status in ("red", "amber", "green")),
    *(_standing("delivery", status) for status in LENSES["delivery"]),
)
SLIPS: Sequence[Column[tuple[str, int]]] = (
    column("by", "By", lambda row: row[0], "By how much the due day now lies after the first one."),
    column("actions", "Actions", lambda row: row[1], "Actions whose due day was moved by so much.", Kind.NUMBER),
)


def regions_table(areas: Iterable[AreaOnDay]) -> Table:
    """A row for each region that has areas among these."""
    return filled("regions", "By region", REGIONS, list(_regions(list(areas))))


def _regions(areas: Sequence[AreaOnDay]) -> Iterator[OfRegion]:
    for region in Region.values:
        if own := [area for area in areas if area.region == region]:
            yield OfRegion(region, own)


def slips_table(slips: Iterable[Slip]) -> tuple[Table, Picture]:
    """How many actions slipped by how much, and a picture of it."""
    counts = dict.fromkeys((name for _, name in RANGES), 0)
    for slip in slips:
        counts[next(name for most, name in RANGES if most is None or slip.days <= most)] += slip.count
    told = "Actions whose due day was moved, each once."
    table = filled("slips", "By how much due days slipped", SLIPS, list(counts.items()), told)
    said = ", ".join(f"{name.lower()} {count:,}" for name, count in counts.items())
    named = Named("slips-ranges", table.title, f"Actions whose due day was moved: {said}.")
    svg = ranges(named, list(counts.items()), "Actions whose due day was moved")
    return table, Picture(named.key, named.title, svg, named.told, table.key)
