"""What a spreadsheet shows of a number."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplans.importing.reading.shown import LATEST, is_moment, shown

DAY = 42_064  # 1 March 2015


@pytest.mark.parametrize(
    ("number", "code", "text", "value"),
    [
        (DAY, "mmm-yy", "Mar-15", date(2015, 3, 1)),
        (DAY, "d.m.yyyy", "1.3.2015", date(2015, 3, 1)),
        (DAY, "mmmmm yy", "M 15", date(2015, 3, 1)),
        (DAY, "ddd d/m", "Sun 1/3", date(2015, 3, 1)),
        (DAY + 0.5, "d mmm yyyy h:mm", "1 Mar 2015 12:00", datetime(2015, 3, 1, 12)),  # noqa: DTZ001
        (DAY + 13.5 / 24, "h AM/PM", "1 PM", DAY + 13.5 / 24),
        (DAY + 0.25, "yyyy-mm-dd;@", "2015-03-01", datetime(2015, 3, 1, 6)),  # noqa: DTZ001
        (1.5, "[h]:mm", "36:00", 1.5),
        (0.5, "mm:ss", "00:00", 0.5),
        (1, "dd/mm/yyyy", "01/01/1900", date(1900, 1, 1)),
        (61, "dd/mm/yyyy", "01/03/1900", date(1900, 3, 1)),
        (-1, "dd/mm/yyyy", "-1", -1),
        (LATEST, "dd/mm/yyyy", "2958466", 2_958_466),
        (12, "[Red]0", "12", 12),
        (12.5, '0.0 "days"', "12.5", 12.5),
        (float("inf"), "General", "", None),
        (float("nan"), "dd/mm/yyyy", "", None),
    ],
)
def test_examples(number: float, code: str, text: str, value: object) -> None:
    assert shown(number, code) == (text, pytest.approx(value) if isinstance(value, float) else value)


@pytest.mark.parametrize("code", ["General", "0", "#,##0.00", '"day "0', "[$£-809]#,##0", "@", "0%", "[Magenta]0"])
def test_formats_of_numbers_are_no_dates(code: str) -> None:
    assert not is_moment(code)


@given(st.floats(), st.text(alphabet='dmyhs[]"\\/-_*; @0.#AMP$E', max_size=12), st.booleans())
def test_no_number_and_no_format_is_too_strange(number: float, code: str, since_1904: bool) -> None:
    assert isinstance(shown(number, code, since_1904).text, str)
