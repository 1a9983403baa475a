"""A table of marks: a row for each thing, a column for each kind, and in each cell how the two stand. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from concordat.reports.drawing.svg import (
    INK,
    LETTER,
    QUIET,
    SMALL,
    SWATCH,
    WIDTH,
    Named,
    line,
    number,
    picture,
    rectangle,
    words,
)

NAMES, STEP, KEY_STEP = 236.0, 24, 24  # how wide the names of the rows are, and how high a row and a line of the key


@dataclass(frozen=True, slots=True)
class Mark:
    """How a cell looks: the end of its class, what it is called, ground, ink, and the sign by which it is told."""

    kind: str
    name: str
    ground: str
    ink: str
    sign: str


# Signs as paths in a box of 12 by 12: a typeface need not have them.
SIGNS = {
    "tick": "M2 6.5 5 9.5 10 2.5",
    "cross": "M2.5 2.5 9.5 9.5M9.5 2.5 2.5 9.5",
    "dash": "M2 6H10",
    "dots": "M2.5 6h.01M6 6h.01M9.5 6h.01",
    "none": "",
}
HAVE = Mark("have", "Signed", "#12556b", "#ffffff", "tick")
LAPSED = Mark("lapsed", "Lapsed", "#cbd5da", INK, "dash")
LACK = Mark("lack", "Missing", "#ffffff", INK, "cross")
NOTHING = Mark("nothing", "No declaration", "#ffffff", INK, "none")
UNKNOWN = Mark("unknown", "Not recorded", "#eef4f6", QUIET, "dots")


def table(
    named: Named, columns: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]], marks: Mapping[str, Mark]
) -> str:
    """The columns are numbered, and their names stand above. A row: its name, and for each column a key of `marks`."""
    drawn, top = _key(columns, marks)
    across = (WIDTH - NAMES) / max(len(columns), 1)
    drawn += [
        words(str(place), NAMES + (place - 0.5) * across, top + 14, size=SMALL, at="middle", weight="bold")
        for place in range(1, len(columns) + 1)
    ]
    top += 22
    for place, (name, cells) in enumerate(rows):
        y = top + place * STEP
        drawn.append(line(0, y, NAMES, y))
        drawn.append(words(_short(name), 0, y + 17, size=SMALL))
        drawn += [_cell(marks[cell], NAMES + at * across, y, across) for at, cell in enumerate(cells)]
    return picture(named, top + len(rows) * STEP + 2, "".join(drawn))


def _short(name: str) -> str:
    """The name as far as there is room for it; the whole one stands in the table."""
    most = int((NAMES - 6) / (SMALL * LETTER))
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def _key(columns: Sequence[str], marks: Mapping[str, Mark]) -> tuple[list[str], float]:
    """The marks with their words, and the columns with their numbers. Also where it ends."""
    drawn: list[str] = []
    for place, mark in enumerate(marks.values()):
        left, y = place % 2 * WIDTH / 2, place // 2 * KEY_STEP
        drawn += [_cell(mark, left, y, SWATCH + 4), words(mark.name, left + SWATCH + 12, y + 17)]
    top = -(-len(marks) // 2) * KEY_STEP + 8
    for place, name in enumerate(columns):
        drawn.append(words(f"{place + 1}  {name}", 0, top + place * 20 + 15, size=15))
    return drawn, top + len(columns) * 20 + 12


def _cell(mark: Mark, x: float, y: float, width: float) -> str:
    box = rectangle(x + 1, y + 1, width - 2, STEP - 2, f'fill="{mark.ground}" class="chart__outline" stroke="{QUIET}"')
    return f'<g class="heat heat--{mark.kind}">{box}{"".join(_sign(mark, x + width / 2 - 6, y + STEP / 2 - 6))}</g>'


def _sign(mark: Mark, x: float, y: float) -> Iterator[str]:
    if d := SIGNS[mark.sign]:
        yield (
            f'<path d="{d}" transform="translate({number(x)} {number(y)})" fill="none" stroke="{mark.ink}" '
            'stroke-width="2" stroke-linecap="round"/>'
        )
