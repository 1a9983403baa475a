"""Texts in cells, and the same texts read back."""

import csv
import json
from collections.abc import Iterator
from io import StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from actionplans.importing.reading.separated import read_separated
from concordat.kernel.inert import BEGINS, SIGNS, as_meant, inert
from concordat.kernel.xml import FORBIDDEN
from concordat.reports.formats import FORMATS
from concordat.reports.formats.texts import LONGEST, MARK, for_cells, for_people
from concordat.reports.shapes import Answer, Heading, Kind, Table
from tests.concordat.reports.formats.hostile import ANSWER, HEADINGS, ON, ROWS, TEXTS

KEYS = [each.key for each in HEADINGS]


def lines(answer: Answer = ANSWER, table: str = "", *, bom: bool = False) -> list[list[str]]:
    text = b"".join(FORMATS["csv"].write(answer, table=table, bom=bom)).decode()
    return list(csv.reader(StringIO(text, newline="")))


@pytest.mark.parametrize(("value", "told"), [(1234, "+1,234"), (-8, "−8"), (0, "0"), (None, "")])
def test_a_change_is_read_with_its_sign(value: int | None, told: str) -> None:
    assert for_people(value, Heading("change", "Change", Kind.CHANGE)) == told


def test_csv_has_keys_facts_and_no_formula() -> None:
    head, *rows = lines()
    assert head == KEYS
    assert [row[2:] for row in rows[: len(TEXTS)]] == [
        ["in_progress", "-1234", "45", "2015-04-10", "Yes", "1234.5"]
    ] * len(TEXTS)
    assert rows[-2:] == [
        ["Nothing known", *[""] * 7],
        ["Long ago", "", "elsewhere", "0", "0", "1899-12-31", "No", "4.0"],
    ]
    assert [as_meant(row[0]) for row in rows[: len(TEXTS)]] == list(TEXTS)
    assert not [row[0] for row in rows if row[0].strip()[:1] in SIGNS or row[0][:1] in BEGINS]


def test_csv_begins_with_a_mark_if_asked_and_tells_another_table() -> None:
    assert lines(bom=True)[0] == ["\ufefftext", *KEYS[1:]]
    assert lines(table="again") == [["text"], ["'=3"]]
    with pytest.raises(KeyError):
        lines(table="unheard-of")


def test_csv_and_json_come_in_pieces_and_ask_for_no_more_rows_than_they_write() -> None:
    asked = []

    def rows() -> Iterator[tuple[int]]:
        for number in range(5000):
            asked.append(number)
            yield (number,)

    for kind in ("csv", "json"):
        asked.clear()
        answer = Answer("x", "X", ON, (Table("x", "X", (Heading("a", "A", Kind.NUMBER),), rows()),))
        pieces = iter(FORMATS[kind].write(answer))
        next(pieces), next(pieces)
        assert 0 < len(asked) <= 2000
        assert b"".join(pieces).rstrip(b"]} \r\n").endswith(b"4999")


def test_json_has_the_same_facts() -> None:
    told = json.loads(b"".join(FORMATS["json"].write(ANSWER)))
    assert (told["report"], told["on"], told["since"], told["about"]) == (
        "hostile",
        "2015-03-31",
        "2014-12-31",
        "+Anytown",
    )
    assert [row["text"] for row in told["rows"][: len(TEXTS)]] == list(TEXTS)
    assert told["rows"][-2] == {**dict.fromkeys(KEYS), "text": "Nothing known"}
    assert [list(row) for row in told["rows"]] == [KEYS] * len(ROWS)
    assert told["tables"] == ["texts", "more", "again", "none"]
    assert json.loads(b"".join(FORMATS["json"].write(ANSWER, table="none")))["rows"] == []


def test_json_has_no_number_that_is_none_and_no_half_sign() -> None:
    headings = (Heading("a", "A", Kind.NUMBER), Heading("b", "B"))
    answer = Answer("x", "X", ON, (Table("x", "X", headings, [(float("nan"), "\ud83d!")]),))
    assert json.loads(b"".join(FORMATS["json"].write(answer)))["rows"] == [{"a": None, "b": "?!"}]


@given(st.text("' \t\r\n=+@-x＝", max_size=6))
@example("''=")
@example("' \t=")
def test_an_inert_text_is_read_back_as_it_was(text: str) -> None:
    told = inert(text)
    assert as_meant(told) == text
    assert told.lstrip(" ")[:1] not in SIGNS
    assert told[:1] not in BEGINS


@given(st.text(max_size=30), st.sampled_from([1, LONGEST // 2, LONGEST]))
@example("\ud800", 1)
def test_a_cell_holds_what_xml_can_say_and_no_more_than_a_cell_takes(text: str, times: int) -> None:
    told = for_cells(text * times)
    assert not FORBIDDEN.search(told)
    assert "\r" not in told
    assert len(told.encode("utf-16-le")) <= 2 * LONGEST
    assert told.endswith(MARK) or len(text * times) >= len(told)


def test_what_was_protected_is_read_by_an_import_as_it_was() -> None:
    told = ["=1+1", "+2 events", "@home", "＝1", "'=1+1"]
    written = "action,lead\r\n" + "".join(f"{inert(text)},x\r\n" for text in told)
    book = read_separated(written.encode(), "plan.csv")
    assert [row.cells[0].text for row in book.sheets[0].rows[1:]] == told
