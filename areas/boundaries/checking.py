"""Whether a file has the shapes of the areas of a day: every one, no other, and each where its area is."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import date

from areas.boundaries.composing import Coded, existing_on
from areas.boundaries.sentences import listed
from areas.boundaries.topology import Shapes
from concordat.kernel.commands import RefusedError

# The shipped shapes are rough: of a small area, half may lie elsewhere. Less than this share is another place.
LEAST_SHARED = 0.1


def last_day_of(year: int) -> date:
    """The day that ONS means by “December 2023”."""
    return date(year, 12, 31)


def check_codes(found: AbstractSet[str], codes: Sequence[Coded], vintage: int, years: range) -> None:
    """Raise RefusedError unless the codes are exactly those of 31 December of the year.

    Where they are those of another of the years, it says which.
    """
    wanted = {coded.code: coded.name for coded in existing_on(codes, last_day_of(vintage))}
    if found == wanted.keys():
        return
    fitting = [year for year in years if found == {c.code for c in existing_on(codes, last_day_of(year))}]
    if fitting:
        raise RefusedError(f"The codes in the file are those of {_span(fitting)}, not of {vintage}.")
    names = {coded.code: coded.name for coded in codes}
    faults = {
        "has no shape for": [_named(code, wanted) for code in wanted.keys() - found],
        "has areas that did not exist then:": [_named(code, names) for code in names.keys() & found - wanted.keys()],
        "has codes that no area ever had:": sorted(found - names.keys()),
    }
    said = " and ".join(f"{fault} {listed(which)}" for fault, which in faults.items() if which)
    raise RefusedError(f"For 31 December {vintage} the file {said}.")


def _named(code: str, names: dict[str, str]) -> str:
    return f"{names[code]} ({code})"


def _span(years: list[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}"


def check_places(shapes: Shapes, known: Shapes) -> None:
    """Raise RefusedError where a shape hardly overlaps the one that is known of the same area.

    Codes or coordinates have then been exchanged.
    """
    elsewhere = [
        code
        for code, shape in known.items()
        if shapes[code].intersection(shape).area < LEAST_SHARED * min(shapes[code].area, shape.area)
    ]
    if elsewhere:
        raise RefusedError(f"These shapes do not lie where their areas are: {listed(elsewhere)}.")
