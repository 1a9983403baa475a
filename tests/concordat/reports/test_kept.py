"""An answer that is kept comes back as it was: whatever stands in it, and through JSON."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.kernel.passages import MARK
from concordat.reports.formats.texts import for_people
from concordat.reports.kept import UnreadableError, answer_of, digest_of, lines_of
from concordat.reports.shapes import Answer, Heading, Kind, Picture, Table

DAY = date(2026, 3, 31)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.text(max_size=20),
)
SHORT = st.text(max_size=12)
HEADINGS = st.builds(
    Heading,
    *(SHORT, SHORT, st.sampled_from(Kind), SHORT, st.dictionaries(SHORT, SHORT, max_size=3), st.integers(0, 99)),
    none=SHORT,
)


@st.composite
def tables(draw: Any) -> Table:
    headings = tuple(draw(st.lists(HEADINGS, max_size=4)))
    rows = draw(st.lists(st.tuples(*(VALUES for _ in headings)), max_size=4))
    return Table(draw(SHORT), draw(SHORT), headings, rows, draw(SHORT))


ANSWERS = st.builds(
    Answer,
    name=SHORT,
    title=SHORT,
    on=st.dates(),
    tables=st.lists(tables(), max_size=3).map(tuple),
    since=st.none() | st.dates(),
    about=SHORT,
    summary=st.lists(SHORT, max_size=3).map(tuple),
    notes=st.lists(SHORT, max_size=3).map(tuple),
    pictures=st.lists(st.builds(Picture, SHORT, SHORT, SHORT, SHORT, SHORT), max_size=2).map(tuple),
)


def through_json(answer: Answer) -> list[Any]:
    return [json.loads(json.dumps(line)) for line in lines_of(answer)]


@given(ANSWERS)
def test_it_comes_back_as_it_was(answer: Answer) -> None:
    back = answer_of(through_json(answer))
    assert back == answer
    for ours, theirs in zip(answer.tables, back.tables, strict=True):
        for row, same in zip(ours.rows, theirs.rows, strict=True):
            assert [type(value) for value in row] == [type(value) for value in same]


@given(ANSWERS)
def test_its_digest_is_that_of_what_comes_back(answer: Answer) -> None:
    assert digest_of(lines_of(answer)) == digest_of(lines_of(answer_of(through_json(answer))))


def paper(*rows: tuple[Any, ...]) -> Answer:
    headings = (Heading("lead", "Lead"), Heading("due", "Due", Kind.DAY))
    return Answer("board", "Board paper", DAY, (Table("exceptions", "Exceptions", headings, list(rows)),))


BEFORE = [
    {
        "report": "board", "title": "Board paper", "on": [2026, 3, 31], "since": [2025, 12, 31], "about": "Northshire",
        "summary": [], "notes": ["“Last time” is 31 December 2025, by today's records."],
    },
    {
        "table": "numbers", "title": "Numbers", "told": "", "columns": [
            {"key": "measure", "name": "What is counted", "kind": "choice", "told": "", "width": 0,
             "choices": [["past_due", "Open, and their day has passed"]]},
            {"key": "change", "name": "Change", "kind": "number", "told": "", "choices": [], "width": 0},
        ],
    },
    {"row": ["past_due", -8]},
]  # fmt: skip


def test_one_that_was_kept_before_columns_knew_where_they_are_shown_says_what_it_said() -> None:
    answer = answer_of(BEFORE)
    assert list(lines_of(answer)) == BEFORE
    (table,) = answer.tables
    shown = [for_people(value, head) for value, head in zip(*table.rows, table.headings, strict=True)]
    assert shown == ["Open, and their day has passed", "-8"]
    assert table.on_paper == table.for_people == table
    assert answer.notes == ("“Last time” is 31 December 2025, by today's records.",)


def test_one_that_differs_has_another_digest() -> None:
    one, other = (digest_of(lines_of(paper(("Police", day)))) for day in (DAY, DAY.replace(day=30)))
    assert one != other
    assert len(one) == 64


def test_no_text_stands_in_it_but_what_people_read() -> None:
    *_, row = lines_of(paper(("Police", DAY)))
    assert row == {"row": ["Police", {"day": [2026, 3, 31]}]}


def test_where_words_were_removed_the_rest_is_read() -> None:
    head, table, row = lines_of(paper(("Police", DAY)))
    without: Any = {"row": [MARK, {"day": [2026, 3, 31]}]}
    assert list(answer_of([head, table, without]).tables[0].rows) == [(MARK, DAY)]
    assert list(answer_of([head, table, MARK]).tables[0].rows) == [(MARK, MARK)]
    assert list(answer_of([head, table, row]).tables[0].rows) == [("Police", DAY)]


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["[removed]"],
        [{"report": "board"}],
        [{**next(lines_of(paper())), "on": None}],
        [{**next(lines_of(paper())), "on": [2026, 2, 30]}],
        [*list(lines_of(paper()))[:2], {"row": ["one cell"]}],
        [*list(lines_of(paper()))[:2], {"row": ["Police", {"what": 1}]}],
    ],
    ids=["nothing", "a mark alone", "half a head", "no day", "no such day", "too few cells", "an unknown cell"],
)
def test_what_is_no_answer_is_refused(lines: list[Any]) -> None:
    with pytest.raises(UnreadableError):
        answer_of(lines)


@pytest.mark.parametrize("value", [float("inf"), float("nan")])
def test_what_is_no_number_is_not_kept(value: float) -> None:
    with pytest.raises((ValueError, OverflowError)):
        list(lines_of(paper((value, None))))
