"""The day that somebody asks about."""

from datetime import date

import pytest

from concordat.asked import day_asked

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2014-12-31", date(2014, 12, 31)),
        ("2014-01-01", date(2014, 1, 1)),
        ("2016-02-29", date(2016, 2, 29)),
        ("2099-12-31", date(2099, 12, 31)),
        (None, TODAY),
    ],
)
def test_a_day_is_written_as_year_month_day_and_is_today_if_none_is_asked_for(text: str | None, expected: date) -> None:
    assert day_asked(text, TODAY) == expected


@pytest.mark.parametrize(
    "text",
    [
        "yesterday",
        "31/12/2014",
        "2014-12",
        "2014-02-30",
        "2015-02-29",
        "2014-13-01",
        "2014-12-31T00:00",
        "20141231",
        "2014-W40-3",
        "２０１４-12-31",
        " 2014-12-31\n",
        "0",
        "",
    ],
)
def test_what_is_no_day_is_refused_with_a_sentence_that_shows_how_to_write_one(text: str) -> None:
    with pytest.raises(ValueError, match="like 2014-12-31") as refusal:
        day_asked(text, TODAY)
    assert str(refusal.value).startswith(f"“{text}” is not a date.")


@pytest.mark.parametrize("text", ["2013-12-31", "1066-10-14", "2100-01-01", "9999-12-31"])
def test_a_day_before_2014_or_too_far_ahead_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"^Choose a date from 1 January 2014 on, and before the year 2100\.$"):
        day_asked(text, TODAY)


def test_only_the_beginning_of_a_long_text_is_said_back() -> None:
    with pytest.raises(ValueError, match="is not a date") as refusal:
        day_asked("x" * 5000, TODAY)
    assert len(str(refusal.value)) < 120
