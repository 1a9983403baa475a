"""The whole corpus: every row is right or asked about, and nothing is lost."""

from collections import Counter

import pytest

from actionplans.importing.understanding.arranging import arranged
from tests.actionplans.importing.corpus import EVERY
from tests.actionplans.importing.corpus.counting import count, read
from tests.actionplans.importing.corpus.grids import Shape, book_of

NAMES = sorted(EVERY)


def test_there_are_many_shapes() -> None:
    assert len(EVERY) >= 40


@pytest.mark.parametrize("name", NAMES)
def test_every_row_is_right_or_asked_about(name: str) -> None:
    counts, wrong = count(EVERY[name])
    assert wrong == []
    assert counts["lost"] == counts["wrong"] == counts["too many"] == 0


def test_the_rate_over_all_shapes() -> None:
    total: Counter[str] = sum((count(one)[0] for one in EVERY.values()), Counter())
    rows = total["right"] + total["asked"] + total["wrong"] + total["lost"]
    assert rows >= 100
    assert total["right"] + total["asked"] >= 0.95 * rows
    assert total["right"] >= 0.6 * rows


@pytest.mark.parametrize("name", NAMES)
def test_no_row_is_lost(name: str) -> None:
    described = EVERY[name]
    book, found = arranged(book_of(described)), read(described)
    told = {
        (sheet.name, row.number)
        for sheet in book.sheets
        for row in sheet.rows
        if any(c.text.strip() for c in row.cells)
    }
    fates = [(one.sheet, one.row) for one in found.fates]
    assert set(fates) == told
    assert len(fates) == len(told)
    of_actions = {(one.sheet, one.row) for one in found.fates if one.what in ("action", "part")}
    assert of_actions == {(one.line.sheet, row) for one in found.lines for row in one.line.rows}
    _keeps_every_cell(described, book, found)


def _keeps_every_cell(described: Shape, book: object, found: object) -> None:
    """Every text of an action's rows stands in its raw row."""
    rows = {(sheet.name, row.number): row for sheet in arranged(book_of(described)).sheets for row in sheet.rows}
    for compared in read(described).lines:
        raw = {text for _, text in compared.line.raw}
        texts = {
            cell.text.strip()
            for row in compared.line.rows
            for cell in rows[compared.line.sheet, row].cells
            if cell.text.strip()
        }
        assert texts <= raw
