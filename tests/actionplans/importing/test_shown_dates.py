"""How a spreadsheet shows a date decides what was meant."""

from datetime import date

import pytest

from actionplans.importing.shown_dates import format_of
from actionplans.timescales import Context, read_timescale

FIRST, LAST = date(2016, 3, 1), date(2016, 3, 31)
MONTH, ASKED = ("2016-03-31", "sure"), ("None", "ask")


@pytest.mark.parametrize(
    ("shown", "value", "read"),
    [
        ("03/2016", FIRST, MONTH),
        ("03/16", FIRST, MONTH),
        ("2016-03", FIRST, MONTH),
        ("By March 2016", FIRST, MONTH),
        ("Mar-16", FIRST, MONTH),
        ("March '16", FIRST, MONTH),
        ("March", FIRST, ASKED),
        ("Mar", FIRST, ASKED),
        ("31/03", LAST, ASKED),
        ("03/31", LAST, ASKED),
        ("Thu 31 Mar", LAST, ASKED),
        ("31-Mar", LAST, ASKED),
        ("Mar 31", LAST, ASKED),
        ("2016", LAST, ASKED),
        ("12/15", date(2015, 12, 15), ASKED),
        ("15/12", date(2015, 12, 15), ASKED),
        ("31/03/2016", LAST, ("2016-03-31", "sure")),
        ("01/03/16", FIRST, ("2016-03-01", "sure")),
        ("1 March 2016", FIRST, ("2016-03-01", "sure")),
        ("Tuesday, 1 March 2016", FIRST, ("2016-03-01", "sure")),
        ("01/03/2016 09:30", FIRST, ("2016-03-01", "sure")),
        ("2016-03-01 00:00:00", FIRST, ("2016-03-01", "sure")),
    ],
)
def test_what_is_hidden_is_not_made_up(shown: str, value: date, read: tuple[str, str]) -> None:
    found = read_timescale(value, Context(), number_format=format_of(shown, value), shown=shown)
    assert (str(found.end), found.confidence) == read


def test_a_month_without_its_year_offers_what_the_cell_holds() -> None:
    found = read_timescale(FIRST, number_format=format_of("March", FIRST), shown="March")
    assert [str(each.end) for each in found.alternatives] == ["2016-03-31", "2016-03-01"]
