"""Bars: what each of several things is made up of, and how many fall into each of several ranges. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from concordat.palette import Paint
from concordat.reports.drawing.svg import (
    GROUND,
    LETTER,
    SMALL,
    TEXT,
    WIDTH,
    Named,
    legend,
    line,
    number,
    painted,
    patterns,
    picture,
    rectangle,
    words,
)

BAR, GAP, LINE = 24, 12, 20  # how high a bar is, what lies below it, and a line of its name
NAME_LETTERS, BOLD_LETTER = 44, 0.64
HIGHEST, FOOT = 200, 44  # of the ranges: the highest bar, and room for what is written below
BRAND = "#12556b"


@dataclass(frozen=True, slots=True)
class Bar:
    """One thing: its name, how many of each status (by the status), and what is said of it at the right."""

    name: str
    counts: Mapping[str, int]
    said: str = ""


def made_up(named: Named, lens: str, paints: Sequence[Paint], bars: Sequence[Bar]) -> str:
    """A bar for each thing, all of the same length: what share of it has which status, the numbers written in."""
    used = [paint for paint in paints if any(bar.counts.get(paint.status) for bar in bars)]
    key, top = legend(named, lens, [(paint, paint.name) for paint in used], 0)
    top += 8
    drawn = [key]
    for bar in bars:
        name, top = _name(bar, top)
        drawn += [*name, *_segments(named, lens, used, bar, top)]
        top += BAR + GAP
    return picture(named, top - GAP + 2, "".join(drawn), patterns(named, lens, used))


def _name(bar: Bar, y: float) -> tuple[list[str], float]:
    """The name in as many lines as it needs, what is said of it at the right where there is room; and where it ends."""
    lines = wrap(bar.name, NAME_LETTERS) or [""]
    if len(lines[-1]) * TEXT * BOLD_LETTER + len(bar.said) * SMALL * LETTER > WIDTH - 8:
        lines.append("")
    drawn = [words(each, 0, y + 16 + row * LINE, weight="bold") for row, each in enumerate(lines) if each]
    end = y + len(lines) * LINE
    return [*drawn, words(bar.said, WIDTH, end - 4, size=SMALL, kind="quiet", at="end")], end + 4


def _segments(named: Named, lens: str, paints: Sequence[Paint], bar: Bar, y: float) -> Iterator[str]:
    total, left = sum(bar.counts.values()), 0.0
    for paint in paints:
        count = bar.counts.get(paint.status, 0)
        if not count:
            continue
        width = WIDTH * count / total
        box = f'<rect x="{number(left)}" y="{number(y)}" width="{number(width)}" height="{BAR}"'
        yield painted(named, lens, paint, box)
        yield f'{box} class="chart__edge" fill="none" stroke="{GROUND}" stroke-width="1.5"/>'
        room = len(f"{count:,}") * SMALL * LETTER + 8
        if width > room + 4:
            yield _written_in(lens, paint, count, left + width / 2, y, room)
        left += width
    outline = 'class="chart__outline" fill="none" stroke="#484949" stroke-width="1"'
    yield rectangle(0.5, y, WIDTH - 1, BAR, outline)


def _written_in(lens: str, paint: Paint, count: int, middle: float, y: float, room: float) -> str:
    """The number on a plain plate, so that no pattern runs through it."""
    plate = rectangle(middle - room / 2, y + 4, room, BAR - 8, f'class="chart__plate" fill="{paint.ground}"')
    text = (
        f'<text class="chart__on" x="{middle:.1f}" y="{y + 17:.1f}" font-size="{SMALL}" text-anchor="middle" '
        f'fill="{paint.ink}">{count:,}</text>'
    )
    return f'<g class="paint--{lens}-{paint.status}">{plate}{text}</g>'


def ranges(named: Named, counts: Sequence[tuple[str, int]], unit: str) -> str:
    """A bar for each range with its number above it and its name below; `unit`: what is counted."""
    top, left, drawn = 50.0, 4.0, [words(unit, 0, 14, size=SMALL, kind="quiet")]
    highest = max((count for _, count in counts), default=0) or 1
    each = (WIDTH - 2 * left) / max(len(counts), 1)
    base = top + HIGHEST
    letters = max(int(each / (SMALL * LETTER)), 4)
    for place, (name, count) in enumerate(counts):
        middle, height = left + (place + 0.5) * each, HIGHEST * count / highest
        drawn.append(
            rectangle(middle - each * 0.39, base - height, each * 0.78, height, f'class="chart__bar" fill="{BRAND}"')
        )
        drawn.append(words(f"{count:,}", middle, base - height - 6, at="middle", weight="bold"))
        for row, part in enumerate(wrap(name, letters, break_long_words=False)[:3]):
            drawn.append(words(part, middle, base + 18 + row * 18, size=SMALL, at="middle"))
    drawn.append(line(0, base, WIDTH, base, kind="line"))
    return picture(named, base + FOOT + 14, "".join(drawn))
