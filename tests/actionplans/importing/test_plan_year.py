import pytest

from actionplans.importing.tables import Book, Cell, Row, Sheet, Warned
from actionplans.importing.understanding.plan_year import default_year


def in_a_cell(*texts: str) -> Book:
    return Book((Sheet("S", (Row(1, tuple(Cell("S!A1", text) for text in texts)),)),))


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Timescale 2015/16 unless otherwise specified", 2015),
        ("Unless otherwise stated all timescales are 2014-15", 2014),
        ("TIMESCALES (2016/2017\nunless  otherwise stated)", 2016),
        ("Action plan 2015/16", None),
        ("Unless funding is found by 2015", None),
    ],
)
def test_the_year_that_a_plan_names(text: str, year: int | None) -> None:
    assert default_year(in_a_cell("Ref", text)) == year
    assert default_year(Book(notes=(Warned("", text),))) == year


def test_two_years_are_none() -> None:
    assert default_year(in_a_cell("2015/16 unless otherwise specified", "2016/17 unless otherwise specified")) is None
