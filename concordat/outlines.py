"""The outlines of areas as they are drawn on a day, from the boundaries that were loaded."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from functools import lru_cache

from areas.models import Boundary, BoundaryEpoch
from concordat.sheet import Paths, paths_of


def epoch_on(day: date) -> BoundaryEpoch | None:
    """The boundaries of the day, without their file; the oldest for a day before all of them. At most two queries."""
    light = BoundaryEpoch.objects.only("digest", "approximate", "attribution")
    return light.filter(from_on__lte=day).order_by("-from_on").first() or light.order_by("from_on").first()


def outlines(epoch: BoundaryEpoch | None) -> Mapping[str, Paths]:
    """The paths of the epoch's areas by their slugs; none where none are loaded."""
    with suppress(Boundary.DoesNotExist):
        return drawn(epoch.digest) if epoch else {}
    return {}


@lru_cache(maxsize=32)
def drawn(digest: str) -> Mapping[str, Paths]:
    """Every area of an epoch as it is drawn, by its slug. Drawn once: the digest names these shapes for ever.

    Raises Boundary.DoesNotExist where there is none, so that it is asked for again: another file may just be loaded.
    """
    rows = Boundary.objects.filter(epoch__digest=digest).values_list("area__slug", "area__region", "west", "geometry")
    paths = {slug: paths_of(geometry, region, west) for slug, region, west, geometry in rows}
    if not paths:
        raise Boundary.DoesNotExist(digest)
    return paths
