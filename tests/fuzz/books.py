"""Spoils a book that was read: cells, rows and columns change places, and hold what nobody expects."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from random import Random

from actionplans.importing.tables import Book, Cell, Row, Sheet, Value

LONG = 20_000  # letters
PIECES = (
    *(
        "a",
        "A ",
        "Aa ",
        "J. ",
        "0",
        "0 ",
        "(",
        ")(",
        "/",
        ", ",
        " and ",
        "chief ",
        "Mc",
        "x@",
        "a.",
        "-",
        "– ",
        "\n",
        "• ",
        "'s ",
    ),
    *(
        "1.",
        "1/",
        "Q",
        "Q1 ",
        "2015/",
        "March ",
        "by ",
        "revised ",
        "until ",
        "with ",
        "joint ",
        "lead: ",
        "all ",
        "É",
        "𝕏",
        "\u202e",
    ),
    *(
        "red/",
        "=",
        "key: red ",
        "not ",
        "see 1.1 ",
        "completed ",
        "0%",
        "[",
        "{these}",
        "{",
        "%s",
        "\\",
        "@.",
        "+44",
        "Dr ",
        "insp ",
    ),
)
TEXTS = (
    *(
        "",
        " ",
        "\u200b",
        '"',
        "ditto",
        "As above",
        "TBC",
        "N/A",
        "All",
        "—",
        "0",
        "-1",
        "1.10",
        "1/12",
        "31/02/2015",
        "Q1",
        "Q1 2015",
    ),
    *(
        "April 2015, Revised date: April 2017",
        "within 999999 years",
        "2014/2015/16",
        "12/13/14",
        "March 0000",
        "42094",
        "1e308",
    ),
    *(
        "Raj Patel",
        "Insp Green",
        "JANE SMITH",
        "j@x.uk",
        "07700 900123",
        "LAs/CCGs/Police",
        "CCG (lead), Police",
        "Joint: a and b",
    ),
    *(
        "A",
        "B. Urgent and emergency access",
        "Section",
        "Action",
        "Ref",
        "RAG",
        "Red",
        "R/A",
        "G",
        "Key: red = not started",
        "Progress",
    ),
    *(
        "Completed",
        "merged into 1.1",
        "Merged",
        "No.",
        "Led by\nworking with",
        "Timescale",
        "<script>",
        "=1+1",
        "%(a)s",
        "None",
        "null",
    ),
)
VALUES: tuple[Value, ...] = (
    None,
    1.1,
    0.0,
    -1.0,
    1e308,
    float("nan"),
    float("inf"),
    date(1, 1, 1),
    date(9999, 12, 31),
    datetime(2015, 3, 1),  # noqa: DTZ001 - as spreadsheets have it
)
FILLS = ("", "#ff0000", "#00b050", "#ffc000", "#000000", "#ffffff")
Spoil = Callable[[list[list[Cell]], Random], None]


def text(chance: Random) -> str:
    """A text: one of those above, some in a row, or one piece again and again."""
    way = chance.random()
    if way < 0.5:
        return chance.choice(TEXTS)
    if way < 0.9:
        return "".join(chance.choice(PIECES) for _ in range(chance.choice((2, 5, 20, 200))))
    return chance.choice(PIECES) * (chance.choice((10, 1_000, LONG)) // 2)


def other_cells(rows: list[list[Cell]], chance: Random) -> None:
    for _ in range(chance.choice((1, 3, 10))):
        cells = chance.choice(rows)
        if cells:
            at = chance.randrange(len(cells))
            cells[at] = replace(cells[at], text=text(chance)[:LONG])


def other_values(rows: list[list[Cell]], chance: Random) -> None:
    cells = chance.choice(rows)
    if cells:
        at = chance.randrange(len(cells))
        value = chance.choice(VALUES)
        cells[at] = replace(
            cells[at], value=value, fill=chance.choice(FILLS), struck=cells[at].text if chance.random() < 0.3 else ""
        )


def swap_columns(rows: list[list[Cell]], chance: Random) -> None:
    width = max(map(len, rows))
    first, second = chance.randrange(width), chance.randrange(width)
    for cells in rows:
        if max(first, second) < len(cells):
            one, other = cells[first], cells[second]
            cells[first], cells[second] = replace(other, at=one.at), replace(one, at=other.at)


def swap_rows(rows: list[list[Cell]], chance: Random) -> None:
    first, second = chance.randrange(len(rows)), chance.randrange(len(rows))
    rows[first], rows[second] = rows[second], rows[first]


def same_column(rows: list[list[Cell]], chance: Random) -> None:
    width, told = max(map(len, rows)), text(chance)[:200]
    at = chance.randrange(width)
    for cells in rows[chance.choice((0, 1)) :]:
        if at < len(cells):
            cells[at] = replace(cells[at], text=told)


def empty_rows(rows: list[list[Cell]], chance: Random) -> None:
    for cells in chance.sample(rows, min(len(rows), 3)):
        kept = chance.randrange(len(cells)) if cells else 0
        cells[:] = [cell if at == kept else replace(cell, text="", value=None) for at, cell in enumerate(cells)]


def merge_cells(rows: list[list[Cell]], chance: Random) -> None:
    cells = chance.choice(rows)
    if cells:
        cells[:] = [replace(cell, text=cells[0].text, merged=at > 0) for at, cell in enumerate(cells)]


def narrow_rows(rows: list[list[Cell]], chance: Random) -> None:
    cells = chance.choice(rows)
    del cells[chance.randint(1, len(cells) or 1) :]


WAYS: tuple[Spoil, ...] = (
    *(other_cells,) * 4,
    *(other_values,) * 2,
    *(swap_columns, swap_rows, same_column, empty_rows, merge_cells, narrow_rows),
)


def spoilt_book(book: Book, chance: Random) -> Book:
    """The book, spoilt in a few ways. What a reader promises still holds: rows in order, each with a text."""
    return replace(book, sheets=tuple(_spoilt_sheet(sheet, chance) for sheet in book.sheets))


def _spoilt_sheet(sheet: Sheet, chance: Random) -> Sheet:
    rows = [list(row.cells) for row in sheet.rows]
    for _ in range(chance.choice((1, 2, 4))):
        if rows:
            chance.choice(WAYS)(rows, chance)
    numbered = zip(sheet.rows, rows, strict=True)
    kept = tuple(
        Row(row.number, tuple(cells), row.hidden) for row, cells in numbered if any(cell.text for cell in cells)
    )
    heading = text(chance)[:200] if chance.random() < 0.1 else sheet.heading
    return replace(sheet, rows=kept, heading=heading)
