"""A whole answer as a document for paper and screen: PDF/UA-1, tagged, made by typst in a process of its own.

What people wrote reaches typst as JSON and is never read as its markup. The same answer makes the same bytes.
"""

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from concordat.kernel.xml import for_xml
from concordat.palette import LENSES, NONE, Paint
from concordat.reports.formats.columns import arranged, is_long
from concordat.reports.formats.drawable import drawable, has_boxes
from concordat.reports.formats.one_page import on_one_page, size_of
from concordat.reports.formats.texts import for_people, lens_of
from concordat.reports.shapes import Answer, Heading, Picture, Table
from concordat.sentences import in_words

log = logging.getLogger(__name__)
HERE = Path(__file__).resolve().parent
PROGRAM, TEMPLATE = HERE / "typeset.py", HERE / "report.typ"
NEEDED = ("PATH", "PYTHONHOME", "VIRTUAL_ENV", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")
# Threads, and pools of memory: each takes addresses, of which there are only so many.
FEW = {"RAYON_NUM_THREADS": "2", "MALLOC_ARENA_MAX": "2"}
SECONDS = 25.0  # less than a web server waits for its worker
UNHURRIED = 240.0  # for one that was ordered
MOST_CELLS = 150_000
WRITTEN_IN = "notes"  # the key of a column that stands empty on paper, with room to write in
# Documents that one process of a web server makes at the same time, and how long others wait for their turn (seconds):
# a large one takes a gigabyte for half a minute, and the other threads are for other pages.
AT_ONCE, WAITS = 2, 3.0
ONE_PAGE = frozenset({"ministerial"})  # reports that go on a single sheet
MADE_UP = "Demonstration: everything here is made up."
BUSY = "Several PDFs are being made just now. Try again in a minute, or take another format."
BOXES = "A letter of a script that this document cannot draw is shown as □. The page and the spreadsheets show it."

_turns = threading.BoundedSemaphore(AT_ONCE)


class PdfError(Exception):
    """The document cannot be made; a sentence for the person who asked for it."""


def made(answer: Answer, *, seconds: float = SECONDS) -> bytes:
    """The document. Raises PdfError where it is too large, is not made within so many seconds, or others come first."""
    if not _turns.acquire(timeout=WAITS):
        raise PdfError(BUSY)
    try:
        return _typeset(json.dumps(told(answer), ensure_ascii=False), answer.name in ONE_PAGE, seconds)
    finally:
        _turns.release()


def told(answer: Answer) -> dict[str, Any]:
    """What the template writes down. Raises PdfError where that is too much for a document."""
    letters = _Letters()
    tables = [_table(table, answer.pictures, letters) for table in answer.tables]
    keys = {table.key for table in answer.tables}
    since = f"Compared with {in_words(answer.since)}" if answer.since else ""
    shape: dict[str, Any] = {
        "title": letters(f"{answer.title} {answer.by} {in_words(answer.on)}"),
        "about": letters(". ".join(filter(None, [answer.about, since]))),
        "summary": [letters(sentence) for sentence in answer.summary],
        "pictures": [_picture(each, letters) for each in answer.pictures if each.table not in keys],
        "tables": tables,
        "across": any(table["across"] for table in tables) and answer.name not in ONE_PAGE,
        "compact": answer.name in ONE_PAGE,
        "warning": MADE_UP if settings.DEMO else "",
        "site": settings.SITE_URL,
    }
    notes = [letters(note) for note in answer.notes]
    shape |= {"notes": [*notes, *[BOXES] * letters.boxes]}
    return shape | on_one_page(tables) if answer.name in ONE_PAGE else shape


class _Letters:
    """Makes texts drawable, and remembers whether one had letters that cannot be drawn."""

    def __init__(self) -> None:
        self.boxes = False

    def __call__(self, text: str) -> str:
        drawn = drawable(text)
        self.boxes = self.boxes or has_boxes(text, drawn)
        return drawn


def _picture(picture: Picture, letters: _Letters) -> dict[str, Any]:
    """`high`: how high it is to its width."""
    wide, high = size_of(picture.svg)
    return {
        "title": letters(picture.title),
        "alt": letters(picture.told),
        "svg": for_xml(picture.svg),
        "high": high / wide,
    }


def _table(whole: Table, pictures: Iterable[Picture], letters: _Letters) -> dict[str, Any]:
    table, rows = whole.on_paper, []
    for row in table.rows:
        rows.append([letters(for_people(value, head)) for value, head in zip(row, table.headings, strict=True)])
        if len(rows) * len(table.headings) > MOST_CELLS:
            raise PdfError("This is too much for a PDF. Narrow it down, or take it as a spreadsheet.")
    parts, across = arranged(table.headings, rows, table.named_by)
    paints, room = [_paints(heading) for heading in table.headings], _room(table, rows)
    return {
        "title": letters(table.title),
        "told": letters(" ".join(filter(None, [table.told, _left_out(whole)]))),
        "pictures": [_picture(each, letters) for each in pictures if each.table == table.key],
        "across": across,
        "parts": [
            {
                "widths": part.widths,
                "named": part.places.index(table.named_by),
                "numeric": [table.headings[place].is_numeric for place in part.places],
                "headings": [letters(table.headings[place].name) for place in part.places],
                "parted": [is_long([row[place] for place in part.places], part.widths) for row in rows],
                "room": [place in room for place in part.places],
                "rows": [[_cell(row[place], paints[place]) for place in part.places] for row in rows],
            }
            for part in parts
        ],
    }


def _room(table: Table, rows: Sequence[Sequence[str]]) -> set[int]:
    """The places of columns that are there to be written in."""
    keys = [heading.key for heading in table.headings]
    return {place for place, key in enumerate(keys) if key == WRITTEN_IN and not any(row[place] for row in rows)}


def _left_out(table: Table) -> str:
    """Where paper has no room for all columns of a table: how many are here, and where the others are."""
    here, all_ = len(table.on_paper.headings), len(table.for_people.headings)
    if here == all_:
        return ""
    return f"Here are {here} of its {all_} columns; the spreadsheets, CSV and JSON have all."


Look = tuple[str, str, str, float]  # ground, ink, and the marks of the pattern with their weight


def _paints(heading: Heading) -> dict[str, Look]:
    """How each status looks, by its name, where the column holds the statuses of a lens."""
    paints = LENSES.get(lens_of(heading), {})
    looks = {name: _look(paints[status]) for status, name in heading.choices.items() if paints}
    return looks | ({heading.none: _look(paints[NONE])} if heading.none and NONE in paints else {})


def _look(paint: Paint) -> Look:
    return paint.ground, paint.ink, paint.marks, paint.weight


def _cell(text: str, looks: Mapping[str, Look]) -> str | Sequence[str | float]:
    """The text; for a status, with how it looks."""
    return [text, *looks[text]] if text in looks else text


def _typeset(shape: str, on_one_page: bool, seconds: float) -> bytes:
    environment = {name: os.environ[name] for name in NEEDED if name in os.environ} | FEW
    command = [sys.executable, "-I", str(PROGRAM), str(TEMPLATE), *["--one-page"] * on_one_page]
    try:
        ended = subprocess.run(  # noqa: S603 - our own program and template
            command, env=environment, input=shape.encode(), capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise PdfError("The PDF takes too long. Narrow it down, or take another format.") from error
    if ended.returncode:
        log.error("A PDF was not made (%s): %s", ended.returncode, ended.stderr.decode(errors="replace")[-1000:])
        raise PdfError("The PDF could not be made. Take another format.")
    return ended.stdout
