"""How words around a date change what it means."""

import pytest

from actionplans.timescale import Timescale
from actionplans.timescales import print_timescale, read_timescale


def choices(read: Timescale) -> list[str]:
    assert (read.confidence, read.end) == ("ask", None)
    return [print_timescale(each) for each in read.alternatives]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("New service from October 2015", None),
        ("To commence Sept 2015", None),
        ("Business case to CCG by end of Sept 2015", "2015-09-30"),
        ("Pilot to end March 2016", "2016-03-31"),
        ("TBC by April 2015", "2015-04-30"),
        ("Action plan refresh Oct 2015", "2015-10-31"),
        ("mid to late 2015", "2015-12-31"),
        ("12 months (April 2016)", "2016-04-30"),
        ("Q1 2015 (by June 2015)", "2015-06-30"),
        ("March 2015 - June", "2015-06-30"),
        ("Pilot June 2015; service from April 2016", "2016-04-30"),
        ("Phase 2: 15 March 2016", "2016-03-15"),
        ("Dec/Jan 2015", "2015-01-31"),
        ("y/e March 2016", "2016-03-31"),
        ("31 Mar 2015 (year end)", "2015-03-31"),
        ("Pilot from June 2015; service from April 2016", "2016-04-30"),
    ],
)
def test_a_date_among_words_that_may_change_it_is_likely(text: str, due: str | None) -> None:
    read = read_timescale(text)
    assert (read.end and str(read.end), read.confidence) == (due, "likely")
    assert read.question


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("4 March - 8 April 2015", "2015-04-08"),
        ("March 2015 (Q4 2014/15)", "2015-03-31"),
        ("Sep 2015 (Q2 2015/16)", "2015-09-30"),
        ("Start April 2015, complete March 2016", "2016-03-31"),
        ("In place by end Q3 2015/16", "2015-12-31"),
    ],
)
def test_a_date_among_words_that_do_not_change_it_is_sure(text: str, due: str) -> None:
    read = read_timescale(text)
    assert (str(read.end), read.confidence, read.question) == (due, "sure", "")


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("Oct 2015 (Update: complete)", ["by the end of October 2015", "completed"]),
        ("June 2015 – slipped", ["by the end of June 2015"]),
        ("Missed – was March 2015", ["by the end of March 2015"]),
        ("Was June 2015", ["by the end of June 2015"]),
        ("Within the year", []),
        ("Easter", []),
        ("w/c April", []),
        ("Bi-monthly from April 2015", ["every 2 months from 1 April 2015", "every month from 1 April 2015"]),
        ("Not quarterly until April 2016", ["by the end of April 2016", "every 3 months"]),
        (
            "2015 to 2016",
            [
                "1 April 2015 to 31 March 2016 (financial year 2015/16)",
                "calendar year 2015 to calendar year 2016",
            ],
        ),
        ("Not before Q1 2015", ["1 January to 31 March 2015 (Q4 2014/15)", "1 April to 30 June 2015 (Q1 2015/16)"]),
        ("Phase 1 April 2015, phase 2 revised June 2015", ["by the end of April 2015", "by the end of June 2015"]),
        ("Q4 2014-Q1 2015", []),
        ("Scope 3 June 2015; report 4 , 5 July 2015 7", ["1) Scope: 3 June 2015; 2) 5 July 2015"]),
        ("March 1999", []),
        ("6-3 months", []),
        ("2016 to 2015", []),
        ("New Year 2016", ["calendar year 2016"]),
        ("Before Christmas 2015", ["25 December 2015", "24 December 2015"]),
        ("Scope 2015/16 - 2016 or later", ["financial year 2015/16 to calendar year 2016"]),
        ("20:30 on Easter 2016", ["27 March 2016", "28 March 2016"]),
    ],
)
def test_what_words_leave_open_is_asked(text: str, readings: list[str]) -> None:
    assert choices(read_timescale(text)) == readings


def test_two_dates_that_do_not_fit_each_other_are_asked() -> None:
    assert choices(read_timescale("March 2015 (June 2015)"))[1:] == [
        "by the end of March 2015",
        "by the end of June 2015",
    ]
    assert len(choices(read_timescale("Q1 2015 (March 2016)"))) == 2
    assert len(choices(read_timescale("March 2015 (Easter 2016)"))) == 2
    assert read_timescale("March-end 2015").confidence == "ask"
