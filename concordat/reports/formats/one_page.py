"""How everything is put on one sheet: short tables in two columns with their pictures, wide ones below. Pure.

A picture goes without its key: the table beside it has the same words with the same patterns. One beside its table is
small: its labels are told above, and its patterns are coarser. Of several pictures of one table there is none: that has
their numbers.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from itertools import product
from typing import Any

from concordat.reports.formats.columns import HALF

Told = Mapping[str, Any]  # a table, or a picture, as the template takes it
MOST_ROWS = 10
ROW, TITLE, COLUMN = 3.6, 10.0, 88.0  # heights of a row and of a title with the headings, and the width of a column: mm
SWATCH = 4  # letters
BESIDE = 0.4  # of the column: a high picture stands beside its table
HIGH = 0.8  # height to width
COARSER = 2  # times: patterns of a small picture, so that they look as in the table
LABELS = re.compile(r'<g class="chart__labels">(.*?)</g>')


def on_one_page(tables: Sequence[Told]) -> dict[str, Any]:
    """The tables, cut to their first rows: those that go left and right, as high as each other, and those below."""
    cut = [_cut(table) for table in tables]
    short = [table for table in cut if not _is_wide(table)]
    left, right = min(_halves(short), key=lambda halves: abs(_height(halves[0]) - _height(halves[1])))
    return {"left": left, "right": right, "below": [table for table in cut if _is_wide(table)]}


def _halves(tables: Sequence[Told]) -> Iterator[tuple[list[Told], list[Told]]]:
    """Every way to put them in two columns, in their order, the first one left and the second one right."""
    for sides in product((0, 1), repeat=max(len(tables) - 2, 0)):
        sided = list(zip(tables, (0, 1, *sides), strict=False))
        yield [table for table, side in sided if side == 0], [table for table, side in sided if side == 1]


def _is_wide(table: Told) -> bool:
    return bool(sum(table["parts"][0]["widths"]) > HALF)


def _cut(table: Told) -> dict[str, Any]:
    """Its first rows alone, and a sentence on how many there are; a picture without its key."""
    parts = [_part(part) for part in table["parts"]]
    total = len(table["parts"][0]["rows"])
    more = f"The first {MOST_ROWS} of {total}; the page and the spreadsheets have all." if total > MOST_ROWS else ""
    pictures = [_bare(each) for each in table["pictures"]] if len(table["pictures"]) == 1 else []
    told = [table["told"], *(each["labels"] for each in pictures), more]
    return {**table, "parts": parts, "pictures": pictures, "told": " ".join(filter(None, told))}


def _part(part: Mapping[str, Any]) -> dict[str, Any]:
    """Its first rows; a column of statuses has room for their patterns."""
    rows = part["rows"][:MOST_ROWS]
    drawn = {place for row in rows for place, value in enumerate(row) if not isinstance(value, str)}
    widths = [width + SWATCH * (place in drawn) for place, width in enumerate(part["widths"])]
    return {**part, "rows": rows, "widths": widths}


def _bare(picture: Told) -> dict[str, Any]:
    """The picture without what lies above and below its body, where it says what that is; how high it is, and what its
    labels say where they would be too small on it.
    """
    svg = picture["svg"]
    wide, high = size_of(svg)
    if body := re.search(r'data-body="([\d.]+) ([\d.]+)"', svg):
        top, high = float(body[1]), float(body[2]) - float(body[1])
        svg = re.sub(r'viewBox="[^"]*"', f'viewBox="0 {top} {wide} {high}"', svg, count=1)
    beside, labels = high / wide > HIGH, ""
    if beside:
        svg, labels = _small(svg)
    return {**picture, "svg": svg, "labels": labels, "beside": beside, "high": high / wide}


def _small(svg: str) -> tuple[str, str]:
    """The picture without its labels and with coarser patterns; and what the labels say."""
    labels = [unescape(each) for found in LABELS.findall(svg) for each in re.findall(r">([^<]+)</text>", found)]
    scaled = re.sub(r'patternTransform="scale\(([\d.]+)\)"', _coarser, LABELS.sub("", svg))
    return scaled, f"In the frames: {'; '.join(labels)}." if labels else ""


def _coarser(found: re.Match[str]) -> str:
    return f'patternTransform="scale({float(found[1]) * COARSER:.2f})"'


def size_of(svg: str) -> tuple[float, float]:
    """How wide and how high a picture is, in its own units; a square where it does not say."""
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    return (float(size[1]), float(size[2])) if size else (1.0, 1.0)


def _height(tables: Sequence[Told]) -> float:
    """About how high they stand in a column, in millimetres."""
    total = 0.0
    for table in tables:
        lines = (len(table["parts"][0]["rows"]) + len(table["told"]) / 60) * ROW
        for picture in table["pictures"]:
            if picture["beside"]:
                lines = max(lines, COLUMN * BESIDE * picture["high"])
            else:
                lines += COLUMN * picture["high"]
        total += TITLE + lines
    return total
