"""How the areas of each region stand on a day, and by how much due dates slipped: small tables with a picture each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from actionplans.progress import Slip
from areas.models import Region
from concordat.palette import LENSES
from concordat.picture import AreaOnDay
from concordat.reports.drawing.bars import ranges
from concordat.reports.drawing.svg import Named
from concordat.reports.numbers import share
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


def _part(lens: str, status: str) -> Column[OfRegion]:
    def part(row: OfRegion) -> int | None:
        return share(row.number(lens, status), len(row.areas))

    name = NAMES[lens][status]
    return column(
        status, name, part, f"Of the areas of the region, those that stand at “{name.lower()}”.", Kind.PERCENT
    )


STATUSES = (
    *(("signup", each) for each in ("red", "amber", "green")),
    *(("delivery", each) for each in LENSES["delivery"]),
)
REGION: Column[OfRegion] = column("region", "Region", lambda row: row.region, "One of the nine regions of England.")
AREAS: Column[OfRegion] = column(
    "areas", "Areas", lambda row: len(row.areas), "Areas that exist on the day.", Kind.NUMBER
)
REGIONS: Sequence[Column[OfRegion]] = (REGION, AREAS, *(_standing(*each) for each in STATUSES))
SHARES: Sequence[Column[OfRegion]] = (REGION, *(_part(*each) for each in STATUSES))
SHARE_TOLD = "Of all, to the nearest per cent: together they may come to 99 or 101."
SLIPS: Sequence[Column[tuple[str, int]]] = (
    column("by", "By", lambda row: row[0], "By how much the due day now lies after the first one."),
    column("actions", "Actions", lambda row: row[1], "Actions whose due day was moved by so much.", Kind.NUMBER),
)


def regions_table(areas: Iterable[AreaOnDay]) -> Table:
    """A row for each region that has areas among these."""
    return filled("regions", "By region", REGIONS, list(_regions(list(areas))))


def shares_table(areas: Iterable[AreaOnDay]) -> Table:
    """The same in per cent of the areas of the region."""
    return filled("region_shares", "By region, in per cent", SHARES, list(_regions(list(areas))), SHARE_TOLD)


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
