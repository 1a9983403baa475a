"""The epochs that can be loaded: those of the shipped shapes, and the one that a file is for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from areas.boundaries.checking import check_codes, check_places, last_day_of
from areas.boundaries.composing import FIRST_DAY, Coded, Composed, compose, epoch_days
from areas.boundaries.fitting import Coverage, compressed_size, fitted
from areas.boundaries.reading import read
from areas.boundaries.sentences import listed
from areas.boundaries.topology import Shapes, digest, topojson
from concordat.kernel.commands import RefusedError
from concordat.kernel.progress import Progress

SHIPPED = Path(__file__).parents[1] / "data" / "boundaries"
OLDER, NEWER = SHIPPED / "england_upper_tier_2014_hi.topojson", SHIPPED / "england_upper_tier_2025_hi.topojson"
# With this the shipped shapes stay within what a page may send; a test holds it.
SHIPPED_METRES = 400
SHIPPED_ATTRIBUTION = (
    "Source: Office for National Statistics licensed under the Open Government Licence v3.0. "
    "Contains OS data © Crown copyright and database right 2025. "
    "Contains Royal Mail data © Royal Mail copyright and database right 2025. Coastline: Natural Earth."
)
SHIPPED_SOURCE = "ONS Postcode Directory, November 2025; coastline from Natural Earth"
SHIPPED_NOTE = (
    "Approximate. All ground belongs to the area of the postcode nearest to it (Voronoi cells of the ONS postcode "
    "points, joined by area), cut at the coast and simplified. Areas that have ended, and their neighbours until "
    "then, come from a set of the areas of 2014, all others from one of 2025."
)
OFFICIAL_ATTRIBUTION = (
    "Source: Office for National Statistics licensed under the Open Government Licence v3.0. "
    "Contains OS data © Crown copyright and database right {year}."
)


@dataclass(frozen=True, slots=True)
class Epoch:
    """The boundaries from one day until the next change, ready to be written."""

    from_on: date
    vintage: int
    approximate: bool
    source: str
    source_note: str
    attribution: str
    shapes: Shapes
    topojson: str
    digest: str


@dataclass(slots=True)
class Prepared:
    """The epochs to write and, in sentences, what was done to make them."""

    epochs: list[Epoch] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def shipped(codes: Sequence[Coded], today: date, progress: Progress) -> Prepared:
    """The approximate shapes of every epoch until today.

    An epoch with an area that is not among the shipped shapes is left out, and a note says so.
    """
    prepared = Prepared()
    epochs = compose(codes, read(OLDER).shapes, read(NEWER).shapes, today)
    for number, composed in enumerate(epochs, 1):
        if composed.missing:
            prepared.notes.append(_left_out(composed))
        else:
            prepared.epochs.append(_approximate(composed))
        progress(number, len(epochs))
    return prepared


def _left_out(composed: Composed) -> str:
    names = listed([coded.name for coded in composed.missing])
    return f"No shapes are shipped from {composed.from_on} on, for want of {names}: load a file of official ones."


def _approximate(composed: Composed) -> Epoch:
    shapes = Coverage(composed.shapes).simplified(SHIPPED_METRES)
    text = topojson(shapes)
    return Epoch(
        from_on=composed.from_on,
        vintage=composed.from_on.year,
        approximate=True,
        source=SHIPPED_SOURCE,
        source_note=SHIPPED_NOTE,
        attribution=SHIPPED_ATTRIBUTION,
        shapes=shapes,
        topojson=text,
        digest=digest(text),
    )


def from_file(path: Path, vintage: int, codes: Sequence[Coded], today: date, progress: Progress) -> Prepared:
    """The epoch of 31 December of that year with the shapes of a file.

    Raises RefusedError where the file is not a sound one of exactly the areas of that day.
    """
    years = range(FIRST_DAY.year, today.year + 1)
    if vintage not in years:
        raise RefusedError(f"The year must be from {years[0]} to {years[-1]}, not {vintage}.")
    file = read(path)
    check_codes(file.shapes.keys(), codes, vintage, years)
    from_on = epoch_days(codes, last_day_of(vintage))[-1]
    check_places(file.shapes, _known(codes, from_on))
    shapes, metres = fitted(file.shapes, progress)
    text = topojson(shapes)
    size = f"Simplified by up to {metres} metres; {compressed_size(text):,} bytes when compressed."
    epoch = Epoch(
        from_on=from_on,
        vintage=vintage,
        approximate=False,
        source=f"{path.name}, boundaries of December {vintage}",
        source_note=" ".join([*file.notes, f"Simplified by up to {metres} metres."]),
        attribution=OFFICIAL_ATTRIBUTION.format(year=vintage),
        shapes=shapes,
        topojson=text,
        digest=digest(text),
    )
    return Prepared([epoch], [*file.notes, size])


def _known(codes: Sequence[Coded], day: date) -> Shapes:
    """The shipped shapes of the areas of that day, as far as there are any."""
    return compose(codes, read(OLDER).shapes, read(NEWER).shapes, day)[-1].shapes
