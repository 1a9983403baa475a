"""What a plan cannot hold as a file writes it: texts that are too long, numbers that stand twice, merging into nothing.

The row as read is kept whole beside it, and the person is told.
"""

from collections.abc import Sequence
from dataclasses import replace

from actionplans.importing.understanding.answers import Asking
from actionplans.importing.understanding.shapes import Lead, Line, Place
from actionplans.importing.understanding.words import shortened
from actionplans.timescale import Timescale

REFERENCE, SECTION, TIMESCALE, FOOTPRINT, LEAD = 40, 200, 400, 120, 200  # letters; as the models have them
REVISED = " (revised: )"


def fitted(lines: Sequence[Line], asking: Asking) -> list[Line]:
    """The lines as a plan can hold them."""
    taken: set[str] = set()
    found = []
    for line in lines:
        one = _once(_merged_into_something(_short(line, asking), asking), taken, asking)
        taken.add(one.reference)
        found.append(one)
    return found


def _short(line: Line, asking: Asking) -> Line:
    """The line with the texts cut that are longer than their place."""
    changed = replace(
        line,
        reference=_cut(line.reference, REFERENCE, "reference", line, asking),
        place=Place(line.place.code, _cut(line.place.text, SECTION, "section", line, asking)),
        footprint=_cut(line.footprint, FOOTPRINT, "place", line, asking),
        leads=tuple(Lead(_cut(one.text, LEAD, "lead", line, asking), one.organisation, one.role) for one in line.leads),
    )
    return replace(changed, timescale=_time(changed, asking), revised=_revised(changed))


def _time(line: Line, asking: Asking) -> Timescale:
    return replace(line.timescale, text=_cut(line.timescale.text, TIMESCALE, "timescale", line, asking))


def _revised(line: Line) -> tuple[Timescale, ...]:
    """The revised times, in the space that the first one leaves."""
    left = TIMESCALE - min(len(line.timescale.text), TIMESCALE // 2) - len(REVISED)
    each = max(left // len(line.revised) - 2, 1) if line.revised else 0
    return tuple(replace(one, text=shortened(one.text, each)) for one in line.revised)


def _cut(text: str, longest: int, what: str, line: Line, asking: Asking) -> str:
    if len(text) <= longest:
        return text
    asking.warn(line.at, f"The {what} is longer than {longest} letters and is cut. The whole row is kept beside it.")
    return shortened(text, longest)


def _merged_into_something(line: Line, asking: Asking) -> Line:
    """Merged into no action is no state that a plan can hold."""
    if line.status != "merged" or line.merged_into:
        return line
    asking.warn(line.at, "It is merged, and the file does not say into which action. Report that afterwards.")
    return replace(line, status=None)


def _once(line: Line, taken: set[str], asking: Asking) -> Line:
    """A number that still stands twice stays with the first."""
    if not line.reference or line.reference not in taken:
        return line
    asking.warn(line.at, f"The reference {line.reference} stands twice in this file. This action is kept without it.")
    return replace(line, reference="")
