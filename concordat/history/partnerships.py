"""The real groups of 2014 and the areas that each worked for; an area in no known group gets one of its own."""

from collections import defaultdict

from django.utils.text import slugify

from areas.models import Area, AreaCode
from concordat.history.keeping import Keeper
from concordat.history.reading import CoveredArea, covered_areas, facts
from concordat.kernel.commands import RefusedError
from concordat.kernel.coverage import Extent
from signatories.models import Partnership, PartnershipCoverage, Programme

OWN_NOTE = "No joint group is recorded for this area, so it stands here on its own."


def load_partnerships(keeper: Keeper, programme: Programme) -> dict[str, Partnership]:
    """Write all partnerships with their coverage. Returns them by the name that the files use.

    Raises RefusedError if the areas are not loaded yet.
    """
    areas = areas_of_2014()
    rows: dict[str, list[CoveredArea]] = defaultdict(list)
    for row in covered_areas():
        rows[row.partnership].append(row)
    wholly_covered = {row.code for group in rows.values() for row in group if not row.part}
    for code, area in areas.items():
        if code not in wholly_covered:
            rows[area.name].append(CoveredArea(area.name, code, "", OWN_NOTE, ""))
    primary = _primaries(rows)
    partnerships = {}
    for name, group in rows.items():
        key = {"slug": slugify(name)}
        partnerships[name] = keeper.keep(
            Partnership, key, programme=programme, name=name, public_note=group[0].note, source=group[0].evidence
        )
        for row in group:
            keeper.keep(
                PartnershipCoverage,
                {"partnership": partnerships[name], "area": areas[row.code]},
                extent=Extent.PART if row.part else Extent.WHOLE,
                label=row.part,
                is_primary=primary[row.code] == name,
            )
    return partnerships


def areas_of_2014() -> dict[str, Area]:
    """The 152 areas of 2014 by their code of that time.

    Raises RefusedError if they are not loaded.
    """
    codes = AreaCode.objects.filter(from_on__isnull=True).select_related("area")
    areas = {row.code: row.area for row in codes}
    if not areas:
        raise RefusedError("Load the areas first: manage.py load_areas.")
    return areas


def _primaries(rows: dict[str, list[CoveredArea]]) -> dict[str, str]:
    """Whom to contact about each area: the most local group that works for the whole of it."""
    regional = {entry["partnership"] for entry in facts("geometry")["never_primary"]}
    candidates: dict[str, list[tuple[bool, int, str]]] = defaultdict(list)
    for name, group in rows.items():
        for row in group:
            if not row.part:
                candidates[row.code].append((name in regional, len(group), name))
    return {code: min(names)[2] for code, names in candidates.items()}
