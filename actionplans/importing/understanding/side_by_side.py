"""Tables beside one another on a sheet, and keys of colours beside a table: each becomes a sheet of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from actionplans.importing.tables import Row, Sheet, Warned
from actionplans.importing.understanding import headings
from actionplans.importing.understanding.colours import colour_of, colours_named
from actionplans.importing.understanding.fields import Field
from actionplans.importing.understanding.headers import fields_of, is_header
from actionplans.importing.understanding.rag import is_label
from actionplans.importing.understanding.words import spoken, written

FEWEST = 3  # headings of a table
TELLS = frozenset({Field.LEAD, Field.TIMESCALE, Field.FINISH})
LARGEST_LEGEND = 12  # rows
BESIDE = "Tables stand side by side on “{name}”. This one is read as a table of its own."


@dataclass(frozen=True, slots=True)
class Strip:
    """Columns next to one another with something in them, with an empty column before and after. `end` is without."""

    first: int
    end: int

    def of(self, row: Row) -> Row:
        return replace(row, cells=row.cells[self.first : self.end])


def parted(sheet: Sheet) -> tuple[list[Sheet], list[Warned]]:
    """The tables of a sheet that stand beside one another, from left to right; the sheet as it is where there is one.

    Rows keep their numbers and cells their places.
    """
    cuts = _cuts(sheet)
    if not cuts:
        return [sheet], []
    width = max(len(row.cells) for row in sheet.rows)
    strips = [Strip(first, end) for first, end in zip([0, *cuts], [*cuts, width], strict=True)]
    parts = [_part(sheet, strip) for strip in strips]
    warned = [Warned(_begins(part), BESIDE.format(name=sheet.name)) for part in parts[1:] if part.rows]
    return [part for part in parts if part.rows], warned


def _part(sheet: Sheet, strip: Strip) -> Sheet:
    rows = tuple(strip.of(row) for row in sheet.rows)
    hidden = frozenset(at - strip.first for at in sheet.hidden_columns if strip.first <= at < strip.end)
    if strip.first == 0:
        return replace(sheet, rows=rows, hidden_columns=hidden)
    kept = tuple(row for row in rows if any(written(cell) or cell.fill for cell in row.cells))
    return replace(sheet, name=f"{sheet.name}, from column {letters(strip.first)}", rows=kept, hidden_columns=hidden)


def letters(index: int) -> str:
    """How a spreadsheet names a column: 0 is A, 26 is AA."""
    found, rest = "", index + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        found = chr(65 + last) + found
    return found


def _begins(sheet: Sheet) -> str:
    return next((cell.at for row in sheet.rows for cell in row.cells if written(cell)), sheet.name)


def _cuts(sheet: Sheet) -> list[int]:
    """The columns with which a further table begins."""
    strips = _strips(sheet.rows)
    fields = [_fields_headed(sheet.rows, strip) for strip in strips]
    tables = [found for found in fields if found]
    cuts = []
    if len(tables) > 1 and all(Field.ACTION in found and found & tables[0] & TELLS for found in tables):
        cuts = [strip.first for strip, found in zip(strips, fields, strict=True) if found][1:]
    first = next((at for at, found in enumerate(fields) if found), len(strips))
    cuts += [strip.first for strip in strips[first + 1 :] if _is_legend(sheet.rows, strip)]
    return sorted(set(cuts)) or next(([at] for row in sheet.rows if (at := second_begins(row))), [])


def _strips(rows: Sequence[Row]) -> list[Strip]:
    """The strips of a sheet. Rows with one text, as titles have, tell nothing of them."""
    filled: set[int] = set()
    for row in rows:
        told = [at for at, cell in enumerate(row.cells) if written(cell) or cell.fill]
        if len({written(row.cells[at]) for at in told}) > 1:
            filled.update(told)
    firsts = sorted(at for at in filled if at - 1 not in filled)
    ends = sorted(at + 1 for at in filled if at + 1 not in filled)
    return [Strip(first, end) for first, end in zip(firsts, ends, strict=True)]


def _fields_headed(rows: Sequence[Row], strip: Strip) -> frozenset[Field]:
    """What the first header of actions in a strip names."""
    if strip.end - strip.first < FEWEST:
        return frozenset()
    for row in rows:
        own = strip.of(row)
        if is_header(own) and Field.ACTION in (found := fields_of(own)):
            return found
    return frozenset()


def _is_legend(rows: Sequence[Row], strip: Strip) -> bool:
    """Whether a strip explains or counts colours: a few short rows, of which two or more begin with different ones."""
    told = [own for own in map(strip.of, rows) if any(written(cell) or cell.fill for cell in own.cells)]
    if not 2 <= len(told) <= LARGEST_LEGEND or len(told) >= len(rows):
        return False
    if any(len(written(cell)) > headings.LONGEST for own in told for cell in own.cells):
        return False
    colours = [_colour(own) for own in told]
    named = [colour for colour in colours if colour]
    return len(set(named)) == len(named) > 1 and len(named) >= len(told) - 2 and any(len(own.cells) > 1 for own in told)


def _colour(row: Row) -> str:
    """The one colour with which a row begins, in words or as a background; a label may stand before it."""
    told = (cell for cell in row.cells if (written(cell) or colour_of(cell.fill)) and not is_label(cell))
    cell = next(told, row.cells[0])
    named = colours_named(written(cell)) if len(written(cell)) <= 12 else []
    return named[0] if len(named) == 1 else ("" if written(cell) else colour_of(cell.fill))


def second_begins(row: Row) -> int:
    """The column with which a row of headings begins again; 0 where it does not."""
    told = [(at, spoken(written(cell))) for at, cell in enumerate(row.cells) if written(cell) and not cell.merged]
    half, odd = divmod(len(told), 2)
    texts = [text for _, text in told]
    if odd or half < FEWEST or texts[:half] != texts[half:] or len(set(texts)) < half:
        return 0
    return told[half][0] if sum(map(headings.is_plain, texts[:half])) >= FEWEST else 0
